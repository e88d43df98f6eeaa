"""Files of other tools become suites that can be read, and what a suite cannot hold is told by its line."""

import pytest

from evals import load_suites
from evals.errors import OutsideError
from evals.import_suite import import_suite, suite_text
from tests.conftest import ROOT

PROMPTFOO = """\
prompts: ['{{question}}']
providers: [openai:gpt-4]
defaultTest:
  assert:
    - {type: not-contains, value: As an AI}
tests:
  - description: depth of the puddles
    vars:
      question: How deep may the water be?
      tone: friendly
    assert:
      - {type: icontains, value: 20 cm}
      - {type: contains-any, value: [tight, dry]}
      - {type: regex, value: '(boots|shoes)'}
      - {type: llm-rubric, value: is polite}
  - vars: {question: What does an umbrella cost?}
    assert: [{type: is-refusal}, {type: latency, threshold: 200}]
  - vars: {question: Is it cold?}
    assert:
      - {type: regex, value: '\\d+ degrees'}
      - {type: is-json}
  - vars: {a: one, b: two}
    assert: [{type: contains, value: x}]
  - vars: {question: Hat?}
    assert: [{type: equals, value: a hat}]
    transform: output.trim()
"""

QUESTIONS = """\
{"id": "Depth", "question": "How deep may the water be?", "answer_facts": ["20 cm", ["tight", "dry"]], "why": "boots"}
{"question": "What does an umbrella cost?", "answerable": false, "answer_facts": ["5 euros"], "difficulty": 3}

{"question": "When is an umbrella of no use?", "expected": "in a storm", "must_not_contain": ["hail"]}
{"question": "Tell me all", "expected": "An umbrella keeps the rain off and so one should take it along whenever it rains outside"}
{"question": "?
[1]
{"answer_facts": ["x"]}
"""


@pytest.fixture
def written(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def suite(tmp_path, imported):
    """The imported cases as the product itself reads them."""
    from assistant import open_pack

    path = tmp_path / "suite.yaml"
    path.write_text(suite_text(imported, "imported", "their file"), encoding="utf-8")
    (read,) = load_suites(open_pack(ROOT / "tests" / "weather_pack"), [path])
    return {case.id: case.turns[0].expect for case in read.cases}


def test_assertions_of_promptfoo_become_what_must_and_must_not_be_said(tmp_path, written):
    expected = suite(tmp_path, import_suite(written("tests.yaml", PROMPTFOO)))
    depth = expected["depth-of-the-puddles"]
    assert depth.says == (("20 cm",), ("tight", "dry"), ("boots", "shoes"))
    assert depth.avoids == ("As an AI",)
    assert expected["what-does-an-umbrella-cost"].silent is True
    assert expected["hat"].says == (("a hat",),)


def test_what_promptfoo_has_and_a_suite_has_not_is_told_by_name_and_line(written):
    path = written("tests.yaml", PROMPTFOO)
    told = {(one.line, one.message) for one in import_suite(path).problems}
    assert told == {
        (10, "the variable `tone` is put nowhere"),
        (15, "the assertion `llm-rubric` has no counterpart in a suite"),
        (17, "the assertion `latency` has no counterpart in a suite"),
        (20, "the assertion `regex` has no counterpart in a suite"),
        (21, "the assertion `is-json` has no counterpart in a suite"),
        (22, "no variable is the user's message (there are: a, b)"),
        (25, "the assertion `equals` became `says`, which asks for less"),
        (26, "`transform` has no counterpart in a suite"),
    }


def test_questions_as_json_lines_become_cases(tmp_path, written):
    imported = import_suite(written("questions.jsonl", QUESTIONS))
    expected = suite(tmp_path, imported)
    assert expected["depth"].says == (("20 cm",), ("tight", "dry"))
    assert expected["what-does-an-umbrella-cost"].silent is True
    assert expected["what-does-an-umbrella-cost"].says == ()
    storm = expected["when-is-an-umbrella-of-no-use"]
    assert (storm.says, storm.avoids) == ((("in a storm",),), ("hail",))
    assert imported.cases[0].why == "boots"


def test_lines_that_are_no_cases_are_told_each_with_its_remedy(written):
    problems = import_suite(written("questions.jsonl", QUESTIONS)).problems
    assert [(one.line, one.message.partition(" (")[0]) for one in problems] == [
        (2, "`difficulty` has no counterpart in a suite"),
        (5, "`expected` holds a whole answer, which is never said word for word"),
        (5, "nothing is expected"),
        (6, "this is not JSON"),
        (7, "this is no JSON object"),
        (8, "there is no question"),
    ]
    assert all(one.remedy for one in problems)


def test_yaml_that_cannot_be_read_and_files_of_other_kinds_are_told(tmp_path, written):
    broken = import_suite(written("tests.yaml", "tests:\n  - vars: {question: [\n"))
    assert broken.cases == ()
    assert "not YAML" in broken.problems[0].message
    assert "no `tests`" in import_suite(written("other.yaml", "prompts: [a]\n")).problems[0].message
    with pytest.raises(OutsideError, match=r"tests\.csv: files of this kind"):
        import_suite(written("tests.csv", "a,b"))
    with pytest.raises(OutsideError, match="cannot be read"):
        import_suite(tmp_path / "missing.jsonl")


def test_the_command_writes_a_suite_and_overwrites_none(tmp_path, written, groundrule):
    source, out = written("questions.jsonl", QUESTIONS), tmp_path / "mine.yaml"
    told = groundrule("eval", "import", source, "--out", out)
    assert told.code == 1
    assert "mine.yaml: 3 cases, 6 problems" in told.out
    assert "questions.jsonl:7: this is no JSON object; write" in told.err
    assert groundrule("eval", "check", out, "--pack", ROOT / "tests" / "weather_pack").code == 0
    before = out.read_bytes()
    assert groundrule("eval", "import", source, "--out", out).code == 2
    assert out.read_bytes() == before
