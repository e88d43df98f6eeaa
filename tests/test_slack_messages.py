"""Messages, windows and App Home as Slack takes them: within its limits, and without anything smuggled in."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block, ContextActionsBlock
from slack_sdk.models.views import View

from assistant.answer import Answer, PackName
from tests import golden_slack
from tests.golden_slack import PRESSED
from ui.page_session import labels_of
from ui.render_slack import mrkdwn, paragraphs
from ui.slack_message import Under, answer_messages, notice
from ui.slack_text import escaped, plain_words
from ui.split_slack import sections

HOSTILE = (
    "<!channel> <@U123> <#C1|x> <https://evil.example|click> <!date^1^{date}|x> & *bold* `code` :tada:\n> q"
)


def valid(blocks):
    """The blocks, each read and checked by Slack's own models."""
    for block in blocks:
        read = Block.parse(block)
        assert read is not None, block
        read.validate_json()
        again = read.to_dict()
        assert set(again) == set(block), (again, block)
    return blocks


def test_every_message_window_and_home_looks_as_it_was_looked_through(weather):
    made = golden_slack.files(weather)
    assert set(made) == {file.name for file in golden_slack.FOLDER.iterdir()}
    for name, text in made.items():
        assert text == (golden_slack.FOLDER / name).read_text("utf-8"), name


def test_slacks_own_models_take_every_message_window_and_home(weather):
    for name in golden_slack.ANSWERS:
        for message in golden_slack.messages_of(weather, name):
            valid(message.blocks)
    for view in golden_slack.views_of(weather).values():
        View(**view).validate_json()
        valid(view["blocks"])


def test_feedback_stands_under_the_last_part_of_a_long_answer_alone(weather):
    answer = with_text(weather.reply("I go for a walk").answer, "A sentence that goes on for a while. " * 900)
    messages = answer_messages(answer, labels_of(weather), Under(PRESSED))
    assert len(messages) > 2
    feedback = [
        [block for block in message.blocks if isinstance(Block.parse(block), ContextActionsBlock)]
        for message in messages
    ]
    assert [len(found) for found in feedback] == [0] * (len(messages) - 1) + [1]
    assert all(within_limits(message) for message in messages)


def with_text(answer, text):
    return answer.model_copy(update={"text": text})


def within_limits(message):
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return (
        all(0 < len(text) <= 3000 for text in texts)
        and sum(map(len, texts)) < 12_000
        and 0 < len(message.blocks) <= 50
    )


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "word ", "a sentence. ", "**", "_", "`", "“", "”", "\n", "\n\n", "- ", "1. ", "> ", "```\n", "| a | b |\n",
            "<!channel>", "<@U1>", "&", "&amp;", "x" * 700, "[1]", "# ", "~~", "\u200b", "é" * 50, "](http://a) ",
        ]
    ),
    max_size=400,
).map("".join)  # fmt: skip


@given(MARKDOWN)
def test_whatever_an_answer_says_its_messages_keep_slacks_limits_and_hold_no_markup_of_its_own(text):
    answer = Answer(
        kind="guide",
        text=text,
        facts={},
        decision=None,
        citations=(),
        pack=PackName(id="p", version="1", sha256="0"),
        ms=0,
    )
    messages = answer_messages(answer, {}, Under(PRESSED))
    for message in messages:
        assert within_limits(message)
        valid(message.blocks)
        for block in message.blocks:
            if block["type"] == "section":
                assert "<" not in block["text"]["text"]
                assert block["text"]["verbatim"] is True
                assert not re.search(r"&(?!amp;|lt;|gt;)", block["text"]["text"])


@given(st.text(max_size=300))
def test_what_is_escaped_for_slack_is_read_back_as_it_was(text):
    assert plain_words(escaped(text), "UBOT") == text.replace("\0", "").strip()


def test_nothing_of_a_guide_or_a_message_becomes_a_mention_a_link_or_an_emphasis():
    for message in (notice(HOSTILE), notice(HOSTILE, lead="> ")):
        text = message.blocks[0]["text"]["text"]
        assert "<" not in text + message.text
        assert "*bold*" not in text
        assert "`code`" not in text
        assert ":tada:" not in text
    seen = mrkdwn("[click](https://evil.example) ![x](https://evil.example/i.png) <https://evil.example>")
    assert "<" not in seen


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("**Use both.** Then _wait_ ~~not~~ `a<b`", "*Use both.* Then _wait_ ~not~ `a&lt;b`"),
        ("# Head\n\ntext", "*Head*\n\ntext"),
        ("- one\n- two\n  more\n  - deep\n3. a\n4. b", "• one\n• two\n    more\n    • deep\n\n3. a\n4. b"),
        ("> quoted\n> on", "> quoted\n> on"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "*a* · *b*\n1 · 2"),
        ("```\nx < 1\n```", "```\nx &lt; 1\n```"),
        ("un**believ**able", "un\u200b*believ*\u200bable"),
    ],
)
def test_markdown_becomes_slacks_own(markdown, expected):
    assert mrkdwn(markdown) == expected


def test_a_long_answer_is_cut_between_sentences_and_never_inside_a_quote_or_an_emphasis():
    quote = "“" + "The guide says this in its own words. " * 40 + "”"
    bold = "**" + "Mind the step here. " * 40 + "now.**"
    text = " ".join(
        ["One sentence stands here."] * 60 + [quote] + ["Another one follows."] * 80 + [bold, quote]
    )
    parts = sections(paragraphs(text))
    assert len(parts) > 2
    for part in parts:
        assert len(part) <= 3000
        assert part.count("“") == part.count("”")
        assert part.count("*") % 2 == 0
        assert part.rstrip("*”").endswith((".", ". "))
    assert " ".join(" ".join(parts).split()) == " ".join(text.replace("**", "*").split())


def test_an_emphasis_that_no_section_holds_is_closed_and_opened_again():
    parts = sections(paragraphs("**" + "word " * 1500 + "end**"))
    assert len(parts) > 2
    assert all(part.startswith("*") and part.endswith("*") for part in parts)
