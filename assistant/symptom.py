"""What goes wrong with something that runs already: "users can't log in" tells no need and is looked up."""

from __future__ import annotations

import re

SYMPTOM = re.compile(
    r"\b(?:can(?:not|['’]?t| not)|unable to) (?:log|sign|see|open|reach|access|find|approve|submit|load|"
    r"connect|get|start|save|upload|edit|type|click)\b|"
    r"\b(?:does(?: not|n['’]?t)|do(?: not|n['’]?t)) (?:work|load|open|arrive|respond|see the|get the)\b|"
    r"\b(?:get|gets|got|are|is) (?:kicked|logged|thrown|locked) out\b",
    re.IGNORECASE,
)
# Whoever demands something tells a need, in a few words more.
DEMANDS = re.compile(r"\b(?:must|needs?|should|shall|wants?|ha(?:s|ve) to|instead)\b", re.IGNORECASE)
MOST_WORDS = 9  # a longer message tells more than what goes wrong
MOST_UNDEMANDING = 14  # the same where nothing is demanded


def only_a_symptom(text: str) -> bool:
    """Whether ``text`` tells what goes wrong and little else."""
    most = MOST_WORDS if DEMANDS.search(text) else MOST_UNDEMANDING
    return len(text.split()) <= most and SYMPTOM.search(text) is not None
