"""What is shown right after a click, beside any conversation: windows, App Home, a word to one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from assistant import StoreError
from ui.http_log import request_log
from ui.page_session import labels_of
from ui.slack_calls import SlackBusyError, SlackRefusedError, shown
from ui.slack_errand import owner_of, sender_of
from ui.slack_home import RecentThread, home_view
from ui.slack_manifest import COMMAND
from ui.slack_message import notice
from ui.slack_modals import facts_modal, reason_modal
from ui.slack_pressed import pressed_of

if TYPE_CHECKING:
    from ui.slack_blocks import Block
    from ui.slack_do import Desk
    from ui.slack_shapes import Click, HomeOpened

NOT_YOURS: Final = "Only who asked can answer this. Write your own message, and I answer you."
MOST_RECENT: Final = 5


@dataclass(frozen=True, slots=True)
class Windows:
    """Opens windows over Slack. None is owed to anybody: what fails is logged, and a click asks again."""

    desk: Desk

    def home(self, opened: HomeOpened) -> None:
        """App Home of who opened it."""
        if opened.event.tab != "home":
            return
        user = opened.event.user
        view = home_view(self.desk.assistant.pack, self._recent(opened.team_id, user), COMMAND)
        self._call("views.publish", {"user_id": user, "view": view})

    def facts(self, click: Click) -> None:
        """The window of facts, for who asked."""
        pressed = pressed_of(click)
        if pressed is None:
            return
        if pressed.asker != click.user.id:
            self._refuse(click)
            return
        last = self.desk.store.last(pressed.spot.conversation, pressed.spot.owner)
        if last is not None:
            view = facts_modal(last.after, labels_of(self.desk.assistant), pressed)
            self._call("views.open", {"trigger_id": click.trigger_id, "view": view})

    def reason(self, click: Click) -> None:
        """The window that asks what is wrong, after a click on the bad half of the feedback."""
        pressed = pressed_of(click)
        if pressed is not None and pressed.value == "wrong":
            self._call("views.open", {"trigger_id": click.trigger_id, "view": reason_modal(pressed)})

    def refuse_choice(self, click: Click) -> None:
        """A word to who clicked on an answer to somebody else's question."""
        pressed = pressed_of(click)
        if pressed is not None and pressed.asker != click.user.id:
            self._refuse(click)

    def _refuse(self, click: Click) -> None:
        message = {"response_type": "ephemeral", "replace_original": False, **shown(notice(NOT_YOURS))}
        try:
            self.desk.slack.respond(click.response_url, message)
        except (SlackBusyError, SlackRefusedError) as error:
            request_log().warning("slack window", method="respond", problem=error.problem)

    def _recent(self, team: str, user: str) -> list[RecentThread]:
        """The person's own threads: nobody else's are told."""
        desk = self.desk
        threads = []
        for conversation in desk.inbox.recent(sender_of(team, user), 4 * MOST_RECENT):
            if desk.store.last(conversation, owner_of(team)) is None:
                continue
            said = desk.store.turns(conversation, owner_of(team))[0].said
            threads.append(RecentThread(said, self._link(conversation)))
            if len(threads) == MOST_RECENT:
                break
        return threads

    def _link(self, conversation: str) -> str:
        *_, channel, thread = conversation.split(":")
        if thread.count(".") != 1:
            return ""  # began with a slash command, and stands nowhere
        told = self._call("chat.getPermalink", {"channel": channel, "message_ts": thread})
        return str(told.get("permalink", ""))

    def _call(self, method: str, arguments: Block) -> Block:
        try:
            return dict(self.desk.slack.call(method, arguments))
        except (SlackBusyError, SlackRefusedError, StoreError) as error:
            request_log().warning("slack window", method=method, problem=error.problem)
            return {}
