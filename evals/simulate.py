"""A simulated user: hidden facts, truthful answers, and how many questions until it is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import Assistant, Conversation
from evals.best_questions import best_questions
from evals.hidden_cases import Case, Hidden, Outcome, hidden_cases
from evals.intervals import Cluster, clustered, wilson
from rules import RuleSet, decide
from rules.model import UNKNOWN

ASKS_FOR_ADVICE = "Which one should we take?"
CANNOT_SAY = "I don't know"


@dataclass(frozen=True, slots=True)
class Walk:
    """The facts asked for, one after the other, and what was decided in the end."""

    asked: tuple[str, ...]
    outcome: Outcome


Asked = Callable[[Case, Case], Walk]
"""Walks with a user whose case is the first and who tells the second of it at the start."""


@dataclass(frozen=True, slots=True)
class Walked:
    """One hidden case of the rules called ``rules``: its walk, and the questions of a best way of asking."""

    rules: str
    walk: Walk
    best: int
    right: bool


@dataclass(frozen=True, slots=True)
class Simulation:
    """What walks with simulated users came to.

    ``right`` is the share of cases decided in the end as with everything told; all else is of these alone,
    since whoever stops too early asks little. ``asked`` and ``best`` are mean numbers of questions with their
    95 % intervals, from a bootstrap over rule sets, or over the cases of a single one; ``excess`` is what is
    asked beyond the best way in the mean, ``no_more`` the share of cases asked no more than by the best way,
    like ``right`` with Wilson's interval. ``too_large`` are rules that are not in it.
    """

    users: str
    rules: int
    cases: int
    asked: tuple[float, float, float]
    best: tuple[float, float, float]
    excess: tuple[float, float, float]
    most_asked: int
    most_best: int
    no_more: tuple[float, float, float]
    right: tuple[float, float, float]
    too_large: tuple[str, ...]


def simulate(
    sets: Iterable[tuple[str, RuleSet, Asked]], *, unsure: bool, draws: int = 0, seed: int = 0
) -> Simulation:
    """Walks with a user for every hidden case of each of ``sets``: a name, rules, and what asks.

    ``unsure`` users may have no answer; ``draws`` openings are drawn by ``seed`` beside the silent one.
    """
    walked: list[Walked] = []
    too_large = []
    for name, rules, ask in sets:
        found = [
            (hidden, best_questions(hidden))
            for hidden in hidden_cases(rules, unsure=unsure, draws=draws, seed=seed)
        ]
        if not found or any(best is None for _, best in found):
            too_large.append(name)
            continue
        for hidden, best in found:
            walked += _walked(name, hidden, best or (), ask)
    return _simulation("may have no answer" if unsure else "know every answer", walked, tuple(too_large))


def by_rules(rules: RuleSet) -> Asked:
    """Asks as the rules do, without a word: an answer is a fact."""

    def walk(case: Case, opening: Case) -> Walk:
        told, asked = dict(opening), list[str]()
        decision = decide(rules, told)
        while decision.next is not None:
            fact = decision.next.fact
            asked.append(fact)
            told[fact] = case[fact]
            decision = decide(rules, told)
        return Walk(tuple(asked), (decision.status, decision.options))

    return walk


def by_words(assistant: Assistant) -> Asked:
    """Asks as the assistant does, and answers in words, which it may understand or not.

    The user's opening is told by hand. A question that comes again ends the walk: the answer was not taken.
    """
    labels = assistant.fact_labels()

    def walk(case: Case, opening: Case) -> Walk:
        conversation = Conversation()
        for fact, value in opening.items():
            conversation = assistant.change(conversation, fact, value).conversation
        turn, asked = assistant.reply(ASKS_FOR_ADVICE, conversation), list[str]()
        while (decision := turn.answer.decision) is not None and decision.next is not None:
            fact = decision.next.fact
            if fact in asked:
                break
            asked.append(fact)
            words = dict(labels[fact].choices) | {UNKNOWN: CANNOT_SAY}
            turn = assistant.reply(words.get(case[fact], case[fact]), turn.conversation)
        outcome = (decision.status, decision.options) if decision is not None else ("none", ())
        return Walk(tuple(asked), outcome)

    return walk


def _walked(name: str, hidden: Hidden, best: Sequence[int], ask: Asked) -> Iterator[Walked]:
    for case, outcome, least in zip(hidden.cases, hidden.outcomes, best, strict=True):
        walk = ask(case, hidden.opening)
        yield Walked(name, walk, least, walk.outcome == outcome)


def _simulation(users: str, walked: Sequence[Walked], too_large: tuple[str, ...]) -> Simulation:
    names = {one.rules for one in walked}
    done = [one for one in walked if one.right]
    # Cases of one rule set are alike; of a single set there is nothing else to draw from.
    sources = [one.rules if len(names) > 1 else str(place) for place, one in enumerate(done)]
    asked, best = [len(one.walk.asked) for one in done], [one.best for one in done]
    excess = [a - b for a, b in zip(asked, best, strict=True)]
    return Simulation(
        users=users,
        rules=len(names),
        cases=len(walked),
        asked=_mean(sources, asked),
        best=_mean(sources, best),
        excess=_mean(sources, excess),
        most_asked=max(asked, default=0),
        most_best=max(best, default=0),
        no_more=_share([more <= 0 for more in excess]),
        right=_share([one.right for one in walked]),
        too_large=too_large,
    )


def _share(held: Sequence[bool]) -> tuple[float, float, float]:
    low, high = wilson(sum(held), len(held))
    return (sum(held) / len(held) if held else 0.0), low, high


def _mean(sources: Sequence[str], values: Sequence[int]) -> tuple[float, float, float]:
    """The mean with its interval. Values are moved into 0 to 1 for it, and back."""
    if not values:
        return 0.0, 0.0, 0.0
    mean, least = sum(values) / len(values), min(values)
    span = max(values) - least
    if span == 0:
        return mean, mean, mean
    clusters: dict[str, Cluster] = {}
    for source, value in zip(sources, values, strict=True):
        before = clusters.get(source, Cluster(0.0, 0))
        clusters[source] = Cluster(before.total + (value - least) / span, before.many + 1)
    low, high = clustered(tuple(clusters.values()))
    return mean, least + span * low, least + span * high
