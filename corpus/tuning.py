"""Fine-tuning of an encoder into a classifier of short texts, or of pairs of them: fixed seeds.

All matters are judged from one encoding: mean and maximum over the tokens, then one softmax for each matter.
The encoder's layers learn with rates that fall towards the input (Howard and Ruder, ULMFiT, 2018); the
embeddings of the words stay as published, since a few thousand texts hold few of them. One core of the
processor is used, or the graphics processor where torch finds one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.export_onnx import bare_encoder
from corpus.model_files import model_folder
from corpus.model_session import Text, open_tokenizer, padded, tokens_of

if TYPE_CHECKING:
    import torch

Logits = NDArray[np.float32]
Told = Callable[[int, float], None]
"""Called with the number of an epoch and its mean loss."""
UNTOLD = -1  # the label of a matter that a text was not annotated for
STEP = 64  # batches whose texts are sorted by length together, since the longest one slows its whole batch


@dataclass(frozen=True, slots=True)
class Example:
    """``text`` and the number of its label for each matter, :data:`UNTOLD` where nobody said."""

    text: Text
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How long and how fast to learn; the values were chosen by cross-validation on the bundled pack."""

    epochs: int = 6
    batch: int = 32
    encoder_rate: float = 4e-4
    head_rate: float = 1e-3
    fall: float = 0.85  # of the rate from a layer to the one below it
    smoothing: float = 0.05
    dropout: float = 0.1
    warm_up: float = 0.1
    decay: float = 0.01


@dataclass(frozen=True, slots=True, eq=False)
class Tuned:
    """A trained network; ``sizes`` are the labels a matter, in the order of the columns of its logits.

    ``base`` is the folder of the encoder that it was trained from, ``None`` for the installed one.
    """

    network: torch.nn.Module
    sizes: tuple[int, ...]
    base: Path | None = None

    def logits(self, texts: Sequence[Text]) -> Logits:
        """(texts, all labels of all matters)."""
        import torch

        self.network.eval()
        device = _device()
        at_once = 32 if device == "cpu" else 256
        tokens = tokens_of(open_tokenizer(self.base or model_folder()), texts)
        found = np.zeros((len(texts), sum(self.sizes)), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(tokens[place]))
        with torch.no_grad(), torch.autocast(device, torch.bfloat16, enabled=device != "cpu"):
            for start in range(0, len(order), at_once):
                places = order[start : start + at_once]
                ids, mask = _on(device, padded([tokens[place] for place in places]))
                found[places] = self.network(ids, mask).float().cpu().numpy()
        return found


def fine_tune(
    draw: Callable[[random.Random], Sequence[Example]],
    sizes: Sequence[int],
    seed: int,
    recipe: Recipe | None = None,
    told: Told | None = None,
    base: Path | None = None,
) -> Tuned:
    """A classifier for the examples that ``draw`` gives, newly varied, for each epoch.

    ``sizes`` is the number of labels of each matter. ``base`` is a folder with another encoder than the
    installed one, as sentence-transformers keeps it. The same seed gives the same weights on the same machine
    and libraries. Raises :class:`ModelError` for an encoder that cannot be loaded.
    """
    import torch

    recipe = recipe or Recipe()
    chance = random.Random(seed)  # noqa: S311  # chance of training, not of a secret
    torch.manual_seed(seed)
    tuned = untrained(sizes, recipe, base)
    first = draw(chance)
    rarity = [weights.to(_device()) for weights in _rarity(first, sizes)]
    tokenizer = open_tokenizer(base or model_folder())

    def lesson(epoch: int) -> Lesson:
        examples = first if epoch == 0 else draw(chance)
        truth = torch.tensor([example.labels for example in examples])
        return Lesson(tokens_of(tokenizer, [example.text for example in examples]), truth)

    def loss(logits: torch.Tensor, truth: torch.Tensor) -> torch.Tensor:
        return _loss(logits, truth, sizes, rarity, recipe.smoothing)

    learn_by(tuned, lesson, loss, recipe, chance, told)
    return tuned


def untrained(sizes: Sequence[int], recipe: Recipe, base: Path | None = None) -> Tuned:
    """A network for matters of these ``sizes`` that has not learned yet, from the encoder in ``base``."""
    return Tuned(_network(sum(sizes), recipe.dropout, base), tuple(sizes), base)


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """The token ids of the texts of one epoch and what is true of each, a row a text."""

    tokens: Sequence[Sequence[int]]
    truth: torch.Tensor


