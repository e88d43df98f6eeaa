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

# Answers still to be brought to where they were asked for: written with their turn, deleted once there.
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("door", String(40), nullable=False),
    Column("destination", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("free_at", Float, nullable=False),
    Index("outbox_of_door", "door", "free_at"),
)
