"""Conversations had by ``groundrule batch``, a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ui.errors import ExitCode

if TYPE_CHECKING:
    from evals.doors import Door, Heard


def cli_door(root: Path, jobs: int) -> Door:
    """All conversations as one batch for the pack in ``root``; the environment is this process's own."""

    def answer(talks: Sequence[Sequence[str]]) -> Iterator[Heard]:
        if talks:
            yield from _batch(root, jobs, talks)

    return answer


def _batch(root: Path, jobs: int, talks: Sequence[Sequence[str]]) -> Iterator[Heard]:
    from evals.doors import Heard

    with TemporaryDirectory() as folder:
        asked, answered = Path(folder) / "in.jsonl", Path(folder) / "out.jsonl"
        lines = (json.dumps({"id": str(number), "turns": list(talk)}) for number, talk in enumerate(talks))
        asked.write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = ["batch", str(asked), "--out", str(answered), "--jobs", str(jobs), "--pack", str(root)]
        done = subprocess.run(  # noqa: S603  # this same program, with files of its own
            [sys.executable, "-m", "ui", *told], stderr=subprocess.PIPE, env=os.environ, check=False
        )
        if done.returncode not in (ExitCode.OK, ExitCode.FINDINGS):
            problem = done.stderr.decode(errors="replace").strip() or "it said nothing"
            yield from (Heard((), f"groundrule batch ended with {done.returncode}: {problem}") for _ in talks)
            return
        with answered.open(encoding="utf-8") as file:
            for talk, line in zip(talks, file, strict=True):
                yield _heard(talk, line)


def _heard(talk: Sequence[str], line: str) -> Heard:
    from pydantic import BaseModel

    from assistant import Answer
    from evals.doors import Heard
    from evals.run import Reply

    class Line(BaseModel):
        replies: list[Answer | None]
        error: str = ""

    came = Line.model_validate_json(line)
    if len(came.replies) != len(talk):
        return Heard((), came.error or "not every message was answered")
    return Heard(
        tuple(
            Reply(
                say=said, answer=answer, refused="" if answer else came.error, ms=answer.ms if answer else 0
            )
            for said, answer in zip(talk, came.replies, strict=True)
        )
    )
