"""What a message tells of today beside what shall come: "today a clerk signs; in future it goes straight in".

Readers hear the person of today. What remains without today's part says who takes part in what is wanted; so
does what remains without that in whose place it comes: "instead of a clerk's signature".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.sentences import blanked, sentences

_TODAY = re.compile(
    r"^\W*(?:today|currently|at the moment|at present|right now|as[- ]is|so far|until now|up to now|nowadays|"
    r"these days|previously|formerly|in the past|before(?=,)|heute|aktuell|derzeit|momentan|bisher|früher|"
    r"vorher|aujourd['’]hui|actuellement|jusqu['’]ici|auparavant|avant(?=,)|hoy|actualmente|hasta ahora|"
    r"antes)\b",
    re.IGNORECASE,
)
_LATER = (
    r"(?:in (?:the )?future|from now on|going forward|tomorrow|now|to[- ]be|künftig|zukünftig|in zukunft|"
    r"ab jetzt|jetzt|nun|morgen|demain|à l['’]avenir|dorénavant|désormais|maintenant|en el futuro|"
    r"a partir de ahora|ahora|mañana)\b"
)
_GOES = re.compile(
    r"^\W*(?:this|that|it|these|das|dies\w*|ça|cela|esto|eso)\b[^.!?\n]{0,40}?"
    r"\b(?:dropped|abolished|scrapped|cancel+ed|removed|goes away|go away|disappears?|history|fällt weg|"
    r"entfällt|supprimée?s?|disparaît|desaparece|se elimina)\b",
    re.IGNORECASE,
)
_LINK = "(?:and |but |und |aber |et |mais |y |pero )?"
_BEGINS_LATER = re.compile(rf"^\W*{_LINK}{_LATER}", re.IGNORECASE)
_BEFORE_LATER = re.compile(rf"[,:;]\s+{_LINK}(?={_LATER})", re.IGNORECASE)

# What goes wrong today, and the words with which people go on to what they wish for.
_COMPLAINT = re.compile(
    r"\b(?:manually|by hand|error[- ]prone|human error|with (?:the )?(?:errors|mistakes)|tedious|annoying|"
    r"painful|waste\w*|some(?:body|one) has to|(?:cop(?:y|ies)|pastes?|types?|keys?|enters?) "
    r"(?:it|them|the|each|every|all|everything) (?:\w+ )?(?:over|again|by hand|in|into)|re-?types?|re-?keys?|"
    r"händisch|von hand|à la main|a mano)\b",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"^\W*(?:(?:my|our|the) (?:idea|wish|proposal|suggestion|goal|aim)\b|"
    r"(?:idea|goal|aim|wish|proposal|desired(?: \w+)?|expected(?: \w+)?|solution)\s*[:=]|so,? please\b|"
    r"what (?:i|we)(?: (?:really|actually))? (?:want|need|would like|wish)\b|"
    r"(?:i|we)(?:['’]d| would) (?:rather|prefer|like|love)\b|"
    r"(?:ideally|instead|wunsch|ziel|idee|im idealfall|dans l['’]idéal|idealmente)[,:])",
    re.IGNORECASE,
)
_INSTEAD = (
    r"\b(?:instead of|rather than|in place of|in lieu of|anstatt|anstelle|"
    r"statt(?= (?:der|des|dass|wie|eine[rs])\b)|"
    r"au lieu d(?:e|u|es)\b|au lieu d['’]|plutôt que|en (?:lugar|vez) del?)"
)
_MUST = r"\b(?:should|shall|must|will|soll(?:en)?|muss|müssen|wird|werden|doit|doivent|debe|deben)\b"
_BEGINS_INSTEAD = re.compile(
    rf"^\W*{_INSTEAD}(?:[^,()]*\([^()]*\)|[^,()]*,|.{{1,100}}?(?={_MUST}))", re.IGNORECASE
)
_INSTEAD_WITHIN = re.compile(
    rf"{_INSTEAD}(?:(?!\b(?:and|but|which|und|aber|et|mais|y|pero)\b)[^,;:.!?()\n])*", re.IGNORECASE
)


def without_replaced(text: str) -> str:
    """``text`` with spaces in place of that in whose place something else comes."""
    for start, end in list(sentences(text)):
        found = _BEGINS_INSTEAD.search(text[start:end]) or _INSTEAD_WITHIN.search(text[start:end])
        if found:
            text = blanked(text, start + found.start(), start + found.end())
    return text


def without_gone(text: str) -> str:
    """``text`` with spaces in place of a sentence of which the next one says that it goes away."""
    pieces = list(sentences(text))
    places = [place for place in range(1, len(pieces)) if _GOES.search(text[slice(*pieces[place])])]
    return _without(text, [pieces[gone] for place in places for gone in (place - 1, place)])


def without_today(text: str) -> str:
    """``text`` with spaces in place of what holds today only; as it is where nothing shall follow that."""
    pieces = list(_pieces(text))
    later = [place for place, piece in enumerate(pieces) if _BEGINS_LATER.search(text[slice(*piece)])]
    today = [piece for piece in pieces[: max(later, default=0)] if _TODAY.search(text[slice(*piece)])]
    return _without(text, today)


def without_complaint(text: str) -> str:
    """``text`` with spaces in place of what goes wrong, as far as a wish comes after it."""
    pieces = list(sentences(text))
    wish = next((place for place, piece in enumerate(pieces) if _WISH.search(text[slice(*piece)])), 0)
    return blanked(text, 0, pieces[wish][0]) if wish and _COMPLAINT.search(text, 0, pieces[wish][0]) else text


def _without(text: str, pieces: Sequence[tuple[int, int]]) -> str:
    for start, end in pieces:
        text = blanked(text, start, end)
    return text


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for first, last in sentences(text):
        for between in _BEFORE_LATER.finditer(text, first, last):
            yield first, between.end()
            first = between.end()
        yield first, last
