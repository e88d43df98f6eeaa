"""Which part of the product a failure belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from evals.scored import ScoredCase, ScoredTurn

Part = Literal["message", "facts", "rules", "retrieval", "silence", "words"]
"""Reading what kind of message it is; reading its facts; deciding on them; finding passages; telling whether
they answer; choosing and writing the words with their citations."""
PARTS: tuple[Part, ...] = get_args(Part)
USED = 8  # sections that an answer may come from; those further down the list were not found
_OF_RULES = (
    "decision",
    "next question",
    "conflict",
    "limit ",
    "assumption ",
    "tensions",
    "overridden",
    "leanings",
)
_OF_WORDS = ("text", "quote", "citation")


def name_parts(case: ScoredCase) -> tuple[Part, ...]:
    """The parts that failed in ``case``, in the order of a turn; none of a case without failures."""
    found = {part for turn in case.turns if turn.failures for part in _of_turn(case, turn)}
    return tuple(part for part in PARTS if part in found)


def _of_turn(case: ScoredCase, turn: ScoredTurn) -> Iterator[Part]:
    if turn.reply.ruled is not None:
        yield "rules"
        return
    what = [failure.what for failure in turn.failures]
    facts = any(name.startswith("fact ") for name in what)
    silence = _silence_failed(turn)
    if facts:
        yield "facts"
    if "message" in what or (_kind_failed(turn) and not facts and not silence):
        yield "message"
    elif not facts and any(name.startswith(_OF_RULES) for name in what):
        # Facts that are not listed cannot be told from rules that decide otherwise; most often they are it.
        yield "rules" if turn.expect.facts or turn.expect.decision is False else "facts"
    if silence or any(name in _OF_WORDS for name in what):
        found = _found(case, turn)
        if found is False:
            yield "retrieval"
        elif silence:
            yield "silence"
        elif "kind" not in what:
            yield "words"


def _kind_failed(turn: ScoredTurn) -> bool:
    """Whether the message was taken for something else: a need for a question, or the other way round."""
    return turn.differs("kind") or (turn.expect.decision is False and turn.differs("decision"))


def _silence_failed(turn: ScoredTurn) -> bool:
    came = turn.reply.answer.kind if turn.reply.answer is not None else ""
    due = turn.expect.judges_silence
    return (
        due is not None
        and {due, came == "not_in_guide"} == {True, False}
        and came in ("guide", "not_in_guide")
    )


def _found(case: ScoredCase, turn: ScoredTurn) -> bool | None:
    """Whether an expected section was found for the message alone; ``None`` where nobody looked."""
    if case.looked is None or turn.number != 1 or not turn.expect.cites:
        return None
    near = case.looked.sections[:USED]
    return all(any(section in near for section in group) for group in turn.expect.cites)
