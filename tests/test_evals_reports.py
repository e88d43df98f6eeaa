"""A report for other programs: JUnit XML and Markdown; and which part of the product a failure belongs to."""

import xml.etree.ElementTree as ElementTree

from junitparser import JUnitXml

from evals import AnsweredCase, Run, load_suites, score_run
from evals.plain import as_markdown
from evals.report_junit import report_junit
from evals.report_markdown import report_markdown
from evals.run import Looked
from tests.test_evals_measures import HEADER, PACK, case, named, reply, scored


def mixed(tmp_path):
    cases = "".join(case(name, "status: decided, options: [hat]") for name in "abc")
    came = {
        "a": [reply(options=("hat",), ms=1500.0)],
        "b": [reply(options=("umbrella",), text="a \x07bell | and @all")],
        "c": "turn 1: OSError: the disk\x00 is gone",
    }
    return scored(tmp_path, cases, came)


def test_ci_servers_are_told_each_case_with_its_reason_and_one_that_did_not_run_is_an_error(tmp_path):
    told = JUnitXml.fromstring(report_junit(mixed(tmp_path)))
    assert (told.tests, told.failures, told.errors) == (3, 1, 1)
    (suite,) = told
    by_name = {one.name: one for one in suite}
    assert by_name["a"].result == []
    assert by_name["a"].time == 1.5
    assert by_name["b"].result[0].message.startswith("turn 1: decision: expected decided: hat")
    assert "because: y" in by_name["b"].result[0].text
    assert "the disk� is gone" in by_name["c"].result[0].message
    assert ElementTree.fromstring(report_junit(mixed(tmp_path))).tag == "testsuites"


def test_markdown_shows_words_as_they_are(tmp_path):
    told = report_markdown(mixed(tmp_path))
    assert "| s | 1 | 1 | 1 |" in told
    assert "| decisions right | 50.0 % | 9.5 to 90.5 | 2 |" in told
    assert "@" not in told
    assert as_markdown("a | b\n@you <b>") == "a &#124; b &#64;you &#60;b&#62;"


def looked_up(tmp_path, expect, came, sections):
    path = tmp_path / "s.yaml"
    path.write_text(f"suite: s\ncases:\n{case('a', expect)}", encoding="utf-8")
    looked = Looked(sections=sections, share=None, bound=None)
    answered = AnsweredCase(suite="s", case="a", replies=(came,), looked=looked)
    return score_run(Run(HEADER, (answered,)), load_suites(PACK, [path]))


def test_a_failure_is_given_to_the_part_that_failed(tmp_path):
    quiet, loud = reply(kind="not_in_guide", status="none"), reply(status="none", text="30 cm")
    guide = "kind: guide, says: [20 cm], cites: [weather#puddles]"
    near, far = ("weather#puddles", "weather"), ("weather", "weather#rain")
    parts = [
        looked_up(tmp_path, expect, came, sections).cases[0].parts
        for expect, came, sections in [
            (guide, quiet, near),
            (guide, quiet, far),
            (guide, loud, near),
            (guide, loud, far),
            ("silent: yes", loud, near),
            ("kind: guide", reply(kind="decided", options=("hat",)), near),
            ("options: [hat], facts: {rain: no}", reply(options=("umbrella",), facts={"rain": "yes"}), near),
            ("options: [hat], facts: {rain: no}", reply(options=("umbrella",), facts={"rain": "no"}), near),
        ]
    ]
    assert parts == [
        ("silence",),
        ("retrieval",),
        ("words",),
        ("retrieval",),
        ("silence",),
        ("message",),
        ("facts",),
        ("rules",),
    ]


def test_retrieval_alone_is_measured_by_place_and_alternatives_count_once(tmp_path):
    found = looked_up(
        tmp_path,
        "kind: guide, says: [20 cm], cites: [[weather#rain, weather#puddles], weather]",
        reply(kind="not_in_guide", status="none"),
        ("weather#wind", "weather#puddles", "weather#rain", "weather"),
    )
    # The first group stands second and the second one third: the other section of the first takes no place.
    dcg, ideal = 1 / 1.584962500721156 + 1 / 2, 1 + 1 / 1.584962500721156
    measured = found.measured()
    assert measured["retrieval RR"].share == 0.5
    assert measured["retrieval R@1"].share == 0
    assert measured["retrieval R@5"].share == 1
    assert abs(measured["retrieval nDCG@10"].share - dcg / ideal) < 1e-6


def test_an_open_question_is_lenient_only_while_what_is_expected_is_possible(tmp_path):
    asking = reply(status="undecided").model_dump(by_alias=True)
    cases = "".join(case(name, "status: decided, options: [hat]") for name in "ab")
    came = {}
    for name, possible in (("a", [["hat"], ["umbrella"]]), ("b", [["umbrella"]])):
        answer = asking["answer"] | {"decision": asking["answer"]["decision"] | {"possible": possible}}
        came[name] = [asking | {"answer": answer}]
    report = scored(tmp_path, cases, came)
    assert named(report, "decisions right") == (0, 2)
    assert named(report, "decisions right or still open") == (1, 2)


def test_risk_rises_with_coverage_as_the_questions_are_ranked(tmp_path):
    path = tmp_path / "s.yaml"
    told = [
        ("a", 0.9, "kind: guide"),
        ("b", 0.8, "kind: guide"),
        ("c", 0.6, "silent: yes"),
        ("d", 0.1, "silent: yes"),
    ]
    path.write_text(
        "suite: s\ncases:\n" + "".join(case(name, expect) for name, _, expect in told), encoding="utf-8"
    )
    answered = tuple(
        AnsweredCase(
            suite="s",
            case=name,
            replies=(reply(status="none"),),
            looked=Looked(sections=(), share=share, bound=0.5),
        )
        for name, share, _ in told
    )
    silence = score_run(Run(HEADER, answered), load_suites(PACK, [path])).silence
    assert [(point.coverage, round(point.risk, 3)) for point in silence.points] == [
        (0.25, 0),
        (0.5, 0),
        (0.75, 0.333),
        (1, 0.5),
    ]
    assert (silence.at.coverage, round(silence.at.risk, 3)) == (0.75, 0.333)
    assert silence.ranking == 1
