"""Sets of others: read with their mistakes told, run through the part that they are about, and put in a table."""

import json

import pytest

from evals.errors import OutsideError
from evals.external import Absent, Figure, Setting, figure, measure_external
from evals.external_pack import Document, write_set_pack
from evals.external_rewriting import rouge_l
from evals.external_rows import Sample, read_judgements, read_rows
from evals.external_sets import ADAPTERS, NO_PART
from evals.render_external import baselines, external_json, render_external

DOCUMENTS = [
    {"_id": "tea", "title": "Tea", "text": "Green tea is steeped at 80 degrees for two minutes."},
    {"_id": "coffee", "title": "Coffee", "text": "Coffee beans are roasted for about twelve minutes."},
    {"_id": "soup", "title": "", "text": "# Onion soup\n\nOnions are fried in butter until they are brown."},
]
TREE = {
    "tree_id": "t1",
    "snippet": "You get the grant if you are a farmer, or if you own a forest.",
    "question": "Do I get the grant?",
    "nodes": {
        "": "Are you a farmer?",
        "Are you a farmer?=Yes": "Yes",
        "Are you a farmer?=No": "Do you own a forest?",
        "Are you a farmer?=No | Do you own a forest?=Yes": "Yes",
        "Are you a farmer?=No | Do you own a forest?=No": "No",
    },
}


def asked(question, answer):
    return {"follow_up_question": question, "follow_up_answer": answer}


def state(answer, history=(), evidence=(), scenario=""):
    return {
        "tree_id": "t1",
        "scenario": scenario,
        "history": list(history),
        "evidence": list(evidence),
        "answer": answer,
    }


@pytest.fixture
def put(tmp_path):
    """Writes a set: files of rows by name, and tables of judgements as they are."""

    def write(name, **files):
        folder = tmp_path / "sets" / name
        folder.mkdir(parents=True, exist_ok=True)
        for file, rows in files.items():
            ending = "tsv" if isinstance(rows, str) else "jsonl"
            text = rows if isinstance(rows, str) else "".join(f"{json.dumps(row)}\n" for row in rows)
            (folder / f"{file.replace('__', '.')}.{ending}").write_text(text, encoding="utf-8")
        return tmp_path / "sets"

    return write


@pytest.fixture
def setting(tmp_path, cache):
    # The model is prepared in the tests' cache; the packs of sets are written there too, by their content.
    return Setting(Sample(), cache, lambda done, total, what: None)


def figures(told):
    return {(one.task, one.measure): one for one in told if isinstance(one, Figure)}


def test_documents_are_ranked_by_their_best_passage(put, setting):
    queries = [
        {"_id": "q1", "text": "How hot should the water for green tea be?"},
        {"_id": "q2", "text": "Until when do I fry onions?"},
        {"_id": "q3", "text": "Nobody judged this one"},
    ]
    folder = put(
        "aws_docs",
        corpus=DOCUMENTS,
        queries=queries,
        qrels="query-id\tcorpus-id\tscore\nq1\ttea\t1\nq2\tsoup\t1\n",
    )
    told = figures(measure_external(folder, ["aws_docs"], setting))
    first = told["question", "nDCG@10"]
    assert (first.value, first.of, first.pool) == (1.0, 2, 3)
    assert told["question", "RR"].value == told["question", "R@5"].value == 1.0
    assert first.low < 1.0  # two questions prove little


def test_a_document_at_the_wrong_place_costs_what_the_measure_says(put, setting):
    folder = put(
        "aws_docs",
        corpus=DOCUMENTS,
        queries=[{"_id": "q1", "text": "green tea at 80 degrees for two minutes"}],
        qrels="query-id\tcorpus-id\tscore\nq1\tcoffee\t1\n",
    )
    told = figures(measure_external(folder, ["aws_docs"], setting))
    assert told["question", "RR"].value in (1 / 2, 1 / 3)


def test_questions_without_an_answer_should_be_met_with_silence(put, setting):
    queries = [
        {"_id": "1", "text": "How long is green tea steeped?", "answerable": True, "paragraph": "tea"},
        {"_id": "2", "text": "Who is the mayor of Kathmandu?", "answerable": False, "paragraph": "tea"},
    ]
    folder = put("squad2", corpus=DOCUMENTS, queries=queries, qrels="query-id\tcorpus-id\tscore\n1\ttea\t1\n")
    told = figures(measure_external(folder, ["squad2"], setting))
    assert told["one question", "silence recall"].value == 1.0
    assert told["one question", "false silence"].value == 0.0
    assert told["one question", "told right, half of them answerable"].of == 2


