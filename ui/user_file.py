"""The file of those who may use the page: for each user the name and a slow hash of the password.

Passwords are hashed with scrypt at N = 2^15, r = 8, p = 3 (OWASP Password Storage Cheat Sheet). A login is a
name and a time under an HMAC that also covers the hash, so that another password ends it.
"""

from __future__ import annotations

import hmac
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import scrypt, sha256
from pathlib import Path
from secrets import token_bytes, token_hex
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ui.errors import ConfigurationError, UsageError
from ui.json_lines import written_whole
from ui.key_file import NAME, alone

LOGIN_SECONDS: Final = 12 * 3600
LEAST_LETTERS: Final = 10  # of a password
_MEMORY: Final = 64 * 1024 * 1024


class User(BaseModel):
    """One user. ``salt`` and ``hash`` are hexadecimal."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=NAME)
    salt: str = Field(pattern=r"^[0-9a-f]{32}$")
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")


class Users(BaseModel):
    """The file. ``secret`` signs the logins, so that every server that reads the file knows them."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    schema_name: Literal["groundrule.users/1"] = Field("groundrule.users/1", alias="schema")
    secret: str = Field(default_factory=lambda: token_hex(32), pattern=r"^[0-9a-f]{64}$")
    users: tuple[User, ...] = ()


def read_users(path: Path) -> Users | None:
    """The users in ``path``, ``None`` when there is no such file.

    Raises :class:`ConfigurationError` for a file that cannot be read or is something else.
    """
    try:
        return Users.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        problem = f"{path}: {(error.strerror or str(error)).lower()}."
        raise ConfigurationError(
            problem, "make it readable, or name another with GROUNDRULE_USERS"
        ) from error
    except ValidationError as error:
        problem = f"{path}: is no file of users."
        remedy = "restore it, or move it away and add the users again with `groundrule user add NAME`"
        raise ConfigurationError(problem, remedy) from error


def add_user(path: Path, name: str, password: str) -> None:
    """Adds a user, or gives one a new password.

    Raises :class:`UsageError` for what cannot be a name, and for a short password.
    """
    if len(password) < LEAST_LETTERS:
        problem = f"The password has {len(password)} characters."
        raise UsageError(problem, f"take one of at least {LEAST_LETTERS}")
    salt = token_bytes(16)
    try:
        user = User(name=name, salt=salt.hex(), hash=_hash(password, salt))
    except ValidationError as error:
        problem = f"{name!r} cannot name a user."
        raise UsageError(problem, "use up to 64 of a-z, 0-9, dot, hyphen and underscore") from error
    with alone(path):
        users = read_users(path) or Users()
        kept = tuple(one for one in users.users if one.name != name)
        _write(path, users.model_copy(update={"users": (*kept, user)}))


def remove_user(path: Path, name: str) -> None:
    """Takes a user away, whose logins end with that. Raises :class:`UsageError` when there is none."""
    with alone(path):
        users = read_users(path) or Users()
        kept = tuple(one for one in users.users if one.name != name)
        if len(kept) == len(users.users):
            raise UsageError(f"There is no user {name!r}.", "groundrule user list")
        _write(path, users.model_copy(update={"users": kept}))


def log_in(users: Users, name: str, password: str) -> str | None:
    """The login of the user ``name``, ``None`` for a wrong name or password; both take as long."""
    user = next((one for one in users.users if one.name == name), None)
    salt = bytes.fromhex(user.salt) if user else bytes(16)
    given = _hash(password, salt)
    if user is None or not hmac.compare_digest(given, user.hash):
        return None
    told = f"{name}:{int(time.time()) + LOGIN_SECONDS}"
    return urlsafe_b64encode(f"{told}:{_signed(users, user, told)}".encode()).decode().rstrip("=")


def logged_in(users: Users, login: str) -> str | None:
    """The name of the user whose ``login`` this is, ``None`` for one that is forged or too old."""
    try:
        told = urlsafe_b64decode(login + "=" * (-len(login) % 4)).decode()
    except ValueError:
        return None
    name, _, rest = told.partition(":")
    until, _, signed = rest.partition(":")
    user = next((one for one in users.users if one.name == name), None)
    if user is None or not (until.isascii() and until.isdecimal()) or int(until) < time.time():
        return None
    good = hmac.compare_digest(signed.encode(), _signed(users, user, f"{name}:{until}").encode())
    return name if good else None


def _hash(password: str, salt: bytes) -> str:
    words = password.encode(errors="surrogatepass")
    return scrypt(words, salt=salt, n=2**15, r=8, p=3, maxmem=_MEMORY, dklen=32).hex()


def _signed(users: Users, user: User, told: str) -> str:
    return hmac.new(bytes.fromhex(users.secret), f"{told}:{user.hash}".encode(), sha256).hexdigest()


def _write(path: Path, users: Users) -> None:
    with written_whole(path) as stream:
        os.fchmod(stream.fileno(), 0o600)
        stream.write(users.model_dump_json(by_alias=True, indent=1) + "\n")
