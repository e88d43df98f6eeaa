"""Replicas of the server that share one PostgreSQL, with senders that repeat themselves and with accidents."""

from __future__ import annotations

import itertools
import json
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from assistant import Assistant
    from tests.postgres import Postgres

ROOT = Path(__file__).parent.parent
PACK = ROOT / "tests" / "weather_pack"
TALKS = [
    [
        "I am about to go out.",
        "yes",
        "why?",
        "what if it did not rain?",
        "How deep may puddles be for boots?",
    ],
    ["It rains and it is windy.", "no", "what would change it?", "Who sells raincoats?", "thanks"],
    [
        "How fast may a storm be?",
        "I am about to go out, and it rains.",
        "no",
        "why not the boots?",
        "start over",
    ],
]
PATIENCE = 300  # seconds in which one event must be answered, however often it has to be sent
SENT_AT_MOST = 4  # times that an event is sent though it was answered already


def talks(count: int) -> list[list[str]]:
    """That many conversations about the weather, of five messages each."""
    return [TALKS[number % len(TALKS)] for number in range(count)]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is sent, to how many replicas, and how many accidents happen on the way.

    Each of ``chats`` is one conversation: its messages are events that are sent in their order, each one to
    four times, at once or later.
    """

    chats: Sequence[Sequence[str]]
    replicas: int
    kills: int
    crashes: int
    clients: int = 16
    seed: int = 1

    @property
    def events(self) -> int:
        """How many events are sent."""
        return sum(map(len, self.chats))


@dataclass(slots=True)
class Outcome:
    """What came of a plan; ``answers`` are the acknowledged ones by event, each without its time."""

    answers: dict[str, dict[str, object]] = field(default_factory=dict)
    conversations: dict[int, str] = field(default_factory=dict)
    deliveries: int = 0
    kills: int = 0
    crashes: int = 0
    differing: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Replicas:
    """Servers of one pack and one store on loopback; a killed one is started again at the same port."""

    def __init__(self, count: int, pack: Path, environment: Mapping[str, str]) -> None:
        self._pack = pack
        self._environment = {**environment, "PYTHONUNBUFFERED": "1"}
        self._ports = _free_ports(count)
        self._running = [self._start(port) for port in self._ports]
        self.addresses = [f"http://127.0.0.1:{port}" for port in self._ports]

    def wait(self) -> None:
        """Returns once every one of them answers."""
        for address in self.addresses:
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until:
                with suppress(httpx.TransportError):
                    if httpx.get(f"{address}/readyz").status_code == 200:
                        break
                time.sleep(0.05)
            else:
                raise AssertionError(f"{address} does not get ready")

    def kill(self, number: int) -> None:
        """Kills one at once and starts it again."""
        self._running[number].kill()
        self._running[number].wait()
        self._running[number] = self._start(self._ports[number])

    def stop(self) -> None:
        """Ends them all."""
        for process in self._running:
            process.kill()
            process.wait()

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        serve = ["serve", "--api-only", "--port", str(port), "--rate", "1000000/minute"]
        return subprocess.Popen(
            [sys.executable, "-m", "ui", *serve, "--pack", str(self._pack)],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def carry_out(plan: Plan, postgres: Postgres, replicas: Replicas) -> Outcome:
    """Sends everything and has every accident happen; returns when each event was answered."""
    outcome, run = Outcome(), _Run(plan, replicas)
    begun = time.monotonic()
    chats = iter(enumerate(plan.chats))
    threads = [threading.Thread(target=run.send_chats, args=(chats, outcome)) for _ in range(plan.clients)]
    accidents = threading.Thread(target=run.happen, args=(postgres, outcome))
    for thread in (*threads, accidents):
        thread.start()
    for thread in (*threads, accidents):
        thread.join()
    run.close()
    outcome.seconds = time.monotonic() - begun
    if run.failed:
        raise run.failed[0]
    return outcome


class _Run:
    def __init__(self, plan: Plan, replicas: Replicas) -> None:
        self._plan = plan
        self._replicas = replicas
        self._lock = threading.Lock()
        self._client = httpx.Client(timeout=60, limits=httpx.Limits(max_connections=None))
        self.failed: list[BaseException] = []

    def close(self) -> None:
        """Gives every connection back."""
        self._client.close()

    def send_chats(self, chats: Iterator[tuple[int, Sequence[str]]], outcome: Outcome) -> None:
        try:
            while not self.failed:
                with self._lock:
                    number, messages = next(chats, (0, ()))
                if not messages:
                    return
                self._send_chat(number, messages, outcome)
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits for this one
            self.failed.append(error)

    def _send_chat(self, number: int, messages: Sequence[str], outcome: Outcome) -> None:
        chance = random.Random(f"{self._plan.seed} {number}")
        later: list[tuple[str, dict[str, str]]] = []
        for place, message in enumerate(messages):
            event = f"{number}-{place}"
            body = {"message": message}
            if place:
                body["conversation"] = outcome.conversations[number]
            again = chance.randrange(SENT_AT_MOST)
            at_once = chance.randrange(again + 1)
            twins = [
                threading.Thread(target=self._deliver_apart, args=(event, body, chance.random(), outcome))
                for _ in range(at_once)
            ]
            for twin in twins:
                twin.start()
            self._deliver(event, body, chance.random(), outcome)
            for twin in twins:
                twin.join()
            later += [(event, body)] * (again - at_once)
            if later and chance.random() < 0.5:
                self._deliver(*later.pop(chance.randrange(len(later))), chance.random(), outcome)
        for one in later:
            self._deliver(*one, chance.random(), outcome)

    def _deliver_apart(self, event: str, body: dict[str, str], to: float, outcome: Outcome) -> None:
        try:
            self._deliver(event, body, to, outcome)
        except BaseException as error:  # noqa: BLE001  # told by the thread that waits for all
            self.failed.append(error)

    def _deliver(self, event: str, body: dict[str, str], to: float, outcome: Outcome) -> None:
        """Sends one event until a replica acknowledges it, each time to the next one."""
        addresses = self._replicas.addresses
        first = int(to * len(addresses))
        until = time.monotonic() + PATIENCE
        for address in itertools.islice(itertools.cycle(addresses), first, None):
            with self._lock:
                outcome.deliveries += 1
            with suppress(httpx.TransportError):
                told = self._client.post(
                    f"{address}/v1/answers", json=body, headers={"idempotency-key": event}
                )
                if told.status_code == 200:
                    self._note(event, told.json(), outcome)
                    return
                assert told.status_code == 503, told.text
            assert time.monotonic() < until, f"{event} was never answered"
            time.sleep(0.05)

    def _note(self, event: str, told: dict[str, object], outcome: Outcome) -> None:
        answer = untimed(told)
        with self._lock:
            known = outcome.answers.setdefault(event, answer)
            outcome.conversations.setdefault(int(event.partition("-")[0]), str(told["conversation"]))
        if known != answer:
            outcome.differing.append(event)

    def happen(self, postgres: Postgres, outcome: Outcome) -> None:
        """Every accident, spread evenly over the events."""
        plan = self._plan
        chance = random.Random(plan.seed)
        deeds = ["kill"] * plan.kills + ["crash"] * plan.crashes
        chance.shuffle(deeds)
        for place, deed in enumerate(deeds):
            while len(outcome.answers) < plan.events * (place + 1) / (len(deeds) + 1) and not self.failed:
                time.sleep(0.01)
            if self.failed:
                return
            if deed == "kill":
                self._replicas.kill(chance.randrange(plan.replicas))
                outcome.kills += 1
            else:
                postgres.crash()
                postgres.start()
                outcome.crashes += 1


def untimed(told: Mapping[str, object]) -> dict[str, object]:
    """An answer as the interface told it, without what it took."""
    plain: dict[str, object] = json.loads(json.dumps(told))
    answer = plain["answer"]
    assert isinstance(answer, dict)
    answer.pop("ms")
    return plain


def differences(plan: Plan, outcome: Outcome, store: str, assistant: Assistant) -> list[str]:
    """Where the ``store`` holds anything but what one process answers to the same messages in their order."""
    from assistant import Conversation, ConversationStore

    wrong = [f"{event}: two different answers" for event in outcome.differing]
    with closing(ConversationStore.open(store)) as kept:
        wrong += [f"{len(kept.owned('local'))} conversations"] * (len(kept.owned("local")) != len(plan.chats))
        for number, messages in enumerate(plan.chats):
            name = outcome.conversations[number]
            turns = kept.turns(name, "local")
            if [turn.said for turn in turns] != list(messages):
                wrong.append(f"{number}: {[turn.said for turn in turns]} in place of {list(messages)}")
                continue
            before = Conversation()
            for place, turn in enumerate(turns):
                alone = assistant.reply(turn.said, before)
                before = alone.conversation
                answer = json.loads(alone.answer.to_json())
                expected = untimed({"conversation": name, "turn": place + 1, "answer": answer})
                held = untimed(
                    {"conversation": name, "turn": turn.number, "answer": json.loads(turn.answer.to_json())}
                )
                if not expected == held == outcome.answers[f"{number}-{place}"]:
                    wrong.append(f"{number}-{place}: another answer than one process gives")
    return wrong


@contextmanager
def running(
    count: int, pack: Path, store: str, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[Replicas]:
    """That many replicas over ``store`` until the block ends, all of them ready."""
    own = {"GROUNDRULE_STORE": store, "GROUNDRULE_KEYS": str(folder / "keys.json")}
    replicas = Replicas(count, pack, {**environment, **own})
    try:
        replicas.wait()
        yield replicas
    finally:
        replicas.stop()


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports
