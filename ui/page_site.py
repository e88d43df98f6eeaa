"""What the pages of one server share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ui.page_language import words_in
from ui.page_memory import Memory
from ui.page_packs import Packs
from ui.page_session import Desk

if TYPE_CHECKING:
    from assistant import ConversationStore


@dataclass(frozen=True, slots=True)
class PageSite:
    """What is served, and how.

    ``maintained`` shows the pages for those who keep the packs, with the runs that are stored in ``runs``;
    ``language`` is the server's, if set; with ``login`` everybody has logged in with a password.
    """

    packs: Packs
    store: ConversationStore
    maintained: bool = False
    language: str = ""
    login: bool = False
    runs: Path = Path("runs")

    def desk(self, pack: str, owner: str, language: str) -> Desk:
        """What a session of ``owner`` about ``pack`` is answered with."""
        return Desk(self.packs.adviser(pack), words_in(language), Memory(self.store, owner))
