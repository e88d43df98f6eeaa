"""An answer on a terminal while it is written: what is heard of it is shown at once, and nothing twice."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ui.printable import printable
from ui.render_terminal import show_answer, show_marked
from ui.say import is_dumb, terminal_width

if TYPE_CHECKING:
    from rich.text import Text

    from assistant import Answer


def can_speak() -> bool:
    """Whether pieces may be shown as they come: not through a pipe, nor where nothing is set anyway."""
    return sys.stdout.isatty() and not is_dumb()


class Spoken:
    """One answer on its way to the terminal.

    Whole blocks are set as those of any answer. The sentences of a paragraph are set one after the other,
    each for itself: since every line takes the words that fit, further ones never change what is shown.
    """

    def __init__(self) -> None:
        from rich.console import Console  # takes 0.1 s to load

        self._console = Console(width=terminal_width(), highlight=False)
        self._heard = 0
        self._paragraph: Text | None = None
        self._shown = 0
        self._between = False

    def hear(self, piece: str) -> None:
        """Shows ``piece``, which goes on where the one before it ended."""
        self._heard += len(piece)
        *closed, going_on = printable(piece).split("\n\n")
        if closed and self._paragraph is not None:
            self._go_on(closed.pop(0))
            self.close()
        self._block("\n\n".join(closed))
        self._go_on(going_on)

    def end(self, answer: Answer) -> None:
        """Shows what was not heard of ``answer``, and its sources."""
        if not self._heard:
            show_answer(answer)
            return
        self.close()
        self._block(printable(answer.text[self._heard :]))
        show_marked(answer)

    def close(self) -> None:
        """Ends the paragraph, where one is open."""
        if self._paragraph is not None:
            self._console.print()
            self._paragraph = None

    def _block(self, text: str) -> None:
        from rich.markdown import Markdown

        if text.strip():
            self._leave_a_line()
            with self._console.capture() as set_:
                self._console.print(Markdown(text, hyperlinks=False))
            sys.stdout.write(set_.get().lstrip("\n"))  # a list would stand two lines below
            sys.stdout.flush()

    def _go_on(self, text: str) -> None:
        """Adds ``text`` to the paragraph, and shows what that adds to its lines."""
        from rich.text import Text

        if not text:
            return
        if self._paragraph is None:
            self._leave_a_line()
            self._paragraph, self._shown = Text(), 0
        self._paragraph.append_text(_emphasised(text))
        lines = Text("\n").join(self._paragraph.wrap(self._console, self._console.width))
        self._console.print(lines[self._shown :], end="", soft_wrap=True)
        self._shown = len(lines)

    def _leave_a_line(self) -> None:
        if self._between:
            self._console.print()
        self._between = True


def _emphasised(text: str) -> Text:
    """The Markdown ``text`` of sentences on one line."""
    from markdown_it import MarkdownIt
    from rich.text import Text

    words = Text()
    opened: list[int] = []
    for token in MarkdownIt().parseInline(text)[0].children or ():
        if token.nesting > 0:
            opened.append(len(words))
        elif token.nesting < 0:
            words.stylize(f"markdown.{token.type.removesuffix('_close')}", opened.pop())
        else:  # a line end has no content
            words.append(token.content or " ", "markdown.code" if token.type == "code_inline" else "")
    return words
