"""Draws one line of the reader: in visual order, styled, and knowing what the mouse points at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.widgets.bidi import has_rtl, visual

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.widgets.document import Line


def draw_line(
    line: Line,
    kinds: Sequence[int],
    style: Callable[[int], Style],
    *,
    number: int,
    width: int,
    room: int,
    orders: bool,
    pointed: bool = False,
) -> Strip:
    """Draw a line.

    Args:
        line: the line.
        kinds: for each of its characters a number that says how it is styled; 0 is plain.
        style: gives the style of such a number.
        number: the number of the line in its document.
        width: cells that lines are laid out for; right-to-left paragraphs end there.
        room: cells to fill.
        orders: whether right-to-left text is put into visual order and to the right.
        pointed: give every segment the offset into the line, in stored order, of its first
            character, by which Textual finds what the mouse points at. It cuts right-to-left
            text into single characters: too many segments for drawing.
    """
    places: Sequence[int] = range(len(line.text))
    drawn, mirrored = line.text, orders and line.rtl
    if mirrored or (orders and has_rtl(line.text)):
        drawn, places = visual(line.text, line.rtl)
    cells = cell_len(drawn)
    segments = []

    def add(text: str, kind: int, offset: int) -> None:
        drawn_in = style(kind)
        if pointed:
            drawn_in += Style.from_meta({"offset": (offset, number)})
        segments.append(Segment(text, drawn_in))

    if mirrored and cells < width:
        # In such a line the blank on the left lies behind the end, that on the right before
        # the beginning: its offsets stay at or below 0, however far right the mouse is.
        add(" " * (width - cells), 0, len(line.text))
        cells = width
    start = 0
    for at in range(1, len(drawn) + 1):
        kind = kinds[places[start]]
        follows = not pointed or (at < len(drawn) and places[at] == places[at - 1] + 1)
        if at == len(drawn) or kinds[places[at]] != kind or not follows:
            add(drawn[start:at], kind, places[start])
            start = at
    if (blank := room - cells) > 0:
        add(" " * blank, 0, -blank if mirrored else len(line.text))
    return Strip(segments, max(cells, room))
