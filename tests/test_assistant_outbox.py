"""Answers that wait in the store until they are delivered, in each of its databases."""

import threading
from contextlib import closing

import pytest

from assistant import ConversationStore, Parcel, converse
from tests.kept_turns import says


@pytest.fixture
def store(address):
    with closing(ConversationStore.open(address)) as opened:
        yield opened


def ask(store, conversation, words, event=None, door="slack"):
    parcel = Parcel(door, f"channel of {conversation}")
    return converse(store, conversation, says(words), said=words, event=event, parcel=parcel)


def test_an_answer_waits_until_it_is_delivered(store):
    ask(store, "case-7", "one")
    taken = store.outbox.take("slack", 60)
    assert (taken.conversation, taken.number, taken.destination) == ("case-7", 1, "channel of case-7")
    assert store.outbox.take("slack", 60) is None
    store.outbox.delivered(taken)
    assert store.outbox.take("slack", 60) is None


def test_an_event_that_comes_twice_is_delivered_once(store):
    for _ in range(2):
        ask(store, "case-7", "one", event="Ev1")
    store.outbox.delivered(store.outbox.take("slack", 60))
    assert store.outbox.take("slack", 60) is None


def test_what_a_lost_process_had_taken_is_taken_again(store):
    ask(store, "case-7", "one")
    assert store.outbox.take("slack", 0).tries == 1
    assert store.outbox.take("slack", 60).tries == 2


def test_what_could_not_be_delivered_comes_again_when_it_may(store):
    ask(store, "case-7", "one")
    taken = store.outbox.take("slack", 60)
    store.outbox.put_back(taken, 60)
    assert store.outbox.take("slack", 60) is None
    store.outbox.put_back(taken, 0)
    assert store.outbox.take("slack", 60).tries == 2


def test_answers_of_one_conversation_are_delivered_in_order_and_others_do_not_wait(store):
    ask(store, "case-7", "one")
    ask(store, "case-7", "two")
    ask(store, "case-8", "three")
    first, other = store.outbox.take("slack", 60), store.outbox.take("slack", 60)
    assert [(one.conversation, one.number) for one in (first, other)] == [("case-7", 1), ("case-8", 1)]
    assert store.outbox.take("slack", 60) is None
    store.outbox.delivered(first)
    assert store.outbox.take("slack", 60).number == 2


def test_each_door_takes_its_own(store):
    ask(store, "case-7", "one", door="mail")
    assert store.outbox.take("slack", 60) is None
    assert store.outbox.take("mail", 60).number == 1


def test_many_that_take_at_once_take_different_ones(address, store):
    for number in range(24):
        ask(store, f"case-{number}", "one")
    taken = []

    def work(own):
        while (one := own.outbox.take("slack", 60)) is not None:
            taken.append(one.conversation)

    stores = [ConversationStore.open(address) for _ in range(4)]
    threads = [threading.Thread(target=work, args=(own,)) for own in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in stores:
        own.close()
    assert sorted(taken) == sorted(f"case-{number}" for number in range(24))


def test_a_forgotten_conversation_is_delivered_no_more(store):
    ask(store, "case-7", "one")
    store.forget("case-7")
    assert store.outbox.take("slack", 60) is None
