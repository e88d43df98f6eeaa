"""Whether the part of the installation that talks to Slack is there."""

from __future__ import annotations

from importlib.util import find_spec

from ui.errors import ConfigurationError


def slack_installed() -> None:
    """Raises :class:`ConfigurationError` when Bolt is not installed."""
    if find_spec("slack_bolt") is None:
        raise ConfigurationError("The part for Slack is not installed.", 'pip install "groundrule[slack]"')
