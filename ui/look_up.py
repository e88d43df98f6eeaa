"""Decisions and passages as the doors for programs ask for them: the forms, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from assistant import DecisionResult, Pack, PackError, TooLargeError, decide_facts, pack_as_of
from ui.errors import UsageError
from ui.http_problem import RefusedError, Wrong
from ui.json_lines import whole_characters
from ui.read_facts import check_facts
from ui.search_batch import check_guide

if TYPE_CHECKING:
    from assistant import Assistant, Hit, RuleSet


class Known(BaseModel):
    """Facts by name: a value of the rules, a number, ``true`` and ``false`` for yes and no, or "unknown".

    ``as_of`` decides by the rules in force on that day.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    facts: dict[str, str | bool | int | float]
    as_of: date | None = None


class Looked(BaseModel):
    """What to look for; ``guide`` narrows it to one guide, ``heading`` to below headings of these words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    query: str = Field(min_length=1, max_length=20_000)
    top: int = Field(10, ge=1, le=100)
    guide: str | None = Field(None, max_length=500)
    heading: str | None = Field(None, max_length=500)


class HitTold(BaseModel):
    """A passage; ``start`` and ``end`` count characters of its guide, ``score`` orders this search alone."""

    guide: str
    section: str
    heading: list[str]
    score: float
    start: int
    end: int
    text: str


class HitsTold(BaseModel):
    """The passages nearest to the query, best first."""

    query: str
    hits: list[HitTold]


def decided(pack: Pack, known: Known) -> DecisionResult:
    """The decision on what is ``known``. Raises :class:`RefusedError` with every fact that is wrong."""
    if pack.rules is None:
        raise RefusedError(422, "This pack has no rules, so there is nothing to decide. Use /v1/answers.")
    facts = checked(pack.rules, known.facts)
    try:
        return decide_facts(pack_as_of(pack, known.as_of) if known.as_of else pack, facts)
    except (PackError, TooLargeError) as error:
        raise RefusedError(422, str(error)) from error


def checked(rules: RuleSet, told: Mapping[str, object]) -> dict[str, str | float]:
    """The facts as the rules take them. Raises :class:`RefusedError` with every fact that is wrong."""
    facts, problems = check_facts(rules, told)
    if problems:
        wrong = [Wrong(place=place, problem=problem) for place, _, problem in map(_split, problems)]
        raise RefusedError(422, "The rules cannot take these facts.", errors=wrong)
    return facts


def found(assistant: Assistant, looked: Looked) -> HitsTold:
    """The passages that ``looked`` asks for. Raises :class:`RefusedError` for a guide that is not there."""
    if looked.guide is not None:
        try:
            check_guide(looked.guide, [guide.id for guide in assistant.pack.guides])
        except UsageError as error:
            raise RefusedError(422, error.problem) from error
    words = whole_characters(looked.query)
    heading = whole_characters(looked.heading) if looked.heading is not None else None
    hits = assistant.search(words, looked.top, guide=looked.guide, heading=heading)
    return HitsTold(query=words, hits=[_told(hit) for hit in hits])


def _told(hit: Hit) -> HitTold:
    passage = hit.passage
    return HitTold(
        guide=passage.section.partition("#")[0],
        section=passage.section,
        heading=list(passage.heading),
        score=round(float(hit.score), 6),
        start=passage.start,
        end=passage.end,
        text=passage.text,
    )


def _split(problem: str) -> tuple[str, str, str]:
    return problem.partition(": ")
