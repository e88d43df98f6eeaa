"""The Ask page as Gradio components, and which event leads to which function.

Nothing is worked out here: an event takes the session to the next one (``page_session``), and the whole page
is shown from that (``page_screen``). Loading this file loads Gradio, which takes seconds: ``page`` does so
when it serves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, NamedTuple

import gradio as gr
from gradio.events import Dependency
from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from ui.page_screen import Screen, show
from ui.page_session import Session, ask, change, choose, failed, go_back, start_again, waiting
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import Assistant

Handler = Callable[..., object]

# In these scripts `trigger` sends an event to the server: its name must stand there in quotes, by them Gradio
# knows it. What the page does without the server is in page.js.
TOP_SCRIPT = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-do]');
  if (!button) return;
  trigger('press', {do: button.dataset.do});
  window.groundrule?.refocus(event);
});
"""
STRIP_SCRIPT = """
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const {example, fact, value} = button.dataset;
  trigger('press', example ? {example: Number(example)} : {fact, value});
  window.groundrule?.refocus(event);
});
"""
FACTS_SCRIPT = """
const send = (fact, value) => {
  trigger('press', {fact, value});
  window.groundrule?.remember(fact);
};
const sendNumber = (fact) => {
  const field = element.querySelector(`input[data-fact="${CSS.escape(fact)}"]`);
  if (field && field.value !== '') send(fact, field.value);
};
element.addEventListener('click', (event) => {
  const data = event.target.closest('button')?.dataset;
  if (!data) return;
  if (data.number) sendNumber(data.number);
  else send(data.fact, data.forget ? null : data.value);
});
element.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.matches('input')) sendNumber(event.target.dataset.fact);
});
watch('value', () => window.groundrule?.restore(element));
"""


def whole(text: str) -> str:
    """``text`` with halves of characters, which a browser may send and nothing can store, replaced."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Text = Annotated[str, AfterValidator(whole)]


class Pressed(BaseModel):
    """What a button of the page's own HTML sends; it comes from a browser, so it is checked."""

    model_config = ConfigDict(extra="forbid", strict=True)

    example: int = -1
    fact: Text = ""
    value: Text | None = None
    do: str = ""

    @classmethod
    def read(cls, event: gr.EventData) -> Pressed:
        """What was pressed; nothing, when a browser sent something that the page never sends."""
        try:
            return cls.model_validate(getattr(event, "_data", None))
        except ValidationError:
            return cls()


class Parts(NamedTuple):
    """The components that show a :class:`Screen`, in its order, and the message box."""

    top: gr.HTML
    hero: gr.HTML
    chat: gr.Chatbot
    strip: gr.HTML
    facts: gr.HTML
    path: gr.HTML
    sources: gr.HTML
    status: gr.HTML
    box: gr.Textbox


class Handlers:
    """What each event does. A handler returns the session, then the parts of the page, then the box."""

    def __init__(self, assistant: Assistant, words: Words) -> None:
        self._assistant = assistant
        self._words = words

    def sent(self, message: str, held: Session) -> Iterator[list[object]]:
        """A message from the box: shown at once, then answered; a refused one goes back into the box."""
        message = whole(message)
        if not message.strip():
            return
        pending = waiting(held, message)
        yield self._page(pending, "")
        done = ask(self._assistant, pending, message)
        yield self._page(done, gr.skip() if done.exchanges[-1].answer else message)

    def broke_off(self, held: Session) -> list[object]:
        """An answer that failed on the way; the message goes back into the box."""
        return self._page(failed(held, self._words), held.pending)

    def pressed_strip(self, held: Session, event: gr.EventData) -> Iterator[list[object]]:
        """An example, or an answer to the open question."""
        pressed = Pressed.read(event)
        examples = self._assistant.pack.examples
        if 0 <= pressed.example < len(examples):
            yield from self.sent(examples[pressed.example], held)
        elif pressed.fact and pressed.value is not None:
            yield self._page(choose(self._assistant, held, pressed.fact, pressed.value, self._words))

    def pressed_fact(self, held: Session, event: gr.EventData) -> list[object]:
        """A change in the facts panel."""
        pressed = Pressed.read(event)
        if not pressed.fact:
            return self._page(held)
        return self._page(change(self._assistant, held, pressed.fact, pressed.value, self._words))

    def pressed_top(self, held: Session, event: gr.EventData) -> list[object]:
        """Start again, or back to what was left."""
        return self._page(go_back(held) if Pressed.read(event).do == "back" else start_again(held))

    def _page(self, session: Session, box: object = None) -> list[object]:
        screen = show(self._assistant, session, self._words)
        return [session, *screen, gr.skip() if box is None else box]


def build(assistant: Assistant, words: Words) -> gr.Blocks:
    """The page. Each session has a state of its own, and no handler waits for another."""
    blocks = gr.Blocks(title=assistant.pack.title, analytics_enabled=False, fill_width=True)
    with blocks:
        session = gr.State(Session())
        parts = _lay_out(show(assistant, Session(), words), words)
        handlers = Handlers(assistant, words)

        def on(listener: Callable[..., Dependency], handler: Handler, *inputs: object) -> Dependency:
            # Handlers are no API; without `concurrency_limit=None` a second user waits for the first.
            return listener(
                handler,
                list(inputs),
                [session, *parts],
                api_visibility="private",
                show_progress="hidden",
                concurrency_limit=None,
            )

        typed = on(parts.box.submit, handlers.sent, parts.box, session)
        clicked = on(parts.strip.press, handlers.pressed_strip, session)
        on(typed.failure, handlers.broke_off, session)
        on(clicked.failure, handlers.broke_off, session)
        on(parts.facts.press, handlers.pressed_fact, session)
        on(parts.top.press, handlers.pressed_top, session)
    blocks.queue(api_open=False, default_concurrency_limit=None)
    return blocks


def _lay_out(first: Screen, words: Words) -> Parts:
    top = _html(first.top, "top", TOP_SCRIPT)
    with gr.Column(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            hero = _html(first.hero, "hero")
            chat = _chat(words)
            strip = _html(first.strip, "strip", STRIP_SCRIPT)
            box = gr.Textbox(
                label=words.message,
                show_label=False,
                placeholder=words.placeholder,
                lines=1,
                max_lines=8,
                submit_btn=words.send,
                elem_id="box",
                autofocus=True,
            )
        with gr.Column(elem_id="side"):
            facts = _html(first.facts, "facts", FACTS_SCRIPT)
            path = _html(first.path, "path")
            sources = _html(first.sources, "sources")
    status = _html(first.status, "status")
    return Parts(top, hero, chat, strip, facts, path, sources, status, box)


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _chat(words: Words) -> gr.Chatbot:
    return gr.Chatbot(
        label=words.conversation,
        show_label=False,
        container=False,
        elem_id="chat",
        height=None,
        autoscroll=False,  # page.js brings a new answer into view from its first line
        group_consecutive_messages=False,
        # Messages are HTML of our own; nothing in them is to be read as mathematics or as tags of a model.
        latex_delimiters=[],
        allow_tags=False,
        buttons=[],
        feedback_options=None,
    )
