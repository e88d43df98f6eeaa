import json

import jsonschema
import pytest

from assistant import Answer

NEED = "A manager signs off each request, then it lands in SAP where the fields are called differently."
QUESTION = "How long may a process that Flow calls take before the step fails?"


@pytest.fixture
def ask(groundrule, ready):
    return lambda *arguments, **options: groundrule("ask", *arguments, **options)


def test_the_json_is_valid_against_the_published_schema(ask, groundrule):
    schema = json.loads(groundrule("schema", "answer").out)
    for message in (NEED, QUESTION, "what is the weather in Lisbon?", "hello"):
        answer = json.loads(ask(message, "--json").out)
        jsonschema.validate(answer, schema)
        assert Answer.model_validate(answer)


def test_a_need_is_answered_with_its_sources(ask):
    told = ask(NEED)
    assert "Sources" in told.out
    assert "[1]" in told.out
    assert ".md:" in told.out


def test_an_open_question_ends_with_4_and_says_how_to_go_on(ask):
    told = ask("People have to approve vacation requests.")
    answer = json.loads(ask("People have to approve vacation requests.", "--json").out)
    assert answer["kind"] == "question"
    assert told.code == 4
    assert answer["decision"]["next"]["ask"] in told.out
    assert "groundrule chat" in told.out


def test_a_detail_question_ends_with_0(ask):
    assert ask(QUESTION).code == 0


def test_words_without_quotes_are_one_message(ask):
    together = json.loads(ask("--json", QUESTION).out)
    apart = json.loads(ask("--json", *QUESTION.split()).out)
    assert together["text"] == apart["text"]


@pytest.mark.parametrize("words", [["-"], []])
def test_a_message_can_come_through_a_pipe(ask, words):
    told = ask("--json", *words, stdin=b"\xef\xbb\xbf" + QUESTION.encode())
    assert json.loads(told.out)["text"] == json.loads(ask("--json", QUESTION).out)["text"]


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"?!", "no words"),
        (b"\x00\x01\x02", "no words"),
        (b"\x89PNG\r\n\x1a\n\xff", "no UTF-8 text: byte 1 is 0x89"),
        (b"word " * 30_000, "150,000 characters"),
        (b"x" * 2_000_000, "longer than 1,000,000 bytes"),
    ],
)
def test_what_is_no_message_is_refused_with_what_to_do(groundrule, stdin, said):
    told = groundrule("ask", "-", stdin=stdin)
    assert told.code == 2
    assert told.out == ""
    assert said in told.err
    assert "Next: " in told.err


def test_an_argument_that_is_no_text_is_refused(command_environment):
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"ui", b"ask", b"caf\xe9?"],
        env=command_environment,
        capture_output=True,
    )
    assert done.returncode == 2
    assert b"no UTF-8 text" in done.stderr


def test_control_characters_in_a_message_never_reach_the_terminal(ask):
    told = ask("A manager \x1b[2J\x07approves \u202eeach order, then it goes to SAP")
    assert "\x1b" not in told.out
    assert "\x07" not in told.out
    assert "\u202e" not in told.out


def test_piped_output_is_plain_markdown(ask):
    told = ask(QUESTION)
    answer = json.loads(ask(QUESTION, "--json").out)
    assert told.out.startswith(answer["text"])
    assert "\x1b" not in told.out


def test_a_warm_start_says_nothing_but_the_answer(ask):
    assert ask(QUESTION).err == ""


def test_json_is_utf_8_wherever_it_is_printed(ask):
    told = ask("--json", "Was kostet die Prüfung – öfter “heute”?", env={"PYTHONIOENCODING": "latin-1"})
    assert json.loads(told.out)["schema"] == "groundrule.answer/1"
