"""Messages that no decision guide answers; they ship with the product and serve every pack."""

from __future__ import annotations

from importlib.resources import files

from ruamel.yaml import YAML


def off_topic() -> tuple[str, ...]:
    """The messages, in the order of their file."""
    text = files("assistant").joinpath("off_topic.yaml").read_text(encoding="utf-8")
    return tuple(str(line) for line in YAML(typ="safe").load(text)["off_topic"])
