"""``python -m tests.bench_forms LOOKUPS.jsonl GUIDE…``: how well each form of a guide serves the same questions.

Each line of the questions has ``text`` and ``answer_facts``, a list of which each must be said; ``|`` parts
alternatives. A fact is found when the words of the first passages hold it, in whatever case. Each guide is
searched alone, in a pack of its own. Printed are totals only.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import Corpus, Hit, cache_folder

DEPTHS = (1, 3, 5, 10)


def main(arguments: Sequence[str]) -> int:
    """Print, for each guide, its passages and the share of questions whose facts the first ones hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_forms", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("guides", type=Path, nargs="+")
    asked = parser.parse_args(arguments)
    cases = [json.loads(line) for line in asked.questions.read_text(encoding="utf-8").splitlines() if line]
    print(f"{len(cases)} questions: facts within the first {', '.join(map(str, DEPTHS))} passages")
    for guide in asked.guides:
        found, passages = measure(guide, cases)
        shares = "  ".join(f"{share:.2f}" for share in found)
        print(f"{guide.name:40} {passages:5} passages   {shares}")
    return 0


def measure(guide: Path, cases: Sequence[dict[str, object]]) -> tuple[list[float], int]:
    """The share of ``cases`` answered within each depth, and how many passages the guide has."""
    with TemporaryDirectory() as folder:
        corpus_folder = Path(folder) / "pack" / "corpus"
        corpus_folder.mkdir(parents=True)
        shutil.copy(guide, corpus_folder)
        # The model is exported once and found again; the index goes with the folder.
        corpus = Corpus.open(corpus_folder, cache_folder())
        hits = [corpus.search(str(case["text"]), max(DEPTHS)) for case in cases]
        shares = [
            sum(_holds(found[:depth], case["answer_facts"]) for found, case in zip(hits, cases, strict=True))
            / len(cases)
            for depth in DEPTHS
        ]
        return shares, sum(len(section.passages) for held in corpus.guides for section in held.sections)


def _holds(hits: Sequence[Hit], facts: object) -> bool:
    said = " ".join(f"{hit.passage.reading} {hit.passage.text}" for hit in hits).casefold()
    assert isinstance(facts, list)
    return all(any(way.strip() in said for way in fact.casefold().split("|")) for fact in facts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
