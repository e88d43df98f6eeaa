"""Reads the ``conflicts``, ``limits`` and ``disputed`` of a rules file."""

from __future__ import annotations

from rules.errors import did_you_mean
from rules.load_facts import declared_name, names_of, optional_text, read_source
from rules.load_groups import Context, day_of
from rules.model import Conflict, Dispute, FactSpec, Group, Limit, WayOut
from rules.yaml_tree import Entry, Listing, Mapping, Reader, Scalar

CONFLICT_KEYS = ("between", "over", "say", "ask")
WAY_KEYS = ("require", "allow", "how", "unresolved", "cite", "quote")
LIMIT_KEYS = ("for", "unless", "fact", "max", "min", "scope", "remedy", "cite", "quote")
DISPUTE_KEYS = ("node", "by", "seen", "note")


def read_conflicts(top: Mapping, groups: tuple[Group, ...], context: Context) -> tuple[Conflict, ...]:
    """The conflicts in the author's order."""
    return tuple(
        _read_conflict(entry, body, {group.name: group for group in groups}, context)
        for entry, body in _bodies(top, "conflicts", "conflict", context.reader)
    )


def read_limits(top: Mapping, context: Context) -> tuple[Limit, ...]:
    """The limits in the author's order; one that cannot be understood is left out with its problem."""
    found = (
        _read_limit(entry, body, context) for entry, body in _bodies(top, "limits", "limit", context.reader)
    )
    return tuple(limit for limit in found if limit is not None)


def read_disputes(top: Mapping, known: frozenset[str], reader: Reader) -> tuple[Dispute, ...]:
    """The disputes; each must name a node, conflict or limit that is ``known``."""
    piece = top.get("disputed")
    if piece is None:
        return ()
    if not isinstance(piece, Listing):
        reader.problem(
            "wrong-type", piece.place, "disputed must be a list", "write '- {node: …, by: …}' lines"
        )
        return ()
    disputes = []
    for item in piece.items:
        body = reader.mapping(item, "an entry of disputed", item.place)
        if body is None:
            continue
        reader.known_keys(body, DISPUTE_KEYS, "an entry of disputed")
        require_keys(body, ("node", "by"), "an entry of disputed", reader)
        node, by, seen, note = (optional_text(body, key, "disputed", reader) or "" for key in DISPUTE_KEYS)
        if node and node not in known:
            reader.problem(
                "unknown-node",
                body.place_of("node"),
                f"there is no node, conflict or limit {node!r}",
                did_you_mean(node, known),
            )
        if seen and day_of(seen) is None:
            reader.problem(
                "bad-date",
                body.place_of("seen"),
                f"'seen' of the dispute about {node!r} is no date: {seen!r}",
                "write it as 2026-03-31",
            )
        reader.places.setdefault(f"disputed.{node}", body.place)
        disputes.append(Dispute(node, by, seen, note))
    return tuple(disputes)


def require_keys(body: Mapping, keys: tuple[str, ...], what: str, reader: Reader) -> bool:
    """Whether all ``keys`` are given, with a problem for each that is not."""
    missing = [key for key in keys if body.get(key) is None]
    for key in missing:
        reader.problem("missing-key", body.place, f"{what} has no {key!r}", f"add '{key}: …'")
    return not missing


def _bodies(top: Mapping, section: str, what: str, reader: Reader) -> list[tuple[Entry, Mapping]]:
    piece = top.get(section)
    mapping = None if piece is None else reader.mapping(piece, section, top.place_of(section))
    found = []
    for entry in mapping.entries if mapping else ():
        reader.places[f"{section}.{entry.key.text}"] = entry.key.place
        body = reader.mapping(entry.piece, f"{what} {entry.key.text!r}", entry.key.place)
        if body is not None:
            found.append((entry, body))
    return found


