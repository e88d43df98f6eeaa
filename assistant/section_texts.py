"""The sections of guides as texts by id: what the checks of the rules look citations up in."""

from __future__ import annotations

from collections.abc import Iterable

from corpus import Guide


def section_texts(guides: Iterable[Guide]) -> dict[str, str]:
    """Each section's text as it stands in its guide, by the section's id, in the order of the guides."""
    return {
        section.id: guide.text[section.start : section.end] for guide in guides for section in guide.sections
    }
