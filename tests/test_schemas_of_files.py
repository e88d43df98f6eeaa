"""The JSON Schemas of the files of a pack: what editors are told is what the readers read."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.cues import FILE_KEYS as CUES_KEYS
from assistant.messages import FILE_KEYS as MESSAGES_KEYS
from evals.read_expectation import _READERS as EXPECTED
from evals.read_expectation import JUDGED_OF_RULES, OF_RULES_ALONE
from evals.read_suite import CASE_KEYS, SUITE_KEYS, TURN_KEYS
from evals.schemas import schema_text, schemas
from evals.vocabulary import KINDS, LIMIT_STATES, STATUSES
from rules.load import TOP_KEYS
from rules.load_facts import FACT_KEYS, RESERVED_ANSWERS
from rules.load_groups import KINDS as GROUP_KINDS
from rules.load_groups import LEAF_KEYS
from rules.load_rest import CONFLICT_KEYS, DISPUTE_KEYS, LIMIT_KEYS, WAY_KEYS

TESTS = Path(__file__).parent
ROOT = TESTS.parent
FILES = {
    "rules": ROOT / "rules" / "rules.schema.json",
    "messages": ROOT / "assistant" / "messages.schema.json",
    "cues": ROOT / "assistant" / "cues.schema.json",
    "questions": ROOT / "corpus" / "questions.schema.json",
    "suite": ROOT / "evals" / "suite.schema.json",
}
SCHEMAS = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
SHIPPED = [
    *(("rules", path) for path in [ROOT / "rules" / "boomi.yaml", TESTS / "weather.yaml"]),
    *(("rules", path) for path in sorted((TESTS / "doubtful_rules").glob("*.yaml"))),
    *(("rules", path) for path in sorted((TESTS / "weather_pack" / "rules").glob("*.yaml"))),
    *(("messages", path) for path in sorted((ROOT / "rules").glob("*.messages.yaml"))),
    *(("cues", path) for path in sorted((ROOT / "rules").glob("*.cues.yaml"))),
    *(("questions", path) for path in sorted((ROOT / "corpus").rglob("*.questions.yaml"))),
    *(("suite", path) for path in sorted((ROOT / "evals" / "boomi").glob("*.yaml"))),
    *(("suite", path) for path in sorted((TESTS / "weather_pack" / "evals").glob("*.yaml"))),
]
# What a schema cannot see: whether a name is declared elsewhere in the file, and what only the text shows.
BEYOND_RULES_SCHEMA = {
    "two_nodes_with_one_id",
    "a_fact_assumed_to_be_no_value",
    "a_conflict_over_no_option",
    "a_conflict_that_asks_an_unknown_fact",
    "a_conflict_with_a_preference",
    "a_conflict_with_an_unknown_group",
    "a_dispute_about_nothing",
    "a_fact_nobody_declared",
    "a_fact_only_for_a_conflict_that_does_not_ask_it",
    "a_fact_only_for_no_conflict",
    "a_fact_that_is_never_asked",
    "a_gap_in_a_range",
    "a_gap_in_a_tree",
    "a_leaf_that_ends_before_it_begins",
    "a_limit_about_an_unknown_fact",
    "a_limit_about_no_number",
    "a_limit_for_no_option",
    "a_limit_that_no_number_keeps",
    "a_limit_unless_a_number",
    "a_limit_unless_a_wrong_answer",
    "a_limit_unless_an_unknown_fact",
    "a_range_that_is_none",
    "a_way_out_that_asks_an_ordinary_fact",
    "a_way_out_to_no_option",
    "an_answer_nobody_can_give",
    "an_exception_fact_in_a_tree",
    "an_option_nobody_declared",
    "ranges_that_overlap",
}
BEYOND_SUITE_SCHEMA = {
    "a_complete_fact_that_does_not_exist",
    "a_conflict_that_does_not_exist",
    "a_fact_that_does_not_exist",
    "a_limit_that_does_not_exist",
    "a_number_that_is_none",
    "a_question_about_no_fact",
    "a_refusal_with_an_answer",
    "a_section_that_does_not_exist",
    "a_silence_that_speaks",
    "a_tension_of_no_preference",
    "a_value_that_a_fact_cannot_have",
    "an_id_that_is_taken",
    "given_facts_that_do_not_exist",
    "an_option_that_does_not_exist",
    "options_of_a_question",
}


def read(path):
    """The file as editors read it: YAML 1.2, in which dates are texts."""
    return plain(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8-sig")))


def plain(told):
    if isinstance(told, dict):
        return {str(key): plain(value) for key, value in told.items()}
    if isinstance(told, list):
        return [plain(value) for value in told]
    return told.isoformat() if isinstance(told, datetime.date) else told


def refused(name, path):
    try:
        told = read(path)
    except (YAMLError, RecursionError):
        return True
    return bool(list(Draft202012Validator(SCHEMAS[name]).iter_errors(told)))


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_one_and_every_key_has_its_words(name):
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    silent = [where for where, one in properties(schema) if not words_of(one, schema)]
    assert silent == []


def properties(node, where=""):
    """Each property and where it stands; what a condition says of one that is described elsewhere is left out."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "properties":
                yield from ((f"{where}/{name}", one) for name, one in value.items() if one_says(one))
            yield from properties(value, f"{where}/{key}")
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from properties(value, f"{where}/{place}")


