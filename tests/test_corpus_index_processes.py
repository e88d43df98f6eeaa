"""What other processes, kills and full disks do to an index; each builder here is a process of its own."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import Corpus, IndexBusyError, load_guides
from corpus.corpus import index_home
from corpus.index_manifest import fingerprint_of, source_hashes
from corpus.index_open import open_index
from corpus.index_texts import passages_of

ROOT = Path(__file__).parent.parent
POTS = "# Pots\n\nPots hold 2 litres.\n\n## Care\n\n- Wash them by hand.\n- Dry them at once.\n"
CHANGED = POTS.replace("2 litres", "9 litres")

BUILDER = """
import os, resource, signal, sys, threading
from pathlib import Path
from corpus import Corpus, CorpusError, Encoder

folder, cache, model, moment, deed = sys.argv[1:]
encoder = Encoder.open(Path(model))

def progress(done, total, what):
    if what == moment and deed == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == moment and deed == "die soon":
        threading.Timer(0.06, os.kill, (os.getpid(), signal.SIGKILL)).start()
    if what == moment and deed == "wait":
        print("waiting", flush=True)
        sys.stdin.readline()
    if what == moment and deed == "interrupt":
        raise KeyboardInterrupt
    if what == moment and deed.isdigit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(deed), int(deed)))

try:
    print("embedded", Corpus.open(Path(folder), Path(cache), progress, encoder=encoder).embedded)
except CorpusError as error:
    print(type(error).__name__, error)
"""


@pytest.fixture
def pots(guides_in, tmp_path, encoder):
    """A pack with an index, whose guide was changed since: its folder, and a way to see the old index."""
    folder = guides_in(pots=POTS)
    corpus = Corpus.open(folder, tmp_path / "cache", encoder=encoder)

    def old_index_stands():
        home = index_home(folder, tmp_path / "cache")
        index = open_index(home, corpus.fingerprint, passages_of(corpus.guides))
        return index is not None and index.keywords.scores("litres")[0] > 0

    guides_in(pots=CHANGED)
    return folder, old_index_stands


@pytest.fixture
def builder(pots, tmp_path, cache):
    """Starts a process that brings the index up to date and does ``deed`` at ``moment``."""

    def start(moment, deed):
        command = [
            sys.executable,
            "-c",
            BUILDER,
            *map(str, (pots[0], tmp_path / "cache", cache, moment, deed)),
        ]
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.mark.parametrize(
    ("moment", "deed"), [("embedding", "die"), ("writing Chroma", "die"), ("writing Chroma", "die soon")]
)
def test_a_builder_killed_at_any_moment_leaves_the_old_index_working(
    pots, builder, tmp_path, encoder, moment, deed
):
    folder, old_index_stands = pots
    process = builder(moment, deed)
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert old_index_stands()
    corpus = Corpus.open(folder, tmp_path / "cache", encoder=encoder)
    assert corpus.embedded == 1
    assert "9 litres" in corpus.search("litres", 1)[0].passage.text
    assert len(list(index_home(folder, tmp_path / "cache").glob("index-*"))) == 1


def test_a_builder_killed_after_the_swap_leaves_the_new_index_working(pots, builder, tmp_path, encoder):
    process = builder("index ready", "die")
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    corpus = Corpus.open(pots[0], tmp_path / "cache", encoder=encoder)
    assert corpus.embedded == 0
    assert "9 litres" in corpus.search("litres", 1)[0].passage.text


def test_an_interrupted_builder_takes_its_half_made_index_away(pots, builder, tmp_path):
    folder, old_index_stands = pots
    process = builder("writing Chroma", "interrupt")
    process.communicate()
    assert process.returncode != 0
    assert old_index_stands()
    assert len(list(index_home(folder, tmp_path / "cache").glob("index-*"))) == 1


def test_a_second_builder_is_refused_by_name_while_readers_go_on_and_may_wait(
    pots, builder, tmp_path, encoder
):
    folder, old_index_stands = pots
    process = builder("writing Chroma", "wait")
    assert process.stdout.readline() == "waiting\n"
    with pytest.raises(
        IndexBusyError, match=rf"another groundrule process \(pid {process.pid}\) is building"
    ):
        Corpus.open(folder, tmp_path / "cache", wait=0, encoder=encoder)
    assert old_index_stands()
    told = []

    def release(done, total, what):
        if not told:
            process.stdin.write("\n")
            process.stdin.flush()
        told.append(what)

    corpus = Corpus.open(folder, tmp_path / "cache", release, wait=60, encoder=encoder)
    assert process.communicate()[0] == "embedded 1\n"
    assert str(process.pid) in told[0]
    assert corpus.embedded == 1
    assert "9 litres" in corpus.search("litres", 1)[0].passage.text


@pytest.mark.parametrize(("moment", "room"), [("writing keywords", 1_000), ("writing Chroma", 20_000)])
def test_a_builder_without_space_says_so_and_leaves_the_old_index_working(
    pots, builder, tmp_path, moment, room
):
    folder, old_index_stands = pots
    out, err = builder(moment, str(room)).communicate()
    assert out.startswith("IndexWriteError"), err
    assert "free some space there" in out
    assert old_index_stands()
    assert len(list(index_home(folder, tmp_path / "cache").glob("index-*"))) == 1


def test_a_pack_too_large_for_the_free_space_is_refused_before_it_is_begun(pots, tmp_path):
    from corpus import IndexWriteError
    from corpus.index_build import _check_room

    with pytest.raises(IndexWriteError, match=r"the index needs \d+ MB and \d+ MB are free; free some space"):
        _check_room(tmp_path, 10**9)


def test_a_cache_that_cannot_be_written_is_named(guides_in, tmp_path, encoder):
    from corpus import IndexWriteError

    (tmp_path / "cache").write_text("")
    with pytest.raises(IndexWriteError, match=r"cannot be written .*GROUNDRULE_CACHE"):
        Corpus.open(guides_in(pots=POTS), tmp_path / "cache", encoder=encoder)


def test_fingerprints_do_not_depend_on_the_process(pots, tmp_path):
    guides = load_guides(pots[0])
    command = (
        "import sys; from pathlib import Path; from corpus import load_guides;"
        "from corpus.index_manifest import fingerprint_of, source_hashes;"
        "print(fingerprint_of(source_hashes(load_guides(Path(sys.argv[1])), ())))"
    )
    told = subprocess.run(
        [sys.executable, "-c", command, str(pots[0])],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == fingerprint_of(source_hashes(guides, ()))


def test_a_second_replica_loads_keywords_and_vectors_and_builds_nothing(pots, tmp_path, cache, encoder):
    folder, _ = pots
    Corpus.open(folder, tmp_path / "cache", encoder=encoder)
    home = index_home(folder, tmp_path / "cache")
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if "chroma" not in path.parts}
    script = (
        "import sys; from pathlib import Path; from corpus import Corpus, Encoder;"
        "opened = Corpus.open(Path(sys.argv[1]), Path(sys.argv[2]), encoder=Encoder.open(Path(sys.argv[3])));"
        "print(opened.embedded, 'chromadb' in sys.modules, opened.search('litres')[0].keyword_score > 0)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(tmp_path / "cache"), str(cache)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "0 False True"
    assert before == {path: path.stat().st_mtime_ns for path in home.rglob("*") if "chroma" not in path.parts}