def test_a_rule_tree_is_asked_in_its_own_words(put, setting):
    farmer, forest = "Are you a farmer?", "Do you own a forest?"
    rows = [
        state(farmer),
        state("Yes", [asked(farmer, "Yes")]),
        state(forest, [asked(farmer, "No")]),
        state("No", [asked(farmer, "No")], [asked(forest, "No")], "I own no forest."),
        state("Irrelevant"),
    ]
    folder = put("sharc_dev", trees=[TREE], tasks=rows)
    told = measure_external(folder, ["sharc_dev"], setting)
    by_part = {(one.part, one.measure): one for one in told if isinstance(one, Figure)}
    assert by_part["rules, gold evidence", "next answer right"].value == pytest.approx(4 / 5)
    assert by_part["reading of described facts", "read right"].of == 1
    assert any(isinstance(one, Absent) for one in told)


def test_negations_are_judged_by_what_the_passage_says(put, setting):
    passage = "Yachts cannot be moored at the pier."
    rows = [
        {
            "sentence1": passage,
            "sentence2": "Can yachts be moored at the pier?",
            "label": "NO",
            "PassageID": 1,
        },
        {"sentence1": passage, "sentence2": "Is the pilot asleep?", "label": "DON'T KNOW", "PassageID": 1},
        {"sentence1": passage, "sentence2": "Which boats?", "label": "boats that enter", "PassageID": 2},
    ]
    told = figures(measure_external(put("condaqa", dev=rows), ["condaqa"], setting))
    task = "yes, no or neither"
    assert told[task, "right, nothing said being neither"].of == 2  # an answer in words is not yes or no
    assert told[task, "yes or no was said"].value == 0.5
    assert told[task, "right where it was said"].value == 1.0


def test_a_sentence_that_the_premise_denies_is_not_let_through(put, setting):
    rows = [
        {
            "premise": "The man is not wearing a hat.",
            "hypothesis": "The man is not wearing a hat.",
            "label": "entailment",
        },
        {
            "premise": "The man is not wearing a hat.",
            "hypothesis": "The man is wearing a hat.",
            "label": "neutral",
        },
    ]
    told = figures(measure_external(put("scone", pairs=rows), ["scone"], setting))
    assert told["entailed or not", "entailed, let through"].value == 1.0
    assert told["entailed or not", "not entailed, let through"].value == 0.0


def test_a_follow_up_is_held_against_what_a_person_wrote(put, setting):
    rows = [
        {
            "_id": "talk#1",
            "history": ["Tea", "Brewing", "How long is green tea steeped?", "Two minutes."],
            "question": "and black tea?",
            "rewrite": "How long is black tea steeped?",
        },
        {
            "_id": "talk#2",
            "history": ["Tea", "Brewing"],
            "question": "Who drinks it?",
            "rewrite": "Who drinks it?",
        },
    ]
    told = measure_external(put("canard_dev", tasks=rows), ["canard_dev"], setting)
    looked_up, copied = (one for one in told if isinstance(one, Figure))
    assert copied.value == pytest.approx((4 / 9 + 1) / 2)  # "black tea" is shared by three and six words
    assert looked_up.value != copied.value


def test_rouge_l_is_the_f1_of_the_longest_common_subsequence():
    # Lin (2004): "police kill the gunman" and "police killed the gunman" share three words in order.
    assert rouge_l("police kill the gunman", "police killed the gunman") == pytest.approx(0.75)
    assert rouge_l("the gunman kill police", "police killed the gunman") == pytest.approx(0.5)
    assert rouge_l("", "police") == 0.0


