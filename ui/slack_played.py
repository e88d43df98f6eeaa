"""A thread of Slack played without Slack: everything but the transport is what Slack would meet."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from assistant import ConversationStore, check_message
from ui.errors import ServiceError
from ui.slack_calls import Arguments, Slack
from ui.slack_do import Desk, do_errand
from ui.slack_errand import Spot
from ui.slack_heard import MessageEvent
from ui.slack_modals import NOT_SAID, VALUE
from ui.slack_pressed import Pressed
from ui.slack_shapes import Action, Click, Container, Entered, Envelope, FormState, Named, Submitted, View
from ui.slack_take import Taking
from ui.slack_text import escaped
from ui.slack_windows import Windows
from ui.slack_work import Work

if TYPE_CHECKING:
    from assistant import Answer, Assistant
    from ui.slack_blocks import Block

TEAM: Final = "T0"
CHANNEL: Final = "C0"
BOT: Final = "UADVISER"

Shown = Literal["posted", "edited", "aside"]

Show = Callable[[Shown, str, Sequence["Block"]], None]
"""Is called with each message: how it comes, to whom if to one person alone, and its blocks."""


class PlayedThread:
    """One thread of a channel, in a store of its own that ends with it."""

    def __init__(self, assistant: Assistant, show: Show) -> None:
        self._show = show
        self._clock = time.time()
        self._root = ""
        self._posted: list[tuple[str, list[Block]]] = []
        self._store = ConversationStore.open("sqlite://")
        inbox = self._store.inbox
        desk = Desk(assistant, self._store, inbox, Slack(self._call, self._respond, BOT))
        self._work = Work(inbox, lambda task: do_errand(desk, task))
        self._taking = Taking(desk, lambda: None, BOT)
        self._windows = Windows(desk)

    def says(self, user: str, text: str) -> None:
        """``user`` writes into the thread; the first message mentions the adviser and begins it."""
        ts = self._tick()
        first = not self._root
        self._root = self._root or ts
        event = MessageEvent(
            type="app_mention" if first else "message",
            channel=CHANNEL,
            ts=ts,
            user=user,
            text=f"<@{BOT}> {escaped(text)}" if first else escaped(text),
            thread_ts=None if first else self._root,
        )
        self._taking.message(Envelope(team_id=TEAM, event=event))
        self._work.drain()

    def clicks(self, user: str, words: str) -> bool:
        """``user`` clicks the newest button that says ``words``; false where there is none."""
        for ts, blocks in reversed(self._posted):
            for button in _buttons(blocks):
                if words.casefold() in _names(button):
                    self._click(user, ts, button)
                    return True
        return False

    def sets(self, user: str, facts: Mapping[str, str]) -> None:
        """``user`` changes facts in the window; an empty value forgets one."""
        pressed = Pressed(spot=self._spot, number=1, asker=user)
        values = {fact: {VALUE: Entered(value=value or NOT_SAID)} for fact, value in facts.items()}
        view = View(
            id=f"V{self._tick().replace('.', '')}",
            private_metadata=pressed.written(),
            state=FormState(values=values),
        )
        self._taking.facts(Submitted(user=Named(id=user), team=Named(id=TEAM), view=view))
        self._work.drain()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer so far, oldest first."""
        if not self._root or self._store.last(self._spot.conversation, self._spot.owner) is None:
            return ()
        return tuple(turn.answer for turn in self._store.turns(self._spot.conversation, self._spot.owner))

    def close(self) -> None:
        """Forgets the thread."""
        self._work.stop()
        self._store.close()

    @property
    def _spot(self) -> Spot:
        return Spot(team=TEAM, channel=CHANNEL, thread=self._root)

    def _click(self, user: str, ts: str, button: Block) -> None:
        now = self._tick()
        action = Action(action_id=str(button["action_id"]), action_ts=now, value=str(button["value"]))
        click = Click(
            user=Named(id=user),
            team=Named(id=TEAM),
            trigger_id=now,
            actions=(action,),
            container=Container(message_ts=ts),
            response_url=user,
        )
        if action.action_id.startswith("groundrule_choice"):
            self._taking.choice(click)
            self._windows.refuse_choice(click)
        elif action.action_id == "groundrule_why":
            self._taking.why(click)
        else:
            self._taking.what_changes(click)
        self._work.drain()

    def _call(self, method: str, arguments: Arguments) -> Arguments:
        blocks = _blocks(arguments)
        if method == "chat.postMessage":
            ts = self._tick()
            self._posted.append((ts, blocks))
            self._show("posted", "", blocks)
            return {"channel": CHANNEL, "ts": ts}
        if method == "chat.update":
            self._posted = [(ts, blocks if ts == arguments["ts"] else held) for ts, held in self._posted]
            self._show("edited", "", blocks)
        elif method == "chat.postEphemeral":
            self._show("aside", str(arguments["user"]), blocks)
        return {}

    def _respond(self, address: str, message: Arguments) -> None:
        self._show("aside", address, _blocks(message))

    def _tick(self) -> str:
        """The next moment, as Slack writes it."""
        self._clock += 1
        return f"{self._clock:.6f}"


@contextmanager
def asked_over_slack(assistant: Assistant) -> Iterator[Callable[[str], Answer]]:
    """The door of Slack for suites: what one person's next message in a thread is answered.

    The function raises :class:`assistant.MessageError` for a message that cannot be answered, which leaves
    the conversation where it was.
    """
    thread = PlayedThread(assistant, lambda *_: None)

    def ask(message: str) -> Answer:
        before = len(thread.answers)
        thread.says("U1", message)
        answers = thread.answers
        if len(answers) == before:
            check_message(message)
            raise ServiceError("The thread gave no answer.", "look at the log above")
        return answers[-1]

    try:
        yield ask
    finally:
        thread.close()


def _buttons(blocks: Sequence[Block]) -> list[Block]:
    held = (block.get("elements") for block in blocks if block["type"] == "actions")
    return [button for elements in held if isinstance(elements, list) for button in elements]


def _names(button: Block) -> set[str]:
    """What a script may call a button: the words on it, or the answer that it stands for."""
    words = button["text"]
    told = str(words["text"]) if isinstance(words, dict) else ""
    value = str(button["value"])
    return {told.casefold(), Pressed.model_validate_json(value).value.casefold()} - {""}


def _blocks(arguments: Arguments) -> list[Block]:
    blocks = arguments.get("blocks")
    return list(blocks) if isinstance(blocks, list) else []
