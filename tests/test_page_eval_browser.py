"""The page of a report in a real browser, opened from disk."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from evals import AnsweredCase, Run, RunSettings, judge_gates, load_suites, read_gates, score_run
from evals.run import Looked
from tests.page_from_disk import from_disk, shut_out
from tests.test_evals_measures import HEADER, PACK, reply
from ui.render_eval import report_html

pytestmark = pytest.mark.browser

SUITE = """\
suite: shown
cases:
  - {id: right, say: x, expect: {options: [hat], facts: {rain: yes}}, why: it says so, tags: [plain]}
  - {id: wrong, say: "<b>x</b>", expect: {options: [hat], facts: {rain: yes}}, why: it says so, must_pass: yes}
  - {id: open, say: x, expect: {status: undecided}, why: it says so}
  - {id: told, say: x, expect: {kind: guide, says: [20 cm], cites: [weather#puddles]}, why: it says so}
  - {id: silent, say: x, expect: {silent: yes}, why: it does not say}
  - {id: gone, say: x, expect: {options: [hat]}, why: it says so}
"""


def answered(name, came, looked=None, **told):
    return AnsweredCase(suite="shown", case=name, replies=(came,), looked=looked, **told)


def looked(share):
    return Looked(sections=("weather#puddles",), share=share, bound=0.5)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    (folder / "shown.yaml").write_text(SUITE, encoding="utf-8")
    (folder / "gates.yaml").write_text("must_pass: yes\nall_run: yes\n", encoding="utf-8")
    suites = load_suites(PACK, [folder / "shown.yaml"])
    reports = []
    for number in (1, 2, 3):
        hat = reply(
            options=("hat",), facts={"rain": "yes"}, text="**Take a hat.** [1]\nIt is sunny.", ms=12.0
        )
        cases = (
            answered("right", hat),
            answered(
                "wrong", reply(say="<b>x</b>", options=("umbrella",), text="<img src=x>", ms=900.0 * number)
            ),
            answered("open", reply(status="undecided", kind="question", ms=40.0)),
            answered("told", reply(status="none", text="20 cm", ms=3.0), looked(0.9)),
            answered("silent", reply(status="none", kind="not_in_guide", ms=2.0), looked(0.2)),
            AnsweredCase(suite="shown", case="gone", replies=(), problem="the disk is gone"),
            answered("open", reply(options=("hat",)), repeat=2),
        )
        header = HEADER.model_copy(
            update={"started": f"2026-01-0{number}T10:00:00+00:00", "settings": RunSettings(repeat=2)}
        )
        reports.append(score_run(Run(header, cases), suites))
    held = judge_gates(read_gates(folder / "gates.yaml"), reports[-1])
    path = folder / "report.html"
    path.write_text(report_html(replace(reports[-1], gates=held), reports[:-1]), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser, file):
    with from_disk(browser, file) as go:
        yield go


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_on_the_page_shuts_anybody_out(visit, scheme, width):
    assert shut_out(visit, scheme, width) == []


@pytest.mark.parametrize("width", [375, 1280])
def test_the_page_is_as_wide_as_the_screen(visit, width):
    assert visit(width).evaluate("document.documentElement.scrollWidth") == width


def test_every_case_is_there_down_to_its_conversation(visit):
    page = visit(java_script_enabled=False)
    failed = page.locator("details.case.failed")
    assert failed.first.locator("summary").inner_text().startswith("wrong")  # the one that must pass
    failed.first.locator("summary").click()
    expect(failed.first).to_contain_text("<b>x</b>")
    expect(failed.first).to_contain_text("<img src=x>")
    expect(failed.first).to_contain_text("expected decided or decided_by_exception: hat")
    expect(page.locator("details.case.not_run")).to_contain_text("the disk is gone")
    assert page.locator("details.case").count() == 6


def test_the_plots_hold_what_was_measured_inside_their_frames(visit):
    page = visit()
    told = [plot.get_attribute("aria-label") for plot in page.get_by_role("img").all()]
    assert [words.partition(" ")[0] for words in told] == ["Risk", "Times", "3"]
    assert "The pack answers 50 %; 0 % of these are not in the guide." in told[0]
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg.plot :is(text, path, circle)')].filter(one => {
             const box = one.getBBox(), all = one.ownerSVGElement.viewBox.baseVal;
             return box.x < 0 || box.y < 0 || box.x + box.width > all.width || box.y + box.height > all.height;
           }).map(one => one.outerHTML)"""
    )
    assert outside == []
    row = page.locator(".outcomes tbody tr", has=page.get_by_role("rowheader", name="hat"))
    assert row.locator("td").all_inner_texts() == ["·", "1", "·", "1", "·"]


def test_gates_and_flaky_cases_are_told(visit):
    page = visit()
    expect(page.locator("section", has=page.locator("#gates"))).to_contain_text("2 of 2 gates did not hold.")
    expect(page.locator("section", has=page.locator("#flaky"))).to_contain_text("passed 1 of 2 times")
