"""The words for what is neither a need nor a question about the guide."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.pack import Pack


def greeting_words(pack: Pack) -> str:
    """Hello, what this adviser does, and what to try."""
    return "\n".join(["Hello! " + pack.greeting, *_examples(pack, 3)])


def help_words(pack: Pack) -> str:
    """What can be asked, in a few lines."""
    ways = (
        "You can also say *why?*, *why not …?*, *what would change it?*, *what if …*, correct anything I "
        "understood wrongly, or *start over*."
    )
    lines = [pack.greeting, "", ways]
    return "\n".join([*lines, *_examples(pack, 4)])


def thanks_words() -> str:
    """An answer to thanks."""
    return "You're welcome. The case stays open: add a fact, ask a detail, or say *start over*."


def agree_words() -> str:
    """An answer to consent."""
    return "Good. Add a fact, ask a detail, or say *start over*."


def disagree_words(understood: Sequence[str]) -> str:
    """An answer to dissent: what was ``understood``, a line each, and how to put it right."""
    told = "\n".join(f"- {line}" for line in understood)
    return (
        f"Then I have understood something wrongly. This is what I go by:\n\n{told}\n\nSay what is different."
    )


def reset_words(pack: Pack) -> str:
    """The facts are gone; a new case may begin."""
    return "All facts are forgotten. " + (
        "What is the new case?" if pack.rules else "What do you want to know?"
    )


def nothing_to_explain() -> str:
    """Asked for reasons before there is anything to give reasons for."""
    return "There is no recommendation yet. Describe what the process has to do, and I work it out."


def _examples(pack: Pack, most: int) -> list[str]:
    if not pack.examples:
        return []
    return ["", "For example:", "", *(f"- {example}" for example in pack.examples[:most])]
