"""An answer on a terminal, and as plain Markdown where the output is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ui.printable import printable
from ui.say import is_dumb, say, terminal_width

if TYPE_CHECKING:
    from assistant import Answer, CitedWords, FactLabel, StandingFact

LONGEST_QUOTE = 400  # characters shown of a quote; the place says where the rest is


def show_answer(answer: Answer) -> None:
    """The words of the answer, then its sources."""
    show_markdown(answer.text)
    show_marked(answer)


def show_marked(answer: Answer) -> None:
    """The sources that the words of the answer point to, below them."""
    # The decision behind the words may cite more; the JSON and the page show that as well.
    marked = [cited for cited in answer.citations if f"[{cited.n}]" in answer.text]
    if marked:
        say()
        show_sources(marked)


def show_markdown(text: str) -> None:
    """Markdown set for the terminal; as it is written where a program may read it."""
    if not sys.stdout.isatty() or is_dumb():
        say(text)
        return
    # Rich takes 0.1 s to load, and only this needs it.
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=terminal_width(), highlight=False).print(Markdown(printable(text), hyperlinks=False))


def show_sources(citations: Iterable[CitedWords]) -> None:
    """Each citation: number and place in the guide, the words, file and line."""
    say("Sources", "bold")
    for cited in citations:
        say(f"[{cited.n}] {' › '.join(cited.heading)}", hang=4)
        quote = shortened(cited.quote)
        say(quote if "\n" in quote else f"“{quote}”", "italic", indent=4)
        say(cited.place, "dim", indent=4)
        for reference in cited.references:
            say(f"from {reference}", "dim", indent=4, hang=2)


def shortened(quote: str) -> str:
    """The quote, cut where it is too long to show beside an answer."""
    return quote if len(quote) <= LONGEST_QUOTE else quote[:LONGEST_QUOTE].rsplit(maxsplit=1)[0] + " …"


def hint_of(answer: Answer) -> None:
    """How to go on when the answer ends in a question."""
    asked = answer.decision.next if answer.decision else None
    if asked is not None and answer.kind in ("question", "decided", "conflict"):
        say("\nTo answer its question, go on in a conversation: groundrule chat", "dim")


def show_facts(facts: Mapping[str, StandingFact], labels: Mapping[str, FactLabel], *, err: bool) -> None:
    """The facts in use: what is known, and from which words of which message."""
    if not facts:
        say("No facts yet. Describe what you need.", err=err)
    for name, fact in facts.items():
        label = labels[name].label if name in labels else name
        said = f"“{shortened(fact.quote)}”, " if fact.quote else ""
        say(f"{label}: {fact.value.replace('_', ' ')}  ({said}message {fact.turn}; {name})", err=err)
