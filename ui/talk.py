"""One conversation at a terminal: messages go to the assistant, lines with a slash to the door itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.did_you_mean import did_you_mean
from ui.render_terminal import show_answer, show_facts
from ui.say import Style, say
from ui.show_json import show_json

if TYPE_CHECKING:
    from assistant import Assistant, Turn

COMMANDS = {
    "/facts": "what I know about your case, and from which of your words",
    "/why": "why the last answer is what it is",
    "/set": "change a fact: /set human_interaction=no (nothing after = forgets it)",
    "/reset": "forget everything and start over",
    "/help": "this list",
    "/quit": "leave; so does Ctrl-D",
}


class Talk:
    """Holds the conversation between two lines. A line that fails leaves the conversation as it was.

    With ``as_json`` each answer is one line of JSON on standard output, and what the door itself has to
    say goes to standard error.
    """

    def __init__(self, assistant: Assistant, *, as_json: bool) -> None:
        from assistant import Conversation

        self._assistant = assistant
        self._as_json = as_json
        self._empty = Conversation()
        self._conversation = self._empty

    def greet(self) -> None:
        """Who speaks, what may be asked, and how to leave; only where a person reads it."""
        if not sys.stdin.isatty():
            return
        pack = self._assistant.pack
        self._say(pack.title, "bold")
        self._say(pack.greeting)
        for example in pack.examples[:4]:
            self._say(f"  · {example}", "dim", hang=2)
        self._say("/help lists the commands; Ctrl-D leaves.", "dim")

    def hear(self, line: str) -> bool:
        """Answers one line; False when the conversation is over."""
        line = line.strip()
        if line.lower() in ("/quit", "/exit", "quit", "exit"):
            return False
        if line.startswith("/"):
            self._obey(line)
        elif line:
            self._answer(line)
        return True

    def _obey(self, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name == "/facts":
            show_facts(self._conversation.facts, self._assistant.fact_labels(), err=self._as_json)
        elif name == "/why":
            self._answer("why?")
        elif name == "/set":
            self._set(rest)
        elif name == "/reset":
            self._conversation = self._empty
            self._say("Forgotten. What do you need?")
        elif name == "/help":
            for command, meaning in COMMANDS.items():
                self._say(f"  {command:<8}{meaning}")
        else:
            self._say(f"There is no command {name}{did_you_mean(name, COMMANDS)}; /help lists them.")

    def _set(self, given: str) -> None:
        labels = self._assistant.fact_labels()
        name, equals, value = (part.strip() for part in given.partition("="))
        if not equals or name not in labels:
            known = ", ".join(labels) or "none: this pack has no rules"
            self._say(f"/set FACT=VALUE{did_you_mean(name, labels)}. The facts: {known}.")
            return
        self._take(lambda: self._assistant.change(self._conversation, name, value or None))

    def _answer(self, message: str) -> None:
        self._take(lambda: self._assistant.reply(message, self._conversation))

    def _take(self, ask: Callable[[], Turn]) -> None:
        from assistant import FactError, MessageError

        try:
            turn = ask()
        except (MessageError, FactError) as error:
            self._say(str(error))
            return
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                raise
            self._say("Stopped; nothing has changed.")
            return
        self._conversation = turn.conversation
        if self._as_json:
            show_json(turn.answer.to_json())
        else:
            show_answer(turn.answer)
            self._say()

    def _say(self, text: str = "", style: Style = "plain", hang: int = 0) -> None:
        say(text, style, hang=hang, err=self._as_json)
