"""One page that holds a whole pack, for an expert to review: no script, no request, readable on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ui.html_tags import lines, tag, text
from ui.one_page import one_page, top
from ui.review_guide import guide_html
from ui.review_rules import (
    Numbers,
    conflicts_html,
    facts_html,
    groups_html,
    kind_html,
    limits_html,
    number_rules,
    plain,
)

if TYPE_CHECKING:
    from assistant import Review
    from evals import Problem
    from evals.coverage_report import CoverageReport

FEW_GUIDES: Final = 3  # so many are shown open; more would bury the page

Part = tuple[str, str, str]  # anchor, heading, HTML


def review_html(review: Review, coverage: CoverageReport | None = None) -> str:
    """The page, with what the suites exercise if that is known; the same bytes for the same pack."""
    pack = review.pack
    numbers = number_rules(review)
    parts = list(_parts(review, numbers, coverage))
    version = f"Version {pack.version} · " if pack.version else ""
    body = (
        top("For review", plain(pack.title), plain(f"{version}pack {pack.id} · {pack.sha256[:12]}"))
        + tag("div", _contents(review, parts), _main(parts), class_="desk")
        + tag(
            "footer",
            tag("p", text(f"Made by groundrule from the pack {pack.id}, sha256 {pack.sha256}")),
            class_="end",
        )
    )
    return one_page(plain(f"{pack.title}: review"), body, "review.css")


def _contents(review: Review, parts: list[Part]) -> str:
    below = {"rules": _group_links(review), "guide": _guide_links(review)}
    entries = (
        tag("li", tag("a", text(heading), href=f"#{anchor}"), below.get(anchor, ""))
        for anchor, heading, _ in parts
    )
    return tag("nav", tag("h2", "Contents", id="contents"), tag("ol", *entries), aria_labelledby="contents")


def _group_links(review: Review) -> str:
    trees = review.drawn.trees if review.drawn else ()
    links = (
        tag("li", tag("a", text(plain(_capital(tree.name.replace("_", " ")))), href=f"#group-{place}"))
        for place, tree in enumerate(trees, 1)
    )
    return tag("ul", *links) if trees else ""


def _guide_links(review: Review) -> str:
    links = (
        tag("li", tag("a", text(plain(guide.title)), href=f"#guide-{place}"))
        for place, guide in enumerate(review.guides, 1)
    )
    return tag("ul", *links)


def _main(parts: list[Part]) -> str:
    shown = (
        tag("section", tag("h2", text(heading), id=anchor), html, class_="part", aria_labelledby=anchor)
        for anchor, heading, html in parts
    )
    return tag("main", *shown, id="content")


def _parts(review: Review, numbers: Numbers, coverage: CoverageReport | None) -> Iterator[Part]:
    rules = review.pack.rules
    yield "overview", "At a glance", _overview(review)
    if rules is not None:
        yield "checks", "Check results", _findings(review.findings)
        yield "rules", "The rules", groups_html(review, numbers)
        if rules.conflicts:
            yield "conflicts", "Conflicts", "".join(conflicts_html(rules, review, numbers))
        if rules.limits:
            yield "limits", "Limits", "".join(limits_html(rules, review, numbers))
        yield "facts", "Facts", facts_html(rules, review, numbers)
        if rules.disputed:
            yield "disputed", "Disputed", _disputed(review, numbers)
        if coverage is not None:
            yield "coverage", "Tried by the suites", _tried(coverage, numbers)
        yield "uncited", "Sections that no rule cites", _uncited(review, numbers)
    opened = len(review.guides) <= FEW_GUIDES
    guides = (
        guide_html(guide, place, review, numbers, opened=opened)
        for place, guide in enumerate(review.guides, 1)
    )
    yield "guide", "The guide", "".join(guides)


def _overview(review: Review) -> str:
    rules = review.pack.rules
    sections = sum(len(guide.sections) for guide in review.guides)
    if rules is None:
        counts = [("guides", len(review.guides)), ("sections", sections)]
        told = tag("p", "This pack has no rules: it answers from its guide and recommends nothing.")
        return _counts(counts) + told
    leaves = sum(len(group) for group in review.leaves.values())
    counts = [
        ("options", len(rules.options)),
        ("facts", len(rules.facts)),
        ("rules", leaves),
        ("conflicts", len(rules.conflicts)),
        ("limits", len(rules.limits)),
        ("sections", sections),
    ]
    options = (tag("li", text(plain(name))) for name in rules.options.values())
    kinds = list(dict.fromkeys(group.kind for group in rules.groups))
    return (
        _counts(counts)
        + tag(
            "p",
            "Each rule below has a number, says when it holds and what then follows, and quotes the words of "
            "the guide that it rests on. Please tell for each number whether the words are right, and "
            "whether the rule says what they mean. ",
            *(tag("span", kind_html(kind), " ") for kind in kinds),
            text(f"{'marks' if len(kinds) == 1 else 'mark'} what sort of rule it is."),
        )
        + (
            tag("h3", "What may be recommended") + tag("ul", *options, class_="options")
            if rules.options
            else ""
        )
    )


def _counts(counts: list[tuple[str, int]]) -> str:
    return tag(
        "dl",
        *(tag("div", tag("dt", text(name)), tag("dd", str(number))) for name, number in counts),
        class_="counts",
    )


def _findings(findings: tuple[Problem, ...]) -> str:
    errors = sum(finding.severity == "error" for finding in findings)
    warnings = len(findings) - errors
    if not findings:
        return tag("p", "Every check passed: no error, no warning.", class_="verdict ok")
    verdict = _capital(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}.")
    shown = (
        tag(
            "li",
            tag(
                "p",
                tag("span", text(_capital(one.severity)), class_="severity"),
                " ",
                text(plain(one.message)),
            ),
            tag("p", text(plain(f"Remedy: {one.remedy}")), class_="hint"),
            tag("p", tag("code", text(one.code)), " ", tag("span", text(one.place), class_="place")),
            class_=one.severity,
        )
        for one in findings
    )
    return tag("p", verdict, class_=f"verdict {'bad' if errors else 'warn'}") + tag(
        "ul", *shown, class_="findings"
    )


def _tried(coverage: CoverageReport, numbers: Numbers) -> str:
    """How much of the rules the cases exercise, and what none does."""
    missed = [one for one in coverage.exercised if not one.cases]
    if not coverage.suites:
        return tag("p", "The pack has no suites: no case tries its rules.", class_="verdict warn")
    told = (
        f"{len(coverage.exercised) - len(missed)} of {len(coverage.exercised)} leaves, conflicts, ways out "
    )
    told += f"and states of limits are tried by a case of {_count(coverage.suites, 'suite')}."
    shown = (
        tag("li", text(f"{_capital(one.kind)} "), _link(_thing(one.name, one.kind), numbers))
        for one in missed
    )
    return tag("p", text(told), class_=f"verdict {'warn' if missed else 'ok'}") + (
        tag("p", "No case tries:", class_="hint") + tag("ul", *shown, class_="options") if missed else ""
    )


def _thing(name: str, kind: str) -> str:
    """The limit of one of its states; everything else by its own name."""
    return name.rpartition(".")[0] if kind == "limit" else name


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _disputed(review: Review, numbers: Numbers) -> str:
    known = review.pack.rules.disputed if review.pack.rules else ()
    entries = (
        tag(
            "li",
            tag("p", tag("b", _link(one.node, numbers)), text(plain(f" is contradicted by {one.by}"))),
            tag("p", lines(plain(one.note))) if one.note else "",
            tag("p", text(plain(f"Seen {one.seen}")), class_="hint") if one.seen else "",
        )
        for one in known
    )
    return tag("ul", *entries, class_="findings")


def _link(node: str, numbers: Numbers) -> str:
    place = next(
        (f"{kind}.{node}" for kind in ("groups", "conflicts", "limits") if f"{kind}.{node}" in numbers.rules),
        "",
    )
    name = text(plain(node))
    return tag("a", f"{numbers.rules[place]} ", name, href=f"#{numbers.rules[place]}") if place else name


def _uncited(review: Review, numbers: Numbers) -> str:
    if not review.uncited:
        return tag("p", "Every section is cited by a rule.", class_="verdict ok")
    headings = {
        section.id: (guide.title, section.heading[-1])
        for guide in review.guides
        for section in guide.sections
    }
    by_guide: dict[str, list[str]] = {}
    for section in review.uncited:
        guide, heading = headings[section]
        link = tag("a", text(plain(heading)), href=f"#{numbers.sections[section]}")
        by_guide.setdefault(guide, []).append(tag("li", link))
    total = len(headings)
    intro = f"{len(review.uncited)} of {total} sections. What only explains needs no rule; is one missing?"
    return tag("p", text(intro), class_="hint") + "".join(
        tag(
            "details",
            tag("summary", text(plain(guide)), " ", tag("span", str(len(links)), class_="tally")),
            tag("ul", *links),
            class_="fold",
        )
        for guide, links in by_guide.items()
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
