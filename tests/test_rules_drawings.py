"""Rules as Mermaid, DOT and plain lines: every word arrives, whatever signs it holds, and the way is lit."""

import html
import re

import pydot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import open_pack
from assistant.draw_rules import draw_rules
from ui.printable import printable
from ui.render_dot import dot, quoted
from ui.render_mermaid import label, mermaid
from ui.render_tree import tree_lines

# pydot calls its parser by names that the parser calls old.
pytestmark = pytest.mark.filterwarnings("ignore:.* deprecated - use:DeprecationWarning")
PACK = open_pack()
FACTS = {"human_interaction": "yes", "data_transformation": "yes"}
BOTH = [f"{name}={value}" for name, value in FACTS.items()]
CONFLICT = {"human_interaction": "yes", "on_premise": "yes"}
WORDS = st.text(st.characters(codec="utf-8"), max_size=80) | st.sampled_from(
    [
        "end",
        'a "b" [c] {d} (e) | f',
        "%%{init: {}}%%",
        "1. one\n- two",
        "#35; &amp; <b>",
        "`x` $$y$$ *z* _w_",
        "\\n \\",
    ]
)
# What would mean something to Mermaid inside the quotes of a label.
MEANS = re.compile(r"[\"&<>`*~$%\\\[\]{}|@]|#(?!\d+;)")


def unlabelled(text):
    """The words of a Mermaid label, as its own reader makes them: entities, then line breaks."""
    inner = text[1:-1].replace("<br>", "\n")
    assert not MEANS.search(inner), inner
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), inner)


@given(WORDS)
def test_a_mermaid_label_holds_the_words_and_no_sign_that_means_something(words):
    assert unlabelled(label(words)) == printable(words).replace("\t", " ")


@settings(deadline=None)  # the parser is built in the first call
@given(WORDS)
def test_a_dot_string_reads_back_as_the_words(words):
    (graph,) = pydot.graph_from_dot_data(f"digraph {{ a [label={quoted(words)}] }}")
    (node,) = graph.get_nodes()
    read = re.sub(r"\\(.)", lambda found: {"n": "\n"}.get(found[1], found[1]), node.get("label")[1:-1])
    assert html.unescape(read).split() == printable(words).split()


def nodes_of(drawn):
    def walk(node):
        yield node
        for child in node.children:
            yield from walk(child)

    return [node for tree in drawn.trees for node in walk(tree.root)]


def test_every_line_of_the_flowchart_is_one_of_the_forms_that_mermaid_knows():
    text = r'"[^"]*"'
    forms = "|".join(
        (
            r"flowchart TD",
            rf"subgraph g\d+\[{text}\]",
            r"end",
            rf"\w+\[{text}\]",
            rf"\w+\({text}\)",
            rf"\w+\(\[{text}\]\)",
            rf"\w+\{{\{{{text}\}}\}}",
            rf"\w+ (?:-->|==>)(?:\|{text}\|)? \w+",
            r"g\d+ (?:-\.-|===) c\d+",
            r"classDef \w+ [\w#:,\- ]+",
            r"class [\w,]+ \w+",
        )
    )
    for facts in ({}, FACTS, CONFLICT):
        for line in mermaid(draw_rules(PACK, facts)).splitlines():
            assert re.fullmatch(forms, line.strip()), line


def test_the_flowchart_holds_every_node_and_lights_the_way_of_the_facts():
    drawn = draw_rules(PACK, FACTS)
    text = mermaid(drawn)
    for node in nodes_of(drawn):
        assert label(node.text) in text
    lit = re.search(r"class (\S+) lit", text)[1].split(",")
    thick = re.findall(r"(\w+) ==>(?:\|[^|]*\|)? (\w+)", text)
    assert {end for _, end in thick if end != "result"} == {name for name in lit if "_" in name}
    assert ("n0_1_1", "result") in thick
    assert "Use both" in text


