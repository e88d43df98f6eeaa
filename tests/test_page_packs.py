"""Several packs behind one page, and the pages for those who keep them."""

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from evals import read_run, run_suites, store_run
from tests.page_visits import answered, ask, served, violations, visitors

pytestmark = pytest.mark.browser

WEATHER = Path(__file__).parent / "weather_pack"
PORTS = "# Ports\n\n## Hours\n\nThe harbour closes at 9 pm. Ships wait outside until 6 am.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, weather):
    """Two packs, one of them private, and two stored runs of which the newer one is worse."""
    root = tmp_path_factory.mktemp("packs")
    shutil.copytree(WEATHER, root / "weather")
    (root / "weather" / "pack.yaml").write_text("id: weather\ntitle: What to take along\nprivate: yes\n")
    (root / "ports" / "corpus").mkdir(parents=True)
    (root / "ports" / "corpus" / "ports.md").write_text(PORTS)
    (root / "ports" / "pack.yaml").write_text("title: Ports\nexamples:\n  - When does the harbour close?\n")
    runs = root / "runs"
    runs.mkdir()
    run_suites(weather, store=runs / "a-before.jsonl")
    before = read_run(runs / "a-before.jsonl")
    first, *rest = before.cases
    swapped = first.model_copy(
        update={
            "replies": tuple(r.model_copy(update={"answer": None, "refused": "no"}) for r in first.replies)
        }
    )
    store_run(type(before)(before.header, (swapped, *rest)), runs / "b-after.jsonl")
    return root


@pytest.fixture(scope="module")
def kept_at(ready, folder):
    own = {"GROUNDRULE_STORE": f"sqlite:///{folder / 'c.db'}", "GROUNDRULE_RUNS": str(folder / "runs")}
    packs = ("--pack", folder / "weather", "--pack", folder / "ports")
    with served(ready | own, *packs, "--watch") as at:
        yield at


@pytest.fixture
def go(browser, kept_at):
    with visitors(browser, kept_at) as opened:
        yield opened


def test_another_pack_is_chosen_and_brings_its_own_words(go):
    page = go()
    expect(page.get_by_role("heading", level=1)).to_have_text("What to take along")
    page.get_by_text("Another guide").click()
    page.get_by_role("link", name="Ports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ports")
    assert page.title() == "Ports"
    with answered(page):
        page.get_by_role("button", name="When does the harbour close?").click()
    expect(page.locator(".answer")).to_contain_text("9 pm")
    expect(page.get_by_role("link", name="Checklist")).to_have_count(0)
    page.reload()
    expect(page.locator(".answer")).to_contain_text("9 pm")


def test_a_private_pack_keeps_facts_out_of_every_address(go):
    page = go("/?pack=weather")
    ask(page, "I am about to go out.")
    with answered(page):
        page.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
    expect(page.locator("#facts .known")).to_have_count(1)
    assert "rain" not in page.url
    links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.getAttribute('href'))")
    assert not [link for link in links if "rain=" in link]
    page.reload()
    expect(page.locator("#facts .known")).to_have_count(1)
    page.get_by_role("link", name="Checklist").click()
    page.get_by_role("radio", name="Yes").first.check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".verdict")).to_have_text("Take an umbrella")
    assert "rain" not in page.url


def test_a_run_shows_what_failed_and_what_became_worse_and_a_case_opens_in_ask(go):
    page = go("/evals?run=b-after.jsonl&other=a-before.jsonl")
    expect(page.get_by_role("heading", name="Worse (1)")).to_be_visible()
    expect(page.locator(".measures tr")).not_to_have_count(0)
    assert violations(go("/evals", bypass_csp=True)) == []
    case = page.locator(".difference .cases > li").first
    said = case.locator(".case-said").first.inner_text()
    case.get_by_role("link", name=re.compile("Open in Ask")).click()
    expect(page.get_by_role("textbox", name="Your message")).to_have_value(said)


def test_the_author_sees_checks_and_what_users_missed(go):
    page = go("/?pack=ports")
    ask(page, "What does a berth cost in winter?")
    page.get_by_text("Feedback").click()
    page.get_by_label("Why? (may stay empty)").fill("Prices should be there.")
    page.get_by_role("button", name="Missing from the guide").click()
    expect(page.locator(".judged")).to_be_visible()
    author = go("/author?pack=ports", bypass_csp=True)
    expect(author.locator(".gaps li").first).to_contain_text("What does a berth cost in winter?")
    expect(author.locator(".gaps li").first).to_contain_text("Prices should be there.")
    assert violations(author) == []
    expect(go("/author?pack=weather").get_by_role("heading", name="Drift")).to_be_visible()


def test_a_pack_under_edit_is_read_again_and_its_last_good_state_answers_meanwhile(go, folder):
    rules = folder / "weather" / "rules" / "weather.yaml"
    good = rules.read_text()
    page = go("/author?pack=weather")
    expect(page.locator(".notice.bad")).to_have_count(0)
    rules.write_text(
        good.replace("Take an umbrella", "Take the big umbrella").replace("hat: Wear", "hat: Wear")
    )
    until(
        page,
        lambda: (
            go("/checklist?pack=weather&rain=yes").locator(".verdict").inner_text() == "Take the big umbrella"
        ),
    )
    rules.write_text(good.replace("cite: weather#storm", "cite: weather#gale"))
    until(page, lambda: page.locator(".notice.bad").count())
    expect(page.locator(".notice.bad")).to_contain_text("weather#gale")
    expect(page.locator(".findings .error").first).to_contain_text("weather#gale")
    assert go("/checklist?pack=weather&rain=yes").locator(".verdict").inner_text() == "Take the big umbrella"
    rules.write_text(good)
    until(page, lambda: not page.locator(".notice.bad").count())


def until(page, holds):
    """Opens the page again until ``holds``."""
    for _ in range(100):
        page.reload()
        if holds():
            return
        page.wait_for_timeout(300)
    raise AssertionError("it never came")


def test_pages_for_keepers_are_closed_where_the_server_says_so(ready, folder, browser):
    own = {"GROUNDRULE_STORE": f"sqlite:///{folder / 'c.db'}"}
    with served(ready | own, "--pack", folder / "ports", "--no-maintain") as at, visitors(browser, at) as go:
        page = go()
        expect(page.get_by_role("link", name="Author")).to_have_count(0)
        for path in ("/author", "/evals"):
            assert page.request.get(at + path).status == 404
