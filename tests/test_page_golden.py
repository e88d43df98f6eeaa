"""What assistive technology is told of each page, against files that show every change of it."""

import os
import re
from pathlib import Path

import pytest

from tests.page_visits import NEED, answered, ask

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent / "golden_page"
FACTS = "human_interaction=yes&data_transformation=yes"


def agrees(page, name, where="body"):
    """The accessibility tree of the page, as it is kept; GROUNDRULE_GOLDEN=write keeps it anew."""
    told = page.locator(where).aria_snapshot()
    told = re.sub(r"conversation=[\w-]+", "conversation=ID", told)
    file = GOLDEN / f"{name}.yaml"
    if os.environ.get("GROUNDRULE_GOLDEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told + "\n", encoding="utf-8")
    assert told + "\n" == file.read_text(encoding="utf-8"), name


def test_the_states_of_ask_are_told_as_before(page):
    agrees(page, "ask-empty", "#talk")
    ask(page, NEED)
    agrees(page, "ask-decided-deeds", "#deeds")
    agrees(page, "ask-decided-facts", "#facts")
    agrees(page, "ask-decided-path", "#path")
    agrees(page, "ask-top", "#top")
    with answered(page):
        page.locator("#strip").get_by_role("button", name="Yes", exact=True).click()
    agrees(page, "ask-conflict-strip", "#strip")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("checklist", f"/checklist?pack=boomi&{FACTS}"),
        ("checklist-all", f"/checklist?pack=boomi&all=yes&{FACTS}"),
        ("explore", f"/explore?pack=boomi&section=boomi/decision-tree&{FACTS}"),
        ("evals-empty", "/evals?pack=boomi"),
    ],
)
def test_the_documents_are_told_as_before(visit, name, path):
    where = {"explore": ".rules", "evals-empty": ".notice"}.get(name, "main")
    agrees(visit(path), name, where)
