import json

import jsonschema
import pytest

BOTH = ("human_interaction=yes", "data_transformation=yes")


def test_facts_in_decision_out(groundrule):
    told = groundrule("decide", "--json", *BOTH)
    assert told.code == 0
    result = json.loads(told.out)
    assert result["decision"]["status"] == "decided"
    assert result["decision"]["options"] == ["flow", "integration"]


def test_the_json_is_valid_against_the_published_schema(groundrule):
    schema = json.loads(groundrule("schema", "decision").out)
    jsonschema.validate(json.loads(groundrule("decide", "--json", *BOTH).out), schema)


def test_the_same_facts_give_the_same_bytes(groundrule):
    once = groundrule("decide", "--json", *BOTH)
    again = groundrule("decide", "--json", *reversed(BOTH))
    assert once.out == again.out


def test_what_facts_leave_open_ends_with_4_and_asks(groundrule):
    told = groundrule("decide", "human_interaction=yes")
    assert told.code == 4
    assert told.out.startswith("Undecided")
    assert "Next question" in told.out


def test_a_conflict_is_a_result(groundrule):
    told = groundrule("decide", "human_interaction=yes", "on_premise=yes")
    assert told.code == 0
    assert told.out.startswith("Conflict")
    assert "Sources" in told.out


def test_unknown_is_an_answer(groundrule):
    assert groundrule("decide", "human_interaction=unknown").code == 4


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("human_interactoin=yes", "did you mean human_interaction?"),
        ("human_interaction=yess", "did you mean yes?"),
        ("human_interaction", "'' is no value of human_interaction"),
    ],
)
def test_a_mistyped_fact_is_offered_the_right_one(groundrule, fact, said):
    told = groundrule("decide", fact)
    assert told.code == 2
    assert said in told.err
    assert "groundrule decide --list" in told.err


def test_all_problems_of_the_facts_are_told_at_once(groundrule):
    told = groundrule("decide", "nonsense=yes", "human_interaction=maybe")
    assert "nonsense" in told.err
    assert "maybe" in told.err


def test_facts_come_from_a_file_and_the_command_line_wins(groundrule, tmp_path):
    file = tmp_path / "facts.json"
    file.write_text('{"human_interaction": "yes", "data_transformation": true}')
    assert json.loads(groundrule("decide", "--json", "--facts", file).out)["decision"]["options"] == [
        "flow",
        "integration",
    ]
    told = groundrule("decide", "--json", "--facts", file, "human_interaction=no")
    assert json.loads(told.out)["decision"]["options"] == ["integration"]


def test_the_facts_of_a_saved_answer_decide_the_same_again(groundrule, ready, tmp_path):
    file = tmp_path / "answer.json"
    said = groundrule("ask", "--json", "A manager signs off each request, then it is mapped into SAP.")
    file.write_text(said.out)
    again = groundrule("decide", "--json", "--facts", file)
    assert json.loads(again.out)["decision"]["id"] == json.loads(said.out)["decision"]["id"]


@pytest.mark.parametrize("content", ["", "[]", '"x"', "{", '{"human_interaction": ["yes"]}', "\udcff"])
def test_a_file_that_holds_no_facts_is_refused_by_name(groundrule, tmp_path, content):
    file = tmp_path / "facts.json"
    file.write_bytes(content.encode(errors="surrogateescape"))
    told = groundrule("decide", "--facts", file)
    assert told.code == 2
    assert str(file) in told.err


def test_the_facts_can_be_listed(groundrule):
    told = groundrule("decide", "--list")
    assert told.code == 0
    assert "human_interaction = yes | no" in told.out
    assert any(
        fact["fact"] == "on_premise" for fact in json.loads(groundrule("decide", "--list", "--json").out)
    )


def test_a_number_is_taken_in_its_unit_and_words_for_it_are_refused(groundrule):
    facts = json.loads(groundrule("decide", "--list", "--json").out)
    numeric = next(fact for fact in facts if fact["unit"])
    assert groundrule("decide", *BOTH, f"{numeric['fact']}=45").code == 0
    told = groundrule("decide", *BOTH, f"{numeric['fact']}=soon")
    assert told.code == 2
    assert numeric["unit"] in told.err


def test_a_pack_without_rules_has_nothing_to_decide(groundrule, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text("# Bread\n\nBake it for forty minutes.\n")
    told = groundrule("decide", "--pack", tmp_path)
    assert told.code == 3
    assert "no rules" in told.err


def test_broken_rules_are_told_with_file_and_line(groundrule, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text("# Bread\n\nBake it for forty minutes.\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "bread.yaml").write_text("rules: bread\nfacts: [\n")
    told = groundrule("decide", "--pack", tmp_path)
    assert told.code == 3
    assert "bread.yaml:" in told.err
    assert "Traceback" not in told.err


def test_deciding_loads_no_model_and_no_index_library(command_environment):
    import subprocess
    import sys

    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui", "decide", *BOTH],
        capture_output=True,
        text=True,
        env=command_environment,
        check=True,
    ).stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in seen.splitlines()}
    assert not loaded & {
        "torch",
        "onnxruntime",
        "chromadb",
        "llama_index",
        "sentence_transformers",
        "gradio",
        "sklearn",
    }


def test_completion_offers_facts_and_then_their_values(groundrule):
    asked = {"_GROUNDRULE_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
    facts = groundrule(env=asked | {"COMP_WORDS": "groundrule decide human"}).out.split()
    assert facts == ["human_interaction="]
    values = groundrule(env=asked | {"COMP_WORDS": "groundrule decide human_interaction="}).out.split()
    assert "human_interaction=unknown" in values


def test_of_very_many_possible_results_the_options_are_listed(groundrule, tmp_path):
    """A guide with independent questions has their product of results; a list of all of them helps nobody."""
    facts = "".join(f"  f{n}: {{ask: F{n}?}}\n" for n in range(6))
    groups = "".join(
        f"  g{n}: {{kind: need, ask: f{n}, yes: {{require: o{n}, cite: g, quote: Words.}}, no: {{cite: g, quote: Words.}}}}\n"
        for n in range(6)
    )
    options = "".join(f"  o{n}: Option {n}\n" for n in range(6))
    for name, text in {
        "corpus/g.md": "# G\n\nWords.\n",
        "rules/g.yaml": f"rules: g\nguide: g\noptions:\n{options}facts:\n{facts}groups:\n{groups}",
    }.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    told = groundrule("decide", "--pack", tmp_path)
    assert (told.code, "64 results, made of" in told.out) == (4, True)
    assert told.out.count("Option 5") == 1
