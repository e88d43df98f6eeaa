import fcntl
import os
import re
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# No test judges how long anything takes: a busy machine is no fault of the program.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What the tests read in this process is kept there too, and not in the user's own cache.
os.environ["GROUNDRULE_CACHE"] = str(ROOT / ".pytest_cache" / "groundrule")


@dataclass(frozen=True)
class Told:
    """How a command ended: its exit code, and what it wrote where."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def command_environment(tmp_path_factory):
    """The environment for commands under test: an index cache and a home that belong to the tests alone."""
    own = {
        k: v for k, v in os.environ.items() if not k.startswith(("GROUNDRULE_", "NO_COLOR", "FORCE_COLOR"))
    }
    home = tmp_path_factory.mktemp("home")
    # Kept between runs, so that the bundled guide is embedded once and not with every run.
    cache = ROOT / ".pytest_cache" / "groundrule"
    cache.mkdir(parents=True, exist_ok=True)
    return own | {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "GROUNDRULE_CACHE": str(cache),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }


@pytest.fixture(scope="session")
def ready(command_environment):
    """The environment, with the bundled pack's index prepared; one process of the run prepares it."""
    with (Path(command_environment["GROUNDRULE_CACHE"]) / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run([sys.executable, "-m", "ui", "index"], env=command_environment, check=True)
    return command_environment


@pytest.fixture
def groundrule(command_environment):
    """Runs the real command as a process of its own."""

    def run(*arguments, stdin=b"", env=None, timeout=120):
        done = subprocess.run(
            [sys.executable, "-m", "ui", *map(str, arguments)],
            input=stdin,
            env=command_environment | (env or {}),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        return Told(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def cache():
    """A cache kept between runs, so that the embedding model is prepared once."""
    folder = ROOT / ".pytest_cache" / "groundrule"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def encoder(cache):
    """The real embedding model."""
    from corpus import Encoder

    return Encoder.open(cache)


@pytest.fixture
def guides_in(tmp_path):
    """Writes guides, by name below the corpus folder of a pack, and returns that folder."""

    def write(**texts):
        folder = tmp_path / "pack" / "corpus"
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            ending = ".questions.yaml" if name.endswith("_questions") else ".md"
            path = folder / f"{name.removesuffix('_questions')}{ending}"
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return write


@pytest.fixture(scope="session")
def adviser(ready):
    """The bundled pack, opened once a process with the real model, index and heads."""
    from assistant import Assistant

    return Assistant.open(cache=Path(ready["GROUNDRULE_CACHE"]))


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, once a process."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def weather(cache):
    """The small pack about the weather, opened once a process with the real model and index."""
    from assistant import Assistant

    return Assistant.open(ROOT / "tests" / "weather_pack", cache=cache)


@pytest.fixture
def http(weather, tmp_path, monkeypatch):
    """Starts real servers of the HTTP interface on loopback; ``http(need_key=True, …)`` gives an address.

    The keys of `GROUNDRULE_KEYS` and the store are the test's own.
    """
    from tests.http_server import served

    monkeypatch.setenv("GROUNDRULE_KEYS", str(tmp_path / "keys.json"))
    with ExitStack() as stack:
        store = f"sqlite:///{tmp_path / 'conversations.db'}"
        yield lambda **serving: stack.enter_context(served(weather, store, **serving))


@pytest.fixture(scope="session")
def page_at(ready, tmp_path_factory):
    """Where the page of the bundled pack is served, once a process, with a store of its own."""
    from tests.page_visits import served

    folder = tmp_path_factory.mktemp("page")
    own = {"GROUNDRULE_STORE": f"sqlite:///{folder / 'c.db'}", "GROUNDRULE_RUNS": str(folder / "runs")}
    with served(ready | own) as at:
        yield at


@pytest.fixture
def visit(browser, page_at):
    """Opens the page as one more person. Whatever a test does, nothing may call out or fail in the page."""
    from tests.page_visits import visitors

    with visitors(browser, page_at) as go:
        yield go


@pytest.fixture
def page(visit):
    return visit()


@pytest.fixture(scope="session")
def postgres():
    """A real PostgreSQL, once a process; each test takes a database of its own from it."""
    from tests.postgres import Postgres

    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def file(tmp_path):
    """Where the store in SQLite lies, if the test has one."""
    return tmp_path / "kept" / "conversations.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, file):
    """The address of a store that does not exist yet, in each of the databases."""
    if request.param == "sqlite":
        return f"sqlite:///{file}"
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def serve(command_environment, tmp_path, weather):
    """Starts the command and gives its process and address; it is stopped at the end."""
    started = []

    def start(*arguments):
        own = {
            "GROUNDRULE_STORE": f"sqlite:///{tmp_path / 'c.db'}",
            "GROUNDRULE_KEYS": str(tmp_path / "keys.json"),
            "PYTHONUNBUFFERED": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "ui", "serve", "--pack", str(weather.pack.root), *arguments],
            env=command_environment | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        for line in process.stdout:
            if found := re.search(r"http://[\w.:\[\]]+", line):
                return process, found[0]
        raise AssertionError(process.stderr.read())

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def talk(adviser):
    """Says messages one after the other and returns the answers."""

    def say(*messages, conversation=None):
        answers = []
        for message in messages:
            turn = adviser.reply(message, conversation)
            conversation = turn.conversation
            answers.append(turn.answer)
        return answers

    return say