def _read_conflict(entry: Entry, body: Mapping, groups: dict[str, Group], context: Context) -> Conflict:
    name, reader = entry.key.text, context.reader
    what = f"conflict {name!r}"
    fact = _exception_fact(body, what, context)
    # Where the fact that is asked is itself wrong its answers are not known: yes and no pass as answers.
    answers = fact.values if fact else ("yes", "no") if body.get("ask") is not None else ()
    reader.known_keys(body, (*CONFLICT_KEYS, *answers), what)
    require_keys(body, ("between", "over", "say"), what, reader)
    over = declared_name(body, "over", what, context.options, reader) or ""
    if over and over not in context.options:
        reader.problem(
            "unknown-option",
            body.place_of("over"),
            f"{what} is over {over!r}, which is no option",
            did_you_mean(over, context.options),
        )
    ways = []
    for answer in fact.values if fact else ():
        piece = body.get(answer)
        if piece is None:
            reader.problem(
                "gap",
                body.place_of("ask"),
                f"{what} does not say what follows from the answer {answer!r}",
                f"add '{answer}: {{unresolved: true}}' or the way out",
            )
        elif way := reader.mapping(piece, f"answer {answer!r} of {what}", body.place_of(answer)):
            ways.append(_read_way(way, answer, name, context))
    between = _read_between(body, what, groups, reader)
    say = optional_text(body, "say", what, reader) or ""
    return Conflict(name, between, over, say, fact.name if fact else None, tuple(ways))


def _exception_fact(body: Mapping, what: str, context: Context) -> FactSpec | None:
    name = declared_name(body, "ask", what, context.facts, context.reader)
    fact = context.facts.get(name) if name else None
    place = body.place_of("ask")
    if name and fact is None:
        context.reader.problem(
            "unknown-fact",
            place,
            f"{what} asks {name!r}, which is no fact",
            did_you_mean(name, context.facts),
        )
    elif fact is not None and (fact.numeric or fact.ask is None or fact.only_for is None):
        context.reader.problem(
            "exception-fact",
            place,
            f"the fact {fact.name!r} cannot decide about the exception of {what}",
            "give the fact 'ask', 'only_for' with the conflict's name, and no 'unit'",
        )
        return None
    return fact


def _read_between(body: Mapping, what: str, groups: dict[str, Group], reader: Reader) -> tuple[str, str]:
    piece = body.get("between")
    names = reader.texts(piece, f"'between' of {what}") if piece else ()
    for scalar in names:
        if scalar.text not in groups:
            reader.problem(
                "unknown-group",
                scalar.place,
                f"{what} is between {scalar.text!r}, which is no group",
                did_you_mean(scalar.text, groups),
            )
        elif groups[scalar.text].kind == "preference":
            reader.problem(
                "wrong-contribution",
                scalar.place,
                f"{what} names {scalar.text!r}, a group of kind 'preference'",
                "a preference never conflicts: name a group of kind 'need' or 'constraint'",
            )
    if piece and len({scalar.text for scalar in names}) != 2:
        reader.problem(
            "wrong-type", piece.place, f"'between' of {what} must name two groups", "write [need, constraint]"
        )
        return "", ""
    return (names[0].text, names[1].text) if names else ("", "")


def _read_way(body: Mapping, answer: str, name: str, context: Context) -> WayOut:
    reader, what = context.reader, f"answer {answer!r} of conflict {name!r}"
    reader.known_keys(body, WAY_KEYS, what)
    chosen: dict[str, tuple[str, ...]] = {}
    for key in ("require", "allow"):
        piece = body.get(key)
        scalars = reader.texts(piece, f"{key!r} of {what}") if piece else ()
        for scalar in scalars:
            if scalar.text not in context.options:
                reader.problem(
                    "unknown-option",
                    scalar.place,
                    f"{what} names {scalar.text!r}, which is no option",
                    did_you_mean(scalar.text, context.options),
                )
        chosen[key] = names_of(scalars)
    flag = body.get("unresolved")
    unresolved = isinstance(flag, Scalar) and flag.text in ("true", "yes")
    if flag is not None and not unresolved:
        reader.problem("wrong-type", flag.place, f"'unresolved' of {what} can only be true", "leave it out")
    if unresolved == bool(chosen["allow"] or chosen["require"]):
        reader.problem(
            "way-out",
            body.place,
            f"{what} must either say 'unresolved: true' or allow and require options",
            "say what follows from this answer",
        )
    how = optional_text(body, "how", what, reader) or ""
    path = f"conflicts.{name}.{answer}"
    reader.places[path] = body.place
    source = read_source(body, what, path, reader)
    return WayOut(answer, chosen["require"], chosen["allow"], how, unresolved, source)


