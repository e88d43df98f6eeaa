"""Who is let in where the page is served beyond one machine."""

import base64
import json

import httpx
import pytest
from playwright.sync_api import expect

from tests.page_visits import served, violations, visitors
from ui.errors import ConfigurationError, UsageError
from ui.user_file import add_user, log_in, logged_in, read_users, remove_user

PASSWORD = "correct horse battery"
WEATHER = "tests/weather_pack"


@pytest.fixture
def file(tmp_path):
    add_user(tmp_path / "users.json", "ada", PASSWORD)
    return tmp_path / "users.json"


def test_a_password_is_kept_as_a_slow_hash_of_its_own_in_a_file_for_the_owner_alone(file):
    add_user(file, "bob", PASSWORD)
    told = json.loads(file.read_text())
    assert PASSWORD not in file.read_text()
    assert len({user["hash"] for user in told["users"]}) == 2
    assert file.stat().st_mode & 0o077 == 0


def test_a_login_counts_until_the_password_changes_or_the_user_is_gone(file):
    login = log_in(read_users(file), "ada", PASSWORD)
    assert logged_in(read_users(file), login) == "ada"
    add_user(file, "ada", "another password")
    assert logged_in(read_users(file), login) is None
    again = log_in(read_users(file), "ada", "another password")
    remove_user(file, "ada")
    assert logged_in(read_users(file), again) is None


@pytest.mark.parametrize(("name", "password"), [("ada", "correct horse"), ("bob", PASSWORD), ("", "")])
def test_a_wrong_name_or_password_is_no_login(file, name, password):
    assert log_in(read_users(file), name, password) is None


def test_a_login_that_is_forged_or_too_old_is_none(file):
    users = read_users(file)
    login = log_in(users, "ada", PASSWORD)
    name, until, signed = base64.urlsafe_b64decode(login + "==").decode().split(":")
    for parts in (
        (name, "1", signed),
        (name, str(int(until) + 1), signed),
        ("bob", until, signed),
        (name, until, ""),
    ):
        forged = base64.urlsafe_b64encode(":".join(parts).encode()).decode()
        assert logged_in(users, forged) is None
    for odd in ("", "?", "YQ", "é"):
        assert logged_in(users, odd) is None


def test_what_is_no_user_and_no_file_is_told_with_a_remedy(file):
    with pytest.raises(UsageError, match="at least 10"):
        add_user(file, "eve", "short")
    with pytest.raises(UsageError, match="a-z"):
        add_user(file, "Eve!", PASSWORD)
    with pytest.raises(UsageError, match="groundrule user list"):
        remove_user(file, "eve")
    file.write_text("{}x")
    with pytest.raises(ConfigurationError, match="groundrule user add"):
        read_users(file)


@pytest.fixture(scope="module")
def closed(ready, tmp_path_factory):
    """A page with a login, and one user."""
    folder = tmp_path_factory.mktemp("login")
    add_user(folder / "users.json", "ada", PASSWORD)
    own = {"GROUNDRULE_USERS": str(folder / "users.json"), "GROUNDRULE_STORE": f"sqlite:///{folder / 'c.db'}"}
    with served(ready | own, "--pack", WEATHER, "--login") as at:
        yield at


@pytest.mark.parametrize(
    "path", ["/", "/explore", "/checklist", "/author", "/record.md", "/gradio_api/queue/data"]
)
def test_without_a_login_nothing_is_shown(closed, path):
    answer = httpx.get(closed + path, headers={"accept": "text/html"})
    assert answer.status_code in (303, 401)
    assert "umbrella" not in answer.text


@pytest.mark.browser
def test_a_user_logs_in_comes_where_they_wanted_to_and_out_again(browser, closed):
    with visitors(browser, closed) as go:
        page = go("/checklist?rain=yes", bypass_csp=True)
        expect(page).to_have_title("Log in")
        assert violations(page) == []
        page.get_by_label("Name").fill("ada")
        page.get_by_label("Password").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator(".verdict")).to_have_text("Take an umbrella")
        page.get_by_role("link", name="Ask", exact=True).click()
        expect(page.locator(".answer")).to_contain_text("umbrella")
        page.get_by_role("link", name="Log out").click()
        page.goto(closed)
        expect(page).to_have_title("Log in")


def test_a_login_leads_to_this_server_alone_and_guessing_ends(closed):
    wanted = {"name": "ada", "password": PASSWORD, "next": "//evil.example/"}
    assert httpx.post(closed + "/login", data=wanted).headers["location"] == "/"
    wrong = {"name": "ada", "password": "not this one"}
    codes = [httpx.post(closed + "/login", data=wrong).status_code for _ in range(12)]
    assert codes[0] == 403
    assert codes[-1] == 429


def test_a_proxy_names_the_user_and_nobody_else_can(ready, tmp_path):
    own = {"GROUNDRULE_STORE": f"sqlite:///{tmp_path / 'c.db'}"}
    told = ("--pack", WEATHER, "--trust-header", "X-Forwarded-User", "--trusted-proxy")
    with served(ready | own, *told, "127.0.0.1") as at:
        assert httpx.get(at, headers={"x-forwarded-user": "ada"}).status_code == 200
        assert httpx.get(at).status_code == 403
    with served(ready | own, *told, "192.0.2.1") as at:
        headers = {"x-forwarded-user": "ada", "x-forwarded-for": "192.0.2.1"}
        assert httpx.get(at, headers=headers).status_code == 403
