"""``groundrule user``: those who may use the page where a login is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.settings import Settings

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The user's name.")]


def add(name: NameArgument) -> int:
    """Add a user of the page, or give one a new password, which is asked for or read from standard input."""
    from ui.user_file import add_user

    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    add_user(users_path(), name, password)
    typer.echo(f"{name} may use the page now.")
    return ExitCode.OK


def list_() -> int:
    """List the users of the page."""
    from ui.user_file import read_users

    users = read_users(users_path())
    for user in users.users if users else ():
        typer.echo(user.name)
    if not users or not users.users:
        typer.echo("There is no user yet. groundrule user add NAME adds one.")
    return ExitCode.OK


def remove(name: NameArgument) -> int:
    """Take a user away; servers that run ask for a new login from the next request on."""
    from ui.user_file import remove_user

    remove_user(users_path(), name)
    typer.echo(f"Removed: {name}.")
    return ExitCode.OK


def users_path() -> Path:
    """The file of users that ``GROUNDRULE_USERS`` names, else one in the user's own data folder."""
    named = Settings.from_environment().users
    if named is not None:
        return named
    from platformdirs import user_data_path

    return user_data_path("groundrule") / "users.json"
