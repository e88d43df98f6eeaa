"""The store of conversations that a command uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.settings import Settings

if TYPE_CHECKING:
    from assistant import ConversationStore


def open_store() -> ConversationStore:
    """The store that ``GROUNDRULE_STORE`` names, else a file in the user's own data folder."""
    from assistant import ConversationStore  # SQLAlchemy: half a second that only kept conversations need

    return ConversationStore.open(Settings.from_environment().store or f"sqlite:///{_own_file()}")


def _own_file() -> str:
    from platformdirs import user_data_path

    return str(user_data_path("groundrule") / "conversations.db")
