"""One person's session on the page: what was said and answered so far, as a value that never changes.

Each function takes a session and returns the next one; the assistant is asked once in it, and the turn is
kept before the session shows it. Only what is certain of an answer while it is written may be seen before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from assistant import Answer, AssistantError, Conversation, FactError
from assistant.aloud import unheard
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import Assistant, FactLabel, KeptTurn, Turn, Verdict
    from ui.page_hear import Show
    from ui.page_memory import Memory

How = Literal["message", "choice", "change"]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a session is answered with: the adviser, the words of the page, and where turns are kept."""

    assistant: Assistant
    words: Words
    memory: Memory


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the user said or did, and what came back.

    ``how`` tells a typed message from a click on an answer and from a change in the facts panel. Without an
    ``answer`` it was refused, and ``problem`` says why in words for the user. ``number`` and ``after`` are
    those of the kept turn: its place in the conversation, and the conversation as the next turn needs it.
    """

    said: str
    how: How
    answer: Answer | None
    problem: str = ""
    number: int = 0
    after: Conversation | None = None

    @property
    def standing(self) -> bool:
        """Whether there is an answer about the user's own facts, not about supposed ones."""
        return self.answer is not None and not is_supposed(self.answer)


@dataclass(frozen=True, slots=True)
class Session:
    """``conversation`` is what the assistant remembers, ``exchanges`` what the page shows, oldest first.

    ``id`` names the kept conversation, empty before its first turn; ``pack`` the pack that it is about, and
    ``language`` that of the page. ``pending`` is a message that is being answered, ``begun`` the beginning of
    its answer as far as that is certain. ``left`` is the id of a conversation that can be brought back.
    ``judged`` says that the newest answer has got its feedback.
    """

    conversation: Conversation = field(default_factory=Conversation)
    exchanges: tuple[Exchange, ...] = ()
    pending: str = ""
    begun: str = ""
    left: str = ""
    id: str = ""
    pack: str = ""
    language: str = "en"
    judged: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing has been said yet."""
        return not self.exchanges and not self.pending

    @property
    def last(self) -> Answer | None:
        """The newest answer, ``None`` when there is none yet."""
        return next((e.answer for e in reversed(self.exchanges) if e.answer is not None), None)

    @property
    def standing(self) -> Answer | None:
        """The newest answer about the user's own facts: a supposition changes nothing that stands."""
        return next((e.answer for e in reversed(self.exchanges) if e.standing), None)


def is_supposed(answer: Answer) -> bool:
    """Whether ``answer`` is about facts that were only supposed."""
    return answer.decision is not None and answer.decision.hypothetical


def waiting(session: Session, message: str) -> Session:
    """The session while ``message`` is being answered."""
    return replace(session, pending=message)


def ask(desk: Desk, session: Session, message: str, said: str = "", show: Show = unheard) -> Session:
    """The session after ``message``; a message that the assistant refuses is kept with the reason.

    ``said`` is how the page tells what a button asked. ``show`` is called with the beginning of the answer,
    as far as it is certain, each time that it has grown.
    """
    how: How = "choice" if said else "message"
    heard: list[str] = []

    def hear(piece: str) -> None:
        heard.append(piece)
        show("".join(heard))

    def take(before: Conversation) -> Turn:
        if heard:  # another window was faster, and the message is answered again after its turn
            heard.clear()
            show("")
        return desk.assistant.reply(message, before, hear)

    return taken(desk, session, said or message, how, take)


def caught_up(desk: Desk, session: Session) -> Session:
    """``session``, which waits for an answer, with what its conversation was gone on with meanwhile."""
    if not session.id or desk.memory.length(session.id) == _length(session):
        return session
    return replace(restored(session, session.id, desk.memory.turns(session.id)), pending=session.pending)


def choose(desk: Desk, session: Session, fact: str, value: str) -> Session:
    """The session after a click on an answer to the open question."""
    label = labels_of(desk.assistant).get(fact)
    return _set(desk, session, fact, value, value_words(label, value, desk.words), "choice")


def change(desk: Desk, session: Session, fact: str, value: str | None) -> Session:
    """The session after a change in the facts panel; ``None`` forgets the fact."""
    words, label = desk.words, labels_of(desk.assistant).get(fact)
    before = session.conversation.facts.get(fact)
    said = words.changed.format(
        label=label.label if label else fact,
        before=value_words(label, before.value, words) if before else words.not_said,
        after=words.forgotten if value is None else value_words(label, value, words),
    )
    return _set(desk, session, fact, value, said, "change")


def undo(desk: Desk, session: Session) -> Session:
    """The session with the newest turn taken back: a further turn that stands where the one before stood."""
    if not can_undo(session):
        return session
    from assistant import Turn  # loads what reads messages: only for the page that is served

    *_, before, newest = session.exchanges
    if before.answer is None or before.after is None:
        return session
    turn = Turn(before.answer, before.after)
    said = desk.words.undone.format(said=shortened(newest.said))
    return taken(desk, session, said, "change", lambda _now: turn)


def judge(desk: Desk, session: Session, verdict: Verdict, note: str) -> Session:
    """The session once its newest answer has got the feedback ``verdict``."""
    newest = session.exchanges[-1] if session.exchanges else None
    if newest is None or not newest.number:
        return session
    try:
        desk.memory.judge(session.id, newest.number, verdict, note)
    except AssistantError as error:
        return refused(session, Exchange(desk.words.judge, "choice", None, str(error)))
    return replace(session, judged=True)


def can_undo(session: Session) -> bool:
    """Whether the newest turn changed facts that the one before it had left."""
    if len(session.exchanges) < 2 or session.pending:
        return False
    *_, before, newest = session.exchanges
    return (
        newest.after is not None
        and before.after is not None
        and values_of(newest.after) != values_of(before.after)
    )


def values_of(conversation: Conversation) -> dict[str, str]:
    """The standing facts as an address tells them."""
    return {name: fact.value for name, fact in conversation.facts.items()}


def shortened(said: str, most: int = 90) -> str:
    """``said`` on one line, cut to ``most`` characters."""
    told = " ".join(said.split())
    return told if len(told) <= most else f"{told[: most - 1].rstrip()}…"


def failed(session: Session, words: Words) -> Session:
    """The session after an answer that broke off: the message is kept, the facts are as they were."""
    return refused(session, Exchange(session.pending, "message", None, words.failed))


def start_again(session: Session) -> Session:
    """An empty session that can still bring ``session`` back."""
    return Session(left=session.id or session.left, pack=session.pack, language=session.language)


def go_back(desk: Desk, session: Session) -> Session:
    """The session that was put aside last, or ``session`` when there is none any more."""
    turns = desk.memory.turns(session.left) if session.left else ()
    return restored(session, session.left, turns) if turns else session


def restored(session: Session, conversation: str, turns: tuple[KeptTurn, ...]) -> Session:
    """``session`` with the kept ``turns`` of ``conversation``."""
    exchanges = tuple(_exchange(turn) for turn in turns)
    return replace(
        session, id=conversation, exchanges=exchanges, conversation=turns[-1].after, pending="", left=""
    )


def labels_of(assistant: Assistant) -> Mapping[str, FactLabel]:
    """Every fact as people see it; a number's label names its unit, since it is typed without."""
    rules = assistant.pack.rules
    labels = assistant.fact_labels()
    if rules is None:
        return labels
    units = {name: spec.unit for name, spec in rules.facts.items() if spec.unit}
    return {
        name: replace(label, label=f"{label.label} ({units[name]})") if name in units else label
        for name, label in labels.items()
    }


def value_words(label: FactLabel | None, value: str, words: Words) -> str:
    """A fact's value as people read it: the page's words for it, else the pack's, else the value itself."""
    known = dict(label.choices) if label else {}
    return words.values.get(value) or known.get(value) or value.replace("_", " ")


def _set(desk: Desk, session: Session, fact: str, value: str | None, said: str, how: How) -> Session:
    return taken(desk, session, said, how, lambda before: desk.assistant.change(before, fact, value))


def taken(desk: Desk, session: Session, said: str, how: How, take: Callable[[Conversation], Turn]) -> Session:
    """The session after one more turn that ``take`` makes and the store keeps, or with the reason of none."""
    try:
        name, kept = desk.memory.take(session.id, said, how, take)
    except (AssistantError, FactError) as error:
        return refused(session, Exchange(said, how, None, str(error)))
    if kept.number != _length(session) + 1:  # another window has gone on with the same conversation meanwhile
        return restored(session, name, desk.memory.turns(name))
    return replace(
        session,
        id=name,
        conversation=kept.after,
        exchanges=(*session.exchanges, _exchange(kept)),
        pending="",
        left="",
        judged=False,
    )


def _length(session: Session) -> int:
    return max((exchange.number for exchange in session.exchanges), default=0)


def _exchange(turn: KeptTurn) -> Exchange:
    return Exchange(turn.said, turn.how, turn.answer, "", turn.number, turn.after)


def refused(session: Session, exchange: Exchange) -> Session:
    """The session with an exchange that came to nothing."""
    return replace(session, exchanges=(*session.exchanges, exchange), pending="", judged=False)
