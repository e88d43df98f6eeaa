"""The package as shipped: what is in the tree is in the wheel, and what is imported is light."""

import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("assistant", "corpus", "rules", "ui", "evals")


def test_the_wheel_holds_every_file_of_the_five_packages_and_nothing_else(tmp_path):
    from hatchling.builders.wheel import WheelBuilder

    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    shipped = {name for name in zipfile.ZipFile(built).namelist() if ".dist-info/" not in name}
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert shipped == {name for name in listed if (ROOT / name).is_file()}
    assert "corpus/boomi/limits.md" in shipped
    assert {"rules/boomi.yaml", "rules/boomi.lock"} <= shipped


def test_deciding_loads_no_search_no_model_and_no_page():
    heavy = [
        "numpy",
        "torch",
        "chromadb",
        "llama_index",
        "sentence_transformers",
        "gradio",
        "onnxruntime",
        "sklearn",
    ]
    script = (
        "import sys\n"
        "from assistant import decide_facts, open_pack\n"
        "decide_facts(open_pack(), {'human_interaction': 'no'})\n"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_answering_a_message_loads_neither_torch_nor_a_vector_database(ready):
    script = (
        "import sys\n"
        "from assistant import Assistant\n"
        "Assistant.open().reply('Who can open a flow without an identity provider?')\n"
        "print([n for n in ['torch', 'chromadb', 'llama_index', 'sklearn', 'gradio'] if n in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, env=ready
    )
    assert told.stdout.strip() == "[]"


def test_preparing_a_pack_and_answering_from_it_open_no_connection(ready, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text(
        "# Bread\n\nBread keeps for three days.\n", encoding="utf-8"
    )
    script = (
        "import pathlib, sys\n"
        "def refuse(event, arguments):\n"
        "    if event in ('socket.connect', 'socket.getaddrinfo'):\n"
        "        raise SystemExit(f'{event} {arguments}')\n"
        "sys.addaudithook(refuse)\n"
        "from assistant import Assistant\n"
        f"adviser = Assistant.open(pathlib.Path({str(tmp_path)!r}))\n"
        "print(adviser.reply('How long does bread keep?').answer.kind)"
    )
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, env=ready)
    assert told.stdout.strip() == "guide", told.stderr
