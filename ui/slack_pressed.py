"""What a button under an answer carries to where it is clicked, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from ui.slack_errand import SlackId, Spot

if TYPE_CHECKING:
    from ui.slack_shapes import Click


class Pressed(BaseModel):
    """The conversation and turn that the button stands under, and who asked there.

    Only the adviser's own messages hold such buttons, and Slack brings back what they were given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    spot: Spot
    number: int
    asker: SlackId
    fact: str = ""
    value: str = ""

    def written(self) -> str:
        """As a button or a window carries it."""
        return self.model_dump_json(exclude_defaults=True)


def read_pressed(written: str) -> Pressed | None:
    """What :meth:`Pressed.written` wrote; ``None`` for anything else."""
    try:
        return Pressed.model_validate_json(written)
    except ValidationError:
        return None


def pressed_of(click: Click) -> Pressed | None:
    """What the clicked button carries."""
    return read_pressed(click.actions[0].value)


def spot_of(click: Click, pressed: Pressed) -> Spot:
    """Where the click is answered: what began with a command, at the address that came with the click."""
    spot = pressed.spot
    return spot.model_copy(update={"response": click.response_url}) if spot.response else spot
