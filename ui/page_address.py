"""The state of a decision as the address of a page: which pack, and which facts by name.

``?pack=boomi&human_interaction=yes`` can be linked, reloaded and replayed. A fact whose name a page uses for
something else is written ``fact.NAME``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from assistant import CitedWords, Pack

# What the pages themselves ask for in their addresses.
RESERVED: Final = frozenset(
    {"pack", "lang", "q", "guide", "section", "from", "to", "node", "all", "run", "other", "case", "say"}
    | {"conversation", "next", "ask", "only"}
)
PREFIX: Final = "fact."
MOST_FACTS: Final = 200  # an address holds no more; what comes after is left out


@dataclass(frozen=True, slots=True)
class Address:
    """``pack`` is the id that an address names, empty for none; ``facts`` are its values by fact.

    ``asked`` holds what the pages themselves ask for, such as ``q``.
    """

    pack: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)


def read_address(query: str) -> Address:
    """The state in the ``query`` of an address; of a name given twice the last value counts."""
    facts: dict[str, str] = {}
    asked: dict[str, str] = {}
    for name, value in parse_qsl(query.removeprefix("?"), keep_blank_values=True)[:MOST_FACTS]:
        if name in RESERVED:
            asked[name] = value
        elif value:
            facts[name.removeprefix(PREFIX)] = value
    return Address(asked.get("pack", ""), facts, asked)


def write_address(pack: Pack, facts: Mapping[str, str], path: str = "/", **asked: str) -> str:
    """The address of ``path`` in this state; a private pack keeps the facts out of it."""
    told = {} if pack.private else facts
    named = {PREFIX + name if name in RESERVED else name: value for name, value in told.items()}
    return f"{path}?{urlencode({'pack': pack.id, **asked, **named})}"


def guide_address(cited: CitedWords, pack: Pack) -> str:
    """Where the guide of ``pack`` stands open at these words, highlighted."""
    span = {"from": str(cited.start), "to": str(cited.end)}
    return write_address(pack, {}, "/explore", section=cited.section, **span) + "#found"