def one_says(one):
    return isinstance(one, dict) and set(one) != {"const"}


def words_of(one, schema):
    return one.get("description") or (one_of(schema, one["$ref"]).get("description") if "$ref" in one else "")


def one_of(schema, ref):
    found = schema
    for part in ref.removeprefix("#/").split("/"):
        found = found[part]
    return found


@pytest.mark.parametrize(("name", "path"), SHIPPED, ids=lambda one: one if isinstance(one, str) else one.name)
def test_every_shipped_file_is_accepted(name, path):
    problems = Draft202012Validator(SCHEMAS[name]).iter_errors(read(path))
    assert [(list(one.absolute_path), one.message[:200]) for one in problems] == []


@pytest.mark.parametrize("path", sorted((TESTS / "broken_rules").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_broken_rules_file_is_refused_where_a_schema_can_see_it(path):
    assert refused("rules", path) == (path.stem not in BEYOND_RULES_SCHEMA)


@pytest.mark.parametrize("path", sorted((TESTS / "broken_suites").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_broken_suite_is_refused_where_a_schema_can_see_it(path):
    assert refused("suite", path) == (path.stem not in BEYOND_SUITE_SCHEMA)


def test_the_keys_of_the_rules_schema_are_those_of_the_reader():
    rules = SCHEMAS["rules"]
    parts = rules["$defs"]
    assert set(rules["properties"]) == set(TOP_KEYS)
    assert set(parts["fact"]["properties"]) == set(FACT_KEYS)
    assert set(parts["leaf_keys"]) == set(LEAF_KEYS)
    assert set(parts["conflict"]["properties"]) == set(CONFLICT_KEYS)
    assert set(parts["way_out"]["properties"]) == set(WAY_KEYS)
    assert set(parts["limit"]["properties"]) == set(LIMIT_KEYS)
    assert set(parts["dispute"]["properties"]) == set(DISPUTE_KEYS)
    assert parts["kind"]["enum"] == list(GROUP_KINDS)
    reserved = parts["fact"]["properties"]["values"]["items"]["allOf"][1]["not"]["enum"]
    assert set(reserved) == set(RESERVED_ANSWERS)


def test_the_leaves_of_every_kind_together_have_the_keys_of_the_reader():
    parts = SCHEMAS["rules"]["$defs"]
    for end in ("group", "node"):
        keys = set()
        for kind in ("need", "preference"):
            keys |= set(parts[f"{kind}_{end}"]["else"]["properties"])
        assert keys - {"kind"} == set(LEAF_KEYS)


def test_the_keys_and_words_of_the_other_schemas_are_those_of_their_readers():
    suite = SCHEMAS["suite"]
    case, expect = suite["$defs"]["case"], suite["$defs"]["expect"]
    assert set(suite["properties"]) == set(SUITE_KEYS)
    assert set(case["properties"]) == set(CASE_KEYS)
    assert set(case["properties"]["turns"]["items"]["properties"]) == set(TURN_KEYS)
    assert set(expect["properties"]) == set(EXPECTED)
    assert expect["properties"]["kind"]["anyOf"][0]["enum"] == list(KINDS)
    assert expect["properties"]["status"]["anyOf"][0]["enum"] == list(STATUSES)
    given = case["allOf"][0]["then"]["properties"]["expect"]["propertyNames"]["enum"]
    assert tuple(given) == JUDGED_OF_RULES
    assert set(suite["$defs"]["of_a_message"]["properties"]) == set(OF_RULES_ALONE)
    states = expect["properties"]["limits"]["additionalProperties"]["enum"]
    assert states == [*LIMIT_STATES, "none"]
    assert set(SCHEMAS["messages"]["properties"]) == set(MESSAGES_KEYS)
    assert set(SCHEMAS["cues"]["properties"]) == set(CUES_KEYS)


@pytest.mark.parametrize("name", FILES)
def test_the_schema_that_is_printed_is_the_file(name):
    assert schema_text(name) == FILES[name].read_text(encoding="utf-8").rstrip("\n")
    assert name in schemas


def test_another_validator_reads_the_shipped_files_alike():
    for name in ("rules", "suite", "messages", "cues", "questions"):
        paths = [str(path) for kind, path in SHIPPED if kind == name]
        command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(FILES[name]), *paths]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
        assert told.returncode == 0, told.stdout


def test_another_validator_refuses_what_is_wrong():
    path = TESTS / "broken_rules" / "a_leaf_that_recommends_and_requires.yaml"
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(FILES["rules"]), str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert "need.yes" in told.stdout


def test_the_bundled_rules_name_their_schema_for_editors():
    first = (ROOT / "rules" / "boomi.yaml").read_text(encoding="utf-8").splitlines()[0]
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert (ROOT / "rules" / named).resolve() == FILES["rules"]
