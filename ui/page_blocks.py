"""The Ask page as Gradio components, and which event leads to which handler.

Nothing is worked out here: an event takes the session to the next one (``page_handlers``), and the whole page
is shown from that (``page_screen``). Loading this file loads Gradio, which takes seconds: ``page`` does so
when it serves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import gradio as gr
from gradio.events import Dependency

from ui.page_handlers import Handlers
from ui.page_scripts import DEEDS_SCRIPT, FACTS_SCRIPT, STATUS_SCRIPT, STRIP_SCRIPT, TOP_SCRIPT
from ui.page_session import Session
from ui.page_site import PageSite
from ui.page_words import Words

Handler = Callable[..., object]


class Parts(NamedTuple):
    """The components that show a :class:`~ui.page_screen.Screen`, in its order, and the message box."""

    top: gr.HTML
    hero: gr.HTML
    chat: gr.Chatbot
    strip: gr.HTML
    deeds: gr.HTML
    facts: gr.HTML
    path: gr.HTML
    sources: gr.HTML
    status: gr.HTML
    box: gr.Textbox


def build(site: PageSite, words: Words) -> gr.Blocks:
    """The page. Each session has a state of its own, and no handler waits for another.

    The parts are empty until the browser has told where it is (``arrived``), so that nothing is shown that
    another session would show otherwise.
    """
    blocks = gr.Blocks(title=site.packs.adviser().pack.title, analytics_enabled=False, fill_width=True)
    with blocks:
        session = gr.State(Session())
        parts = _lay_out(words)
        handlers = Handlers(site)

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

        on(parts.status.arrive, handlers.arrived, session)
        answering = (
            on(parts.box.submit, handlers.sent, parts.box, session),
            on(parts.strip.press, handlers.pressed_strip, session),
            on(parts.deeds.press, handlers.pressed_deeds, session),
        )
        for event in answering:
            on(event.failure, handlers.broke_off, session)
        on(parts.facts.press, handlers.pressed_fact, session)
        on(parts.top.press, handlers.pressed_top, session)
    blocks.queue(api_open=False, default_concurrency_limit=None)
    return blocks


def _lay_out(words: Words) -> Parts:
    top = _html("top", TOP_SCRIPT)
    with gr.Column(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            hero = _html("hero")
            chat = _chat(words)
            strip = _html("strip", STRIP_SCRIPT)
            deeds = _html("deeds", DEEDS_SCRIPT)
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
            facts = _html("facts", FACTS_SCRIPT)
            path = _html("path")
            sources = _html("sources")
    status = _html("status", STATUS_SCRIPT)
    return Parts(top, hero, chat, strip, deeds, facts, path, sources, status, box)


def _html(name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML("", elem_id=name, js_on_load=script, apply_default_css=False)


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
