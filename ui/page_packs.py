"""The packs that one server serves, each with its adviser, read again while somebody works on them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final

from assistant import AssistantError, CorpusError
from ui.errors import UsageError

if TYPE_CHECKING:
    from assistant import Assistant, Pack

Reopen = Callable[[Path], "Assistant"]
LOOK_SECONDS: Final = 1.0  # between two looks at the files of a pack
_PARTS: Final = ("corpus", "rules", "evals", "pack.yaml")


@dataclass(slots=True)
class _Served:
    """One pack: who answers, how its files looked then, and what is the matter with them since."""

    assistant: Assistant
    stamp: tuple[int, int]
    looked: float = 0.0
    reading: bool = False
    problem: str = ""


class Packs:
    """The advisers by the id of their pack; the first one answers where an address names no pack.

    With ``reopen`` a pack whose files change is read again beside the one that answers, and takes its place
    once it is good; until then, and for as long as the files cannot be used, the last good one answers.
    """

    def __init__(self, assistants: Sequence[Assistant], reopen: Reopen | None = None) -> None:
        """Raises :class:`UsageError` when two packs have the same id."""
        self._served: dict[str, _Served] = {}
        self._reopen = reopen
        self._lock = Lock()
        for assistant in assistants:
            pack = assistant.pack
            if pack.id in self._served:
                problem = f"{pack.root}: two of the packs are called {pack.id!r}."
                raise UsageError(problem, "give one of them another id in its pack.yaml")
            self._served[pack.id] = _Served(assistant, files_stamp(pack.root))

    def adviser(self, pack: str = "") -> Assistant:
        """The adviser for the pack with this id, the first one where there is none."""
        served = self._served.get(pack) or next(iter(self._served.values()))
        self._look(served)
        return served.assistant

    def named(self, pack: str) -> Pack | None:
        """The pack with this id, ``None`` where it is not served."""
        found = self._served.get(pack)
        return found.assistant.pack if found else None

    def all(self) -> tuple[Pack, ...]:
        """Every pack, in the order in which they were named."""
        return tuple(served.assistant.pack for served in self._served.values())

    def reading(self, pack: str) -> bool:
        """Whether the pack is being read again just now."""
        return pack in self._served and self._served[pack].reading

    def problem(self, pack: str) -> str:
        """Why the files of the pack as they are now cannot be used, empty while they can."""
        return self._served[pack].problem if pack in self._served else ""

    def _look(self, served: _Served) -> None:
        if self._reopen is None:
            return
        with self._lock:
            if served.reading or time.monotonic() - served.looked < LOOK_SECONDS:
                return
            served.looked = time.monotonic()
            stamp = files_stamp(served.assistant.pack.root)
            if stamp == served.stamp:
                return
            served.reading = True
        Thread(target=self._read, args=(served, stamp, self._reopen), daemon=True).start()

    def _read(self, served: _Served, stamp: tuple[int, int], reopen: Reopen) -> None:
        try:
            served.assistant, served.problem = reopen(served.assistant.pack.root), ""
        except (AssistantError, CorpusError, OSError) as error:
            served.problem = str(error)
        finally:
            served.stamp = stamp
            served.reading = False


def files_stamp(root: Path) -> tuple[int, int]:
    """How the files of a pack look: their number, and when the last one changed (ns)."""
    paths = [path for part in _PARTS for path in (root / part, *(root / part).rglob("*")) if path.exists()]
    return len(paths), max((path.stat().st_mtime_ns for path in paths), default=0)
