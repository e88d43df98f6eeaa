"""Lasting ids: the same rules and facts always give the same one.

An id is twelve hexadecimal digits of the SHA-256 of this text: the rules file's hash, the day if one is
named, and the facts sorted by name, as JSON without blanks. The text is put together from pieces that were
made JSON once, since it is made for every case.
"""

from __future__ import annotations

import hashlib
import json

from rules.engine import ANSWERED, UNSAID, Engine, Situation
from rules.model import FactSpec


def json_by_digit(fact: FactSpec, words: tuple[str, ...]) -> tuple[str, ...]:
    """A fact with each of its words as JSON, for the operator ``%``; a number is left open as ``%s``."""
    name, *values = (json.dumps(text, ensure_ascii=False).replace("%", "%%") for text in (fact.name, *words))
    if fact.numeric:
        values[ANSWERED:] = ['"%s"'] * len(values[ANSWERED:])
    return tuple(f"{name}:{value}" for value in values)


def id_text(engine: Engine, situation: Situation) -> str:
    """The text of all facts known, with ``%s`` for each number in the order of the facts' names."""
    rules = engine.rules
    facts = ",".join([one.json[digit] for one in engine.by_name if (digit := situation[one.place]) != UNSAID])
    day = f'"day":"{rules.day.isoformat()}",' if rules.day else ""
    return f'{{{day}"facts":{{{facts}}},"rules":"{rules.sha256}"}}'


def decision_id(text: str, numbers: tuple[str, ...]) -> str:
    """The id that ``text`` gives with ``numbers`` put in."""
    return hashlib.sha256((text % numbers).encode("utf-8", "surrogatepass")).hexdigest()[:12]
