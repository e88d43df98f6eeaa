"""Trees drawn in text: every style reads to the same tree, what is not understood is refused with its line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.paths import paths
from rules.read_drawn import read_drawn

STYLES = {
    "plus": ("+-- ", "+-- ", "|   ", "    "),
    "pipe": ("|-- ", "+-- ", "|   ", "    "),
    "pipes alone": ("|-- ", "|-- ", "|   ", "    "),
    "box": ("├── ", "└── ", "│   ", "    "),
    "round box": ("├─ ", "╰─ ", "│  ", "   "),
    "heavy box": ("┣━━ ", "┗━━ ", "┃   ", "    "),
    "double box": ("╠══ ", "╚══ ", "║   ", "    "),
    "apostrophe": ("|-- ", "'-- ", "|   ", "    "),
    "back-quote": ("|-- ", "`-- ", "|   ", "    "),
    "backslash": ("|-- ", "\\-- ", "|   ", "    "),
    "underscore": ("|__ ", "|__ ", "|   ", "    "),
    "arrow": ("+--> ", "+--> ", "|    ", "     "),
    "box arrow": ("├─> ", "└─> ", "│   ", "    "),
    "short": ("|- ", "+- ", "|  ", "   "),
}


def drawing(*lines):
    return "# A guide\n\n```\nSTART — What now?\n" + "\n".join(lines) + "\n```\n\nThe end.\n"


def paths_of(text):
    read = read_drawn(text)
    assert not read.problems
    return [list(path) for tree in read.trees for path in paths(tree)]


def refused(*lines):
    read = read_drawn(drawing(*lines))
    assert (read.drawn, read.trees) == (1, ())
    (problem,) = read.problems
    return problem


def rendered(tree, style, before=""):
    """The lines of ``tree``, nested pairs of words and branches, in a style."""
    tee, elbow, rail, gap = style
    for place, (words, below) in enumerate(tree):
        last = place == len(tree) - 1
        first, *rest = words.split("\n")
        inner = before + (gap if last else rail)
        yield before + (elbow if last else tee) + first
        yield from (f"{inner}{line}" for line in rest)
        yield from rendered(below, style, inner)


def ends(tree, above=()):
    for words, below in tree:
        if below:
            yield from ends(below, (*above, words))
        else:
            yield [*above, words]


GARDEN = [
    (
        "Is the soil wet?",
        [("YES → Wait\nExamples: clay, peat", []), ("NO — Does it rain soon?", [("YES", [])])],
    ),
    ("Which bed?", [("Beans (low → high)", []), ("< 5 °C --> Cover it", [])]),
]


@pytest.mark.parametrize("style", STYLES, ids=lambda name: name.replace(" ", "-"))
def test_every_style_of_drawing_reads_to_the_same_paths(style):
    assert paths_of(drawing(*rendered(GARDEN, STYLES[style]))) == list(ends(GARDEN))


WORDS = st.text(st.sampled_from("abcXYZ 0123<>?→(),.:—é"), min_size=1, max_size=12).map(
    lambda text: f"w{text}".strip()
)
LINES = st.lists(WORDS, min_size=1, max_size=2).map("\n".join)
TREES = st.recursive(
    st.lists(st.tuples(LINES, st.just([])), min_size=1, max_size=3),
    lambda below: st.lists(st.tuples(LINES, below | st.just([])), min_size=1, max_size=3),
    max_leaves=12,
)


@settings(deadline=None, max_examples=80)
@given(TREES, st.sampled_from(sorted(STYLES)), st.sampled_from(["\n", "\r\n"]))
def test_a_tree_rendered_in_any_style_reads_back_the_same(tree, style, line_end):
    text = drawing(*rendered(tree, STYLES[style])).replace("\n", line_end)
    assert paths_of(text) == list(ends(tree))


@settings(deadline=None, max_examples=40)
@given(TREES, st.sampled_from(sorted(STYLES)))
def test_the_words_of_a_node_stand_in_the_guide_where_its_parts_say(tree, style):
    text = drawing(*rendered(tree, STYLES[style]))
    nodes = [read_drawn(text).trees[0].root]
    while nodes:
        node = nodes.pop()
        for part in node.parts:
            assert text[part.start : part.end] == part.text
            assert text.split("\n")[part.line - 1].endswith(part.text)
        nodes.extend(node.children)


def test_rails_alone_between_branches_say_nothing():
    assert paths_of(drawing("|", "+-- A?", "|   |", "|   +-- YES", "|", "+-- B")) == [["A?", "YES"], ["B"]]


def test_an_arrow_under_a_branch_carries_on_its_words():
    assert paths_of(drawing("|-- Fetch", "|   --> one call", "|   --> then cache", "|-- Send")) == [
        ["Fetch\n--> one call\n--> then cache"],
        ["Send"],
    ]


def test_words_further_right_carry_on_and_their_glyphs_are_kept():
    assert paths_of(drawing("├── Score:", "│   = a × 0.5", "│     + b × 0.5", "└── Stop")) == [
        ["Score:\n= a × 0.5\n+ b × 0.5"],
        ["Stop"],
    ]


def test_a_root_of_several_lines_is_one_root():
    text = "```\nSTART — A long\n  question?\n├── YES\n└── NO\n```\n"
    assert read_drawn(text).trees[0].root.words == "START — A long\nquestion?"


def test_several_trees_of_a_guide_are_read_in_order():
    text = drawing("+-- A") + drawing("+-- B")
    assert paths_of(text) == [["A"], ["B"]]


@pytest.mark.parametrize(
    "block",
    [
        "```\nSTARTUP costs\n├── rent\n```\n",
        "```\nsrc/\n├── main\n```\n",
        "```sql\nSTART TRANSACTION;\nSELECT 1;\n```\n",
        "START — not in a block\n├── A\n",
        "~~~\n```\nSTART is no first line\n├── A\n```\n~~~\n",
    ],
)
def test_other_blocks_are_no_trees(block):
    assert read_drawn(block).drawn == 0


@pytest.mark.parametrize("fence", ["```text", "~~~", "````", "  ```"])
def test_any_fence_may_stand_around_a_tree(fence):
    end = fence.removesuffix("text")
    assert paths_of(f"{fence}\n\nSTART\n├── A\n{end}\n") == [["A"]]


def test_a_branch_between_two_depths_is_refused_with_its_line():
    problem = refused("├── A?", "│   ├── YES", "│   │   └── x", "  ├── NO")
    assert problem.line == 8
    assert "between two depths" in problem.message


def test_words_left_of_the_branch_above_are_refused_since_nobody_says_whose_they_are():
    problem = refused("|-- A", "|   |-- one", "|   --> for one, or for A?", "|-- B")
    assert problem.line == 7
    assert "what they belong to cannot be told" in problem.message


def test_a_frame_behind_the_words_is_refused():
    assert refused("├── A ─────┐", "│   ├── b  │", "│   └── c  │").line == 5
    assert refused("├── A", "│   ├── b  │").line == 6


def test_a_rail_from_nowhere_is_refused():
    problem = refused("├── A", "│   └── one", "│   │  │   ├── two")
    assert problem.line == 7
    assert "column 8" in problem.message


@pytest.mark.parametrize("line", ["│   ╞══ odd", "│   o-- odd", "│   *-- odd", "│   [--] odd"])
def test_an_unknown_glyph_is_refused_and_named(line):
    problem = refused("├── A", line)
    assert problem.line == 6
    assert line.split()[1] in problem.message


def test_a_branch_without_words_is_refused():
    assert "without words" in refused("├── A", "└──").message


def test_a_block_without_an_end_is_refused():
    read = read_drawn("```\nSTART\n├── A\n")
    assert (read.drawn, [one.line for one in read.problems]) == (1, [2])


def test_one_refused_tree_leaves_the_others_readable():
    read = read_drawn(drawing("├── A", "└──") + drawing("└── B"))
    assert (read.drawn, len(read.trees), len(read.problems)) == (2, 1, 1)


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("├└│─|+-'` \tSTARTab?\n→>"), max_size=120))
def test_any_drawing_is_read_or_refused_and_never_breaks(text):
    read = read_drawn(f"```\nSTART\n{text}\n```\n")
    assert read.drawn == len(read.trees) + len(read.problems)
