"""Stores that another version of groundrule wrote."""

import threading
from contextlib import closing

import pytest
from sqlalchemy import create_engine, inspect, text

from assistant import Conversation, ConversationStore, Feedback, StoreError, converse, store_upgrades
from tests.kept_turns import says, turn_of

# As the first version made them, in words that both databases know.
FIRST_FORMAT = """
CREATE TABLE groundrule_format (format INTEGER NOT NULL PRIMARY KEY);
CREATE TABLE conversations (
  id VARCHAR(200) NOT NULL PRIMARY KEY, owner VARCHAR(200) NOT NULL,
  pack VARCHAR(200) NOT NULL, begun VARCHAR(40) NOT NULL);
CREATE INDEX conversations_of_owner ON conversations (owner, begun);
CREATE TABLE turns (
  conversation VARCHAR(200) NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
  number INTEGER NOT NULL, event VARCHAR(200) UNIQUE, how VARCHAR(20) NOT NULL, said TEXT NOT NULL,
  answer TEXT NOT NULL, after TEXT NOT NULL, at VARCHAR(40) NOT NULL, PRIMARY KEY (conversation, number));
INSERT INTO groundrule_format VALUES (1);
INSERT INTO conversations VALUES ('case-7', 'ada', 'weather', '2026-03-01T10:00:00.000+00:00')
"""


def raw(address):
    return create_engine(address.replace("postgresql://", "postgresql+psycopg://"))


@pytest.fixture
def first_format(address, file):
    """A store of the first format with one turn in it."""
    file.parent.mkdir()
    turn = turn_of("one", Conversation())
    kept = {"answer": turn.answer.to_json(), "after": turn.conversation.model_dump_json()}
    engine = raw(address)
    with engine.begin() as connection:
        for statement in FIRST_FORMAT.split(";"):
            connection.execute(text(statement))
        row = "('case-7', 1, NULL, 'message', 'one', :answer, :after, '2026-03-01T10:00:00.000+00:00')"
        connection.execute(text(f"INSERT INTO turns VALUES {row}"), kept)
    engine.dispose()
    return address


def test_a_store_of_a_later_format_is_refused_and_left_alone(address):
    ConversationStore.open(address).close()
    engine = raw(address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE groundrule_format SET format = 9"))
    with pytest.raises(StoreError, match="is in format 9, and this version of groundrule knows format 2"):
        ConversationStore.open(address)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT format FROM groundrule_format")).scalar_one() == 9
    engine.dispose()


def test_a_store_of_the_first_format_is_upgraded_in_place(first_format):
    stores = []
    threads = [
        threading.Thread(target=lambda: stores.append(ConversationStore.open(first_format))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 4
    (kept,) = stores[0].turns("case-7", owner="ada")
    assert kept.said == "one"
    assert converse(stores[1], "case-7", says("two"), said="two", owner="ada").number == 2
    stores[2].add_feedback(Feedback("case-7", 1, "right", "", "ada", kept.at), owner="ada")
    assert [given.number for given in stores[3].feedback("weather")] == [1]
    for store in stores:
        store.close()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(first_format, monkeypatch):

    def breaks(connection):
        connection.execute(text("CREATE TABLE half_done (number INTEGER)"))
        connection.execute(text("SELECT nonsense FROM nowhere"))

    with monkeypatch.context() as patch:
        patch.setattr(store_upgrades, "UPGRADES", {1: breaks})
        with pytest.raises(StoreError, match="fails"):
            ConversationStore.open(first_format)
    engine = raw(first_format)
    assert not inspect(engine).has_table("half_done")
    engine.dispose()
    with closing(ConversationStore.open(first_format)) as store:
        assert len(store.turns("case-7", owner="ada")) == 1
