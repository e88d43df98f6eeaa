"""A failure in words: place, problem and what to do next, with the exit code that belongs to it."""

from __future__ import annotations

import errno
import shlex
import traceback
from collections.abc import Sequence
from dataclasses import dataclass

from typer import Abort, echo
from typer.exceptions import TyperException

from ui.did_you_mean import did_you_mean
from ui.errors import DoorError, ExitCode
from ui.printable import printable


@dataclass(frozen=True, slots=True)
class Failure:
    """``problem`` holds one line or several; ``remedy`` is empty where the problem names it already."""

    code: int
    problem: str
    remedy: str = ""


def tell_failure(error: Exception, arguments: Sequence[str], debug: bool) -> int:
    """Writes the failure to standard error and returns the exit code."""
    failure = explain(error, arguments)
    if debug:
        traceback.print_exception(error)
    echo(f"groundrule: {printable(failure.problem)}", err=True)
    if failure.remedy:
        echo(f"Next: {printable(failure.remedy)}", err=True)
    return failure.code


def explain(error: Exception, arguments: Sequence[str]) -> Failure:
    """What ``error`` means for the person who called the command with ``arguments``."""
    if isinstance(error, DoorError):
        return Failure(error.code, error.problem, error.remedy)
    if isinstance(error, TyperException):
        return _misused(error, arguments)
    if isinstance(error, Abort):
        return Failure(ExitCode.INTERRUPTED, "The input ended.")
    if isinstance(error, OSError):
        return _system(error)
    if isinstance(error, MemoryError):
        return Failure(ExitCode.SERVICE, "The machine is out of memory.", "free some, or use fewer --jobs")
    if isinstance(error, ImportError):
        problem = f"The installation is incomplete: {error}."
        return Failure(ExitCode.CONFIGURATION, problem, "make install")
    return _of_the_layers_below(error) or _unexpected(error, arguments)


def _of_the_layers_below(error: Exception) -> Failure | None:
    # Known only when something failed: the commands that fail before they need the assistant stay quick.
    from assistant import (
        AssistantError,
        CorpusError,
        FactError,
        IndexBusyError,
        MessageError,
        RulesError,
        StoreError,
        TooLargeError,
        UnknownConversationError,
    )
    from evals.errors import EvalsError, InterruptedRunError, NoCasesError, NoSuiteError

    if isinstance(error, MessageError):
        return Failure(ExitCode.USAGE, error.problem, error.remedy)
    if isinstance(error, FactError):
        return Failure(ExitCode.USAGE, str(error))
    if isinstance(error, UnknownConversationError):
        return Failure(ExitCode.USAGE, str(error), "groundrule conversation list")
    if isinstance(error, NoSuiteError | NoCasesError | InterruptedRunError):
        return Failure(ExitCode.USAGE, str(error))
    if isinstance(error, IndexBusyError | StoreError):
        return Failure(ExitCode.SERVICE, str(error))
    if isinstance(error, AssistantError | CorpusError | RulesError | TooLargeError | EvalsError):
        return Failure(ExitCode.CONFIGURATION, str(error))
    return None


def _misused(error: TyperException, arguments: Sequence[str]) -> Failure:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "groundrule"
    problem = error.format_message()
    if problem.startswith("No such command"):
        return _no_such_command(error, [word for word in arguments if not word.startswith("-")])
    return Failure(ExitCode.USAGE, problem, f"{command} --help")


def _no_such_command(error: TyperException, words: Sequence[str]) -> Failure:
    context = getattr(error, "ctx", None)
    above = context.command_path.split()[1:] if context is not None else []
    word = words[len(above)]
    if " " in word.strip() and not above:
        # A whole sentence where a command should be: they wanted to ask it.
        return Failure(ExitCode.USAGE, "The command is missing.", f"groundrule ask {shlex.quote(word)}")
    from ui.commands import app

    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    names += [str(group.name) for group in app.registered_groups]
    names = list(getattr(context.command, "commands", ())) if context is not None else []
    shown, group = " ".join([*above, word]), " ".join(["groundrule", *above])
    return Failure(
        ExitCode.USAGE, f"There is no command {shown}{did_you_mean(word, names)}.", f"{group} --help"
    )


def _system(error: OSError) -> Failure:
    place = f"{error.filename}: " if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        remedy = "free some, or name another place (--out, GROUNDRULE_CACHE)"
        return Failure(ExitCode.SERVICE, f"{place}no space is left on the disk.", remedy)
    reason = (error.strerror or str(error)).lower()
    return Failure(ExitCode.SERVICE, f"{place}{reason}.", "groundrule doctor")


def _unexpected(error: Exception, arguments: Sequence[str]) -> Failure:
    problem = f"Something failed that should not: {type(error).__name__}: {error}"
    return Failure(ExitCode.INTERNAL, problem, f"groundrule --debug {shlex.join(arguments)}   (shows where)")
