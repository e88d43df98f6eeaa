"""What came from Slack is written down, so that it will be answered; nothing is answered here."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from assistant import VERDICTS, Feedback, Task, UnknownConversationError
from ui.slack_errand import Changed, Chose, Errand, Said, Spot, Tried, Wondered, Wondering, sender_of
from ui.slack_heard import heard
from ui.slack_modals import NOT_SAID, NOTE, VALUE, VERDICT
from ui.slack_pressed import Pressed, pressed_of, read_pressed, spot_of
from ui.slack_text import plain_words

if TYPE_CHECKING:
    from assistant import Verdict
    from ui.slack_do import Desk
    from ui.slack_shapes import Click, Command, Envelope, Submitted


@dataclass(frozen=True, slots=True)
class Taking:
    """Takes what Slack sends. ``wake`` is called when there is something to do; ``bot`` is the own user."""

    desk: Desk
    wake: Callable[[], None]
    bot: str

    def message(self, told: Envelope) -> None:
        """A message, if it is one for the adviser."""
        said = heard(told.event, told.team_id, self.bot)
        if said is None:
            return
        spot, identity = said.spot, told.event.id_in(told.team_id)
        if told.event.direct or told.event.mentions or self._takes_part(spot):
            self._add(identity, told.event.ts, spot, said.user, said)
            return
        # The mention that begins the conversation may still be on its way.
        sender, body = sender_of(spot.team, said.user), said.model_dump_json()
        if self.desk.inbox.overhear(Task(identity, spot.conversation, told.event.ts, sender, body)):
            self.wake()

    def choice(self, click: Click) -> None:
        """An answer to the open question, if it is the asker who gives it."""
        pressed, ts = pressed_of(click), click.container.message_ts
        if pressed is None or ts is None or pressed.asker != click.user.id:
            return
        spot = spot_of(click, pressed)
        chose = Chose(
            spot=spot,
            user=click.user.id,
            number=pressed.number,
            fact=pressed.fact,
            value=pressed.value,
            ts=ts,
        )
        # One question is answered once, however often it is clicked.
        identity = f"{spot.conversation}:choice:{pressed.number}"
        self._add(identity, click.actions[0].action_ts, spot, click.user.id, chose)

    def why(self, click: Click) -> None:
        """A click on *Why*."""
        self._wonder(click, "why")

    def what_changes(self, click: Click) -> None:
        """A click on *What would change it*."""
        self._wonder(click, "change")

    def example(self, click: Click) -> None:
        """A click on an example in App Home."""
        examples = self.desk.assistant.pack.examples
        place = click.actions[0].value
        if not place.isdecimal() or int(place) >= len(examples):
            return
        tried = Tried(team=click.team.id, user=click.user.id, text=examples[int(place)])
        identity = f"slack:{click.team.id}:tried:{click.trigger_id}"
        self._write(identity, click.actions[0].action_ts, identity, sender_of(tried.team, tried.user), tried)

    def feedback(self, click: Click) -> None:
        """A click on the good half of the feedback; the other opens a window."""
        pressed = pressed_of(click)
        if pressed is not None and pressed.value == "right":
            self._feedback(pressed, click.team.id, click.user.id, "right", "")

    def reason(self, sent: Submitted) -> None:
        """Why an answer is wrong."""
        pressed = read_pressed(sent.view.private_metadata)
        fields = {
            name: entered.text for block in sent.view.state.values.values() for name, entered in block.items()
        }
        verdict = next((one for one in VERDICTS if one == fields.get(VERDICT)), None)
        if pressed is not None and verdict is not None:
            self._feedback(
                pressed, sent.team.id, sent.user.id, verdict, fields.get(NOTE, "").replace("\0", "")
            )

    def facts(self, sent: Submitted) -> None:
        """What was changed in the window of facts."""
        pressed = read_pressed(sent.view.private_metadata)
        if pressed is None or pressed.asker != sent.user.id:
            return
        last = self.desk.store.last(pressed.spot.conversation, pressed.spot.owner)
        known = {name: fact.value for name, fact in last.after.facts.items()} if last else {}
        entered = {
            fact: block[VALUE].text for fact, block in sent.view.state.values.items() if VALUE in block
        }
        wanted = {fact: "" if value == NOT_SAID else value for fact, value in entered.items()}
        changes = {fact: value for fact, value in wanted.items() if value != known.get(fact, "")}
        if changes:
            spot = pressed.spot
            changed = Changed(spot=spot, user=sent.user.id, changes=changes)
            identity = f"{spot.conversation}:view:{sent.view.id}"
            self._add(identity, _place(), spot, sent.user.id, changed)

    def command(self, told: Command) -> bool:
        """A slash command with a message; false for one without."""
        text = plain_words(told.text, self.bot)
        if not text:
            return False
        spot = Spot(
            team=told.team_id, channel=told.channel_id, thread=told.trigger_id, response=told.response_url
        )
        said = Said(spot=spot, user=told.user_id, text=text)
        self._add(f"{spot.conversation}:command", _place(), spot, told.user_id, said)
        return True

    def usage(self, command: str) -> str:
        """How the slash command is used."""
        pack = self.desk.assistant.pack
        lines = [pack.greeting, *(f"{command} {example}" for example in pack.examples[:3])]
        return "\n".join(lines)

    def _wonder(self, click: Click, what: Wondering) -> None:
        pressed = pressed_of(click)
        if pressed is None:
            return
        spot = spot_of(click, pressed)
        wondered = Wondered(spot=spot, user=click.user.id, number=pressed.number, what=what)
        self._add(
            f"{spot.conversation}:{click.trigger_id}",
            click.actions[0].action_ts,
            spot,
            click.user.id,
            wondered,
        )

    def _feedback(self, pressed: Pressed, team: str, user: str, verdict: Verdict, note: str) -> None:
        spot, at = pressed.spot, datetime.now(UTC).isoformat(timespec="milliseconds")
        given = Feedback(spot.conversation, pressed.number, verdict, note, sender_of(team, user), at)
        try:
            self.desk.store.add_feedback(given, spot.owner)
        except UnknownConversationError:
            return  # it was forgotten meanwhile

    def _takes_part(self, spot: Spot) -> bool:
        desk = self.desk
        return (
            desk.inbox.knows(spot.conversation) or desk.store.last(spot.conversation, spot.owner) is not None
        )

    def _add(self, identity: str, place: str, spot: Spot, user: str, errand: Errand) -> None:
        self._write(identity, place, spot.conversation, sender_of(spot.team, user), errand)

    def _write(self, identity: str, place: str, conversation: str, sender: str, errand: Errand) -> None:
        if self.desk.inbox.add(Task(identity, conversation, place, sender, errand.model_dump_json())):
            self.wake()


def _place() -> str:
    """The place of what Slack gives no time of: now."""
    return f"{time.time():.6f}"
