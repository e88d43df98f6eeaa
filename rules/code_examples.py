"""For each kind of problem a piece of a rules file that shows it.

A piece holds whole top-level parts of a file. What it leaves out is that of a file in which this is not
wrong: the options ``umbrella`` and ``boots``, the facts ``rain`` (yes or no) and ``depth`` (in cm), and a
group ``need`` that requires the umbrella when it rains. What a lock is about shows the lines concerned alone.
"""

from __future__ import annotations

from collections.abc import Mapping

EXAMPLES: Mapping[str, str] = {
    "asked-twice": """\
groups:
  need:
    kind: need
    ask: rain
    yes:
      ask: rain                 # answered already: it can only be yes here
      yes: {require: [umbrella]}
      no: {}
    no: {}
""",
    "bad-date": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], since: 2026-05-01, until: 2026-04-01}   # over before it begins
    no: {}
""",
    "bad-range": """\
groups:
  need:
    kind: need
    ask: depth
    up to 5: {}                 # "<= 5"
    "> 5": {require: [boots]}
""",
    "constant-group": """\
groups:
  need: {kind: need, require: [umbrella]}   # whatever the facts are
""",
    "disputed": """\
disputed:
  - {node: need.yes, by: the weather service, seen: 2026-03-03, note: hats do as well}
""",
    "empty": "# nothing but a comment\n",
    "exception-fact": """\
facts:
  rain: {ask: Does it rain?}
  roof: {ask: Is there a roof?}   # without 'only_for: indoors'
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
  ban: {kind: constraint, ask: rain, yes: {exclude: [umbrella]}, no: {}}
conflicts:
  indoors:
    between: [need, ban]
    over: umbrella
    say: It rains and umbrellas are forbidden.
    ask: roof
    yes: {require: [boots], allow: [umbrella]}
    no: {unresolved: true}
""",
    "gap": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella]}   # and no?
""",
    "half-citation": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], cite: weather#rain}   # which words?
    no: {}
""",
    "idle-conflict": """\
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
  sun: {kind: constraint, ask: rain, yes: {}, no: {exclude: [umbrella]}}
conflicts:
  both: {between: [need, sun], over: umbrella, say: Never at the same time.}
""",
    "idle-question": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella]}
    no: {require: [umbrella]}    # the same
""",
    "missing-key": """\
groups:
  need:                         # of which kind?
    ask: rain
    yes: {require: [umbrella]}
    no: {}
""",
    "never-asked": """\
facts:
  rain: {label: Rain}           # no 'ask', no 'assume'
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
""",
    "never-recommended": """\
options: {umbrella: Take an umbrella, boots: Wear boots, hat: Wear a hat}   # who needs the hat?
""",
    "one-value": """\
facts:
  rain: {ask: How does it rain?, values: [hard]}
groups:
  need: {kind: need, ask: rain, hard: {require: [umbrella]}}
""",
    "quote": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], cite: weather/rain, quote: Rain demands an umbrella.}   # it "asks for" one
    no: {}
""",
    "range-overlap": """\
groups:
  need:
    kind: need
    ask: depth
    "<= 30": {}
    ">= 30": {require: [boots]}   # 30 itself?
""",
    "recommend-and-require": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], recommend: Stay at home}
    no: {}
""",
    "repeated-key": """\
facts:
  rain: {ask: Does it rain?}
  rain: {ask: Is it raining?}
""",
    "repeated-value": """\
facts:
  rain: {ask: How does it rain?, values: [hard, softly, hard]}
groups:
  need: {kind: need, ask: rain, hard: {require: [umbrella]}, softly: {}}
""",
    "reserved-value": """\
facts:
  rain: {ask: Does it rain?, values: [yes, no, unknown]}   # "unknown" is always an answer
""",
    "too-large": """\
# Thirty groups that require an option each, all of them in one conflict's reach:
groups:
  ban: {kind: constraint, ask: rain, yes: {exclude: [a1, a2, a3, …]}, no: {}}
  g1: {kind: need, ask: f1, yes: {require: [a1]}, no: {}}
  g2: {kind: need, ask: f2, yes: {require: [a2]}, no: {}}
  # …
""",
    "uncited": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella]}   # where does the guide say so?
    no: {}
