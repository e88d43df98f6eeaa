"""Vectors in a real Chroma server and in a real PostgreSQL with pgvector, by one setting."""

import gc
import socket
import subprocess
import sys
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import numpy as np
import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from corpus import Corpus, VectorsError
from corpus.index_elsewhere import Rows, _opener

QUERIES = ["how deep may puddles be", "what keeps the rain off?", "a storm is coming", "which raincoat"]
MANY = 1_500
TOP = 50


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    """The address of a Chroma server of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = str(Path(sys.executable).with_name("chroma"))
    folder = tmp_path_factory.mktemp("chroma")
    command = [program, "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder
    ) as server:
        address = f"http://127.0.0.1:{port}"
        while True:
            try:
                httpx.get(f"{address}/api/v2/heartbeat").raise_for_status()
                break
            except httpx.HTTPError:
                assert server.poll() is None
                time.sleep(0.1)
        yield address
        server.kill()
    # Its client keeps its connections open until the process ends.
    with warnings.catch_warnings(action="ignore"):
        SharedSystemClient.clear_system_cache()
        gc.collect()


@pytest.fixture(params=["chroma", "postgresql"])
def place(request):
    if request.param == "chroma":
        return request.getfixturevalue("chroma")
    return request.getfixturevalue("postgres").database()


def test_what_is_found_elsewhere_is_what_is_found_here(place, weather, cache, encoder):
    folder = weather.pack.root / "corpus"
    here = Corpus.open(folder, cache, encoder=encoder)
    for _ in range(2):  # a second replica finds them written
        there = Corpus.open(folder, cache, encoder=encoder, vectors=place)
        for query in QUERIES:
            found, expected = there.search(query), here.search(query)
            assert [hit.passage.id for hit in found] == [hit.passage.id for hit in expected]
            assert [hit.text_score for hit in found] == pytest.approx(
                [hit.text_score for hit in expected], abs=1e-4
            )


def some_rows(name):
    vectors = np.random.default_rng(1).normal(size=(40, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Rows(name, [f"row-{n}" for n in range(40)], [f"Row {n}." for n in range(40)], vectors)


def names_in(chroma):
    tenant = f"{chroma}/api/v2/tenants/default_tenant/databases/default_database"
    return [one["name"] for one in httpx.get(f"{tenant}/collections").raise_for_status().json()]


def test_a_collection_that_somebody_else_made_is_refused_and_never_written_to(chroma):
    rows = some_rows("made-by-somebody-else")
    tenant = f"{chroma}/api/v2/tenants/default_tenant/databases/default_database"
    made = httpx.post(f"{tenant}/collections", json={"name": rows.name}).raise_for_status().json()
    with pytest.raises(VectorsError, match="holds 0 rows, not 40"):
        _opener(chroma)(chroma, rows)
    assert httpx.get(f"{tenant}/collections/{made['id']}/count").json() == 0


def test_replicas_that_write_at_the_same_moment_leave_one_whole_collection(chroma):
    rows = some_rows("written-at-once")
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: _opener(chroma)(chroma, rows), range(4)))
    for nearest in opened:
        assert int(np.nanargmax(nearest(rows.vectors[7]))) == 7
    assert [name for name in names_in(chroma) if name.startswith(rows.name)] == [rows.name]


def test_nearly_all_that_is_nearest_is_found_among_many(place):
    random = np.random.default_rng(7)
    # Vectors of texts fill a small part of their space, too.
    spread = random.normal(size=(48, 384))
    made = random.normal(size=(MANY + 20, 48)) @ spread
    made = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    vectors = made[:MANY]
    ids = [f"row-{number}" for number in range(MANY)]
    nearest = _opener(place)(place, Rows("many", ids, ids, vectors))
    shares = []
    for asked in made[MANY:]:
        exact = set(np.argsort(-(vectors @ asked))[:TOP].tolist())
        found = np.nan_to_num(nearest(asked), nan=-1.0)
        shares.append(len(exact & set(np.argsort(-found)[:TOP].tolist())) / TOP)
    assert np.mean(shares) > 0.95


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("ftp://127.0.0.1/vectors", "is no place for vectors"),
        ("http://127.0.0.1:9", "cannot be used"),
        ("postgresql://me:hunter2@127.0.0.1:9/none", "cannot be used"),
    ],
)
def test_a_place_that_cannot_be_used_is_told_without_its_password(weather, cache, encoder, address, problem):
    with pytest.raises(VectorsError, match=problem) as told:
        Corpus.open(weather.pack.root / "corpus", cache, encoder=encoder, vectors=address)
    assert "hunter2" not in str(told.value)
