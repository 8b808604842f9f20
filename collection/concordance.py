"""The concordance: every hit of a search in its context, one line for each (keyword in context).

Lines are made as they are asked for, so that the first of a hundred thousand testimonies are
there at once. Sorting by what stands beside the hit shows which words go together; the
neighbouring words are compared outwards from it, folded, as concordancers do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from collection.folding import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.testimony import Testimony

REACH: Final = 80
"""Characters of context on either side, unless more are asked for."""
ORDERS: Final = {"found": "result order", "right": "right context", "left": "left context"}
"""What lines may be sorted by, and what that is called."""

Span = tuple[int, int]
"""Half-open offsets into an account."""
Key = tuple[str, ...]
"""Folded words, compared one after the other."""

COMPARED: Final = 48
"""Characters beside a hit that are looked at when lines are sorted."""
_WIDEST_GAP: Final = 4
_NO_LINE: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_BLANK_LINE: Final = re.compile(r"\n\s*\n")


class Found(Protocol):
    """What a search found, as far as it is needed here."""

    @property
    def ids(self) -> Sequence[str]:
        """The identifiers, in order."""

    def marks(self, text: str, field: str | None = None) -> Sequence[Span]:
        """Give what matched in a text."""


class Line(msgspec.Struct, frozen=True):
    """One hit in its context."""

    id: str
    """The testimony's identifier."""
    start: int
    """Offset of the hit into the account."""
    end: int
    """Offset behind it."""
    left: str
    """What stands before it, as written but without line ends; empty at the beginning."""
    hit: str
    """The hit itself, likewise."""
    right: str
    """What stands behind it."""
    number: int
    """Which hit of its testimony it is, from 0."""


def hits_in(account: str, found: Found) -> list[Span]:
    """Find the hits of an account; words of one phrase are one hit.

    Returns:
        half-open offsets in order, none overlapping.
    """
    hits: list[Span] = []
    within: set[str] = set()
    for start, end in found.marks(account, "account"):
        word = fold(account[start:end])
        if hits and _belong(account, hits[-1][1], start, again=word in within):
            hits[-1] = (hits[-1][0], end)
            within.add(word)
        else:
            hits.append((start, end))
            within = {word}
    return hits


def _belong(account: str, end: int, start: int, *, again: bool) -> bool:
    """Tell whether a marked word continues the hit before it.

    No letter and no blank line stand between them; and the same word said again is another hit,
    unless its script has no spaces.
    """
    if start == end:
        return True
    gap = account[end:start]
    return (
        not again
        and len(gap) <= _WIDEST_GAP
        and not any(map(str.isalnum, gap))
        and _BLANK_LINE.search(gap) is None
    )


def line_at(testimony: Testimony, span: Span, number: int = 0, reach: int = REACH) -> Line:
    """Make the line of a hit.

    Args:
        testimony: as it may be seen.
        span: the hit, as offsets into its account.
        number: which hit of the testimony it is, from 0.
        reach: characters of context on either side.
    """
    account = testimony.account
    start, end = (min(offset, len(account)) for offset in span)
    return Line(
        id=testimony.id,
        start=span[0],
        end=span[1],
        left=_NO_LINE.sub(" ", account[max(0, start - reach) : start]),
        hit=_NO_LINE.sub(" ", account[start:end]),
        right=_NO_LINE.sub(" ", account[end : end + reach]),
        number=number,
    )


def key_of(line: Line, by: str) -> Key:
    """Say by what a line is sorted.

    Args:
        line: the line, with a reach of some words.
        by: a key of `ORDERS`.

    Returns:
        the neighbouring words, folded, the nearest first; nothing for the order of the result,
        which a stable sort leaves as it is.
    """
    if by == "left":
        return tuple(reversed(words(line.left[-COMPARED:])))
    if by == "right":
        return tuple(words(line.right[:COMPARED]))
    return ()
