"""What a pasted mail or ticket carries besides its message: header fields, signature and legal footer.

"Head of Approvals" below a name approves nothing, and "may not leave the company" in a footer means the mail.
"""

from __future__ import annotations

import re

HEADER = re.compile(
    r"^[ \t>]*(?:from|to|cc|bcc|date|sent|reply-to|reporter|assignee|status|priority|labels?|watchers|"
    r"created|updated|von|an|gesendet|datum|de|para|fecha|enviado|à|envoyé)[ \t]*:[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
SIGN_OFF = re.compile(
    r"^[ \t]*(?:--[ \t]*|(?:(?:kind|best|warm|many) )?regards|best(?: wishes)?|cheers|sincerely|yours|thanks|"
    r"thank you|many thanks|br|kr|mfg|lg|vg|(?:mit )?(?:freundlichen|besten|vielen|lieben) grüßen?|"
    r"viele grüße|beste grüße|cordialement|bien à vous|saludos(?: cordiales)?|un saludo)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
FOOTER = re.compile(
    r"^[ \t]*(?:this (?:e-?mail|message)(?: and any attachments?)? (?:is|are|may|contains?)\b|confidential\b|"
    r"disclaimer\b|please consider the environment\b|sent from my \w+|diese e-?mail (?:ist|kann|enthält)\b)"
    r"[^\n]*(?:\n[^\n]+)*",
    re.IGNORECASE | re.MULTILINE,
)
SIGNED_LINES = 6  # what comes after a longer block below a sign-off is a message again


def blank_mail(text: str) -> str:
    """``text`` with spaces in place of what only frames it; every other word keeps its place."""
    if "\n" not in text and FOOTER.search(text) is None:
        return text
    for frame in (FOOTER, HEADER):
        text = frame.sub(lambda found: _spaces(found.group()), text)
    for found in SIGN_OFF.finditer(text):
        signed = text[found.start() :].split("\n")
        end = found.start() + len("\n".join(signed[: SIGNED_LINES + 1]))
        text = text[: found.start()] + _spaces(text[found.start() : end]) + text[end:]
    return text


def _spaces(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)
