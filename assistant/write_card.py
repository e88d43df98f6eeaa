"""The model card of the trained reader (Mitchell et al., Model cards for model reporting, 2019)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from math import sqrt

from assistant.cross_read import Split
from assistant.matters import Lessons
from assistant.pack import Pack
from assistant.trained_reader import Card
from corpus import MODEL_NAME, MODEL_SHA256, Recipe

NORMAL = 1.96  # standard deviations that hold 95 % of a normal distribution
TEMPLATE = "reader_card.md"


@dataclass(frozen=True, slots=True)
class Making:
    """How the weights were made, and how long it took."""

    recipe: Recipe
    split: Split
    minutes: float


def model_card(pack: Pack, lessons: Lessons, card: Card, figures: Mapping[str, object], made: Making) -> str:
    """What the weights are, what they were made from, and how well they read what they had not seen."""
    template = files("assistant").joinpath(TEMPLATE).read_text(encoding="utf-8")
    recipe = made.recipe
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
        epochs=recipe.epochs,
        batch=recipe.batch,
        rate=f"{recipe.encoder_rate:g}",
        fall=f"{recipe.fall:g}",
        smoothing=f"{recipe.smoothing:g}",
        folds=made.split.folds,
        read=made.split.read,
        minutes=f"{made.minutes:.0f}",
        rows="\n".join(_row(card, name, told) for name, told in figures.items() if isinstance(told, dict)),
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
