"""Takes the words of a drawn line apart: what is asked or answered, what follows from it, what is a note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rules.drawn_lines import Words
from rules.read_drawn import DrawnNode

_ARROW = re.compile(r"→|⇒|➜|⟶|-{1,3}>|={1,2}>")
_ARROW_FIRST = re.compile(rf"(?:{_ARROW.pattern})\s*")
_MARK = re.compile(r"\s*\[src\d+(?:\s*,\s*src\d+)*\]", re.I)
_HERE = re.compile(r"\s*(?:←|<-{1,2})\s*[A-Z][A-Z ]+HERE\b")
_BEHIND = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$")
_NOTE = re.compile(
    r"(?:e\.g\.|(?:examples?|notes?|reason|why|rationale|costs?|constraints?|caveat|warning|exception|but|see|next|"
    r"typical|expected|timeline|source)\s*:)",
    re.I,
)
_HEADED = re.compile(r"[A-Z][\w /&-]{0,30}:\s")
_ON = re.compile(
    r"(?:continue|keep going|go on)"
    r"(?:\s+(?:below|evaluation|assessment|on|(?:to|with)(?:\s+the)?\s+next\b.*))*\s*[↓.…]*"
    r"|(?:proceed|go) to (?:the )?next\b.*|↓",
    re.I,
)
_YES_NO = re.compile(r"(yes|no)\b(?!\s*\.\s*\d)\s*[,:;]?\s*(.*)", re.I | re.S)
_OPEN = re.compile(r"(?:what|which|who|whom|whose|where|when|why|how)\b", re.I)
_DASH = re.compile(r"\s+(?:[—–]|--?)\s+|:\s+")
_ADVICE = re.compile(r"recommend(?:ed|ation)?\s*:\s*", re.I)


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the guide, cleaned, and the line on which they begin."""

    text: str
    source: Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A drawn line taken apart.

    ``label`` is what stands before the first arrow, ``results`` what stands behind arrows (one for each
    line), ``notes`` the further lines that explain.
    """

    label: str
    results: tuple[Said, ...]
    notes: tuple[Said, ...]


def read_words(node: DrawnNode, *, last_arrow: bool = False) -> Reading:
    """The words of ``node`` taken apart, at the first arrow or at the last.

    Arrows inside brackets belong to the words: ``Orders (shop → ledger)`` has no result.
    """
    first, *rest = node.parts
    label, result = split_arrow(first.text, last=last_arrow)
    results, notes = [Said(result, first)] if result else [], list[Said]()
    for part in rest:
        arrow = arrow_first(part.text)
        if arrow:
            results.append(Said(part.text[arrow:], part))
        elif is_note(part.text) or _HEADED.match(part.text):
            notes.append(Said(part.text, part))
        elif notes or results:
            last = notes if notes else results
            last[-1] = Said(f"{last[-1].text} {part.text}", last[-1].source)
        else:
            label = f"{label} {part.text}"
    return Reading(label, _cleaned(results), _cleaned(notes))


def _cleaned(said: list[Said]) -> tuple[Said, ...]:
    return tuple(Said(clean(one.text), one.source) for one in said if clean(one.text))


def arrow_first(text: str) -> int:
    """Where the words begin behind an arrow with which ``text`` begins; 0 where it does not."""
    found = _ARROW_FIRST.match(text)
    return found.end() if found else 0


def split_arrow(text: str, *, last: bool = False) -> tuple[str, str]:
    """What stands before and behind an arrow outside brackets; behind it nothing where there is none."""
    found = [arrow for arrow in _ARROW.finditer(text) if outside(text, arrow.start())]
    if not found:
        return text.strip(), ""
    arrow = found[-1] if last else found[0]
    return text[: arrow.start()].strip(), text[arrow.end() :].strip()


def outside(text: str, place: int) -> bool:
    """Whether ``place`` stands outside of all brackets and back-quotes of ``text``."""
    before = text[:place]
    return (
        all(before.count(one) <= before.count(two) for one, two in ("()", "[]", "{}"))
        and before.count("`") % 2 == 0
    )


def clean(text: str) -> str:
    """``text`` on one line, without source marks and pointers such as ``← YOU ARE HERE`` or ``↓``."""
    bare = _HERE.sub("", _MARK.sub("", " ".join(text.split())))
    return _ADVICE.sub("", bare.removesuffix("↓").strip(), count=1) or bare


def asks(text: str) -> bool:
    """Whether ``text`` ends in a question mark, what stands in brackets behind it aside."""
    bare = clean(text)
    while behind := _BEHIND.search(bare):
        bare = bare[: behind.start()]
    return bare.rstrip().endswith("?")


def is_open(question: str) -> bool:
    """Whether a question cannot be answered with yes or no: it begins with ``which``, ``how``, …"""
    return any(_OPEN.match(part.strip()) for part in re.split(r":\s|\s[—–-]{1,2}\s", question))


def offers(question: str) -> bool:
    """Whether a question names alternatives (``new or existing?``)."""
    return bool(re.search(r"\bor\b|\bvs\.?\b|/", clean(question)))


def yes_or_no(label: str) -> tuple[str, str] | None:
    """``yes`` or ``no`` and the words behind it, or ``None`` for another answer."""
    found = _YES_NO.fullmatch(label.strip())
    return (found[1].lower(), found[2].strip(" -—–")) if found else None


def inner_question(text: str) -> tuple[str, str] | None:
    """An answer and the question behind its dash (``NO — Is it urgent?``), or ``None``."""
    for dash in _DASH.finditer(text):
        if outside(text, dash.start()) and asks(text[dash.end() :]):
            return text[: dash.start()].strip(), text[dash.end() :].strip()
    return None


def goes_on(text: str) -> bool:
    """Whether ``text`` only says to read on."""
    return _ON.fullmatch(clean(text)) is not None


def is_note(text: str) -> bool:
    """Whether ``text`` explains instead of advising: an example, a reason, a cost."""
    return _NOTE.match(text) is not None
