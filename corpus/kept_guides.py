"""Guides as they were read before: reading hundreds takes many seconds, finding them again one.

A kept guide is believed only for the same bytes, read by the same program with the same libraries; whatever
is wrong with it, the file is simply read again.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from corpus.cache import cache_folder, write_aside
from corpus.guide import Guide

if TYPE_CHECKING:
    from pydantic import TypeAdapter

LEAST_BYTES: Final = 4096
"""Bytes of a file below which it is read as quickly as it is found."""
_LIBRARIES: Final = ("markdown-it-py", "ruamel.yaml", "pysbd", "markdownify", "beautifulsoup4", "nh3")


@dataclass(frozen=True, slots=True)
class _Kept:
    """``guide``, and the hash of everything that it follows from."""

    digest: str
    guide: Guide


def kept_or_read(path: Path, name: str, held: bytes, read: Callable[[], Guide]) -> Guide:
    """The guide of the file at ``path``, which holds ``held``: the kept one, or what ``read`` gives.

    ``name`` is what the guide is called in its pack.
    """
    if len(held) < LEAST_BYTES:
        return read()
    where = f"{path} {name} ".encode(errors="replace")
    kept = cache_folder() / "guides" / f"{sha256(where).hexdigest()[:24]}.json"
    digest = sha256(_reader() + where + held).hexdigest()
    with suppress(OSError, ValueError):
        found = _adapter().validate_json(kept.read_bytes())
        if found.digest == digest:
            return found.guide
    guide = read()
    # A cache that cannot be written costs time, and nothing else.
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        words = _adapter().dump_json(_Kept(digest, guide))
        write_aside(kept, lambda aside: _write(aside, words))
    return guide


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[_Kept]:
    from pydantic import TypeAdapter

    return TypeAdapter(_Kept)


@lru_cache(maxsize=1)
def _reader() -> bytes:
    """What stands for the program that reads: a hash of its own files and of its libraries' versions."""
    digest = sha256("".join(f"{name} {version(name)} " for name in _LIBRARIES).encode())
    for file in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.digest()


def _write(path: Path, words: bytes) -> None:
    path.write_bytes(words)
