import pytest

from assistant.read_described import read_described
from rules import parse_rules

RULES = parse_rules("""
rules: study
options: {call: Call, write: Write}
facts:
  rows: {ask: How many rows?, values: [few, some, many], few: "< 10,000 rows", some: "10,000-50,000 rows", many: "> 50,000 rows"}
  stage:
    ask: Where is the buyer in the journey?
    values: [searching, frustrated, silent]
    searching: already searching with specific keywords
    frustrated: feels a vague frustration but cannot name it
    silent: in acute distress but cannot admit it in public
  knowledge: {ask: Does the team have deep knowledge of the buyer's hidden frustrations?}
  night: {ask: "Must it run at night?", yes: it runs after midnight, no: it runs in office hours}
groups:
  a: {kind: need, ask: stage, searching: {require: [call]}, frustrated: {require: [write]}, silent: {}}
  d: {kind: need, ask: rows, few: {require: [call]}, some: {}, many: {}}
  b: {kind: need, ask: knowledge, yes: {require: [call]}, no: {}}
  c: {kind: need, ask: night, yes: {require: [call]}, no: {}}
""")


def read(message):
    return {found.fact: found.value for found in read_described(message, RULES.facts.values())}


@pytest.mark.parametrize(
    ("message", "facts"),
    [
        ("Our buyer is already searching, with specific keywords.", {"stage": "searching"}),
        ("They feel some vague frustration, but nobody there can name it", {"stage": "frustrated"}),
        ("The team has deep knowledge of the hidden frustrations of our buyers.", {"knowledge": "yes"}),
        ("we do not yet have deep knowledge of the buyers' hidden frustrations", {"knowledge": "no"}),
        ("It runs after midnight.", {"night": "yes"}),
        ("Our report has > 50,000 rows.", {"rows": "many"}),
        ("It comes to 10,000-50,000 rows a day.", {"rows": "some"}),
        ("It runs in office hours only.", {"night": "no"}),
    ],
)
def test_the_words_of_questions_and_answers_settle_facts(message, facts):
    assert read(message) == facts


@pytest.mark.parametrize(
    "message",
    [
        "Does the team have deep knowledge of the buyer's hidden frustrations?",
        "They are frustrated.",
        "It never has > 50,000 rows.",
        "Between < 10,000 rows and > 50,000 rows, nobody knows.",
        "Our buyer is not searching with specific keywords.",
        "Deep knowledge of the buyer, not of hidden frustrations, is what the team has.",
        "hello there",
        "We sell umbrellas to people in the rain.",
    ],
)
def test_questions_hints_and_muddled_denials_settle_nothing(message):
    assert read(message) == {}


def test_each_reading_names_the_sentence_that_settles_it():
    message = "Hello. It runs after midnight. Thanks!"
    (found,) = read_described(message, RULES.facts.values())
    assert message[found.start : found.end].strip() == "It runs after midnight."
