"""``groundrule pack check`` and ``pack explain``: everything that is wrong with a pack, each with its place."""

import json
from pathlib import Path

import jsonschema
import pytest

from assistant import PackError, Problem
from assistant.check_pack import check_pack
from evals.check_report import check
from evals.codes import EXAMPLES, EXPLANATIONS
from ui.pack_check import annotation
from ui.render_problems import counted

TESTS = Path(__file__).parent
GUIDE = """---
title: What to take along
---

# What to take along

## Rain

An umbrella keeps the rain off.

Without rain a hat will do.
"""
RULES = """rules: walk
guide: walk
options: {umbrella: Take an umbrella, hat: Wear a hat}
facts:
  rain: {ask: Does it rain?}
groups:
  head:
    kind: need
    ask: rain
    yes: {require: [umbrella], cite: walk#rain, quote: An umbrella keeps the rain off.}
    no: {require: [hat], cite: walk#rain, quote: Without rain a hat will do.}
"""
SUITE = """suite: walk
cases:
  - {id: wet, given: {rain: yes}, expect: {options: [umbrella]}, why: an umbrella keeps the rain off}
  - {id: dry, given: {rain: no}, expect: {options: [hat]}, why: a hat will do}
"""
QUESTIONS = """questions: walk
passages:
  - section: walk#rain
    passage: An umbrella
    asks: [what helps in the rain?]
"""
SOUND = {
    "corpus/walk.md": GUIDE,
    "rules/walk.yaml": RULES,
    "evals/walk.yaml": SUITE,
}


@pytest.fixture
def pack(tmp_path):
    """Writes a pack in which nothing is wrong but what is given, and returns its folder."""

    def write(**files):
        for name, text in {**SOUND, **files}.items():
            path = tmp_path / "walk" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "walk"

    return write


def files(**texts):
    names = {
        "guide": "corpus/walk.md",
        "rules": "rules/walk.yaml",
        "suite": "evals/walk.yaml",
        "questions": "corpus/walk.questions.yaml",
        "messages": "rules/walk.messages.yaml",
        "cues": "rules/walk.cues.yaml",
        "pack": "pack.yaml",
    }
    return {names[key]: text for key, text in texts.items()}


def found(folder):
    return [(one.code, Path(one.file).name, one.line, one.column) for one in check(folder)[1]]


TOP = ("uncited-section", "walk.yaml", 2, 1)
WRONG = {
    "a title that is a list": ({"pack": "title: [Walk]\n"}, ("wrong-type", "pack.yaml", 1, 8)),
    "a key of pack.yaml": ({"pack": "titel: Walk\n"}, ("unknown-key", "pack.yaml", 1, 1)),
    "too many examples": (
        {"pack": "examples: [" + ", ".join("abcdefghijklm") + "]\n"},
        ("too-long", "pack.yaml", 1, 1),
    ),
    "a pack.yaml that is none": ({"pack": "title: a: b\n"}, ("yaml", "pack.yaml", 1, 9)),
    "a message without a text": (
        {"messages": "messages: walk\nsay:\n  - rain: yes\n"},
        ("missing-key", "walk.messages.yaml", 3, 5),
    ),
    "a message with another fact": (
        {"messages": 'messages: walk\nsay:\n  - {text: "It pours.", rian: yes}\n'},
        ("unknown-fact", "walk.messages.yaml", 3, 25),
    ),
    "a message with another value": (
        {"messages": 'messages: walk\nsay:\n  - text: "It pours."\n    rain: maybe\n'},
        ("unknown-answer", "walk.messages.yaml", 4, 11),
    ),
    "a file of no messages": (
        {"messages": "messages: walk\n"},
        ("missing-key", "walk.messages.yaml", 1, 1),
    ),
    "cues that are no list": (
        {"cues": "cues: walk\nclasses:\n  wet: pours\n"},
        ("wrong-type", "walk.cues.yaml", 3, 8),
    ),
    "a key of cues": ({"cues": "cue: walk\nclasses: {}\n"}, ("unknown-key", "walk.cues.yaml", 1, 1)),
    "questions about no passage": (
        {"questions": QUESTIONS.replace("An umbrella", "An umbrela")},
        ("unknown-passage", "walk.questions.yaml", 4, 5),
    ),
    "questions about no guide": (
        {"questions": QUESTIONS.replace("questions: walk", "questions: wlk")},
        ("unknown-guide", "walk.questions.yaml", 1, 1),
    ),
    "a case of an unknown option": (
        {"suite": SUITE.replace("[hat]", "[hut]")},
        ("unknown-option", "walk.yaml", 4, 53),
    ),
    "a case that the rules contradict": (
        {"suite": SUITE.replace("[hat]", "[umbrella]")},
        ("failing-case", "walk.yaml", 4, 42),
    ),
    "a leaf without a case": (
        {"suite": "".join(SUITE.splitlines(keepends=True)[:3])},
        ("unexercised-leaf", "walk.yaml", 11, 5),
    ),
    "a quote that is not there": (
        {"rules": RULES.replace("a hat will do", "a cap will do")},
        ("quote", "walk.yaml", 11, 43),
    ),
    "a guide that is no text": ({"guide": b"# Walk \xff"}, ("guide", "walk.md", 1, 1)),
    "passages without questions": ({"questions": QUESTIONS}, ("no-questions", "walk.md", 11, 1)),
}


