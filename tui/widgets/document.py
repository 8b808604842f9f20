"""What the reader shows, without the screen: a text with its heading, its lines and its marks."""

from __future__ import annotations

import sys
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from tui.text import clip, one_line, visible, width
from tui.turns import with_labels
from tui.widgets.bidi import has_rtl, is_rtl
from tui.widgets.wrapping import Span, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.turns import Label

MARK: Final = 1
"""A character of a hit."""
CURRENT: Final = 2
"""A character of the current hit."""
SELECTED: Final = 4
"""Added where a character is selected."""
REMOVED: Final = 8
"""Added where a character stands in an earlier version only."""
ADDED: Final = 16
"""Added where a character stands in a later version only."""
LABEL: Final = "reader--turn"
"""Component class of lines between those of the account."""
_LOOKED_AT: Final = 2000
"""Characters of a paragraph that are asked for its direction."""


class Line(NamedTuple):
    """A line as it is to be drawn."""

    start: int
    """Offset of its first character into the document."""
    end: int
    """Offset behind its last character that is drawn; spaces at a break are not."""
    text: str
    """What is drawn, in the order it is stored."""
    name: str
    """Component class that it is styled by."""
    rtl: bool
    """Whether its paragraph runs from right to left."""


class Document:
    """A heading and an account as one text, so that one kind of offset serves for both."""

    def __init__(
        self,
        account: str,
        heading: Sequence[str | tuple[str, str]] = (),
        *,
        plain: str = "",
        labels: Sequence[Label] = (),
    ) -> None:
        """Take what is to be shown.

        Args:
            account: any text.
            heading: lines above it; those that are pairs name their component class.
            plain: component class of the account and of lines that name none.
            labels: lines to be put between those of the account, with the offset into it above
                whose line each stands; they hold none of its characters.
        """
        said = [(line, plain) if isinstance(line, str) else line for line in heading]
        if account and said and said[-1][0]:
            said.append(("", plain))
        self._plain = plain
        self._names: list[tuple[int, str]] = []
        lengths = 0
        for line, name in said:
            lengths += len(line) + 1
            self._names.append((lengths, name))
        above = "\n".join([line for line, _ in said])
        self.original = f"{above}\n{account}" if said and account else above or account
        """The text as it was given: what copying gives."""
        self.text = visible(self.original)
        """The text as it is drawn, of the same length."""
        self.offset = lengths if account else len(self.text)
        """Where the account starts."""
        self.lines: list[Span] = [(0, 0)]
        """Half-open offsets of the lines, hanging spaces included; never empty."""
        self._between = [(at + self.offset, label) for at, label in labels]
        self._labels: dict[int, str] = {}
        """The lines that hold no characters of the text, and what is drawn there."""
        self._cells = 0
        self._rtl = has_rtl(self.text)
        self._directions: dict[int, bool] = {}
        self._marks: list[Span] = []
        self._painted: list[tuple[int, int, int]] = []

    def wrap(self, cells: int) -> None:
        """Lay the text out in lines of at most so many cells."""
        self.lines, self._labels = wrap(self.text, cells), {}
        if self._between:
            self.lines, self._labels = with_labels(self.lines, self._between)
        self._cells = cells

    def line_at(self, offset: int) -> int:
        """Give the number of the line that holds an offset into the document."""
        return max(0, bisect_right(self.lines, (offset, sys.maxsize)) - 1)

    def beginning_at(self, offset: int) -> int:
        """Give the number of the line that holds an offset, or of the first label above it."""
        line = self.line_at(offset)
        while line - 1 in self._labels:
            line -= 1
        return line

    def offset_at(self, column: int, number: int) -> int:
        """Give the offset of a character of a line; outside, the nearest one there is."""
        if number >= len(self.lines):
            return len(self.text)
        start, end = self.lines[max(0, number)]
        offset = min(end, start + max(0, column))
        # Marks go with their letter: they have no cell to point at.
        while offset < end and self.text[offset] != "\t" and not width(self.text[offset]):
            offset += 1
        return offset

    def line(self, number: int) -> Line:
        """Give a line as it is to be drawn."""
        start, end = self.lines[number]
        if number in self._labels:
            label = clip(one_line(self._labels[number]), self._cells)
            return Line(start, start, label, LABEL, self._rtl and self._is_rtl(start))
        text = self.text[start:end].rstrip(" \t").replace("\t", " ")
        name = self._plain
        if start < self.offset:
            at = bisect_right(self._names, start, key=lambda pair: pair[0])
            name = self._names[at][1] if at < len(self._names) else self._plain
        return Line(start, start + len(text), text, name, self._rtl and self._is_rtl(start))

    def _is_rtl(self, offset: int) -> bool:
        start = self.text.rfind("\n", 0, offset) + 1
        if start not in self._directions:
            end = self.text.find("\n", start, start + _LOOKED_AT)
            paragraph = self.text[start : start + _LOOKED_AT if end < 0 else end]
            self._directions[start] = is_rtl(paragraph)
        return self._directions[start]

    @property
    def marks(self) -> list[Span]:
        """Marked spans, as offsets into the document: in order, none empty, none overlapping."""
        return self._marks

    def mark(self, spans: Sequence[Span]) -> None:
        """Mark half-open spans of the account; what overlaps or lies outside is cut."""
        self._marks = []
        last, limit = self.offset, len(self.text)
        for start, end in sorted(spans):
            first = max(last, start + self.offset)
            stop = min(limit, end + self.offset)
            if first < stop:
                self._marks.append((first, stop))
                last = stop

    def paint(self, spans: Sequence[tuple[int, int, int]]) -> None:
        """Add a kind to half-open spans of the document: in order, none overlapping."""
        self._painted = list(spans)

    def marks_within(self, start: int, end: int) -> Iterator[tuple[int, Span]]:
        """Give the marks that reach into a span of the document, with their numbers."""
        at = max(0, bisect_right(self._marks, (start, sys.maxsize)) - 1)
        while at < len(self._marks) and self._marks[at][0] < end:
            if self._marks[at][1] > start:
                yield at, self._marks[at]
            at += 1

    def kinds(self, line: Line, current: int, selected: Span) -> bytearray:
        """Say for each character of a line whether it is marked, selected, or both.

        Args:
            line: the line.
            current: number of the current hit.
            selected: half-open offsets into the document.
        """
        kinds = bytearray(len(line.text))
        for index, (start, end) in self.marks_within(line.start, line.end):
            kind = CURRENT if index == current else MARK
            for at in range(max(start, line.start), min(end, line.end)):
                kinds[at - line.start] = kind
        behind = bisect_right(self._painted, line.start, key=lambda span: span[1])
        for start, end, kind in islice(self._painted, behind, None):
            if start >= line.end:
                break
            for at in range(max(start, line.start), min(end, line.end)):
                kinds[at - line.start] |= kind
        start, end = selected
        for at in range(max(start, line.start), min(end, line.end)):
            kinds[at - line.start] |= SELECTED
        return kinds
