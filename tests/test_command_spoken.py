"""An answer on a terminal while a language model speaks: what stands is shown at once, and nothing twice."""

import io
import re
import subprocess
import sys
from contextlib import redirect_stdout

import pexpect
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant import Answer
from assistant.answer import PackName
from tests.model_server import slow_model
from ui.render_spoken import Spoken

DETAIL = "How deep may the water be?"
SENTENCE = "Boots are tight up to 20 cm of water."
PROMPT = r"\x1b\[\?2004h"  # the line editor is ready


@pytest.fixture
def model():
    with slow_model() as opened:
        yield opened


@pytest.fixture
def environment(command_environment, weather, model, tmp_path):
    """That of a command beside the slow model, with the pack about the weather and a store of its own."""
    return command_environment | {
        "GROUNDRULE_PACK": str(weather.pack.root),
        "GROUNDRULE_STORE": f"sqlite:///{tmp_path / 'c.db'}",
        "GROUNDRULE_MODEL_URL": model.address,
        "GROUNDRULE_MODEL": "slow",
        "GROUNDRULE_MODEL_SECONDS": "600",
        "TERM": "xterm-256color",
        "COLUMNS": "50",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }


@pytest.fixture
def terminal(environment):
    def start(*arguments):
        command = ["-m", "ui", *arguments]
        child = pexpect.spawn(sys.executable, command, env=environment, encoding="utf-8", timeout=120)
        child.setwinsize(40, 50)
        child.seen = child.logfile_read = io.StringIO()
        return child

    return start


def shown(child):
    """The words that stood on the terminal once the command had ended."""
    child.expect(pexpect.EOF)
    child.close()
    return " ".join(re.sub(r"\x1b\[[0-9;?]*\w", "", child.seen.getvalue()).split())


def test_a_sentence_is_shown_before_the_model_has_said_the_next_and_once(terminal, model):
    reply = model.reply("{1} [1]. Boots are made of gold [1]. And")
    child = terminal("ask", DETAIL)
    child.expect("20 cm")
    reply.say(" now: boots are tight up to 20 cm [1]. So")
    child.expect(r"now:\s+boots")
    reply.end()
    words, _, sources = shown(child).partition(" Sources ")
    assert words == f"{SENTENCE} [1] And now: boots are tight up to 20 cm. [1]"
    assert sources.startswith("[1] What to take along › Puddles")
    assert child.exitstatus == 0


def test_a_model_that_breaks_off_is_named_below_what_stood(terminal, model):
    reply = model.reply("{1} [1]. And")
    child = terminal("ask", DETAIL)
    child.expect("20 cm")
    reply.break_off()
    words, _, _ = shown(child).partition(" Sources ")
    assert words.startswith(f"{SENTENCE} [1] The language model slow cannot be asked")
    assert words.endswith("its answer broke off.")


def test_a_model_that_says_nothing_of_the_guide_leaves_the_answer_as_it_is_without_one(terminal, model):
    model.reply("Buy gold [1].").end()
    words, _, _ = shown(terminal("ask", DETAIL)).partition(" Sources ")
    assert words == f"{SENTENCE} [1]"


def test_a_kept_turn_that_is_taken_again_is_shown_once(terminal, model, environment):
    void, counted = model.reply("{1} [1]. And"), model.reply("{1} [1].")
    child = terminal("ask", "--conversation", "c", DETAIL)
    model.wait()
    other = ["ask", "--conversation", "c", "I am about to go out."]
    subprocess.run([sys.executable, "-m", "ui", *other], env=environment, stdout=subprocess.DEVNULL)
    void.end()
    counted.end()
    words, _, _ = shown(child).partition(" Sources ")
    assert words == f"{SENTENCE} [1]"


def test_a_chat_shows_sentences_and_an_answer_that_is_stopped_changes_nothing(terminal, model):
    stopped, whole = model.reply("{1} [1]. And"), model.reply("{1} [1]. And")
    child = terminal("chat")
    child.expect(PROMPT)
    child.send(f"{DETAIL}\r")
    child.expect("20 cm")
    child.sendintr()
    child.expect(r"\r\nStopped; nothing has changed\.")
    stopped.end()
    child.expect(PROMPT)
    child.send(f"{DETAIL}\r")
    child.expect("20 cm")
    whole.say(" now: boots are tight up to 20 cm [1].")
    whole.end()
    child.expect("Sources")
    child.expect(PROMPT)
    child.send("/quit\r")
    assert shown(child).count("now: boots are tight") == 1


def answer(text):
    pack = PackName(id="weather", version="1", sha256="0")
    return Answer(kind="guide", text=text, facts={}, decision=None, citations=(), pack=pack, ms=1)


WORDS = st.text("abcdefghi", min_size=1, max_size=12)
SENTENCES = st.lists(WORDS, min_size=1, max_size=20).map(lambda words: f"{' '.join(words)}. [1]")


@given(
    decision=st.lists(SENTENCES, max_size=3),
    sentences=st.lists(SENTENCES, max_size=4),
    rest=st.lists(SENTENCES, max_size=2),
)
def test_every_word_is_shown_once_and_every_line_fits(decision, sentences, rest):
    assume(decision or sentences)
    first = "".join(f"{block}\n\n" for block in decision)
    pieces = [first, *(f"{' ' if place else ''}{one}" for place, one in enumerate(sentences))]
    text = "".join(pieces) + "".join(f"\n\n{block}" for block in rest)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(io.StringIO()) as told:
        patch.setenv("COLUMNS", "40")
        spoken = Spoken()
        for piece in filter(None, pieces):
            spoken.hear(piece)
        spoken.end(answer(text))
    lines = told.getvalue().splitlines()
    assert " ".join(lines).split() == text.split()
    assert max((len(line.rstrip()) for line in lines), default=0) <= 40
    if sentences and first:  # blocks stand apart by one line
        blocks = re.split(r"\n\s*\n", told.getvalue().strip())
        assert len(blocks) == len(re.split(r"\n{2,}", text.strip()))


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("**Boots are tight. [1]", "**Boots are tight. [1]"),
        ("Call `GET /orders` with **care**. [1]", "Call GET /orders with care. [1]"),
        ("# Boots\n- are *tight*. [1]", "# Boots - are tight. [1]"),
        ("Boots \x1b[2J are tight. [1]", "Boots [2J are tight. [1]"),
    ],
)
def test_a_sentence_is_set_for_itself_and_stays_one(sentence, shown):
    more = " Up to** 20 cm. [2]"
    with redirect_stdout(io.StringIO()) as told:
        spoken = Spoken()
        spoken.hear(sentence)
        spoken.hear(more)
        spoken.end(answer(sentence + more))
    assert told.getvalue() == f"{shown}{more}\n"
