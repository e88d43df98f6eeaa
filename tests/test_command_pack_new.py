"""``groundrule pack new``: a pack that passes every check, answers and decides; or nothing at all."""

import json
import re

import pytest

from assistant import open_pack, review_pack
from assistant.learn import FEWEST_EXAMPLES
from assistant.learn_silence import FEWEST_NEAR
from assistant.messages import load_messages
from corpus import load_questions

TREE = "# Garden\n\n```\nSTART — Garden\n└── Wet?\n    ├── YES → Wait\n    │   Example: clay\n    └── NO → Water\n```\n"
BROKEN = "# Shed\n\n```\nSTART — Shed\n├── Locked?\n│   ├── YES → Key  │\n```\n"


@pytest.fixture
def made(groundrule, tmp_path):
    """The bundled example as a new pack."""
    told = groundrule("pack", "new", "mending", "--dir", tmp_path)
    assert told.code == 0, told.err
    return tmp_path / "mending"


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_new_pack_opens_and_no_check_finds_anything(made):
    pack = open_pack(made)
    assert (pack.id, pack.rules.name) == ("mending", "repair")
    assert review_pack(pack).findings == ()
    assert review_pack(pack).uncited == ()


def test_the_new_pack_passes_pack_check_and_a_mistake_in_its_rules_would_be_noticed(groundrule, made):
    told = groundrule("pack", "check", "--pack", made)
    assert (told.code, told.out.strip()) == (0, "No problems.")
    told = json.loads(groundrule("pack", "coverage", "--mutate", "--json", "--pack", made).out)
    assert told["mutation"]["mutants"] > 0
    assert told["mutation"]["survivors"] == []
    assert [one["name"] for one in told["exercised"] if not one["cases"]] == []


def test_the_new_pack_is_locked_so_that_a_change_of_its_guide_is_noticed(groundrule, made):
    assert groundrule("pack", "drift", "--pack", made).code == 0
    guide = made / "corpus" / "repair-or-replace.md"
    guide.write_text(
        guide.read_text(encoding="utf-8").replace("half of a new one or more", "more"), encoding="utf-8"
    )
    told = groundrule("pack", "drift", "--pack", made)
    assert (told.code, "error[quote-changed]" in told.out) == (1, True)


def test_the_new_pack_shows_each_thing_that_rules_can_say(made):
    rules = open_pack(made).rules
    assert {group.kind for group in rules.groups} == {"need", "constraint", "preference"}
    assert [way.unresolved for way in rules.conflicts[0].ways] == [False, True]
    assert rules.limits
    assert any(fact.assume for fact in rules.facts.values())


def test_its_data_is_enough_to_learn_from(made):
    """With fewer examples a head is not learned, and a newcomer would copy a file that does nothing."""
    pack = open_pack(made)
    messages, problems = load_messages(pack.message_files, pack.rules)
    assert problems == []
    for name, fact in pack.rules.facts.items():
        for value in fact.values:
            assert sum(message.facts.get(name) == value for message in messages) >= FEWEST_EXAMPLES
    questions = load_questions(made / "corpus", pack.guides)
    assert sum(question.kind == "near" for question in questions) >= FEWEST_NEAR


def test_the_new_pack_decides_and_finds_its_way_out(groundrule, made):
    facts = ("part_available=yes", "cheap=yes", "dangerous=yes")
    told = json.loads(groundrule("decide", "--json", "--pack", made, *facts).out)
    assert told["decision"]["status"] == "conflict"
    told = json.loads(groundrule("decide", "--json", "--pack", made, *facts, "expert_found=yes").out)
    assert (told["decision"]["status"], told["decision"]["options"]) == (
        "decided_by_exception",
        ["expert", "repair"],
    )


def test_the_new_pack_answers_at_once_with_citations_and_its_suite_passes(groundrule, ready, made):
    told = groundrule("ask", "--json", "--pack", made, "How long are spare parts kept?", env=ready)
    answer = json.loads(told.out)
    assert answer["kind"] == "guide"
    assert [cited["section"] for cited in answer["citations"]] == ["repair-or-replace#spare-parts"]
    suite = groundrule("eval", "run", "--pack", made, env=ready)
    assert suite.code == 0, suite.out
    assert "All 14 cases passed." in suite.out


def test_what_the_command_says_to_ask_first_is_answered_with_a_recommendation(groundrule, ready, tmp_path):
    told = groundrule("pack", "new", "mending", "--dir", tmp_path)
    example = re.search(r"groundrule ask --pack \S+ '([^']+)'", told.out)[1]
    answer = json.loads(groundrule("ask", "--json", "--pack", tmp_path / "mending", example, env=ready).out)
    assert (answer["kind"], answer["decision"]["options"]) == ("decided", ["repair"])


