"""PDF and Word files as Markdown, by pdfminer.six and mammoth: the extra ``groundrule[office]``.

Both libraries fail in ways of their own on damaged files, and a small file can ask for any amount of time and
memory; so each file is converted in a process that has only so much of either, and the result is kept.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from corpus.cache import cache_folder, write_aside
from corpus.errors import GuideError
from corpus.guide import Form

INSTALL: Final = 'run: pip install "groundrule[office]"'
PATIENCE: Final = 25  # seconds for one file
_LIBRARIES: Final[dict[Form, tuple[str, str]]] = {
    "pdf": ("pdfminer", "pdfminer.six"),
    "word": ("mammoth", "mammoth"),
}
_RECIPE: Final = 1  # raised whenever the same file is converted to other Markdown than before
_CHILD: Final = "import sys; from corpus.office_markdown import main; main(sys.argv[1])"
_LONGEST_REASON: Final = 200


def convert_office(held: bytes, form: Form, file: str) -> str:
    """The Markdown of a ``"pdf"`` or ``"word"`` file, from the cache where it was converted before.

    Raises :class:`GuideError` when the extra is not installed, and when the file cannot be converted.
    """
    module, library = _LIBRARIES[form]
    if find_spec(module) is None:
        raise GuideError(file, f"needs {library}, which is not installed", INSTALL)
    digest = sha256(f"{_RECIPE} {form} {version(library)} ".encode() + held).hexdigest()
    kept = cache_folder() / "converted" / f"{digest}.md"
    with suppress(OSError, UnicodeDecodeError):
        return kept.read_text(encoding="utf-8")
    text = _converted(held, form, file)
    # A cache that cannot be written costs time, and nothing else.
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_aside(kept, lambda aside: _write(aside, text))
    return text


def _converted(held: bytes, form: Form, file: str) -> str:
    remedy = "save it again as that, or as HTML or text"
    try:
        told = subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-c", _CHILD, form],
            input=held,
            cwd=Path(__file__).resolve().parent.parent,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        problem = f"was not converted within {PATIENCE} s"
        raise GuideError(file, problem, "split it, or save it as HTML or text") from error
    if told.returncode:
        said = told.stderr.decode(errors="replace").strip().rpartition("\n")[2][:_LONGEST_REASON]
        reason = said or f"exit code {told.returncode}"
        raise GuideError(
            file,
            f"is no {form.upper() if form == 'pdf' else 'Word'} file that can be read ({reason})",
            remedy,
        )
    return told.stdout.decode("utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
