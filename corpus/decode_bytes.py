"""From the bytes of a file to its characters: by a mark, as UTF-8, as declared, or where one reading fits."""

from __future__ import annotations

import codecs
import re

from corpus.errors import GuideError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
# Browsers read these names as the larger Windows set, which differs only where they have no characters.
_AS_BROWSERS_DO = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_LOOKED_AT = 4096  # bytes in which a page declares its characters, and that tell UTF-16 from text
_JUDGED = 200_000  # bytes that the characters are told from
_LEAST_JUDGED = 60  # bytes below which nothing is told
_LIKELY = ("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "koi8_r")
_LEAST_COHERENCE, _MOST_CHAOS = 0.4, 0.1  # charset-normalizer's measures, from 0 to 1
_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_SAVE = "save the file as UTF-8"


def decode_bytes(held: bytes, file: str, *, page: bool = False) -> str:
    """The characters of ``held``, line ends as they are.

    A byte order mark decides, then UTF-8, then what a ``page`` of HTML declares, then what charset-normalizer
    reads without doubt. Raises :class:`GuideError` with the line of the first byte that does not fit.
    """
    for mark, encoding in _MARKS:
        if held.startswith(mark):
            return _decoded(held[len(mark) :], encoding, file)
    if (unmarked := _unmarked_utf16(held)) is not None:
        return _decoded(held, unmarked, file)
    try:
        return held.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = error
    if page and (declared := _declared(held)) is not None:
        return _decoded(held, declared, file)
    # Where some characters are UTF-8 and some are not, every reading of the whole is wrong.
    mixed = _PAIR.search(held, max(0, wrong.start - _JUDGED), wrong.start + _JUDGED)
    if mixed or (told := _told(held, wrong.start)) is None:
        raise _not(held, "UTF-8", wrong.start, file) from wrong
    return told


def _decoded(held: bytes, encoding: str, file: str) -> str:
    try:
        return held.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not(
            held, encoding.removesuffix("-le").removesuffix("-be").upper(), error.start, file
        ) from error


def _not(held: bytes, encoding: str, place: int, file: str) -> GuideError:
    line = held.count(b"\n", 0, place) + 1
    return GuideError(file, f"is not {encoding} (byte {held[place]:#04x})", _SAVE, line)


def _unmarked_utf16(held: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every other byte is zero."""
    begin = held[:_LOOKED_AT]
    if len(begin) < 4 or len(held) % 2:
        return None
    for encoding, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = begin[first::2], begin[1 - first :: 2]
        if zeros.count(0) > 0.7 * len(zeros) and not others.count(0):
            return encoding
    return None


def _declared(held: bytes) -> str | None:
    """The encoding that a page names, ``None`` when it names none or one that there is not."""
    found = _DECLARED.search(held, 0, _LOOKED_AT)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    # A page that says UTF-8 and is not is told from its bytes like any other file.
    return None if name == "utf-8" else _AS_BROWSERS_DO.get(name, name)


def _told(held: bytes, first: int) -> str | None:
    """The characters, where one reading alone makes words of a language; ``None`` where several do.

    Most Western sets agree on German and English, and on typographic signs; on French they do not.
    """
    # It takes a moment to import, and only a file that is not UTF-8 needs it.
    from charset_normalizer import from_bytes

    begin = max(0, first - _JUDGED // 2)
    sample = held[begin : begin + _JUDGED]
    if len(sample) < _LEAST_JUDGED:
        return None
    likely = [
        match
        for match in from_bytes(sample, cp_isolation=list(_LIKELY))
        if match.chaos <= _MOST_CHAOS and match.coherence >= _LEAST_COHERENCE
    ]
    if len({str(match) for match in likely}) != 1:
        return None
    try:
        return held.decode(likely[0].encoding)
    except UnicodeDecodeError:
        return None
