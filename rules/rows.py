"""A group's tree as the rows of a decision table: each leaf with what has to be known to reach it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.model import Leaf, Node
from rules.ranges import FIRST, LAST, Range, format_number

Cells = Mapping[str, str | Range]


def rows(node: Node) -> Iterator[tuple[Cells, Leaf]]:
    """Each leaf below ``node`` that can be reached, with the answers that lead to it, by fact.

    No two rows fit the same facts, and one of them fits any: a tree takes one way at a time.
    """
    yield from _rows(node, {})


def range_test(within: Range) -> str:
    """``within`` as a unary test, in the form that FEEL and the ZEN language share; empty for any number."""
    (low, low_side), (high, high_side) = within.low, within.high
    if low == high:
        return format_number(low)
    if within.low == FIRST:
        return "" if within.high == LAST else f"{'<=' if high_side else '<'} {format_number(high)}"
    if within.high == LAST:
        return f"{'>' if low_side else '>='} {format_number(low)}"
    opened, closed = "(" if low_side else "[", "]" if high_side else ")"
    return f"{opened}{format_number(low)}..{format_number(high)}{closed}"


def _rows(node: Node, cells: Cells) -> Iterator[tuple[Cells, Leaf]]:
    if isinstance(node, Leaf):
        yield cells, node
        return
    for branch in node.branches:
        cell: str | Range = branch.within or branch.answer
        before = cells.get(node.fact)
        if isinstance(cell, Range) and isinstance(before, Range):
            low, high = max(cell.low, before.low), min(cell.high, before.high)
            if low >= high:
                continue
            cell = Range(low, high)
        elif before is not None and before != cell:
            continue
        yield from _rows(branch.node, {**cells, node.fact: cell})
