"""Makes the folder of a new pack, from the bundled example or from a guide: whole, or not at all."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from ui.errors import UsageError

if TYPE_CHECKING:
    from assistant.import_guide import ImportedGuide

NAME = re.compile(r"[^\W_][\w.-]{0,99}")
TEMPLATES = "new_pack"
# The files of a template that speak of the pack by its name; the others are copied as they are.
NAMED = ("README.md", "pack.yaml")
EXAMPLE = "The hinge of our garden gate broke. The shop sells the same one for next to nothing."
WITH_RULES = " Its rules were read from the tree or the decision logic that the guide holds."
WITHOUT_RULES = (
    " No tree could be read from it, so there are no rules yet: it answers and does not recommend."
)


@dataclass(frozen=True, slots=True)
class MadePack:
    """A new pack: its files as paths below ``folder``, sorted, and what to ask it first.

    ``rules`` says whether it has any. ``problems`` are lines of ``guide`` that were not understood, each
    with the reason; ``left_out`` names rules that the guide gives besides those of the pack.
    """

    folder: Path
    files: tuple[str, ...]
    rules: bool
    example: str
    guide: Path | None = None
    problems: tuple[tuple[int, str], ...] = ()
    left_out: tuple[str, ...] = ()


def make_pack(name: str, where: Path, guide: Path | None) -> MadePack:
    """The pack ``name`` in a new folder of ``where``: the bundled example, or one of ``guide``.

    Raises :class:`UsageError` for a name that is none, a place that is taken and a guide that cannot be read;
    then nothing is made.
    """
    target = _target(name, where)
    imported = _imported(guide) if guide is not None else None
    with _made_whole(target) as aside:
        if imported is None:
            _copy("example", aside, {"name": name})
        else:
            _from_guide(name, imported, aside)
        _opens(aside)
        _locks(aside)
        made = tuple(
            sorted(path.relative_to(aside).as_posix() for path in aside.rglob("*") if path.is_file())
        )
    if imported is None:
        return MadePack(target, made, True, EXAMPLE)
    return MadePack(
        target,
        made,
        bool(imported.rules),
        "What is this guide about?",
        imported.path,
        tuple((problem.line, problem.message) for problem in imported.problems),
        tuple(rules.name for rules in imported.rules[1:]),
    )


def _target(name: str, where: Path) -> Path:
    if not NAME.fullmatch(name) or name.endswith("."):
        problem = f"{name!r} is no name for a folder that works everywhere."
        raise UsageError(problem, "use letters, digits, hyphens and underscores, like supplier-choice")
    if not where.is_dir():
        problem = f"{where}: there is no such folder." if not where.exists() else f"{where}: is no folder."
        raise UsageError(problem, f"mkdir -p {where}, or name another one with --dir")
    target = where / name
    if os.path.lexists(target) and not (target.is_dir() and not target.is_symlink()):
        raise UsageError(f"{target}: there is something of that name.", "take another name, or move it away")
    if target.is_dir() and any(target.iterdir()):
        problem = f"{target}: this folder is there and not empty; nothing was changed."
        raise UsageError(problem, "take another name, or empty the folder first")
    return target


def _imported(guide: Path) -> ImportedGuide:
    from assistant.import_guide import import_guides

    imported = import_guides([guide])[0]
    if not imported.readable:
        (problem,) = imported.problems
        place = f"{guide}:{problem.line}" if problem.line else str(guide)
        raise UsageError(f"{place}: {problem.message}.", "mend the guide, or name another one with --from")
    return imported


@contextmanager
def _made_whole(target: Path) -> Iterator[Path]:
    """A folder beside ``target`` that takes its place when the block ends well, and vanishes otherwise."""
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        aside.mkdir()
    except OSError as error:
        problem = f"{target}: cannot be made: {(error.strerror or str(error)).lower()}."
        raise UsageError(problem, "name a folder that can be written with --dir") from error
    try:
        yield aside
        aside.rename(target)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _copy(template: str, aside: Path, words: Mapping[str, str]) -> None:
    with as_file(files("ui") / TEMPLATES / template) as source:
        shutil.copytree(source, aside, dirs_exist_ok=True)
    for name in NAMED:
        file = aside / name
        text = Template(file.read_text(encoding="utf-8")).substitute(words)
        file.write_text(text, encoding="utf-8", newline="\n")


def _from_guide(name: str, guide: ImportedGuide, aside: Path) -> None:
    told = WITH_RULES if guide.rules else WITHOUT_RULES
    _copy("from_guide", aside, {"name": name, "guide": guide.id, "rules": told})
    copy = aside / "corpus" / f"{guide.id}.md"  # the id that its rules cite
    copy.parent.mkdir(parents=True)
    shutil.copyfile(guide.path, copy)
    if guide.rules:
        (aside / "rules").mkdir()
        rules = aside / "rules" / f"{guide.rules[0].name}.yaml"
        rules.write_text(guide.rules[0].text, encoding="utf-8", newline="\n")


def _opens(folder: Path) -> None:
    """Opens the pack as every command does: what would be refused later is refused before it is there."""
    from assistant import open_pack

    open_pack(folder)


def _locks(folder: Path) -> None:
    """Locks the quotes of the rules, so that a change of the guide is noticed from the start."""
    from assistant.drift import new_lock, read_locked_pack
    from assistant.pack import rules_files

    if rules_files(folder):
        locked = read_locked_pack(folder)
        locked.lock_file.write_text(new_lock(locked)[0], encoding="utf-8", newline="\n")
