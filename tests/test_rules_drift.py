"""Drift: what became of the quotes when the guide changed, told against the lock of an earlier state."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import (
    MoveError,
    RulesError,
    Source,
    check_drift,
    check_rules,
    find_drift,
    load_rules,
    lock_rules,
    move_cites,
    parse_lock,
    parse_rules,
    read_lock,
    write_lock,
)

ROOT = Path(__file__).parent.parent
SECTIONS = {
    "w/rain": "# Rain\n\nRain asks for an umbrella. It falls from dark clouds and never from clear skies. [src1]\n",
    "w/rain#mud": "## Mud\n\nMud asks for boots, at most 30 cm deep.\n",
    "w/sun": "# Sun\n\nNothing is needed when the sun shines.\n",
}
TEXT = """\
rules: walk   # the whole walk
options: {umbrella: Umbrella, boots: Boots}
facts:
  rain: {ask: Does it rain?, cite: 'w/rain', quote: It falls from dark clouds and never from clear skies.}
  mud: {ask: Is there mud?}
groups:
  top:
    kind: need
    ask: rain
    yes: {require: umbrella, cite: "w/rain", quote: Rain asks for an umbrella.}  # flow style
    no: &dry
      cite: w/sun   # where the sun is
      quote: Nothing is needed when the sun shines.
  feet:
    kind: need
    ask: mud
    yes:
      quote: Mud asks for boots
      cite: w/rain#mud
      require: boots
    no: *dry
"""
RULES = parse_rules(TEXT)
LOCK = lock_rules(RULES, SECTIONS)


def kinds(sections, rules=RULES, lock=LOCK):
    return [(one.kind, one.paths[0] if one.paths else "") for one in find_drift(rules, lock, sections)]


def changed(name, old, new):
    assert old in SECTIONS[name]
    return SECTIONS | {name: SECTIONS[name].replace(old, new)}


def test_what_was_taken_out_is_gone_even_beside_words_like_it_that_another_rule_quotes():
    """Without this the neighbour is offered as what the quote became, and two rules would quote one sentence."""
    sections = {
        "w/gate": "Where an expert opens it, it may be repaired.\nWithout an expert, leave it closed.\n"
    }
    rules = parse_rules("""
rules: gate
options: {repair: Repair, wait: Wait}
facts: {expert: {ask: Is there an expert?}}
groups:
  fit:
    kind: need
    ask: expert
    yes: {require: repair, cite: w/gate, quote: "Where an expert opens it, it may be repaired."}
    no: {require: wait, cite: w/gate, quote: "Without an expert, leave it closed."}
