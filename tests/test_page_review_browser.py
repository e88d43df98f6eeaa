"""The page for reviewers in a real browser, opened from disk."""

import pytest
from playwright.sync_api import expect

from assistant import open_pack, review_pack
from tests.page_from_disk import from_disk, shut_out
from ui.render_review import review_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(review_html(review_pack(open_pack())), encoding="utf-8")
    return path


@pytest.fixture
def visit(browser, file):
    with from_disk(browser, file) as go:
        yield go


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_on_the_page_shuts_anybody_out(visit, scheme, width):
    assert shut_out(visit, scheme, width) == []


@pytest.mark.parametrize("width", [375, 768, 1280])
def test_the_page_is_as_wide_as_the_screen(visit, width):
    assert visit(width).evaluate("document.documentElement.scrollWidth") == width


def test_the_page_reads_without_script(visit):
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#R1 blockquote")).to_be_visible()
    page.locator("#R1 blockquote a").click()
    expect(page.locator(".passage:target mark").first).to_be_visible()


def test_dark_is_dark_and_paper_is_white(visit):
    page = visit(color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(colour) == "rgb(19, 23, 26)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"
    expect(page.locator("#R1 .pen")).to_be_visible()


def test_words_of_the_tree_stay_inside_their_boxes(visit):
    page = visit()
    outside = page.evaluate(
        """() => [...document.querySelectorAll('svg.drawn rect')].filter(box => {
             const words = box.nextElementSibling.getBBox(), frame = box.getBBox();
             return words.x < frame.x || words.x + words.width > frame.x + frame.width
                 || words.y < frame.y || words.y + words.height > frame.y + frame.height;
           }).map(box => box.nextElementSibling.textContent)"""
    )
    assert outside == []


def test_answers_of_the_tree_are_not_cut_off(visit):
    page = visit()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('svg.drawn .told')].filter(words => {
             const box = words.getBBox(), all = words.ownerSVGElement.viewBox.baseVal;
             return box.x < 0 || box.y < 0 || box.x + box.width > all.width || box.y + box.height > all.height;
           }).map(words => words.textContent)"""
    )
    assert cut == []
