"""``pytest --groundrule SUITE``, run as a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WEATHER = ROOT / "tests" / "weather_pack"


@pytest.fixture
def run(ready, tmp_path):
    """Runs pytest in an empty folder, with the plugin and no other."""

    def go(*arguments):
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "pytest",
                "-p",
                "ui.pytest_plugin",
                "-p",
                "no:cacheprovider",
                *map(str, arguments),
            ],
            env=ready | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return go


def test_the_cases_of_a_suite_are_tests_with_the_same_reasons(run, tmp_path):
    suite = tmp_path / "mixed.yaml"
    suite.write_text(
        "suite: mixed\ncases:\n"
        "  - {id: right, say: How deep may the water be?, expect: {kind: guide, says: [20 cm]}, why: it says so, tags: [deep]}\n"
        "  - {id: wrong, say: How deep may the water be?, expect: {kind: guide, says: [90 cm]}, why: a mistake}\n"
        "  - {id: ruled, given: {rain: yes}, expect: {options: [umbrella]}, why: rain asks for one}\n",
        encoding="utf-8",
    )
    (tmp_path / "test_other.py").write_text("def test_other():\n    assert False\n", encoding="utf-8")
    told = run("--groundrule", suite, f"--groundrule-pack={WEATHER}", "-v")
    assert told.returncode == 1, told.stdout + told.stderr
    assert "2 passed" in told.stdout
    assert "1 failed" in told.stdout
    assert "mixed.yaml::right PASSED" in told.stdout
    assert "text: expected “90 cm”; came “Boots are tight up to 20 cm of water." in told.stdout
    assert "because: a mistake" in told.stdout
    assert "Traceback" not in told.stdout
    chosen = run("--groundrule", suite, f"--groundrule-pack={WEATHER}", "-k", "deep")
    assert chosen.returncode == 0, chosen.stdout
    assert "1 passed, 2 deselected" in chosen.stdout


def test_a_suite_with_mistakes_is_an_error_in_its_own_words(run, tmp_path):
    suite = tmp_path / "broken.yaml"
    suite.write_text(
        "suite: broken\ncases:\n  - {id: a, say: x, expect: {kind: gide}, why: y}\n", encoding="utf-8"
    )
    told = run("--groundrule", suite, f"--groundrule-pack={WEATHER}")
    assert told.returncode == 2
    assert "broken.yaml:3" in told.stdout
    assert "Traceback" not in told.stdout
    missing = run("--groundrule", tmp_path / "none.yaml", f"--groundrule-pack={WEATHER}")
    assert missing.returncode == 4
    assert "there is no such file or folder" in missing.stderr


def test_without_the_option_nothing_is_loaded_and_nothing_changes(run, tmp_path):
    (tmp_path / "test_own.py").write_text(
        "import sys\n\n\ndef test_own():\n"
        "    assert not {'assistant', 'evals', 'rules', 'corpus', 'pydantic', 'numpy', 'typer'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    told = run()
    assert told.returncode == 0, told.stdout
    assert "1 passed" in told.stdout


def test_the_plugin_is_declared_to_pytest():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"groundrule": "ui.pytest_plugin"}
    assert (ROOT / "ui" / "pytest_plugin.py").is_file()
