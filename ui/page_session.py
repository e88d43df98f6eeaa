"""One person's session on the page: what was said and answered so far, as a value that never changes.

Each function takes a session and returns the next one; the assistant is asked once in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from assistant import Answer, AssistantError, Conversation, FactError
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import Assistant, FactLabel

How = Literal["message", "choice", "change"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the user said or did, and what came back.

    ``how`` tells a typed message from a click on an answer and from a change in the facts panel. Without an
    ``answer`` it was refused, and ``problem`` says why in words for the user.
    """

    said: str
    how: How
    answer: Answer | None
    problem: str = ""

    @property
    def standing(self) -> bool:
        """Whether there is an answer about the user's own facts, not about supposed ones."""
        return self.answer is not None and not is_supposed(self.answer)


@dataclass(frozen=True, slots=True)
class Session:
    """``conversation`` is what the assistant remembers, ``exchanges`` what the page shows, oldest first.

    ``pending`` is a message that is being answered. ``left`` is the session that "Start again" put aside.
    """

    conversation: Conversation = field(default_factory=Conversation)
    exchanges: tuple[Exchange, ...] = ()
    pending: str = ""
    left: Session | None = None

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


def ask(assistant: Assistant, session: Session, message: str) -> Session:
    """The session after ``message``; a message that the assistant refuses is kept with the reason."""
    try:
        turn = assistant.reply(message, session.conversation)
    except AssistantError as error:
        return _refused(session, Exchange(message, "message", None, str(error)))
    return _answered(session, Exchange(message, "message", turn.answer), turn.conversation)


def choose(assistant: Assistant, session: Session, fact: str, value: str, words: Words) -> Session:
    """The session after a click on an answer to the open question."""
    label = labels_of(assistant).get(fact)
    return _set(assistant, session, fact, value, Exchange(value_words(label, value, words), "choice", None))


def change(assistant: Assistant, session: Session, fact: str, value: str | None, words: Words) -> Session:
    """The session after a change in the facts panel; ``None`` forgets the fact."""
    label = labels_of(assistant).get(fact)
    before = session.conversation.facts.get(fact)
    said = words.changed.format(
        label=label.label if label else fact,
        before=value_words(label, before.value, words) if before else words.not_said,
        after=words.forgotten if value is None else value_words(label, value, words),
    )
    return _set(assistant, session, fact, value, Exchange(said, "change", None))


def failed(session: Session, words: Words) -> Session:
    """The session after an answer that broke off: the message is kept, the facts are as they were."""
    return _refused(session, Exchange(session.pending, "message", None, words.failed))


def start_again(session: Session) -> Session:
    """An empty session that can still bring ``session`` back."""
    return Session(left=session.left if session.empty else replace(session, left=None, pending=""))


def go_back(session: Session) -> Session:
    """The session that was put aside last, or ``session`` when there is none."""
    return session.left or session


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


def _set(assistant: Assistant, session: Session, fact: str, value: str | None, exchange: Exchange) -> Session:
    try:
        turn = assistant.change(session.conversation, fact, value)
    except (AssistantError, FactError) as error:
        return _refused(session, replace(exchange, problem=str(error)))
    return _answered(session, replace(exchange, answer=turn.answer), turn.conversation)


def _answered(session: Session, exchange: Exchange, conversation: Conversation) -> Session:
    return Session(conversation, (*session.exchanges, exchange))


def _refused(session: Session, exchange: Exchange) -> Session:
    return replace(session, exchanges=(*session.exchanges, exchange), pending="")
