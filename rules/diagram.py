"""Functions of several facts as decision diagrams: what every completion gives, without listing them.

A diagram is a number. Below zero it is an end with the value ``~diagram``; else it is a node that asks one
variable and has a diagram for each of its values. Variables are asked in one fixed order, equal diagrams
are one, and a node whose diagrams are all the same does not exist; so two diagrams are equal exactly when
their functions are, and a diagram holds exactly the variables that matter. Values are sets of bits, and
combining two functions unites their sets. After Bryant, "Graph-Based Algorithms for Boolean Function
Manipulation" (IEEE Transactions on Computers, 1986), with more than two values a variable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

OPEN = -1


class TooManyNodesError(Exception):
    """More nodes than allowed: the functions combined depend on too much at once."""


class Diagrams:
    """The store of all diagrams over one list of variables.

    ``sizes`` are the variables' numbers of values. More than ``most`` nodes raise
    :class:`TooManyNodesError`.
    """

    def __init__(self, sizes: Sequence[int], most: int) -> None:
        self.sizes = tuple(sizes)
        self.most = most
        self._nodes: list[tuple[int, tuple[int, ...]]] = []
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._united: dict[tuple[int, int], int] = {}
        self._cases: dict[tuple[int, tuple[int, ...]], int] = {}
        self._values: dict[int, frozenset[int]] = {}
        self._shares: dict[int, Mapping[int, float]] = {}
        self._support: dict[int, frozenset[int]] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def end(self, value: int) -> int:
        """The function that is ``value`` everywhere."""
        return ~value

    def node(self, variable: int, kids: tuple[int, ...]) -> int:
        """Ask ``variable`` and go on with the diagram of its value; ``kids`` ask later variables only."""
        first = kids[0]
        if kids.count(first) == len(kids):
            return first
        key = (variable, kids)
        found = self._known.get(key)
        if found is None:
            if len(self._nodes) >= self.most:
                raise TooManyNodesError
            found = self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def case(self, variable: int, kids: Sequence[int]) -> int:
        """Ask ``variable`` and go on with the diagram of its value, whatever variables ``kids`` ask."""
        top = min((self._nodes[kid][0] for kid in kids if kid >= 0), default=variable)
        if top > variable or not any(kid >= 0 for kid in kids):
            return self.node(variable, tuple(kids))
        key = (variable, tuple(kids))
        found = self._cases.get(key)
        if found is None:
            size = range(self.sizes[top])
            split = [self._kids(kid, top) for kid in kids]
            if top == variable:
                # A fact asked again below its own answer: only the branch of that answer can be reached.
                found = self.case(variable, [split[value][value] for value in size])
            else:
                found = self.node(
                    top, tuple(self.case(variable, [kid[value] for kid in split]) for value in size)
                )
            self._cases[key] = found
        return found

    def unite(self, one: int, two: int) -> int:
        """The function whose value is the union of both."""
        if one < 0 and two < 0:
            return ~(~one | ~two)
        if one == two or two == ~0:
            return one
        if one == ~0:
            return two
        key = (one, two) if one < two else (two, one)
        found = self._united.get(key)
        if found is None:
            top = min(self._nodes[each][0] for each in key if each >= 0)
            pairs = zip(self._kids(key[0], top), self._kids(key[1], top), strict=True)
            found = self._united[key] = self.node(
                top, tuple(self.unite(left, right) for left, right in pairs)
            )
        return found

    def restrict(self, diagram: int, known: Sequence[int]) -> int:
        """The function that is left when variables have the values of ``known`` (``OPEN``: not known)."""
        memo: dict[int, int] = {}
        nodes = self._nodes

        def walk(at: int) -> int:
            while at >= 0:
                variable, kids = nodes[at]
                value = known[variable]
                if value == OPEN:
                    found = memo.get(at)
                    if found is None:
                        found = memo[at] = self.node(variable, tuple([walk(kid) for kid in kids]))
                    return found
                at = kids[value]
            return at

        return walk(diagram)

    def relabel(self, diagram: int, rename: Callable[[int], int], memo: dict[int, int]) -> int:
        """The function with each value renamed; ``memo`` keeps what was renamed by the same ``rename``."""
        if diagram < 0:
            return ~rename(~diagram)
        found = memo.get(diagram)
        if found is None:
            variable, kids = self._nodes[diagram]
            found = memo[diagram] = self.node(
                variable, tuple(self.relabel(kid, rename, memo) for kid in kids)
            )
        return found

    def merge(self, diagram: int, variables: frozenset[int]) -> int:
        """The function without ``variables``: its value unites what any value of them gives."""
        memo: dict[int, int] = {}

        def walk(at: int) -> int:
            if at < 0:
                return at
            found = memo.get(at)
            if found is None:
                variable, kids = self._nodes[at]
                below = [walk(kid) for kid in kids]
                if variable in variables:
                    found = ~0
                    for kid in below:
                        found = self.unite(found, kid)
                else:
                    found = self.node(variable, tuple(below))
                memo[at] = found
            return found

        return walk(diagram) if variables else diagram

    def values(self, diagram: int) -> frozenset[int]:
        """All values that the function takes."""
        if diagram < 0:
            return frozenset((~diagram,))
        found = self._values.get(diagram)
        if found is None:
            found = frozenset().union(*(self.values(kid) for kid in self._nodes[diagram][1]))
            self._values[diagram] = found
        return found

    def support(self, diagram: int) -> frozenset[int]:
        """The variables that the function depends on."""
        if diagram < 0:
            return frozenset()
        found = self._support.get(diagram)
        if found is None:
            variable, kids = self._nodes[diagram]
            found = frozenset((variable,)).union(*(self.support(kid) for kid in kids))
            self._support[diagram] = found
        return found

    def shares(self, diagram: int) -> Mapping[int, float]:
        """For each value its share of all completions, every value of a variable equally likely."""
        if diagram < 0:
            return {~diagram: 1.0}
        found = self._shares.get(diagram)
        if found is None:
            kids = self._nodes[diagram][1]
            total: dict[int, float] = {}
            for kid in kids:
                for value, share in self.shares(kid).items():
                    total[value] = total.get(value, 0.0) + share / len(kids)
            found = self._shares[diagram] = total
        return found

    def part(self, diagram: int, wanted: Callable[[int], bool]) -> Fraction:
        """The exact share of all completions under which the function has a ``wanted`` value."""
        memo: dict[int, Fraction] = {}

        def walk(at: int) -> Fraction:
            if at < 0:
                return Fraction(int(wanted(~at)))
            found = memo.get(at)
            if found is None:
                kids = self._nodes[at][1]
                found = memo[at] = sum((walk(kid) for kid in kids), Fraction(0)) / len(kids)
            return found

        return walk(diagram)

    def spread(self, diagram: int) -> dict[int, Fraction]:
        """For each value the exact share of all completions that give it, in one walk from the top."""
        shares: dict[int, Fraction] = {}
        waiting: dict[int, dict[int, Fraction]] = {}

        def reach(at: int, share: Fraction) -> None:
            place, key = (shares, ~at) if at < 0 else (waiting.setdefault(self._nodes[at][0], {}), at)
            place[key] = place.get(key, Fraction(0)) + share

        reach(diagram, Fraction(1))
        while waiting:
            # All that leads to the nodes of the first variable has been walked.
            for at, share in waiting.pop(min(waiting)).items():
                kids = self._nodes[at][1]
                for kid in kids:
                    reach(kid, share / len(kids))
        return shares

    def witness(self, diagram: int, wanted: Callable[[int], bool]) -> dict[int, int] | None:
        """The first values of variables that give a ``wanted`` value, or ``None`` when none do."""
        dead: set[int] = set()

        def walk(at: int) -> dict[int, int] | None:
            if at < 0:
                return {} if wanted(~at) else None
            if at in dead:
                return None
            variable, kids = self._nodes[at]
            for value, kid in enumerate(kids):
                below = walk(kid)
                if below is not None:
                    return {variable: value, **below}
            dead.add(at)
            return None

        return walk(diagram)

    def _kids(self, diagram: int, top: int) -> tuple[int, ...]:
        """The diagrams of each value of ``top``, which ``diagram`` asks first or not at all."""
        if diagram >= 0:
            variable, kids = self._nodes[diagram]
            if variable == top:
                return kids
        return (diagram,) * self.sizes[top]


def united(diagrams: Diagrams, parts: Iterable[int]) -> int:
    """The union of all ``parts``."""
    total = ~0
    for part in parts:
        total = diagrams.unite(total, part)
    return total
