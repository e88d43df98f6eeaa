"""Processes that talk into one store and are killed in the middle of it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
TALKS = """
import itertools, os, sys
from assistant import ConversationStore, converse
{opening}
store = ConversationStore.open({address!r})
for count in itertools.count():
    said = f"It rains, said {{os.getpid()}}, {{count}} times."
    kept = converse(store, "long", lambda before: reply(said, before), said=said)
    print(kept.number, kept.said, flush=True)
"""
PLAIN = "from tests.kept_turns import turn_of as reply"
REAL = f"from pathlib import Path\nfrom assistant import Assistant\nreply = Assistant.open(Path({str(ROOT / 'tests' / 'weather_pack')!r})).reply"
MOST_TURNS = 12  # that one process takes before it is killed
MOST_SECONDS = 0.02  # that it goes on after the last of them


@dataclass(frozen=True, slots=True)
class Killed:
    """What was acknowledged, by number of turn, and what the store holds: each turn's number and words."""

    acknowledged: dict[int, str]
    kept: list[tuple[int, str]]
    turns_told: list[int]

    @property
    def lost(self) -> list[int]:
        """The acknowledged turns that the store does not hold as they were."""
        held = dict(self.kept)
        return [number for number, said in self.acknowledged.items() if held.get(number) != said]

    @property
    def gaps(self) -> int:
        """How many turns do not follow the one before them, in number or in what the conversation knows."""
        expected = range(1, len(self.kept) + 1)
        numbers = [number for number, _ in self.kept]
        return sum(n != e or t != e for n, t, e in zip(numbers, self.turns_told, expected, strict=True))


def kill_often(address: str, kills: int, opening: str = PLAIN, seed: int = 1) -> Killed:
    """Has one process after another talk into the store at ``address``, each killed at some moment."""
    from assistant import ConversationStore

    chance = random.Random(seed)
    acknowledged: dict[int, str] = {}
    program = TALKS.format(address=address, opening=opening)
    for _ in range(kills):
        left = chance.randint(1, MOST_TURNS)
        command = [sys.executable, "-c", program]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                if not line.endswith("\n"):
                    break  # killed while it told: nobody was told
                number, _, said = line.rstrip("\n").partition(" ")
                acknowledged[int(number)] = said
                left -= 1
                if left == 0:
                    time.sleep(chance.random() * MOST_SECONDS)
                    os.kill(child.pid, signal.SIGKILL)
    with closing(ConversationStore.open(address)) as store:
        turns = store.turns("long")
    return Killed(
        acknowledged, [(turn.number, turn.said) for turn in turns], [turn.after.turns for turn in turns]
    )
