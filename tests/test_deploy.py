"""The files for running several replicas agree with the command and with one another."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from typer.main import get_command

from ui.commands import app
from ui.settings import Settings

FOLDER = Path(__file__).parent.parent / "ui" / "deploy"


@pytest.fixture
def services():
    return YAML(typ="safe").load((FOLDER / "compose.yaml").read_text(encoding="utf-8"))["services"]


@pytest.fixture
def replicas(services):
    return {name: one for name, one in services.items() if name.startswith("replica")}


def test_two_replicas_share_one_store_behind_a_balancer_that_knows_them_all(services, replicas):
    assert len(replicas) == 2
    assert len({one["environment"]["GROUNDRULE_STORE"] for one in replicas.values()}) == 1
    assert "@store:5432/" in replicas["replica-1"]["environment"]["GROUNDRULE_STORE"]
    balanced = re.findall(r"(replica-\d+):7860", (FOLDER / "Caddyfile").read_text(encoding="utf-8"))
    assert set(balanced) == set(replicas) == set(services["balancer"]["depends_on"])


def test_the_replicas_are_started_with_options_that_the_command_has(replicas):
    serve = get_command(app).commands["serve"]
    known = {name for option in serve.params for name in option.opts}
    for one in replicas.values():
        program, command, *arguments = one["command"]
        assert (program, command) == ("groundrule", "serve")
        assert {argument for argument in arguments if argument.startswith("--")} <= known
        assert "--require-key" in arguments


def test_the_replicas_are_told_nothing_that_the_program_does_not_read(replicas):
    known = {f"GROUNDRULE_{name.upper()}" for name in Settings.__dataclass_fields__}
    for one in replicas.values():
        assert set(one["environment"]) <= known


def test_the_image_holds_every_package_and_what_it_copies_is_there():
    text = (FOLDER / "Containerfile").read_text(encoding="utf-8")
    copied = {name for line in re.findall(r"^COPY (.*) \S+$", text, re.M) for name in line.split()}
    assert {"assistant", "corpus", "rules", "ui", "evals"} <= copied
    assert all((FOLDER.parent.parent / name).exists() for name in copied)
