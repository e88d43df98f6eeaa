"""What each kind of problem of a pack means, with an example: those of its rules, and of its other files."""

from __future__ import annotations

from collections.abc import Mapping

from rules import EXAMPLES as RULES_EXAMPLES
from rules import EXPLANATIONS as RULES_EXPLANATIONS
from rules import Explanation

EXPLANATIONS: Mapping[str, Explanation] = {
    **RULES_EXPLANATIONS,
    "cannot-move": Explanation(
        "Quotes moved in the guide, and the rules cite them in a way that no program can edit safely.",
        "Write the shared anchor out, or change the `cite` values by hand.",
    ),
    "guide": Explanation(
        "A guide cannot be read.",
        "Mend the line that the message names; a guide is Markdown in UTF-8, its front matter is YAML.",
    ),
    "no-guide": Explanation(
        "The pack has no guide.",
        "Put at least one Markdown file into its folder corpus/: every answer is cited to it.",
    ),
    "no-pack": Explanation(
        "There is no pack in the folder.",
        "Name a folder that holds corpus/, or leave --pack away for the bundled pack.",
    ),
    "no-questions": Explanation(
        "Some passages of the guides have no questions, while others have.",
        "Add questions that people ask and that the passage answers to the guide's .questions.yaml.",
    ),
    "no-rules": Explanation(
        "The pack has no rules, so that there is nothing to decide.",
        "Write rules/<name>.yaml, or draw the tree in the guide and use `groundrule pack import`.",
    ),
    "several-rules": Explanation(
        "The pack has more than one rules file.",
        "Keep one; its groups may be as many as you like.",
    ),
    "too-long": Explanation(
        "A text or a list is longer than it may be.",
        "Shorten it as the message says.",
    ),
    "unknown-passage": Explanation(
        "Questions belong to words that stand in no passage, or in several, of the section they name.",
        "Quote the beginning of the passage, as it stands in the guide.",
    ),
}

EXAMPLES: Mapping[str, str] = {
    **RULES_EXAMPLES,
    "cannot-move": """\
    no: &dry {cite: weather#rain, quote: Without rain a hat will do.}    # this quote moved
    unknown: *dry                                                        # and this one shares its words
""",
    "guide": """\
---
title: "Weather            # the front matter of corpus/weather.md: the quote never ends
---
""",
    "no-guide": "mypack/corpus/          # empty\n",
    "no-pack": "groundrule pack check --pack mypak     # the folder is called mypack\n",
    "no-questions": """\
questions: weather          # corpus/weather.questions.yaml: nothing about mud
passages:
  - section: weather#rain
    passage: Rain asks for
    asks: [Do I need an umbrella?]
""",
    "no-rules": "groundrule decide --pack mypack rain=yes     # mypack/rules/ is empty\n",
    "several-rules": "mypack/rules/weather.yaml\nmypack/rules/seasons.yaml\n",
    "too-long": """\
examples:                   # pack.yaml: more than twelve
  - Do I need an umbrella?
  # …
""",
    "unknown-passage": """\
questions: weather
passages:
  - section: weather#rain
    passage: Rain demands     # the guide says "Rain asks for an umbrella."
    asks: [Do I need an umbrella?]
""",
}
