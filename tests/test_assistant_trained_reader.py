"""The trained reader: what it learns from, when it is used, and what happens without it."""

import json
import random
import shutil

import numpy as np
import pytest

from assistant.examining import examine_reader
from assistant.heads import SILENT, Head
from assistant.matters import (
    KIND,
    KINDS,
    facts_hash,
    fold_of,
    lessons_of,
    matters_of,
)
from assistant.messages import ExampleMessage
from assistant.pack import bundled_root, open_pack
from assistant.trained_reader import (
    CARD,
    WEIGHTS,
    Calibration,
    Card,
    TrainedReader,
    has_seen_all,
    open_reader,
    read_card,
    reader_folder,
)
from assistant.vary_messages import join_two, vary
from corpus import UNTOLD, Classifier, ModelError, PackQuestion

PEOPLE, DATA = "human_interaction", "data_transformation"


@pytest.fixture(scope="module")
def pack():
    return open_pack()


def said(count, **facts):
    return [ExampleMessage(f"message {number} of {sorted(facts)}", facts) for number in range(count)]


def test_a_value_is_a_matter_only_from_six_examples_on(pack):
    messages = [*said(6, human_interaction="yes"), *said(5, human_interaction="no"), *said(6)]
    found = {matter.name: matter.labels for matter in matters_of(pack.rules, messages)}
    assert found == {PEOPLE: (SILENT, "yes"), KIND: KINDS}


def test_a_message_that_settles_nothing_has_no_kind_and_a_question_settles_no_fact(pack):
    messages = [*said(6, human_interaction="yes"), *said(1)]
    asks = [PackQuestion("p1", "ask", "how large?"), PackQuestion("p1", "near", "how dear")]
    lessons = lessons_of(pack.rules, [("some.messages.yaml", messages)], asks)
    assert lessons.messages[0].labels == (1, KINDS.index("need"))
    assert lessons.messages[-1].labels == (0, UNTOLD)
    assert lessons.asks[0].labels == (0, KINDS.index("detail"))
    assert lessons.near[0].labels == (UNTOLD, KINDS.index("detail"))
    assert lessons.away[0].labels == (0, KINDS.index("off"))


def test_messages_written_together_are_held_out_together(pack):
    lessons = lessons_of(pack.rules, [("some.messages.yaml", said(60, human_interaction="yes"))], [])
    parts = [fold_of(told, 3) for told in lessons.messages]
    assert all(len(set(parts[start : start + 20])) == 1 for start in (0, 20, 40))
    kept = lessons.without(parts[0], 3).messages
    assert set(lessons.messages) - set(kept) >= set(lessons.messages[:20])


def test_the_same_seed_draws_the_same_lessons_and_another_one_others(pack):
    lessons = lessons_of(pack.rules, [("some.messages.yaml", said(30, human_interaction="yes"))], [])
    assert lessons.draw(random.Random(3)) == lessons.draw(random.Random(3))
    assert lessons.draw(random.Random(3)) != lessons.draw(random.Random(4))


def test_two_messages_are_joined_only_where_they_do_not_contradict():
    texts, rows = ["a person", "no person", "data too"], [(2, 0), (1, 0), (0, 2)]
    joined = list(join_two(texts, rows, 100, random.Random(1)))
    assert {labels for _, labels in joined} == {(2, 2), (1, 2)}
    assert not any("a person" in text and "no person" in text for text, _ in joined)


@pytest.mark.parametrize("text", ["a", "No.", "Ünïcödé 漢字", "?!", "two\nlines of it"])
def test_every_message_can_be_varied_and_keeps_something(text):
    chance = random.Random(0)
    assert all(vary(text, chance).strip() for _ in range(200)) or text == "?!"


def card_of(pack, **told):
    from assistant.matters import Matter

    return Card(
        (Matter(PEOPLE, (SILENT, "no", "yes")), Matter(KIND, KINDS)),
        {PEOPLE: Calibration(2.0, 0.25, 0.6), KIND: Calibration(1.0, 0.5, 0.5)},
        told.get("facts", facts_hash(pack.rules)),
        told.get("messages", "0" * 64),
    )


def test_both_readers_are_averaged_and_a_label_that_one_lacks_counts_as_nothing(pack):
    reader = TrainedReader(card_of(pack), Classifier(reader_folder() / WEIGHTS))
    head = Head(("", "yes"), np.zeros((1, 2)), np.zeros(2), 0.5)
    both = reader.joined(PEOPLE, head, np.array([[0.2, 0.8]]), np.array([[0.1, 0.5, 0.4]]))
    assert both[0].tolist() == pytest.approx([0.25 * 0.2 + 0.75 * 0.1, 0.25 * 0.8 + 0.75 * 0.4])


