"""A long answer in sections and messages that Slack takes, cut where it reads well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ui.render_slack import MOST, Paragraph, ends_sentence, joined

MOST_OF_MESSAGE: Final = 11_000  # characters of the sections of one message; Slack takes less than 12,000
MOST_SECTIONS: Final = 40  # of one message; Slack takes 50 blocks, and others stand below the sections


def sections(parts: Iterable[Paragraph]) -> tuple[str, ...]:
    """The text of each section: whole paragraphs as long as they fit, longer ones cut between sentences."""
    done: list[str] = []
    held: list[Paragraph] = []
    for part in (piece for whole in parts for piece in _bounded(whole)):
        if held and len(joined([*held, part])) > MOST:
            done.append(joined(held))
            held = []
        held.append(part)
    return tuple(text for text in (*done, joined(held)) if text.strip())


def messages(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The sections of each message, in order; at least one message."""
    done: list[tuple[str, ...]] = []
    held: list[str] = []
    for text in texts:
        if held and (len(held) == MOST_SECTIONS or sum(map(len, held)) + len(text) > MOST_OF_MESSAGE):
            done.append(tuple(held))
            held = []
        held.append(text)
    return (*done, tuple(held))


def _bounded(part: Paragraph) -> Iterator[Paragraph]:
    """``part`` in pieces that a section can hold: ends of sentences first, else of words."""
    rest = part.atoms
    tight = part.tight
    while len("".join(rest).rstrip()) > MOST:
        cut = _cut(rest)
        yield Paragraph(rest[:cut], tight)
        rest, tight = rest[cut:], True
    yield Paragraph(rest, tight)


def _cut(atoms: Sequence[str]) -> int:
    """How many of ``atoms`` the first piece takes: at least one, and no more than fit."""
    size, fits, sentence = 0, 0, 0
    for count, atom in enumerate(atoms, 1):
        size += len(atom)
        if len(atom.rstrip()) + size - len(atom) > MOST:
            break
        fits = count
        if ends_sentence(atom) and size > MOST // 2:
            sentence = count
    return sentence or fits or 1
