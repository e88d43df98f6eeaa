"""What a suite needs of a door: conversations in, answers out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from assistant import Answer, Assistant, Conversation, MessageError
from evals.run import Reply


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back to one conversation: a reply to each message.

    ``problem`` says why it could not be had to its end; ``replies`` are those until then.
    """

    replies: tuple[Reply, ...]
    problem: str = ""


Door = Callable[[Sequence[Sequence[str]]], Iterator[Heard]]
"""Has conversations, each given by what the user says turn by turn: what came back, in their order.

A conversation that fails ends alone, with its ``problem``.
"""
Play = Callable[[Sequence[str]], Heard]
"""Has one conversation."""


def one_by_one(play: Play, jobs: int = 1) -> Door:
    """The door that has each conversation by ``play``, ``jobs`` of them at a time."""

    def answer(talks: Sequence[Sequence[str]]) -> Iterator[Heard]:
        if jobs == 1:
            yield from map(play, talks)
            return
        pool = ThreadPoolExecutor(jobs)
        try:
            yield from pool.map(play, talks)
        finally:
            pool.shutdown(cancel_futures=True)

    return answer


def assistant_door(assistant: Assistant, jobs: int = 1) -> Door:
    """The door that asks ``assistant`` itself."""
    return one_by_one(lambda talk: converse_alone(assistant, talk), jobs)


def converse_alone(assistant: Assistant, talk: Sequence[str]) -> Heard:
    """One conversation with ``assistant``, kept nowhere."""
    conversation = Conversation()

    def ask(said: str) -> Answer:
        nonlocal conversation
        turn = assistant.reply(said, conversation)
        conversation = turn.conversation
        return turn.answer

    return hear(ask, talk)


def hear(ask: Callable[[str], Answer], talk: Sequence[str]) -> Heard:
    """One conversation from its first message to its last, each put to ``ask``.

    A message that it refuses with :class:`assistant.MessageError` leaves the conversation where it was.
    """
    replies: list[Reply] = []
    for number, said in enumerate(talk, 1):
        started = time.perf_counter()
        try:
            answer = ask(said)
        except MessageError as error:
            replies.append(Reply(say=said, answer=None, refused=str(error), ms=ms_since(started)))
            continue
        except Exception as error:  # noqa: BLE001  # whatever fails in one case, the others must still be asked
            return Heard(tuple(replies), f"turn {number}: {type(error).__name__}: {error}")
        replies.append(Reply(say=said, answer=answer, ms=ms_since(started)))
    return Heard(tuple(replies))


def ms_since(started: float) -> float:
    """Milliseconds since ``started``, a value of ``time.perf_counter``."""
    return round((time.perf_counter() - started) * 1000, 3)
