"""The picture of a decision model: where each decision and input stands, and the arrows between them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

WIDTH, HEIGHT = 200, 70
GAP, RISE = 30, 120
MARGIN = 40

Place = tuple[int, int]


def add_layout(top: Element) -> None:
    """Adds to the definitions ``top`` the diagram that editors draw: what needs more stands higher."""
    needs = {made.attrib["id"]: list(_needs(made)) for made in top if made.tag in ("decision", "inputData")}
    places = _places(needs)
    diagram = SubElement(SubElement(top, "dmndi:DMNDI"), "dmndi:DMNDiagram", {"id": "diagram"})
    for name, (x, y) in places.items():
        shape = SubElement(diagram, "dmndi:DMNShape", {"id": f"shape_{name}", "dmnElementRef": name})
        bounds = {"x": x, "y": y, "width": WIDTH, "height": HEIGHT}
        SubElement(shape, "dc:Bounds", {key: str(value) for key, value in bounds.items()})
    for name, below in needs.items():
        for requirement, of in below:
            attributes = {"id": f"edge_{requirement}", "dmnElementRef": requirement}
            edge = SubElement(diagram, "dmndi:DMNEdge", attributes)
            (x, y), (to_x, to_y) = places[of], places[name]
            for across, down in ((x, y), (to_x, to_y + HEIGHT)):
                SubElement(edge, "di:waypoint", {"x": str(across + WIDTH // 2), "y": str(down)})


def _needs(made: Element) -> Iterator[tuple[str, str]]:
    """The requirements of a decision, each with what it requires."""
    for requirement in made.iter("informationRequirement"):
        yield requirement.attrib["id"], requirement[0].attrib["href"].removeprefix("#")


def _places(needs: dict[str, list[tuple[str, str]]]) -> dict[str, Place]:
    """Left upper corners: rows by how much stands below, each row centred."""
    levels: dict[int, list[str]] = {}

    def level(name: str) -> int:
        return 1 + max((level(of) for _, of in needs[name]), default=-1)

    for name in needs:
        levels.setdefault(level(name), []).append(name)
    widest = max((len(names) for names in levels.values()), default=0)
    places: dict[str, Place] = {}
    for number, names in levels.items():
        left = MARGIN + (widest - len(names)) * (WIDTH + GAP) // 2
        y = MARGIN + (max(levels) - number) * RISE
        for place, name in enumerate(names):
            places[name] = (left + place * (WIDTH + GAP), y)
    return places
