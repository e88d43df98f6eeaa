"""A thread in Slack, played in the terminal from a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ui.errors import UsageError
from ui.json_lines import Wrong, read_json_lines
from ui.say import say
from ui.show_json import show_json
from ui.slack_errand import SlackId
from ui.slack_played import PlayedThread
from ui.slack_text import APART

if TYPE_CHECKING:
    from assistant import Assistant
    from ui.slack_blocks import Block
    from ui.slack_played import Shown

FORM: Final = (
    'write entries such as {user: ana, says: "…"}, {user: ana, clicks: yes} or '
    "{user: ana, sets: {fact: value}}"
)
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), (APART, ""))


class Entry(BaseModel):
    """What one person does: says something, clicks a button by its words, or sets facts ("" forgets one)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: SlackId
    says: str | None = None
    clicks: str | None = None
    sets: Annotated[dict[str, str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Entry:
        if sum(thing is not None for thing in (self.says, self.clicks, self.sets)) != 1:
            raise ValueError("says, clicks or sets is wanted, and one of them alone")
        return self


Script = tuple[tuple[int, Entry], ...]
"""Each entry with its line, from 1."""


def read_script(file: Path) -> Script:
    """The entries of a YAML list, or of a file of JSON lines where it is named ``*.jsonl``.

    Raises :class:`UsageError` with the line of the first thing that is wrong.
    """
    entries = _of_lines(file) if file.suffix == ".jsonl" else _of_yaml(file)
    if not entries or entries[0][1].says is None:
        raise UsageError(f"{file}: a thread begins with something said.", FORM)
    return entries


def play(assistant: Assistant, script: Script, *, as_json: bool) -> None:
    """Plays ``script`` and shows everything that Slack would; with ``as_json`` the answers alone."""
    thread = PlayedThread(assistant, _quiet if as_json else _show)
    told = 0
    try:
        for line, entry in script:
            if not as_json:
                say(f"{entry.user}: {_did(entry)}", "bold", hang=2)
            _act(thread, entry, line)
            if as_json:
                for answer in thread.answers[told:]:
                    show_json(answer.to_json())
                told = len(thread.answers)
    finally:
        thread.close()


def _act(thread: PlayedThread, entry: Entry, line: int) -> None:
    if entry.says is not None:
        thread.says(entry.user, entry.says)
    elif entry.sets is not None:
        thread.sets(entry.user, entry.sets)
    elif not thread.clicks(entry.user, entry.clicks or ""):
        raise UsageError(f"line {line}: there is no button {entry.clicks!r} now.", "click one that is shown")


def _did(entry: Entry) -> str:
    if entry.says is not None:
        return entry.says
    if entry.clicks is not None:
        return f"[{entry.clicks}]"
    changes = (f"{fact} = {value or '(forgotten)'}" for fact, value in (entry.sets or {}).items())
    return f"[Facts: {', '.join(changes)}]"


def _quiet(_how: Shown, _user: str, _blocks: Sequence[Block]) -> None:
    """Shows nothing."""


def _show(how: Shown, user: str, blocks: Sequence[Block]) -> None:
    say(
        {"posted": "groundrule", "edited": "groundrule (edited)", "aside": f"groundrule, to {user} alone"}[
            how
        ],
        "dim",
    )
    for block in blocks:
        for line in _lines(block):
            say(line, indent=2)
    say()


def _lines(block: Block) -> list[str]:
    """A block as a terminal shows it."""
    elements = block.get("elements")
    if block["type"] == "actions" and isinstance(elements, list):
        return ["  ".join(f"[{_text(button.get('text'))}]" for button in elements)]
    if block["type"] == "context" and isinstance(elements, list):
        return [_text(one) for one in elements]
    if block["type"] == "section":
        return _text(block["text"]).split("\n")
    return []


def _text(held: object) -> str:
    shown = str(held.get("text", "")) if isinstance(held, dict) else ""
    for entity, character in _ENTITIES:
        shown = shown.replace(entity, character)
    return shown


def _of_lines(file: Path) -> Script:
    read = read_json_lines(file, Entry)
    for one in read:
        if isinstance(one, Wrong):
            raise UsageError(f"{file}:{one.line}: {one.problem}.", FORM)
    return tuple(one for one in read if not isinstance(one, Wrong))


def _of_yaml(file: Path) -> Script:
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        read = YAML(typ="rt").load(file.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            f"{file}: {(error.strerror or str(error)).lower()}.", "name a file that can be read"
        ) from error
    except (YAMLError, UnicodeDecodeError) as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        raise UsageError(f"{file}:{mark.line + 1 if mark else 1}: is no YAML text.", FORM) from error
    if not isinstance(read, CommentedSeq):
        raise UsageError(f"{file}: holds no list.", FORM)
    return tuple(_entry(file, read.lc.item(place)[0] + 1, value) for place, value in enumerate(read))


def _entry(file: Path, line: int, value: object) -> tuple[int, Entry]:
    try:
        return line, Entry.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{file}:{line}: {where}{': ' if where else ''}{first['msg']}.", FORM) from error
