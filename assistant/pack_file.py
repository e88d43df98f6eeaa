"""``pack.yaml``: the title of a pack, its greeting and its examples."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.read_yaml import read_yaml
from rules import Problem
from rules.yaml_tree import Listing, Mapping, Reader

GREETING = (
    "Describe what you need, or ask about the guide. Every answer shows the exact words that it rests on; "
    "where the guide is silent, I say so."
)
MOST_EXAMPLES = 12


class PackFile(BaseModel):
    """What ``pack.yaml`` may say; all of it may be missing."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str | None = Field(None, description="The pack's lasting name, as answers and runs show it.")
    title: str | None = Field(None, description="What people see above the conversation.")
    version: str | None = Field(None, description="The version of the guide that the pack speaks for.")
    greeting: str = Field(GREETING, description="What the pack says before the first message.")
    examples: tuple[str, ...] = Field(
        default=(), max_length=MOST_EXAMPLES, description="Messages that a person can start with."
    )
    chapters: Literal["yes", "no"] = Field(
        "no",
        description="Whether the files in corpus/ are chapters of one guide. Of several guides, an answer "
        "says which of them each of its parts comes from.",
    )
    private: Literal["yes", "no"] = Field(
        "no",
        description="Whether facts of a case stay out of the addresses of the web page, and so out of "
        "histories and logs.",
    )


def pack_file(folder: Path) -> Path | None:
    """Where the file lies, ``None`` for a pack without one."""
    # The bundled pack keeps its file inside corpus/, since only the five packages are installed.
    return next(
        (path for path in (folder / "pack.yaml", folder / "corpus" / "pack.yaml") if path.is_file()), None
    )


def read_pack_file(folder: Path) -> tuple[PackFile, tuple[Problem, ...]]:
    """What the pack in ``folder`` says of itself, and everything that is wrong with how it says it."""
    path = pack_file(folder)
    if path is None:
        return PackFile(), ()
    told, reader = read_yaml(path)
    if told is None:
        return PackFile(), tuple(one for one in reader.problems if one.code != "empty")
    reader.known_keys(told, tuple(PackFile.model_fields), "pack.yaml")
    return PackFile(
        id=_text(told, "id", reader),
        title=_text(told, "title", reader),
        version=_text(told, "version", reader),
        greeting=_text(told, "greeting", reader) or GREETING,
        examples=_examples(told, reader),
        chapters=_yes_or_no(told, "chapters", reader),
        private=_yes_or_no(told, "private", reader),
    ), tuple(reader.problems)


def _text(told: Mapping, key: str, reader: Reader) -> str | None:
    piece = told.get(key)
    return None if piece is None else reader.text(piece, f"{key!r} of pack.yaml")


def _yes_or_no(told: Mapping, key: str, reader: Reader) -> Literal["yes", "no"]:
    said = _text(told, key, reader)
    if said not in (None, "yes", "no"):
        message = f"{key!r} of pack.yaml is {said!r}"
        reader.problem("wrong-type", told.place_of(key), message, "write yes or no")
    return "yes" if said == "yes" else "no"


def _examples(told: Mapping, reader: Reader) -> tuple[str, ...]:
    piece = told.get("examples")
    if piece is None:
        return ()
    if not isinstance(piece, Listing):
        remedy = "begin each example with '- '"
        reader.problem("wrong-type", piece.place, "'examples' of pack.yaml must be a list", remedy)
        return ()
    if len(piece.items) > MOST_EXAMPLES:
        message = f"pack.yaml has {len(piece.items)} examples, more than {MOST_EXAMPLES}"
        reader.problem("too-long", told.place_of("examples"), message, "keep those that show the most")
        return ()
    texts = (reader.text(item, "an example of pack.yaml") for item in piece.items)
    return tuple(text for text in texts if text)
