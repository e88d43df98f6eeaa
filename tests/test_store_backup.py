"""Copies of a store, taken while conversations go on, and stores that go on from one."""

import sqlite3
import threading
from contextlib import closing

import pytest

from assistant import ConversationStore, StoreError, converse
from tests.kept_turns import says


def talk(store, stop):
    number = 0
    while not stop.is_set():
        number += 1
        converse(store, "case-7", says(f"{number}"), said=f"{number}")


def test_a_copy_taken_meanwhile_is_whole_and_can_be_gone_on_from(file, tmp_path):
    copies = [tmp_path / f"copy-{number}.db" for number in range(5)]
    stop = threading.Event()
    with closing(ConversationStore.open(f"sqlite:///{file}")) as store:
        converse(store, "case-7", says("0"), said="0")
        writer = threading.Thread(target=talk, args=(store, stop))
        writer.start()
        try:
            counts = []
            for copy in copies:
                before = len(store.turns("case-7"))
                store.back_up(copy)
                counts.append((before, len(store.turns("case-7"))))
        finally:
            stop.set()
            writer.join()
    for copy, (before, after) in zip(copies, counts, strict=True):
        with closing(sqlite3.connect(copy)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert copy.stat().st_mode & 0o077 == 0
        with closing(ConversationStore.open(f"sqlite:///{copy}")) as restored:
            held = len(restored.turns("case-7"))
            assert before <= held <= after
            assert converse(restored, "case-7", says("on"), said="on").number == held + 1


def test_a_file_that_exists_is_never_written_over(file, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with closing(ConversationStore.open(f"sqlite:///{file}")) as store:
        with pytest.raises(StoreError, match="exists already; name a new file"):
            store.back_up(tmp_path / "copy.db")
        with pytest.raises(StoreError, match="cannot be written"):
            store.back_up(tmp_path / "nowhere" / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_store_in_postgresql_is_copied_with_its_own_programs(postgres, tmp_path):
    address = postgres.database()
    with closing(ConversationStore.open(address)) as store:
        converse(store, "case-7", says("one"), said="one")
        with pytest.raises(StoreError, match="pg_dump --file="):
            store.back_up(tmp_path / "copy.sql")
    postgres.dump(address, tmp_path / "copy.sql")
    other = postgres.database()
    postgres.load(tmp_path / "copy.sql", other)
    with closing(ConversationStore.open(other)) as restored:
        assert converse(restored, "case-7", says("two"), said="two").number == 2


def test_the_command_copies_the_store_and_tells_how_to_go_on_from_it(file, tmp_path, groundrule):
    with closing(ConversationStore.open(f"sqlite:///{file}")) as store:
        converse(store, "case-7", says("one"), said="one")
    kept = {"GROUNDRULE_STORE": f"sqlite:///{file}"}
    told = groundrule("conversation", "backup", tmp_path / "copy.db", env=kept)
    assert told.code == 0
    assert f"GROUNDRULE_STORE=sqlite:///{tmp_path / 'copy.db'}" in told.out.replace("\n", "")
    again = groundrule("conversation", "backup", tmp_path / "copy.db", env=kept)
    assert again.code != 0
    assert "exists already" in again.err
