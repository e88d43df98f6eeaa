"""What a reload, a link, a second window and a restart of the server leave of a conversation."""

import pytest
from playwright.sync_api import expect

from tests.page_visits import DETAIL, NEED, answered, ask, change, served, visitors

pytestmark = pytest.mark.browser

WEATHER_PACK = "tests/weather_pack"


def test_a_reload_shows_the_same_conversation(page):
    ask(page, NEED)
    change(page, "between systems", "No")
    expect(page.locator("#facts .fact").filter(has_text="between systems").first).to_contain_text("No")
    facts = page.locator("#facts").inner_text()
    assert "human_interaction=yes&data_transformation=no" in page.url
    page.reload()
    expect(page.locator(".answer")).to_have_count(2)
    expect(page.locator(".said").first).to_contain_text("A manager signs off")
    expect(page.locator("#facts")).to_have_text(facts, use_inner_text=True)
    ask(page, DETAIL)
    expect(page.locator("#facts")).to_contain_text("manager")


def test_the_address_brings_its_state_to_somebody_else(visit):
    first = visit()
    ask(first, NEED)
    second = visit("/" + first.url.split("/", 3)[3])
    expect(second.locator(".answer")).to_have_count(1)
    expect(second.locator(".said")).to_contain_text("From a link: People take part: Yes")
    expect(second.locator(".answer")).to_contain_text("Use both")
    expect(second.locator("body")).not_to_contain_text("manager")


def test_an_answer_and_a_link_to_its_state_can_be_carried_away(page):
    ask(page, NEED)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    carried = []
    for button in page.locator(".share button").all():
        page.locator(".share > summary").click()
        button.click()
        expect(page.locator(".deeds .done")).not_to_be_empty()
        carried.append(page.evaluate("navigator.clipboard.readText()"))
        page.keyboard.press("Escape")
    answer, link = carried
    assert "**Use both: Boomi Flow and Boomi Integration (AtomSphere).**" in answer
    assert "corpus/boomi/decision-tree.md:" in answer
    assert link == page.url


def test_what_a_link_names_wrongly_is_told_and_the_rest_counts(visit):
    page = visit("/?pack=boomi&human_interaction=yes&shoe_size=44&data_transformation=perhaps")
    expect(page.locator(".answer.problem")).to_contain_text("shoe_size=44, data_transformation=perhaps")
    expect(page.locator("#facts .known")).to_have_count(1)
    assert page.url.endswith("?pack=boomi&human_interaction=yes")


def test_starting_again_can_be_taken_back_even_after_a_reload(page):
    ask(page, NEED)
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".example").first).to_be_visible()
    assert "human_interaction" not in page.url
    page.reload()
    page.get_by_role("button", name="Bring the last conversation back").click()
    expect(page.locator(".answer")).to_have_count(1)
    expect(page.locator("#facts")).to_contain_text("manager")


def test_two_windows_of_one_person_go_on_with_one_conversation(visit):
    first = visit()
    ask(first, NEED)
    second = visit(context=first.context)
    second.get_by_role("button", name="Bring the last conversation back").click()
    expect(second.locator(".answer")).to_have_count(1)
    ask(second, DETAIL)
    first.locator("#strip").get_by_role("button", name="No", exact=True).click()
    expect(first.locator(".answer")).to_have_count(3)
    expect(first.locator(".said").nth(1)).to_contain_text(DETAIL)


def test_a_change_is_undone_to_where_the_conversation_stood(page):
    ask(page, NEED)
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    expect(page.locator("#facts")).not_to_contain_text("None yet")
    before = page.locator("#facts").inner_text()
    change(page, "between systems", "No")
    expect(page.locator(".answer").last.locator(".result")).to_contain_text("Before")
    with answered(page):
        page.get_by_role("button", name="Undo").click()
    expect(page.locator("#facts")).to_have_text(before, use_inner_text=True)
    expect(page.locator(".answer").last.locator(".result .now")).to_contain_text("Integration")


@pytest.fixture(scope="module")
def weather_environment(ready, weather, tmp_path_factory):
    store = tmp_path_factory.mktemp("kept") / "conversations.db"
    return ready | {"GROUNDRULE_STORE": f"sqlite:///{store}"}


def test_a_restart_of_the_server_loses_no_conversation(browser, weather_environment):
    with served(weather_environment, "--pack", WEATHER_PACK) as at, visitors(browser, at) as go:
        page = go()
        ask(page, "I am about to go out.")
        said = page.locator(".said").inner_text()
        # The page outlives its server, which keeps it as long as it likes.
        context = page.context
        cookies, session = context.cookies(), page.evaluate("sessionStorage['groundrule.conversation']")
    with served(weather_environment, "--pack", WEATHER_PACK) as at, visitors(browser, at) as go:
        page = go(storage_state={"cookies": cookies, "origins": []})
        page.evaluate("(id) => sessionStorage.setItem('groundrule.conversation', id)", session)
        page.reload()
        expect(page.locator(".said")).to_have_text(said)
        with answered(page):
            page.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
        stranger = go()
        stranger.evaluate("(id) => sessionStorage.setItem('groundrule.conversation', id)", session)
        stranger.reload()
        expect(stranger.locator(".hero")).to_be_visible()
        expect(stranger.locator(".answer")).to_have_count(0)
