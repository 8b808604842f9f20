"""What differs between two texts: by paragraphs, and within those that differ by words."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

import msgspec
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Kind = Literal["same", "removed", "added"]

CONTEXT: Final = 8
"""Words around a change that are shown with it."""
_LONGEST_CONTEXT: Final = 120
"""Characters of such words at most: not every script has spaces between them."""
_LONGEST_WORD: Final = 40
"""Characters after which the beginning of a word may stand apart from its end."""
_BUDGET: Final = 3_000_000_000
"""Pairs of words compared for one text at most, some 150 ms; beyond, passages are replaced whole.

Pairs are compared 64 at a time (Hyyrö 2003), in memory that grows with the length only
(Hirschberg 1975), so that this bounds both for any text.
"""
_LEAST_KEPT: Final = 0.3
"""Share of the shorter passage that must be kept for changes to be shown within it."""
_A_FEW_WORDS: Final = 40
"""Characters of a passage so short that it is always shown within."""

_PARAGRAPH: Final = re.compile(r"[^\n]*\n|[^\n]+")
_UNSPACED: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Scripts of one character a word, or nearly: kana and Chinese characters."""
_WORD: Final = re.compile(rf"[{_UNSPACED}]\s*|[^\s{_UNSPACED}]+\s*|\s+")
_FINE: Final = re.compile(rf"[{_UNSPACED}]|[^\s{_UNSPACED};,.:!?…]+|[;,.:!?…]+|\s+")
"""Words without the blanks and signs behind them."""
_SHORT: Final = 20_000
"""Characters up to which a passage is taken apart that finely."""
_SENTENCE: Final = re.compile(r"[^.!?…。！？؟।\n]*(?:[.!?…。！？؟।]+\s*|\n\s*)|[^.!?…。！？؟।\n]+")


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A run of characters that both texts have, or only one of them."""

    kind: Kind
    text: str


class Passage(msgspec.Struct, frozen=True):
    """Changes that lie close together, with some words around them."""

    pieces: tuple[Piece, ...]
    cut_before: bool
    """Whether the text goes on before it."""
    cut_after: bool
    """Whether the text goes on behind it."""


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """Take two texts apart into what both have and what only one has.

    Args:
        before: any text.
        after: any other.

    Returns:
        pieces of which none is empty. All but the added ones, put together, are the text
        before; all but the removed ones the text after. Between two that are the same stands
        at most one removed and, behind it, one added.
    """
    start = _common_start(before, after)
    end = _common_end(before, after, min(len(before), len(after)) - start)
    middle = before[start : len(before) - end], after[start : len(after) - end]
    pieces = [("same", before[:start]), *_by_paragraphs(*middle)]
    pieces.append(("same", before[len(before) - end :]))
    return tuple(_tidied(pieces))


_Raw = tuple[str, str]


def _common_start(one: str, other: str) -> int:
    """Give how far two texts agree, back to the beginning of a word."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    if low == len(one) == len(other):
        return low
    least = max(0, low - _LONGEST_WORD)
    for at in range(low, least, -1):
        if one[at - 1].isspace():
            return at
    return least if least == 0 else low


