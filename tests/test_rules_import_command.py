"""``groundrule pack import``: a line a guide as JSON, rules files on request, 1 when something is refused."""

import json

from assistant.import_guide import import_guides
from rules import load_rules

GOOD = "# Garden\n\n```\nSTART — Garden\n└── Wet?\n    ├── YES → Wait\n    │   Example: clay\n    └── NO → Water\n```\n"
BAD = "# Shed\n\n```\nSTART — Shed\n├── Locked?\n│   ├── YES → Key  │\n```\n"


def written(folder, **guides):
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in guides.items():
        path = folder / f"{name}.md"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_the_json_has_a_line_for_each_guide_with_its_paths_and_problems(groundrule, tmp_path):
    good, bad = written(tmp_path, good=GOOD, bad=BAD)
    told = groundrule("pack", "import", "--json", good, bad)
    assert told.code == 1
    first, second = map(json.loads, told.out.splitlines())
    assert first == {
        "guide": str(good),
        "trees": 1,
        "paths": [["Wet?", "YES → Wait\nExample: clay"], ["Wet?", "NO → Water"]],
        "problems": [],
    }
    assert (second["guide"], second["trees"], second["paths"]) == (str(bad), 1, [])
    assert [set(one) for one in second["problems"]] == [{"line", "message"}]
    assert second["problems"][0]["line"] == 6


def test_out_writes_rules_that_load_and_guides_of_one_name_stay_apart(groundrule, tmp_path):
    (one,) = written(tmp_path / "one", garden=GOOD)
    (two,) = written(tmp_path / "two", garden=GOOD)
    told = groundrule("pack", "import", one, two, "--out", tmp_path / "out")
    assert told.code == 0
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == ["garden.yaml", "two-garden.yaml"]
    assert all(load_rules(file).facts.keys() == {"wet"} for file in files)


def test_a_guide_below_a_corpus_folder_keeps_the_id_it_has_there(tmp_path):
    (path,) = written(tmp_path / "corpus" / "outside", garden=GOOD)
    (guide,) = import_guides([path])
    assert guide.id == "outside/garden"
    assert "cite: outside/garden" in guide.rules[0].text.replace('"', "")


def test_a_guide_that_cannot_be_read_is_told_and_the_others_are_imported(tmp_path):
    (good,) = written(tmp_path, good=GOOD)
    missing, read = import_guides([tmp_path / "missing.md", good])
    assert missing.problems[0].line == 0
    assert "cannot be read" in missing.problems[0].message
    assert len(read.rules) == 1


def test_a_guide_without_a_tree_gives_no_rules_and_no_problem(groundrule, tmp_path):
    (plain,) = written(tmp_path, plain="# Plain\n\nWords.\n")
    told = groundrule("pack", "import", plain, "--json")
    assert told.code == 0
    assert json.loads(told.out) == {"guide": str(plain), "trees": 0, "paths": [], "problems": []}


def test_an_authors_edits_are_never_written_over(groundrule, tmp_path):
    (guide,) = written(tmp_path, garden=GOOD)
    groundrule("pack", "import", guide, "--out", tmp_path / "rules")
    file = tmp_path / "rules" / "garden.yaml"
    edited = file.read_text(encoding="utf-8") + "# mine\n"
    file.write_text(edited, encoding="utf-8")
    told = groundrule("pack", "import", guide, "--out", tmp_path / "rules")
    assert told.code == 2
    assert "says something else" in told.err
    assert file.read_text(encoding="utf-8") == edited
