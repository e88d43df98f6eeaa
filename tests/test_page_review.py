"""The page for reviewers: all of a pack, every word escaped, the same for the same pack, no request to anywhere."""

import json
import re
import shutil
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant import open_pack, review_pack
from ui.render_markdown import marked_html
from ui.render_review import review_html
from ui.review_guide import merged

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "ui" / "new_pack" / "example"
HOSTILE = '<img src="https://evil.example/a.png" onerror="window.hacked=1"><script>window.hacked=1</script>'
GUIDE = f"""# Ports {HOSTILE}

The harbour closes at 9 pm. {HOSTILE}

## Night {HOSTILE}

- At night **no ship** enters the harbour. ![x](https://evil.example/b.png) [click](javascript:alert(1))
- Only tugs {HOSTILE} do.
"""
RULES = f"""rules: ports
version: '1 {HOSTILE}'
options: {{wait: 'Wait {HOSTILE}', enter: Enter}}
facts:
  night: {{ask: 'Is it night? {HOSTILE}', why: 'Why {HOSTILE}', yes: 'dark {HOSTILE}', cite: ports, quote: The harbour closes at 9 pm.}}
  length: {{unit: '{HOSTILE}'}}
groups:
  'group {HOSTILE}':
    kind: need
    ask: night
    yes: {{require: [wait], how: 'How {HOSTILE}', cite: 'ports#SLUG', quote: 'At night **no ship** enters the harbour.'}}
    no: {{require: [enter], cite: ports, quote: 'The harbour closes at 9 pm. {HOSTILE}'}}
limits:
  long: {{for: [enter], fact: length, max: 5, scope: 'scope {HOSTILE}', cite: ports, quote: closes at 9 pm}}
disputed:
  - {{node: long, by: 'by {HOSTILE}', note: 'note {HOSTILE}'}}
"""


class Elements(HTMLParser):
    """What a browser makes of the page: elements, attributes, ids and links, and the text of each mark."""

    def __init__(self, page):
        super().__init__()
        self.names, self.attributes, self.ids, self.links, self.text = set(), set(), [], set(), ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.add(value)

    def handle_data(self, data):
        self.text += data


def page_of(root=None):
    return review_html(review_pack(open_pack(root)))


@pytest.fixture
def hostile(tmp_path):
    from corpus import load_guides

    root = tmp_path / "hostile"
    (root / "corpus").mkdir(parents=True)
    (root / "rules").mkdir()
    (root / "corpus" / "ports.md").write_text(GUIDE, encoding="utf-8")
    (root / "pack.yaml").write_text(f"title: '{HOSTILE}'\n", encoding="utf-8")
    slug = load_guides(root / "corpus")[0].sections[1].id.partition("#")[2]
    (root / "rules" / "ports.yaml").write_text(RULES.replace("SLUG", slug), encoding="utf-8")
    return root


@pytest.mark.parametrize("root", [None, EXAMPLE], ids=["bundled", "example"])
def test_the_page_needs_no_script_and_refers_to_nothing_outside_itself(root):
    page = page_of(root)
    found = Elements(page)
    assert not found.names & {"script", "link", "img", "iframe", "form", "input", "object", "base"}
    assert not {
        name for name in found.attributes if name.startswith("on") or name in ("src", "srcset", "style")
    }
    assert all(link.startswith("#") for link in found.links)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    assert "url(" not in style
    assert "@import" not in style
    assert "default-src &#x27;none&#x27;" in page


@pytest.mark.parametrize("root", [None, EXAMPLE], ids=["bundled", "example"])
def test_every_link_leads_to_one_place_on_the_page(root):
    found = Elements(page_of(root))
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)


def test_everything_of_the_pack_is_on_the_page():
    seen = review_pack(open_pack())
    text = " ".join(Elements(review_html(seen)).text.split())
    rules = seen.pack.rules
    for cited in seen.cited.values():
        assert " ".join(cited.quote.split()) in text
        assert f"{cited.file}:{cited.line}" in text
    for group in rules.groups:
        for leaf in seen.leaves[group.name]:
            assert seen.places[f"groups.{leaf.node}"] in text
    said = [fact.ask or "" for fact in rules.facts.values()]
    said += [meaning for fact in rules.facts.values() for meaning in fact.meanings.values()]
    said += [conflict.say for conflict in rules.conflicts] + [limit.remedy for limit in rules.limits]
    said += [dispute.note for dispute in rules.disputed] + [finding.message for finding in seen.findings]
    said += [section.heading[-1] for guide in seen.guides for section in guide.sections]
    for words in said:
        assert " ".join(words.split()) in text


def test_the_places_name_the_lines_on_which_rules_stand():
    seen = review_pack(open_pack())
    lines = (ROOT / "rules" / "boomi.yaml").read_text(encoding="utf-8").splitlines()
    file, line = seen.places["groups.hosting.yes"].split(":")
    assert file == "rules/boomi.yaml"
    assert lines[int(line) - 1].strip() == "yes:"
    assert "exclude: [flow]" in lines[int(line)]


