"""What a question asks for, and whether a passage holds such a thing."""

import pytest

from assistant.evidence import evidence, ground
from assistant.question_kinds import (
    COMPARISON,
    DATE,
    FUTURE,
    HELD,
    KINDS,
    NUMBER,
    PERSON,
    PRECISION,
    PRICE,
    WAY,
    YES_NO,
    asked_for,
    held,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("what does a licence cost?", PRICE),
        ("How do I install it on a server?", WAY),
        ("how many nodes may it have", NUMBER),
        ("When was it bought?", DATE),
        ("is that planned for later?", FUTURE),
        ("Who looks after the backups?", PERSON),
        ("is it faster than the other one", COMPARISON),
        ("Can it run at night?", YES_NO),
        ("give me the exact text of the message", PRECISION),
    ],
)
def test_the_form_of_a_question_tells_what_it_asks_for(question, kind):
    assert asked_for(question)[KINDS.index(kind)]


def test_a_plain_question_asks_for_none_of_the_kinds_that_a_passage_must_hold():
    told = asked_for("what is a connector?")
    assert not any(told[KINDS.index(kind)] for kind in HELD)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("MuleSoft Anypoint typically costs", PRICE),
        ("Boomi January 2026", DATE),
        ("AtomSphere Platform API rate limit", NUMBER),
        ("Fix: Configure a CDN", WAY),
    ],
)
def test_a_passage_holds_what_its_words_show(adviser, words, kind):
    passages = [p for g in adviser.pack.guides for s in g.sections for p in s.passages]
    assert held(next(p for p in passages if p.reading.startswith(words)))[HELD.index(kind)]


def test_a_number_asked_where_none_stands_counts_against_an_answer(adviser):
    corpus = adviser._minds.corpus
    grounds = ground(corpus)

    def lacking(question):
        vector = corpus.project(corpus.encode([question])[0])
        passages, questions = corpus.projected()
        found = evidence(grounds, question, passages @ vector, questions @ vector)
        return found[len(found) - len(HELD) + HELD.index(NUMBER)]

    assert lacking("How many people developed the approval form for the manager?") == 1
    assert lacking("How many seconds may a Low Latency process run?") == 0


def test_a_name_that_nobody_mentions_is_noticed(adviser):
    corpus = adviser._minds.corpus
    grounds = ground(corpus)
    passages, questions = corpus.projected()

    def strangers(question):
        vector = corpus.project(corpus.encode([question])[0])
        row = evidence(grounds, question, passages @ vector, questions @ vector)
        return row[len(row) - len(HELD) - len(KINDS) - 1]

    assert strangers("can we connect it with Zorblatt today") == 1
    assert strangers("can we connect it with Salesforce today") == 0
