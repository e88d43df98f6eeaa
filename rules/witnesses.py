"""Smallest cases that show a difference between two versions of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product

from rules.diagram import OPEN
from rules.engine import UNSAID
from rules.joint import Block, Joint, JointFact, Side
from rules.ranges import parse_range

MOST_TRIED = 1_500


def witnesses(joint: Joint, block: Block, numbers: Iterable[int]) -> dict[int, dict[str, str]]:
    """For each result a smallest case that ends in it: nothing else need be known or be otherwise.

    All cases of up to two facts are tried, as far as they are few. Beyond, it is a case of which no fact can
    be left out.
    """
    start = unsaid(joint)

    def settled(said: Mapping[int, int]) -> int | None:
        known = [said.get(place, value) for place, value in enumerate(start)]
        values = joint.diagrams.values(joint.diagrams.restrict(block.diagram, known))
        return next(iter(values)) if len(values) == 1 else None

    wanted = set(numbers)
    found: dict[int, dict[int, int]] = {}
    for said in _small(joint, block):
        if found.keys() >= wanted:
            break
        number = settled(said)
        if number in wanted and number is not None:
            found.setdefault(number, said)
    for number in wanted - found.keys():
        found[number] = _irreducible(joint, block, number, start, settled)
    return {
        number: {_label(joint, place): joint.facts[place].answers[value] for place, value in said.items()}
        for number, said in found.items()
    }


def _irreducible(
    joint: Joint,
    block: Block,
    number: int,
    start: Sequence[int],
    settled: Callable[[Mapping[int, int]], int | None],
) -> dict[int, int]:
    """A case that ends in the result ``number`` and of which no fact can be left out."""
    spoken = joint.diagrams.restrict(block.diagram, start)
    said = joint.diagrams.witness(spoken, number.__eq__)
    if said is None:
        said = joint.diagrams.witness(block.diagram, number.__eq__) or {}
    for place in sorted(said, reverse=True):
        fewer = {one: value for one, value in said.items() if one != place}
        said = fewer if settled(fewer) == number else said
    return said


def _small(joint: Joint, block: Block) -> Iterator[dict[int, int]]:
    """The cases of no, one and two facts that matter, as far as they are few."""
    places = sorted(joint.diagrams.support(block.diagram))
    cases = (
        dict(zip(chosen, values, strict=True))
        for count in range(3)
        for chosen in combinations(places, count)
        for values in product(*(range(len(joint.facts[place].answers)) for place in chosen))
    )
    yield from islice(cases, MOST_TRIED)


def unsaid(joint: Joint) -> list[int]:
    """For each fact the answer that both versions assume while nobody says it, and else that it is open."""
    found = []
    for place, fact in enumerate(joint.facts):
        assumed = {
            _assumed(side, fact, places)
            for side, places in ((joint.old, fact.old), (joint.new, fact.new))
            if places is not None and side.facts[fact.name][0] == place
        }
        found.append(assumed.pop() if len(assumed) == 1 else OPEN)
    return found


def _assumed(side: Side, fact: JointFact, places: tuple[int, ...]) -> int:
    """The position of what one version assumes among the joint answers, or ``OPEN``.

    Of a number it is that of the cell that holds what is assumed.
    """
    spec = side.engine.rules.facts[fact.name]
    if spec.assume is None:
        return OPEN
    if not spec.numeric:
        return fact.answers.index(spec.assume) if spec.assume in fact.answers else OPEN
    position = side.engine.variables[side.engine.position[fact.name]].known[UNSAID]
    for place, own in enumerate(places):
        within = parse_range(fact.answers[place]) if own == position else None
        if within is not None and float(spec.assume) in within:
            return place
    return OPEN


def _label(joint: Joint, place: int) -> str:
    """The fact's name; where the versions mean two different things by it, with the version."""
    fact = joint.facts[place]
    if sum(other.name == fact.name for other in joint.facts) == 1:
        return fact.name
    return f"{fact.name} ({'old' if fact.new is None else 'new'})"
