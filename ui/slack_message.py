"""An answer as the messages of a Slack thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ui.page_session import is_supposed, value_words
from ui.page_words import ENGLISH
from ui.render_replies import open_question, reply_values, without_choices
from ui.render_slack import Paragraph, paragraphs, plain_atoms
from ui.render_terminal import shortened
from ui.slack_blocks import Block, actions, button, context, section
from ui.slack_pressed import Pressed
from ui.slack_text import clipped, escaped, literal
from ui.split_slack import messages, sections

if TYPE_CHECKING:
    from assistant import Answer, CitedWords, FactLabel

CHOICE: Final = "groundrule_choice"
WHY: Final = "groundrule_why"
WHAT_CHANGES: Final = "groundrule_what_changes"
FACTS: Final = "groundrule_facts"
FEEDBACK: Final = "groundrule_feedback"

MOST_IN_NOTICE: Final = 300  # characters of the text that notifications show


@dataclass(frozen=True, slots=True)
class SlackMessage:
    """``text`` is what notifications and screen readers say, ``blocks`` what is shown."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under an answer. ``above`` is a line over it, ``chosen`` the answer that was clicked.

    ``buttons`` says whether anything can be clicked at all.
    """

    pressed: Pressed
    above: str = ""
    chosen: str = ""
    buttons: bool = True


def answer_messages(
    answer: Answer, labels: Mapping[str, FactLabel], under: Under
) -> tuple[SlackMessage, ...]:
    """The messages, oldest first; what can be clicked stands under the last.

    Each holds less than 12,000 characters and 50 blocks, and each section at most 3,000 characters.
    """
    told = paragraphs(without_choices(answer, labels, ENGLISH))
    marked = [cited for cited in answer.citations if f"[{cited.n}]" in answer.text]
    texts = (*sections(told), *sections(_sources(marked)))
    parts = messages(texts)
    last = len(parts) - 1
    return tuple(
        SlackMessage(
            _notified(answer.text) if place == 0 else "…",
            (
                *([context(literal(under.above))] if under.above and place == 0 else []),
                *map(section, part),
                *(_below(answer, labels, under) if place == last else []),
            ),
        )
        for place, part in enumerate(parts)
    )


def notice(text: str, lead: str = "") -> SlackMessage:
    """A few words of the door's own, as plain text; ``lead`` opens each line, such as the sign of a quote."""
    lines = [line for line in text.splitlines() if line.strip()]
    told = [Paragraph((lead, *plain_atoms(line)), tight=place > 0) for place, line in enumerate(lines)]
    return SlackMessage(_notified(text), tuple(map(section, sections(told))))


def _notified(text: str) -> str:
    return escaped(clipped(" ".join(text.replace("**", "").split()), MOST_IN_NOTICE))


def _below(answer: Answer, labels: Mapping[str, FactLabel], under: Under) -> list[Block]:
    if not under.buttons:
        return []
    below: list[Block] = []
    if under.chosen:
        below.append(context(f"Answered: *{literal(under.chosen)}*"))
    else:
        below += actions(_choices(answer, labels, under.pressed))
    below += actions(_inquiries(answer, under.pressed, with_facts=bool(labels)))
    return [*below, _feedback(under.pressed)]


def _choices(answer: Answer, labels: Mapping[str, FactLabel], pressed: Pressed) -> list[Block]:
    question = open_question(answer)
    if question is None:
        return []
    return [
        button(
            f"{CHOICE}_{place}",
            value_words(labels.get(question.fact), value, ENGLISH),
            pressed.model_copy(update={"fact": question.fact, "value": value}).written(),
        )
        for place, value in enumerate(reply_values(question))
    ]


def _inquiries(answer: Answer, pressed: Pressed, *, with_facts: bool) -> list[Block]:
    value = pressed.written()
    shown = []
    if answer.decision is not None and not is_supposed(answer):
        shown += [button(WHY, "Why", value), button(WHAT_CHANGES, "What would change it", value)]
    if with_facts:
        shown.append(button(FACTS, "Facts", value))
    return shown


def _feedback(pressed: Pressed) -> Block:
    def side(text: str, label: str, verdict: str) -> Block:
        value = pressed.model_copy(update={"value": verdict}).written()
        told: Block = {"type": "plain_text", "text": text, "emoji": False}
        return {"text": told, "accessibility_label": label, "value": value}

    element: Block = {
        "type": "feedback_buttons",
        "action_id": FEEDBACK,
        "positive_button": side("Right", "This answer is right", "right"),
        "negative_button": side("Wrong", "Something about this answer is wrong", "wrong"),
    }
    return {"type": "context_actions", "elements": [element]}


def _sources(cited: list[CitedWords]) -> list[Paragraph]:
    if not cited:
        return []
    told = [Paragraph(("*Sources*",))]
    for one in cited:
        where = " › ".join(one.heading)
        quote = f"“{' '.join(shortened(one.quote).split())}”"
        told.append(Paragraph((f"[{one.n}] ", *plain_atoms(where)), tight=True))
        told.append(Paragraph(("    ", *plain_atoms(quote)), tight=True))
        place = [one.place, *(f"from {reference}" for reference in one.references)]
        told.append(Paragraph(("    ", *plain_atoms(" · ".join(place))), tight=True))
    return told
