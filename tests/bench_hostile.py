"""``python -m tests.bench_hostile``: what files that are no guides cost, each read in a process of its own.

Each lies beside a good guide, which must be read all the same. Printed are what became of the file, the
seconds and the memory; the exit code is 1 when one takes longer or more than it may.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

MOST_SECONDS = 30
MOST_MEGABYTES = 1000
FILES: dict[str, Callable[[], str]] = {
    "10 MB on one line.md": lambda: "word " * 2_000_000,
    "10 MB on one line.txt": lambda: "word " * 2_000_000,
    "3.9 MB on one line.md": lambda: "word " * 780_000,
    "3.9 MB on one line.txt": lambda: "word. " * 650_000,
    "3.9 MB on one line.html": lambda: "<p>" + "word " * 780_000,
    "100,000 headings.md": lambda: "# heading\n\ntext\n\n" * 100_000,
    "100,000 headings.html": lambda: "<h2>heading</h2><p>text</p>" * 100_000,
    "endless table.md": lambda: "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 300_000,
    "endless table.html": lambda: "<table>" + "<tr><td>1<td>2" * 80_000,
    "endless table.txt": lambda: "a\tb\n" * 900_000,
    "wide table.md": lambda: "|a" * 20_000 + "|\n" + "|-" * 20_000 + "|\n" + ("|1" * 20_000 + "|\n") * 20,
    "wide table.html": lambda: "<table><tr>" + "<td>1" * 20_000 + "<tr>" + "<td>2" * 20_000,
    "spans.html": lambda: "<table>" + "<tr>" + "<td colspan=1000 rowspan=1000>x" * 500,
    "nested lists.md": lambda: "".join("  " * n + "- a\n" for n in range(1500)),
    "nested lists.html": lambda: "<ul><li>a" * 50_000,
    "nested divs.html": lambda: "<div>" * 500_000 + "x",
    "ordered list.html": lambda: "<ol>" + "<li>x" * 19_000 + "</ol>",
    "quotations.md": lambda: ">" * 500_000 + " a",
    "brackets.md": lambda: "[" * 1_000_000,
    "emphasis.html": lambda: "<p>" + "<b>*</b>" * 100_000,
    "front matter.md": lambda: "---\na: " + "[" * 200_000 + "\n---\nx\n",
    "aliases.md": lambda: (
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9))
        + "---\n\nx\n"
    ),
    "null bytes.md": lambda: "\0" * 1_000_000 + "x",
    "tree.txt": lambda: "| +-- a\n" * 400_000,
    "items.txt": lambda: "- a:\n" * 500_000,
}
PROGRAM = """
import json, resource, sys, time
from pathlib import Path
from corpus import read_guides
began = time.perf_counter()
guides, refused = read_guides(Path(sys.argv[1]))
print(json.dumps([time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    [g.id for g in guides], sum(len(s.passages) for g in guides for s in g.sections) - 1, [str(e) for e in refused]]))
"""


def main() -> int:
    """Read each file and print what became of it."""
    beyond = 0
    for name, text in FILES.items():
        with TemporaryDirectory() as folder:
            (Path(folder) / "good.md").write_text("# Good\n\nStill here.\n")
            (Path(folder) / name).write_text(text())
            told = subprocess.run(
                [sys.executable, "-c", PROGRAM, folder],
                capture_output=True,
                text=True,
                check=False,
                timeout=600,
            )
        if told.returncode:
            print(f"{name:26} CRASHED {told.stderr.strip().splitlines()[-1:]}")
            beyond += 1
            continue
        seconds, megabytes, ids, passages, refused = json.loads(told.stdout)
        late = seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES or "good" not in ids
        beyond += late
        fate = refused[0].partition(": ")[2] if refused else f"read, {passages} passages"
        print(
            f"{name:26} {seconds:6.1f} s {megabytes:6.0f} MB  {'BEYOND ' if late else ''}{fate[:120]}",
            flush=True,
        )
    return 1 if beyond else 0


if __name__ == "__main__":
    sys.exit(main())
