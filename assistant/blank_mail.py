"""What a pasted mail or ticket carries besides its message: header fields, signature and legal footer.

"Head of Approvals" below a name approves nothing, and "may not leave the company" in a footer means the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

HEADER = re.compile(
    r"^[ \t>]*(?:from|to|cc|bcc|date|sent|reply-to|reporter|assignee|status|priority|labels?|watchers|"
    r"created|updated|von|an|gesendet|datum|de|para|fecha|enviado|à|envoyé)[ \t]*:[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
SIGN_OFF = re.compile(
    r"^[ \t]*(?:--[ \t]*|(?:(?:kind|best|warm|many) )?regards|best(?: wishes)?|cheers|sincerely|yours|thanks|"
    r"thank you|many thanks|br|kr|mfg|lg|vg|(?:mit )?(?:freundlichen|besten|vielen|lieben) grüßen?|"
    r"viele grüße|beste grüße|cordialement|bien à vous|saludos(?: cordiales)?|un saludo)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"^[ \t]*(?:this (?:e-?mail|message)(?: and any attachments?)? (?:is|are|may|contains?)\b|confidential\b|"
    r"disclaimer\b|please consider the environment\b|sent from my \w+|diese e-?mail (?:ist|kann|enthält)\b)"
    r"[^\n]*(?:\n[^\n]+)*",
    re.IGNORECASE | re.MULTILINE,
)
FEWEST_BEFORE = 4  # words before a sign-off; "thanks" in the first line ends nothing
MOST_SIGNED = 8  # words of a line below it
SENTENCE_ENDS = (".", "!", "?", ":")


def blank_mail(text: str) -> str:
    """``text`` with spaces in place of what only frames it; every other word keeps its place."""
    if "\n" not in text and FOOTER.search(text) is None:
        return text
    for frame in (FOOTER, HEADER):
        text = frame.sub(lambda found: _spaces(found.group()), text)
    return "\n".join(_unsigned(text.split("\n")))


def _unsigned(lines: Sequence[str]) -> Iterator[str]:
    """``lines``, with spaces for a sign-off and what is below it, up to a line that reads like a sentence."""
    words, signed = 0, False
    for line in lines:
        told = line.split()
        sentence = line.rstrip().endswith(SENTENCE_ENDS) or len(told) > MOST_SIGNED
        signs = words >= FEWEST_BEFORE and SIGN_OFF.match(line) is not None
        signed = signs or (signed and not sentence)
        words += len(told)
        yield _spaces(line) if signed else line


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
