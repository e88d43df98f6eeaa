"""Pages in one file, opened from disk in a real browser."""

from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe


@contextmanager
def from_disk(browser, file):
    """Opens the page; nothing may be requested but the page itself, and nothing may fail in it."""
    opened, requested, failures = [], [], []

    def go(width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        opened.append(context)
        page = context.new_page()
        page.on("request", lambda request: requested.append(request.url))
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda message: failures.append(message.text))
        page.goto(file.as_uri())
        return page

    yield go
    for context in opened:
        context.close()
    assert {url.partition("#")[0] for url in requested} == {file.as_uri()}
    assert failures == []


def shut_out(visit, scheme, width):
    """What shuts somebody out of the page, all of it unfolded: each rule of axe with the element."""
    # The checker itself is a script put into the page, which the page's own policy would refuse.
    page = visit(width, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page).response["violations"]
    return [(violation["id"], node["html"]) for violation in found for node in violation["nodes"]]
