"""The model card of the trained reader (Mitchell et al., Model cards for model reporting, 2019)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import sqrt

from assistant.cross_read import Split
from assistant.learn_reader import Schooling
from assistant.matters import Lessons
from assistant.pack import Pack
from assistant.trained_reader import Card
from corpus import MODEL_NAME, MODEL_SHA256, Recipe

NORMAL = 1.96  # standard deviations that hold 95 % of a normal distribution
TEMPLATE = "reader_card.md"


@dataclass(frozen=True, slots=True)
class Making:
    """How the weights were made, and how long it took."""

    schooling: Schooling
    split: Split
    minutes: float


def model_card(pack: Pack, lessons: Lessons, card: Card, figures: Mapping[str, object], made: Making) -> str:
    """What the weights are, what they were made from, and how well they read what they had not seen."""
    template = files("assistant").joinpath(TEMPLATE).read_text(encoding="utf-8")
    return template.format(
        pack=f"{pack.id} {pack.version}".strip(),
        model=MODEL_NAME,
        model_sha=MODEL_SHA256[:12],
        messages=len(lessons.messages),
        asks=len(lessons.asks),
        near=len(lessons.near),
        away=len(lessons.away),
        messages_sha=card.messages_sha256[:12],
        facts_sha=card.facts_sha256[:12],
        made=made_how(made.schooling),
        folds=made.split.folds,
        read=made.split.read,
        minutes=f"{made.minutes:.0f}",
        rows="\n".join(_row(card, name, told) for name, told in figures.items() if isinstance(told, dict)),
    )


def made_how(schooling: Schooling) -> str:
    """What was learned from what, in which steps."""
    if (teaching := schooling.teaching) is None:
        return f"It learned from what is annotated, alone: {_steps(schooling.alone)}."
    teachers = "one teacher" if teaching.count == 1 else f"the mean of {teaching.count} teachers"
    return (
        f"It learned what {teachers} said of many more texts that nobody annotated, made from pieces and\n"
        "other spellings of those that are annotated (Hinton et al., Distilling the knowledge in a neural\n"
        f"network, 2015): {_steps(teaching.student)}.\n"
        f"What taught it was fine-tuned from {teaching.folder.name} on what is annotated:\n"
        f"{_steps(teaching.teacher)}.\n"
    )


def _steps(recipe: Recipe) -> str:
    return (
        f"{recipe.epochs} epochs, batches of {recipe.batch}, AdamW, rate {recipe.encoder_rate:g} falling by "
        f"{recipe.fall:g} a layer"
    )


def _row(card: Card, name: str, told: Mapping[str, float]) -> str:
    count = int(told["texts"])
    right = [interval(told[key], count) for key in ("linear right", "tuned right", "both right")]
    if "wrong" not in told:
        return f"| {name} | {count} | {' | '.join(right)} | | | | |"
    rest = [f"{told[key] * 100:.1f} %" for key in ("settled facts read", "wrong", "opposite")]
    sure = f"{card.calibrations[name].sure:.2f}"
    return f"| {name} | {count} | {' | '.join([*right, sure, *rest])} |"


def interval(share: float, count: int) -> str:
    """``share`` of ``count`` in percent with its 95 % interval (Wilson 1927)."""
    spread = NORMAL * sqrt(share * (1 - share) / count + NORMAL**2 / (4 * count**2))
    middle, scale = share + NORMAL**2 / (2 * count), 1 + NORMAL**2 / count
    low, high = (middle - spread) / scale * 100, (middle + spread) / scale * 100
    return f"{share * 100:.1f} % [{low:.1f}, {high:.1f}]"
