"""What is learned from a pack's own examples: a head for each fact, for the kind of a message, for silence.

Learning takes seconds, happens when the index is built, and is kept beside it under the hash of everything
it was learned from.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from assistant.cross_encoder import CrossEncoder
from assistant.cues import Cues
from assistant.errors import PackError
from assistant.evidence import Grounds
from assistant.features import Floats, features
from assistant.heads import SILENT, Head, Pieces, fit, train_head
from assistant.learn_silence import Vectors, train_silence
from assistant.matters import FEWEST_EXAMPLES, KIND
from assistant.messages import ExampleMessage, load_messages
from assistant.off_topic import off_topic
from assistant.pack import Pack
from assistant.sentences import sentences
from corpus import Corpus, IndexWriteError, Progress, building, unseen

PATIENCE = 900.0  # seconds to wait for another process that learns the same
LEARNING = "23"  # raised when features or training change, so that kept heads are not reused
MOST_QUESTIONS = 3_000  # of a sort that the head of the kind learns from; more take longer and teach nothing
ANSWERS = "answered by the guides"  # no fact can have such a name


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """``facts`` holds a head for each fact with enough examples; ``kind`` tells need, detail and off topic.

    ``kind`` is ``None`` for a pack without example messages or without questions. ``silence`` tells answered
    from unanswered questions, ``None`` for a pack with too few near misses.
    """

    facts: dict[str, Head]
    kind: Head | None
    silence: Head | None


def learn(
    pack: Pack,
    cues: Cues,
    corpus: Corpus,
    grounds: Grounds,
    folder: Path,
    progress: Progress | None = None,
    judged: Iterable[str] = (),
    cross: CrossEncoder | None = None,
) -> Learned:
    """The heads of ``pack`` over its ``corpus``, kept ones in ``folder`` where nothing changed.

    How far a head can be trusted is found out by cross-validation, which takes most of the time; for the
    facts in ``judged`` it is known already (a trained reader brings it) and left out. ``cross`` is heard when
    silence is judged.

    Raises :class:`PackError` with every problem of the example messages and ``corpus.IndexWriteError`` when
    ``folder`` cannot be written.
    """
    known = frozenset(judged)
    told = [LEARNING, pack.sha256, corpus.fingerprint, cross.sha256 if cross else "", *sorted(known)]
    key = sha256("\0".join(told).encode()).hexdigest()[:16]
    kept = folder / f"heads-{key}.npz"
    learned = _read(kept)
    if learned is not None:
        return learned
    try:
        return _learn(_lesson(pack, cues, corpus, grounds, known, cross), kept, progress or unseen)
    except OSError as error:
        problem = f"what was learned cannot be kept there ({error.strerror or error})"
        raise IndexWriteError(
            folder, problem, "free some space, or name another folder in GROUNDRULE_CACHE"
        ) from error


def _learn(lesson: Lesson, kept: Path, progress: Progress) -> Learned:
    """Learn, and keep what was learned; one process at a time."""
    with building(kept.parent, PATIENCE, progress):
        learned = _read(kept)  # another process may have learned it while this one waited
        if learned is None:
            learned = _train(lesson, progress)
            _write(learned, kept)
            for older in kept.parent.glob("heads-*.npz"):
                if older != kept:
                    older.unlink(missing_ok=True)
    return learned


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What there is to learn from: the pack with its example messages and cues, its corpus and questions.

    ``known`` are the vectors of the questions, ``judged`` the facts that need no cross-validation.
    """

    pack: Pack
    messages: tuple[ExampleMessage, ...]
    cues: Cues
    corpus: Corpus
    grounds: Grounds
    known: Mapping[str, Floats]
    judged: frozenset[str]
    cross: CrossEncoder | None

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of ``texts``; those of the pack's questions are in the index already."""
        new = [text for text in dict.fromkeys(texts) if text not in self.known]
        made = dict(zip(new, self.corpus.encode(new), strict=True)) if new else {}
        return np.stack([self.known[text] if text in self.known else made[text] for text in texts])


def _lesson(
    pack: Pack,
    cues: Cues,
    corpus: Corpus,
    grounds: Grounds,
    judged: frozenset[str],
    cross: CrossEncoder | None,
) -> Lesson:
    _, vectors = corpus.vectors()
    known = {question.text: vector for question, vector in zip(corpus.questions, vectors, strict=True)}
    return Lesson(pack, _messages(pack), cues, corpus, grounds, known, judged, cross)


def _messages(pack: Pack) -> tuple[ExampleMessage, ...]:
    if pack.rules is None:
        return ()
    messages, problems = load_messages(pack.message_files, pack.rules)
    if problems:
        raise PackError(str(pack.root), problems)
    return messages


