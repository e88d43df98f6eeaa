"""The panel "Facts I am using": each fact with its value, where it came from, and a way to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.html_tags import tag, text
from ui.page_session import value_words
from ui.page_words import Words

if TYPE_CHECKING:
    from assistant import Answer, FactLabel, StandingFact


def facts_html(
    facts: Mapping[str, StandingFact], standing: Answer | None, labels: Mapping[str, FactLabel], words: Words
) -> str:
    """The facts known, then those that the ``standing`` answer assumes, then a fold with the rest."""
    decision = standing.decision if standing is not None else None
    assumed = {n: v for n, v in decision.assumed.items() if n not in facts} if decision else {}
    rows = [
        _fact(labels[name], name, fact.value, _evidence(fact, words), words)
        for name, fact in facts.items()
        if name in labels
    ]
    rows += [
        _fact(labels[name], name, value, words.assumed, words, "assumed")
        for name, value in assumed.items()
        if name in labels
    ]
    rest = [name for name in labels if name not in facts and name not in assumed]
    known = [tag("p", text(words.no_facts), class_="none")]
    if rows:
        known = [tag("p", text(words.facts_intro), class_="intro"), tag("ul", *rows, class_="facts")]
    title = tag("h2", text(words.facts), id="facts-title")
    return tag("section", title, *known, _rest(rest, labels, words), aria_labelledby="facts-title")


def _evidence(fact: StandingFact, words: Words) -> str:
    if fact.by == "user" or not fact.quote.strip():
        return words.chose
    return words.said.format(quote=" ".join(fact.quote.split()))


def _fact(label: FactLabel, name: str, value: str, evidence: str, words: Words, kind: str = "known") -> str:
    shown = value_words(label, value, words) if value else words.not_said
    return tag(
        "li",
        tag(
            "p",
            tag("span", text(label.label), class_="label"),
            " ",
            tag("span", text(shown), class_="value"),
            class_="what",
        ),
        tag("p", text(evidence), class_="evidence") if evidence else "",
        _change(label, name, value, words, forget=kind == "known"),
        class_=f"fact {kind}",
    )


def _rest(names: list[str], labels: Mapping[str, FactLabel], words: Words) -> str:
    if not names:
        return ""
    rows = (_fact(labels[name], name, "", "", words, "unsaid") for name in names)
    return tag(
        "details",
        tag("summary", text(f"{words.other_facts} ({len(names)})")),
        tag("p", text(words.other_facts_intro), class_="intro"),
        tag("ul", *rows, class_="facts"),
        class_="rest",
    )


def _change(label: FactLabel, name: str, value: str, words: Words, *, forget: bool) -> str:
    """A fold that opens on the values to choose from; a fact with a number takes a number."""
    title = words.change_of.format(label=label.label)
    choices = tag(
        "div",
        tag("p", text(label.ask or label.label), class_="asked"),
        tag("p", text(label.why), class_="why") if label.why else "",
        tag(
            "div",
            _choices(label, name, value, words),
            _forget(name, words) if forget else "",
            class_="buttons",
        ),
        class_="choices",
        role="group",
        aria_label=title,
    )
    summary = tag("summary", text(words.change), aria_label=title)
    return tag("details", summary, choices, class_="change", data_fact=name)


def _choices(label: FactLabel, name: str, value: str, words: Words) -> str:
    values = [choice for choice, _ in label.choices if choice != "unknown"]
    buttons = "".join(
        tag(
            "button",
            text(value_words(label, choice, words)),
            type="button",
            data_fact=name,
            data_value=choice,
            aria_pressed="true" if choice == value else "false",
        )
        for choice in (*values, "unknown")
    )
    return buttons if values else _number(name, words) + buttons


def _number(name: str, words: Words) -> str:
    field = tag("input", type="number", step="any", min="0", data_fact=name, aria_label=words.number)
    return field + tag("button", text(words.set_number), type="button", data_number=name)


def _forget(name: str, words: Words) -> str:
    return tag(
        "button", text(words.forget), type="button", class_="forget", data_fact=name, data_forget="yes"
    )
