"""What the trained reader judges about a message, and the texts it learns that from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from zlib import crc32

from assistant.heads import SILENT
from assistant.messages import ExampleMessage
from assistant.off_topic import off_topic
from assistant.pack import Pack
from assistant.vary_messages import join_two, vary
from corpus import UNTOLD, Example, PackQuestion
from rules import RuleSet

KIND = "kind of message"  # no fact can have such a name
KINDS = ("need", "detail", "off")
FEWEST_EXAMPLES = 6  # of a value; with fewer the sentences are learned instead of the meaning
BLOCK = 20  # example messages written one after the other, which resemble each other
CLEAR_WORDS = 9  # with so many a question of the pack is none that a statement could be worded like
JOINED, ASKED, NEAR = 0.15, 0.15, 0.06  # texts an epoch, as shares of the number of messages


@dataclass(frozen=True, slots=True)
class Matter:
    """A fact, or :data:`KIND`, with its labels; a fact's first label is silence."""

    name: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A text with the number of its label for each matter.

    Texts of one ``group`` are held out together. ``example`` tells the pack's example messages from the rest.
    """

    text: str
    labels: tuple[int, ...]
    group: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Lessons:
    """Everything there is to learn from: example messages, questions of the guides, and what is off topic."""

    matters: tuple[Matter, ...]
    messages: tuple[Told, ...]
    asks: tuple[Told, ...]
    near: tuple[Told, ...]
    away: tuple[Told, ...]

    def without(self, fold: int, folds: int) -> Lessons:
        """The lessons that are not in this one of ``folds`` parts."""

        def kept(some: Sequence[Told]) -> tuple[Told, ...]:
            return tuple(told for told in some if fold_of(told, folds) != fold)

        return Lessons(self.matters, kept(self.messages), kept(self.asks), kept(self.near), kept(self.away))

    def draw(self, chance: random.Random) -> list[Example]:
        """The texts of one epoch: every message, pairs of them, and some questions, each varied anew."""
        texts, rows = [told.text for told in self.messages], [told.labels for told in self.messages]
        some = [(told.text, told.labels) for told in self.messages]
        some += join_two(texts, rows, JOINED, chance)
        for others, share in ((self.asks, ASKED), (self.near, NEAR)):
            some += [(told.text, told.labels) for told in _drawn(others, int(len(texts) * share), chance)]
        some += [(told.text, told.labels) for told in self.away]
        return [Example(vary(text, chance), labels) for text, labels in some]


def _drawn(questions: Sequence[Told], count: int, chance: random.Random) -> list[Told]:
    """``count`` of the ``questions``, or all: half of them from the longest quarter.

    Most questions are short and most needs are not. Drawn evenly, they would teach that whoever writes much
    describes a need.
    """
    longest = sorted(questions, key=lambda told: len(told.text))[-len(questions) // 4 :]
    some = chance.sample(longest, min(len(longest), count // 2))
    return some + chance.sample(questions, min(len(questions), count - len(some)))


def fold_of(told: Told, folds: int) -> int:
    """The part of the cross-validation that ``told`` belongs to; the same in every run."""
    return crc32(told.group.encode()) % folds


def matters_of(rules: RuleSet, messages: Sequence[ExampleMessage]) -> tuple[Matter, ...]:
    """The facts with enough examples of at least one value, each with those values, and the kind."""
    found = []
    for name in rules.facts:
        counts = Counter(message.facts[name] for message in messages if name in message.facts)
        values = sorted(value for value, count in counts.items() if count >= FEWEST_EXAMPLES)
        if values:
            found.append(Matter(name, (SILENT, *values)))
    return (*found, Matter(KIND, KINDS))


def lessons_of(
    rules: RuleSet, files: Sequence[tuple[str, Sequence[ExampleMessage]]], questions: Sequence[PackQuestion]
) -> Lessons:
    """The lessons in the example messages of ``files``, each with its name, and in a pack's questions."""
    matters = matters_of(rules, [message for _, messages in files for message in messages])
    facts = matters[:-1]
    told = []
    for name, messages in files:
        for number, message in enumerate(messages):
            labels = tuple(_number(matter, message.facts.get(matter.name, SILENT)) for matter in facts)
            # What settles nothing may be an answer, an aside or another topic: its kind is nobody's claim.
            kind = KINDS.index("need") if message.facts else UNTOLD
            told.append(Told(message.text, (*labels, kind), f"{name}:{number // BLOCK}", True))
    silent, untold = (0,) * len(facts), (UNTOLD,) * len(facts)

    def asked(kind: str) -> tuple[Told, ...]:
        detail = KINDS.index("detail")
        # A question states no fact. A few of its words without the mark might: "on-premise execution".
        return tuple(
            Told(q.text, (*(silent if _asks_clearly(q.text) else untold), detail), q.passage)
            for q in questions
            if q.kind == kind
        )

    away = tuple(
        Told(text, (*silent, KINDS.index("off")), f"off:{number // 4}")
        for number, text in enumerate(off_topic())
    )
    return Lessons(matters, tuple(told), asked("ask"), asked("near"), away)


def _asks_clearly(question: str) -> bool:
    return question.rstrip().endswith("?") or len(question.split()) >= CLEAR_WORDS


def facts_hash(rules: RuleSet) -> str:
    """Stands for the names and values of the facts: what a trained reader must fit to be used at all."""
    told = [f"{name}={','.join(spec.values)}" for name, spec in sorted(rules.facts.items())]
    return sha256("\n".join(told).encode()).hexdigest()


def messages_hash(pack: Pack) -> str:
    """Stands for the example messages: where it differs, the trained reader has not seen all of them."""
    digest = sha256()
    for path in pack.message_files:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _number(matter: Matter, value: str) -> int:
    return matter.labels.index(value) if value in matter.labels else 0
