"""What the environment may settle, read here and nowhere else."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY")
_TRACES = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")


@dataclass(frozen=True, slots=True)
class Settings:
    """``pack`` is the pack to use when a command names none; ``cache`` is where indexes are kept.

    ``store`` is the SQLAlchemy address of the store of conversations, ``vectors`` that of a Chroma server
    or of PostgreSQL with pgvector to look nearest vectors up in, ``keys`` the file of API keys. ``None``
    stands for the bundled pack, for the user's own cache folder, and for files in the user's own data folder.

    ``runs`` is the folder of stored runs of known questions, by default in the user's own data folder.
    ``users`` is the file of those who may use the page where it asks for a login.
    ``language`` is that of the web page, empty for what each browser asks for; ``screen`` says that there is
    one to open a browser on.
    ``api_key`` is the key that is sent to a server that is asked. ``traces`` says that OpenTelemetry's own
    variables name a place to send traces to.

    ``model_url`` is the address of an OpenAI-compatible server (up to ``/v1``), ``model`` the name of a
    language model there, ``model_key`` its key and ``model_seconds`` what a whole reply of it may take.

    ``slack_signing_secret``, ``slack_bot_token`` and ``slack_app_token`` are what Slack shows for an app,
    ``slack_api`` is the address of its Web API, empty for the usual one.
    """

    pack: Path | None
    cache: Path | None
    store: str | None
    vectors: str | None
    keys: Path | None
    runs: Path | None
    users: Path | None
    language: str
    screen: bool
    api_key: str
    traces: bool
    model_url: str
    model: str
    model_key: str
    model_seconds: str
    slack_signing_secret: str
    slack_bot_token: str
    slack_app_token: str
    slack_api: str

    @classmethod
    def from_environment(cls) -> Settings:
        """``GROUNDRULE_PACK``, ``_CACHE``, ``_STORE``, ``_MODEL`` and so on; an empty one counts as unset."""
        return cls(
            pack=_path("GROUNDRULE_PACK"),
            cache=_path("GROUNDRULE_CACHE"),
            store=_text("GROUNDRULE_STORE") or None,
            vectors=_text("GROUNDRULE_VECTORS") or None,
            keys=_path("GROUNDRULE_KEYS"),
            runs=_path("GROUNDRULE_RUNS"),
            users=_path("GROUNDRULE_USERS"),
            language=_text("GROUNDRULE_LANGUAGE"),
            screen=sys.platform in ("darwin", "win32") or any(map(_text, _SCREENS)),
            api_key=_text("GROUNDRULE_API_KEY"),
            traces=any(map(_text, _TRACES)),
            model_url=_text("GROUNDRULE_MODEL_URL"),
            model=_text("GROUNDRULE_MODEL"),
            model_key=_text("GROUNDRULE_MODEL_KEY"),
            model_seconds=_text("GROUNDRULE_MODEL_SECONDS") or "20",
            slack_signing_secret=_text("GROUNDRULE_SLACK_SIGNING_SECRET"),
            slack_bot_token=_text("GROUNDRULE_SLACK_BOT_TOKEN"),
            slack_app_token=_text("GROUNDRULE_SLACK_APP_TOKEN"),
            slack_api=_text("GROUNDRULE_SLACK_API"),
        )


def _text(variable: str) -> str:
    return os.environ.get(variable, "")


def _path(variable: str) -> Path | None:
    value = os.environ.get(variable, "")
    return Path(value).expanduser() if value else None


def runs_folder(settings: Settings) -> Path:
    """Where stored runs are looked for."""
    if settings.runs is not None:
        return settings.runs
    from platformdirs import user_data_path

    return user_data_path("groundrule") / "runs"
