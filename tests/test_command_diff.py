"""``groundrule pack diff``: two versions of rules, from files, packs and a stream."""

import json
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).parent.parent
OLD = ROOT / "rules" / "boomi.yaml"
TEXT = OLD.read_text(encoding="utf-8")


@pytest.fixture
def changed(tmp_path):
    """Writes the bundled rules with changes and returns the file."""

    def write(*changes):
        text = TEXT
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        file = tmp_path / "boomi.yaml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


BOTH = ("      no:\n        require: [flow]", "      no:\n        require: [flow, integration]")


def test_a_pack_and_its_rules_file_are_decided_alike(groundrule):
    told = groundrule("pack", "diff", ROOT, OLD)
    assert told.code == 0
    assert "all 512 cases are decided alike" in told.out


def test_another_decision_ends_with_1_and_shows_the_table_and_a_case(groundrule, changed):
    told = groundrule("pack", "diff", OLD, changed(BOTH))
    assert told.code == 1
    assert "4 of 512 cases decided otherwise (2 of 16 while nothing is volunteered)" in told.out
    assert "flow → flow + integration: 4 cases" in told.out
    assert "for example human_interaction = yes, data_transformation = no" in told.out
    assert "node fit.yes.no, require: “flow” → “flow, integration”" in told.out


def test_other_words_alone_end_with_0_and_are_shown(groundrule, changed):
    told = groundrule(
        "pack", "diff", OLD, changed(("how: Integration on a self-hosted", "how: On a self-hosted"))
    )
    assert told.code == 0
    assert "node hosting.yes, how: “Integration on a self-hosted Atom" in told.out


def test_a_version_comes_through_a_stream(groundrule, changed):
    told = groundrule("pack", "diff", "-", changed(BOTH), stdin=TEXT.encode())
    assert told.code == 1
    assert "flow → flow + integration: 4 cases" in told.out
    assert groundrule("pack", "diff", "-", "-", stdin=TEXT.encode()).code == 2
    told = groundrule("pack", "diff", "-", OLD, stdin=b"\xff")
    assert (told.code, "UTF-8" in told.err) == (3, True)


def test_the_json_is_valid_against_the_published_schema(groundrule, changed):
    told = groundrule("pack", "diff", OLD, changed(BOTH, ("max: 30", "max: 60")), "--json")
    result = json.loads(told.out)
    jsonschema.validate(result, json.loads(groundrule("schema", "comparison").out))
    assert (result["same_effect"], result["different"], result["limits"]) == (
        False,
        4,
        ["low_latency_timeout"],
    )
    assert result["parts"][0]["changes"][0]["after"] == {
        "status": "decided",
        "options": ["flow", "integration"],
    }


def test_markdown_has_a_table_that_shows_names_as_they_are(groundrule, changed):
    told = groundrule("pack", "diff", OLD, changed(BOTH), "--markdown")
    assert "| before | after | cases | for example |" in told.out
    assert "human\\_interaction = yes" in told.out


def test_a_version_that_cannot_be_read_is_refused_by_name(groundrule, tmp_path):
    told = groundrule("pack", "diff", OLD, tmp_path / "none.yaml")
    assert told.code == 3
    assert "none.yaml" in told.err
    told = groundrule("pack", "diff", tmp_path, OLD)
    assert told.code == 3
    assert "holds 0 rules files" in told.err
    (tmp_path / "broken.yaml").write_text("rules: [\n", encoding="utf-8")
    told = groundrule("pack", "diff", tmp_path / "broken.yaml", OLD)
    assert (told.code, "broken.yaml:2" in told.err) == (3, True)


def test_it_prints_json_or_markdown_and_not_both(groundrule):
    assert groundrule("pack", "diff", OLD, OLD, "--json", "--markdown").code == 2