""",
    "uncited-section": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], cite: weather/rain, quote: Rain asks for an umbrella.}
    no: {}                       # and nothing cites weather/mud#shoes
""",
    "undeclared-conflict": """\
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
  ban: {kind: constraint, ask: depth, "<= 5": {}, "> 5": {exclude: [umbrella]}}   # rain and deep water?
""",
    "unknown-answer": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella]}
    none: {}                     # no
""",
    "unknown-conflict": """\
facts:
  rain: {ask: Does it rain?}
  roof: {ask: Is there a roof?, only_for: indors}   # no conflict has this name
""",
    "unknown-fact": """\
groups:
  need:
    kind: need
    ask: rian                    # rain
    yes: {require: [umbrella]}
    no: {}
""",
    "unknown-group": """\
conflicts:
  both: {between: [need, bann], over: umbrella, say: One of the two must give way.}
""",
    "unknown-key": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], how: hold it high, even in summer}   # the comma ends the text
    no: {}
""",
    "unknown-guide": """\
guide: wether               # corpus/weather.md: weather
""",
    "unknown-kind": """\
groups:
  need:
    kind: needs                  # need
    ask: rain
    yes: {require: [umbrella]}
    no: {}
""",
    "unknown-node": """\
disputed:
  - {node: need.yess, by: the weather service}   # need.yes
""",
    "unknown-option": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrela]}    # umbrella
    no: {}
""",
    "unknown-section": """\
groups:
  need:
    kind: need
    ask: rain
    yes: {require: [umbrella], cite: weather/rian, quote: Rain asks for an umbrella.}   # weather/rain
    no: {}
""",
    "unreadable": "rules: caf\\xe9   # a byte of another encoding than UTF-8\n",
    "unused-fact": """\
facts:
  rain: {ask: Does it rain?}
  wind: {ask: Does it blow?}    # nothing asks it
""",
    "values-and-unit": """\
facts:
  rain: {ask: How much does it rain?, values: [much, little], unit: mm}
""",
    "way-out": """\
facts:
  rain: {ask: Does it rain?}
  roof: {ask: Is there a roof?, only_for: indoors}
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
  ban: {kind: constraint, ask: rain, yes: {exclude: [umbrella]}, no: {}}
conflicts:
  indoors:
    between: [need, ban]
    over: umbrella
    say: It rains and umbrellas are forbidden.
    ask: roof
    yes: {allow: [umbrella]}
    no: {}                       # 'unresolved: true', or what then?
""",
    "wrong-contribution": """\
groups:
  taste:
    kind: preference
    ask: rain
    yes: {require: [umbrella]}   # a preference only prefers
    no: {}
""",
    "wrong-type": """\
groups:
  need:
    kind: need
    ask: rain
    yes: umbrella                # {require: [umbrella]}
    no: {}
""",
    "yaml": """\
facts:
  rain:
    ask: Think of it: does it rain?   # a text with ': ' needs quotes
""",
    "bad-lock": """\
weather#rain: {hash: 1f0c       # rules/weather.lock, cut off
""",
    "lock-stale": """\
  - An umbrella keeps the rain off.    # in rules/weather.lock: no rule cites it any more
""",
    "no-lock": """\
mypack/rules/weather.yaml       # and no mypack/rules/weather.lock beside it
""",
    "quote-changed": """\
    cite: weather#rain          # the guide says "keeps most of the rain off" now
    quote: An umbrella keeps the rain off.
""",
    "quote-gone": """\
    cite: weather#rain          # nothing like it stands in the guide any more
    quote: An umbrella keeps the rain off.
""",
    "quote-moved": """\
    cite: weather#rain          # the guide says it under weather#showers now
    quote: An umbrella keeps the rain off.
""",
    "quote-unlocked": """\
    cite: weather#rain          # cited since the lock was written
    quote: Boots keep the feet dry.
""",
    "section-changed": """\
weather#rain:                   # in rules/weather.lock: the quote stands, the words around it are others
  hash: 1f0c…
""",
    "repeated-node": """\
groups:
  need: {kind: need, ask: rain, yes: {require: [umbrella]}, no: {}}
  need.yes: {kind: need, require: [boots]}      # the id of the first group's leaf as well
""",
}