def _common_end(one: str, other: str, most: int) -> int:
    """Give how many characters at the end agree, from the beginning of a word on."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if one[len(one) - middle : len(one) - low] == other[len(other) - middle : len(other) - low]:
            low = middle
        else:
            high = middle - 1
    for at in range(low, max(0, low - _LONGEST_WORD), -1):
        mine, theirs = len(one) - at, len(other) - at
        begins = all(n == 0 or text[n - 1].isspace() for n, text in ((mine, one), (theirs, other)))
        if begins or one[mine].isspace():
            return at
    return 0 if low <= _LONGEST_WORD else low


def _by_paragraphs(before: str, after: str) -> Iterator[_Raw]:
    """Align paragraphs, and what differs by words."""
    budget = _BUDGET
    old, new = _PARAGRAPH.findall(before), _PARAGRAPH.findall(after)
    if len(old) * len(new) > budget:
        yield from (("removed", before), ("added", after))
        return
    budget -= len(old) * len(new)
    for same, one, other in _aligned(old, new):
        if same:
            yield "same", "".join(one)
            continue
        text, changed = "".join(one), "".join(other)
        unit = _FINE if max(len(text), len(changed)) <= _SHORT else _WORD
        words, others = unit.findall(text), unit.findall(changed)
        if len(words) * len(others) > budget:
            # One paragraph of a whole book: its sentences serve.
            words, others = _SENTENCE.findall(text), _SENTENCE.findall(changed)
        yield from _by_words(words, others, budget)
        budget -= len(words) * len(others)


def _by_words(words: Sequence[str], others: Sequence[str], budget: int) -> Iterator[_Raw]:
    stretches = [*_aligned(words, others)] if 0 < len(words) * len(others) <= budget else []
    kept = sum(len(word) for same, left, _ in stretches if same for word in left)
    shorter = min(sum(map(len, words)), sum(map(len, others)))
    if shorter > _A_FEW_WORDS and kept < _LEAST_KEPT * shorter:
        # Nothing but common words in common: two passages read better than a hash of both.
        stretches = []
    for same, left, right in stretches or [(False, words, others)]:
        if same:
            yield "same", "".join(left)
        else:
            yield from (("removed", "".join(left)), ("added", "".join(right)))


def _aligned(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Lay two sequences beside each other: whether a stretch is the same, and both sides of it."""
    for op in Levenshtein.opcodes(old, new):
        one, other = old[op.src_start : op.src_end], new[op.dest_start : op.dest_end]
        # Sequences are compared by the hashes of their items, which may be the same by chance.
        yield op.tag == "equal" and one == other, one, other


def _tidied(pieces: Iterable[_Raw]) -> Iterator[Piece]:
    """Join what belongs together, and let no crumb stand between two changes."""
    removed: list[str] = []
    added: list[str] = []
    joined = [(same, [*group]) for same, group in groupby(
        (piece for piece in pieces if piece[1]), key=lambda piece: piece[0] == "same"
    )]  # fmt: skip
    for at, (same, group) in enumerate(joined):
        if same:
            text = "".join(text for _, text in group)
            if 0 < at < len(joined) - 1 and not any(map(str.isalnum, text)):
                removed.append(text)
                added.append(text)
                continue
            yield from _changed(removed, added)
            yield Piece("same", text)
        else:
            removed += [text for kind, text in group if kind == "removed"]
            added += [text for kind, text in group if kind == "added"]
    yield from _changed(removed, added)


def _changed(removed: list[str], added: list[str]) -> Iterator[Piece]:
    for kind, texts in (("removed", removed), ("added", added)):
        if text := "".join(texts):
            yield Piece(kind, text)  # type: ignore[arg-type]
        texts.clear()


def passages(pieces: Sequence[Piece], words: int = CONTEXT) -> tuple[Passage, ...]:
    """Leave of what is the same only a few words around each change.

    Args:
        pieces: as `compare` gives them.
        words: how many words at most on either side of a change.

    Returns:
        the changed passages in order; none if nothing is changed.
    """
    found: list[Passage] = []
    current: list[Piece] = []
    cut = False
    last = len(pieces) - 1
    for at, piece in enumerate(pieces):
        if piece.kind != "same":
            current.append(piece)
            continue
        head = _head(piece.text, words) if at > 0 else ""
        tail = _tail(piece.text, words) if at < last else ""
        if at > 0 and at < last and len(head) + len(tail) >= len(piece.text):
            current.append(piece)
            continue
        if at > 0:
            behind = len(head) < len(piece.text)
            kept = [*current, Piece("same", head)] if head else current
            found.append(Passage(tuple(kept), cut, behind))
        cut = len(tail) < len(piece.text)
        current = [Piece("same", tail)] if tail else []
    if any(piece.kind != "same" for piece in current):
        found.append(Passage(tuple(current), cut, cut_after=False))
    return tuple(found)


def _head(text: str, words: int) -> str:
    start = text[:_LONGEST_CONTEXT]
    ends = [found.end() for found in _WORD.finditer(start)][: words + 1]
    if len(ends) <= words:
        return start
    return start[: ends[words - 1]]


def _tail(text: str, words: int) -> str:
    end = text[-_LONGEST_CONTEXT:]
    starts = [found.start() for found in _WORD.finditer(end)]
    return end[starts[-words] :] if len(starts) > words else end
