"""The lasting address of a section of the guide, the same through every door that gives addresses."""

from __future__ import annotations

from urllib.parse import quote


def section_address(section: str) -> str:
    """The address of the section with this id: ``groundrule://guide/boomi/limits#integration``."""
    guide, _, part = section.partition("#")
    return (
        f"groundrule://guide/{quote(guide)}#{quote(part)}" if part else f"groundrule://guide/{quote(guide)}"
    )
