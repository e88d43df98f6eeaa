import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.did_you_mean import did_you_mean
from ui.printable import printable


def test_help_lists_every_command_and_the_exit_codes(groundrule):
    told = groundrule("--help")
    assert told.code == 0
    for command in ("ask", "chat", "batch", "decide", "search", "index", "serve", "schema", "doctor"):
        assert f"\n  {command} " in told.out
    assert "130 interrupted" in told.out


def test_the_bare_command_shows_the_help(groundrule):
    assert groundrule().out == groundrule("--help").out


@pytest.mark.parametrize(
    "command", ["ask", "chat", "batch", "decide", "search", "index", "serve", "schema", "doctor"]
)
def test_every_command_explains_itself(groundrule, command):
    told = groundrule(command, "--help")
    assert told.code == 0
    assert told.out.startswith(f"Usage: groundrule {command}")


@pytest.mark.parametrize("command", ["import", "check", "explain", "coverage"])
def test_every_command_about_packs_explains_itself(groundrule, command):
    told = groundrule("pack", command, "--help")
    assert told.code == 0
    assert told.out.startswith(f"Usage: groundrule pack {command}")


def test_the_version_is_one_line(groundrule):
    told = groundrule("--version")
    assert told.code == 0
    assert told.out.startswith("groundrule ")
    assert told.out.count("\n") == 1


def test_help_loads_none_of_the_heavy_libraries():
    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ui", "--help"], capture_output=True, text=True, check=True
    ).stderr
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in seen.splitlines()}
    heavy = {
        "assistant",
        "corpus",
        "rules",
        "pydantic",
        "numpy",
        "torch",
        "gradio",
        "chromadb",
        "llama_index",
        "rich",
    }
    assert not loaded & heavy


def test_a_mistyped_command_is_offered_the_right_one(groundrule):
    told = groundrule("serch", "x")
    assert told.code == 2
    assert "did you mean search?" in told.err


def test_a_sentence_in_place_of_a_command_is_offered_ask(groundrule):
    told = groundrule("how long may a call take")
    assert told.code == 2
    assert "groundrule ask 'how long may a call take'" in told.err


def test_an_unknown_option_names_the_help(groundrule):
    told = groundrule("ask", "--jsn", "x")
    assert told.code == 2
    assert "--json" in told.err
    assert "groundrule ask --help" in told.err


def test_a_failure_shows_no_traceback_unless_asked_for(groundrule, tmp_path):
    missing = tmp_path / "nowhere"
    quiet = groundrule("decide", "--pack", missing)
    assert quiet.code == 3
    assert "Traceback" not in quiet.err
    assert str(missing) in quiet.err
    assert "Traceback" in groundrule("decide", "--pack", missing, "--debug").err


def test_a_pack_can_be_named_by_the_environment_and_the_option_wins(groundrule, tmp_path):
    named = {"GROUNDRULE_PACK": str(tmp_path / "from-environment")}
    assert "from-environment" in groundrule("decide", env=named).err
    told = groundrule("decide", "--pack", tmp_path / "from-option", env=named)
    assert "from-option" in told.err
    assert "from-environment" not in told.err


def test_a_reader_that_goes_away_ends_the_command_quietly(groundrule):
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.run(
        [sys.executable, "-m", "ui", "schema", "answer"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert process.returncode == 141
    assert process.stderr == b""


def test_a_terminal_without_unicode_still_gets_its_text(groundrule):
    told = groundrule("ask", "", env={"PYTHONIOENCODING": "ascii"})
    assert told.code == 2
    assert "The message is empty." in told.err


@pytest.mark.parametrize("name", ["answer", "decision", "pack", "check", "coverage"])
def test_a_schema_is_a_json_schema(groundrule, name):
    told = groundrule("schema", name)
    assert told.code == 0
    assert json.loads(told.out)["type"] == "object"


def test_the_schema_of_rules_is_printed_as_the_file_that_editors_read(groundrule):
    file = Path(__file__).parent.parent / "rules" / "rules.schema.json"
    assert groundrule("schema", "rules").out == file.read_text(encoding="utf-8")


def test_an_unknown_schema_is_offered_a_known_one(groundrule):
    told = groundrule("schema", "answr")
    assert told.code == 2
    assert "did you mean answer?" in told.err


def test_completion_offers_the_commands(groundrule):
    told = groundrule(
        env={"_GROUNDRULE_COMPLETE": "complete_bash", "COMP_WORDS": "groundrule de", "COMP_CWORD": "1"}
    )
    assert told.out.split() == ["decide"]


def test_text_for_a_terminal_cannot_steer_it():
    hostile = "a\x1b[2Jb\x1b]0;title\x07c\u202ed\u2066e\x9bf\r\n\tg"
    assert printable(hostile) == "a[2Jb]0;titlecdef\n\tg"


def test_text_of_other_scripts_stays_as_it_is():
    assert printable("שלום, 漢字 – ñ ﷽ 🎉") == "שלום, 漢字 – ñ ﷽ 🎉"


def test_nothing_is_suggested_when_nothing_is_near():
    assert did_you_mean("zzzz", ["human_interaction", "on_premise"]) == ""
    assert did_you_mean("on_premises", ["human_interaction", "on_premise"]) == " (did you mean on_premise?)"


@pytest.mark.parametrize("group", [(), ("pack",), ("conversation",)])
def test_no_command_is_listed_with_words_cut_off(groundrule, group):
    """A list of commands is read at 80 columns; the first sentence of each must fit."""
    told = groundrule(*group, "--help", env={"COLUMNS": "80"}).out
    assert "..." not in told.partition("Commands:")[2]


def test_the_two_kinds_of_explaining_name_each_other(groundrule):
    assert "groundrule pack explain CODE" in groundrule("explain", "--help").out
    assert "groundrule explain" in groundrule("pack", "explain", "--help").out
    assert "did you mean" not in groundrule("pack", "explain", "nonsens").err
