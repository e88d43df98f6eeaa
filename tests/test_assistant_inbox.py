"""The inbox of the store: accepted once, done in order, by one process at a time."""

import pytest

from assistant import ConversationStore, Inbox, Task
from assistant.inbox import LEASE_SECONDS


@pytest.fixture
def store(tmp_path):
    opened = ConversationStore.open(f"sqlite:///{tmp_path / 'inbox.db'}")
    yield opened
    opened.close()


class Clock:
    """Seconds that go on when they are told to."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def later(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


def opened(store, clock):
    """The inbox of `store` by another clock, as a holder of leases of its own."""
    return Inbox(store.inbox._begin, clock)


def task(name, place="1", conversation="c"):
    return Task(name, conversation, place, "ana", f"do {name}")


def test_a_task_is_accepted_once_and_its_words_go_when_it_is_done(store, clock):
    inbox = opened(store, clock)
    assert inbox.add(task("a"))
    assert not inbox.add(task("a"))
    begun = inbox.take("c")
    assert (begun.id, begun.body, begun.tries) == ("a", "do a", 1)
    inbox.done(begun)
    assert inbox.take("c") is None
    assert not inbox.add(task("a"))
    with inbox._begin() as connection:
        assert connection.exec_driver_sql("select body from inbox").scalar_one() == ""


def test_tasks_are_begun_in_the_order_of_their_places(store, clock):
    inbox = opened(store, clock)
    for name, place in (("b", "2"), ("c", "3"), ("a", "1")):
        inbox.add(task(name, place))
    done = []
    while (begun := inbox.take("c")) is not None:
        done.append(begun.id)
        inbox.done(begun)
    assert done == ["a", "b", "c"]


def test_a_try_that_breaks_off_is_tried_later_from_its_last_step_and_nothing_overtakes_it(store, clock):
    inbox = opened(store, clock)
    inbox.add(task("a", "1"))
    inbox.add(task("b", "2"))
    inbox.step(inbox.take("c"), 1)
    assert inbox.take("c") is None
    assert inbox.waiting() == ()
    clock.later(2)
    again = inbox.take("c")
    assert (again.id, again.tries, again.steps) == ("a", 2, 1)


def test_a_task_that_is_put_off_waits_that_long(store, clock):
    inbox = opened(store, clock)
    inbox.add(task("a"))
    inbox.put_off(inbox.take("c"), 30)
    clock.later(29)
    assert inbox.take("c") is None
    clock.later(2)
    assert inbox.take("c").id == "a"


def test_a_conversation_is_one_holders_until_it_is_done_or_shows_no_sign_of_life(store, clock):
    one, other = opened(store, clock), opened(store, clock)
    one.add(task("a", "1"))
    one.add(task("b", "2"))
    first = one.take("c")
    clock.later(LEASE_SECONDS - 1)
    assert other.waiting() == ()
    assert other.take("c") is None
    one.renew()
    clock.later(2)
    assert other.take("c") is None
    one.done(first)
    second = one.take("c")
    assert second.id == "b"
    clock.later(LEASE_SECONDS + 1)
    assert other.waiting() == ("c",)
    assert (other.take("c").id, one.take("c")) == ("b", None)
    one.release("c")  # no longer its own
    assert opened(store, clock).take("c") is None


def test_a_conversation_is_anybodys_once_it_is_done_or_put_off_or_let_go(store, clock):
    one, other = opened(store, clock), opened(store, clock)
    for end in (one.done, lambda begun: one.put_off(begun, 0), lambda begun: one.release("c")):
        one.add(task(f"by {clock()}"))
        begun = one.take("c")
        end(begun)
        clock.later(5)
        one.add(task(f"then {clock()}", "0"))
        taken = other.take("c")
        assert taken.place == "0"
        other.done(taken)


def test_what_is_overheard_is_done_only_after_something_earlier_and_is_forgotten_soon(store, clock):
    inbox = opened(store, clock)
    assert not inbox.overhear(task("b", "2"))
    assert not inbox.overhear(task("x", "2", "elsewhere"))
    assert not inbox.knows("c")
    assert inbox.take("c") is None
    inbox.add(task("a", "1"))
    assert inbox.overhear(task("c", "3"))
    assert [inbox.take("c").id, inbox.waiting()] == ["a", ()]
    clock.later(400)
    inbox.renew()
    assert inbox.add(task("x", "2", "elsewhere"))


def test_what_is_done_is_cleared_after_its_time_and_what_is_not_stays(store, clock):
    inbox = opened(store, clock)
    inbox.add(task("a", "1"))
    inbox.done(inbox.take("c"))
    inbox.add(task("b", "2"))
    clock.later(100)
    inbox.clear(99)
    assert inbox.add(task("a", "1"))
    assert not inbox.add(task("b", "2"))


def test_a_persons_conversations_come_newest_first(store, clock):
    inbox = opened(store, clock)
    for place, name in enumerate("abc"):
        inbox.add(task(name, conversation=f"of {name}"))
        clock.later(place + 1)
    inbox.add(Task("d", "of d", "1", "ben", ""))
    assert inbox.recent("ana", 2) == ("of c", "of b")
