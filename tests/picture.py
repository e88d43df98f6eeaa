"""The picture of the README, taken from the running application: ``python -m tests.picture [FILE]``."""

import os
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.conftest import CHROMIUM, FLAGS, ROOT
from tests.page_visits import ask, change, served

NEED = "A manager signs off each purchase request, then it has to land in SAP where the fields are called differently."
SIZE = {"width": 1280, "height": 860}


def take(file: Path) -> None:
    """Serves the bundled pack, asks, changes a fact, opens a source, and keeps what is seen."""
    with tempfile.TemporaryDirectory() as folder:
        own = {**os.environ, "GROUNDRULE_STORE": f"sqlite:///{folder}/c.db", "PYTHONPATH": str(ROOT)}
        with served(own) as at, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=FLAGS
            )
            page = browser.new_context(viewport=SIZE, reduced_motion="reduce").new_page()
            page.goto(at)
            expect(page.locator(".hero")).to_be_visible()
            ask(page, NEED)
            change(page, "between systems", "No")
            page.locator(".answer").last.scroll_into_view_if_needed()
            page.locator("#side").evaluate("side => { side.scrollTop = 0 }")
            page.wait_for_timeout(500)
            page.screenshot(path=file)
            browser.close()
    # A page has few colours: 256 of them are enough, and a third of the bytes.
    with Image.open(file) as whole:
        whole.convert("RGB").quantize(256).save(file, optimize=True)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "ui" / "page.png"
    take(target)
    print(f"{target}: {target.stat().st_size:,} bytes")