def test_without_facts_nothing_is_lit_and_there_is_no_result():
    drawn = draw_rules(PACK, {})
    assert drawn.result == ""
    assert "==>" not in mermaid(drawn)
    assert "penwidth" not in dot(drawn)
    assert not any(line.startswith("●") for line, _ in tree_lines(drawn))


def test_the_dot_graph_has_a_cluster_a_group_and_an_edge_a_branch():
    drawn = draw_rules(PACK, FACTS)
    (graph,) = pydot.graph_from_dot_data(dot(drawn))
    clusters = graph.get_subgraphs()
    assert len(clusters) == len(drawn.trees)
    nodes = nodes_of(drawn)
    assert sum(len(one.get_nodes()) for one in clusters) == len(nodes)
    assert sum(len(one.get_edges()) for one in clusters) == sum(len(node.children) for node in nodes)
    lit = [edge for one in clusters for edge in one.get_edges() if edge.get("penwidth") == "3"]
    assert {edge.get_destination() for edge in lit} == {"n0_1", "n0_1_1", "n1_1"}


def test_a_conflict_that_the_facts_meet_is_told_and_marked():
    drawn = draw_rules(PACK, CONFLICT)
    assert [conflict.met for conflict in drawn.conflicts] == [True, False]
    assert drawn.result.startswith("Conflict: People need a page")
    assert "g0 === c0" in mermaid(drawn)
    assert "style=bold" in dot(drawn)


def test_the_lines_of_a_tree_stay_within_the_width_and_hold_every_word():
    drawn = draw_rules(PACK, FACTS)
    wide = [line for line, _ in tree_lines(drawn)]
    narrow = [line for line, _ in tree_lines(drawn, 60)]
    assert max(map(len, narrow)) <= 60
    strip = str.maketrans("", "", "│├└─")
    assert " ".join(" ".join(narrow).translate(strip).split()) == " ".join(
        " ".join(wide).translate(strip).split()
    )
    assert "● └─ Yes: Must data be mapped or converted, or moved between several systems?" in wide


def test_the_open_question_is_marked():
    marked = [
        line
        for line, _ in tree_lines(draw_rules(PACK, {"human_interaction": "yes"}))
        if line.startswith("? ")
    ]
    assert len(marked) == 1
    assert "Must data be mapped" in marked[0]


@pytest.mark.parametrize("form", ["mermaid", "dot", "dmn", "jdm"])
def test_each_language_comes_to_standard_output_and_into_a_file_alike(groundrule, tmp_path, form):
    told = groundrule("pack", "export", "--format", form)
    assert told.code == 0
    file = tmp_path / "out"
    assert groundrule("pack", "export", "--format", form, "--out", file).code == 0
    assert file.read_text(encoding="utf-8") == told.out
    assert "Boomi Flow" in told.out or form in ("dmn", "jdm")


@pytest.mark.parametrize("form", ["dmn", "jdm"])
def test_a_model_that_decides_takes_no_facts(groundrule, form):
    told = groundrule("pack", "export", "--format", form, "human_interaction=yes")
    assert told.code == 2
    assert "mermaid or dot" in told.err


def test_the_tree_command_has_all_forms_and_refuses_what_is_no_fact(groundrule):
    assert "● └─ Yes" in groundrule("pack", "tree", *BOTH).out
    assert groundrule("pack", "tree", "--format", "mermaid").out.startswith("flowchart TD")
    assert groundrule("pack", "tree", "--format", "dot").out.startswith("digraph")
    assert groundrule("pack", "tree", "--json").out == groundrule("pack", "tree", "--format", "json").out
    told = groundrule("pack", "tree", "human_interactoin=yes")
    assert (told.code, "did you mean human_interaction?" in told.err) == (2, True)


def test_a_pack_without_rules_has_no_tree(groundrule, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text("# Bread\n\nBake it.\n")
    for command in (("pack", "tree"), ("pack", "export", "--format", "dmn")):
        told = groundrule(*command, "--pack", tmp_path)
        assert (told.code, "no rules" in told.err) == (3, True)
