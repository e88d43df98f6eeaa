"""A pack: a guide with its rules, its example messages and its texts, read and checked as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assistant.cited_rules import cited_sources
from assistant.errors import PackError
from corpus import CitationError, CorpusError, Guide, cite, load_guides
from rules import RulesError, RuleSet, load_rules

GREETING = (
    "Describe what you need, or ask about the guide. Every answer shows the exact words that it rests on; "
    "where the guide is silent, I say so."
)


class PackFile(BaseModel):
    """What ``pack.yaml`` may say; all of it may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = None
    title: str | None = None
    version: str | None = None
    greeting: str = GREETING
    examples: tuple[str, ...] = Field(default=(), max_length=12)


@dataclass(frozen=True, slots=True)
class Pack:
    """``root`` holds ``corpus/`` and perhaps ``rules/``; ``rules`` is ``None`` for a pack without any.

    Without rules a pack answers from its guides and recommends nothing. ``message_files`` and ``cue_files``
    teach the reader of facts; they are read when there is something to learn. ``sha256`` covers the rules,
    the guides and those files: everything that an answer follows from.
    """

    root: Path
    id: str
    title: str
    version: str
    greeting: str
    examples: tuple[str, ...]
    guides: tuple[Guide, ...]
    rules: RuleSet | None
    message_files: tuple[Path, ...]
    cue_files: tuple[Path, ...]
    sha256: str


def bundled_root() -> Path:
    """Where the bundled pack lies: beside the code, in the checkout as in the installed package."""
    return Path(str(files("corpus"))).parent


def open_pack(root: Path | None = None) -> Pack:
    """The pack in ``root``, the bundled one by default, with every citation of its rules resolved.

    Raises :class:`PackError` with all problems of all its files. Needs no index and no model.
    """
    folder = (root or bundled_root()).resolve()
    if not folder.is_dir():
        remedy = "name a folder that holds corpus/, or leave --pack away for the bundled pack"
        raise PackError(str(folder), (f"{folder}: there is no such folder; {remedy}",))
    problems: list[str] = []
    told = _pack_file(folder, problems)
    guides = _guides(folder, problems)
    rules = _rules(folder, guides, problems)
    if problems:
        raise PackError(str(folder), tuple(problems))
    messages = tuple(sorted((folder / "rules").glob("*.messages.yaml")))
    cues = tuple(sorted((folder / "rules").glob("*.cues.yaml")))
    name = told.id or (rules.name if rules else folder.name)
    return Pack(
        root=folder,
        id=name,
        title=told.title or (guides[0].title if guides else name),
        version=told.version or (rules.version if rules else "") or "",
        greeting=told.greeting,
        examples=told.examples,
        guides=guides,
        rules=rules,
        message_files=messages,
        cue_files=cues,
        sha256=_hash(guides, rules, (*messages, *cues)),
    )


def _pack_file(folder: Path, problems: list[str]) -> PackFile:
    # The bundled pack keeps its file inside corpus/, since only the five packages are installed.
    for path in (folder / "pack.yaml", folder / "corpus" / "pack.yaml"):
        if not path.is_file():
            continue
        try:
            return PackFile.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {})
        except (OSError, UnicodeDecodeError) as error:
            problems.append(f"{path}: cannot be read ({error}); make it a readable UTF-8 file")
        except YAMLError as error:
            problems.append(f"{path}: is not YAML: {' '.join(str(error).split())}; mend that line")
        except ValidationError as error:
            problems += [
                f"{path}: {'.'.join(map(str, e['loc'])) or 'the file'}: {e['msg']}" for e in error.errors()
            ]
    return PackFile()


def _guides(folder: Path, problems: list[str]) -> tuple[Guide, ...]:
    try:
        return load_guides(folder / "corpus")
    except CorpusError as error:
        problems.append(str(error))
        return ()


def rules_files(folder: Path) -> list[Path]:
    """The rules files of the pack in ``folder``; a pack has one at most."""
    words = (".messages.yaml", ".cues.yaml")
    return [path for path in sorted((folder / "rules").glob("*.yaml")) if not path.name.endswith(words)]


def _rules(folder: Path, guides: tuple[Guide, ...], problems: list[str]) -> RuleSet | None:
    found = rules_files(folder)
    if not found:
        return None
    if len(found) > 1:
        names = ", ".join(p.name for p in found)
        problems.append(
            f"{folder / 'rules'}: holds {len(found)} rules files ({names}); a pack has one: keep one"
        )
        return None
    try:
        rules = load_rules(found[0])
    except RulesError as error:
        problems.append(str(error))
        return None
    problems += _unresolved(found[0], rules, guides)
    return rules


def _unresolved(path: Path, rules: RuleSet, guides: tuple[Guide, ...]) -> Iterator[str]:
    """A line for each quote of the rules that does not stand in the section it names."""
    for name, source in cited_sources(rules):
        try:
            cite(guides, source.cite, source.quote)
        except CitationError as error:
            place = rules.places.get(f"{name}/quote") or rules.places.get(name)
            yield f"{path}:{place.line}:{place.column}: {error}" if place else f"{path}: {name}: {error}"


def _hash(guides: tuple[Guide, ...], rules: RuleSet | None, words: tuple[Path, ...]) -> str:
    digest = sha256()
    for guide in guides:
        digest.update(f"{guide.id}\0{guide.text}\0".encode(errors="surrogatepass"))
    if rules is not None:
        digest.update(rules.sha256.encode())
    for path in words:
        digest.update(path.read_bytes())
    return digest.hexdigest()
