"""``groundrule slack``: the adviser as an app in Slack."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant, open_pack_alone
from ui.options import JsonOption, PackOption

SocketOption = Annotated[
    bool,
    typer.Option("--socket", help="Open a socket to Slack (Socket Mode) instead of listening to requests."),
]


def serve(
    socket: SocketOption = False,
    host: Annotated[str, typer.Option("--host", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(
            "--port", min=0, max=65535, help="By default the first free one from 7860 on.", show_default=False
        ),
    ] = 0,
    pack: PackOption = None,
) -> int:
    """Answer in Slack.

    GROUNDRULE_SLACK_BOT_TOKEN is the bot token of the app. Requests over HTTP need
    GROUNDRULE_SLACK_SIGNING_SECRET as well, Socket Mode GROUNDRULE_SLACK_APP_TOKEN.
    """
    from ui.settings import Settings
    from ui.slack_extra import slack_installed

    slack_installed()
    from ui.slack_client import secrets_of  # slack_sdk takes 0.2 s to import

    settings = Settings.from_environment()
    secrets_of(settings, socket=socket)  # what is missing is told before the guide is prepared
    assistant = open_assistant(pack)
    from ui.open_store import open_store
    from ui.slack_serve import open_door, serve_http, serve_socket

    door = open_door(assistant, open_store(), settings, socket=socket)

    def opened(where: str) -> None:
        told = f"Connected to {where}" if socket else f"Slack's requests go to {where}"
        typer.echo(f"{assistant.pack.title}\n{told}   (Ctrl-C stops it)")

    if socket:
        serve_socket(door, opened, Event())
    else:
        serve_http(door, host, port, opened)
    return ExitCode.OK


def manifest(
    url: Annotated[
        str | None,
        typer.Option(
            "--url",
            metavar="HTTPS-ADDRESS",
            help="Where Slack reaches this server; without it the manifest is for Socket Mode.",
            show_default=False,
        ),
    ] = None,
    pack: PackOption = None,
) -> int:
    """Print the manifest that makes the app: paste it at api.slack.com/apps, "From a manifest"."""
    from json import dumps

    from ui.errors import UsageError
    from ui.slack_manifest import PATH
    from ui.slack_manifest import manifest as made

    if url is not None and not url.startswith("https://"):
        raise UsageError(f"{url!r} is no address that Slack can reach.", "give one that begins with https://")
    address = None if url is None else f"{url.rstrip('/').removesuffix(PATH)}{PATH}"
    typer.echo(dumps(made(open_pack_alone(pack), address), ensure_ascii=False, indent=2))
    return ExitCode.OK


def simulate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A YAML or JSONL file of what people say and click.")
    ],
    json: JsonOption = False,
    pack: PackOption = None,
) -> int:
    """Play a thread in the terminal, without Slack.

    Each entry names a user and what they do: {user: ana, says: "…"}, {user: ana, clicks: yes},
    {user: ana, clicks: why} or {user: ana, sets: {fact: value}}.
    """
    from ui.slack_simulate import play, read_script

    script = read_script(file)
    play(open_assistant(pack), script, as_json=json)
    return ExitCode.OK
