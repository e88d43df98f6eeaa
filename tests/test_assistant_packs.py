"""Packs: anyone's own guide and rules, checked as one when they are opened."""

import pytest

from assistant import Assistant, PackError, open_pack

GUIDE = """---
title: Bread or cake
version: "1"
date: 2026-01-01
---

# Bread or cake

Bread is baked from flour, water and salt, and keeps for three days.

## When to bake cake

- Cake is for birthdays, because candles stand on it.
- Bread is for every other day of the week.
"""
RULES = """rules: baking
version: "1"
guide: baking
options:
  cake: Cake
  bread: Bread
facts:
  birthday: {ask: Is it a birthday?, why: Candles stand on cake.}
groups:
  fit:
    kind: need
    ask: birthday
    yes: {require: [cake], cite: baking#when-to-bake-cake, quote: "Cake is for birthdays, because candles stand on it."}
    no: {require: [bread], cite: baking#when-to-bake-cake, quote: "Bread is for every other day of the week."}
"""


@pytest.fixture
def pack(tmp_path):
    """Writes a pack and returns its folder; a text of ``None`` leaves the file away."""

    def write(guide=GUIDE, rules=RULES, **files):
        for name, text in {"corpus/baking.md": guide, "rules/baking.yaml": rules, **files}.items():
            if text is not None:
                path = tmp_path / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


def problems(folder):
    with pytest.raises(PackError) as refused:
        open_pack(folder)
    return "\n".join(map(str, refused.value.problems))


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert "no such folder" in problems(tmp_path / "nowhere")


def test_a_pack_without_guides_says_where_they_belong(tmp_path):
    assert "corpus" in problems(tmp_path)


def test_a_quote_that_does_not_stand_in_its_section_is_named_with_its_line(pack):
    told = problems(pack(rules=RULES.replace("because candles stand", "since candles stand")))
    assert "baking.yaml:13" in told
    assert "baking#when-to-bake-cake" in told


def test_a_key_that_pack_yaml_does_not_know_is_named(pack):
    assert "colour" in problems(pack(**{"pack.yaml": "colour: blue\n"}))


def test_pack_yaml_that_is_no_yaml_is_named(pack):
    assert "pack.yaml" in problems(pack(**{"pack.yaml": "title: [\n"}))


def test_two_rules_files_are_one_too_many(pack):
    told = problems(pack(**{"rules/other.yaml": RULES}))
    assert "baking.yaml, other.yaml" in told


def test_problems_of_rules_and_of_pack_yaml_are_reported_together(pack):
    told = problems(pack(rules="rules: [", **{"pack.yaml": "colour: blue\n"}))
    assert "baking.yaml" in told
    assert "colour" in told


def test_a_pack_of_a_guide_alone_answers_and_recommends_nothing(pack, cache):
    adviser = Assistant.open(pack(rules=None), cache=cache)
    answer = adviser.reply("How long does bread keep?").answer
    assert answer.kind == "guide"
    assert "three days" in answer.text
    assert answer.decision is None
    assert adviser.path(answer) == ()


def test_a_pack_without_examples_still_asks_and_decides(pack, cache):
    adviser = Assistant.open(pack(), cache=cache)
    first = adviser.reply("What should I bake?")
    assert first.answer.decision.next.fact == "birthday"
    second = adviser.reply("yes", first.conversation)
    assert second.answer.decision.options == ("cake",)
    assert "**Use Cake.**" in second.answer.text
    assert "candles stand on it" in second.answer.text


@pytest.mark.parametrize(
    ("entry", "words", "place"),
    [
        ("- birthday: yes", "has no text", "3:5"),
        ('- text: "x"\n    birthdya: yes', "did you mean 'birthday'", "4:5"),
        ('- text: "x"\n    birthday: maybe', "there are: yes, no", "4:15"),
    ],
)
def test_an_example_message_that_is_wrong_is_named_with_its_place(pack, cache, entry, words, place):
    folder = pack(**{"rules/baking.messages.yaml": f"messages: baking\nsay:\n  {entry}\n"})
    with pytest.raises(PackError) as refused:
        Assistant.open(folder, cache=cache)
    assert f"baking.messages.yaml:{place}: " in str(refused.value)
    assert words in str(refused.value)


def test_cues_without_classes_are_named(pack, cache):
    folder = pack(**{"rules/baking.cues.yaml": "cues: baking\n"})
    with pytest.raises(PackError, match=r"baking\.cues\.yaml.*classes"):
        Assistant.open(folder, cache=cache)


def test_the_path_of_a_decision_is_lit_in_the_tree(pack, cache):
    adviser = Assistant.open(pack(), cache=cache)
    answer = adviser.change(adviser.reply("hi").conversation, "birthday", "yes").answer
    (root,) = adviser.path(answer)
    lit = {child.answer: child.lit for child in root.children}
    assert root.text == "Is it a birthday?"
    assert lit == {"Yes": True, "No": False}


def test_heads_that_were_cut_short_are_learned_again(pack, cache):
    says = "\n".join(
        f'  - text: "{text} {n}"\n    birthday: {value}'
        for n in range(6)
        for text, value in (("my sister turns five", "yes"), ("just an ordinary tuesday", "no"))
    )
    folder = pack(**{"rules/baking.messages.yaml": f"messages: baking\nsay:\n{says}\n"})
    before = Assistant.open(folder, cache=cache).reply("my sister turns five").answer
    heads = max(cache.rglob("heads-*.npz"), key=lambda path: path.stat().st_mtime)
    heads.write_bytes(heads.read_bytes()[:100])
    after = Assistant.open(folder, cache=cache).reply("my sister turns five").answer
    assert after.decision == before.decision
    assert heads.stat().st_size > 100


def test_a_pack_without_questions_is_silent_where_no_passage_shares_the_words(pack, cache):
    adviser = Assistant.open(pack(rules=None), cache=cache)
    answer = adviser.reply("How much does an oven cost?").answer
    assert answer.kind == "not_in_guide"


def test_a_pack_whose_examples_all_settle_the_fact_reads_both_of_its_values(pack, cache):
    says = "\n".join(
        f'  - text: "{text} {n}"\n    birthday: {value}'
        for n in range(6)
        for text, value in (("my sister turns five", "yes"), ("just an ordinary tuesday", "no"))
    )
    adviser = Assistant.open(
        pack(**{"rules/baking.messages.yaml": f"messages: baking\nsay:\n{says}\n"}), cache=cache
    )
    asked = adviser.reply("What should I bake?").conversation
    assert adviser.reply("just an ordinary tuesday", asked).answer.decision.options == ("bread",)
    assert adviser.reply("my sister turns five", asked).answer.decision.options == ("cake",)


def test_which_option_to_take_is_asked_with_the_packs_own_names(pack, cache):
    adviser = Assistant.open(pack(), cache=cache)
    answer = adviser.reply("Cake or bread for my neighbour?").answer
    assert answer.kind == "question"
    assert answer.decision.next.fact == "birthday"
