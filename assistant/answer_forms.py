"""The forms of a yes, a no and a "who knows" that begin the answer to an open question.

Some words answer whatever follows them ("yes we do"). Others answer only where they end or a pronoun goes on,
since they also belong to what follows: "no" in "no approvals", "definitely" in "definitely on-prem".
"""

from __future__ import annotations

import re
from typing import Literal

AnswerValue = Literal["yes", "no", "unknown"]


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_END = r"(?=\s*(?:[.,;:!–—)]|-\s|$))"
_GOES_ON = (
    r"(?=\s+(?:i|we|it|they|you|he|she|there|that|this|these|those|everything|all|a|an|the|our|my|but|just|"
    r"only|because|since|as|not|never|nobody|none|nothing|no|yes|thanks|thank|please|sorry|way|chance|need|"
    r"fully|completely|purely|entirely|totally|always|it['’]s|that['’]s|there['’]s|we['’]re|they['’]re)\b)"
)
_SPEAKER = r"(?:i|we)(?:['’]d| would)?"
_FEW = (
    r"(?:some|a few|few|many|most|certain|rare|special|exceptional|very few|\d+ ?(?:%|percent) of(?: the)?)"
)
_SOMETIMES = (
    r"sometimes|now and then|from time to time|once in a while|occasionally|at times|rarely|seldom|"
    r"hardly ever|often|mostly|usually|normally|(?:but )?(?:only |just )?"
    rf"(?:(?:in|for|on|with) (?:{_FEW} (?:cases?|ones|of them|times)|exceptions?|emergenc\w+|special cases?)|"
    r"(?:if|when) (?:something|it|things|anything) (?:fails?|goes? wrong|breaks?))|"
    r"manchmal|gelegentlich|ab und zu|meistens|parfois|de temps en temps|a veces|de vez en cuando"
)
_LEANING_YES = (
    rf"{_SPEAKER} (?:think|guess|suppose|believe|assume|hope|say) (?:so|yes|they do|it does)|"
    r"i (?:guess|suppose)|probably(?: yes)?|(?:most |very )?likely|presumably|"
    r"(?:it )?(?:looks|seems) (?:like it|so)|(?:ich )?(?:glaube|denke) (?:schon|ja)|wahrscheinlich|"
    r"vermutlich|je (?:pense|crois)(?: que oui)?|probablement|creo que s[ií]|probablemente"
)
_LEANING_NO = (
    rf"{_SPEAKER} (?:do not|don['’]?t|would not|wouldn['’]?t) (?:think|believe|guess|suppose|say) so|"
    rf"{_SPEAKER} (?:think|guess|suppose|believe|assume|hope) (?:not|no)|{_SPEAKER} doubt (?:it|that)|"
    r"(?:absolutely|of course|certainly|definitely|surely|sure|probably|(?:most |very )?likely|presumably|"
    r"hopefully|clearly|obviously|rather|preferably|why) not|"
    r"not (?:at all|really|necessarily|yet|for now|right now|currently|any ?more|needed|required|"
    r"(?:that|as far as) (?:i|we) know(?: of)?)|for now(?:,)? no|no longer|under no circumstances|no way|"
    r"(?:auf )?keinen ?fall|(?:eher|wahrscheinlich|vermutlich|natürlich|sicher|bestimmt) nicht|"
    r"(?:ich )?(?:glaube|denke) (?:nicht|nein)|noch nicht|bien s[ûu]r que non|probablement pas|"
    r"je (?:ne )?(?:pense|crois) pas|pas encore|creo que no|probablemente no|claro que no|"
    r"por supuesto que no|todavía no"
)
UNKNOWN = _form(
    r"^(?:(?:i|we|honestly|really|frankly|sorry|hm+|well|said|,|\s)*)(?:(?:do not|don'?t|"
    r"dont) (?:really )?know(?: (?:yet|that))?|dunno|"
    r"no idea|no clue|not (?:yet |really |quite )?(?:sure|clear|decided|known)(?: yet)?|unsure|"
    r"unclear(?: yet)?|(?:can|could)(?:'?t|n'?t|not| not) "
    r"(?:really )?(?:say|tell)|"
    r"hard to (?:say|tell)|undecided|tbd|idk|no se|no s[eé]|wei(?:ss|ß) (?:ich )?nicht|"
    r"keine ahnung|noch (?:unklar|offen)|je (?:ne )?sais pas|aucune id[ée]e|pas s[ûu]re?|no lo s[eé]|"
    r"ni idea|no estoy segur[oa]|(?:i|we)(?:'d| would)? have to ask|(?:it |that )?(?:depends|varies)|"
    r"(?:maybe|perhaps|possibly|might be|could be|vielleicht|peut-[êe]tre|qui[zs]{1,2}[áa]s?|tal vez)"
    rf"{_END})"
    r"(?![\w'])"
)
YES = _form(
    r"^(?:yes|yep|yeah|yup|ya|ja(?:wohl)?|oui|s[ií]|y|"
    r"(?:sure|of course|certainly|definitely|absolutely|correct|right|exactly|indeed|true|affirmative|"
    rf"genau|stimmt|klar|exact(?:ement)?|claro|correcto)(?:{_END}|(?! (?:not|no)\b){_GOES_ON})|"
    rf"(?:they do|we do|it does|it must|it has to|{_SOMETIMES}|{_LEANING_YES}){_END})(?![\w'])"
)
NO = _form(
    rf"^(?:nope|nah|nein|nee|nö|non|pas du tout|para nada|n|not at all|no(?:{_END}|{_GOES_ON})|"
    r"(?:never|none|zero|negative|(?:they|we) don['’]?t|it doesn['’]?t|it need not|"
    rf"{_LEANING_NO}){_END})(?![\w'])"
)
CUE_FOR_REREAD = _form(r"^[\s,.;:!-]*(?:you misunderst|that'?s (?:wrong|not)|wrong\b|not what)")


def answer_begun(said: str) -> tuple[AnswerValue, int] | None:
    """The answer that ``said`` begins with and where its words end, ``None`` where it begins with none."""
    forms: tuple[tuple[AnswerValue, re.Pattern[str]], ...] = (("unknown", UNKNOWN), ("no", NO), ("yes", YES))
    for value, form in forms:
        found = form.search(said)
        if found and not CUE_FOR_REREAD.search(said[found.end() :]):
            return value, found.end()
    return None
