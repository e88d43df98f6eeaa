"""``groundrule batch``: many conversations from a file, answered into a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.errors import ExitCode
from ui.open_assistant import open_assistant
from ui.options import PackOption


def batch(
    lines: Annotated[
        Path, typer.Argument(metavar="IN.jsonl", help='Lines {"id": "…", "turns": ["…", "…"]}.')
    ],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.jsonl", help="The answers, in the same order.")],
    jobs: Annotated[int, typer.Option("--jobs", min=1, max=64, help="Conversations answered at a time.")] = 1,
    pack: PackOption = None,
) -> int:
    """Answer a file of conversations, one a line."""
    from ui.answer_batch import answer_each, read_talks  # pydantic: 0.1 s that --help should not pay
    from ui.json_lines import written_whole
    from ui.show_progress import progress

    talks = read_talks(lines)
    wrong = 0
    with written_whole(out) as stream:
        assistant = open_assistant(pack)  # prepares the index before any second process needs it
        with progress("") as report:
            for done, result in enumerate(answer_each(assistant, talks, jobs), 1):
                stream.write(result.line + "\n")
                for problem in result.problems:
                    wrong += 1
                    typer.echo(f"{lines}:{result.number}: {problem}", err=True)
                report(done, len(talks), "Answering")
    answered = f"{len(talks)} conversation{'' if len(talks) == 1 else 's'}"
    typer.echo(f"{answered} → {out}" + (f"; {wrong} with a problem, told above" if wrong else ""), err=True)
    return ExitCode.FINDINGS if wrong else ExitCode.OK
