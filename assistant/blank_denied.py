"""Statements that a message denies as a whole: what stands in them is not what its writer says.

"It isn't that we don't need approvals" settles neither yes nor no. Readers that have learned words and their
negations take it for one of both, and surely; so it is left out of what they read, and asked about.
"""

from __future__ import annotations

import re

# What a statement begins with; "not that often" begins none.
_STATEMENT = (
    r"(?:we|i|it|they|he|she|you|there|this|that|the|an?|our|my|any\w*|no|nobody|none|some\w*|people|"
    r"everything)"
)
DENIED = re.compile(
    rf"(?:\b(?:it|that)(?:['’]s|\s+is)?\s+)?(?:\bnot|n['’]t)\s+that\s+(?={_STATEMENT}\b)[^,;:.!?\n]*"
    r"|(?:\bnot|n['’]t)\s+(?:as if|as though|(?:true|the case|correct|right)\s+that)\s+[^,;:.!?\n]*"
    r"|\bno\s+(?:case|situation|scenario)\s+(?:in\s+which|where|when)\b[^,;:.!?\n]*"
    r"|\bnever\s+(?:said|claimed|meant)\s+(?:that\b)?[^,;:.!?\n]*",
    re.IGNORECASE,
)
BUT = re.compile(r"\s(?:but|because|since)\s", re.IGNORECASE)


def blank_denied(text: str) -> str:
    """``text`` with spaces in place of what it denies as a whole; every other word keeps its place."""
    return DENIED.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    told = found.group()
    ends = BUT.search(told)
    denied = ends.start() if ends else len(told)
    return " " * denied + told[denied:]
