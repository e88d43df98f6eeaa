"""The parts of Explore: a section with the rules that cite it in its margin, and a tree to try from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import facts_to
from ui.html_tags import tag, text
from ui.page_address import guide_address, write_address
from ui.page_words import Words
from ui.path_state import path_state
from ui.printable import printable
from ui.render_markdown import plain_html
from ui.render_path import picture_html
from ui.review_guide import body_html, merged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from assistant import Pack, PathNode, Review
    from assistant.review_pack import ReviewedGuide, ReviewedSection


@dataclass(frozen=True, slots=True)
class Explored:
    """What is shown: ``span`` are the characters, in the guide of ``section``, that a citation leads to."""

    pack: Pack
    review: Review
    words: Words
    span: tuple[int, int]
    section: str


def section_html(shown: Explored, guide: ReviewedGuide, section: ReviewedSection) -> str:
    """A section whose cited words are marked; those that were looked for stand out, at ``#found``."""
    citing = {where: cited for where, cited in shown.review.cited.items() if cited.section == section.id}
    *above, last = (printable(part) for part in section.heading)
    body = _body(shown, guide, section, [(cited.start, cited.end) for cited in citing.values()])
    here = shown.section == section.id
    return tag(
        "article",
        tag(
            "div",
            tag("p", text(" › ".join(above)), class_="above") if above else "",
            tag("h4", text(last)),
            body,
            tag("p", text(shown.words.line.format(file=guide.file, line=section.line)), class_="place"),
        ),
        tag("div", *_margin(shown, list(citing)), class_="margin"),
        class_="passage here" if here else "passage",
        **({"id": "found"} if here and "<mark" not in body else {}),
    )


def _body(
    shown: Explored, guide: ReviewedGuide, section: ReviewedSection, cited: list[tuple[int, int]]
) -> str:
    start = section.start
    end = start + len(section.text)
    looked = shown.span if shown.section == section.id and start <= shown.span[0] < end else (0, 0)
    if _is_plain(shown.pack, guide.id):
        told = looked if looked[1] else (cited[0] if cited else (start, start))
        html = plain_html(section.text, told[0] - start, told[1] - start)
    else:
        # Words that were looked for are marked alone: marks inside marks could not be told apart.
        spans = merged([looked] if looked[1] else cited)
        html = body_html(section.text, [(max(0, one - start), two - start) for one, two in spans])
    return html.replace("<mark>", '<mark id="found" class="found" tabindex="-1">', 1) if looked[1] else html


def _is_plain(pack: Pack, guide: str) -> bool:
    return any(one.id == guide and one.form == "text" for one in pack.guides)


def _margin(shown: Explored, citing: list[str]) -> Iterator[str]:
    told = shown.words.explore
    if not citing:
        if shown.pack.rules is not None:
            yield tag("p", text(told.cited_by_none), class_="hint")
        return
    yield tag("p", text(told.cited_by), class_="hint")
    yield tag("ul", *(tag("li", _citing(shown, where)) for where in citing))


def _citing(shown: Explored, where: str) -> str:
    """What in the rules cites the words, with a link where it stands in a tree."""
    kind, _, rest = where.partition(".")
    told, rules = shown.words.explore, shown.pack.rules
    if kind == "groups":
        says = {leaf.node: leaf.says for group in shown.review.leaves.values() for leaf in group}
        return tag("a", text(printable(says.get(rest, rest))), href=f"#rule-{rest}")
    name = rest.partition(".")[0].replace("_", " ")
    if kind == "facts" and rules is not None and rest in rules.facts:
        spec = rules.facts[rest]
        return text(told.question.format(label=printable(spec.label or spec.ask or name)))
    form = told.limit if kind == "limits" else told.conflict
    return text(form.format(label=printable(name)))


def tree_html(shown: Explored, root: PathNode) -> str:
    """A tree as a picture and as a list; each of its results can be tried and shows its words."""
    name = printable(root.node.replace("_", " "))
    return tag(
        "div",
        tag("h4", text(name[:1].upper() + name[1:])),
        tag("ul", _node(shown, root), class_="tree"),
        _picture(shown, root),
        class_="group",
    )


def _picture(shown: Explored, root: PathNode) -> str:
    if not root.children:
        return ""
    summary = tag("summary", text(shown.words.picture))
    return tag("details", summary, picture_html(root, shown.words), class_="rest")


def _node(shown: Explored, node: PathNode) -> str:
    state = path_state(node)
    told = {"lit": shown.words.taken, "open": shown.words.here}.get(state, "")
    way = tag("span", text(printable(node.answer[:1].upper() + node.answer[1:])), class_="way") + " "
    line = tag(
        "p",
        way if node.answer else "",
        tag("span", text(printable(node.text)), class_="text"),
        tag("span", text(f" ({told})"), class_="state") if told else "",
    )
    below = tag("ul", *(_node(shown, child) for child in node.children)) if node.children else ""
    deeds = "" if node.children else "".join(_deeds(shown, node))
    return tag("li", line, deeds, below, class_=state, id=f"rule-{node.node}")


def _deeds(shown: Explored, leaf: PathNode) -> Iterator[str]:
    rules, told = shown.pack.rules, shown.words.explore
    facts = facts_to(rules, leaf.node) if rules is not None else None
    says = printable(leaf.text)
    links = []
    if facts:
        label = told.attempt_of.format(says=says)
        address = write_address(shown.pack, facts)
        links.append(tag("a", text(told.attempt), href=address, aria_label=label))
    cited = shown.review.cited.get(f"groups.{leaf.node}")
    if cited is not None:
        label = told.words_of.format(says=says)
        address = guide_address(cited, shown.pack)
        links.append(tag("a", text(told.words_behind), href=address, aria_label=label))
    if links:
        yield tag("p", *links, class_="links")