def test_intents_are_learned_and_what_is_none_of_them_is_told_apart(put, setting, ready):
    kinds = {
        "weather": ["will it rain today", "is it sunny outside", "how warm is it in town", "snow tomorrow"],
        "balance": [
            "how much is in my account",
            "show my balance",
            "money left in checking",
            "account total",
        ],
        "alarm": ["wake me at seven", "set an alarm for noon", "alarm at six please", "wake me up early"],
    }
    train = [{"text": text, "intent": name} for name, texts in kinds.items() for text in texts]
    strange = ["who painted the mona lisa", "how tall is a giraffe", "the capital of peru", "who won in 1966"]
    folder = put(
        "clinc150",
        train=train,
        oos_train=[{"text": text, "intent": "oos"} for text in strange[:3]],
        test=[
            {"text": "will it be raining tonight", "intent": "weather"},
            {"text": "what is my balance", "intent": "balance"},
        ],
        oos_test=[{"text": "how long is the river nile", "intent": "oos"}],
    )
    told = figures(measure_external(folder, ["clinc150"], setting))
    task = "150 intents, and none of them"
    assert told[task, "intent right"].value == 1.0
    assert told[task, "out of scope, AUROC"].of == 1
    assert told["messages about something else", "taken for a need"].value == 0.0


def test_what_the_product_has_no_part_for_is_said_and_not_scored(put, setting):
    told = measure_external(put("conditionalqa", dev=[]), [], setting)
    assert told == (Absent("conditionalqa", *NO_PART["conditionalqa"][0]),)
    assert (
        "Not run, since there is no such part:\n- conditionalqa: conditions of an answer:"
        in render_external(told)
    )


def test_the_table_puts_known_baselines_beside_the_figures():
    one = figure(("squad2", "question", "corpus search", "nDCG@10"), [("a", 0.5), ("b", 1.0)], pool=646)
    told = render_external([one])
    assert "| squad2: question | corpus search | nDCG@10 | 0.750 [" in told
    assert "MiniLM 0.805, BM25 0.890, fusion 0.882" in told
    (row,) = json.loads(external_json([one]))["told"]
    assert [known["by"] for known in row["baselines"]] == ["MiniLM", "BM25", "fusion"]


def test_every_baseline_is_of_a_set_that_is_run():
    assert {name for name, _, _ in baselines()} <= ADAPTERS.keys()
    assert all(0.0 < known.value < 1.0 for rows in baselines().values() for known in rows)


def test_a_sample_draws_the_same_rows_again_and_in_their_order():
    rows = range(100)
    drawn = Sample(10, 3).of(rows)
    assert drawn == Sample(10, 3).of(rows) == tuple(sorted(drawn))
    assert drawn != Sample(10, 4).of(rows)
    assert Sample().of(rows) == tuple(rows)
    assert [len([n for n in Sample(10).evenly([range(50), range(50, 53)]) if n < 50]), 3] == [3, 3]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"text": "a"}\n{"text": \n', r":2: this is not JSON"),
        ("[1]\n", r":1: this is no JSON object"),
        ('\n{"text": 7}\n', r":2: there is no text `text`"),
    ],
)
def test_rows_that_cannot_be_read_are_told_with_their_line(tmp_path, text, problem):
    path = tmp_path / "rows.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OutsideError, match=problem):
        [row.text("text") for row in read_rows(path)]


def test_judgements_that_are_no_table_are_told_with_their_line(tmp_path):
    path = tmp_path / "qrels.tsv"
    path.write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq2 d2 1\n", encoding="utf-8")
    with pytest.raises(OutsideError, match=r"qrels\.tsv:3: "):
        read_judgements(path)


def test_sets_that_are_not_known_or_not_there_are_told(put, setting, tmp_path, groundrule):
    folder = put("scone", pairs=[])
    with pytest.raises(OutsideError, match="the set is not known"):
        measure_external(folder, ["glue"], setting)
    with pytest.raises(OutsideError, match="there is no such folder"):
        measure_external(folder, ["squad2"], setting)
    told = groundrule("eval", "external", tmp_path / "nowhere")
    assert told.code == 3
    assert "there is no such folder" in told.err


def test_a_pack_of_a_set_is_written_once_and_as_a_whole(tmp_path):
    documents = [Document("x", "X", "One sentence."), Document("y", "", "Another one.")]
    pack = write_set_pack("mine", documents, tmp_path)
    again = write_set_pack("mine", documents, tmp_path)
    assert again == pack
    assert pack.document("d000001#part") == "y"
    other = write_set_pack("mine", documents[:1], tmp_path)
    assert other.root != pack.root
    assert [path.suffix for path in (tmp_path / "external").iterdir()] == ["", ""]
