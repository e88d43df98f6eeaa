"""One reply held against what was expected of it, each difference in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant import Answer, CitedWords, DecisionShown
from evals.ask_rules import Difference, rule_differences
from evals.plain import holds
from evals.run import Reply
from evals.suite import ANY, NONE, NOTHING, Alternatives, Expectation

MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class Failure:
    """``what`` was judged at ``turn`` (from 1), what was ``expected`` there and what ``came``, in words."""

    turn: int
    what: str
    expected: str
    came: str

    def __str__(self) -> str:
        return f"turn {self.turn}: {self.what}: expected {self.expected}; came {self.came}"


def score_turn(
    number: int, expected: Expectation, reply: Reply, before: Answer | None, complete: Sequence[str]
) -> tuple[Failure, ...]:
    """Everything in which ``reply`` is not what was ``expected`` of turn ``number``.

    ``before`` is the answer of the turn before, ``None`` at the first; ``complete`` are the facts that the
    suite lists whenever they must stand.
    """
    return tuple(Failure(number, *told) for told in _differences(expected, reply, before, complete))


def _differences(
    expected: Expectation, reply: Reply, before: Answer | None, complete: Sequence[str]
) -> Iterator[Difference]:
    answer = reply.answer
    if reply.ruled is not None:
        yield from rule_differences(expected, reply.ruled)
        return
    if answer is None:
        if not expected.refused:
            yield "message", "an answer", f"a refusal: {reply.refused}"
        return
    if expected.refused:
        yield "message", "a refusal", f"an answer of kind {answer.kind}"
        return
    yield from _kind(expected, answer)
    yield from _decision(expected, answer.decision)
    yield from _around_decision(expected, answer.decision)
    yield from _facts(expected, answer, complete)
    yield from _words(expected, answer)
    if expected.unchanged:
        yield from _unchanged(answer, before)


def _kind(expected: Expectation, answer: Answer) -> Iterator[Difference]:
    if expected.kinds and answer.kind not in expected.kinds:
        yield "kind", " or ".join(expected.kinds), answer.kind
    silent = answer.kind == "not_in_guide"
    if expected.silent is not None and expected.silent != silent:
        if not silent:
            yield "silence", "that the guide doesn't say", f"an answer of kind {answer.kind}"
        else:
            yield "silence", "an answer from the guide", "that the guide doesn't say"


def _decision(expected: Expectation, came: DecisionShown | None) -> Iterator[Difference]:
    if expected.decision is False and came is not None:
        yield "decision", "none, since no need is described", outcome_words(came)
    if expected.decision is True and came is None:
        yield "decision", "one", "none"
    statuses = expected.statuses or (
        ("decided", "decided_by_exception") if expected.options is not None else ()
    )
    if not statuses:
        return
    options = expected.options
    right = came is not None and came.status in statuses and (options is None or came.options == options)
    if not right:
        wanted = " or ".join(statuses)
        named = f"{wanted}: {' + '.join(options)}" if options else wanted
        yield "decision", named, outcome_words(came)


def outcome_words(came: DecisionShown | None) -> str:
    """A decision in words: its status and options, and the nodes of the rules that it passed."""
    if came is None:
        return "no decision"
    named = f"{came.status}: {' + '.join(came.options)}" if came.options else came.status
    path = ", ".join(
        f"{step.node} ({step.fact}: {step.answer}{', assumed' if step.assumed else ''})"
        for step in came.trace
        if step.fact
    )
    return f"{named}, by {path}" if path else named


def _around_decision(expected: Expectation, came: DecisionShown | None) -> Iterator[Difference]:
    if expected.asks:
        asked = came.next.fact if came is not None and came.next is not None else NOTHING
        if asked != expected.asks:
            yield "next question", expected.asks, asked
    raised = {limit.name: limit.state for limit in came.limits} if came is not None else {}
    yield from _by_name("limit", expected.limits, raised)
    found = [conflict.name for conflict in came.conflicts] if came is not None else []
    for name in expected.conflicts:
        if name not in found:
            yield "conflict", name, ", ".join(found) or NONE
    yield from _by_name("assumption", expected.assumed, came.assumed if came is not None else {})
    if expected.hypothetical is not None:
        supposed = came is not None and came.hypothetical
        if supposed != expected.hypothetical:
            words = {True: "a supposition", False: "the standing case"}
            yield "decision about", words[expected.hypothetical], words[supposed]


def _by_name(what: str, expected: Mapping[str, str], came: Mapping[str, str]) -> Iterator[Difference]:
    for name, wanted in expected.items():
        if wanted != ANY and came.get(name, NONE) != wanted:
            yield f"{what} {name}", wanted, came.get(name, NONE)


def _facts(expected: Expectation, answer: Answer, complete: Sequence[str]) -> Iterator[Difference]:
    for name, wanted in expected_facts(expected, complete).items():
        stands = answer.facts.get(name)
        if same_value(wanted, stands.value if stands else NONE):
            continue
        came = NONE
        if stands is not None:
            came = f"{stands.value}, read by {stands.by} from “{stands.quote}” in turn {stands.turn}"
        yield f"fact {name}", wanted, came


def expected_facts(expected: Expectation, complete: Sequence[str]) -> dict[str, str]:
    """The facts that are judged at a turn, with the value that each must have (:data:`NONE`: none)."""
    if not expected.facts:
        return {}
    told = dict.fromkeys(complete, NONE) | dict(expected.facts)
    return {name: value for name, value in told.items() if value != ANY}


def same_value(wanted: str, came: str) -> bool:
    """Whether two values of a fact are the same; numbers are compared as numbers."""
    if wanted == came:
        return True
    try:
        return float(wanted) == float(came)
    except ValueError:
        return False


def _words(expected: Expectation, answer: Answer) -> Iterator[Difference]:
    cited = marked_citations(answer)
    sections = list(dict.fromkeys(citation.section for citation in cited))
    for group in expected.cites:
        if not any(section in sections for section in group):
            yield "citation", " or ".join(group), ", ".join(sections) or NONE
    for group in missing(expected.says, answer.text):
        yield "text", " or ".join(f"“{words}”" for words in group), f"“{_short(answer.text)}”"
    quotes = " ".join(citation.quote for citation in cited)
    for group in missing(expected.quotes, quotes):
        yield "quote", " or ".join(f"“{words}”" for words in group), f"“{_short(quotes)}”"
    for words in expected.avoids:
        if holds(answer.text, words):
            yield "text", f"nothing of “{words}”", f"“{_short(answer.text)}”"


def marked_citations(answer: Answer) -> tuple[CitedWords, ...]:
    """The citations that the text names; the others belong to a decision carried beside it."""
    marked = {int(number) for number in MARKER.findall(answer.text)}
    return tuple(citation for citation in answer.citations if citation.n in marked)


def missing(groups: Alternatives, text: str) -> Iterator[tuple[str, ...]]:
    """The groups of which ``text`` holds none."""
    return (group for group in groups if not any(holds(text, words) for words in group))


def _unchanged(answer: Answer, before: Answer | None) -> Iterator[Difference]:
    stood = {name: fact.value for name, fact in before.facts.items()} if before is not None else {}
    stands = {name: fact.value for name, fact in answer.facts.items()}
    for name in sorted(stood.keys() | stands.keys()):
        if stood.get(name) != stands.get(name):
            yield f"fact {name}", f"{stood.get(name, NONE)}, as before", stands.get(name, NONE)
    was = before.decision if before is not None else None
    now = answer.decision
    if (now is not None and now.hypothetical) or (was is not None and was.hypothetical):
        return
    if ((was.status, was.options) if was else None) != ((now.status, now.options) if now else None):
        yield "decision", f"{outcome_words(was)}, as before", outcome_words(now)


def _short(text: str, most: int = 240) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
