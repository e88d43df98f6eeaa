"""What somebody in Slack wants done, as it stands in the inbox until it is done."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

# What ids look like; nothing else gets into a conversation's id or the store.
SlackId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{1,32}$")]
SlackTime = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,12}\.[0-9]{1,8}$")]


class Frozen(BaseModel):
    """A value that never changes and knows no fields but its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spot(Frozen):
    """Where in Slack a conversation takes place: a thread, or what only one person sees.

    ``thread`` is the ``ts`` of the message that the thread hangs from. With a ``response`` address the
    conversation began with a slash command and is answered there, to its user alone; ``thread`` then is what
    tells it from others.
    """

    team: SlackId
    channel: SlackId
    thread: Annotated[str, StringConstraints(pattern=r"^[0-9a-z.]{1,100}$")]
    response: str = ""

    @property
    def conversation(self) -> str:
        """The conversation's id in the store."""
        return f"slack:{self.team}:{self.channel}:{self.thread}"

    @property
    def owner(self) -> str:
        """Whose the conversation is in the store: the workspace's."""
        return owner_of(self.team)


class Said(Frozen):
    """A message to the adviser, as plain text."""

    kind: Literal["said"] = "said"
    spot: Spot
    user: SlackId
    text: str


class Chose(Frozen):
    """A click on an answer to the question that turn ``number`` left open, in the message ``ts``."""

    kind: Literal["chose"] = "chose"
    spot: Spot
    user: SlackId
    number: int
    fact: str
    value: str
    ts: SlackTime


Wondering = Literal["why", "change"]


class Wondered(Frozen):
    """A click on *Why* or *What would change it* under turn ``number``."""

    kind: Literal["wondered"] = "wondered"
    spot: Spot
    user: SlackId
    number: int
    what: Wondering


class Changed(Frozen):
    """Facts changed in the modal; an empty value forgets the fact."""

    kind: Literal["changed"] = "changed"
    spot: Spot
    user: SlackId
    changes: dict[str, str]


class Tried(Frozen):
    """A click on an example in App Home: the adviser opens a thread with it in its direct messages."""

    kind: Literal["tried"] = "tried"
    team: SlackId
    user: SlackId
    text: str


Errand = Said | Chose | Wondered | Changed | Tried

_ERRANDS: TypeAdapter[Errand] = TypeAdapter(Annotated[Errand, Field(discriminator="kind")])


def read_errand(body: str) -> Errand:
    """The errand that :meth:`pydantic.BaseModel.model_dump_json` wrote.

    Raises ``pydantic.ValidationError`` for what is none.
    """
    return _ERRANDS.validate_json(body)


def owner_of(team: str) -> str:
    """Who owns the conversations of a workspace in the store."""
    return f"slack:{team}"


def sender_of(team: str, user: str) -> str:
    """A person of a workspace, as the store names them."""
    return f"slack:{team}:{user}"
