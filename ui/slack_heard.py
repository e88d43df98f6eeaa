"""Which events of Slack are messages to the adviser, and what was said in them."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

from ui.slack_errand import Said, SlackId, SlackTime, Spot
from ui.slack_text import plain_words

# A message with files or one that is shown in the channel as well is still somebody's message; every other
# subtype is a notice of Slack, an edit or a bot.
_SPOKEN: Final = (None, "file_share", "thread_broadcast")


class MessageEvent(BaseModel):
    """What of a message or mention is looked at; the rest of the event is left alone."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: str
    channel: SlackId
    ts: SlackTime
    user: SlackId | None = None
    text: str = ""
    thread_ts: SlackTime | None = None
    channel_type: str = ""
    subtype: str | None = None
    bot_id: str | None = None
    edited: object = None
    hidden: bool = False

    @property
    def direct(self) -> bool:
        """Whether only its sender and the adviser see it."""
        return self.channel_type == "im"

    @property
    def mentions(self) -> bool:
        """Whether Slack sent it because the adviser is mentioned."""
        return self.type == "app_mention"

    def id_in(self, team: str) -> str:
        """What the message is known by: the same for a mention and for its twin, the plain message."""
        return f"slack:{team}:{self.channel}:{self.ts}"


def heard(event: MessageEvent, team: str, bot: str) -> Said | None:
    """The message that ``event`` tells of, ``None`` when it is none to answer.

    ``bot`` is the adviser's own user. Whether the adviser takes part in the thread of a message that does not
    mention it, is for the caller to see: such a message comes back, unless it stands in no thread.
    """
    if event.user is None or event.user == bot or event.bot_id is not None:
        return None
    if event.subtype not in _SPOKEN or event.edited is not None or event.hidden:
        return None
    if not (event.direct or event.mentions) and (event.thread_ts is None or f"<@{bot}" in event.text):
        return None  # a mention comes as an event of its own
    spot = Spot(team=team, channel=event.channel, thread=event.thread_ts or event.ts)
    return Said(spot=spot, user=event.user, text=plain_words(event.text, bot))