@pytest.mark.parametrize("text", [None, TREE], ids=["example", "own guide"])
def test_the_readme_says_in_ten_points_what_to_edit_and_names_commands_that_exist(groundrule, tmp_path, text):
    arguments = []
    if text:
        (tmp_path / "garden.md").write_text(text, encoding="utf-8")
        arguments = ["--from", tmp_path / "garden.md"]
    groundrule("pack", "new", "start", "--dir", tmp_path, *arguments)
    readme = (tmp_path / "start" / "README.md").read_text(encoding="utf-8")
    assert "$" not in readme
    assert re.findall(r"^(\d+)\. ", readme, re.MULTILINE) == [str(number) for number in range(1, 11)]
    for command in sorted(set(re.findall(r"`groundrule ((?:pack )?[a-z]+)", " ".join(readme.split())))):
        assert groundrule(*command.split(), "--help").code == 0, command
    if not text:
        named = re.findall(r"`((?:corpus|rules|evals)/[\w./-]+|pack\.yaml)`", readme)
        assert named
        assert set(named) <= set(files(tmp_path / "start"))


def test_a_guide_of_ones_own_becomes_a_pack_with_the_tree_that_it_draws(groundrule, tmp_path):
    guide = tmp_path / "garden.md"
    guide.write_text(TREE, encoding="utf-8")
    told = groundrule("pack", "new", "beds", "--dir", tmp_path, "--from", guide, "--json")
    assert told.code == 0
    assert json.loads(told.out)["files"] == [
        "README.md",
        "corpus/garden.md",
        "pack.yaml",
        "rules/garden.lock",
        "rules/garden.yaml",
    ]
    assert (tmp_path / "beds" / "corpus" / "garden.md").read_bytes() == guide.read_bytes()
    decided = json.loads(groundrule("decide", "--json", "--pack", tmp_path / "beds", "wet=yes").out)
    assert decided["decision"]["options"] == ["Wait"]
    assert decided["citations"][0]["file"] == "corpus/garden.md"


def test_a_guide_from_a_corpus_folder_keeps_the_id_that_its_rules_cite(groundrule, tmp_path):
    guide = tmp_path / "corpus" / "outside" / "garden.md"
    guide.parent.mkdir(parents=True)
    guide.write_text(TREE, encoding="utf-8")
    assert groundrule("pack", "new", "beds", "--dir", tmp_path, "--from", guide).code == 0
    assert open_pack(tmp_path / "beds").guides[0].id == "outside/garden"


def test_a_guide_without_a_tree_becomes_a_pack_without_rules_and_that_is_said(groundrule, tmp_path):
    (tmp_path / "plain.md").write_text("# Plain\n\nWords.\n", encoding="utf-8")
    told = groundrule("pack", "new", "plain", "--dir", tmp_path, "--from", tmp_path / "plain.md")
    assert (told.code, "no rules" in told.out) == (0, True)
    assert open_pack(tmp_path / "plain").rules is None


def test_what_a_guide_draws_and_cannot_be_read_is_told_with_its_line(groundrule, tmp_path):
    (tmp_path / "shed.md").write_text(BROKEN, encoding="utf-8")
    told = groundrule("pack", "new", "shed", "--dir", tmp_path, "--from", tmp_path / "shed.md")
    assert (told.code, "shed.md:6:" in told.out) == (1, True)
    assert open_pack(tmp_path / "shed").rules is None


@pytest.mark.parametrize(
    "name", ["", ".", "..", ".hidden", "a/b", "../a", "a\\b", "-x", "a b", "a:b", "x" * 200, "end."]
)
def test_a_name_that_is_no_folder_name_is_refused(groundrule, tmp_path, name):
    told = groundrule("pack", "new", "--dir", tmp_path, "--", name)
    assert (told.code, "no name for a folder" in told.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_stays_as_it_is(groundrule, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("secret")
    told = groundrule("pack", "new", "mine", "--dir", tmp_path)
    assert (told.code, "not empty" in told.err) == (2, True)
    assert files(tmp_path) == ["mine/diary.txt"]


def test_an_empty_folder_is_filled(groundrule, tmp_path):
    (tmp_path / "mine").mkdir()
    assert groundrule("pack", "new", "mine", "--dir", tmp_path).code == 0
    assert "pack.yaml" in files(tmp_path / "mine")


def test_a_file_and_a_link_of_that_name_are_refused(groundrule, tmp_path):
    (tmp_path / "mine").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for name in ("mine", "link"):
        told = groundrule("pack", "new", name, "--dir", tmp_path)
        assert (told.code, "something of that name" in told.err) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "mine"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\xff", "is not UTF-16"),
        (b"---\na: [\n---\n# X\n", "front matter"),
    ],
)
def test_a_guide_that_cannot_be_read_is_named_and_nothing_is_made(groundrule, tmp_path, content, said):
    guide = tmp_path / "guide.md"
    if content is not None:
        guide.write_bytes(content)
    told = groundrule("pack", "new", "mine", "--dir", tmp_path, "--from", guide)
    assert (told.code, str(guide) in told.err) == (2, True)
    assert said in told.err
    assert "Traceback" not in told.err
    assert [path.name for path in tmp_path.iterdir() if path != guide] == []


def test_a_place_that_is_not_there_is_named(groundrule, tmp_path):
    told = groundrule("pack", "new", "mine", "--dir", tmp_path / "nowhere")
    assert (told.code, "there is no such folder" in told.err) == (2, True)
