"""What each event of the Ask page does."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Annotated

import gradio as gr
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from assistant import VERDICTS, Verdict
from ui.json_lines import whole_characters
from ui.page_address import read_address
from ui.page_arrive import arrive
from ui.page_hear import Overheard
from ui.page_screen import Screen, show, show_chat
from ui.page_session import (
    Desk,
    Session,
    ask,
    caught_up,
    change,
    choose,
    failed,
    go_back,
    start_again,
    undo,
    waiting,
)
from ui.page_session import judge as judged
from ui.page_site import PageSite
from ui.page_visitor import owner_of
from ui.render_deeds import MOST_NOTE

Text = Annotated[str, AfterValidator(whole_characters)]
# What the buttons ask: in the words of the guide's language, by which the assistant knows them.
MOST_SAY = 20_000  # characters that an address may put into the box
QUESTIONS = {"why": "Why this?", "changes": "What would change it?"}


class Pressed(BaseModel):
    """What a button of the page's own HTML sends; it comes from a browser, so it is checked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    example: int = -1
    fact: Text = ""
    value: Text | None = None
    do: str = ""
    verdict: str = ""
    note: Text = Field("", max_length=MOST_NOTE)

    @classmethod
    def read(cls, event: gr.EventData) -> Pressed:
        """What was pressed; nothing, when a browser sent something that the page never sends."""
        try:
            return cls.model_validate(getattr(event, "_data", None))
        except ValidationError:
            return cls()


class Arrived(BaseModel):
    """Where a browser is: the query of its address, the conversation it was in, and the page's language."""

    model_config = ConfigDict(extra="forbid", strict=True)

    search: Text = ""
    conversation: str = ""
    language: str = ""

    @classmethod
    def read(cls, event: gr.EventData) -> Arrived:
        """As :meth:`Pressed.read`."""
        try:
            return cls.model_validate(getattr(event, "_data", None))
        except ValidationError:
            return cls()


class Handlers:
    """What each event does. A handler returns the session, then the parts of the page, then the box."""

    def __init__(self, site: PageSite) -> None:
        self._site = site

    def arrived(self, held: Session, event: gr.EventData, request: gr.Request) -> list[object]:
        """A browser opened the page: its conversation goes on, or the state in its address is taken up."""
        if not held.empty:
            return self._page(self._desk(held, request), held)
        told = Arrived.read(event)
        session = arrive(self._site, _owner(request), told.search, told.conversation, told.language)
        desk = self._desk(session, request)
        words = desk.words
        say = read_address(told.search).asked.get("say", "")[:MOST_SAY] if session.empty else ""
        box = gr.Textbox(say, label=words.message, placeholder=words.placeholder, submit_btn=words.send)
        return self._page(desk, session, box)

    def sent(self, message: str, held: Session, request: gr.Request) -> Iterator[list[object]]:
        """A message from the box: shown at once, with the beginning of its answer as far as that is certain,
        then answered; a refused one goes back into the box.
        """
        message = whole_characters(message)
        if not message.strip():
            return
        desk = self._desk(held, request)
        pending = waiting(held, message)
        yield self._page(desk, pending, "")
        done = yield from self._answered(desk, pending, message)
        yield self._page(desk, done, gr.skip() if done.exchanges[-1].answer else message)

    def broke_off(self, held: Session, request: gr.Request) -> list[object]:
        """An answer that failed on the way; the message goes back into the box."""
        desk = self._desk(held, request)
        return self._page(desk, failed(held, desk.words), held.pending)

    def pressed_strip(
        self, held: Session, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[object]]:
        """An example, or an answer to the open question."""
        pressed = Pressed.read(event)
        desk = self._desk(held, request)
        examples = desk.assistant.pack.examples
        if 0 <= pressed.example < len(examples):
            yield from self.sent(examples[pressed.example], held, request)
        elif pressed.fact and pressed.value is not None:
            yield self._page(desk, choose(desk, held, pressed.fact, pressed.value))

    def pressed_deeds(
        self, held: Session, event: gr.EventData, request: gr.Request
    ) -> Iterator[list[object]]:
        """Something to do with the newest answer."""
        pressed = Pressed.read(event)
        desk = self._desk(held, request)
        if pressed.do in QUESTIONS:
            said = desk.words.why if pressed.do == "why" else desk.words.what_changes
            pending = waiting(held, said)
            yield self._page(desk, pending)
            done = yield from self._answered(desk, pending, QUESTIONS[pressed.do], said)
            yield self._page(desk, done)
        elif pressed.do == "undo":
            yield self._page(desk, undo(desk, held))
        elif pressed.verdict in VERDICTS:
            yield self._page(desk, _judge(desk, held, pressed.verdict, pressed.note))

    def pressed_fact(self, held: Session, event: gr.EventData, request: gr.Request) -> list[object]:
        """A change in the facts panel."""
        pressed = Pressed.read(event)
        desk = self._desk(held, request)
        if not pressed.fact:
            return self._page(desk, held)
        return self._page(desk, change(desk, held, pressed.fact, pressed.value))

    def pressed_top(self, held: Session, event: gr.EventData, request: gr.Request) -> list[object]:
        """Start again, or back to what was left."""
        desk = self._desk(held, request)
        again = Pressed.read(event).do != "back"
        return self._page(desk, start_again(held) if again else go_back(desk, held))

    def _answered(
        self, desk: Desk, pending: Session, message: str, said: str = ""
    ) -> Generator[list[object], None, Session]:
        """The chat each time that the answer has grown; returns the session after it."""
        heard = Overheard(lambda show: ask(desk, pending, message, said, show))
        for begun in heard:
            chat = show_chat(desk, replace(caught_up(desk, pending), begun=begun))
            parts = (chat if part == "chat" else gr.skip() for part in Screen._fields)
            yield [gr.skip(), *parts, gr.skip()]
        return heard.result()

    def _desk(self, session: Session, request: gr.Request) -> Desk:
        return self._site.desk(session.pack, _owner(request), session.language)

    def _page(self, desk: Desk, session: Session, box: object = None) -> list[object]:
        site = self._site
        screen = show(desk, session, site.packs.all(), maintained=site.maintained, member=site.login)
        return [session, *screen, gr.skip() if box is None else box]


def _owner(request: gr.Request) -> str:
    """On whose behalf the event comes; a browser that keeps no cookie has what this one page holds."""
    owner = getattr(request.state, "owner", "") if request.request else ""
    return str(owner) or owner_of(str(request.session_hash))


def _judge(desk: Desk, held: Session, verdict: str, note: str) -> Session:
    known: Verdict = next(one for one in VERDICTS if one == verdict)
    return judged(desk, held, known, note)
