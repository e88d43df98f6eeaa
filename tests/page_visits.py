"""The page in a real browser: how it is served, and what people do on it."""

import re
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

NEED = "A manager signs off each purchase request in a form, then it lands in SAP where fields are mapped."
DETAIL = "How long may a process that Flow calls take before the step fails?"
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

expect.set_options(timeout=20_000)


@contextmanager
def served(environment, *arguments):
    """The page, served by the command as a user starts it, and ended as a user ends it."""
    command = [sys.executable, "-m", "ui", "serve", "--port", "0", *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as serving:
        told = ""
        for line in serving.stdout:
            told += line
            if found := re.search(r"http://\S+", line):
                yield found[0]
                break
        else:
            pytest.fail(f"the server ended: {told}{serving.stderr.read()}")
        serving.send_signal(signal.SIGINT)
        _, errors = serving.communicate(timeout=120)
    assert "Traceback" not in errors
    assert serving.returncode in (0, 130)


@contextmanager
def visitors(browser, at):
    """Opens pages below ``at``, each as one more person; afterwards nothing has called out or failed."""
    opened, outside, failures = [], [], []

    def go(path="", width=1280, height=800, at=at, context=None, **options):
        # What moves cannot be measured; and who asks for less motion gets the same page.
        if context is None:
            size = {"width": width, "height": height}
            context = browser.new_context(viewport=size, reduced_motion="reduce", **options)
            opened.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda r: None if r.url.startswith(at) else outside.append(r.url))
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda m: failures.append(m.text) if m.type == "error" else None)
        page.on("dialog", lambda dialog: failures.append(dialog.message))
        page.goto(at + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if path.partition("?")[0] in ("", "/"):
            expect(page.locator(".hero, .answer").first).to_be_visible()
        return page

    yield go
    for context in opened:
        context.close()
    assert not [url for url in outside if not url.startswith(("data:", "blob:"))]
    assert not failures, failures


@contextmanager
def answered(page):
    """Waits for one more answer than there was before."""
    count = page.locator(".answer").count()
    yield
    expect(page.locator(".answer")).to_have_count(count + 1)


def ask(page, message):
    with answered(page):
        page.get_by_role("textbox", name="Your message").fill(message)
        page.keyboard.press("Enter")
    return page.locator(".answer").last


def change(page, label, value):
    fact = page.locator("#facts .fact").filter(has_text=label).first
    fact.locator(".change > summary").click()
    with answered(page):
        fact.get_by_role("button", name=value, exact=True).click()
    return page.locator(".answer").last


def violations(page):
    """What axe-core finds against WCAG 2.2 AA and good practice, with the element that it found it in."""
    found = Axe().run(page, options=AXE).response["violations"]
    return [(v["id"], node["html"]) for v in found for node in v["nodes"]]
