"""The forms of a yes, a no and a "who knows" that begin the answer to an open question.

People lead in to them ("hm, well, no"), hedge them ("I don't think so") and mend them ("oops, I meant yes").
Some words answer whatever follows ("yes we do"). Others answer only where they end or a pronoun goes on,
since they also belong to what follows: "no" in "no approvals", "definitely" in "definitely on-prem".
"""

from __future__ import annotations

import re
from typing import Literal

AnswerValue = Literal["yes", "no", "unknown"]

LEAD_IN = (
    r"^[\s¿¡]*(?:(?:ok(?:ay)?|fine|right|great|good|nice|perfect|thanks|i see|understood|so|and|but|"
    r"hm+|well|now|then|please|sorry|ah|oh|alright|gut|also|und|"
    r"aber|bitte|bon|alors|et|mais|bueno|vale|y|pero|mejor|entonces)[\s,.:!¿-]+)*"
)


def _any(*forms: str) -> str:
    return f"(?:{'|'.join(forms)})"


_NOT = r"(?: not|n['’]?t)"
_END = r"(?=\s*(?:[.,;:!–—)]|-\s|$))"
_GOES_ON = (
    r"(?=\s+(?:i|we|it|they|you|he|she|there|that|this|these|those|everything|all|a|an|the|our|my|but|just|"
    r"only|because|since|as|not|never|nobody|none|nothing|no|yes|thanks|thank|please|sorry|way|chance|need|"
    r"fully|completely|purely|entirely|totally|always|it['’]s|that['’]s|there['’]s|we['’]re|they['’]re)\b)"
)
_LEAD = (
    _any(
        _any(
            r"hm+|u+h*m+|er+|ähm?|oh|ah|so|ok(?:ay)?|well|tbh|to be honest|honestly|frankly|let['’]?s say",
            r"i(?:['’]?d| would)? (?:say|guess)|currently|at the moment|right now|as of now|for now",
            r"naja|also|bon|bueno",
        )
        + r"[\s,.:…–-]+"
    )
    + "*"
)
_SPEAKER = r"(?:(?:i|we)(?:['’]?d| would)? )"
_BELIEVE = r"(?:think|guess|suppose|believe|assume|hope|say)"
_SOMETIMES = _any(
    r"sometimes|now and then|from time to time|once in a while|occasionally|at times|rarely|seldom",
    r"hardly ever",
    r"partly|partially|somewhat|(?:kind|sort) of|kinda|more or less|often|mostly|usually|normally",
    r"(?:but )?(?:only |just )?(?:in|for|on|with) (?:exceptions?|emergenc\w+|special cases?)",
    r"(?:but )?(?:only |just )?(?:in|for|on|with) (?:some|an?|a few|few|many|most|certain|rare|special|"
    r"exceptional|very few|\d+ ?(?:%|percent) of(?: the)?) (?:cases?|ones|of them|times)",
    r"(?:but )?(?:only |just )?(?:if|when) (?:something|it|things|anything) (?:fails?|goes? wrong|breaks?)",
    r"manchmal|gelegentlich|ab und zu|meistens|parfois|de temps en temps|a veces|de vez en cuando",
)
_LEANING_YES = _any(
    rf"{_SPEAKER}{_BELIEVE} (?:so|yes|they do|it does)",
    r"i (?:guess|suppose)|probably(?: yes)?|(?:most |very )?likely|presumably",
    r"(?:it )?(?:looks|seems) (?:like it|so)|actually yes",
    r"(?:ich )?(?:glaube|denke) (?:schon|ja)|wahrscheinlich|vermutlich",
    r"je (?:pense|crois)(?: que oui)?|probablement|creo que s[ií]|probablemente",
)
_LEANING_NO = _any(
    rf"{_SPEAKER}?(?:do|would){_NOT} {_BELIEVE} (?:so|(?:we|they|it|that) (?:do|does|is|are))",
    rf"{_SPEAKER}{_BELIEVE} (?:not|no)|{_SPEAKER}?doubt (?:it|that)",
    r"(?:absolutely|of course|certainly|definitely|surely|sure|probably|(?:most |very )?likely|presumably|"
    r"hopefully|clearly|obviously|rather|preferably) not",
    r"not (?:at all|really|necessarily|yet|for now|right now|currently|at the moment|any ?more|needed|"
    r"required|necessary|(?:that|as far as) (?:i|we) know(?: of)?)",
    r"no longer|under no circumstances|no way|actually no|we(?: do|d)" + _NOT,
    r"(?:auf )?keinen ?fall|(?:eher|wahrscheinlich|vermutlich|natürlich|sicher|bestimmt|noch) nicht",
    r"(?:ich )?(?:glaube|denke) (?:nicht|nein)|bien s[ûu]r que non|probablement pas|pas encore",
    r"je (?:ne )?(?:pense|crois) pas|creo que no|probablemente no|(?:claro|por supuesto) que no|todavía no",
)
_OPEN = _any(
    r"(?:do not|don['’]?t) (?:really )?know(?: (?:yet|that))?|dunno|idk|no idea|no clue|tbd|undecided|unsure",
    r"not (?:yet |really |quite )?(?:sure|clear|decided|known)(?: yet)?|unclear(?: yet)?",
    r"(?:can|could)(?:'?t|n'?t|not| not) (?:really )?(?:say|tell)|hard to (?:say|tell)",
    rf"(?:it )?(?:does|do){_NOT} (?:really )?(?:matter|care)|no preference|whatever|egal",
    r"(?:(?:i|we|you)(?:['’]?d| would|['’]?ll)? (?:have|need) to|let me) ask"
    r"(?: (?:our|my|the|your)(?: \w+){1,2})?|have no idea",
    r"(?:that['’]?s |that is )?a question for(?: \w+){1,3}",
    r"(?:it |that )?(?:depends|varies)",
    r"(?:maybe|perhaps|possibly|might be|could be|vielleicht|peut-[êe]tre|qui[zs]{1,2}[áa]s?|tal vez)" + _END,
    r"wei(?:ss|ß) (?:ich )?nicht|keine ahnung|noch (?:unklar|offen)|je (?:ne )?sais pas|aucune id[ée]e",
    r"pas s[ûu]re?|no lo s[eé]|no se|no s[eé]|ni idea|no estoy segur[oa]",
)
_OF_COURSE = (
    r"(?:sure|of course|certainly|definitely|absolutely|correct|right|exactly|indeed|true|affirmative|genau|"
    r"stimmt|klar|exact(?:ement)?|claro|correcto)"
)
_YES = _any(
    r"yes|yep|yeah|yup|ya|ja(?:wohl)?|oui|s[ií]|y",
    rf"{_OF_COURSE}(?:{_END}|(?! (?:not|no)\b){_GOES_ON})",
    rf"(?:they do|we do|it does|it must|it has to|{_SOMETIMES}|{_LEANING_YES}){_END}",
)
_NO = _any(
    rf"nope|nah|nein|nee|nö|non|pas du tout|para nada|n|not at all|no(?:{_END}|{_GOES_ON})",
    rf"(?:never|none|zero|negative|(?:they|we) do{_NOT}|it does{_NOT}|it need not|{_LEANING_NO}){_END}",
)


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


