"""A message in words that readers know: "someone in Finance" for "Finance", "the boss" for "my boss".

Readers have learned who takes part from clerks and managers. A department that acts they hear less surely,
and "my" and "our", which the messages say of systems, hide the people who follow; so does "I", who mostly
asks. "I forgot:" and "which happens to stand here" tell nothing.
"""

from __future__ import annotations

import re

# As nobody writes "it" for the department.
_NAMES = (
    r"(?:sales|finance|purchasing|procurement|accounting|controlling|treasury|legal|compliance|marketing|hr|"
    r"(?-i:IT)|payroll|logistics|dispatch|production|engineering|quality|qa|support|security|audit|"
    r"customer (?:service|care|support)|underwriting|operations|admissions|housekeeping|"
    r"accounts (?:payable|receivable))"
)
_DEPARTMENT = rf"(?:(?:my|our|the)\s+)?(?P<who>{_NAMES})(?:\s+(?:team|department|dept|people|staff|guys))?"
_ACTS = (
    r"(?:approv|releas|decid|complet|correct|confirm|check|review|sign|verif|look|accept|reject|enter|fill|edit|"
    r"pick|assign|classif|judg|assess|validat|inspect|countersign|double-check|authori[sz])(?:e?s|ies|y|e)?"
)
_MUST = r"(?:ha(?:s|ve|d)|needs?|wants?)\s+to|must|should|shall|will|would|may|might|can"
_ACTING = re.compile(
    rf"(?<!\bin )(?<!\bfrom )(?<!\bof )(?<!\bfor )(?<!\band )\b{_DEPARTMENT}"
    rf"(?=\s+(?:(?:then|first|always|also|only|still)\s+)?(?:(?:{_MUST})\s+)?{_ACTS}\b)",
    re.IGNORECASE,
)
# Whom something goes to takes part where something is wanted of them: a copy for finance asks nobody.
_ASKED = re.compile(
    rf"(?<=\bto ){_DEPARTMENT}(?=\s+(?:for (?:(?:an?|the|their|final) )?(?:approval|releas|review|sign|check|"
    rf"decision|look|confirm|correct|verif)|to {_ACTS}\b|who\b))",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    rf"(?<=ed by ){_DEPARTMENT}(?=\s*(?:[.,;:!?)]|$|(?:first|and|before)\b))", re.IGNORECASE
)
_ROLE = (
    r"(?:boss|manag\w+|heads?|chiefs?|leads?|leaders?|directors?|c[efit]o|owners?|accountants?|clerks?|"
    r"controllers?|planners?|secretar\w+|assistants?|interns?|nurses?|doctors?|teachers?|engineers?|agents?|"
    r"operators?|supervisors?|experts?|lawyers?|colleagues?|employees|staff|teams?|people|departments?|"
    r"(?:back|front) office|desk|board|committee|partner|wife|husband|customers?|members?|students?|"
    r"volunteers?|drivers?|buyers?)"
)
_OURS = re.compile(rf"\b(?:my|our)\b(?!\s+own\b)(?=\s+(?:[\w-]+\s+){{0,2}}?{_ROLE}\b)", re.IGNORECASE)
# "I" has a part in what it does; "we" may be a machine of ours ("we confirm orders by mail"), and whoever has
# to check or to decide something may do so for the adviser's sake.
_I_ACT = re.compile(
    r"\b(?:I\b(?=\s+(?:(?:then|first|always|also|only|still)\s+)?"
    r"(?:check|review|decide|verify|correct|accept|reject|inspect|judge|assess)\b)|"
    r"(?:I|we)\b(?=\s+(?:(?:then|first|always|also|only|still)\s+)?(?:(?:have|need)\s+to\s+|must\s+)?"
    r"(?:approve|release|countersign|sign off|press|click)\b))"
    r"(?!\s+\w+\s+(?:if|whether|with|which|what|for|between|that|up|in|out)\b)",
    re.IGNORECASE,
)
# Where something happens to stand is not where anything must run.
_STANDS = re.compile(
    r",? (?:and|which|that|who) (?:just )?happens? to (?:stand|sit|run|be|live)\b[^,.;:!?\n]{0,40}",
    re.IGNORECASE,
)
_FORGOT = re.compile(
    r"^\W*(?:(?:oh|ah|and|also|sorry|btw)\W+)*(?:i|we) (?:nearly )?(?:forgot|should (?:add|mention|say))"
    r"(?: to (?:say|mention|add|tell you))?(?: that)?\s?[:,–-]?\s",
    re.IGNORECASE,
)


def plain_words(text: str) -> str:
    """``text`` in the words that readers hear; its places are not those of ``text``."""
    text = _STANDS.sub("", _FORGOT.sub("", text))
    for people in (_ACTING, _ASKED, _DONE_BY):
        text = people.sub(r"someone in \g<who>", text)
    return _I_ACT.sub("the clerks", _OURS.sub("the", text))
