"""What can be said with one click: the pack's examples, and the answers to the open question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ui.html_tags import lines, tag, text
from ui.page_session import is_supposed, value_words
from ui.page_words import ENGLISH, Words

if TYPE_CHECKING:
    from assistant import Answer, FactLabel, NextQuestion


def examples_html(examples: Sequence[str], words: Words) -> str:
    """The pack's examples as buttons."""
    if not examples:
        return ""
    buttons = (
        tag("button", lines(example), type="button", class_="example", data_example=str(number))
        for number, example in enumerate(examples)
    )
    return tag(
        "div",
        tag("h3", text(words.examples), id="examples-title"),
        tag("ul", *(tag("li", button) for button in buttons), aria_labelledby="examples-title"),
        class_="examples",
    )


def replies_html(answer: Answer | None, labels: Mapping[str, FactLabel], words: Words) -> str:
    """The answers to the question that ``answer`` leaves open, "I don't know" last."""
    question = open_question(answer)
    if question is None:
        return ""
    label = labels.get(question.fact)
    buttons = (
        tag(
            "button",
            text(value_words(label, value, words)),
            type="button",
            class_="reply",
            data_fact=question.fact,
            data_value=value,
        )
        for value in reply_values(question)
    )
    asked = f"{words.replies}: {question.ask}"
    return tag("div", *buttons, class_="replies", role="group", aria_label=asked)


def open_question(answer: Answer | None) -> NextQuestion | None:
    """The question that ``answer`` leaves open, if it leaves one."""
    if answer is None or answer.decision is None or is_supposed(answer):
        return None
    return answer.decision.next


def reply_values(question: NextQuestion) -> tuple[str, ...]:
    """The values that may be answered; not to know is always one of them."""
    return (*(choice for choice in question.choices if choice != "unknown"), "unknown")


def without_choices(answer: Answer, labels: Mapping[str, FactLabel], words: Words) -> str:
    """The answer's text without the last line where that only lists the choices: they are buttons here."""
    question = open_question(answer)
    above, _, last = answer.text.rstrip().rpartition("\n")
    if question is None or not above:
        return answer.text
    values = reply_values(question)
    choices = {value_words(labels.get(question.fact), value, words).casefold() for value in values}
    # The answer is in the language of the guide, whatever that of the page.
    label = labels.get(question.fact)
    choices |= {value_words(label, value, ENGLISH).casefold() for value in values}
    choices |= {told.casefold() for _, told in (label.choices if label else ())}
    choices |= {value.replace("_", " ").casefold() for value in values}
    listed = {choice.strip().casefold() for choice in last.split("·")}
    return above.rstrip() if listed <= choices else answer.text
