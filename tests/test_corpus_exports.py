import os
import subprocess
import sys
from pathlib import Path

import corpus

ROOT = Path(__file__).parent.parent
HEAVY = (
    "torch",
    "sentence_transformers",
    "chromadb",
    "llama_index",
    "onnxruntime",
    "numpy",
    "bm25s",
    "pysbd",
)


def test_everything_that_is_promised_is_there():
    assert all(getattr(corpus, name) for name in corpus.__all__)
    # Constants first, then classes, then functions, as the linter sorts them.
    assert sorted(corpus.__all__, key=lambda name: (not name.isupper(), name)) == corpus.__all__


def test_an_unknown_name_is_refused_as_by_any_module():
    assert not hasattr(corpus, "Corpse")


def test_reading_and_citing_the_bundled_guides_loads_nothing_heavy():
    code = (
        "import sys; from pathlib import Path; import corpus;"
        "guides = corpus.load_guides(Path('corpus'));"
        "[corpus.cite_passage(guides, p) for g in guides for s in g.sections for p in s.passages];"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() in {"[]", "['pysbd']"}
