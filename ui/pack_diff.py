"""``groundrule pack diff``: which decisions of two versions of rules differ, and what they say otherwise."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.errors import ConfigurationError, ExitCode, UsageError
from ui.options import JsonOption

if TYPE_CHECKING:
    from assistant import RuleSet

STREAM = "-"


def pack_diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A rules file, a pack's folder, or - for stdin.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same, for the newer version.")],
    json: JsonOption = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown, for a review of the change.")
    ] = False,
) -> int:
    """Compare two versions of rules over all cases.

    Ends with 0 when every case is decided alike and no limit, leaning or assumption differs, else with 1.
    An older version out of git: git show REV:rules/NAME.yaml | groundrule pack diff - rules/NAME.yaml
    """
    from assistant.versions import compare_versions

    if json and markdown:
        raise UsageError("The result is either JSON or Markdown.", "leave --json or --markdown away")
    if old == new == STREAM:
        raise UsageError("Only one version can come from standard input.", "name a file for the other one")
    result = compare_versions(_read(old), _read(new))
    if json:
        from ui.show_json import show_json

        show_json(result.to_json())
    else:
        from ui.show_comparison import comparison_markdown, show_comparison

        if markdown:
            typer.echo(comparison_markdown(result))
        else:
            show_comparison(result)
    return ExitCode.OK if result.same_effect else ExitCode.FINDINGS


def _read(name: str) -> RuleSet:
    from assistant.versions import parse_version, read_version

    if name != STREAM:
        return read_version(Path(name))
    try:
        return parse_version(sys.stdin.buffer.read())
    except UnicodeDecodeError as error:
        problem = f"standard input: is no text in UTF-8 (byte {error.start + 1})."
        raise ConfigurationError(problem, "pass the rules as UTF-8") from error