def test_a_card_is_read_back_as_it_was_written(pack, tmp_path):
    card = card_of(pack)
    (tmp_path / CARD).write_text(card.text({"right": 0.9}), encoding="utf-8")
    assert read_card(tmp_path) is None  # no weights beside it
    (tmp_path / WEIGHTS).write_bytes(b"")
    assert read_card(tmp_path) == card


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"matters": {"a": 1}}', '{"matters": {}}'])
def test_a_card_that_cannot_be_read_is_no_card(tmp_path, damaged):
    (tmp_path / CARD).write_text(damaged, encoding="utf-8")
    (tmp_path / WEIGHTS).write_bytes(b"")
    assert read_card(tmp_path) is None


def test_weights_that_cannot_be_loaded_are_named_with_the_remedy(tmp_path):
    broken = tmp_path / WEIGHTS
    broken.write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"weights\.onnx: cannot be loaded .*make train"):
        Classifier(broken).logits(["a message"])


def test_the_bundled_reader_was_trained_for_the_facts_of_the_bundled_pack(pack):
    card = read_card(reader_folder())
    assert card is not None
    assert card.facts_sha256 == facts_hash(pack.rules)
    assert {matter.name for matter in card.matters} - {KIND} <= set(pack.rules.facts)


def test_a_pack_with_other_facts_is_read_by_its_heads_alone(tmp_path):
    shutil.copytree(bundled_root() / "rules", tmp_path / "rules")
    shutil.copytree(bundled_root() / "corpus", tmp_path / "corpus")
    assert open_reader(open_pack(tmp_path)) is not None
    rules = tmp_path / "rules" / "boomi.yaml"
    renamed = rules.read_text(encoding="utf-8").replace("splittable", "separable")
    rules.write_text(renamed, encoding="utf-8")
    assert open_reader(open_pack(tmp_path)) is None


def test_more_messages_leave_the_reader_in_use_and_are_noticed(tmp_path):
    shutil.copytree(bundled_root() / "rules", tmp_path / "rules")
    shutil.copytree(bundled_root() / "corpus", tmp_path / "corpus")
    more = tmp_path / "rules" / "more.messages.yaml"
    more.write_text(
        'messages: boomi\nsay:\n  - text: "a person looks"\n    human_interaction: yes\n', encoding="utf-8"
    )
    pack = open_pack(tmp_path)
    reader = open_reader(pack)
    assert reader is not None
    assert not has_seen_all(reader.card, pack)


def test_the_doctor_says_whether_the_reader_fits_the_pack_and_knows_its_messages(tmp_path):
    shutil.copytree(bundled_root() / "rules", tmp_path / "rules")
    shutil.copytree(bundled_root() / "corpus", tmp_path / "corpus")
    (tmp_path / "rules" / "more.messages.yaml").write_text(
        'messages: boomi\nsay:\n  - text: "one more"\n', encoding="utf-8"
    )
    changed = examine_reader(open_pack(tmp_path))
    assert (changed.state, changed.remedy) == ("warning", "make train")
    rules = tmp_path / "rules" / "boomi.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("splittable", "separable"), encoding="utf-8")
    for path in (tmp_path / "rules").glob("*.messages.yaml"):
        path.unlink()
    other = examine_reader(open_pack(tmp_path))
    assert (other.state, other.remedy) == ("ok", "")
    assert "other facts" in other.detail


def test_the_bundled_weights_read_a_message_the_same_alone_and_among_others():
    reader = open_reader(open_pack())
    texts = ["A manager signs off each request.", "Nobody is involved.", "long " * 60]
    together = reader.shares(texts)[PEOPLE]
    fresh = TrainedReader(reader.card, Classifier(reader_folder() / WEIGHTS))
    alone = np.vstack([fresh.shares([text])[PEOPLE] for text in texts])
    assert np.array_equal(together, alone)
    assert together.sum(axis=1).tolist() == pytest.approx([1, 1, 1], abs=1e-5)


def test_the_model_card_names_the_messages_it_was_made_from():
    card = json.loads((reader_folder() / CARD).read_text(encoding="utf-8"))
    told = (reader_folder() / "README.md").read_text(encoding="utf-8")
    assert card["messages_sha256"][:12] in told