FORMS: tuple[tuple[AnswerValue, re.Pattern[str]], ...] = (
    ("unknown", _form(rf"^{_LEAD}(?:(?:i|we|really|sorry|said|,|\s)*){_OPEN}(?![\w'])")),
    ("no", _form(rf"^{_LEAD}{_NO}(?![\w'])")),
    ("yes", _form(rf"^{_LEAD}{_YES}(?![\w'])")),
)
# What follows a yes or no that is no answer: "no, you misunderstood", "yes I know, but what is that?",
# "yes, do that", "no, keep the clerk".
MISUNDERSTOOD = _form(
    r"^[\s,.;:!-]*(?:you misunderst|that'?s (?:wrong|not)|wrong\b|not what|"
    r"(?:i|we) (?:know|see|thought|had thought|understand|said)\b|"
    r"but (?:what|why|how|which|who|where|when)\b|"
    r"(?:please |let['’]?s )?(?:(?:do|take|go with|make) (?:that|it)\b|"
    r"(?:leave|keep) (?:(?:it|that|this|things|everything) (?:as|like|the way)|the)\b))"
)
# "No need" denies what most questions ask for, and affirms one that asks what people can do without.
NEEDLESS = _form(
    r"\bno need\b|(?:\bnot|n['’]?t)\s+(?:needed|necessary|required|need|have to)\b|"
    r"\b(?:nobody|no one)\s+(?:needs|has)\b"
)
DISPENSABLE = _form(rf"{NEEDLESS.pattern}|\b(?:without|ohne|sans|sin)\b")
MENDING = _form(r"\b(?:oops|sorry|wait|mistake|typo|correction|wrong|mean|meant|change|make that)\b")
MENDED = _form(
    r"^(?:(?:no|yes|yeah|yep|nope|oops|sorry|wait|oh|ah|hm+|my|mistake|typo|correction|wrong|i|we|was|am|it['’]?s|"
    r"it is|actually|mean|meant|that|should|have|be|been|change|last|answer|to|the|make)\b[\s,.:;!–-]*)*?"
    r"\b(?P<last>yes|yeah|yep|no|nope|ja|nein|oui|non|sí)[\s.!]*$"
)


def answer_begun(said: str) -> tuple[AnswerValue, int] | None:
    """The answer that ``said`` begins with and where its words end, ``None`` where it begins with none."""
    for value, form in FORMS:
        found = form.search(said)
        if found and not MISUNDERSTOOD.search(said[found.end() :]):
            return value, found.end()
    return None


def answer_mended(said: str) -> AnswerValue | None:
    """The yes or no that ``said`` puts in the place of another: "no sorry, I meant yes"."""
    found = MENDED.search(said) if MENDING.search(said) else None
    if found is None:
        return None
    begun = answer_begun(found["last"])
    return begun[0] if begun else None
