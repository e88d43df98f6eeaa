"""``groundrule pack lock`` and ``groundrule pack drift``: noticing that a guide changed, and mending moves."""

import json
import tempfile
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import PackError, open_pack
from assistant.drift import mend, new_lock, read_locked_pack

GUIDE = """# Bread or cake

Bread is baked from flour, water and salt.

## When to bake cake

- Cake is for birthdays, because candles stand on it.
- Bread is for every other day of the week.
"""
RULES = """\
rules: baking  # two options
options: {cake: Cake, bread: Bread}
facts:
  birthday: {ask: Is it a birthday?}
groups:
  fit:
    kind: need
    ask: birthday
    yes: {require: [cake], cite: baking#when-to-bake-cake, quote: "Cake is for birthdays, because candles stand on it."}
    no:
      require: [bread]
      cite: "baking#when-to-bake-cake"   # the other bullet
      quote: Bread is for every other day of the week.
"""


@pytest.fixture
def pack(tmp_path):
    """A pack whose rules are locked; a function that rewrites its guide."""
    for name, text in {"corpus/baking.md": GUIDE, "rules/baking.yaml": RULES}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def rewrite(pack, *changes):
    path = pack / "corpus" / "baking.md"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def locked(groundrule, pack):
    assert groundrule("pack", "lock", "--pack", pack).code == 0


def test_a_pack_without_a_lock_says_so_until_it_is_locked(groundrule, pack):
    told = groundrule("pack", "drift", "--pack", pack)
    assert told.code == 1
    assert "no-lock" in told.out
    told = groundrule("pack", "lock", "--pack", pack)
    assert (told.code, "2 quotes of 1 section" in told.out) == (0, True)
    assert groundrule("pack", "drift", "--pack", pack).code == 0
    assert sorted(path.name for path in (pack / "rules").iterdir()) == ["baking.lock", "baking.yaml"]


def test_fix_mends_a_pack_that_could_not_be_opened(groundrule, pack):
    locked(groundrule, pack)
    rewrite(pack, ("## When to bake cake", "## Cake and when to bake it"))
    with pytest.raises(PackError):
        open_pack(pack)
    told = groundrule("pack", "drift", "--pack", pack)
    assert told.code == 1
    assert told.out.count("quote-moved") == 2
    fixed = groundrule("pack", "drift", "--fix", "--pack", pack)
    assert fixed.code == 0
    assert open_pack(pack).rules is not None
    after = (pack / "rules" / "baking.yaml").read_text(encoding="utf-8")
    assert after == RULES.replace("baking#when-to-bake-cake", "baking#cake-and-when-to-bake-it")


def test_fix_keeps_the_line_ends_and_the_first_bytes_of_the_file(groundrule, pack):
    path = pack / "rules" / "baking.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + RULES.replace("\n", "\r\n").encode())
    before = path.read_bytes()
    locked(groundrule, pack)
    rewrite(pack, ("## When to bake cake", "## Cake and when to bake it"))
    assert groundrule("pack", "drift", "--fix", "--pack", pack).code == 0
    after = before.replace(b"baking#when-to-bake-cake", b"baking#cake-and-when-to-bake-it")
    assert path.read_bytes() == after


HEADINGS = st.lists(
    st.text("abc äß中7#-_ ", min_size=1, max_size=8).filter(lambda words: words.strip(" #")),
    min_size=3,
    max_size=3,
)


