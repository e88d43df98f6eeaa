"""Cases drafted from kept conversations and from what people thought of answers."""

from datetime import UTC, datetime

import pytest

from assistant import ConversationStore, converse
from assistant.feedback import Feedback
from evals import load_suites, run_suites
from evals.draft_case import Opinion, SaidTurn, add_drafts, draft_case
from evals.errors import DraftError, SuiteError

SAID = ("I am about to go out.", "yes", "The puddles are 30 cm deep.", 'How deep may "the" water: be? # {a}')


@pytest.fixture(scope="module")
def talk(weather):
    turns, conversation = [], None
    for said in SAID:
        taken = weather.reply(said, conversation)
        turns.append(SaidTurn(said, taken.answer, message=True))
        conversation = taken.conversation
    return turns


def test_a_drafted_case_is_read_and_passes_as_long_as_the_answers_stay(weather, talk, tmp_path):
    path = tmp_path / "kept.yaml"
    path.write_text(add_drafts(path, "weather/kept", [draft_case("one", talk)]), encoding="utf-8")
    (suite,) = load_suites(weather.pack, [path])
    assert [turn.say for turn in suite.cases[0].turns] == list(SAID)
    assert suite.cases[0].turns[1].expect.options == ("umbrella",)
    assert suite.cases[0].turns[2].expect.facts == {"rain": "yes", "depth": "30"}
    assert run_suites(weather, [path]).all_passed


def test_what_somebody_called_wrong_is_not_expected(weather):
    asked = "How deep may the water be?"
    talk = [SaidTurn(asked, weather.reply(asked).answer, message=True)]
    told = {
        verdict: draft_case("one", talk, Opinion(verdict, "too deep")).text.splitlines()[-1].strip()
        for verdict in ("right", "wrong_sources", "missing", "wrong_decision")
    }
    assert "kind: guide" in told["right"]
    assert "weather#puddles" in told["right"]
    assert "cites" not in told["wrong_sources"]
    assert told["missing"] == "expect: {kind: guide}"
    assert told["wrong_decision"] == "expect: {}"
    assert 'why: "too deep"' in draft_case("one", talk, Opinion("missing", "too deep")).text


def test_a_draft_without_what_must_come_is_told_by_the_checks(weather, talk, tmp_path):
    path = tmp_path / "kept.yaml"
    draft = draft_case("one", talk[:2], Opinion("wrong_decision", ""))
    path.write_text(add_drafts(path, "weather/kept", [draft]), encoding="utf-8")
    with pytest.raises(SuiteError, match="`expect` expects nothing"):
        load_suites(weather.pack, [path])


def test_a_fact_changed_by_hand_is_in_no_case(talk):
    with pytest.raises(DraftError, match=r"turn 2 of 'one' changed a fact by hand.*--turn 1"):
        draft_case("one", [talk[0], SaidTurn("rain: yes", talk[1].answer, message=False)])


def test_a_suite_whose_cases_do_not_come_last_is_left_alone(talk, tmp_path):
    path = tmp_path / "kept.yaml"
    path.write_text("cases:\n  - {id: a, say: x, expect: {kind: guide}, why: it is so}\nsuite: kept\n")
    with pytest.raises(DraftError, match="cannot be put at its end"):
        add_drafts(path, "kept", [draft_case("one", talk)])


def test_feedback_becomes_cases_by_one_command_and_each_only_once(weather, groundrule, tmp_path):
    url = f"sqlite:///{tmp_path / 'conversations.db'}"
    store = ConversationStore.open(url)
    for conversation, owner in (("mine", ""), ("theirs", "somebody")):
        for said in SAID[:2]:
            take = lambda now, said=said: weather.reply(said, now)  # noqa: E731
            converse(store, conversation, take, said=said, owner=owner)
    at = datetime.now(UTC).isoformat()
    store.add_feedback(Feedback("theirs", 2, "wrong_decision", "a hat is enough", "somebody", at), "somebody")
    store.close()
    suite, pack = tmp_path / "kept.yaml", weather.pack.root
    env = {"GROUNDRULE_STORE": url}
    first = groundrule("eval", "new", "--feedback", "--suite", suite, "--pack", pack, env=env)
    assert first.code == 0, first.err
    assert "The decision was wrong: say which one must come." in first.out
    assert 'why: "a hat is enough"' in suite.read_text(encoding="utf-8")
    again = groundrule("eval", "new", "--feedback", "--suite", suite, "--pack", pack, env=env)
    assert "nothing to draft" in again.out
    printed = groundrule("eval", "new", "--conversation", "mine", "--turn", "1", "--pack", pack, env=env)
    assert '- say: "I am about to go out."' in printed.out
    assert "yes" not in printed.out
    wrong = groundrule("eval", "new", "--conversation", "nobody", "--pack", pack, env=env)
    assert wrong.code == 2
    neither = groundrule("eval", "new", "--pack", pack, env=env)
    assert neither.code == 2
