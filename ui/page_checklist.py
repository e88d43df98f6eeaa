"""Checklist: the questions of the rules as a form, one a step or all on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant import decide_facts
from ui.html_tags import tag, text
from ui.page_address import PREFIX, RESERVED, Address, guide_address, write_address
from ui.page_document import document
from ui.page_session import labels_of, value_words
from ui.page_top import Place
from ui.page_words import Words
from ui.printable import printable
from ui.read_facts import check_facts
from ui.render_chat import outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from assistant import Assistant, DecisionResult, FactLabel


def checklist(assistant: Assistant, address: Address, place: Place, words: Words) -> str:
    """The page at ``address``, whose facts are the answers so far.

    ``ask`` in it names a question to answer anew. A private pack's answers are sent, and all asked on one
    page, so that none of them stands in an address.
    """
    told, rules = words.checklist, assistant.pack.rules
    if rules is None:
        return document(place, told.title, words, tag("p", text(told.no_rules)))
    known, _ = check_facts(rules, address.facts)
    wrong = [f"{name}={value}" for name, value in address.facts.items() if name not in known]
    facts = {name: value for name, value in address.facts.items() if name in known}
    form = _Form(assistant, facts, words, labels_of(assistant))
    result = decide_facts(assistant.pack, known)
    whole = assistant.pack.private or "all" in address.asked
    again = address.asked.get("ask", "")
    fact = again if again in form.labels else (result.decision.next.fact if result.decision.next else "")
    return document(
        place,
        told.title,
        words,
        tag("p", text(told.intro), class_="lead"),
        tag("p", text(told.wrong.format(names=", ".join(wrong))), class_="notice") if wrong else "",
        "" if assistant.pack.private else _ways(form, whole=whole),
        tag(
            "div",
            tag("div", form.all(rules.facts) if whole else form.one(fact), class_="questions"),
            tag("div", _result(form, result), _so_far(form), class_="beside"),
            class_="side-by-side",
        ),
    )


class _Form:
    """The questions of a pack, with what is answered already."""

    def __init__(
        self, assistant: Assistant, facts: Mapping[str, str], words: Words, labels: Mapping[str, FactLabel]
    ) -> None:
        self.pack = assistant.pack
        self.facts = facts
        self.words = words
        self.labels = labels

    def address(self, facts: Mapping[str, str], **asked: str) -> str:
        """The page with other answers."""
        return write_address(self.pack, facts, "/checklist", **asked)

    def one(self, fact: str) -> str:
        """The question about ``fact`` alone; the other answers go along."""
        if not fact:
            return ""
        kept = {name: value for name, value in self.facts.items() if name != fact}
        go_on = _submit(self.words.checklist.go_on)
        return self._form(_hidden(kept), self._question(fact), go_on, _names={"pack": self.pack.id})

    def all(self, names: Iterable[str]) -> str:
        """Every question, those last that nobody is asked."""
        rules = self.pack.rules
        facts = rules.facts if rules else {}
        asked = [name for name in names if facts[name].ask and not facts[name].only_for]
        asked += [name for name in names if facts[name].only_for and name in self.facts]
        rest = [name for name in names if name not in asked]
        summary = tag("summary", text(self.words.checklist.volunteered.format(count=len(rest))))
        fold = tag("details", summary, *map(self._question, rest), class_="rest") if rest else ""
        return self._form(
            *map(self._question, asked),
            fold,
            _submit(self.words.checklist.decide),
            _names={"pack": self.pack.id, "all": "yes"},
        )

    def _form(self, *parts: str, _names: Mapping[str, str]) -> str:
        hidden = (tag("input", type="hidden", name=name, value=value) for name, value in _names.items())
        method = "post" if self.pack.private else "get"
        return tag("form", *hidden, *parts, method=method, action="/checklist", class_="checklist")

    def _question(self, fact: str) -> str:
        label, told = self.labels[fact], self.words.checklist
        held = self.facts.get(fact, "")
        choices = [value for value, _ in label.choices if value != "unknown"]
        answers = "".join(self._choice(fact, value, held) for value in (*choices, "unknown"))
        if not choices:
            number = "" if held == "unknown" else held
            field = tag("input", type="number", step="any", min="0", name=_name(fact), value=number)
            answers = tag("label", text(label.label), field, class_="number")
        why = tag("p", tag("b", text(told.why)), " ", text(label.why), class_="why") if label.why else ""
        return tag(
            "fieldset",
            tag("legend", text(printable(label.ask or label.label))),
            why,
            tag("div", answers, class_="choices"),
        )

    def _choice(self, fact: str, value: str, held: str) -> str:
        button = tag(
            "input",
            type="radio",
            name=_name(fact),
            value=value,
            **({"checked": ""} if value == held else {}),
        )
        return tag("label", button, text(value_words(self.labels[fact], value, self.words)))


def _name(fact: str) -> str:
    return PREFIX + fact if fact in RESERVED else fact


def _hidden(facts: Mapping[str, str]) -> str:
    return "".join(
        tag("input", type="hidden", name=_name(fact), value=value) for fact, value in facts.items()
    )


def _submit(name: str) -> str:
    return tag("button", text(name), type="submit", class_="primary")


def _ways(form: _Form, *, whole: bool) -> str:
    told = form.words.checklist
    ways = (
        (told.one, form.address(form.facts), not whole),
        (told.all, form.address(form.facts, all="yes"), whole),
    )
    links = (
        tag("a", text(name), href=address, **({"aria_current": "true"} if here else {}))
        for name, address, here in ways
    )
    return tag("nav", *links, aria_label=told.ways, class_="ways")


def _result(form: _Form, result: DecisionResult) -> str:
    told, decision = form.words.checklist, result.decision
    options = form.pack.rules.options if form.pack.rules else {}
    shown = outcome(decision, options, form.words)
    return tag(
        "section",
        tag("h3", text(told.result), id="result-title"),
        tag("p", tag("strong", text(shown)), class_=f"verdict {decision.status}", role="status"),
        *_said(form, result, options),
        aria_labelledby="result-title",
        class_="result-card",
    )


def _said(form: _Form, result: DecisionResult, options: Mapping[str, str]) -> Iterator[str]:
    told, decision = form.words.checklist, result.decision
    if decision.how:
        yield tag("p", text(decision.how))
    for conflict in decision.conflicts:
        yield tag("p", text(conflict.say))
    if decision.status == "undecided":
        sets = (" + ".join(options.get(one, one) for one in some) for some in decision.possible)
        shown = " · ".join(one or form.words.nothing for one in sets)
        yield tag("p", text(told.open.format(options=shown)))
    for fact, value in decision.assumed.items():
        label = form.labels[fact]
        shown = value_words(label, value, form.words)
        yield tag("p", text(told.assumed.format(label=label.label, value=shown)), class_="hint")
    if result.citations:
        links = (
            tag(
                "li",
                tag("q", text(" ".join(printable(one.quote).split()))),
                " ",
                tag("a", text(printable(" › ".join(one.heading))), href=guide_address(one, form.pack)),
            )
            for one in result.citations
        )
        yield tag("details", tag("summary", text(told.sources)), tag("ul", *links), class_="rest")
    if form.facts and not form.pack.private:
        yield tag("p", tag("a", text(told.talk), href=write_address(form.pack, form.facts), class_="button"))


def _so_far(form: _Form) -> str:
    told = form.words.checklist
    rows = (_row(form, fact, value) for fact, value in form.facts.items())
    inner = tag("ul", *rows, class_="facts") if form.facts else tag("p", text(told.nothing), class_="hint")
    clear = tag("p", tag("a", text(told.clear), href=form.address({}))) if form.facts else ""
    title = tag("h3", text(told.so_far), id="so-far-title")
    return tag("section", title, inner, clear, aria_labelledby="so-far-title", class_="so-far")


def _row(form: _Form, fact: str, value: str) -> str:
    label = form.labels[fact]
    told = form.words.checklist
    shown = value_words(label, value, form.words)
    link = (
        ""
        if form.pack.private
        else tag(
            "a",
            text(told.change),
            href=form.address(form.facts, ask=fact),
            aria_label=told.change_of.format(label=label.label),
        )
    )
    return tag("li", tag("span", text(f"{label.label}: "), tag("b", text(shown))), link)
