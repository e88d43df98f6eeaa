"""How well details are answered and cited: retrieval alone, and what the answer makes of what it finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evals.observed import Observed, observed
from evals.plain import holds
from evals.score_turn import marked_citations, missing
from evals.scored import ScoredCase, ScoredTurn
from evals.suite import Alternatives

Asked = Sequence[tuple[ScoredCase, ScoredTurn]]
FAR = 10  # so many sections are looked at


def measure_lookups(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    """Details that the guide answers: answered, cited, and cited at the very words."""
    asked = [(case, turn) for case in cases for turn in case.turns if turn.expect.judges_lookup]
    meaning = "details whose answer holds the words that tell it"
    yield observed("lookups answered", meaning, ((case, _answered(turn)) for case, turn in asked))
    meaning = "of the words that tell an answer, the share that it holds"
    yield observed("answer recall", meaning, ((case, _held(turn)) for case, turn in asked))
    meaning = "details whose cited quotes hold those words"
    yield observed("lookups whose quotes hold", meaning, ((case, _quotes_hold(turn)) for case, turn in asked))
    cited = [(case, turn) for case, turn in asked if turn.expect.cites]
    meaning = "details cited to an expected section"
    yield observed("lookups that cite the place", meaning, ((case, _cited(turn)) for case, turn in cited))
    meaning = "cited spans that stand in an expected section and hold words that tell the answer"
    yield observed("citation precision", meaning, _spans(asked))
    meaning = "words that tell an answer, of each group at least one, held by a cited span"
    yield observed("citation recall", meaning, _words_cited(asked))


def measure_retrieval(cases: Sequence[ScoredCase]) -> Iterator[Observed]:
    """Retrieval alone, by ir-measures: the sections found for a first message, against those expected.

    Sections of which any will do count as one: its best place is where it was found. Only messages with
    expected sections are judged, and no answer is looked at.
    """
    judged = [(case, case.turns[0]) for case in cases if case.looked is not None and case.turns]
    judged = [
        (case, turn)
        for case, turn in judged
        if turn.number == 1 and turn.expect.judges_lookup and turn.expect.cites
    ]
    if not judged:
        return
    from ir_measures import RR, Measure, Qrel, R, ScoredDoc, iter_calc, nDCG  # pytrec_eval, 0.3 s

    wanted: tuple[tuple[Measure, str], ...] = (
        (nDCG @ FAR, "normalised discounted cumulative gain of the first ten sections"),
        (R @ 1, "expected sections that are found first"),
        (R @ 5, "expected sections among the first five"),
        (R @ FAR, "expected sections among the first ten"),
        (RR, "one over the place of the first expected section"),
    )
    relevant, found = [], []
    for number, (case, turn) in enumerate(judged):
        relevant += [Qrel(str(number), str(group), 1) for group in range(len(turn.expect.cites))]
        ranked = _as_groups(case.looked.sections if case.looked else (), turn.expect.cites)
        found += [ScoredDoc(str(number), name, -place) for place, name in enumerate(ranked)]
    values = list(iter_calc([one for one, _ in wanted], relevant, found))
    for one, meaning in wanted:
        own = ((judged[int(value.query_id)][0], value.value) for value in values if value.measure == one)
        yield observed(f"retrieval {one}", meaning, own)


def _as_groups(sections: Sequence[str], groups: Alternatives) -> tuple[str, ...]:
    """Sections as the number of the group that each belongs to, each group once; others as they are."""
    named = {section: str(number) for number, group in enumerate(groups) for section in group}
    return tuple(dict.fromkeys(named.get(section, section) for section in sections))


def _answers(turn: ScoredTurn) -> bool:
    return turn.reply.answer is not None and turn.reply.answer.kind in turn.expect.kinds


def _held(turn: ScoredTurn) -> float:
    if turn.reply.answer is None or not _answers(turn):
        return 0.0
    groups = turn.expect.says
    return 1 - len(tuple(missing(groups, turn.reply.answer.text))) / len(groups)


def _answered(turn: ScoredTurn) -> bool:
    return _held(turn) == 1


def _quotes(turn: ScoredTurn) -> tuple[tuple[str, str], ...]:
    """Section and quote of every citation that the answer's text names."""
    if turn.reply.answer is None or not _answers(turn):
        return ()
    return tuple((citation.section, citation.quote) for citation in marked_citations(turn.reply.answer))


def _quotes_hold(turn: ScoredTurn) -> bool:
    return _answers(turn) and not any(
        missing(turn.expect.says, " ".join(quote for _, quote in _quotes(turn)))
    )


def _cited(turn: ScoredTurn) -> bool:
    return _answers(turn) and not turn.differs("citation")


def _told(turn: ScoredTurn) -> Alternatives:
    """The words that a cited span must hold: those expected of quotes, else those of the text."""
    return turn.expect.quotes or turn.expect.says


def _spans(asked: Asked) -> Iterator[tuple[ScoredCase, bool]]:
    for case, turn in asked:
        sections = {section for group in turn.expect.cites for section in group}
        for section, quote in _quotes(turn):
            holding = any(holds(quote, words) for group in _told(turn) for words in group)
            yield case, holding and (not sections or section in sections)


def _words_cited(asked: Asked) -> Iterator[tuple[ScoredCase, bool]]:
    for case, turn in asked:
        quotes = _quotes(turn)
        for group in _told(turn):
            yield case, any(holds(quote, words) for _, quote in quotes for words in group)
