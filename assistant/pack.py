"""A pack: a guide with its rules, its example messages and its texts, read and checked as one."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from assistant.errors import PackError
from assistant.pack_file import read_pack_file
from assistant.section_texts import section_texts
from corpus import CorpusError, Guide, GuideError, NoGuidesError, read_guides
from rules import Problem, RulesError, RuleSet, check_quotes, load_rules


@dataclass(frozen=True, slots=True)
class Pack:
    """``root`` holds ``corpus/`` and perhaps ``rules/``; ``rules`` is ``None`` for a pack without any.

    Without rules a pack answers from its guides and recommends nothing. ``message_files`` and ``cue_files``
    teach the reader of facts; they are read when there is something to learn. ``sha256`` covers the rules,
    the guides and those files: everything that an answer follows from. ``refused`` are the guides that could
    not be read; the pack answers from the others. ``chapters`` says that the guides are chapters of one,
    ``private`` that facts of a case stay out of addresses.
    """

    root: Path
    id: str
    title: str
    version: str
    greeting: str
    chapters: bool
    examples: tuple[str, ...]
    guides: tuple[Guide, ...]
    rules: RuleSet | None
    message_files: tuple[Path, ...]
    cue_files: tuple[Path, ...]
    sha256: str
    refused: tuple[GuideError, ...] = ()
    private: bool = False


def bundled_root() -> Path:
    """Where the bundled pack lies: beside the code, in the checkout as in the installed package."""
    return Path(str(files("corpus"))).parent


def open_pack(root: Path | None = None) -> Pack:
    """The pack in ``root``, the bundled one by default, with every citation of its rules resolved.

    Raises :class:`PackError` with all problems of all its files. Needs no index and no model.
    """
    folder = pack_folder(root)
    told, problems = read_pack_file(folder)
    guides, refused, missing = read_all_guides(folder)
    rules, broken = read_rules(folder)
    problems += (*missing, *broken)
    if rules is not None:
        problems += tuple(check_quotes(rules, section_texts(guides), wanted=False))
    if problems or not guides:
        # A quote may not be found because its guide was not read.
        raise PackError(str(folder), (*problems, *(guide_problem(error, folder) for error in refused)))
    messages, cues = word_files(folder)
    name = told.id or (rules.name if rules else folder.name)
    return Pack(
        root=folder,
        id=name,
        title=told.title or (guides[0].title if guides else name),
        version=told.version or (rules.version if rules else "") or "",
        greeting=told.greeting,
        chapters=told.chapters == "yes",
        examples=told.examples,
        guides=guides,
        rules=rules,
        message_files=messages,
        cue_files=cues,
        sha256=_hash(guides, rules, (*messages, *cues)),
        refused=refused,
        private=told.private == "yes",
    )


def rules_of(pack: Pack) -> RuleSet:
    """The rules of ``pack``. Raises :class:`PackError` when it has none."""
    if pack.rules is None:
        remedy = "add rules/<name>.yaml to the pack, or ask it about its guides with `groundrule ask`"
        problem = Problem("no-rules", str(pack.root / "rules"), 0, 0, "holds no rules", remedy)
        raise PackError(str(pack.root), (problem,))
    return pack.rules


def pack_folder(root: Path | None) -> Path:
    """The folder of the pack in ``root``, the bundled one by default; :class:`PackError` without one."""
    folder = (root or bundled_root()).resolve()
    if not folder.is_dir():
        remedy = "name a folder that holds corpus/, or leave --pack away for the bundled pack"
        problem = Problem("no-pack", str(folder), 0, 0, "there is no such folder", remedy)
        raise PackError(str(folder), (problem,))
    return folder


def word_files(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """The files of example messages, and those of cues."""
    rules = folder / "rules"
    return tuple(sorted(rules.glob("*.messages.yaml"))), tuple(sorted(rules.glob("*.cues.yaml")))


def read_all_guides(folder: Path) -> tuple[tuple[Guide, ...], tuple[GuideError, ...], tuple[Problem, ...]]:
    """The guides that can be read, why others cannot, and the problem of a pack in which none can be read."""
    try:
        return *read_guides(folder / "corpus"), ()
    except NoGuidesError as error:
        return (), error.refused, ()
    except CorpusError as error:
        message, _, remedy = str(error).partition("; ")
        message = message.removeprefix(f"{folder / 'corpus'}: ")
        return (), (), (Problem("no-guide", str(folder / "corpus"), 0, 0, message, remedy),)


def guide_problem(error: GuideError, folder: Path) -> Problem:
    """A guide that was refused, as a problem of the pack in ``folder``."""
    column = 1 if error.line else 0
    return Problem("guide", str(folder / error.file), error.line, column, error.problem, error.remedy)


def rules_files(folder: Path) -> list[Path]:
    """The rules files of the pack in ``folder``; a pack has one at most."""
    words = (".messages.yaml", ".cues.yaml")
    return [path for path in sorted((folder / "rules").glob("*.yaml")) if not path.name.endswith(words)]


def read_rules(folder: Path) -> tuple[RuleSet | None, tuple[Problem, ...]]:
    """The rules, ``None`` for a pack without any or with those problems."""
    found = rules_files(folder)
    if not found:
        return None, ()
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        message = f"holds {len(found)} rules files ({names}), and a pack has one"
        return None, (Problem("several-rules", str(folder / "rules"), 0, 0, message, "keep one"),)
    try:
        return load_rules(found[0]), ()
    except RulesError as error:
        return None, error.problems


def _hash(guides: tuple[Guide, ...], rules: RuleSet | None, words: tuple[Path, ...]) -> str:
    digest = sha256()
    for guide in guides:
        digest.update(f"{guide.id}\0{guide.text}\0".encode(errors="surrogatepass"))
    if rules is not None:
        digest.update(rules.sha256.encode())
    for path in words:
        digest.update(path.read_bytes())
    return digest.hexdigest()
