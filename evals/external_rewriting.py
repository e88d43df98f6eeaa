"""Follow-ups made to stand alone, held against what people wrote for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant import Conversation
from assistant.understand import whole_question
from evals.external import Figure, Setting, figure
from evals.external_rows import read_rows

TOPIC_LINES = 2  # a row's history begins with the title and the heading that the talk is about


def run_canard(folder: Path, setting: Setting) -> Iterator[Figure]:
    """ROUGE-L of the question that is looked up, beside that of the question as it was asked."""
    drawn = setting.sample.of(read_rows(folder / "tasks.jsonl"))
    looked_up, copied = [], []
    for row in drawn:
        question, wanted = row.text("question"), row.text("rewrite")
        source = row.text("_id").partition("#")[0]
        questions = row.texts("history")[TOPIC_LINES::2]
        looked_up.append((source, rouge_l(_alone(questions, question), wanted)))
        copied.append((source, rouge_l(question, wanted)))
    task = "question of a talk"
    yield figure(("canard_dev", task, "topic of follow-ups", "ROUGE-L"), looked_up)
    yield figure(("canard_dev", task, "the question as it is", "ROUGE-L"), copied)


def _alone(before: Sequence[str], question: str) -> str:
    """``question`` as the talk's topic makes it; each question before it moved the topic."""
    topic = ""
    for asked in before:
        topic = whole_question(asked, Conversation(topic=topic), {})
    return whole_question(question, Conversation(topic=topic), {})


def rouge_l(said: str, wanted: str) -> float:
    """The F1 of the longest common subsequence of words.

    Method: C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", ACL workshop Text
    Summarization Branches Out (2004); words in lower case, without stemming.
    """
    from rapidfuzz.distance import LCSseq

    one, other = _words(said), _words(wanted)
    if not one or not other:
        return float(one == other)
    return 2 * LCSseq.similarity(one, other) / (len(one) + len(other))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.casefold())