@settings(max_examples=25, deadline=None)
@given(HEADINGS, st.permutations(range(3)))
def test_a_pack_whose_headings_were_all_renamed_and_reordered_is_mended_so_that_it_opens(headings, order):
    sentences = ["Cake is for birthdays.", "Bread is for every other day.", "Rolls are for breakfast."]
    rules = (
        "rules: baking\noptions: {cake: Cake, bread: Bread, rolls: Rolls}\n"
        "facts: {day: {ask: Which day?, values: [birthday, other, early]}}\ngroups:\n  fit:\n    kind: need\n    ask: day\n"
        f"    birthday: {{require: cake, cite: 'baking#one', quote: {sentences[0]}}}\n"
        f"    other: {{require: bread, cite: baking#two, quote: {sentences[1]}}}\n"
        f'    early:\n      require: rolls\n      cite: "baking#three" # last\n      quote: {sentences[2]}\n'
    )

    def guide(heads, places):
        return "# Baking\n\n" + "".join(f"## {heads[n]}\n\n{sentences[n]}\n\n" for n in places)

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, text in {
            "corpus/baking.md": guide(["One", "Two", "Three"], range(3)),
            "rules/baking.yaml": rules,
        }.items():
            (root / name).parent.mkdir()
            (root / name).write_text(text, encoding="utf-8")
        (root / "rules/baking.lock").write_text(new_lock(read_locked_pack(root))[0], encoding="utf-8")
        (root / "corpus/baking.md").write_text(guide(headings, order), encoding="utf-8")
        mended = mend(read_locked_pack(root))
        assert mended is not None
        (root / "rules/baking.yaml").write_text(mended.rules_text, encoding="utf-8")
        (root / "rules/baking.lock").write_text(mended.lock_text, encoding="utf-8")
        assert open_pack(root).rules is not None
        assert read_locked_pack(root).drift == ()


def test_fix_never_touches_changed_words(groundrule, pack):
    locked(groundrule, pack)
    before = (pack / "rules" / "baking.yaml").read_bytes()
    rewrite(pack, ("for birthdays, because", "for birthdays and weddings, because"))
    told = groundrule("pack", "drift", "--fix", "--json", "--pack", pack)
    assert told.code == 1
    report = json.loads(told.out)
    jsonschema.validate(report, json.loads(groundrule("schema", "drift").out))
    (changed,) = [one for one in report["findings"] if one["code"] == "quote-changed"]
    assert changed["words"] == "Cake is for birthdays and weddings, because candles stand on it."
    assert changed["line"] == 9
    assert (pack / "rules" / "baking.yaml").read_bytes() == before


def test_nothing_is_locked_while_a_quote_does_not_stand(groundrule, pack):
    locked(groundrule, pack)
    before = (pack / "rules" / "baking.lock").read_bytes()
    rewrite(pack, ("- Bread is for every other day of the week.", ""))
    told = groundrule("pack", "lock", "--pack", pack)
    assert told.code == 1
    assert "quote-gone" in told.err
    as_json = json.loads(groundrule("pack", "lock", "--json", "--pack", pack).out)
    assert (as_json["schema"], [one["code"] for one in as_json["findings"]]) == (
        "groundrule.drift/1",
        ["quote-gone"],
    )
    assert (pack / "rules" / "baking.lock").read_bytes() == before


def test_a_new_lock_tells_what_it_says_otherwise(groundrule, pack):
    locked(groundrule, pack)
    rewrite(pack, ("- Bread is for", "- In summer too: Bread is for"))
    path = pack / "rules" / "baking.yaml"
    path.write_text(RULES.replace(", because candles stand on it.", ""), encoding="utf-8")
    told = json.loads(groundrule("pack", "lock", "--json", "--pack", pack).out)
    assert told["added"] == [{"cite": "baking#when-to-bake-cake", "quote": "Cake is for birthdays"}]
    assert [one["quote"] for one in told["removed"]] == [
        "Cake is for birthdays, because candles stand on it."
    ]
    assert told["reread"] == ["baking#when-to-bake-cake"]
    assert groundrule("pack", "drift", "--pack", pack).code == 0


def test_a_broken_lock_is_told_with_its_place_and_can_be_written_anew(groundrule, pack):
    locked(groundrule, pack)
    (pack / "rules" / "baking.lock").write_text("lock: '9'\n", encoding="utf-8")
    told = groundrule("pack", "drift", "--pack", pack)
    assert told.code == 3
    assert "baking.lock:1:1" in told.err
    assert groundrule("pack", "lock", "--pack", pack).code == 0


def test_a_folder_without_rules_is_refused_with_the_remedy(groundrule, pack):
    (pack / "rules" / "baking.yaml").unlink()
    told = groundrule("pack", "drift", "--pack", pack)
    assert told.code == 3
    assert "rules/<name>.yaml" in told.err
