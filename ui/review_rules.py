"""The rules for a reviewer: every leaf, way out and limit with its number, its words and their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ui.html_tags import lines, tag, text
from ui.printable import printable
from ui.tree_svg import tree_svg

if TYPE_CHECKING:
    from assistant import CitedWords, GroupTree, PathNode, Review, RuleSet

KINDS: Final[Mapping[str, str]] = {
    "need": "What is needed. Each result requires options; other groups may require more.",
    "constraint": "What is not possible. A result here rules options out, whatever is preferred.",
    "preference": "What is preferred. It adds a leaning and never changes what is required.",
}
KIND_NAMES: Final[Mapping[str, str]] = {
    "need": "Need",
    "constraint": "Constraint",
    "preference": "Preference",
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """What reviewer and author call things: ``rules`` and ``sections`` map their ids to numbers of the page.

    ``rules`` has an entry for all that cites, keyed as in the rules file; ``sections`` holds anchors.
    """

    rules: Mapping[str, str]
    sections: Mapping[str, str]


def number_rules(review: Review) -> Numbers:
    """R1, R2 … for leaves, C for ways out of conflicts, L for limits, F for facts; s1, s2 … for sections."""
    rules: dict[str, str] = {}
    known = review.pack.rules
    if known is not None:
        leaves = [f"groups.{leaf.node}" for group in review.leaves.values() for leaf in group]
        ways = [f"conflicts.{one.name}.{way.answer}" for one in known.conflicts for way in one.ways]
        for letter, places in (
            ("R", leaves),
            ("C", ways),
            ("L", [f"limits.{limit.name}" for limit in known.limits]),
            ("F", [f"facts.{name}" for name in known.facts]),
        ):
            rules |= {place: f"{letter}{number}" for number, place in enumerate(places, 1)}
    sections = (section.id for guide in review.guides for section in guide.sections)
    return Numbers(rules, {name: f"s{number}" for number, name in enumerate(sections, 1)})


def groups_html(review: Review, numbers: Numbers) -> str:
    """Every group: its picture, the same as a list, and its rules."""
    trees = review.drawn.trees if review.drawn else ()
    return "".join(_group(review, numbers, tree, place) for place, tree in enumerate(trees, 1))


def _group(review: Review, numbers: Numbers, tree: GroupTree, place: int) -> str:
    name = plain(tree.name.replace("_", " "))
    figure = tag(
        "div",
        tree_svg(tree.root, f"The tree of {tree.title}; the list below holds the same in words", tree.kind),
        class_="figure",
        tabindex="0",
        role="group",
        aria_label=f"Picture of {name}",
    )
    listed = tag(
        "details", tag("summary", "The tree as a list"), tag("ul", _listed(tree.root), class_="tree")
    )
    rules = [
        _rule(
            review,
            numbers,
            f"groups.{leaf.node}",
            _conditions(leaf.answers),
            leaf.says,
            [
                ("How", leaf.leaf.how),
                ("Note", leaf.leaf.say if leaf.leaf.say != leaf.says else ""),
                ("From", str(leaf.leaf.since or "")),
                ("Until", str(leaf.leaf.until or "")),
            ],
        )
        for leaf in review.leaves[tree.name]
    ]
    return tag(
        "section",
        tag("h3", text(name[:1].upper() + name[1:]), " ", kind_html(tree.kind), id=f"group-{place}"),
        tag("p", text(KINDS[tree.kind]), class_="hint"),
        figure,
        listed,
        *rules,
        class_="group",
    )


def kind_html(kind: str) -> str:
    """The kind of a group, as a small label."""
    return tag("span", text(KIND_NAMES[kind]), class_=f"kind {kind}")


def _listed(node: PathNode) -> str:
    way = tag("span", text(plain(_capital(node.answer))), class_="way") + " " if node.answer else ""
    below = tag("ul", *map(_listed, node.children)) if node.children else ""
    return tag("li", tag("p", way, text(plain(node.text))), below)


def _conditions(answers: Iterable[tuple[str, str]]) -> str:
    told = [
        tag("span", text(f"“{plain(label)}” is "), tag("b", text(plain(_lower(answer)))), class_="condition")
        for label, answer in answers
    ]
    return tag("p", "When ", " and ".join(told) if told else "anything is the case", class_="when")


def _rule(
    review: Review,
    numbers: Numbers,
    where: str,
    when: str,
    says: str,
    notes: Iterable[tuple[str, str]],
) -> str:
    """One thing to review: its number, when it holds, what it says, and the words that it rests on."""
    number = numbers.rules[where]
    told = [tag("div", tag("dt", text(name)), tag("dd", lines(plain(said)))) for name, said in notes if said]
    return tag(
        "article",
        tag(
            "header",
            tag("span", number, class_="number"),
            tag("span", text(review.places.get(where, "")), class_="place"),
        ),
        when,
        tag("p", lines(plain(_capital(says))), class_="says"),
        tag("dl", *told) if told else "",
        quote_html(review.cited.get(where), numbers),
        _disputes(review, where),
        # For a reviewer with a pen; on a screen it is not shown.
        tag("p", "☐ right  ☐ wrong  Remark: ", tag("span", class_="blank"), class_="pen", aria_hidden="true"),
        id=number,
        class_="rule",
    )


def quote_html(cited: CitedWords | None, numbers: Numbers) -> str:
    """The words of the guide, with a link to their place in it."""
    if cited is None:
        return tag("p", "Cites no words of the guide.", class_="uncited")
    where = " › ".join(cited.heading)
    return tag(
        "blockquote",
        tag("p", lines(plain(cited.quote))),
        tag(
            "footer",
            tag("a", text(plain(where)), href=f"#{numbers.sections[cited.section]}"),
            tag("span", text(f"{cited.file}:{cited.line}"), class_="place"),
        ),
    )


def _disputes(review: Review, where: str) -> str:
    node = where.partition(".")[2]
    known = review.pack.rules.disputed if review.pack.rules else ()
    return "".join(
        tag(
            "p",
            tag("b", "Disputed"),
            text(plain(f" by {one.by}" + (f", seen {one.seen}" if one.seen else "") + ": " + one.note)),
            class_="disputed",
        )
        for one in known
        if one.node == node
    )


def facts_html(rules: RuleSet, review: Review, numbers: Numbers) -> str:
    """Every fact with what its answers mean."""
    return "".join(_fact(rules, name, review, numbers) for name in rules.facts)


def _fact(rules: RuleSet, name: str, review: Review, numbers: Numbers) -> str:
    spec = rules.facts[name]
    where = f"facts.{name}"
    if spec.numeric:
        answers = tag("p", text(f"A number, in {spec.unit}."))
    else:
        answers = tag(
            "dl",
            *(
                tag(
                    "div",
                    tag("dt", text(plain(_capital(spec.words(value))))),
                    tag("dd", lines(plain(_meaning(rules, name, value)))),
                )
                for value in spec.values
            ),
        )
    asked = spec.ask or "Nobody is asked for it; it counts when somebody mentions it."
    notes = [spec.why or ""]
    if spec.assume is not None:
        notes.append(f"Assumed while nobody says: {spec.assume}.")
    if spec.only_for:
        notes.append(f"Asked only when the conflict “{spec.only_for.replace('_', ' ')}” happens.")
    return tag(
        "article",
        tag(
            "header",
            tag("span", numbers.rules[where], class_="number"),
            tag("code", text(plain(name))),
            tag("span", text(review.places.get(where, "")), class_="place"),
        ),
        tag("h3", text(plain(spec.title))),
        tag("p", lines(plain(asked)), class_="asked" if spec.ask else "hint"),
        answers,
        *(tag("p", lines(plain(note)), class_="hint") for note in notes if note),
        quote_html(review.cited[where], numbers) if where in review.cited else "",
        id=numbers.rules[where],
        class_="rule fact",
    )


def _meaning(rules: RuleSet, fact: str, value: str) -> str:
    """What an answer covers; nothing is said again of one that is called by its meaning."""
    spec = rules.facts[fact]
    meaning = spec.meanings.get(value, "no meaning is given")
    return "" if meaning == spec.words(value) else meaning


def conflicts_html(rules: RuleSet, review: Review, numbers: Numbers) -> Iterator[str]:
    """Every declared conflict with its ways out."""
    names = {group.name: group.name.replace("_", " ") for group in rules.groups}
    for number, conflict in enumerate(rules.conflicts, 1):
        one, two = (_capital(plain(names[group])) for group in conflict.between)
        over = plain(rules.options.get(conflict.over, conflict.over))
        asked = rules.facts[conflict.ask].title if conflict.ask else ""
        ways = [
            _rule(
                review,
                numbers,
                f"conflicts.{conflict.name}.{way.answer}",
                _conditions([(asked, way.answer)]),
                "The conflict stands: nothing is recommended"
                if way.unresolved
                else "; ".join(_way(rules, way.allow, way.require)),
                [("How", way.how)],
            )
            for way in conflict.ways
        ]
        yield tag(
            "section",
            tag("h3", text(_capital(plain(conflict.name.replace("_", " ")))), id=f"conflict-{number}"),
            tag(
                "p",
                tag("b", text(one)),
                " requires ",
                tag("b", text(over)),
                " and ",
                tag("b", text(two)),
                " rules it out, or the other way round.",
                class_="hint",
            ),
            tag("p", lines(plain(conflict.say)), class_="asked"),
            *(ways or [tag("p", "The guide offers no way out.", class_="hint")]),
            class_="group",
        )


def _way(rules: RuleSet, allow: Iterable[str], require: Iterable[str]) -> Iterator[str]:
    for word, options in (("allowed", allow), ("required", require)):
        told = " + ".join(rules.options.get(option, option) for option in options)
        if told:
            yield f"{told} is then {word}"


def limits_html(rules: RuleSet, review: Review, numbers: Numbers) -> Iterator[str]:
    """Every number of the guide that a recommendation must keep."""
    for limit in rules.limits:
        options = " + ".join(rules.options.get(option, option) for option in limit.applies)
        bounds = [
            f"{word} {number:,.15g} {limit.unit}"
            for word, number in (("at least", limit.minimum), ("at most", limit.maximum))
            if number is not None
        ]
        unless = [
            f"{rules.facts[fact].title}: {' or '.join(values)}" for fact, values in limit.unless.items()
        ]
        yield _rule(
            review,
            numbers,
            f"limits.{limit.name}",
            tag("p", "When ", tag("b", text(plain(options))), " is recommended", class_="when"),
            f"{rules.facts[limit.fact].title}: {' and '.join(bounds)}",
            [("Where", limit.scope), ("Not when", "; ".join(unless)), ("Remedy", limit.remedy)],
        )


def plain(words: str) -> str:
    """Words of somebody else without the characters that turn or hide what stands beside them."""
    return printable(words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lower(answer: str) -> str:
    return answer.lower() if answer in ("Yes", "No") else answer
