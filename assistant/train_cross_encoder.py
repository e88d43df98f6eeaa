"""``python -m assistant.train_cross_encoder`` (``make train``): makes the cross-encoder of a pack.

It learns twice, side by side: from all questions, and without one part of the passages, whose questions it
then scores as strangers'. Fixed seeds. With a teacher, the folder of a larger encoder, it takes minutes on a
graphics processor; without one, more than an hour on two cores.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from assistant.cross_encoder import ASKS, HELD, WEIGHTS, pairs_folder, pairs_of, summed, write_held
from assistant.cross_read import teller
from assistant.evidence import Grounds, ground, nearest
from assistant.features import Floats
from assistant.learn_reader import Schooling, learn_schooled
from assistant.learn_silence import PARTS, Vectors, chosen, part_of, strangers
from assistant.pack import Pack, open_pack
from assistant.pair_lessons import PairLessons, pair_lessons
from assistant.train_reader import exit_code, write_whole
from assistant.write_card import made_how
from corpus import (
    MODEL_NAME,
    MODEL_SHA256,
    Corpus,
    Recipe,
    Teaching,
    Tuned,
    export_classifier,
    write_aside,
)

SIZES = (2,)  # one matter: apart, belongs
ALONE = Recipe(epochs=2, batch=64, encoder_rate=2e-4, head_rate=5e-4, fall=0.9)
TEACHER = Recipe(epochs=3, batch=128, encoder_rate=8e-5, head_rate=5e-4, fall=0.9)
STUDENT = Recipe(epochs=2, batch=64, encoder_rate=2.5e-4, head_rate=5e-4, fall=0.9)
TEACHERS = 1
HELD_PART = 0
CHECKED = 200  # pairs that the export is compared on
TEMPLATE = "cross_encoder_card.md"


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The lessons, the ``plain`` vectors that strangers' questions are made of, and how to learn."""

    lessons: PairLessons
    plain: Vectors
    schooling: Schooling


def train_cross_encoder(course: Course, out: Path) -> dict[str, Floats]:
    """Write the weights to ``out``, and beside them the scores of the part held out, which it returns."""
    out.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as apart:
        weights = apart.submit(_weights, course, out / WEIGHTS)
        scores = apart.submit(_held, course).result()
        weights.result()
    write_aside(out / HELD, lambda aside: _keep(aside, scores, out / WEIGHTS))
    return scores


def _keep(aside: Path, scores: dict[str, Floats], weights: Path) -> None:
    with aside.open("wb") as file:
        write_held(file, scores, weights)


def _weights(course: Course, path: Path) -> float:
    lessons = course.lessons
    tuned = _learn(lessons, 0, course.schooling, "all")
    checked = lessons.unlabelled(random.Random(0))[::997][:CHECKED]  # noqa: S311  # not of a secret
    return export_classifier(tuned, path, checked)


def _held(course: Course) -> dict[str, Floats]:
    """The scores of questions of the part held out, by readers that learned from the others."""
    lessons, grounds = course.lessons, course.lessons.grounds
    parts = part_of(grounds, lessons.rows)
    tuned = _learn(
        replace(lessons, rows=lessons.rows[parts != HELD_PART]), 1, course.schooling, "without one part"
    )
    asks, near = (some[part_of(grounds, some) == HELD_PART] for some in (grounds.asks, grounds.near))
    told: list[tuple[str, str]] = []
    places = {}
    for stranger in strangers(grounds, course.plain, chosen(asks, near)):
        best, asked = nearest(grounds, stranger.texts, stranger.asked, ASKS)
        question = grounds.questions[stranger.own]
        pairs = pairs_of(question, grounds.passages[best], [grounds.questions[ask] for ask in asked])
        places[question] = (len(told), len(told) + len(pairs))
        told += pairs
    logits = tuned.logits(told)
    return {question: summed(logits[start:end]) for question, (start, end) in places.items()}


def _learn(lessons: PairLessons, seed: int, schooling: Schooling, what: str) -> Tuned:
    return learn_schooled(lessons.draw, lessons.unlabelled, SIZES, seed, schooling, teller(what))


def card(
    pack: Pack, grounds: Grounds, scores: dict[str, Floats], schooling: Schooling, minutes: float
) -> str:
    """The model card (Mitchell et al., 2019)."""
    from sklearn.metrics import roc_auc_score

    answered = {grounds.questions[ask] for ask in grounds.asks.tolist()}
    truth = [question in answered for question in scores]
    told = np.array(list(scores.values()))
    return (files("assistant").joinpath(TEMPLATE).read_text(encoding="utf-8")).format(
        pack=f"{pack.id} {pack.version}".strip(),
        model=MODEL_NAME,
        model_sha=MODEL_SHA256[:12],
        asks=len(grounds.asks),
        near=len(grounds.near),
        minutes=f"{minutes:.0f}",
        made=made_how(schooling),
        parts=PARTS,
        held=len(scores),
        answers=f"{roc_auc_score(truth, told[:, 0]):.3f}",
        same=f"{roc_auc_score(truth, told[:, 1]):.3f}",
    )


def main(arguments: Sequence[str]) -> int:
    """Train as the command line says; 0 when the weights are written, 3 for a pack that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m assistant.train_cross_encoder", description=__doc__)
    parser.add_argument("--pack", type=Path, help="the pack to learn from (default: the bundled one)")
    parser.add_argument("--out", type=Path, default=pairs_folder(), help="where the weights go")
    parser.add_argument("--teacher", type=Path, help="folder of a larger encoder to learn from")
    asked = parser.parse_args(arguments)
    teaching = Teaching(asked.teacher, TEACHERS, TEACHER, STUDENT) if asked.teacher else None
    return exit_code(lambda: _train(asked.pack, asked.out, Schooling(ALONE, teaching)))


def _train(folder: Path | None, out: Path, schooling: Schooling) -> None:
    """Everything from the pack in ``folder`` to the model card in ``out``."""
    started = time.monotonic()
    pack = open_pack(folder)
    corpus = Corpus.open(pack.root / "corpus", read=(pack.guides, pack.refused))
    grounds = ground(corpus)
    course = Course(pair_lessons(grounds, *corpus.projected()), Vectors(*corpus.vectors()), schooling)
    scores = train_cross_encoder(course, out)
    minutes = (time.monotonic() - started) / 60
    write_whole(out / "README.md", card(pack, grounds, scores, schooling, minutes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
