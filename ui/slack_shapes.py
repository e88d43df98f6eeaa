"""What Slack sends, as far as it is looked at: anything else in it is left alone."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ui.slack_errand import SlackId, SlackTime
from ui.slack_heard import MessageEvent

Trigger = Annotated[str, StringConstraints(pattern=r"^[0-9a-z.]{1,100}$")]
Address = Annotated[str, StringConstraints(max_length=500)]


class Shape(BaseModel):
    """A part of what Slack sends."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Named(Shape):
    """Somebody or something with an id."""

    id: SlackId


class Envelope(Shape):
    """An event of the Events API that tells of a message."""

    team_id: SlackId
    event: MessageEvent


class HomeEvent(Shape):
    """Somebody opened App Home."""

    user: SlackId
    tab: str = ""


class HomeOpened(Shape):
    """The event of it."""

    team_id: SlackId
    event: HomeEvent


class Action(Shape):
    """What was clicked."""

    action_id: str
    action_ts: SlackTime
    value: str = ""


class Container(Shape):
    """The message that it stands in; there is none in App Home."""

    message_ts: SlackTime | None = None


class Click(Shape):
    """A click on a button."""

    user: Named
    team: Named
    trigger_id: Trigger
    actions: Annotated[tuple[Action, ...], Field(min_length=1)]
    container: Container = Container()
    response_url: Address = ""


class Choice(Shape):
    """What is chosen in a menu."""

    value: str


class Entered(Shape):
    """What a field of a form holds."""

    value: str | None = None
    selected_option: Choice | None = None

    @property
    def text(self) -> str:
        """The words or the choice, "" for none."""
        return (self.selected_option.value if self.selected_option else self.value) or ""


class FormState(Shape):
    """All fields: by block, then by action."""

    values: dict[str, dict[str, Entered]]


class View(Shape):
    """A form."""

    id: SlackId
    private_metadata: str
    state: FormState


class Submitted(Shape):
    """A form that was sent."""

    user: Named
    team: Named
    view: View


class Command(Shape):
    """A slash command."""

    team_id: SlackId
    channel_id: SlackId
    user_id: SlackId
    command: str
    text: str = ""
    trigger_id: Trigger
    response_url: Address