def _train(lesson: Lesson, progress: Progress) -> Learned:
    """Every head that there are examples for."""
    what = "Learning to read messages"
    names = [name for name in (lesson.pack.rules.facts if lesson.pack.rules else ()) if _taught(lesson, name)]
    total = len(names) + 3
    progress(0, total, what)
    facts: dict[str, Head] = {}
    kind = None
    if lesson.messages:
        texts = [message.text for message in lesson.messages]
        rows = features(texts, lesson.encode, lesson.cues)
        pieces = _pieces(lesson, texts) if set(names) - lesson.judged else None
        for number, name in enumerate(names, 1):
            progress(number, total, what)
            labels = [message.facts.get(name, SILENT) for message in lesson.messages]
            judged = name in lesson.judged
            facts[name] = fit(rows, np.array(labels)) if judged else train_head(rows, labels, pieces)
        progress(total - 2, total, what)
        # What settles nothing may be an answer, an aside or another topic: its kind is nobody's claim.
        settling = [row for row, message in enumerate(lesson.messages) if message.facts]
        kind = _train_kind(lesson, rows[settling])
    progress(total - 1, total, what)
    away = off_topic()
    corpus = lesson.corpus
    learned = Vectors(*corpus.projected())
    far = corpus.project(corpus.encode(away))
    silence = train_silence(lesson.grounds, Vectors(*corpus.vectors()), learned, far, away, lesson.cross)
    progress(total, total, what)
    return Learned(facts, kind, silence)


def _pieces(lesson: Lesson, texts: Sequence[str]) -> Pieces:
    """The sentences of those texts that have several."""
    told = [[text[start:end].strip() for start, end in sentences(text)] for text in texts]
    several = [(row, piece) for row, pieces in enumerate(told) if len(pieces) > 1 for piece in pieces]
    owners = np.array([row for row, _ in several], dtype=np.intp)
    return Pieces(features([piece for _, piece in several], lesson.encode, lesson.cues), owners)


def _taught(lesson: Lesson, name: str) -> bool:
    counts = Counter(message.facts[name] for message in lesson.messages if name in message.facts)
    return any(count >= FEWEST_EXAMPLES for count in counts.values())


def _train_kind(lesson: Lesson, rows: Floats) -> Head | None:
    """Need, detail or off topic: from messages, questions of the guides, and what no guide answers."""
    asks = [question.text for question in lesson.corpus.questions if question.kind == "ask"]
    if not asks:
        return None
    near = [question.text for question in lesson.corpus.questions if question.kind == "near"]
    # Questions spread evenly, so that training stays a matter of seconds; and the longest, without which it
    # would learn that whoever writes much describes a need. What the guides do not answer is asked in the
    # same manner.
    most = min(len(rows), MOST_QUESTIONS)
    spread = [*asks[:: max(1, len(asks) // most)], *near[:: max(1, len(near) // most)]]
    some = list(dict.fromkeys([*spread, *sorted(asks, key=len, reverse=True)[:most]]))
    away = off_topic()
    others = features([*some, *away], lesson.encode, lesson.cues)
    labels = ["need"] * len(rows) + ["detail"] * len(some) + ["off"] * len(away)
    return fit(np.vstack([rows, others]), np.array(labels))


def _write(learned: Learned, path: Path) -> None:
    """Written aside and renamed, so that a kill never leaves half a file in the place of a whole one."""
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {}
    for name, head in (learned.facts | {KIND: learned.kind, ANSWERS: learned.silence}).items():
        if head is None:
            continue
        arrays |= {
            f"{name}/labels": np.array(head.labels),
            f"{name}/weights": head.weights,
            f"{name}/bias": head.bias,
            f"{name}/sure": np.array(head.sure),
        }
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.stem}.{os.getpid()}.aside.npz")
    try:
        np.savez_compressed(aside, **arrays)  # type: ignore[arg-type]  # numpy's stub knows one keyword
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _read(path: Path) -> Learned | None:
    """The kept heads; ``None`` when there are none, or not whole: then they are learned again."""
    heads: dict[str, Head] = {}
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            for name in dict.fromkeys(key.rsplit("/", 1)[0] for key in kept.files):
                labels = tuple(str(label) for label in kept[f"{name}/labels"])
                weights, bias = kept[f"{name}/weights"], kept[f"{name}/bias"]
                heads[name] = Head(labels, weights, bias, float(kept[f"{name}/sure"]))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return Learned(kind=heads.pop(KIND, None), silence=heads.pop(ANSWERS, None), facts=heads)
