"""The two windows that open over Slack: the facts of a conversation, and why an answer is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ui.page_session import value_words
from ui.page_words import ENGLISH
from ui.slack_blocks import Block, context, option, plain
from ui.slack_pressed import Pressed

if TYPE_CHECKING:
    from assistant import Conversation, FactLabel, Verdict

FACTS_FORM: Final = "groundrule_facts_form"
REASON_FORM: Final = "groundrule_reason_form"
VALUE: Final = "value"
VERDICT: Final = "verdict"
NOTE: Final = "note"
NOT_SAID: Final = "groundrule:not_said"  # no fact has a value with a colon

MOST_BLOCKS: Final = 98  # Slack takes 100 in a modal
MOST_NOTE: Final = 2000

REASONS: Final[Mapping[Verdict, str]] = {
    "wrong_decision": "The recommendation is wrong",
    "wrong_sources": "The quoted words do not say that",
    "missing": "The guide answers this, and the answer does not",
}


def facts_modal(now: Conversation, labels: Mapping[str, FactLabel], pressed: Pressed) -> Block:
    """Every fact with what is known of it, to be changed; those in use stand first."""
    names = sorted(labels, key=lambda name: name not in now.facts)  # stable: else in the author's order
    inputs = [_fact(name, labels[name], now) for name in names]
    intro = context("Change a fact and the decision is made again. None has to be given.")
    return {
        "type": "modal",
        "callback_id": FACTS_FORM,
        "private_metadata": pressed.written(),
        "title": plain(ENGLISH.facts, 24),
        "submit": plain("Change", 24),
        "close": plain("Cancel", 24),
        "blocks": [intro, *inputs[:MOST_BLOCKS]],
    }


def reason_modal(pressed: Pressed) -> Block:
    """What is wrong about the answer, and room for words of one's own."""
    choices = [option(words, verdict) for verdict, words in REASONS.items()]
    note: Block = {"type": "plain_text_input", "action_id": NOTE, "multiline": True, "max_length": MOST_NOTE}
    return {
        "type": "modal",
        "callback_id": REASON_FORM,
        "private_metadata": pressed.written(),
        "title": plain("What is wrong?", 24),
        "submit": plain("Send", 24),
        "close": plain("Cancel", 24),
        "blocks": [
            {
                "type": "input",
                "block_id": VERDICT,
                "label": plain("What is wrong about this answer?", 100),
                "element": {"type": "radio_buttons", "action_id": VERDICT, "options": choices},
            },
            {
                "type": "input",
                "block_id": NOTE,
                "optional": True,
                "label": plain("In your own words", 100),
                "element": note,
            },
        ],
    }


def _fact(name: str, label: FactLabel, now: Conversation) -> Block:
    """One fact as a menu of its values, or as a field for a number. Its block is named by the fact."""
    known = now.facts.get(name)
    element = _menu(label, known.value if known else "") if label.choices else _number(known)
    made: Block = {
        "type": "input",
        "block_id": name[:255],
        "optional": True,
        "label": plain(label.label, 200),
        "element": element,
    }
    return made | {"hint": plain(label.why, 500)} if label.why else made


def _menu(label: FactLabel, value: str) -> Block:
    values = [choice for choice, _ in label.choices if choice != "unknown"]
    options = [option(ENGLISH.not_said, NOT_SAID)]
    options += [option(value_words(label, one, ENGLISH), one) for one in (*values, "unknown")][:98]
    chosen = next((one for one in options if one["value"] == value), options[0])
    return {
        "type": "static_select",
        "action_id": VALUE,
        "options": options,
        "initial_option": chosen,
    }


def _number(known: object) -> Block:
    made: Block = {"type": "number_input", "action_id": VALUE, "is_decimal_allowed": True}
    value = getattr(known, "value", "")
    return made | {"initial_value": value} if value and value != "unknown" else made
