"""Cases of a file of questions, one JSON object a line, each with what its answer must hold."""

from __future__ import annotations

import json
from collections.abc import Mapping

from evals.imported import MOST_WORDS, Imported, ImportedCase, ImportProblem, Wanted, short_name, together

MESSAGE_KEYS = ("question", "query", "message", "input", "prompt", "text", "say")
ALL_KEYS = ("answer_facts", "facts", "must_contain", "must_say", "expected_facts", "keywords")
ANY_KEYS = ("expected", "answer", "answers", "expected_answer", "ideal", "reference", "ground_truth")
AVOIDED_KEYS = ("must_not_contain", "avoids", "must_not_say", "forbidden")
SECTION_KEYS = ("cites", "sections", "citations")
ANSWERABLE_KEYS = {"answerable": True, "unanswerable": False, "is_impossible": False, "silent": False}
REASON_KEYS = ("why", "reason", "description", "note")
OTHER_KEYS = ("id", "_id", "tags", "category")
KNOWN = {
    *(*MESSAGE_KEYS, *REASON_KEYS, *OTHER_KEYS),
    *(*ALL_KEYS, *ANY_KEYS, *AVOIDED_KEYS, *SECTION_KEYS, *ANSWERABLE_KEYS),
}
Told = Mapping[str, object]


def import_questions(text: str, file: str) -> Imported:
    """The cases of a file of JSON lines."""
    problems: list[ImportProblem] = []
    cases: list[ImportedCase] = []
    taken: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        found, lost = _line(line, file, number, taken)
        cases += (found,) if found is not None else ()
        problems += (ImportProblem(file, number, message, remedy) for message, remedy in lost)
    return Imported(tuple(cases), tuple(problems))


def _line(
    line: str, file: str, number: int, taken: set[str]
) -> tuple[ImportedCase | None, list[tuple[str, str]]]:
    """The case of one line, if it is one, and what of it is lost."""
    try:
        told = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        return None, [(f"this is not JSON ({error})", "write one object a line")]
    if not isinstance(told, dict):
        return None, [("this is no JSON object", 'write {"question": …, "answer_facts": […]}')]
    say = next((text for key in MESSAGE_KEYS if (text := _text(told.get(key)))), "")
    if not say:
        return None, [("there is no question", f"give it as one of {', '.join(MESSAGE_KEYS)}")]
    lost = [(f"`{key}` has no counterpart in a suite", "it is left out") for key in told if key not in KNOWN]
    wanted = _wanted(told, lost)
    if wanted.nothing:
        return None, [*lost, ("nothing is expected", "give `answer_facts`, or `answerable: false`")]
    named = next((text for key in ("id", "_id") if (text := _text(told.get(key)))), say)
    why = next((text for key in REASON_KEYS if (text := _text(told.get(key)))), "")
    why = why or f"what {file} expects, line {number}"
    tags = (*_texts(told.get("tags")), *_texts(told.get("category")))
    return ImportedCase(short_name(named, taken), say, wanted, why, tags or ("imported",), number), lost


def _wanted(told: Told, lost: list[tuple[str, str]]) -> Wanted:
    parts = [Wanted(says=_groups(told.get(key))) for key in ALL_KEYS]
    for key in ANY_KEYS:
        texts = _texts(told.get(key))
        short = tuple(text for text in texts if len(text.split()) <= MOST_WORDS)
        if len(short) < len(texts):
            problem = f"`{key}` holds a whole answer, which is never said word for word"
            lost.append((problem, "list what it must hold under `answer_facts`"))
        parts.append(Wanted(says=(short,) if short else ()))
    parts += [Wanted(avoids=_texts(told.get(key))) for key in AVOIDED_KEYS]
    parts += [Wanted(cites=_texts(told.get(key))) for key in SECTION_KEYS]
    for key, answerable in ANSWERABLE_KEYS.items():
        if isinstance(said := told.get(key), bool):
            parts.append(Wanted(silent=said is not answerable))
    whole = together(parts)
    # What the guide does not say has no words to hold it to.
    return Wanted(avoids=whole.avoids, silent=True) if whole.silent else whole


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _groups(value: object) -> tuple[tuple[str, ...], ...]:
    """Each entry must be said; of one that is itself a list any will do."""
    items = value if isinstance(value, list) else [value]
    return tuple(group for item in items if (group := _texts(item)))


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(text for item in items if (text := _text(item)))