def test_a_sound_pack_has_no_error_and_its_sections_are_counted(pack):
    report, problems = check(pack())
    assert (report.errors, [one.code for one in problems]) == (0, ["uncited-section"])


@pytest.mark.parametrize("name", WRONG)
def test_each_file_of_a_pack_is_checked_and_each_problem_has_its_place(pack, name):
    texts, wanted = WRONG[name]
    told = found(pack(**files(**texts)))
    assert [one for one in told if one[0] != "uncited-section"] == [wanted]


def test_each_problem_shows_its_line_and_a_remedy(pack):
    for texts, _ in WRONG.values():
        for problem in check(pack(**files(**texts)))[1]:
            lines = (Path(problem.file).read_bytes().decode(errors="replace")).splitlines()
            assert problem.source == lines[problem.line - 1] or problem.code == "guide"
            assert problem.remedy
            assert problem.code in EXPLANATIONS


def test_all_problems_of_all_files_are_told_at_once(pack):
    folder = pack(
        **files(
            rules=RULES.replace("a hat will do", "a cap will do"),
            suite=SUITE.replace("[hat]", "[umbrella]"),
            questions=QUESTIONS.replace("An umbrella", "An umbrela"),
            messages="messages: walk\nsay:\n  - rain: yes\n",
            cues="cues: walk\n",
            pack="titel: Walk\n",
        )
    )
    codes = {code for code, *_ in found(folder)}
    assert codes >= {"quote", "failing-case", "unknown-passage", "missing-key", "unknown-key"}
    assert check(folder)[0].errors == 6


def test_two_rules_files_are_one_too_many(pack):
    folder = pack(**{"rules/second.yaml": RULES})
    assert ("several-rules", "rules", 0, 0) in found(folder)


def test_a_pack_without_guides_is_a_finding_and_a_folder_without_a_pack_is_none(tmp_path):
    (tmp_path / "corpus").mkdir()
    assert [one.code for one in check_pack(tmp_path).problems] == ["no-guide"]
    (tmp_path / "corpus").rmdir()
    with pytest.raises(PackError, match="holds no pack"):
        check_pack(tmp_path)


def test_citations_are_not_looked_up_while_a_guide_cannot_be_read(pack):
    folder = pack(**{"corpus/second.md": b"\xff", **files(rules=RULES.replace("walk#rain", "second#rain"))})
    assert [code for code, *_ in found(folder)] == ["guide"]


def test_a_pack_without_suites_is_not_told_about_cases(pack):
    folder = pack()
    (folder / "evals" / "walk.yaml").unlink()
    assert [code for code, *_ in found(folder)] == ["uncited-section"]


def test_the_bundled_pack_has_no_error():
    report, problems = check()
    assert [str(one) for one in problems if one.severity == "error"] == []
    assert {one.code for one in problems} == {"disputed", "uncited-section"}
    assert (report.errors, report.pack) == (0, "boomi")


def test_problems_are_counted_in_words():
    problems = check_pack(TESTS / "weather_pack").problems
    assert counted(problems) == "1 error, 1 warning"
    assert counted(()) == "No problems."


