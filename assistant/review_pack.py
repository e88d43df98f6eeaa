"""A pack laid out for a reviewer: each rule beside the words that it rests on, and what the checks found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.answer import CitedWords
from assistant.compose_decision import fact_label, value_label
from assistant.draw_rules import RulesDrawn, draw_rules
from assistant.footnotes import Footnotes
from assistant.pack import Pack
from assistant.path import leaf_words
from corpus.assemble_guide import line_of
from rules import Ask, Leaf, Node, Problem, RuleSet, check_rules, cited_things, uncited_sections


@dataclass(frozen=True, slots=True)
class ReviewedLeaf:
    """A leaf: the answers that lead to it, as (label of the fact, answer), and what it then says."""

    node: str
    answers: tuple[tuple[str, str], ...]
    says: str
    leaf: Leaf


@dataclass(frozen=True, slots=True)
class ReviewedSection:
    """A section of a guide with its Markdown; its first character is character ``start`` of the guide."""

    id: str
    heading: tuple[str, ...]
    text: str
    start: int
    line: int


@dataclass(frozen=True, slots=True)
class ReviewedGuide:
    """A guide, whole."""

    id: str
    title: str
    version: str
    file: str
    sections: tuple[ReviewedSection, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a reviewer reads.

    ``drawn`` and ``leaves`` (by group) hold the trees, ``None`` and empty for a pack without rules.
    ``cited`` maps what stands in the rules file (``facts.on_premise``, ``groups.fit.yes``,
    ``conflicts.flow_on_premise.yes``, ``limits.size``) to the words it cites, ``places`` all of it to file
    and line. ``uncited`` are the ids of the sections that no rule cites.
    """

    pack: Pack
    drawn: RulesDrawn | None
    leaves: Mapping[str, tuple[ReviewedLeaf, ...]]
    cited: Mapping[str, CitedWords]
    places: Mapping[str, str]
    findings: tuple[Problem, ...]
    uncited: tuple[str, ...]
    guides: tuple[ReviewedGuide, ...]


def review_pack(pack: Pack, found: Iterable[Problem] | None = None) -> Review:
    """``pack`` for its reviewer; the same for the same files.

    ``found`` is what a check of the whole pack found; without it the rules alone are checked.
    """
    guides = tuple(_guides(pack))
    rules = pack.rules
    if rules is None:
        return Review(pack, None, {}, {}, {}, _inside(pack, found or ()), (), guides)
    file = _from_root(pack, rules.path or Path(rules.file))
    sections = {section.id: section.text for guide in guides for section in guide.sections}
    notes = Footnotes(pack.guides)
    numbers = {
        one.path: notes.quote(one.source.cite, one.source.quote) for one in cited_things(rules) if one.source
    }
    cited = notes.all()
    return Review(
        pack=pack,
        drawn=draw_rules(pack, {}),
        leaves={group.name: tuple(_leaves(rules, group.root, ())) for group in rules.groups},
        cited={where: cited[number - 1] for where, number in numbers.items()},
        places={where: f"{file}:{place.line}" for where, place in rules.places.items()},
        findings=_inside(pack, check_rules(rules, sections) if found is None else found),
        uncited=uncited_sections(rules, sections),
        guides=guides,
    )


def _guides(pack: Pack) -> Iterator[ReviewedGuide]:
    for guide in pack.guides:
        sections = tuple(
            ReviewedSection(
                section.id,
                section.heading,
                guide.text[section.start : section.end],
                section.start,
                line_of(guide.text, section.start),
            )
            for section in guide.sections
        )
        yield ReviewedGuide(guide.id, guide.title, guide.meta.version, guide.file, sections)


def _inside(pack: Pack, found: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(replace(one, file=_from_root(pack, Path(one.file))) for one in found)


def _from_root(pack: Pack, file: Path) -> str:
    """``file`` as seen from the pack, so that the same pack reads the same wherever it lies."""
    whole, root = file.resolve(), pack.root.resolve()
    return whole.relative_to(root).as_posix() if whole.is_relative_to(root) else file.name


def _leaves(rules: RuleSet, node: Node, answers: tuple[tuple[str, str], ...]) -> Iterator[ReviewedLeaf]:
    if isinstance(node, Ask):
        for branch in node.branches:
            told = (fact_label(rules, node.fact), value_label(rules, node.fact, branch.answer))
            yield from _leaves(rules, branch.node, (*answers, told))
    else:
        yield ReviewedLeaf(node.id, answers, leaf_words(rules, node), node)
