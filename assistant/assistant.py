"""The adviser: one opened pack that serves any number of conversations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.aloud import Hear, unheard
from assistant.answer import Answer
from assistant.compose_decision import fact_label, value_label
from assistant.conversation import Conversation
from assistant.cross_encoder import open_cross_encoder
from assistant.cues import load_cues
from assistant.errors import PackError
from assistant.evidence import ground
from assistant.learn import learn
from assistant.learn_silence import fitting
from assistant.look_alone import Looked, look_alone
from assistant.minds import Minds
from assistant.pack import Pack, open_pack
from assistant.path import PathNode, decision_path
from assistant.places import heads_folder
from assistant.silence import Silence
from assistant.speak import LanguageModel
from assistant.trained_reader import open_reader
from assistant.turn import Turn, change_fact, take_turn
from assistant.watch import Watch
from assistant.weigh import FactReader
from corpus import Corpus, Hit, Progress, cache_folder, find_section


@dataclass(frozen=True, slots=True)
class FactLabel:
    """A fact as people see it. ``choices`` are (value, words) pairs, empty for a number."""

    label: str
    ask: str
    why: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section's own Markdown; ``start`` is the place of its first character in the guide of ``file``.

    ``plain`` says that it is plain text, and no Markdown.
    """

    heading: tuple[str, ...]
    text: str
    start: int
    file: str
    plain: bool = False


class Assistant:
    """Answers messages from one pack.

    An assistant holds no conversation: a turn takes one and returns the next, so that one assistant serves
    many conversations from many threads::

        from assistant import Assistant

        adviser = Assistant.open()
        turn = adviser.reply("A manager signs off each request, then it goes into SAP.")
        print(turn.answer.text)
        turn = adviser.reply("and if nobody had to sign?", turn.conversation)
    """

    def __init__(self, minds: Minds) -> None:
        self._minds = minds

    @classmethod
    def open(
        cls,
        pack: Path | None = None,
        *,
        cache: Path | None = None,
        progress: Progress | None = None,
        model: LanguageModel | None = None,
        vectors: str | None = None,
    ) -> Assistant:
        """The assistant for the pack in ``pack`` (default: the bundled one).

        Its index is built on first use and again for what changed; ``progress(done, total, what)`` is
        called while there is something to prepare. ``cache`` is where indexes lie (default: the user's
        cache folder). A language ``model`` may phrase details and point at words; it decides nothing.
        ``vectors`` is where nearest vectors are looked up in place of the index, as ``corpus.Corpus.open``
        says.
        Raises :class:`PackError` and ``corpus.CorpusError``.
        """
        opened = open_pack(pack)
        cache = cache or cache_folder()
        read = (opened.guides, opened.refused)
        corpus = Corpus.open(opened.root / "corpus", cache, progress, read=read, vectors=vectors)
        cues, problems = load_cues(opened.cue_files)
        if problems:
            raise PackError(str(opened.root), problems)
        grounds = ground(corpus)
        trained = open_reader(opened)
        judged = trained.card.calibrations if trained else ()
        cross = fitting(open_cross_encoder(), grounds)
        learned = learn(opened, cues, corpus, grounds, heads_folder(cache, opened), progress, judged, cross)
        reader = None
        if opened.rules:
            reader = FactReader(opened.rules, cues, corpus.encode, learned.facts, trained)
        silence = Silence(grounds, learned.silence, cross) if learned.silence else None
        return cls(Minds(opened, corpus, reader, learned.kind, silence, model))

    def beside(self, model: LanguageModel | None) -> Assistant:
        """The same adviser beside another language model, or beside none; nothing is opened again."""
        return Assistant(replace(self._minds, model=model))

    def watched(self, watch: Watch) -> Assistant:
        """The same adviser, whose turns tell ``watch`` of their steps; nothing is opened again."""
        return Assistant(replace(self._minds, watch=watch))

    @property
    def pack(self) -> Pack:
        """The pack that answers."""
        return self._minds.pack

    @property
    def index(self) -> str:
        """The fingerprint of the index that is searched: guides, questions and embedding model together."""
        return self._minds.corpus.fingerprint

    @property
    def model(self) -> str:
        """The name of the language model beside it; empty when there is none."""
        return self._minds.model.name if self._minds.model else ""

    def reply(self, message: str, conversation: Conversation | None = None, hear: Hear = unheard) -> Turn:
        """Answer ``message`` at this point of ``conversation`` (default: a new one).

        ``hear`` is called, while a language model speaks, with each piece of the answer as soon as it is
        certain: a decision, then every sentence of the model that was verified. One after the other they are
        the beginning of the answer's text. Without a model nothing is heard before the answer is whole.
        Raises :class:`assistant.MessageError` for a message without words and for one that is too long.
        """
        return take_turn(self._minds, message, conversation or Conversation(), hear)

    def change(self, conversation: Conversation, fact: str, value: str | None) -> Turn:
        """Set ``fact`` by hand, or forget it with ``None``; answered like a message that says so.

        Raises ``rules.FactError`` when the rules do not know the fact or the value.
        """
        return change_fact(self._minds, conversation, fact, value)

    def search(
        self, query: str, top: int = 10, *, guide: str | None = None, heading: str | None = None
    ) -> tuple[Hit, ...]:
        """The ``top`` passages nearest to ``query``, best first.

        ``guide`` looks only at the guide with that id (below a folder when it ends in ``/``), ``heading``
        only below headings that hold its words.
        """
        return self._minds.corpus.search(query, top, guide=guide, heading=heading)

    def look(self, question: str, top: int = 10) -> Looked:
        """The ``top`` sections nearest to ``question`` and how surely the guides answer it, for measuring."""
        return look_alone(self._minds, question, top)

    def section(self, section: str) -> SectionText:
        """The text of the section with this id. Raises :class:`KeyError` when there is none."""
        found = find_section(self.pack.guides, section)
        if found is None:
            raise KeyError(section)
        guide, part = found
        text = guide.text[part.start : part.end]
        return SectionText(part.heading, text, part.start, guide.file, plain=guide.form == "text")

    def path(self, answer: Answer) -> tuple[PathNode, ...]:
        """The rules as trees, with the way lit that the answer's decision took; empty without rules."""
        return decision_path(self.pack.rules, answer.decision) if self.pack.rules else ()

    def fact_labels(self) -> Mapping[str, FactLabel]:
        """Every fact of the rules as people see it, in the author's order."""
        if self.pack.rules is None:
            return {}
        rules = self.pack.rules
        return {
            name: FactLabel(
                fact_label(rules, name),
                spec.ask or "",
                spec.why or "",
                tuple((value, value_label(rules, name, value)) for value in spec.values),
            )
            for name, spec in rules.facts.items()
        }
