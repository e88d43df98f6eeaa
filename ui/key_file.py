"""The file of API keys: for each key its name, the hash of its secret, and when it was made.

A secret is 256 random bits, so that a plain SHA-256 of it cannot be searched (a slow hash is for passwords
that people choose, OWASP Password Storage Cheat Sheet). It is shown once, when it is made, and kept nowhere.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ui.errors import ConfigurationError, UsageError
from ui.json_lines import written_whole

# Tells our keys from those that clients send because they must send one.
OURS: Final = "gr_"
NAME: Final = r"^[a-z0-9][a-z0-9._-]{0,63}$"


class Key(BaseModel):
    """One key. ``sha256`` is the hash of its secret, ``made`` the time of its making (UTC, ISO 8601)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    made: str


class _Keys(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_name: Literal["groundrule.keys/1"] = Field("groundrule.keys/1", alias="schema")
    keys: tuple[Key, ...] = ()


def read_keys(path: Path) -> tuple[Key, ...]:
    """The keys in ``path``, none when there is no such file.

    Raises :class:`ConfigurationError` for a file that cannot be read or is something else.
    """
    try:
        return _Keys.model_validate_json(path.read_bytes()).keys
    except FileNotFoundError:
        return ()
    except OSError as error:
        problem = f"{path}: {(error.strerror or str(error)).lower()}."
        raise ConfigurationError(problem, "make it readable, or name another with GROUNDRULE_KEYS") from error
    except ValidationError as error:
        problem = f"{path}: is no file of API keys."
        remedy = "restore it, or move it away and make new keys with `groundrule key new NAME`"
        raise ConfigurationError(problem, remedy) from error


def add_key(path: Path, name: str) -> str:
    """Makes the key ``name`` and returns its secret. Raises :class:`UsageError` for a name that is taken."""
    secret = OURS + token_urlsafe(32)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        key = Key(name=name, sha256=_hash(secret), made=made)
    except ValidationError as error:
        problem = f"{name!r} cannot name a key."
        raise UsageError(problem, "use up to 64 of a-z, 0-9, dot, hyphen and underscore") from error
    with alone(path):
        keys = read_keys(path)
        if any(one.name == name for one in keys):
            raise UsageError(f"There is a key {name!r} already.", f"groundrule key revoke {name}")
        _write(path, (*keys, key))
    return secret


def revoke_key(path: Path, name: str) -> None:
    """Takes the key ``name`` away. Raises :class:`UsageError` when there is none."""
    with alone(path):
        keys = read_keys(path)
        kept = tuple(one for one in keys if one.name != name)
        if len(kept) == len(keys):
            raise UsageError(f"There is no key {name!r}.", "groundrule key list")
        _write(path, kept)


class KeyRing:
    """The keys of a running server, read again whenever their file changes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._keys: tuple[Key, ...] = ()

    def name_of(self, secret: str) -> str | None:
        """The name of the key with this ``secret``. Raises :class:`ConfigurationError` as `read_keys`."""
        hashed = _hash(secret)
        found = [key.name for key in self._now() if hmac.compare_digest(key.sha256, hashed)]
        return found[0] if found else None

    def _now(self) -> tuple[Key, ...]:
        seen = _state(self._path)
        if seen is None or seen != self._seen:
            self._keys, self._seen = read_keys(self._path), seen
        return self._keys


def _hash(secret: str) -> str:
    return sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells one version of the file from another: each is a file of its own, renamed into place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _write(path: Path, keys: tuple[Key, ...]) -> None:
    with written_whole(path) as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write(_Keys(keys=keys).model_dump_json(by_alias=True, indent=1) + "\n")


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keeps other processes from changing the keys meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
