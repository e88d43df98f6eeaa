import json

import jsonschema
import pytest

BOTH = {"human_interaction": "yes", "data_transformation": "yes"}


@pytest.fixture
def cases(tmp_path):
    """Writes lines, texts as they are and everything else as JSON, and names the file."""

    def write(*lines):
        file = tmp_path / "in.jsonl"
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        file.write_text("".join(text + "\n" for text in texts))
        return file

    return write


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.jsonl"


def read(file):
    return [json.loads(line) for line in file.read_text().splitlines()]


def test_each_line_is_decided_as_the_command_decides_one_case(groundrule, cases, out):
    told = groundrule(
        "decide", "--batch", cases({"id": "a", "facts": BOTH}, {"id": 7, "facts": {}}), "--out", out
    )
    assert told.code == 0, told.err
    first, second = read(out)
    assert (first.pop("id"), second.pop("id")) == ("a", 7)
    alone = groundrule("decide", "--json", *(f"{name}={value}" for name, value in BOTH.items()))
    assert first == json.loads(alone.out)
    assert second["decision"]["status"] == "undecided"
    jsonschema.validate(second, json.loads(groundrule("schema", "decision").out))


def test_a_line_may_hold_the_facts_alone_and_is_then_named_by_its_number(groundrule, cases, out):
    told = groundrule(
        "decide", "--batch", cases(BOTH, "", {"id": "c", "human_interaction": False}), "--out", out
    )
    assert told.code == 0, told.err
    assert [line["id"] for line in read(out)] == [1, "c"]
    assert [line["decision"]["options"] for line in read(out)] == [["flow", "integration"], ["integration"]]


def test_decided_lines_decide_the_same_again(groundrule, cases, out, tmp_path):
    groundrule(
        "decide", "--batch", cases({"id": "a", "facts": BOTH | {"execution_seconds": 45}}), "--out", out
    )
    again = tmp_path / "again.jsonl"
    assert groundrule("decide", "--batch", out, "--out", again).code == 0
    assert again.read_text() == out.read_text()


def test_a_bad_line_is_told_with_its_number_and_the_rest_is_decided(groundrule, cases, out):
    file = cases(
        {"id": "a", "facts": BOTH},
        "nonsense",
        {"id": "c", "facts": {"human_interactoin": "yes", "on_premise": "perhaps"}},
        "[1]",
        {"id": "e", "facts": {"execution_seconds": "soon"}},
        {"id": "f\ud800", "facts": {"on_premise": ["yes"]}},
    )
    told = groundrule("decide", "--batch", file, "--out", out)
    assert told.code == 1
    assert f"{file}:2: is no JSON" in told.err
    assert f"{file}:3: human_interactoin: the rules know no fact" in told.err
    assert "did you mean human_interaction?" in told.err
    assert "'perhaps' is no value of on_premise" in told.err
    assert f"{file}:4: " in told.err
    assert f"{file}:5: execution_seconds: 'soon' is no number" in told.err
    lines = read(out)
    assert [line["id"] for line in lines] == ["a", 2, "c", 4, "e", "f�"]
    assert ["error" in line for line in lines] == [False, True, True, True, True, True]


def test_nothing_appears_when_the_batch_cannot_be_run(groundrule, cases, out, tmp_path):
    assert groundrule("decide", "--batch", tmp_path / "none.jsonl", "--out", out).code == 2
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text("# Bread\n\nBake it for forty minutes.\n")
    assert groundrule("decide", "--batch", cases(BOTH), "--out", out, "--pack", tmp_path).code == 3
    assert not out.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "add --out OUT.jsonl"),
        (("--out", "OUT", "human_interaction=yes"), "from its lines alone"),
        (("--out", "OUT", "--list"), "from its lines alone"),
    ],
)
def test_options_that_do_not_go_with_a_batch_are_refused(groundrule, cases, more, said):
    told = groundrule("decide", "--batch", cases(BOTH), *more)
    assert told.code == 2
    assert said in told.err


def test_a_file_to_write_without_one_to_read_is_refused(groundrule, out):
    told = groundrule("decide", "--out", out, "human_interaction=no")
    assert told.code == 2
    assert "add --batch IN.jsonl" in told.err


DATED = """\
rules: bread
facts:
  hungry: {ask: Are you hungry?}
groups:
  meal:
    kind: need
    ask: hungry
    yes: {recommend: Bake, since: 2026-03-01, until: 2026-03-31, cite: bread, quote: Bake it.}
    no: {}
"""


@pytest.fixture
def dated(tmp_path):
    """A pack with a rule that holds in March 2026."""
    for name, text in (("corpus/bread.md", "# Bread\n\nBake it.\n"), ("rules/bread.yaml", DATED)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("day", "options"),
    [("2026-02-28", []), ("2026-03-01", ["Bake"]), ("2026-03-31", ["Bake"]), ("2026-04-01", [])],
)
def test_a_case_is_decided_by_the_rules_of_the_day(groundrule, dated, cases, out, day, options):
    told = groundrule("decide", "--json", "--pack", dated, "--as-of", day, "hungry=yes")
    result = json.loads(told.out)
    assert (result["as_of"], result["decision"]["options"]) == (day, options)
    groundrule("decide", "--pack", dated, "--as-of", day, "--batch", cases({"hungry": "yes"}), "--out", out)
    assert read(out) == [{"id": 1} | result]


def test_the_day_is_told_and_part_of_the_id(groundrule, dated):
    shown = groundrule("decide", "--pack", dated, "--as-of", "2026-03-05", "hungry=yes").out
    always = groundrule("decide", "--pack", dated, "hungry=yes").out
    assert "by the rules of 2026-03-05" in shown
    assert shown.splitlines()[1].split()[1].rstrip(",") != always.splitlines()[1].split()[1]


@pytest.mark.parametrize("day", ["today", "2026-02-30", "20260301", "2026-W09-1", ""])
def test_what_is_no_day_is_refused(groundrule, day):
    told = groundrule("decide", "--as-of", day, "human_interaction=no")
    assert told.code == 2
    assert "write it as --as-of 2026-03-31" in told.err
