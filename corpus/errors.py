"""What can go wrong with guides, their questions and their index.

::

    CorpusError               anything of this package; ``problems`` has one line for each thing that is wrong
    ├── GuideError            one guide that cannot be read: file, line, problem, remedy
    ├── NoGuidesError         a folder of guides not one of which can be read
    ├── QuestionsError        a file of pack questions that does not fit its guide
    ├── CitationError         words that do not stand where they are said to stand
    ├── VectorsError          a Chroma server or a database of vectors cannot be used
    ├── ModelError            the embedding model is missing, is another one, or cannot be prepared
    └── IndexingError           the index
        ├── IndexBusyError    another process is building it
        ├── IndexWriteError   it cannot be written: no space, no permission
        └── IndexDamagedError its files are not what was written
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing that is wrong in a file: its place, what is wrong, and what to do.

    ``code`` names the kind of problem, ``line`` and ``column`` count from 1, ``source`` is the line.
    """

    code: str
    file: str
    line: int
    column: int
    message: str
    remedy: str
    source: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}; {self.remedy}"


class CorpusError(Exception):
    """The root of this package's errors, and the error of a folder of guides.

    ``problems`` holds one line for each thing that is wrong, each with its place, the problem and the
    remedy.
    """

    def __init__(self, *problems: str) -> None:
        self.problems: tuple[str, ...] = problems
        super().__init__("\n".join(problems))


class GuideError(CorpusError):
    """One guide that cannot be read. ``line`` counts from 1 and is 0 when the whole file is meant.

    ``guide`` is the id that it would have in its pack.
    """

    def __init__(self, file: str, problem: str, remedy: str, line: int = 0) -> None:
        self.file = file
        self.line = line
        self.problem = problem
        self.remedy = remedy
        self.guide = file.partition("/")[2].rpartition(".")[0]
        place = f"{file}:{line}" if line else file
        super().__init__(f"{place}: {problem}; {remedy}")


class VectorsError(CorpusError):
    """Vectors elsewhere that cannot be used. ``place`` is their address, without any password."""

    def __init__(self, address: str, problem: str, remedy: str) -> None:
        scheme, _, rest = address.partition("://")
        self.place = f"{scheme}://{rest.rpartition('@')[2]}"
        super().__init__(f"{self.place}: {problem}; {remedy}")


class NoGuidesError(CorpusError):
    """A folder of guides not one of which can be read; ``refused`` says why for each."""

    def __init__(self, refused: Sequence[GuideError]) -> None:
        self.refused: tuple[GuideError, ...] = tuple(refused)
        super().__init__(*(problem for error in refused for problem in error.problems))


class QuestionsError(CorpusError):
    """Files of pack questions that do not fit their guides, every problem of all of them in ``found``."""

    def __init__(self, found: Sequence[FileProblem]) -> None:
        self.found: tuple[FileProblem, ...] = tuple(found)
        super().__init__(*map(str, self.found))


class CitationError(CorpusError):
    """Words that do not stand in the section they are said to stand in.

    ``nearest`` is what the message offers instead: a section id when the section is unknown, else the
    nearest words of the section; empty when nothing is near.
    """

    def __init__(self, section: str, quote: str, message: str, nearest: str) -> None:
        self.section = section
        self.quote = quote
        self.nearest = nearest
        super().__init__(message)


class ModelError(CorpusError):
    """The embedding model is missing, is not the one that is expected, or cannot be prepared."""


class IndexingError(CorpusError):
    """The index of the pack cannot be used. ``folder`` is the folder that holds it."""

    def __init__(self, folder: Path, problem: str, remedy: str) -> None:
        self.folder = folder
        self.problem = problem
        self.remedy = remedy
        super().__init__(f"{folder}: {problem}; {remedy}")


class IndexBusyError(IndexingError):
    """Another process is building the index. ``pid`` is its process id, 0 when it could not be read."""

    def __init__(self, folder: Path, pid: int) -> None:
        self.pid = pid
        who = f"another groundrule process (pid {pid})" if pid else "another groundrule process"
        super().__init__(folder, f"{who} is building this index", "wait until it is done, then try again")


class IndexWriteError(IndexingError):
    """The index cannot be written; the index before it still stands."""


class IndexDamagedError(IndexingError):
    """The files of the index are not what was written."""
