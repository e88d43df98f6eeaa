"""What a drawn tree means: imported rules load, decide, ask, explain, and cite the line they come from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read_guides import read_guide
from rules import Leaf, check_rules, decide, parse_rules, why_not
from rules.import_text import import_text
from rules.load import nodes
from rules.quote_line import GuideSection, quote_line
from rules.read_drawn import read_drawn

SECTION = "garden#tree"


def guide_of(*lines):
    return "# Garden\n\n## Tree\n\n```\nSTART — What to do?\n" + "\n".join(lines) + "\n```\n"


def sections_of(text):
    start = text.index("## Tree")
    return (
        GuideSection("garden", 0, start, text[:start]),
        GuideSection(SECTION, start, len(text), text[start:]),
    )


def imported(*lines):
    text = guide_of(*lines)
    read = import_text(text, "garden", sections_of(text))
    assert not read.problems
    (made,) = read.rules
    rules = parse_rules(made.text)
    found = check_rules(rules, {section.id: section.text for section in sections_of(text)})
    assert [str(one) for one in found if one.severity == "error"] == []
    return rules


def leaf(rules, path):
    return next(node for group in rules.groups for node in nodes(group.root) if node.id == path)


WATER = (
    "├── Is the soil wet?",
    "│   ├── YES → Wait [src2]",
    "│   │   Examples: clay, peat",
    "│   └── NO — Does it rain soon?",
    "│       ├── YES → Wait",
    "│       └── NO → Water it",
    "└── Which bed?",
    "    ├── Beans → Support them ← YOU ARE HERE",
    "    └── > 5 rows of leeks → Earth them up",
)


def test_each_branch_under_the_root_is_a_group_and_names_come_from_the_words():
    rules = imported(*WATER)
    assert [group.name for group in rules.groups] == ["is_the_soil_wet", "which_bed"]
    assert list(rules.facts) == ["is_the_soil_wet", "does_it_rain_soon", "which_bed"]
    assert rules.facts["which_bed"].values == ("beans", "over_5_rows_of_leeks")
    assert rules.facts["which_bed"].meanings["over_5_rows_of_leeks"] == "> 5 rows of leeks"


def test_an_imported_tree_asks_decides_and_explains():
    rules = imported(*WATER)
    first = decide(rules, {"which_bed": "beans"})
    assert (first.status, first.next.fact, first.next.ask) == (
        "undecided",
        "is_the_soil_wet",
        "Is the soil wet?",
    )
    done = decide(rules, {"which_bed": "beans", "is_the_soil_wet": "no", "does_it_rain_soon": "no"})
    assert (done.status, done.options) == ("decided", ("Support them", "Water it"))
    assert {step.source.quote for step in done.trace if step.leaf} == {
        "NO → Water it",
        "Beans → Support them ← YOU ARE HERE",
    }
    assert why_not(rules, {"is_the_soil_wet": "yes", "which_bed": "beans"}, "Water it").would


def test_a_missing_answer_of_an_imported_tree_is_never_taken_as_no():
    decision = decide(imported(*WATER), {"which_bed": "beans", "is_the_soil_wet": "unknown"})
    assert decision.status == "undecided"
    assert decision.possible == (("Support them", "Wait"), ("Support them", "Water it"))


def test_notes_stand_beside_what_is_recommended_and_marks_of_sources_do_not():
    one = leaf(imported(*WATER), "is_the_soil_wet.yes")
    assert (one.recommend, one.say) == ("Wait", "Examples: clay, peat")
    assert one.source.quote == "YES → Wait [src2]"


def test_a_leaf_whose_words_stand_twice_is_cited_from_above_so_that_it_leads_to_its_own_line():
    lines = (
        "├── Hot?",
        "│   ├── YES → Shade",
        "│   └── NO → Sun",
        "└── Dry?",
        "    ├── YES → Shade",
        "    └── NO → Sun",
    )
    quote = leaf(imported(*lines), "dry.yes").source.quote
    text = guide_of(*lines)
    assert text.find(quote) + len(quote) == text.rindex("YES → Shade") + len("YES → Shade")


def test_questions_side_by_side_below_an_answer_are_all_asked():
    rules = imported(
        "├── Grow beans?",
        "│   ├── YES",
        "│   │   ├── Windy place?",
        "│   │   │   ├── YES → Stakes",
        "│   │   │   └── NO → Strings",
        "│   │   └── Poor soil?",
        "│   │       ├── YES → Compost",
        "│   │       └── NO → Nothing else",
        "│   └── NO → Grow grass",
    )
    facts = {"grow_beans": "yes", "windy_place": "yes", "poor_soil": "no"}
    assert decide(rules, facts).options == ("Nothing else", "Stakes")
    assert decide(rules, facts | {"poor_soil": "yes"}).options == ("Compost", "Stakes")
    assert decide(rules, {"grow_beans": "no"}).options == ("Grow grass",)


def test_a_result_beside_a_further_question_is_recommended_with_its_answer():
    rules = imported(
        "└── Frost?",
        "    ├── YES → Cover everything",
        "    │   └── Below -10 °C?",
        "    │       ├── YES → Bring pots in",
        "    │       └── NO → Leave pots out",
        "    └── NO → Do nothing",
    )
    facts = {"frost": "yes", "below_10_c": "yes"}
    assert decide(rules, facts).options == ("Bring pots in", "Cover everything")


def test_steps_below_an_answer_say_how():
    rules = imported(
        "└── Slugs?", "    ├── YES", "    │   ├── Collect them", "    │   └── Set traps", "    └── NO → Relax"
    )
    one = leaf(rules, "slugs.yes")
    assert (one.recommend, one.how, one.source.quote) == ("Collect them", "Set traps", "Collect them")


def test_cases_with_results_below_an_answer_are_the_answers_of_the_question_it_implies():
    rules = imported(
        "└── Which plant?",
        "    ├── Roses",
        "    │   ├── Climbing → Tie them",
        "    │   └── Bush → Cut them",
        "    └── Grass → Mow it",
    )
    assert rules.facts["roses_which_of_these"].values == ("climbing", "bush")
    facts = {"which_plant": "roses", "roses_which_of_these": "bush"}
    assert decide(rules, facts).options == ("Cut them",)


def test_a_question_whose_result_stands_behind_its_arrow_is_answered_with_yes():
    rules = imported("├── Snails? → Fetch the ducks", "└── Moles? --> Let them be")
    assert decide(rules, {"snails": "yes", "moles": "no"}).options == ("Fetch the ducks",)


def test_arrows_in_brackets_belong_to_the_words():
    rules = imported("└── What sort?", "    ├── Seeds (sow → grow) → Sow", "    └── Bulbs (dig → lay) → Dig")
    assert rules.facts["what_sort"].meanings["seeds"] == "Seeds (sow → grow)"
    assert decide(rules, {"what_sort": "seeds"}).options == ("Sow",)


def test_directions_keep_the_arrow_that_is_part_of_their_name():
    rules = imported("└── Which direction?", "    ├── Bed → Pot → Dig", "    └── Pot → Bed → Plant")
    assert decide(rules, {"which_direction": "bed_pot"}).options == ("Dig",)


def test_an_answer_that_only_says_to_read_on_recommends_nothing():
    rules = imported("└── Weeds?", "    ├── YES → Pull them", "    └── NO → Continue below ↓")
    assert decide(rules, {"weeds": "no"}).options == ()
    assert leaf(rules, "weeds.no").say == "Continue below"


def test_a_side_that_the_guide_does_not_draw_says_nothing():
    rules = imported("└── Weeds?", "    └── YES → Pull them")
    assert rules.facts["weeds"].values == ("yes", "no")
    assert decide(rules, {"weeds": "no"}).options == ()


def test_overrides_are_assumed_not_to_hold_and_the_default_waits_to_be_asked_for():
    rules = imported(
        "├── Tree or shrub?",
        "│   ├── Tree → Plant in autumn",
        "│   └── Shrub → Plant in spring",
        "├── OVERRIDE CONDITIONS:",
        "│   └── Ground is frozen → Wait",
        "└── DEFAULT (if inputs are ambiguous):",
        "    └── RECOMMEND: Plant in autumn",
        "        Reason: roots grow in winter",
    )
    decision = decide(rules, {"tree_or_shrub": "shrub"})
    assert (decision.status, decision.options) == ("decided", ("Plant in spring",))
    assert decision.assumed == {"ground_is_frozen": "no"}
    assert decide(rules, {"tree_or_shrub": "shrub", "ground_is_frozen": "yes"}).options == (
        "Plant in spring",
        "Wait",
    )
    assert rules.facts["default"].ask is None
    assert leaf(rules, "default.yes").say == "Reason: roots grow in winter"


def test_a_root_that_asks_has_its_branches_as_answers():
    rules = imported("├── Dig → With a spade", "└── Mow → With a scythe")
    assert decide(rules, {"what_to_do": "dig"}).options == ("With a spade",)


def test_answers_with_words_that_rules_files_reserve_get_other_names():
    rules = imported("└── Which sort?", "    ├── Unknown → Look it up", "    └── Quote → Read it")
    assert rules.facts["which_sort"].values == ("unknown_2", "quote_2")


def test_words_that_yaml_would_bend_arrive_as_they_are():
    rules = imported('└── Is it "a: b" #1?', "    ├── YES → {x}: [y] \\ 'z' # no", "    └── NO → null")
    assert decide(rules, {"is_it_a_b_1": "yes"}).options == ("{x}: [y] \\ 'z' # no",)
    assert decide(rules, {"is_it_a_b_1": "no"}).options == ("null",)


def test_words_outside_every_section_cannot_be_cited():
    text = guide_of("└── A?", "    ├── YES → b", "    └── NO → c")
    words = read_drawn(text).trees[0].root.parts[0]
    assert quote_line(words, ()) is None
    read = import_text(text, "garden", ())
    assert read.rules == ()
    assert "stands in no section" in read.problems[0].message


PIECES = st.sampled_from(
    ["Hot?", "YES → go", "NO", "NO — Cold?", "a → b", "Note: x", "DEFAULT:", "Which one?", "plain"]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 4), PIECES), min_size=1, max_size=14))
def test_whatever_is_drawn_makes_rules_that_load_and_can_be_decided(rows):
    lines, depth = [], -1
    for wanted, words in rows:
        depth = min(wanted, depth + 1)
        lines.append("│   " * depth + "├── " + words)
    rules = imported(*lines)
    leaves = [node for group in rules.groups for node in nodes(group.root) if isinstance(node, Leaf)]
    assert all(one.source for one in leaves)
    facts = {}
    while (decision := decide(rules, facts)).next is not None:
        facts[decision.next.fact] = decision.next.choices[-1]
    assert decision.status == "decided"


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_sections_of_the_corpus_hold_every_quote(tmp_path, line_end):
    path = tmp_path / "garden.md"
    path.write_bytes(guide_of(*WATER).replace("\n", line_end).encode())
    guide = read_guide(tmp_path, path)
    sections = tuple(GuideSection(s.id, s.start, s.end, guide.text[s.start : s.end]) for s in guide.sections)
    (made,) = import_text(guide.text, guide.id, sections).rules
    found = check_rules(parse_rules(made.text), {section.id: section.text for section in sections})
    assert [one for one in found if one.severity == "error"] == []
