"""Whether a message asks which option to take."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.recognise import option_names

WHICH_OPTION = re.compile(
    r"\b(?:what|which|wat)\b.{0,40}\b(?:module|product|tool|offering|solution|component|one|should (?:we|i)|"
    r"do (?:we|i) (?:need|take|use))\b|\b(?:possible|right|correct|confirm|ok)\s*\?*$",
    re.IGNORECASE,
)
# Which option to take, and nothing else about it: "… which of the two do we need?", "… which one?"
CHOICE = re.compile(
    r"\bwhich(?: (?:one|two)| (?:\w+ )?(?:module|product|tool)s?| of (?:(?:the|your) )?"
    r"(?:two|both|them|these|those|(?:\w+ )?(?:modules|products|tools)))?"
    r"(?: (?:do|should|shall|would|must) (?:i|we)(?: [a-z]+){1,3}| (?:fits|suits|then)(?: [a-z]+){0,2}|"
    r" is (?:it|right)| for (?:us|me|that|this))?\W*$|"
    r"\b(?:welche[srn]? (?:von beiden|(?:der|von den) beiden|produkt|modul|werkzeug)"
    r"(?: (?:brauche|nehme) ich| (?:brauchen|nehmen) wir)?|lequel(?: des deux)?(?: nous faut-il| choisir)?|"
    r"cu[aá]l de l[oa]s dos(?: necesitamos| tomamos)?)\W*$",
    re.IGNORECASE,
)

# Whether any option helps, after what is wrong was told: "quotes take far too long. can Boomi help?"
HELPS = re.compile(
    r"\b(?:(?:can|could|would|will) (?:\w+ ){1,3}help(?: (?:us|me|here|there|out|with (?:that|this|it)))*|"
    r"what can (?:\w+ ){1,2}do (?:for (?:us|me)|about (?:that|this|it))|"
    r"is (?:\w+ ){1,2}(?:something|anything|suitable|the right (?:thing|tool|product|choice)) "
    r"for (?:us|me|this|that)|"
    r"(?:kann|können) (?:\w+ ){1,2}(?:\w+ )?helfen|(?:peut|peuvent|pouvez)(?:[- ]\w+){0,2} aider|"
    r"puede(?: \w+){0,2} ayudar(?:nos|me)?)\s*\?\W*$",
    re.IGNORECASE,
)

_OR = "(?:or|oder|ou|o)"


def asks_which(text: str, options: Mapping[str, str]) -> bool:
    """Whether ``text`` asks which option to take, in general words or with "or" beside the name of one."""
    if WHICH_OPTION.search(text):
        return True
    names = _any_name(options)
    return (
        bool(names)
        and re.search(rf"\b(?:(?:{names}) {_OR}|{_OR} (?:{names}))\b", text, re.IGNORECASE) is not None
    )


def asks_choice(text: str, options: Mapping[str, str]) -> bool:
    """Whether ``text`` ends by asking which option to take, or if one helps, and nothing else of them."""
    if CHOICE.search(text) or HELPS.search(text):
        return True
    names = _any_name(options)
    return bool(names) and re.search(rf"\b(?:{names}) {_OR} (?:{names})\W*$", text, re.IGNORECASE) is not None


def _any_name(options: Mapping[str, str]) -> str:
    return "|".join(re.escape(name) for names in option_names(options).values() for name in sorted(names))
