"""Words of a text that come near to a quote: what became of a sentence that somebody rewrote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

# A run of letters and digits; where a script writes no spaces, each character counts as a word.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_PIECE_END = re.compile(r"\n+|(?<=[.!?])\s+")
_BEFORE = re.compile(r"[\s\-*|>#]*")
_BEHIND = re.compile(r"(?:\s*\[[^\]]*\])*[\s|]*$")  # references behind a sentence: [src1] [src2]
MOST_SHOWN = 3

Span = tuple[int, int]


def nearest_sentence(quote: str, text: str) -> tuple[str, float]:
    """The words of ``text`` that come nearest to ``quote``, as they stand there, and how near (0 to 1).

    Nearness is the share of words that both have in the same order (Ratcliff and Obershelp's, as in
    ``difflib``). Tried are as many sentences in a row as the quote has, one more and one fewer, and, for a
    quote that is a part of a sentence, as many words in a row.
    """
    wanted = _words(quote)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2([word.casefold() for word, _ in wanted])
    best, likeness = "", 0.0
    for start, end in _candidates(quote, text, len(wanted)):
        words = text[start:end]
        matcher.set_seq1([word.casefold() for word, _ in _words(words)])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = words, ratio
    return best, likeness


def vocabulary(text: str) -> frozenset[str]:
    """The words of ``text``, each once."""
    return frozenset(word.casefold() for word, _ in _words(text))


def could_be_like(quote: str, words: frozenset[str], likeness: float) -> bool:
    """Whether a text of these ``words`` can hold a sentence that is as like ``quote`` as ``likeness``.

    Of the quote's n words m stand in the text, so that no likeness can be above 2m / (m + n).
    """
    wanted = [word.casefold() for word, _ in _words(quote)]
    there = sum(word in words for word in wanted)
    return 2 * there >= likeness * (there + len(wanted))


def changed_words(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """The runs of words in which two texts differ, each as it was and as it is; the first three of them."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, [w for w, _ in before], [w for w, _ in after], autojunk=False)
    runs = [
        (_text(old, before[a:b]), _text(new, after[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    return tuple(runs[:MOST_SHOWN])


def _words(text: str) -> list[tuple[str, Span]]:
    return [(match[0], match.span()) for match in _WORD.finditer(text)]


def _text(text: str, words: Sequence[tuple[str, Span]]) -> str:
    return text[words[0][1][0] : words[-1][1][1]] if words else ""


def _candidates(quote: str, text: str, words: int) -> Iterator[Span]:
    pieces = list(_pieces(text))
    size = max(1, len(list(_pieces(quote))))
    for first in range(len(pieces)):
        for count in (size, size + 1, size - 1):
            if count > 0 and first + count <= len(pieces):
                yield pieces[first][0], pieces[first + count - 1][1]
    yield from _windows(quote, text, words)


def _windows(quote: str, text: str, count: int) -> Iterator[Span]:
    """Spans of ``count`` words that lie so that a run of words meets the same run of the quote."""
    there = _words(text)
    matcher = SequenceMatcher(
        None,
        [word.casefold() for word, _ in there],
        [word.casefold() for word, _ in _words(quote)],
        autojunk=False,
    )
    for block in matcher.get_matching_blocks():
        first = max(0, block.a - block.b)
        inside = there[first : first + count]
        if inside and block.size:
            yield inside[0][1][0], inside[-1][1][1]


def _pieces(text: str) -> Iterator[Span]:
    """The sentences of a text, and lines that are none, without the mark-up around them."""
    start = 0
    for end, following in [*(match.span() for match in _PIECE_END.finditer(text)), (len(text), len(text))]:
        before = _BEFORE.match(text, start, end)
        first = before.end() if before else start
        behind = _BEHIND.search(text[first:end])
        last = first + behind.start() if behind else end
        if last > first:
            yield first, last
        start = following
