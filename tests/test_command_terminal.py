import re
import signal
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

CONFLICT = ("human_interaction=yes", "on_premise=yes")
QUESTION = "How long may a process that Flow calls take before the step fails?"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[;m]")


@pytest.fixture
def on_a_terminal(ready):
    """What a command shows on a terminal of 70 columns."""

    def show(*arguments, **env):
        shown, code = pexpect.run(
            " ".join([sys.executable, "-m", "ui", *(f"'{argument}'" for argument in arguments)]),
            env=ready | {"TERM": "xterm-256color", "COLUMNS": "70"} | env,
            encoding="utf-8",
            withexitstatus=True,
            timeout=60,
        )
        assert code == 0, shown
        return shown.replace("\r\n", "\n")

    return show


def visible(shown):
    return re.sub(r"\x1b\[[0-9;]*m", "", shown)


def test_a_terminal_gets_set_text_in_place_of_markdown(on_a_terminal):
    shown = on_a_terminal("ask", "doctors approve treatment costs in a form, nothing may leave our network")
    assert "\x1b[1m" in shown
    assert "**" not in shown
    assert "Sources" in shown


def test_lines_fit_the_terminal(on_a_terminal):
    for arguments in (("ask", QUESTION), ("decide", *CONFLICT), ("search", QUESTION)):
        assert max(len(line.rstrip()) for line in visible(on_a_terminal(*arguments)).splitlines()) <= 70


def test_only_sources_that_the_words_point_to_are_listed(on_a_terminal):
    words, _, sources = visible(on_a_terminal("ask", QUESTION)).partition("\nSources\n")
    listed = re.findall(r"^\[(\d+)\]", sources, re.MULTILINE)
    assert listed
    assert all(f"[{number}]" in words for number in listed)


def test_no_color_is_honoured(on_a_terminal):
    for arguments in (("ask", QUESTION), ("decide", *CONFLICT), ("search", QUESTION)):
        assert not COLOUR.search(on_a_terminal(*arguments, NO_COLOR="1"))


def test_a_dumb_terminal_gets_no_escape_sequences(on_a_terminal):
    for arguments in (("ask", QUESTION), ("decide", *CONFLICT)):
        assert "\x1b" not in on_a_terminal(*arguments, TERM="dumb")


def test_a_full_disk_is_told_and_is_nobodys_traceback(ready):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ui", "decide", *CONFLICT], stdout=full, stderr=subprocess.PIPE, env=ready
        )
    assert done.returncode == 5
    assert b"no space is left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.fixture
def bread(tmp_path):
    guide = tmp_path / "bread" / "corpus" / "bread.md"
    guide.parent.mkdir(parents=True)
    guide.write_text(
        "# Bread\n\nBake a rye loaf for 55 minutes.\n\n## Storing\n\nBread keeps in a linen bag.\n"
    )
    return tmp_path / "bread"


def test_a_first_run_says_what_it_prepares_survives_ctrl_c_and_later_runs_are_quiet(
    groundrule, command_environment, bread, tmp_path
):
    cache = {"GROUNDRULE_CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(
        [sys.executable, "-m", "ui", "index", "--pack", bread],
        env=command_environment | cache,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stderr.readline().startswith(b"Preparing the guide")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said
    again = groundrule("index", "--pack", bread, env=cache)
    assert again.code == 0
    assert again.err.startswith("Preparing the guide")
    assert "1 guide, 2 sections, 2 passages" in again.out
    assert groundrule("index", "--pack", bread, env=cache).err == ""
