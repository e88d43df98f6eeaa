import json
import shutil
from pathlib import Path

import pytest

from assistant import LanguageModel, LanguageModelError, open_pack
from assistant.draft_pack import accept_drafts, bare_passages, draft_of, draft_questions
from corpus import QuestionsError, load_questions

WEATHER = Path(__file__).parent / "weather_pack"


@pytest.fixture
def pack(tmp_path):
    shutil.copytree(WEATHER, tmp_path / "weather")
    return lambda: open_pack(tmp_path / "weather")


def replies(*told):
    """A model that gives these replies in turn; an exception among them is raised."""
    left = iter(told)

    def speak(prompt):
        reply = next(left)
        if isinstance(reply, Exception):
            raise reply
        yield json.dumps(reply)

    return LanguageModel("drafter", speak)


def questions_of(pack):
    return load_questions(pack.root / "corpus", pack.guides)


def test_a_draft_is_used_by_nothing_until_it_is_accepted(pack):
    (bare,) = bare_passages(pack())
    told = [{"asks": [f"what of {n}?", "is it so?"], "near": [f"since when {n}?"]} for n in range(99)]
    drafted = list(draft_questions(replies(*told), bare, 2, 1))
    assert [one.done for one in drafted] == list(range(1, len(bare.passages) + 1))
    assert questions_of(pack()) == ()
    (accepted,) = accept_drafts(pack())
    assert accepted.questions == 3 * len(bare.passages)
    kept = questions_of(pack())
    for number, passage in enumerate(bare.passages):
        texts = {(question.kind, question.text) for question in kept if question.passage == passage.id}
        assert texts == {
            ("ask", f"what of {number}?"),
            ("ask", "is it so?"),
            ("near", f"since when {number}?"),
        }
    assert draft_of(bare.guide) is None
    assert bare_passages(pack()) == ()


def test_accepting_keeps_what_the_author_wrote(pack):
    guide = pack().guides[0]
    passage = guide.sections[-1].passages[0]
    file = guide.path.with_suffix(".questions.yaml")
    file.write_text(
        f"# mine\nquestions: {guide.id}\npassages:\n  - section: {passage.section}\n"
        f"    passage: {json.dumps(passage.reading[:20])}\n    asks:\n      - my own question\n",
        encoding="utf-8",
    )
    (bare,) = bare_passages(pack())
    list(draft_questions(replies(*[{"asks": ["new?"], "near": []}] * 99), bare, 1, 0))
    list(accept_drafts(pack()))
    assert file.read_text(encoding="utf-8").startswith("# mine\n")
    assert "my own question" in {question.text for question in questions_of(pack())}
    assert {question.passage for question in questions_of(pack())} == {
        one.id for section in guide.sections for one in section.passages
    }


def test_a_passage_that_the_model_fails_on_is_told_and_the_others_are_drafted(pack):
    (bare,) = bare_passages(pack())
    bad = LanguageModelError("drafter", "cannot be asked (gone)")
    told = [bad, {"no": "questions"}, {"asks": ["", "!?"], "near": []}, *[{"asks": ["ok?"], "near": []}] * 99]
    problems = [one.problem for one in draft_questions(replies(*told), bare, 1, 0)]
    assert problems[:4] == [
        "cannot be asked (gone)",
        "gave no reply in the form asked for",
        "gave no question",
        "",
    ]
    (accepted,) = accept_drafts(pack())
    assert accepted.questions == len(bare.passages) - 3


def test_a_draft_that_an_edit_broke_is_refused_with_its_place_and_kept(pack):
    (bare,) = bare_passages(pack())
    list(draft_questions(replies(*[{"asks": ["ok?"], "near": []}] * 99), bare, 1, 0))
    draft = draft_of(bare.guide)
    draft.write_text(draft.read_text(encoding="utf-8").replace("asks:", "aks:", 1), encoding="utf-8")
    with pytest.raises(QuestionsError, match=r"weather\.draft\.yaml:\d+:\d+: there is no field 'aks'"):
        list(accept_drafts(pack()))
    assert draft.exists()
    assert questions_of(pack()) == ()


def test_drafting_without_a_language_model_says_how_to_name_one(groundrule):
    told = groundrule("pack", "suggest")
    assert told.code == 3
    assert "set GROUNDRULE_MODEL_URL and GROUNDRULE_MODEL" in told.err
