"""The command ``groundrule``: one way in, one way out.

This module loads nothing but the standard library before it stands inside its own guard, so that Ctrl-C
and faults at any moment end in words and an exit code.
"""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from ui.errors import ExitCode

COMPLETION = "_GROUNDRULE_COMPLETE"  # set by the shell while it asks for completions


def main() -> None:
    """The entry point of the installed command."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every failure has been told on standard error."""
    arguments, debug = _take_debug(arguments)
    try:
        _accept_any_character()
        code = _dispatch(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has seen enough. What is still buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  # the outermost door: nobody above could tell the user
        from ui.explain_failure import tell_failure

        return tell_failure(error, arguments, debug)
    return code


def _dispatch(arguments: list[str]) -> int:
    from typer import Exit
    from typer.main import get_command

    from ui.commands import app

    if COMPLETION in os.environ:
        app(prog_name="groundrule", complete_var=COMPLETION)
    command = get_command(app)
    # Typer's own main would turn a broken pipe into exit code 1, which means "findings" here.
    try:
        with command.make_context("groundrule", arguments) as context:
            return int(command.invoke(context) or ExitCode.OK)
    except Exit as stop:
        return stop.exit_code


def _take_debug(arguments: list[str]) -> tuple[list[str], bool]:
    """``--debug`` counts wherever it stands, up to a ``--`` that ends the options."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    kept = [argument for argument in arguments[:end] if argument != "--debug"]
    return kept + arguments[end:], len(kept) < end


def _accept_any_character() -> None:
    """A terminal that cannot show a character gets a stand-in for it, never a failure."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _terminated(_signal: int, _frame: FrameType | None) -> None:
    # As an exception, so that what is half done is cleared away on the way out.
    sys.exit(ExitCode.TERMINATED)
