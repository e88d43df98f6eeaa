"""A browser opens the Ask page: its conversation goes on, or the state in its address is taken up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from assistant import AssistantError, FactError
from ui.page_address import Address, read_address
from ui.page_session import (
    Desk,
    Exchange,
    Session,
    labels_of,
    refused,
    restored,
    taken,
    value_words,
    values_of,
)
from ui.page_site import PageSite

if TYPE_CHECKING:
    from assistant import Conversation, Turn


def arrive(site: PageSite, owner: str, search: str, conversation: str, language: str) -> Session:
    """The session of a browser at the address with the query ``search``.

    ``conversation`` is the one that it was in before. It goes on when it is the owner's, about the pack of
    the address, and stands where the address says; otherwise facts in the address begin a new one.
    """
    address = read_address(search)
    desk = site.desk(address.pack, owner, language)
    pack = desk.assistant.pack.id
    empty = Session(pack=pack, language=desk.words.language)
    if (kept := _went_on(desk, empty, address, conversation)) is not None:
        return kept
    if address.facts:
        return _from_link(desk, empty, address.facts)
    return Session(pack=pack, language=desk.words.language, left=desk.memory.newest(pack))


def _went_on(desk: Desk, empty: Session, address: Address, conversation: str) -> Session | None:
    turns = desk.memory.turns(conversation) if conversation else ()
    if not turns or turns[-1].answer.pack.id != desk.assistant.pack.id:
        return None
    if address.facts and values_of(turns[-1].after) != address.facts:
        return None
    return restored(empty, conversation, turns)


def _from_link(desk: Desk, empty: Session, facts: Mapping[str, str]) -> Session:
    """A new conversation that begins with the facts of a link; what the rules do not know is named."""
    labels = labels_of(desk.assistant)
    known = {name: value for name, value in facts.items() if name in labels and _takes(desk, name, value)}
    wrong = [f"{name}={value}" for name, value in facts.items() if name not in known]
    session = empty
    if known:
        told = "; ".join(
            f"{labels[name].label}: {value_words(labels[name], value, desk.words)}"
            for name, value in known.items()
        )
        said = desk.words.from_link.format(facts=told)
        session = taken(desk, empty, said, "change", lambda _new: _with_all(desk, known))
    if wrong:
        problem = desk.words.bad_link.format(names=", ".join(wrong)[:500])
        session = refused(session, Exchange("?" + "&".join(wrong)[:500], "change", None, problem))
    return session


def _takes(desk: Desk, fact: str, value: str) -> bool:
    try:
        desk.assistant.change(_conversation(), fact, value)
    except (AssistantError, FactError):
        return False
    return True


def _with_all(desk: Desk, facts: Mapping[str, str]) -> Turn:
    """The turn that the last of ``facts`` makes once the others stand."""
    conversation = _conversation()
    turn = None
    for name, value in facts.items():
        turn = desk.assistant.change(conversation, name, value)
        conversation = turn.conversation
    if turn is None:
        raise ValueError("no facts")
    return turn


def _conversation() -> Conversation:
    from assistant import Conversation

    return Conversation()