""")
    lock = lock_rules(rules, sections)
    left = {"w/gate": "Where an expert opens it, it may be repaired.\n"}
    assert kinds(left, rules, lock) == [("gone", "groups.fit.no"), ("section-changed", "groups.fit.yes")]


def test_nothing_has_drifted_from_what_was_just_locked():
    assert find_drift(RULES, LOCK, SECTIONS) == ()


def test_a_lock_reads_back_as_it_was_written_and_holds_a_quote_a_line():
    text = write_lock(LOCK, "walk.yaml")
    assert parse_lock(text) == LOCK
    assert '      - "Mud asks for boots"\n' in text
    assert "walk.yaml" in text.splitlines()[0]


def test_a_quote_of_any_characters_reads_back_as_it_was():
    quote = 'tabs\there, "quotes", \\ and\nlines: 中文 \u2028 \x7f – 👍'
    rules = parse_rules(TEXT)
    sections = {"s #1: odd": f"before {quote} behind"}
    from rules.move_cites import with_sources

    odd = with_sources(rules, lambda _: Source("s #1: odd", quote))
    lock = lock_rules(odd, sections)
    assert lock.sources == {Source("s #1: odd", quote)}
    assert parse_lock(write_lock(lock, "x.yaml")) == lock


def test_a_moved_quote_is_found_again_and_its_new_place_proposed():
    sections = changed("w/rain#mud", "Mud asks for boots, at most 30 cm deep.", "") | {
        "w/rain#wet-ground": "## Wet ground\n\nMud asks for boots, at most 30 cm deep.\n"
    }
    (drift,) = find_drift(RULES, LOCK, sections)
    assert (drift.kind, drift.cite, drift.section) == ("moved", "w/rain#mud", "w/rain#wet-ground")
    (problem,) = check_drift(RULES, LOCK, sections)
    assert (problem.code, problem.severity, problem.line) == ("quote-moved", "error", 19)
    assert "w/rain#wet-ground" in problem.remedy


def test_of_several_places_the_one_nearest_by_id_is_proposed():
    sections = {name: text for name, text in SECTIONS.items() if name != "w/rain#mud"} | {
        "other/rain#mud": SECTIONS["w/rain#mud"],
        "w/rain#mud-and-clay": SECTIONS["w/rain#mud"],
        "w/rain#sand": SECTIONS["w/rain#mud"],
    }
    (drift,) = find_drift(RULES, LOCK, sections)
    assert drift.section == "w/rain#mud-and-clay"
    assert drift.others == ("w/rain#sand", "other/rain#mud")


def test_a_renamed_heading_moves_its_quotes():
    sections = {
        name.replace("#mud", "#mire"): text.replace("# Mud", "# Mire") for name, text in SECTIONS.items()
    }
    assert kinds(sections) == [("moved", "groups.feet.yes")]


def test_a_changed_quote_is_shown_with_its_old_and_its_new_words():
    sections = changed("w/rain", "from dark clouds and never", "from grey clouds and hardly ever")
    (drift,) = [one for one in find_drift(RULES, LOCK, sections) if one.broken]
    assert (drift.kind, drift.section) == ("changed", "w/rain")
    assert drift.words == "It falls from grey clouds and hardly ever from clear skies."
    assert drift.words in sections["w/rain"]
    problem = next(one for one in check_drift(RULES, LOCK, sections) if one.code == "quote-changed")
    assert "'dark' became 'grey'" in problem.message
    assert "'never' became 'hardly ever'" in problem.message
    assert drift.words in problem.remedy


def test_a_quote_of_a_part_of_a_sentence_is_found_changed_within_it():
    sections = changed("w/rain#mud", "Mud asks for boots, at", "In autumn the mud calls for boots, at")
    (drift,) = [one for one in find_drift(RULES, LOCK, sections) if one.broken]
    assert (drift.kind, drift.words) == ("changed", "mud calls for boots")


def test_a_quote_that_changed_and_moved_is_told_with_the_section_that_holds_it_now():
    sections = {name: text for name, text in SECTIONS.items() if name != "w/sun"} | {
        "w/clear": "# Clear\n\nNothing at all is needed when the sun shines.\n"
    }
    (drift,) = find_drift(RULES, LOCK, sections)
    assert (drift.kind, drift.cite, drift.section) == ("changed", "w/sun", "w/clear")
    assert drift.paths == ("groups.top.no", "groups.feet.no")


def test_a_quote_of_which_nothing_is_left_is_gone():
    sections = changed("w/sun", "Nothing is needed when the sun shines.", "Sunglasses.")
    assert kinds(sections) == [("gone", "groups.top.no")]
    (problem,) = check_drift(RULES, LOCK, sections)
    assert "(and 1 more)" in problem.message


def test_a_section_that_changed_around_its_quotes_is_to_be_read_again():
    sections = changed("w/rain", "Rain asks", "Only in winter: Rain asks")
    assert kinds(sections) == [("section-changed", "facts.rain")]
    (problem,) = check_drift(RULES, LOCK, sections)
    assert problem.severity == "warning"


@pytest.mark.parametrize("change", [("\n", "\r\n"), (" [src1]\n", " [src1]   \n\n")])
def test_line_ends_and_spaces_before_them_are_no_change(change):
    assert find_drift(RULES, LOCK, changed("w/rain", *change)) == ()


def test_a_new_quote_is_not_locked_and_a_removed_one_is_stale():
    edited = parse_rules(TEXT.replace("quote: Mud asks for boots", "quote: at most 30 cm deep"))
    assert kinds(SECTIONS, edited) == [("unlocked", "groups.feet.yes"), ("stale", "")]
    assert {one.severity for one in check_drift(edited, LOCK, SECTIONS)} == {"warning"}


def test_without_a_lock_that_is_told_and_so_is_what_is_broken():
    sections = changed("w/sun", "Nothing is needed when the sun shines.", "")
    assert kinds(sections, lock=None) == [("gone", "groups.top.no"), ("no-lock", "")]


def test_moving_edits_the_cites_alone():
    moved = move_cites(
        RULES,
        TEXT,
        {
            Source("w/rain", "Rain asks for an umbrella."): "w/wet",
            Source("w/rain", "It falls from dark clouds and never from clear skies."): "w/it's: odd",
            Source("w/sun", "Nothing is needed when the sun shines."): "w/sun#clear",
        },
    )
    expected = (
        TEXT.replace("'w/rain'", "'w/it''s: odd'")
        .replace('"w/rain"', '"w/wet"')
        .replace("cite: w/sun ", "cite: w/sun#clear ")
    )
    assert moved == expected


def test_a_cite_that_is_an_alias_is_written_out_and_its_anchor_stays():
    text = TEXT.replace("cite: 'w/rain'", "cite: &here w/rain").replace('cite: "w/rain"', "cite: *here")
    moved = move_cites(parse_rules(text), text, {Source("w/rain", "Rain asks for an umbrella."): "w/wet"})
    assert moved == text.replace("cite: *here", "cite: w/wet")


def test_a_move_that_would_change_a_citation_beside_it_is_refused():
    text = TEXT.replace("cite: 'w/rain'", "cite: &here w/rain").replace('cite: "w/rain"', "cite: *here")
    places = {Source("w/rain", "It falls from dark clouds and never from clear skies."): "w/sky"}
    with pytest.raises(MoveError, match="anchor"):
        move_cites(parse_rules(text), text, places)


def test_line_ends_of_another_system_and_folded_cites_stay():
    text = TEXT.replace("cite: w/rain#mud", "cite: >-\n        w/rain#mud").replace("\n", "\r\n")
    moved = move_cites(parse_rules(text), text, {Source("w/rain#mud", "Mud asks for boots"): "w/mire"})
    assert parse_rules(moved).groups[1].root.branches[0].node.source == Source("w/mire", "Mud asks for boots")
    assert moved == text.replace(">-\r\n        w/rain#mud", "w/mire")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "the file is empty"),
        ("lock: '2'\nrules: x\nsections: {}\n", "no lock of format 1"),
        ("lock: '1'\nrules: x\nsections: {a: {quotes: [x]}}\n", "has no 'hash'"),
        ("lock: '1'\nrules: x\nsections: [a]\n", "'sections' must be a mapping"),
        ("lock: [\n", "not YAML"),
    ],
)
def test_a_lock_that_cannot_be_used_says_where_and_why(text, says):
    with pytest.raises(RulesError) as refused:
        parse_lock(text, "walk.lock")
    assert says in str(refused.value)
    assert re.match(r"walk\.lock:\d+:\d+: ", str(refused.value))


def test_a_lock_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(RulesError, match="cannot be read"):
        read_lock(tmp_path / "none.lock")
    (tmp_path / "bytes.lock").write_bytes(b"\xff")
    with pytest.raises(RulesError, match="no text in UTF-8"):
        read_lock(tmp_path / "bytes.lock")


def bundled():
    from assistant.section_texts import section_texts
    from corpus import load_guides

    return load_rules(ROOT / "rules" / "boomi.yaml"), section_texts(load_guides(ROOT / "corpus"))


def test_the_lock_of_the_bundled_rules_is_current():
    rules, sections = bundled()
    lock = read_lock(ROOT / "rules" / "boomi.lock")
    assert check_drift(rules, lock, sections) == ()
    assert write_lock(lock, "boomi.yaml") == (ROOT / "rules" / "boomi.lock").read_text(encoding="utf-8")


BOOMI, BOOMI_SECTIONS = bundled()
BOOMI_TEXT = (ROOT / "rules" / "boomi.yaml").read_text(encoding="utf-8")
CITED = sorted({source.cite for source in lock_rules(BOOMI, BOOMI_SECTIONS).sources})


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(CITED), st.from_regex(r"[a-z]{1,9}(#[a-z0-9é-]{1,12})?", fullmatch=True))
)
def test_quotes_whose_sections_were_renamed_are_cited_right_again(names):
    # A name that another section has, or gets, would hide that the quote moved.
    names = {old: f"{new}-{place}" for place, (old, new) in enumerate(names.items())}
    sections = {names.get(name, name): text for name, text in BOOMI_SECTIONS.items()}
    lock = lock_rules(BOOMI, BOOMI_SECTIONS)
    drifts = [one for one in find_drift(BOOMI, lock, sections) if one.broken]
    assert {one.kind for one in drifts} <= {"moved"}
    assert {one.cite for one in drifts} == set(names)
    places = {Source(one.cite, one.quote): one.section for one in drifts}
    mended = parse_rules(move_cites(BOOMI, BOOMI_TEXT, places))
    errors = [one for one in check_rules(mended, sections) if one.severity == "error"]
    assert errors == []
    assert find_drift(mended, lock_rules(mended, sections), sections) == ()
