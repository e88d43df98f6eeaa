"""A kept conversation as a case of a suite: what was said, and as what must come back what came."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant import Answer
from evals.errors import DraftError
from evals.score_turn import marked_citations
from evals.yaml_nodes import Reader, compose


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """One turn of a kept conversation: what the user wrote or chose, and what came back.

    ``message`` is false for a fact that was changed by hand.
    """

    said: str
    answer: Answer
    message: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thought of the last turn: a verdict of the store, and their own words (may be empty)."""

    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A case as YAML, an entry of ``cases``; ``open`` says what its author must still fill in."""

    id: str
    text: str
    open: str


def draft_case(conversation: str, turns: Sequence[SaidTurn], opinion: Opinion | None = None) -> Draft:
    """The case that ``turns`` make, each expecting what came; the last one by the ``opinion`` on it.

    Raises :class:`DraftError` for a turn that no message can repeat.
    """
    for number, turn in enumerate(turns, 1):
        if not turn.message:
            problem = f"turn {number} of {conversation!r} changed a fact by hand, which no message says"
            raise DraftError(problem, f"take the turns before it with --turn {number - 1}")
    case = f"kept-{sha256(conversation.encode()).hexdigest()[:8]}-{len(turns)}"
    why = (
        opinion.note.strip() if opinion else ""
    ) or "drafted from a conversation; say why this must come back"
    left = _left_open(opinion)
    lines = [f"  - id: {case}", f"    why: {_text(why)}", f"    tags: [{'feedback' if opinion else 'kept'}]"]
    lines.append("    turns:")
    for number, turn in enumerate(turns, 1):
        judged = opinion if number == len(turns) else None
        lines.append(f"      - say: {_text(turn.said)}")
        lines += [f"        # {left}"] if judged and left else []
        lines.append(f"        expect: {{{', '.join(_expected(turn.answer, judged))}}}")
    return Draft(case, "\n".join(lines) + "\n", left)


def add_drafts(path: Path, name: str, drafts: Sequence[Draft]) -> str:
    """The text of the suite in ``path`` with the drafts at its end; a new suite called ``name`` without one.

    Raises :class:`DraftError` for a file whose last lines are not its cases.
    """
    if not path.exists():
        return f"suite: {name}\ncases:\n" + "".join(draft.text for draft in drafts)
    before = path.read_text(encoding="utf-8-sig")
    text = before + ("" if before.endswith("\n") else "\n") + "".join(draft.text for draft in drafts)
    if _count(text) != (_count(before) or 0) + len(drafts):
        problem = f"{path}: a case cannot be put at its end"
        raise DraftError(
            problem, "let `cases:` come last, its entries two spaces in, or paste the case yourself"
        )
    return text


def _count(text: str) -> int | None:
    """How many entries `cases` has; ``None`` where it cannot be read."""
    reader = Reader("", text.splitlines())
    root = compose(text, reader)
    if root is None or reader.problems:
        return None
    cases = reader.mapping(root, "a suite", ()).get("cases")
    return len(reader.items(cases, "`cases`")) if cases is not None else None


def _left_open(opinion: Opinion | None) -> str:
    said: Mapping[str, str] = {
        "wrong_decision": "The decision was wrong: say which one must come.",
        "wrong_sources": "The sources were wrong: say with cites which ones must come.",
        "missing": "The guide should answer this: say with says and cites what must come.",
    }
    return said.get(opinion.verdict, "") if opinion else ""


def _expected(answer: Answer, opinion: Opinion | None) -> Iterator[str]:
    """What is expected of a turn, as entries of a mapping: what came, less what somebody called wrong."""
    verdict = opinion.verdict if opinion else "right"
    if verdict == "missing":
        yield "kind: guide"
        return
    if verdict == "wrong_decision":
        return
    yield f"kind: {answer.kind}"
    decision = answer.decision
    if decision is None:
        yield "decision: none"
    else:
        yield f"status: {decision.status}"
        if decision.options:
            yield f"options: [{', '.join(decision.options)}]"
        yield f"asks: {decision.next.fact if decision.next else 'nothing'}"
    if answer.facts:
        facts = (f"{name}: {_text(fact.value)}" for name, fact in answer.facts.items())
        yield f"facts: {{{', '.join(facts)}}}"
    sections = dict.fromkeys(citation.section for citation in marked_citations(answer))
    if answer.kind == "guide" and sections and verdict != "wrong_sources":
        yield f"cites: [[{', '.join(map(_text, sections))}]]"


def _text(text: str) -> str:
    """A text in quotes, as YAML reads it."""
    return json.dumps(text, ensure_ascii=False)
