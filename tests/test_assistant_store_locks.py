"""Turns of one conversation, taken at once by processes that share a store in PostgreSQL."""

import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from assistant import ConversationStore, StoreError, converse, store_engine
from tests.kept_turns import says, turn_of

ROOT = Path(__file__).parent.parent
HOLDER = """
import sys
from assistant import ConversationStore, converse
from tests.kept_turns import turn_of

def take(before):
    print("answering", flush=True)
    sys.stdin.readline()
    return turn_of("one", before)

converse(ConversationStore.open({address!r}), "case-7", take, said="one")
"""


@pytest.fixture
def address(postgres):
    return postgres.database()


@pytest.fixture
def holder(address):
    """A process in the middle of a turn."""
    ConversationStore.open(address).close()
    command = [sys.executable, "-c", HOLDER.format(address=address)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "answering\n"
        yield process
        process.kill()


def test_a_turn_waits_for_the_one_before_it_and_is_answered_once(address):
    taken = []

    def take(before):
        taken.append(before.turns)
        return turn_of("more", before)

    def talk(own):
        for _ in range(5):
            converse(own, "busy", take, said="more")

    stores = [ConversationStore.open(address) for _ in range(4)]
    threads = [threading.Thread(target=talk, args=(own,)) for own in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for own in stores:
        own.close()
    assert taken == list(range(20))


def test_a_turn_goes_on_at_once_when_the_process_before_it_was_killed(address, holder):
    with closing(ConversationStore.open(address)) as store:
        kept = []
        waiting = threading.Thread(
            target=lambda: kept.append(converse(store, "case-7", says("two"), said="two"))
        )
        waiting.start()
        holder.send_signal(signal.SIGKILL)
        waiting.join()
        assert [turn.said for turn in store.turns("case-7")] == ["two"]


def test_a_turn_that_waits_too_long_is_told_and_other_conversations_go_on(address, holder, monkeypatch):
    monkeypatch.setattr(store_engine, "BUSY_SECONDS", 1)
    with closing(ConversationStore.open(address)) as store:
        with pytest.raises(StoreError, match="lock timeout"):
            converse(store, "case-7", says("two"), said="two")
        assert converse(store, "case-8", says("other"), said="other").number == 1
        holder.communicate("\n")
        assert converse(store, "case-7", says("two"), said="two").number == 2


def test_a_database_that_is_gone_is_told_and_a_turn_goes_on_once_it_is_back(postgres, address):
    with closing(ConversationStore.open(address)) as store:
        converse(store, "case-7", says("one"), said="one")
        postgres.crash()
        try:
            with pytest.raises(StoreError, match="see that it runs"):
                converse(store, "case-7", says("two"), said="two")
        finally:
            postgres.start()
        assert converse(store, "case-7", says("two"), said="two").number == 2