def test_the_command_shows_place_line_caret_and_remedy_and_ends_with_1_on_errors(groundrule, pack):
    folder = pack(**files(rules=RULES.replace("a hat will do", "a cap will do")))
    told = groundrule("pack", "check", "--pack", folder)
    assert told.code == 1
    lines = told.out.splitlines()
    (place,) = [number for number, line in enumerate(lines) if ": error[quote]: " in line]
    assert lines[place].startswith(f"{folder / 'rules' / 'walk.yaml'}:11:43: ")
    assert lines[place + 1].endswith("quote: Without rain a cap will do.}")
    assert lines[place + 2].index("^") == lines[place + 1].index("quote:")
    assert "the nearest words there are 'Without rain a hat will do.'" in lines[place + 3]
    assert lines[-1] == "1 error, 1 warning"
    assert "\x1b" not in told.out


def test_warnings_alone_end_with_0_and_no_pack_with_3(groundrule, pack, tmp_path):
    assert groundrule("pack", "check", "--pack", pack()).code == 0
    told = groundrule("pack", "check", "--pack", tmp_path / "nowhere")
    assert (told.code, told.out) == (3, "")
    assert "no such folder" in told.err


def test_the_json_is_one_document_of_the_published_schema(groundrule, pack):
    folder = pack(**files(rules=RULES.replace("a hat will do", "a cap will do")))
    told = groundrule("pack", "check", "--json", "--pack", folder)
    assert told.code == 1
    report = json.loads(told.out)
    jsonschema.validate(report, json.loads(groundrule("schema", "check").out))
    assert (report["schema"], report["errors"], report["warnings"]) == ("groundrule.check/1", 1, 1)
    quote = next(one for one in report["problems"] if one["code"] == "quote")
    assert (quote["line"], quote["column"], quote["severity"]) == (11, 43, "error")


def test_half_a_character_in_a_file_does_not_break_the_json(pack):
    folder = pack(**files(rules=RULES.replace("[hat]", '["\\ud800"]')))
    report = json.loads(check(folder)[0].to_json())
    assert "unknown-option" in {one["code"] for one in report["problems"]}


def test_annotations_are_escaped_as_github_reads_them():
    problem = Problem("gap", "50%,a:b.yaml", 3, 7, "100% of\r\nthe lines: one, two", "mend: them, all")
    assert annotation(problem) == (
        "::error file=50%25%2Ca%3Ab.yaml,line=3,col=7,title=gap::"
        "100%25 of%0D%0Athe lines: one, two; mend: them, all"
    )


def test_annotations_of_whole_files_have_no_line(pack):
    folder = pack(**{"rules/second.yaml": RULES})
    (problem,) = [one for one in check(folder)[1] if one.code == "several-rules"]
    assert annotation(problem).startswith(f"::error file={folder / 'rules'},title=several-rules::")


def test_the_command_prints_annotations_alone(groundrule, pack):
    told = groundrule("pack", "check", "--github", "--pack", pack())
    assert told.code == 0
    assert [line.partition(" ")[0] for line in told.out.splitlines()] == ["::warning"]
    assert groundrule("pack", "check", "--github", "--json").code == 2


@pytest.mark.parametrize("code", sorted(EXPLANATIONS))
def test_every_code_has_its_meaning_an_example_and_a_remedy(code):
    assert EXPLANATIONS[code].meaning.endswith(".")
    assert EXPLANATIONS[code].remedy.endswith((".", "'"))
    assert EXAMPLES[code].endswith("\n")


def test_a_code_is_explained_and_all_are_listed(groundrule):
    told = groundrule("pack", "explain", "gap")
    assert told.code == 0
    assert EXPLANATIONS["gap"].meaning in told.out
    assert "    groups:\n      need:" in told.out
    listed = groundrule("pack", "explain").out.splitlines()
    assert [line.split()[0] for line in listed] == sorted(EXPLANATIONS)
    assert len(json.loads(groundrule("pack", "explain", "--json").out)) == len(EXPLANATIONS)


def test_an_unknown_code_is_offered_the_right_one(groundrule):
    told = groundrule("pack", "explain", "unkown-fact")
    assert told.code == 2
    assert "did you mean unknown-fact?" in told.err


def test_a_mistyped_command_of_packs_is_offered_the_right_one(groundrule):
    told = groundrule("pack", "chek")
    assert told.code == 2
    assert "There is no command pack chek (did you mean check?)" in told.err
    assert "groundrule pack --help" in told.err
