import json


def test_hits_carry_the_place_of_their_words(groundrule, ready):
    told = groundrule("search", "--json", "--top", 3, "how", "long", "may", "a", "call", "take")
    assert told.code == 0
    found = json.loads(told.out)
    assert found["query"] == "how long may a call take"
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        assert set(hit) == {"guide", "section", "score", "start", "end", "text"}
        assert hit["section"].startswith(hit["guide"])
        assert hit["end"] - hit["start"] == len(hit["text"])


def test_hits_are_readable(groundrule, ready):
    told = groundrule("search", "timeout of a flow")
    assert told.code == 0
    assert told.out.startswith("1. ")
    assert " › " in told.out


def test_many_queries_are_answered_in_their_order_into_a_file(groundrule, ready, tmp_path):
    queries = tmp_path / "queries.jsonl"
    lines = ('{"query": "timeout", "guide": "x"}', "nonsense", '{"query": "who may open a flow"}')
    odd = ('{"query": ""}', '{"query": "\\ud800 timeout"}')
    queries.write_text("\n".join((*lines, *odd)))
    out = tmp_path / "out.jsonl"
    told = groundrule("search", "--batch", queries, "--out", out, "--top", 2)
    assert told.code == 1
    assert f"{queries}:2: " in told.err
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["query"] for line in lines] == ["timeout", None, "who may open a flow", "", "\ud800 timeout"]
    assert [len(line["hits"]) for line in lines][:3] == [2, 0, 2]


def test_a_batch_without_a_place_for_its_hits_is_refused(groundrule, tmp_path):
    told = groundrule("search", "--batch", tmp_path / "queries.jsonl")
    assert told.code == 2
    assert "--out" in told.err


def test_a_search_can_be_kept_to_a_guide_and_a_heading(groundrule, ready):
    told = json.loads(groundrule("search", "--json", "--guide", "boomi/limits", "timeout").out)
    assert {hit["guide"] for hit in told["hits"]} == {"boomi/limits"}
    told = json.loads(groundrule("search", "--json", "--guide", "boomi/", "--heading", "flow", "timeout").out)
    assert told["hits"]
    assert all("flow" in hit["section"] or "flow" in hit["text"].casefold() for hit in told["hits"][:3])


def test_a_guide_that_the_pack_has_not_is_refused_with_the_nearest(groundrule, ready):
    told = groundrule("search", "--guide", "boomi/limit", "timeout")
    assert told.code == 2
    assert "did you mean boomi/limits?" in told.err


def test_the_index_names_guides_that_were_left_out_and_takes_the_rest(groundrule, tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "good.txt").write_text("Pots\nA pot holds five litres.\n")
    (tmp_path / "corpus" / "broken.md").write_bytes(b"\xff")
    told = groundrule("index", "--json", "--pack", tmp_path)
    assert told.code == 0
    assert "Left out: corpus/broken.md:1: is not UTF-8" in told.err
    found = json.loads(told.out)
    assert (found["guides"], len(found["left_out"])) == (1, 1)


def test_a_search_for_nothing_is_refused(groundrule):
    assert groundrule("search").code == 2
    assert groundrule("search", " ").code == 2


def test_the_index_says_what_it_holds(groundrule, ready):
    told = json.loads(groundrule("index", "--json").out)
    assert told["guides"] > 0
    assert told["passages"] >= told["sections"] > 0


def test_the_doctor_finds_a_healthy_installation_healthy(groundrule, ready):
    told = groundrule("doctor", "--json")
    assert told.code == 0
    found = {finding["what"]: finding for finding in json.loads(told.out)}
    assert {finding["state"] for finding in found.values()} <= {"ok", "warning"}
    assert "up to date" in found["Index"]["detail"]
    assert found["Answers"]["state"] == "ok"


def test_the_doctor_names_what_is_broken(groundrule, tmp_path):
    told = groundrule("doctor", "--pack", tmp_path / "nowhere")
    assert told.code == 1
    assert "BAD" in told.out
    assert "nowhere" in told.out


def test_the_doctor_asks_the_language_model_and_needs_none(groundrule, ready):
    env = {"GROUNDRULE_MODEL": "m", "GROUNDRULE_MODEL_URL": "http://127.0.0.1:9/v1"}
    findings = {one["what"]: one for one in json.loads(groundrule("doctor", "--json", env=env).out)}
    assert findings["Language model"]["state"] == "warning"
    assert "works without it" in findings["Language model"]["remedy"]
    assert findings["Conversations"]["state"] == "ok"
