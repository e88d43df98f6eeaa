"""A whole conversation as a record of the decision: what was said, decided and quoted, by which versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ui.html_tags import lines, tag, text
from ui.one_page import one_page
from ui.printable import printable
from ui.render_markdown import answer_html

if TYPE_CHECKING:
    from assistant import Answer, CitedWords, KeptTurn

_SIGNS: Final = re.compile(r"[\\`*_\[\]<>!#|~]")


@dataclass(frozen=True, slots=True)
class Record:
    """The kept ``turns`` of the conversation ``id`` (there is at least one).

    ``labels`` name facts, and ``options`` what may be recommended, for people; what is not in them is told
    by its own name.
    """

    id: str
    title: str
    turns: Sequence[KeptTurn]
    labels: Mapping[str, str]
    options: Mapping[str, str]


def answer_markdown(answer: Answer) -> str:
    """One answer with its sources, to be pasted elsewhere."""
    # Where it is pasted, nothing in it is to load anything: no picture, no HTML.
    told = [printable(answer.text.strip()).replace("![", "!\\[").replace("<", "&lt;")]
    if answer.citations:
        told += ["", *(_source(cited) for cited in answer.citations)]
    return "\n".join(told) + "\n"


def record_markdown(record: Record) -> str:
    """The record as Markdown; the same bytes for the same turns."""
    parts = [f"# Decision record: {_line(record.title)}", ""]
    parts += [f"- {name}: {_line(value)}" for name, value in _particulars(record)]
    parts += ["", "## Facts", ""]
    parts += [f"- {_line(label)}: {_line(value)} ({_line(why)})" for label, value, why in _facts(record)]
    parts += ["", "## Path", ""]
    parts += [f"{n}. {_line(step)}" for n, step in enumerate(_path(record), 1)]
    parts += ["", "## Conversation"]
    for turn in record.turns:
        parts += ["", f"### {turn.number}. {turn.at}", ""]
        parts += [f"> {_escaped(printable(line))}" for line in turn.said.splitlines() or [""]]
        parts += ["", answer_markdown(turn.answer).rstrip()]
    return "\n".join(parts) + "\n"


def record_html(record: Record) -> str:
    """The record as a page that opens from disk, asks nobody for anything, and prints."""
    rows = "".join(
        tag("tr", tag("th", text(printable(name)), scope="row"), tag("td", text(printable(value))))
        for name, value in _particulars(record)
    )
    facts = "".join(tag("tr", *(tag("td", text(printable(part))) for part in row)) for row in _facts(record))
    heads = "".join(tag("th", name, scope="col") for name in ("Fact", "Value", "From"))
    body = (
        tag("h1", text(printable(f"Decision record: {record.title}")))
        + tag("table", tag("tbody", rows))
        + tag("h2", "Facts")
        + (tag("table", tag("thead", tag("tr", heads)), tag("tbody", facts)) if facts else tag("p", "None."))
        + tag("h2", "Path")
        + tag("ol", *(tag("li", text(printable(step))) for step in _path(record)))
        + tag("h2", "Conversation")
        + "".join(_turn_html(turn) for turn in record.turns)
    )
    return one_page(
        printable(f"Decision record: {record.title}"), tag("main", body, id="content"), "record.css"
    )


def _particulars(record: Record) -> Iterator[tuple[str, str]]:
    newest = record.turns[-1]
    pack = newest.answer.pack
    decision = _decision(record)
    yield "Result", _result(record)
    if decision is not None:
        yield "Decision", decision.decision.id if decision.decision else ""
    yield "Guide", f"{pack.id} {pack.version}".strip()
    yield "sha256 of guide and rules", pack.sha256
    yield "Conversation", record.id
    yield "Began", record.turns[0].at
    yield "Last turn", newest.at


def _decision(record: Record) -> Answer | None:
    """The newest answer that decided about the user's own facts."""
    return next(
        (
            turn.answer
            for turn in reversed(record.turns)
            if turn.answer.decision is not None and not turn.answer.decision.hypothetical
        ),
        None,
    )


def _result(record: Record) -> str:
    answer = _decision(record)
    if answer is None or answer.decision is None:
        return "no case was described"
    decision = answer.decision
    if decision.status == "conflict":
        return "conflict: " + "; ".join(one.say for one in decision.conflicts)
    if decision.status == "undecided":
        return "undecided"
    return " + ".join(record.options.get(one, one) for one in decision.options) or "none of the options"


def _facts(record: Record) -> Iterator[tuple[str, str, str]]:
    answer = _decision(record)
    for name, fact in record.turns[-1].answer.facts.items():
        chosen = fact.by == "user" or not fact.quote.strip()
        why = "chosen" if chosen else f"“{' '.join(fact.quote.split())}”"
        yield record.labels.get(name, name), fact.value, why
    assumed = answer.decision.assumed if answer and answer.decision else {}
    for name, value in assumed.items():
        yield record.labels.get(name, name), value, "assumed"


def _path(record: Record) -> Iterator[str]:
    answer = _decision(record)
    for step in answer.decision.trace if answer and answer.decision else ():
        if not step.fact:
            yield f"{step.node}"
            continue
        fact = record.labels.get(step.fact, step.fact)
        yield f"{fact}: {step.answer}{' (assumed)' if step.assumed else ''} → {step.node}"


def _turn_html(turn: KeptTurn) -> str:
    said = tag("blockquote", tag("p", lines(printable(turn.said))))
    sources = (
        tag(
            "li",
            text(printable(f"[{one.n}] {' › '.join(one.heading)}, {one.place}")),
            tag("br"),
            tag("q", text(printable(" ".join(one.quote.split())))),
        )
        for one in turn.answer.citations
    )
    return tag(
        "section",
        tag("h3", text(f"{turn.number}. {turn.at}")),
        said,
        answer_html(printable(turn.answer.text), lambda _number: None),
        tag("ul", *sources, class_="sources") if turn.answer.citations else "",
    )


def _source(cited: CitedWords) -> str:
    heading, quote = _line(" › ".join(cited.heading)), _line(cited.quote)
    return f"[{cited.n}] {heading}: “{quote}” ({_line(cited.place)})  "


def _line(words: str) -> str:
    return _escaped(" ".join(printable(words).split()))


def _escaped(words: str) -> str:
    """Words as Markdown that says just these words."""
    return _SIGNS.sub(lambda sign: f"\\{sign[0]}", words)
