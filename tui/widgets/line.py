"""Builds one line of cells from texts: clipped, marked, in visual order, nothing obeyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.strip import Strip

from tui.text import clip, one_line, width
from tui.widgets.bidi import has_rtl, visual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

_PER_CELL = 4
"""Characters looked at for each cell: a text may hold combining marks, but not without end."""


class Line:
    """A line under construction, of a fixed number of cells.

    Each text is isolated from its neighbours: a right-to-left name stays where it was put.
    """

    def __init__(self, cells: int, base: Style) -> None:
        """Start an empty line.

        Args:
            cells: how wide it will be.
            base: the style that every other is laid over.
        """
        self._cells = cells
        self._base = base
        self._used = 0
        self._segments: list[Segment] = []

    @property
    def room(self) -> int:
        """Cells that are left."""
        return self._cells - self._used

    def add(
        self,
        text: str,
        style: Style | None = None,
        *,
        marker: Callable[[str], Sequence[tuple[int, int]]] | None = None,
        mark: Style | None = None,
        room: int | None = None,
    ) -> None:
        """Put a text behind what is there, as much of it as there is room for.

        Args:
            text: any text; it is made safe here.
            style: laid over the base.
            marker: gives the half-open spans of the text to be marked.
            mark: the style of the marked spans.
            room: cells for this text at most; all that are left if not given.
        """
        room = self.room if room is None else min(room, self.room)
        if room <= 0 or not text:
            return
        shown = clip(one_line(text[: room * _PER_CELL]), room)
        spans = marker(text[: len(shown)]) if marker else ()
        plain = self._base + style if style else self._base
        marked = plain + mark if mark else plain
        if not spans and not has_rtl(shown):
            self._segments.append(Segment(shown, plain))
        else:
            self._add_in_order(shown, spans, plain, marked)
        self._used += width(shown)

    def _add_in_order(
        self, shown: str, spans: Sequence[tuple[int, int]], plain: Style, marked: Style
    ) -> None:
        inside = bytearray(len(shown))
        for start, end in spans:
            inside[start:end] = b"\x01" * (min(end, len(shown)) - start)
        drawn, places = visual(shown)
        start = 0
        for at in range(1, len(drawn) + 1):
            if at == len(drawn) or inside[places[at]] != inside[places[start]]:
                style = marked if inside[places[start]] else plain
                self._segments.append(Segment(drawn[start:at], style))
                start = at

    def pad(self, cells: int) -> None:
        """Fill with blanks up to a column."""
        if cells > self._used:
            blanks = min(cells, self._cells) - self._used
            self._segments.append(Segment(" " * blanks, self._base))
            self._used += blanks

    def strip(self) -> Strip:
        """Give the finished line, filled to its width."""
        self.pad(self._cells)
        return Strip(self._segments, self._cells)
