"""What each kind of problem means, with an example: those of a pack, and those of its suites."""

from __future__ import annotations

from collections.abc import Mapping

from assistant import Explanation
from assistant.codes import EXAMPLES as PACK_EXAMPLES
from assistant.codes import EXPLANATIONS as PACK_EXPLANATIONS

EXPLANATIONS: Mapping[str, Explanation] = {
    **PACK_EXPLANATIONS,
    "contradiction": Explanation(
        "A case says two things that exclude each other.",
        "Keep one of the two. Given facts are answered without words, a refused message has no answer.",
    ),
    "failing-case": Explanation(
        "A case expects something else than the rules decide on the facts that the case itself lists.",
        "Mend what is expected, the facts that are listed, or the rule. No message is read for this: either "
        "the case is wrong or the rules are.",
    ),
    "idle-gates": Explanation(
        "A file of gates asks for nothing, so that every run passes it.",
        "Write `must_pass: yes`, or bounds under `measures`.",
    ),
    "idle-case": Explanation(
        "A case expects nothing, so that it can never fail.",
        "Say under `expect` what must come back.",
    ),
    "repeated-id": Explanation(
        "Two cases of a suite have one id, or two suites one name.",
        "Give each a name of its own: reports and stored runs go by it.",
    ),
    "unexercised-leaf": Explanation(
        "No case of the suites leads to a leaf, so that nobody would notice a mistake in it.",
        "Add a case with `given` facts that lead there, or a message whose facts do.",
    ),
    "unknown-limit": Explanation(
        "A limit is named that the rules do not have.",
        "Use the limit's name in the rules file.",
    ),
    "unknown-word": Explanation(
        "A word is none of those that are possible here.",
        "Use one of those that the message names.",
    ),
}

EXAMPLES: Mapping[str, str] = {
    **PACK_EXAMPLES,
    "contradiction": """\
cases:
  - id: rain
    given: {rain: yes}
    say: It rains.               # facts or a message?
    expect: {options: [umbrella]}
    why: rain asks for an umbrella
""",
    "failing-case": """\
cases:
  - id: rain
    given: {rain: yes}
    expect: {options: [boots]}   # the rules say umbrella
    why: rain asks for an umbrella
""",
    "idle-gates": """\
must_pass: no                    # what must a run reach?
""",
    "idle-case": """\
cases:
  - id: rain
    say: It rains.
    expect: {}                   # what must come back?
    why: rain asks for an umbrella
""",
    "repeated-id": """\
cases:
  - {id: rain, given: {rain: yes}, expect: {options: [umbrella]}, why: it rains}
  - {id: rain, given: {rain: no}, expect: {options: []}, why: it is dry}   # dry
""",
    "unexercised-leaf": """\
cases:                           # and rain: no?
  - {id: rain, given: {rain: yes}, expect: {options: [umbrella]}, why: it rains}
""",
    "unknown-limit": """\
cases:
  - id: deep
    given: {rain: yes}
    expect: {limits: {dept: ok}}   # no limit has this name
    why: shallow water is no matter
""",
    "unknown-word": """\
cases:
  - id: rain
    given: {rain: yes}
    expect: {status: desided}    # decided
    why: rain asks for an umbrella
""",
}
