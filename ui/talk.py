"""One conversation at a terminal: messages go to the assistant, lines with a slash to the door itself."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.did_you_mean import did_you_mean
from ui.render_spoken import Spoken, can_speak
from ui.render_terminal import show_answer, show_facts
from ui.say import Style, say
from ui.show_json import show_json

if TYPE_CHECKING:
    from assistant import Assistant, Conversation, Turn
    from ui.remember import Memory

COMMANDS = {
    "/facts": "what I know about your case, and from which of your words",
    "/why": "why the last answer is what it is",
    "/set": "change a fact: /set human_interaction=no (nothing after = forgets it)",
    "/reset": "forget everything and start over",
    "/help": "this list",
    "/quit": "leave; so does Ctrl-D",
}


class Talk:
    """Answers line by line. A line that fails leaves the conversation as it was.

    ``memory`` holds the conversation between two lines. With ``as_json`` each answer is one line of JSON on
    standard output, and what the door itself has to say goes to standard error.
    """

    def __init__(self, assistant: Assistant, memory: Memory, *, as_json: bool) -> None:
        self._assistant = assistant
        self._memory = memory
        self._as_json = as_json

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
            show_facts(self._memory.now().facts, self._assistant.fact_labels(), err=self._as_json)
        elif name == "/why":
            self._answer("why?")
        elif name == "/set":
            self._set(rest)
        elif name == "/reset":
            self._answer("start over")
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
        self._take(f"{name}={value}", lambda now: self._assistant.change(now, name, value or None))

    def _answer(self, message: str) -> None:
        # A turn that is kept may have to be taken again, and what is shown cannot be taken back.
        if self._as_json or not self._assistant.model or not self._memory.alone or not can_speak():
            self._take(message, lambda now: self._assistant.reply(message, now))
            return
        spoken = Spoken()
        self._take(message, lambda now: self._assistant.reply(message, now, spoken.hear), spoken)

    def _take(self, said: str, take: Callable[[Conversation], Turn], spoken: Spoken | None = None) -> None:
        from assistant import FactError, MessageError

        try:
            answer = self._memory.take(said, take)
        except (MessageError, FactError) as error:
            self._say(str(error))
            return
        except KeyboardInterrupt:
            if not sys.stdin.isatty():
                raise
            if spoken is not None:
                spoken.close()
            self._say("Stopped; nothing has changed.")
            return
        if self._as_json:
            show_json(answer.to_json())
        elif spoken is not None:
            spoken.end(answer)
            self._say()
        else:
            show_answer(answer)
            self._say()

    def _say(self, text: str = "", style: Style = "plain", hang: int = 0) -> None:
        say(text, style, hang=hang, err=self._as_json)
