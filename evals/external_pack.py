"""A pack made of the documents of a set, in the cache: it searches and answers, and recommends nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evals.errors import OutsideError
from evals.external_rows import Row


@dataclass(frozen=True, slots=True)
class Document:
    """A text of a set, by the set's own id."""

    id: str
    title: str
    text: str

    @classmethod
    def of(cls, row: Row) -> Document:
        """The document in a row of ``corpus.jsonl``."""
        return cls(row.text("_id"), row.text("title"), row.text("text"))

    @property
    def markdown(self) -> str:
        """The document as a guide. The title is its heading, unless the text begins with one itself."""
        title = " ".join(self.title.split())
        begins = self.text.lstrip().startswith("#")
        return f"# {title}\n\n{self.text}\n" if title and not begins else f"\n{self.text}\n"


@dataclass(frozen=True, slots=True)
class SetPack:
    """A pack in ``root``; ``documents`` maps the id of each of its guides to the set's own id."""

    root: Path
    documents: Mapping[str, str]

    def document(self, section: str) -> str:
        """The set's id of the document that a section stands in."""
        return self.documents[section.partition("#")[0]]


def write_set_pack(name: str, documents: Sequence[Document], cache: Path, rules: str = "") -> SetPack:
    """The pack of ``documents`` in ``cache``, one guide each, written there unless it stands there already.

    ``rules`` is the text of its rules file, if it has rules. Raises :class:`OutsideError` where the cache
    cannot be written.
    """
    named = {f"d{number:06d}": document for number, document in enumerate(documents)}
    digest = sha256(rules.encode())
    for document in documents:
        digest.update(f"{document.id}\0{document.markdown}\0".encode(errors="replace"))
    root = cache / "external" / f"{name}-{digest.hexdigest()[:16]}"
    try:
        if not root.is_dir():
            _write(root, named, rules)
    except OSError as error:
        problem = f"the pack of the set cannot be written ({error.strerror or error})"
        raise OutsideError(str(root), problem, "name another folder in GROUNDRULE_CACHE") from error
    return SetPack(root, {guide: document.id for guide, document in named.items()})


def _write(root: Path, named: Mapping[str, Document], rules: str) -> None:
    # Aside, and moved as a whole: a kill in between must not leave half a set that looks like all of it.
    aside = root.with_name(f"{root.name}.{os.getpid()}.part")
    (aside / "corpus").mkdir(parents=True)
    for guide, document in named.items():
        text = document.markdown.encode("utf-8", errors="replace")
        (aside / "corpus" / f"{guide}.md").write_bytes(text)
    if rules:
        (aside / "rules").mkdir()
        (aside / "rules" / "set.yaml").write_text(rules, encoding="utf-8")
    try:
        aside.rename(root)
    except OSError:
        shutil.rmtree(aside)
        if not root.is_dir():  # otherwise another run was first, with the same content
            raise
