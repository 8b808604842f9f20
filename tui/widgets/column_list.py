"""A list of short lines in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from tui.text import one_line
from tui.widgets.line import Line
from tui.widgets.rows import Rows
from tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence


_KEYS: Final = {"list.page_down": "pagedown", "list.page_up": "pageup"}
"""Space and b are left to the screens: they would have to come before all other keys else, and
so overtake those that choose the line."""


class ColumnList(Rows, inherit_bindings=False):
    """Lines of any text, of which one is selected; nothing in it is obeyed."""

    BINDINGS: ClassVar = [
        one.with_key(_KEYS.get(one.id or "", one.key))
        for one in Rows.BINDINGS
        if isinstance(one, Binding)
    ]

    COMPONENT_CLASSES: ClassVar = {
        "column-list--cursor",
        "column-list--selected",
        "column-list--note",
    }

    DEFAULT_CSS = """
    ColumnList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        .column-list--cursor { background: $block-cursor-blurred-background; }
        .column-list--selected { background: $block-cursor-blurred-background; text-style: bold; }
        .column-list--note { color: $foreground 60%; }
    }
    """

    class Told(Message):
        """Something that a list tells of itself."""

        def __init__(self, list: ColumnList) -> None:
            super().__init__()
            self.list = list

        @property
        def control(self) -> ColumnList:
            """The list that sent it."""
            return self.list

    class Highlighted(Told):
        """Another line is selected."""

    class Opened(Told):
        """The selected line was clicked twice."""

    def __init__(self, columns: Sequence[int], *, id: str | None = None) -> None:
        """Make an empty list.

        Args:
            columns: cells of every column but the last, which has what is left.
            id: the widget's identifier.
        """
        super().__init__(id=id)
        self._columns = columns
        self._lines: Sequence[Sequence[str]] = ()
        self._placeholder: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def fill(self, lines: Sequence[Sequence[str]], select: int = 0) -> None:
        """Show other lines.

        Args:
            lines: the columns of each.
            select: the line to select.
        """
        self._lines = lines
        self.set_reactive(ColumnList.cursor, self.validate_cursor(select))
        self.fit()
        self.refresh()
        self.moved()

    def change(self, number: int, line: Sequence[str]) -> None:
        """Show another line in the place of one."""
        self._lines = [line if n == number else one for n, one in enumerate(self._lines)]
        self.refresh()

    def explain(self, *paragraphs: str) -> None:
        """Say why there are no lines; shown while there are none."""
        self._placeholder = paragraphs
        self.refresh()

    def moved(self) -> None:
        """Say that another line is selected."""
        self.post_message(self.Highlighted(self))

    def opened(self) -> None:
        """Say that the selected line is to be opened."""
        self.post_message(self.Opened(self))

    def on_resize(self) -> None:
        """Keep the selected line in view."""
        self.fit()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        row, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= len(self._lines):
            return self._draw_placeholder(y, cells)
        base = self.rich_style
        selected = row == self.cursor
        if selected:
            name = "selected" if self.has_focus else "cursor"
            base += self.get_component_rich_style(f"column-list--{name}", partial=True)
        line = Line(cells, base)
        # The bar says which line is selected where there are no colours.
        line.add("▌ " if selected else "  ")
        at = 2
        for width, text in zip((*self._columns, cells), self._lines[row], strict=False):
            line.add(text, room=max(0, width - 1))
            at += width
            line.pad(at)
        return line.strip()

    def _draw_placeholder(self, y: int, cells: int) -> Strip:
        lines = [""]
        if not self._lines:
            for paragraph in map(one_line, self._placeholder):
                lines += [paragraph[start:end] for start, end in wrap(paragraph, max(1, cells - 2))]
                lines.append("")
        text = f" {lines[y].rstrip()}" if y < len(lines) else ""
        style = self.get_component_rich_style("column-list--note", partial=True)
        return Strip([Segment(text, self.rich_style + style)]).adjust_cell_length(
            cells, self.rich_style
        )