def _read_limit(entry: Entry, body: Mapping, context: Context) -> Limit | None:
    name, reader = entry.key.text, context.reader
    what = f"limit {name!r}"
    reader.known_keys(body, LIMIT_KEYS, what)
    source = read_source(body, what, f"limits.{name}", reader)
    scope, remedy = (optional_text(body, key, what, reader) or "" for key in ("scope", "remedy"))
    unless = _read_unless(body, what, context)
    piece = body.get("for")
    applies = reader.texts(piece, f"'for' of {what}") if piece else ()
    for scalar in applies:
        if scalar.text not in context.options:
            reader.problem(
                "unknown-option",
                scalar.place,
                f"{what} is for {scalar.text!r}, which is no option",
                did_you_mean(scalar.text, context.options),
            )
    bounds = [
        reader.number(bound, f"{key!r} of {what}") if (bound := body.get(key)) else None
        for key in ("max", "min")
    ]
    if bounds[0] is not None and bounds[1] is not None and bounds[0] < bounds[1]:
        place, message = body.place_of("min"), f"no number keeps {what}: its 'min' is above its 'max'"
        reader.problem("bad-range", place, message, "swap the two, or take one out")
    if body.get("max") is None and body.get("min") is None:
        reader.problem("missing-key", entry.key.place, f"{what} has neither 'max' nor 'min'", "add one")
    most, least = bounds
    if not require_keys(body, ("for", "fact"), what, reader):
        return None
    fact_name = declared_name(body, "fact", what, context.facts, reader) or ""
    fact = context.facts.get(fact_name)
    if fact is None or fact.unit is None:
        problem = "which is no fact" if fact is None else "which is no number"
        numbers = [other.name for other in context.facts.values() if other.numeric]
        reader.problem(
            "unknown-fact",
            body.place_of("fact"),
            f"{what} is about {fact_name!r}, {problem}",
            did_you_mean(fact_name, numbers),
        )
        return None
    return Limit(name, names_of(applies), unless, fact_name, most, least, fact.unit, scope, remedy, source)


def _read_unless(body: Mapping, what: str, context: Context) -> dict[str, tuple[str, ...]]:
    piece = body.get("unless")
    if piece is None:
        return {}
    reader = context.reader
    mapping = reader.mapping(piece, f"'unless' of {what}", piece.place)
    unless: dict[str, tuple[str, ...]] = {}
    for entry in mapping.entries if mapping else ():
        fact = context.facts.get(entry.key.text)
        if fact is None or fact.numeric:
            reader.problem(
                "unknown-fact",
                entry.key.place,
                f"{what} names {entry.key.text!r}, which is no fact with answers",
                did_you_mean(entry.key.text, [one.name for one in context.facts.values() if not one.numeric]),
            )
            continue
        answers = reader.texts(entry.piece, f"'unless' of {what}")
        for scalar in answers:
            if scalar.text not in fact.values:
                reader.problem(
                    "unknown-answer",
                    scalar.place,
                    f"{scalar.text!r} is no value of the fact {fact.name!r}",
                    did_you_mean(scalar.text, fact.values),
                )
        unless[fact.name] = names_of(answers)
    return unless
