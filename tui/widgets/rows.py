"""Rows of equal height, of which one is selected: what every list drawn line by line can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from textual import events


class Rows(ScrollView, can_focus=True):
    """A list of any length, gone through by keys and mouse; its heirs draw the rows."""

    ROW_HEIGHT: ClassVar[int] = 1
    """Lines of a row."""

    BINDINGS: ClassVar = [
        Binding("j,down", "move(1)", "Next", show=False, id="list.next", tooltip="One row down"),
        Binding(
            "k,up", "move(-1)", "Previous", show=False, id="list.previous", tooltip="One row up"
        ),
        Binding(
            "pagedown,space", "page(1)", "Page down", show=False, id="list.page_down",
            tooltip="A screenful down",
        ),
        Binding(
            "pageup,b", "page(-1)", "Page up", show=False, id="list.page_up",
            tooltip="A screenful up",
        ),
        Binding(
            "ctrl+d", "half_page(1)", "Half down", show=False, id="list.half_down",
            tooltip="Half a screenful down",
        ),
        Binding(
            "ctrl+u", "half_page(-1)", "Half up", show=False, id="list.half_up",
            tooltip="Half a screenful up",
        ),
        Binding("g,home", "first", "First", show=False, id="list.first", tooltip="To the top"),
        Binding("G,end", "last", "Last", show=False, id="list.last", tooltip="To the end"),
    ]  # fmt: skip

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The row that is selected; 0 where there is none."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def moved(self) -> None:
        """Do what is to follow when another row is selected."""

    def opened(self) -> None:
        """Do what is to follow when the selected row is clicked twice."""

    def fit(self) -> None:
        """Take over how many rows there are and how wide; keep the selected one in view."""
        self.virtual_size = Size(self.size.width, self.count * self.ROW_HEIGHT)
        self.bring_into_view(self.cursor)

    def watch_cursor(self, before: int, after: int) -> None:
        """Repaint the two rows that changed, and say so."""
        self.refresh_lines(before * self.ROW_HEIGHT, self.ROW_HEIGHT)
        self.refresh_lines(after * self.ROW_HEIGHT, self.ROW_HEIGHT)
        self.bring_into_view(after)
        self.moved()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(cursor, self.count - 1))

    def bring_into_view(self, row: int) -> None:
        """Scroll as little as is needed to see a row."""
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        first = row * self.ROW_HEIGHT
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif height and first + self.ROW_HEIGHT > top + height:
            bottom = first + self.ROW_HEIGHT
            self.scroll_to(y=bottom - max(height, self.ROW_HEIGHT), animate=False)

    @property
    def rows_in_view(self) -> int:
        """How many rows are seen at once, at least 1."""
        return max(1, self.scrollable_content_region.height // self.ROW_HEIGHT)

    def action_move(self, rows: int) -> None:
        """Select a row further down or up."""
        self.cursor += rows

    def action_page(self, pages: int) -> None:
        """Move by a screenful."""
        self.cursor += pages * self.rows_in_view

    def action_half_page(self, pages: int) -> None:
        """Move by half a screenful."""
        self.cursor += pages * max(1, self.rows_in_view // 2)

    def action_first(self) -> None:
        """Select the first row."""
        self.cursor = 0

    def action_last(self) -> None:
        """Select the last row."""
        self.cursor = self.count - 1

    def on_click(self, event: events.Click) -> None:
        """Select the row under the mouse; a double click opens it."""
        # A border above the rows is none of them.
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = (offset.y + self.scroll_offset.y) // self.ROW_HEIGHT
        if row < self.count:
            self.cursor = row
            if event.chain > 1:
                self.opened()
