"""The conversations of a batch: read from their lines, answered here or by several processes."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from ui.errors import ServiceError
from ui.json_lines import Wrong, read_json_lines, whole_characters
from ui.open_assistant import open_assistant

if TYPE_CHECKING:
    from assistant import Assistant


class TalkLine(BaseModel):
    """One conversation to answer: its name, and what the user says turn by turn."""

    # Suites keep what they expect on the same line; it is none of this command's business.
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)

    id: str | int
    turns: list[str]


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """``line`` is the JSON to write; ``problems`` tell what of line ``number`` could not be answered."""

    number: int
    line: str
    problems: tuple[str, ...]


Talks = Sequence["tuple[int, TalkLine] | Wrong"]


def read_talks(path: Path) -> Talks:
    """Every conversation of the file; a line that is none is kept as what is wrong with it."""
    return read_json_lines(path, TalkLine)


def answer_each(assistant: Assistant, talks: Talks, jobs: int) -> Iterator[AnsweredLine]:
    """The answers in the order of ``talks``, ``jobs`` of them worked on at a time.

    Raises :class:`ServiceError` when a process that answers dies.
    """
    if jobs == 1 or len(talks) < 2:
        yield from (answer_line(assistant, talk) for talk in talks)
        return
    # A fresh interpreter each: the libraries below hold threads that do not survive a fork.
    pool = ProcessPoolExecutor(
        min(jobs, len(talks)), get_context("spawn"), initializer=_begin, initargs=(assistant.pack.root,)
    )
    try:
        yield from pool.map(_answer_there, talks, chunksize=max(1, min(16, len(talks) // (4 * jobs))))
    except BrokenProcessPool as error:
        problem = "A process that answers has died, most likely for want of memory."
        raise ServiceError(problem, "run it again with fewer --jobs") from error
    finally:
        pool.shutdown(cancel_futures=True)


def answer_line(assistant: Assistant, talk: tuple[int, TalkLine] | Wrong) -> AnsweredLine:
    """One conversation, turn by turn.

    A turn that is refused is ``null`` among the replies, so that each reply stands at its turn's place,
    and the line says why under ``error``.
    """
    from assistant import Conversation, MessageError

    if isinstance(talk, Wrong):
        told: dict[str, object] = {"id": talk.id, "replies": [], "error": f"line {talk.line} {talk.problem}"}
        return AnsweredLine(talk.line, json.dumps(told, ensure_ascii=False), (talk.problem,))
    number, given = talk
    conversation = Conversation()
    replies: list[str] = []
    problems: list[str] = []
    for count, message in enumerate(given.turns, 1):
        try:
            turn = assistant.reply(whole_characters(message), conversation)
        except MessageError as error:
            replies.append("null")
            problems.append(f"turn {count}: {error}")
        else:
            replies.append(turn.answer.to_json())
            conversation = turn.conversation
    error_part = f', "error": {json.dumps(" ".join(problems), ensure_ascii=False)}' if problems else ""
    # The replies are JSON already; parsing them only to write them again would take longer than answering.
    name = json.dumps(given.id, ensure_ascii=False)
    line = f'{{"id": {name}, "replies": [{", ".join(replies)}]{error_part}}}'
    return AnsweredLine(number, line, tuple(problems))


_there: list[Assistant] = []  # of a process that answers: its own assistant


def _begin(root: Path) -> None:
    # Ctrl-C reaches the whole group of processes; the first one ends the others in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _there.append(open_assistant(root, tell=False))


def _answer_there(talk: tuple[int, TalkLine] | Wrong) -> AnsweredLine:
    return answer_line(_there[0], talk)
