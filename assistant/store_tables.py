"""The tables in which conversations are kept."""

from __future__ import annotations

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

# Raised with every change of a table, which gets a step in store_upgrades; a later format is refused.
FORMAT = 2

metadata = MetaData()

# One row: the format that the other tables are in.
formats = Table("groundrule_format", metadata, Column("format", Integer, primary_key=True))

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("pack", String(200), nullable=False),
    Column("begun", String(40), nullable=False),
    Index("conversations_of_owner", "owner", "begun"),
)

# The record itself: rows are added and never changed, so that a conversation is what its turns say.
turns = Table(
    "turns",
    metadata,
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("event", String(200), unique=True),
    Column("how", String(20), nullable=False),
    Column("said", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", String(40), nullable=False),
)

# What people thought of an answer. Rows are added only; the newest of one person on one turn counts.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("verdict", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("giver", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    Index("feedback_on_turn", "conversation", "number"),
)

# What chat platforms handed over, by their own ids. A row stays when it is done, without its body, so that a
# later delivery of the same is known. ``done`` is 0, 1, or 2 for what was only overheard. Times are seconds
# since 1970.
inbox = Table(
    "inbox",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("conversation", String(200), nullable=False),
    Column("place", String(40), nullable=False),
    Column("sender", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Float, nullable=False),
    Column("free_at", Float, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Index("inbox_of_conversation", "done", "conversation", "place"),
    Index("inbox_of_sender", "sender", "at"),
)

# Which process works at which conversation, and until when it may be believed to live.
leases = Table(
    "leases",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("holder", String(40), nullable=False),
    Column("until", Float, nullable=False),
)
