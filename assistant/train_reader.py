"""``python -m assistant.train_reader`` (``make train``): makes the trained reader from a pack's own data.

Reads the example messages and the questions of the pack, judges by cross-validation how far the reader can be
trusted, learns once more from everything, and writes the weights with their card. Fixed seeds. With a
teacher, the folder of a larger encoder, it takes minutes on a graphics processor; without one half an
hour or more on two cores, by how many parts of the cross-validation are read.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from assistant.calibrate import calibrate, figures_of
from assistant.cross_read import Split, cross_read, teller, workers_here
from assistant.errors import AssistantError, PackError
from assistant.learn_reader import Schooling, learn_reader, schooling
from assistant.matters import Lessons, facts_hash, lessons_of, messages_hash
from assistant.messages import load_messages
from assistant.pack import Pack, open_pack, rules_of
from assistant.trained_reader import CARD, WEIGHTS, Card, reader_folder
from assistant.write_card import Making, model_card
from corpus import CorpusError, Recipe, export_classifier, load_questions, write_aside

SEED = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train: the schooling, the cross-validation, how many processes, and where to go on from."""

    schooling: Schooling
    split: Split
    workers: int
    keep: Path


def train_reader(pack: Pack, out: Path, plan: Plan) -> Mapping[str, object]:
    """Learn from ``pack`` and write weights, card and model card to ``out``; returns the figures.

    Raises :class:`PackError` for example messages that do not fit the rules, and ``corpus.CorpusError``.
    """
    started = time.monotonic()
    rules, lessons = rules_of(pack), read_lessons(pack)
    out.mkdir(parents=True, exist_ok=True)
    # The weights are learned beside the cross-validation, which says how far they can be trusted.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        weights = apart.submit(_weights, lessons, plan.schooling, out / WEIGHTS)
        held = cross_read(lessons, pack.cue_files, plan.split, plan.schooling, plan.workers, plan.keep)
        found = {matter.name: calibrate(held, matter, at) for at, matter in enumerate(lessons.matters)}
        figures = figures_of(held, lessons.matters, found)
        rounding = weights.result()
    card = Card(lessons.matters, found, facts_hash(rules), messages_hash(pack))
    told = figures | {"8 bits": {"logits apart": round(rounding, 4)}}
    write_whole(out / CARD, card.text(told))
    made = Making(plan.schooling, plan.split, (time.monotonic() - started) / 60)
    write_whole(out / "README.md", model_card(pack, lessons, card, figures, made))
    return told


def _weights(lessons: Lessons, schooling: Schooling, path: Path) -> float:
    tuned = learn_reader(lessons, SEED, schooling, teller("all"))
    return export_classifier(tuned, path, [told.text for told in lessons.messages[::10]])


def read_lessons(pack: Pack) -> Lessons:
    """What ``pack`` teaches. Raises :class:`PackError` with every problem of its example messages."""
    rules = rules_of(pack)
    told, problems = [], []
    for path in pack.message_files:
        messages, wrong = load_messages([path], rules)
        told.append((path.name, messages))
        problems += wrong
    if problems:
        raise PackError(str(pack.root), tuple(problems))
    return lessons_of(rules, told, load_questions(pack.root / "corpus", pack.guides))


def write_whole(path: Path, text: str) -> None:
    """Write ``text`` to ``path`` in one step."""
    write_aside(path, lambda aside: _write(aside, text))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Train as the command line says; 0 when the weights are written, 3 for a pack that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m assistant.train_reader", description=__doc__)
    parser.add_argument("--pack", type=Path, help="the pack to learn from (default: the bundled one)")
    parser.add_argument("--out", type=Path, default=reader_folder(), help="where the weights go")
    parser.add_argument("--keep", type=Path, help="folder for what an interrupted run goes on from")
    parser.add_argument("--folds", type=int, default=Split().folds, help="parts of the cross-validation")
    parser.add_argument("--read", type=int, help="how many of the parts are read (default: all)")
    parser.add_argument("--epochs", type=int, default=Recipe().epochs)
    parser.add_argument("--teacher", type=Path, help="folder of a larger encoder to learn from")
    parser.add_argument("--workers", type=int, default=workers_here(), help="processes at a time")
    asked = parser.parse_args(arguments)
    split = Split(asked.folds, min(asked.read or asked.folds, asked.folds))
    with tempfile.TemporaryDirectory() as place:
        keep = asked.keep or Path(place)
        keep.mkdir(parents=True, exist_ok=True)
        plan = Plan(schooling(asked.epochs, asked.teacher), split, asked.workers, keep)
        return exit_code(lambda: train_reader(open_pack(asked.pack), asked.out, plan))


def exit_code(train: Callable[[], object]) -> int:
    """0 once ``train`` has done its work; 3, with the reason told, for a pack that cannot be used."""
    try:
        train()
    except (AssistantError, CorpusError) as error:
        print(error, file=sys.stderr)  # noqa: T201  # a command speaks
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
