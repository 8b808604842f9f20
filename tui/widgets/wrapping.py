"""Wraps a text into lines of at most so many cells, as offsets into the text.

Nothing is copied and no character is lost: a line ends where the next one starts, or at the line
feed between them. Spaces at a break hang beyond the width and belong to the line they end.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from rich.cells import get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Span = tuple[int, int]
"""Half-open offsets into a text."""

_SPACES: Final = re.compile(" *")
_NO_START: Final = frozenset(
    "、。，．・：；？！）］｝〉》」』】〕〗〙〟’”ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥"
)
"""Characters that do not begin a line in East Asian text (JIS X 4051)."""
_NO_END: Final = frozenset("（［｛〈《「『【〔〖〘〝‘“")
"""Characters that do not end one."""


def wrap(text: str, width: int) -> list[Span]:
    """Wrap a text; line feeds end a line, tabs take one cell.

    Words are kept whole where they fit; longer ones, and East Asian text, break anywhere, but
    never between a character and the marks on it.

    Args:
        text: a text that `tui.text.visible` has made safe.
        width: cells in a line, at least 1.

    Returns:
        The lines in order, at least one. No line, without the spaces at its end, is wider than
        the width, unless it is a single character.
    """
    width = max(1, width)
    text = text.replace("\t", " ")
    cells = {} if text.isascii() else {one: get_character_cell_size(one) for one in set(text)}
    odd = frozenset(one for one, size in cells.items() if size != 1 and one != "\n")
    lines: list[Span] = []
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        if end - start <= width and not odd:
            lines.append((start, end))
        elif not odd or odd.isdisjoint(text[start:end]):
            lines += _wrap_even(text, start, end, width)
        else:
            found = _wrap_uneven(text[start:end], width, cells)
            lines += [(start + first, start + last) for first, last in found]
        start = end + 1
    return lines


def _wrap_even(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Wrap a paragraph in which every character takes one cell."""
    while end - start > width:
        space = text.rfind(" ", start, start + width + 1)
        if space < 0:
            stop = start + width
        elif space == start + width:
            stop = _skip_spaces(text, space, end)
        else:
            stop = space + 1
        yield start, stop
        start = stop
        if start == end:
            return
    yield start, end


def _skip_spaces(text: str, start: int, end: int) -> int:
    found = _SPACES.match(text, start, end)
    return found.end() if found else start


def _wrap_uneven(text: str, width: int, cells: Mapping[str, int]) -> Iterator[Span]:
    """Wrap a paragraph with wide characters or marks."""
    sums = list(accumulate(map(cells.__getitem__, text), initial=0))
    start, end = 0, len(text)
    while sums[end] - sums[start] > width:
        # The last offset of its sum: marks stay with the character before them.
        full = bisect_right(sums, sums[start] + width, start, end + 1) - 1
        if sums[full] == sums[start]:  # a wide character in a width of one
            full = bisect_right(sums, sums[full + 1], full, end + 1) - 1
        stop = _break(text, sums, start, full)
        yield start, stop
        start = stop
    if start < end or not text:
        yield start, end


def _break(text: str, sums: list[int], start: int, full: int) -> int:
    """Find where to end a line that starts at `start` and has room up to `full`."""
    space = text.rfind(" ", start, full + 1)
    for at in range(full, max(space, start), -1):
        if _may_break(text, sums, at):
            return at
    if space < 0:
        return full
    stop = _skip_spaces(text, space, len(text)) if space == full else space + 1
    if stop < len(text) and sums[stop] == sums[stop + 1]:
        stop -= 1  # the last space carries a mark
    return stop if stop > start else full


def _may_break(text: str, sums: list[int], at: int) -> bool:
    """Say whether a line may end before the character at an offset: beside a wide one."""
    if at == len(text) or text[at] in _NO_START or text[at - 1] in _NO_END:
        return False
    before, own = sums[at] - sums[at - 1], sums[at + 1] - sums[at]
    return own > 0 and (own > 1 or before > 1) and text[at] != " "