def learn_by(
    tuned: Tuned,
    lesson: Callable[[int], Lesson],
    loss: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    recipe: Recipe,
    chance: random.Random,
    told: Told | None,
) -> None:
    """Move the weights of ``tuned`` against ``loss(logits, truth)``, batch by batch."""
    import torch

    device, network = _device(), tuned.network
    torch.set_num_threads(1)
    network.to(device)
    held = lesson(0)
    steps = recipe.epochs * -(-len(held.tokens) // recipe.batch)
    optimiser = torch.optim.AdamW(_rates(network, recipe), weight_decay=recipe.decay, fused=True)
    rise = max(1, int(steps * recipe.warm_up))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / rise) * max(0.02, 1 - step / steps)
    )
    short = device != "cpu" or computes_short()
    for epoch in range(recipe.epochs):
        network.train()
        held = lesson(epoch) if epoch else held
        batches = _batches(held.tokens, recipe.batch, chance)
        lost = torch.zeros((), device=device)
        for places in batches:
            ids, mask = _on(device, padded([held.tokens[place] for place in places]))
            with torch.autocast(device, torch.bfloat16, enabled=short):
                logits = network(ids, mask).float()
            cost = loss(logits, held.truth[places].to(device))
            optimiser.zero_grad()
            cost.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            lost += cost.detach()
        if told is not None:
            told(epoch + 1, float(lost) / max(1, len(batches)))
    network.eval()


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"


def _on(
    device: str, arrays: tuple[NDArray[np.int64], NDArray[np.int64]]
) -> tuple[torch.Tensor, torch.Tensor]:
    import torch

    ids, mask = (torch.from_numpy(array).to(device) for array in arrays)
    return ids, mask


def computes_short() -> bool:
    """Whether this processor multiplies 16-bit matrices faster than 32-bit ones; learning uses it then."""
    import torch

    return bool(torch.cpu._is_amx_tile_supported())


def _network(columns: int, dropout: float, base: Path | None) -> torch.nn.Module:
    import torch

    class Network(torch.nn.Module):
        """Token ids and mask to the logits of all matters, side by side."""

        def __init__(self) -> None:
            super().__init__()
            self.encoder = bare_encoder(base)
            for held in self.encoder.embeddings.parameters():  # type: ignore[union-attr]
                held.requires_grad = False
            self.dropout = torch.nn.Dropout(dropout)
            width = int(self.encoder.config.hidden_size)  # type: ignore[union-attr,arg-type]
            self.head = torch.nn.Linear(2 * width, columns)

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            kept = attention_mask.unsqueeze(-1).to(states.dtype)
            mean = (states * kept).sum(1) / kept.sum(1)
            most = (states + (kept - 1) * 1e4).max(1).values
            logits: torch.Tensor = self.head(self.dropout(torch.cat([mean, most], 1)))
            return logits

    return Network()


def _rates(network: torch.nn.Module, recipe: Recipe) -> list[dict[str, object]]:
    layers = list(network.encoder.encoder.layer)  # type: ignore[union-attr,arg-type]
    rates: list[dict[str, object]] = [
        {"params": list(network.head.parameters()), "lr": recipe.head_rate}  # type: ignore[union-attr]
    ]
    for depth, layer in enumerate(reversed(layers)):
        rates.append({"params": list(layer.parameters()), "lr": recipe.encoder_rate * recipe.fall**depth})
    return rates


def _loss(
    logits: torch.Tensor,
    truth: torch.Tensor,
    sizes: Sequence[int],
    rarity: Sequence[torch.Tensor],
    smoothing: float,
) -> torch.Tensor:
    from torch import split
    from torch.nn.functional import cross_entropy

    loss = logits.sum() * 0.0  # a matter for which no text of the batch was annotated adds nothing
    for matter, part in enumerate(split(logits, list(sizes), 1)):
        told, weights = truth[:, matter], rarity[matter]
        counts = (weights[told.clamp(min=0)] * (told != UNTOLD)).sum().clamp(min=1e-6)
        cost = cross_entropy(
            part, told, weights, ignore_index=UNTOLD, reduction="sum", label_smoothing=smoothing
        )
        loss = loss + cost / counts
    return loss


def _rarity(examples: Sequence[Example], sizes: Sequence[int]) -> list[torch.Tensor]:
    """A weight for each label: the root of how much rarer than its peers it is, at most 6, 1 on average."""
    import torch

    weights = []
    labels = np.array([example.labels for example in examples])
    for matter, size in enumerate(sizes):
        counts = np.bincount(labels[labels[:, matter] != UNTOLD, matter], minlength=size).astype(float)
        raised = np.minimum(np.sqrt(counts.sum() / np.maximum(counts, 1) / size), 6)
        raised *= counts.sum() / max(1.0, float((raised * counts).sum()))
        weights.append(torch.tensor(raised, dtype=torch.float32))
    return weights


def _batches(tokens: Sequence[Sequence[int]], size: int, chance: random.Random) -> list[list[int]]:
    """Places of texts, shuffled, texts of like length together so that little of a batch is padding."""
    order = list(range(len(tokens)))
    chance.shuffle(order)
    batches: list[list[int]] = []
    for start in range(0, len(order), size * STEP):
        near = sorted(order[start : start + size * STEP], key=lambda place: len(tokens[place]))
        some = [near[at : at + size] for at in range(0, len(near), size)]
        chance.shuffle(some)
        batches += some
    return batches
