"""The package as others see it: what it exports, and what importing it costs."""

import subprocess
import sys
from pathlib import Path

import rules

ROOT = Path(__file__).parent.parent


def test_everything_exported_is_there_once_and_in_order():
    assert len(rules.__all__) == len(set(rules.__all__))
    assert all(hasattr(rules, name) for name in rules.__all__)
    public = {
        name
        for name, value in vars(rules).items()
        if not name.startswith("_") and getattr(value, "__module__", "").startswith("rules.")
    }
    assert public <= set(rules.__all__)


def test_importing_the_rules_loads_no_library_but_pythons_own():
    code = (
        "import sys, rules; own = {'rules'}; "
        "print(sorted({n.split('.')[0] for n in sys.modules} - set(sys.stdlib_module_names) - own))"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.strip()
    assert told in ("[]", "['__main__']")


def test_reading_a_file_loads_the_yaml_library_alone():
    code = (
        "import sys, rules; from pathlib import Path; before = set(sys.modules); "
        "rules.load_rules(Path('rules/boomi.yaml')); "
        "print(sorted({n.split('.')[0] for n in set(sys.modules) - before} - set(sys.stdlib_module_names)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.strip()
    assert told in ("['ruamel']", "['_ruamel_yaml', 'ruamel']")
