import threading
from contextlib import closing

import pytest

from assistant import (
    Conversation,
    ConversationStore,
    Feedback,
    StoreError,
    UnknownConversationError,
    converse,
)
from tests.kept_turns import says, turn_of
from tests.kills import kill_often


@pytest.fixture
def store(address):
    opened = ConversationStore.open(address)
    yield opened
    opened.close()


def test_a_turn_goes_on_where_the_kept_conversation_stands(address, store):
    for words in ("one", "two"):
        with closing(ConversationStore.open(address)) as opened:
            kept = converse(opened, "case-7", says(words), said=words)
    assert kept.number == 2
    assert kept.after == Conversation(turns=2, said="two")
    assert [turn.said for turn in store.turns("case-7")] == ["one", "two"]


def test_a_turn_that_fails_writes_nothing(store):
    def fails(before):
        raise ValueError("no answer")

    with pytest.raises(ValueError, match="no answer"):
        converse(store, "case-7", fails, said="one")
    assert store.last("case-7") is None


def test_an_event_that_comes_three_times_is_answered_once(store):
    taken = []

    def take(before):
        taken.append(before)
        return turn_of("hello", before)

    kept = [converse(store, "thread", take, said="hello", event="Ev1") for _ in range(3)]
    assert len(taken) == 1
    assert kept[0] == kept[1] == kept[2]
    assert len(store.turns("thread")) == 1


def test_a_conversation_of_somebody_else_does_not_exist(store):
    converse(store, "case-7", says("secret"), said="secret", owner="ada")
    for look in (
        lambda: store.turns("case-7", owner="bob"),
        lambda: store.last("case-7", owner="bob"),
        lambda: store.forget("case-7", owner="bob"),
        lambda: converse(store, "case-7", says("mine"), said="mine", owner="bob"),
    ):
        with pytest.raises(UnknownConversationError):
            look()
    assert store.owned("bob") == ()
    assert [turn.said for turn in store.turns("case-7", owner="ada")] == ["secret"]


def test_a_forgotten_conversation_is_gone(store):
    converse(store, "case-7", says("one"), said="one")
    converse(store, "case-8", says("two"), said="two")
    store.forget("case-7")
    assert [one.id for one in store.owned()] == ["case-8"]
    assert converse(store, "case-7", says("anew"), said="anew").number == 1


def feedback_on(number, verdict, giver="ann", conversation="case-7"):
    return Feedback(conversation, number, verdict, "", giver, "2026-03-01T10:00:00.000+00:00")


def test_a_second_thought_of_one_person_replaces_the_first_and_no_one_elses(store):
    for words in ("one", "two"):
        converse(store, "case-7", says(words), said=words)
    given = [feedback_on(1, "right"), feedback_on(1, "missing", "bob"), feedback_on(2, "right")]
    for one in [*given, feedback_on(1, "wrong_sources")]:
        store.add_feedback(one)
    assert store.feedback("weather") == (feedback_on(1, "wrong_sources"), given[2], given[1])
    assert store.feedback("boomi") == ()


@pytest.mark.parametrize(("number", "owner"), [(2, ""), (1, "stranger")])
def test_feedback_on_a_turn_that_its_giver_cannot_see_is_refused(store, number, owner):
    converse(store, "case-7", says("one"), said="one")
    with pytest.raises(UnknownConversationError):
        store.add_feedback(feedback_on(number, "right"), owner)
    assert store.feedback("weather") == ()


def test_what_is_forgotten_takes_its_feedback_with_it(store):
    converse(store, "case-7", says("one"), said="one")
    store.add_feedback(feedback_on(1, "right"))
    store.forget("case-7")
    assert store.feedback("weather") == ()


def test_turns_of_many_threads_follow_one_another(address, store):
    stores = [ConversationStore.open(address) for _ in range(4)]

    def talk(own, name):
        for number in range(5):
            converse(own, "busy", says(f"{name}.{number}"), said=f"{name}.{number}")

    threads = [threading.Thread(target=talk, args=(own, name)) for name, own in enumerate(stores)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in stores:
        own.close()
    turns = store.turns("busy")
    assert [turn.number for turn in turns] == list(range(1, 21))
    assert [turn.after.turns for turn in turns] == list(range(1, 21))
    for name in range(4):
        assert [turn.said for turn in turns if turn.said.startswith(f"{name}.")] == [
            f"{name}.{number}" for number in range(5)
        ]


def test_what_was_acknowledged_survives_a_kill_at_any_moment(address):
    killed = kill_often(address, kills=4)
    assert len(killed.acknowledged) >= 4
    assert killed.lost == []
    assert killed.gaps == 0


def test_the_file_is_readable_by_its_owner_alone(file):
    ConversationStore.open(f"sqlite:///{file}").close()
    assert file.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_database_is_named_with_a_remedy(tmp_path):
    file = tmp_path / "notes.db"
    file.write_text("shopping list: apples, pears, a database\n" * 50)
    with pytest.raises(StoreError, match=r"notes\.db fails: file is not a database; see that"):
        ConversationStore.open(f"sqlite:///{file}")
    assert file.read_text().startswith("shopping list")


def test_a_password_in_the_address_is_never_told():
    with pytest.raises(StoreError) as told:
        ConversationStore.open("nosuch://me:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(told.value)
