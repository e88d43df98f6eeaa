"""App Home: who speaks, what can be asked, and where the person talked to it last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ui.page_words import ENGLISH
from ui.render_slack import paragraphs
from ui.slack_blocks import Block, button, context, divider, header, section
from ui.slack_text import clipped, escaped, literal
from ui.split_slack import sections

if TYPE_CHECKING:
    from assistant import Pack

TRY: Final = "groundrule_try"
MOST_OF_EXAMPLE: Final = 600


@dataclass(frozen=True, slots=True)
class RecentThread:
    """A conversation that a person had part in: its first words, and where it stands ("" if unknown)."""

    said: str
    link: str


def home_view(pack: Pack, recent: Sequence[RecentThread], command: str) -> Block:
    """The view that is published to one person."""
    version = [context(literal(ENGLISH.version.format(version=pack.version)))] if pack.version else []
    blocks: list[Block] = [header(pack.title), *version]
    blocks += map(section, sections(paragraphs(pack.greeting)))
    usage = f"Write to me here, mention me in a channel, or use `{escaped(command)}` to be answered alone."
    blocks.append(section(usage))
    if pack.examples:
        blocks += [divider(), section(f"*{ENGLISH.examples}*")]
        blocks += [_example(example, place) for place, example in enumerate(pack.examples)]
    if recent:
        blocks += [divider(), section("*Your recent threads*"), *map(_recent, recent)]
    return {"type": "home", "blocks": blocks}


def _example(example: str, place: int) -> Block:
    shown = section(literal(clipped(example, MOST_OF_EXAMPLE)))
    return shown | {"accessory": button(f"{TRY}_{place}", "Ask this", str(place))}


def _recent(thread: RecentThread) -> Block:
    said = literal(clipped(" ".join(thread.said.split()), 150))
    return section(f"{said}  <{escaped(thread.link)}|Open>" if thread.link else said)
