"""Reads the ``options`` and ``facts`` of a rules file."""

from __future__ import annotations

from collections.abc import Container

from rules.errors import did_you_mean
from rules.model import FactSpec, Source
from rules.ranges import format_number
from rules.yaml_tree import Entry, Mapping, Reader, Scalar

FACT_KEYS = ("ask", "why", "values", "assume", "unit", "only_for", "label", "cite", "quote")
RESERVED_ANSWERS = ("unknown", "ask", "kind", *FACT_KEYS)


def read_options(top: Mapping, reader: Reader) -> dict[str, str]:
    """The options and their names for people. None need be declared where leaves recommend in words."""
    piece = top.get("options")
    if piece is None:
        return {}
    mapping = reader.mapping(piece, "options", top.place_of("options"))
    options: dict[str, str] = {}
    for entry in mapping.entries if mapping else ():
        name = entry.key.text
        reader.places[f"options.{name}"] = entry.key.place
        options[name] = reader.text(entry.piece, f"the name of option {name!r}") or name
    return options


def read_facts(top: Mapping, reader: Reader) -> dict[str, FactSpec]:
    """The facts in the author's order."""
    piece = top.get("facts")
    if piece is None:
        return {}
    mapping = reader.mapping(piece, "facts", top.place_of("facts"))
    facts: dict[str, FactSpec] = {}
    for entry in mapping.entries if mapping else ():
        reader.places[f"facts.{entry.key.text}"] = entry.key.place
        body = reader.mapping(entry.piece, f"fact {entry.key.text!r}", entry.key.place)
        # A fact that cannot be read still has a name: what uses it is not wrong as well.
        name = entry.key.text
        unread = FactSpec(name, "", None, ("yes", "no"), {}, None, None, None, None, None)
        facts[name] = _read_fact(entry, body, reader) if body else unread
    return facts


def _read_fact(entry: Entry, body: Mapping, reader: Reader) -> FactSpec:
    name = entry.key.text
    what = f"fact {name!r}"
    ask, why, unit, only_for, label = (
        optional_text(body, key, what, reader) for key in ("ask", "why", "unit", "only_for", "label")
    )
    if ask is None and body.get("ask") is not None:
        ask = ""
    values = _read_values(body, unit, what, reader)
    reader.known_keys(body, (*FACT_KEYS, *values), what)
    meanings = {
        item.key.text: meaning
        for item in body.entries
        if item.key.text in values
        and item.key.text not in FACT_KEYS
        and (meaning := reader.text(item.piece, f"the meaning of {item.key.text!r}"))
    }
    fact = FactSpec(
        name,
        ask,
        why,
        values,
        meanings,
        _read_assume(body, values, unit, what, reader),
        unit,
        only_for,
        read_source(body, what, f"facts.{name}", reader),
        label,
    )
    if ask is None and why is not None:
        reader.problem(
            "never-asked", body.place_of("why"), f"{what} says why but is never asked", "add 'ask'"
        )
    return fact


def _read_values(body: Mapping, unit: str | None, what: str, reader: Reader) -> tuple[str, ...]:
    piece = body.get("values")
    if piece is None:
        return () if unit else ("yes", "no")
    if unit:
        reader.problem(
            "values-and-unit",
            body.place_of("values"),
            f"{what} has both 'values' and 'unit'",
            "keep 'unit' for a number, 'values' for anything else",
        )
        return ()
    values: list[str] = []
    for item in reader.texts(piece, f"the values of {what}"):
        if item.text in values:
            reader.problem(
                "repeated-value", item.place, f"{what} has the value {item.text!r} twice", "keep one"
            )
        elif item.text in RESERVED_ANSWERS:
            reader.problem(
                "reserved-value",
                item.place,
                f"{what} cannot have the value {item.text!r}: the word is taken",
                "choose another word for it",
            )
        else:
            values.append(item.text)
    if len(values) < 2:
        reader.problem("one-value", piece.place, f"{what} needs at least two values", "add the others")
    return tuple(values)


def _read_assume(
    body: Mapping, values: tuple[str, ...], unit: str | None, what: str, reader: Reader
) -> str | None:
    piece = body.get("assume")
    if piece is None:
        return None
    if unit is not None:
        number = reader.number(piece, f"what {what} assumes")
        return None if number is None else format_number(number)
    assume = reader.text(piece, f"what {what} assumes")
    if assume is not None and values and assume not in values:
        reader.problem(
            "unknown-answer",
            piece.place,
            f"{what} assumes {assume!r}, which is none of its values",
            did_you_mean(assume, values),
        )
        return None
    return assume


def read_source(body: Mapping, what: str, path: str, reader: Reader) -> Source | None:
    """The citation of ``body``; one of ``cite`` and ``quote`` without the other is a problem."""
    cite, quote = optional_text(body, "cite", what, reader), optional_text(body, "quote", what, reader)
    for key in ("cite", "quote"):
        if body.get(key) is not None:
            reader.places[f"{path}/{key}"] = body.place_of(key)
    if cite and quote:
        return Source(cite, quote)
    if (body.get("cite") is None) != (body.get("quote") is None):
        given, missing = ("cite", "quote") if quote is None else ("quote", "cite")
        reader.problem(
            "half-citation",
            body.place_of(given),
            f"{what} has {given!r} without {missing!r}",
            "a citation is a section and words that stand in it: give both",
        )
    return None


def optional_text(body: Mapping, key: str, what: str, reader: Reader) -> str | None:
    """The text of ``key``, or ``None`` where it is not given."""
    piece = body.get(key)
    return None if piece is None else reader.text(piece, f"{key!r} of {what}")


def declared_name(body: Mapping, key: str, what: str, declared: Container[str], reader: Reader) -> str | None:
    """The name that ``key`` gives: to the letter if that is ``declared``, else without blanks around it."""
    piece, text = body.get(key), optional_text(body, key, what, reader)
    return piece.text if isinstance(piece, Scalar) and piece.text in declared else text


def names_of(scalars: tuple[Scalar, ...]) -> tuple[str, ...]:
    """The texts, each once, in order."""
    return tuple(dict.fromkeys(scalar.text for scalar in scalars))
