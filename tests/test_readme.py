"""What README shows of embedding does what it says, and is sound in the eyes of the type checker."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = 10


@pytest.fixture(scope="module")
def blocks():
    """The blocks of Python in README."""
    return re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def embedding(blocks):
    """The one that embeds an assistant in somebody's own program."""
    (found,) = (block for block in blocks if "from assistant import Assistant" in block)
    return found


def test_ten_lines_embed_it_in_a_program(embedding, ready):
    assert len(embedding.strip().splitlines()) <= LINES
    told = subprocess.run(
        [sys.executable, "-c", embedding], cwd=ROOT, env=ready, capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("**Use both: Boomi Flow and Boomi Integration")
    assert told.stdout.splitlines()[-1] == "('integration',)"


def test_every_block_passes_the_strict_type_checker(blocks, tmp_path):
    for number, block in enumerate(blocks):
        (tmp_path / f"block_{number}.py").write_text(block, encoding="utf-8")
    settings = [
        "--strict",
        "--config-file",
        "pyproject.toml",
    ]  # those of `make check`, whose cache serves here
    told = subprocess.run(
        [sys.executable, "-m", "mypy", *settings, *map(str, sorted(tmp_path.glob("*.py")))],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert told.returncode == 0, told.stdout
