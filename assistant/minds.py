"""Everything a turn needs, opened once and never changed: safe to share between threads and conversations."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.heads import Head
from assistant.pack import Pack
from assistant.silence import Silence
from assistant.speak import LanguageModel
from assistant.watch import Watch, unwatched
from assistant.weigh import FactReader
from corpus import Corpus


@dataclass(frozen=True, slots=True, eq=False)
class Minds:
    """``pack`` with its opened ``corpus``, and what was learned from both.

    ``reader`` reads facts, ``kind`` tells needs from questions, ``silence`` answered questions from others;
    each is ``None`` where the pack has no rules or nothing to learn it from. ``model`` is the language model,
    if there is one.
    """

    pack: Pack
    corpus: Corpus
    reader: FactReader | None
    kind: Head | None
    silence: Silence | None
    model: LanguageModel | None = None
    watch: Watch = unwatched
