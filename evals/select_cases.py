"""Part of the cases of suites: by their tags, and a sample of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from evals.errors import NoCasesError
from evals.run import RunSettings
from evals.suite import Suite
from rules.errors import did_you_mean


def select_cases(suites: Sequence[Suite], settings: RunSettings) -> tuple[Suite, ...]:
    """The suites with the cases that ``settings`` ask for, in their order; a suite left without any is gone.

    A sample is drawn by the hash of each case's name, so that the same cases are drawn again when others are
    added, on every machine. Raises :class:`NoCasesError` for a tag that no case has.
    """
    known = sorted({tag for suite in suites for case in suite.cases for tag in case.tags})
    for tag in settings.tags:
        if tag not in known:
            remedy = did_you_mean(tag, known) if known else "leave --tag away"
            raise NoCasesError(f"no case has the tag `{tag}`", remedy)
    wanted = set(settings.tags)
    chosen = [
        (suite.name, case.id)
        for suite in suites
        for case in suite.cases
        if not wanted or wanted & set(case.tags)
    ]
    if settings.sample is not None:
        chosen = sorted(chosen, key=lambda name: _draw(settings.seed, *name))[: settings.sample]
    kept = set(chosen)
    some = [
        replace(suite, cases=tuple(case for case in suite.cases if (suite.name, case.id) in kept))
        for suite in suites
    ]
    return tuple(suite for suite in some if suite.cases)


def _draw(seed: int, suite: str, case: str) -> bytes:
    return sha256(f"{seed}\0{suite}\0{case}".encode()).digest()
