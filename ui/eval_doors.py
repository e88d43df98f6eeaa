"""The doors that suites can be asked through, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.eval_door_cli import cli_door
from ui.eval_door_http import http_door
from ui.open_assistant import open_assistant, open_pack_alone
from ui.settings import Settings

if TYPE_CHECKING:
    from assistant import Assistant, Pack
    from evals.doors import Door, Heard


@dataclass(frozen=True, slots=True)
class Asking:
    """What a door is opened for: a pack, ``jobs`` conversations at a time, and for HTTP perhaps a ``url``."""

    pack: Path | None
    jobs: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedDoor:
    """A door, and what stands behind it as far as it is known here: the assistant, or the pack alone.

    ``model`` is the name of the language model beside the adviser, empty without one.
    """

    door: Door
    behind: Assistant | Pack
    model: str


OpenDoor = Callable[[Asking], AbstractContextManager[OpenedDoor]]
"""Opens a door for as long as a block lasts."""


@contextmanager
def _assistant(asking: Asking) -> Iterator[OpenedDoor]:
    from evals.doors import assistant_door

    assistant = open_assistant(asking.pack)
    yield OpenedDoor(assistant_door(assistant, asking.jobs), assistant, assistant.model)


@contextmanager
def _http(asking: Asking) -> Iterator[OpenedDoor]:
    from evals.doors import one_by_one

    if asking.url is not None:
        pack = open_pack_alone(asking.pack)
        with http_door(asking.url, pack) as play:
            yield OpenedDoor(one_by_one(play, asking.jobs), pack, "")
        return
    from io import StringIO
    from tempfile import TemporaryDirectory

    from assistant import ConversationStore
    from ui.http_serve import Serving
    from ui.serve_beside import served_beside

    assistant = open_assistant(asking.pack)
    serving = Serving("127.0.0.1", 0, need_key=False, rate="1000000/second", seconds=600, page=False)
    with TemporaryDirectory() as folder:
        store = ConversationStore.open(f"sqlite:///{Path(folder) / 'conversations.db'}")
        try:
            # Nobody reads the log of a server that is there for one run.
            with (
                served_beside(assistant, store, serving, log_to=StringIO()) as address,
                http_door(address, assistant.pack) as play,
            ):
                yield OpenedDoor(one_by_one(play, asking.jobs), assistant, assistant.model)
        finally:
            store.close()


@contextmanager
def _cli(asking: Asking) -> Iterator[OpenedDoor]:
    pack = open_pack_alone(asking.pack)
    yield OpenedDoor(cli_door(pack.root, asking.jobs), pack, Settings.from_environment().model)


@contextmanager
def _slack(asking: Asking) -> Iterator[OpenedDoor]:
    from evals.doors import hear, one_by_one
    from ui.slack_played import asked_over_slack

    assistant = open_assistant(asking.pack)

    def play(talk: Sequence[str]) -> Heard:
        with asked_over_slack(assistant) as ask:
            return hear(ask, talk)

    yield OpenedDoor(one_by_one(play, asking.jobs), assistant, assistant.model)


DOORS: Mapping[str, OpenDoor] = {"assistant": _assistant, "http": _http, "slack": _slack, "cli": _cli}
"""Another door is one entry more; :func:`evals.doors.one_by_one` makes one of a function that has a single
conversation."""
