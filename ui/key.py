"""``groundrule key``: the API keys of those who may ask over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.options import JsonOption
from ui.settings import Settings

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Whose key it is; its conversations are kept under it.")
]


def new(name: NameArgument, json: JsonOption = False) -> int:
    """Make an API key and print it, this once: only its hash is kept."""
    from ui.key_file import add_key

    secret = add_key(keys_path(), name)
    if json:
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps({"name": name, "key": secret}))
    else:
        typer.echo(secret)
        typer.echo(f"The key of {name}. It is shown once; send it as “Authorization: Bearer …”.", err=True)
    return ExitCode.OK


def list_(json: JsonOption = False) -> int:
    """List the names of the API keys."""
    from ui.key_file import read_keys

    keys = read_keys(keys_path())
    if json:
        from json import dumps

        from ui.show_json import show_json

        show_json(dumps([{"name": key.name, "made": key.made} for key in keys]))
        return ExitCode.OK
    for key in keys:
        typer.echo(f"{key.name}  {key.made[:16].replace('T', ' ')}")
    if not keys:
        typer.echo("There is no key yet. groundrule key new NAME makes one.")
    return ExitCode.OK


def revoke(name: NameArgument) -> int:
    """Take an API key away; servers that run refuse it from their next request on."""
    from ui.key_file import revoke_key

    revoke_key(keys_path(), name)
    typer.echo(f"Revoked: {name}.")
    return ExitCode.OK


def keys_path() -> Path:
    """The file of keys that ``GROUNDRULE_KEYS`` names, else one in the user's own data folder."""
    named = Settings.from_environment().keys
    if named is not None:
        return named
    from platformdirs import user_data_path

    return user_data_path("groundrule") / "keys.json"
