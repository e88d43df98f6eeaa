import json
import signal
import sys
from functools import partial

import pexpect
import pytest
from pexpect.popen_spawn import PopenSpawn

from assistant import Answer

PROMPT = r"\x1b\[\?2004h"  # the line editor is ready: it asks the terminal to mark pasted text
NEED = "A manager signs off each request, then it lands in SAP where the fields are called differently."


def test_lines_through_a_pipe_are_one_conversation(groundrule, ready):
    told = groundrule("chat", "--json", stdin=f"{NEED}\n\nwhy?\n/quit\nnever read\n".encode())
    assert told.code == 0
    first, second = (Answer.model_validate_json(line) for line in told.out.splitlines())
    assert first.facts == second.facts
    assert first.decision is not None


def test_the_record_of_a_piped_conversation_shows_both_sides(groundrule, ready):
    told = groundrule("chat", stdin=f"{NEED}\n/facts\n".encode())
    assert told.out.startswith(f"> {NEED}\n")
    assert "human_interaction" in told.out.partition("/facts")[2]


def test_a_message_that_is_refused_does_not_end_the_conversation(groundrule, ready):
    told = groundrule("chat", stdin=b"?!\n\xff\xfe\n" + b"x" * 50_000 + b"\nhello\n")
    assert told.code == 0
    assert "no words" in told.out
    assert "50,000 characters" in told.out


def test_a_conversation_can_be_started_over(groundrule, ready):
    told = groundrule("chat", stdin=f"{NEED}\n/reset\n/facts\n".encode())
    assert told.out.rstrip().endswith("No facts yet. Describe what you need.")


def test_a_fact_can_be_changed_by_name(groundrule, ready):
    told = groundrule(
        "chat", "--json", stdin=f"{NEED}\n/set human_interaction=no\n/set humn_interaction=no\n".encode()
    )
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert answers[1]["facts"]["human_interaction"]["value"] == "no"
    assert "did you mean human_interaction?" in told.err


def test_a_mistyped_command_is_offered_the_right_one(groundrule, ready):
    assert "did you mean /facts?" in groundrule("chat", stdin=b"/fatcs\n").out


@pytest.fixture
def terminal(ready):
    def start(*arguments, **env):
        child = pexpect.spawn(
            sys.executable,
            ["-m", "ui", "chat", *arguments],
            env=ready | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"} | env,
            encoding="utf-8",
            timeout=60,
        )
        child.setwinsize(40, 100)
        return child

    return start


def test_the_greeting_shows_what_may_be_asked(terminal):
    child = terminal()
    child.expect("Ctrl-D leaves")
    child.expect(PROMPT)
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_a_line_can_be_edited_before_it_is_sent(terminal):
    child = terminal()
    child.expect(PROMPT)
    child.send("/fatcs\x1b[D\x1b[D\x7f\x1b[Ct\r")  # t taken away before c, put behind it
    child.expect("No facts yet")
    child.send("/quit\r")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_what_was_typed_comes_back_in_the_next_conversation(terminal):
    child = terminal()
    child.expect(PROMPT)
    child.send("/help me once\r")
    child.expect("/reset")
    child.send("/quit\r")
    child.expect(pexpect.EOF)
    child = terminal()
    child.expect(PROMPT)
    child.send("\x1b[A\x1b[A")
    child.expect("/help me once")
    child.send("\x15/quit\r")
    child.expect(pexpect.EOF)


def test_ctrl_c_takes_back_the_line_and_on_an_empty_line_leaves(terminal):
    child = terminal()
    child.expect(PROMPT)
    child.send("half a thought")
    child.expect("thought")
    child.sendcontrol("c")
    child.expect(PROMPT)
    child.sendcontrol("c")
    child.expect("Interrupted")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


def test_a_dumb_terminal_gets_plain_lines(terminal):
    child = terminal(TERM="dumb")
    child.expect("> ")
    child.sendline("/facts")
    child.expect("No facts yet")
    child.sendline("/quit")
    child.expect(pexpect.EOF)
    assert "\x1b" not in child.before
    child.close()
    assert child.exitstatus == 0


def test_an_interrupted_pipe_ends_with_130(ready):
    # A process started in the background inherits that it ignores the interrupt.
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "-m", "ui", "chat"]
    child = PopenSpawn(command, env=ready, encoding="utf-8", preexec_fn=hears)
    child.sendline("hello")
    child.expect("> hello")
    child.kill(signal.SIGINT)
    assert child.wait() == 130
    child.proc.stdin.close()
    child.proc.stdout.close()
