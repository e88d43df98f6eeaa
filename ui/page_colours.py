"""The colours of the page for a document that stands alone, light and dark as the reader's system has it."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Final

_LIGHT: Final = re.compile(r":root \{(.*?)\n\}", re.DOTALL)
_DARK: Final = re.compile(r"\.dark \{(.*?)\n\}", re.DOTALL)


def colours() -> str:
    """CSS that sets the variables of ``page.css`` without any script."""
    page = (files("ui") / "page.css").read_text(encoding="utf-8")
    light, dark = _LIGHT.search(page), _DARK.search(page)
    told = f":root {{{light[1] if light else ''}\n}}\n"
    return (
        told + f"@media screen and (prefers-color-scheme: dark) {{ :root {{{dark[1] if dark else ''}\n}} }}\n"
    )