def test_the_same_pack_gives_the_same_bytes_wherever_it_lies(tmp_path):
    once, again = tmp_path / "once", tmp_path / "elsewhere" / "again"
    shutil.copytree(EXAMPLE, once)
    shutil.copytree(EXAMPLE, again)
    (once / "pack.yaml").write_text("id: same\n")
    (again / "pack.yaml").write_text("id: same\n")
    assert page_of(once) == page_of(again)
    assert str(tmp_path) not in page_of(once)


def test_words_of_a_guide_and_of_rules_stay_words(hostile):
    page = page_of(hostile)
    found = Elements(page)
    assert not found.names & {"script", "img"}
    assert "onerror" not in found.attributes
    assert not [link for link in found.links if not link.startswith("#")]
    assert page.count("<script") == 0
    assert found.text.count("window.hacked=1") > 10


def test_quotes_are_marked_in_their_sections(hostile):
    page = page_of(hostile)
    marks = [
        unescape(re.sub(r"<[^>]+>", "", mark)) for mark in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)
    ]
    assert any(mark.startswith("The harbour closes at 9 pm. <img") for mark in marks)
    assert " ".join(marks).count("no ship") == 1


def test_several_spans_of_one_text_are_marked_each_once():
    text = "One **two** three. Four [five](https://x.example) six."
    spans = [(text.index("One"), text.index(" three")), (text.index("Four"), text.index(" six"))]
    shown = re.sub(r"<(?!/?mark)[^>]+>", "", marked_html(text, spans)).strip()
    assert shown == "<mark>One </mark><mark>two</mark> three. <mark>Four five</mark> six."
    assert "<mark>" not in marked_html(text, [])


def test_spans_that_overlap_become_one():
    assert merged([(5, 9), (0, 3), (2, 6), (9, 12)]) == [(0, 9), (9, 12)]


def test_a_pack_without_rules_is_its_guide(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "bread.md").write_text("# Bread\n\nBake it for forty minutes.\n")
    text = Elements(page_of(tmp_path)).text
    assert "no rules" in text
    assert "Bake it for forty minutes." in text


def test_a_rule_without_a_citation_and_its_finding_are_told(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "pack")
    file = tmp_path / "pack" / "rules" / "repair.yaml"
    file.write_text(
        re.sub(r"(exclude: \[repair\]\n)(?: {6}.*\n){2}", r"\1", file.read_text(encoding="utf-8"))
    )
    text = Elements(page_of(tmp_path / "pack")).text
    assert "1 error, no warnings." in text
    assert "leaf 'safety.yes' is not cited" in text
    assert "Cites no words of the guide." in text


def test_the_command_writes_the_page_whole(groundrule, tmp_path):
    told = groundrule("pack", "preview", "--pack", EXAMPLE, "--out", tmp_path / "review.html", "--json")
    assert told.code == 0
    assert '"errors": 0, "warnings": 0' in told.out
    page = (tmp_path / "review.html").read_bytes()
    assert page.endswith(b"</html>\n")
    assert groundrule("pack", "preview", "--pack", EXAMPLE, "--out", tmp_path / "again.html").code == 0
    assert (tmp_path / "again.html").read_bytes() == page
    assert sorted(path.name for path in tmp_path.iterdir()) == ["again.html", "review.html"]
    refused = groundrule("pack", "preview", "--out", tmp_path / "nowhere" / "x.html")
    assert (refused.code, "mkdir -p" in refused.err) == (2, True)


def test_the_page_shows_what_a_check_of_the_whole_pack_finds_and_what_no_case_tries(groundrule, tmp_path):
    """A suite that cannot be read is told on the page; an expert is never shown a clean bill that is none."""
    pack = tmp_path / "mending"
    assert groundrule("pack", "new", "mending", "--dir", tmp_path).code == 0
    page = tmp_path / "review.html"
    assert groundrule("pack", "preview", "--pack", pack, "--out", page).code == 0
    words = unescape(page.read_text(encoding="utf-8"))
    assert "Every check passed: no error, no warning." in words
    assert (
        "13 of 13 leaves, conflicts, ways out and states of limits are tried by a case of 2 suites." in words
    )
    (pack / "evals" / "rules.yaml").unlink()
    assert groundrule("pack", "preview", "--pack", pack, "--out", page).code == 0
    words = page.read_text(encoding="utf-8")
    assert "unexercised-leaf" in words
    assert "No case tries:" in words
    (pack / "evals" / "first.yaml").write_text("suite: x\ncases: 3\n", encoding="utf-8")
    told = groundrule("pack", "preview", "--json", "--pack", pack, "--out", page)
    assert (told.code, json.loads(told.out)["errors"]) == (0, 1)
