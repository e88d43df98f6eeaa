"""What is shown of embedding does what it says, and is sound in the eyes of the type checker."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = 10


def blocks(page):
    """The blocks of Python in a page."""
    return re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.S)


@pytest.fixture
def run(ready, tmp_path):
    """Runs a block as a program of its own, and gives the lines that it prints."""

    def start(block):
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=tmp_path, env=ready, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return start


def test_ten_lines_embed_an_adviser_in_a_program(run):
    block, _ = blocks("assistant/embedding.md")
    assert len(block.strip().splitlines()) <= LINES
    told = run(block)
    assert "('flow', 'integration')" in told
    assert told[-1] == "('integration',)"


def test_the_lines_of_readme_run_as_they_are_shown(run):
    block = next(block for block in blocks("README.md") if "from assistant import Assistant" in block)
    assert run(block)[-1] == "('integration',)"


def test_a_bot_that_keeps_its_conversations_answers_an_event_once(run):
    _, block = blocks("assistant/embedding.md")
    *told, turns = run(block)
    assert turns == "1"
    assert told[: len(told) // 2] == told[len(told) // 2 :]


def test_the_lines_pass_the_strict_type_checker(tmp_path):
    for number, block in enumerate(blocks("assistant/embedding.md")):
        (tmp_path / f"block_{number}.py").write_text(block, encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", *sorted(tmp_path.glob("*.py"))],
        cwd=ROOT,  # where `make check` has left a cache
        env=os.environ,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout
