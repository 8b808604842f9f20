"""The reader: a whole account, drawn line by line, with its hits."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual.cache import LRUCache
from textual.geometry import Size
from textual.strip import Strip

from tui.widgets.document import CURRENT, MARK, SELECTED, Document
from tui.widgets.drawing import draw_line
from tui.widgets.of_reader import OfReader
from tui.widgets.pages import Pages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.geometry import Region
    from textual.selection import Selection

    from tui.turns import Label
    from tui.widgets.wrapping import Span

MEASURE: Final = 88
"""Cells of the widest line that is still easy to read."""
_TEXT: Final = "reader--text"


class Reader(Pages):
    """Shows an account of any length and any content; nothing in it is obeyed."""

    COMPONENT_CLASSES: ClassVar = {
        "reader--text",
        "reader--heading",
        "reader--notice",
        "reader--placeholder",
        "reader--turn",
        "reader--mark",
        "reader--current-mark",
    }

    DEFAULT_CSS = """
    Reader {
        background: $surface;
        color: $foreground;
        padding: 0 1;
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;

        & > .reader--heading { text-style: bold; }
        & > .reader--notice { color: $text-warning; text-style: italic; }
        & > .reader--placeholder { color: $text-muted; }
        & > .reader--turn { color: $text-muted; text-style: italic; }
        & > .reader--mark { color: $text-accent; text-style: underline; }
        & > .reader--current-mark { text-style: bold reverse; }
    }
    """

    class HitMoved(OfReader):
        """Another hit has become the current one, or the hits have changed."""

        def __init__(self, reader: Reader, index: int, total: int) -> None:
            super().__init__(reader)
            self.index = index
            """Number of the current hit, from 0; -1 if none is."""
            self.total = total
            """How many hits there are."""

    class Scrolled(OfReader):
        """Another part of the account is shown."""

        def __init__(self, reader: Reader, fraction: float) -> None:
            super().__init__(reader)
            self.fraction = fraction
            """How far: 0 at the beginning, 1 at the end."""

    def __init__(
        self,
        *,
        measure: int = MEASURE,
        bidi: str = "app",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Make an empty reader.

        Args:
            measure: cells in the widest line; 0 for as wide as the widget.
            bidi: `app` orders right-to-left text here; `terminal` and `off` leave it as stored.
            id: identifier of the widget.
            classes: its CSS classes.
        """
        super().__init__(id=id, classes=classes)
        self._measure = measure
        self._orders = bidi == "app"
        self._hit = -1
        self._strips: LRUCache[int, Strip] = LRUCache(2048)
        self._anchor = 0
        """Offset into the document that stays at the top when the width changes."""
        self._settled = Size(0, 0)
        """The size for which the scroll position was last set here."""
        self._paints = False

    def show(
        self,
        text: str,
        *,
        heading: Sequence[str | tuple[str, str]] = (),
        marks: Sequence[Span] = (),
        at: int | None = None,
        turns: Sequence[int] = (),
        labels: Sequence[Label] = (),
        placeholder: str = "",
    ) -> None:
        """Replace what is shown.

        Args:
            text: the account; any text.
            heading: lines above it, each plain or with its component class.
            marks: half-open spans of the account that are hits.
            at: an offset into the account to bring into view; None for the top. A hit there
                becomes the current one.
            turns: offsets into the account where a speaker's turn begins.
            labels: lines to be shown between those of the account, each above the line that
                holds its offset.
            placeholder: shown if there is neither text nor heading.
        """
        if not text and not heading and placeholder:
            heading = [(placeholder, "reader--placeholder")]
        self._document = Document(text, heading, plain=_TEXT, labels=labels)
        self._document.mark(marks)
        self._turns = sorted(turns)
        self._hit = -1
        self._wanted = 0
        if at is not None:
            self._wanted = self._document.offset + max(0, min(at, len(text)))
            for index, _ in self._document.marks_within(self._wanted, self._wanted + 1):
                self._hit = index
        self._lay_out()
        self.post_message(self.HitMoved(self, self._hit, self.hit_count))
        self.post_message(self.Scrolled(self, self.fraction))

    # --- hits --------------------------------------------------------------------------------

    @property
    def hit_count(self) -> int:
        """How many hits are marked."""
        return len(self._document.marks)

    @property
    def hit_index(self) -> int:
        """Number of the current hit, from 0; -1 if none is."""
        return self._hit

    def set_marks(self, marks: Sequence[Span]) -> None:
        """Mark other hits in the same account; the current one stays so if it is among them."""
        document = self._document
        current = document.marks[self._hit] if self._hit >= 0 else None
        document.mark(marks)
        self._hit = document.marks.index(current) if current in document.marks else -1
        self._redraw()
        self.post_message(self.HitMoved(self, self._hit, self.hit_count))

    def next_hit(self) -> bool:
        """Go to the next hit; False if there is none."""
        return self._hit + 1 < self.hit_count and self.go_to_hit(self._hit + 1)

    def previous_hit(self) -> bool:
        """Go to the hit before the current one; False if there is none."""
        return self._hit > 0 and self.go_to_hit(self._hit - 1)

    def go_to_hit(self, index: int) -> bool:
        """Make a hit the current one and bring it into view; a negative number counts from the end.

        Returns:
            False if there is no such hit.
        """
        marks = self._document.marks
        if not -len(marks) <= index < len(marks):
            return False
        old, self._hit = self._hit, index % len(marks)
        for changed in {old, self._hit} - {-1}:
            self._redraw_span(*marks[changed])
        self._bring_into_view(marks[self._hit][0])
        self.post_message(self.HitMoved(self, self._hit, len(marks)))
        return True

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value):
            return
        # A change of size may move the lines before they are laid out anew: that is no reading on.
        if self.size == self._settled:
            self._anchor = self._top()
        self.post_message(self.Scrolled(self, self.fraction))

    # --- laying out --------------------------------------------------------------------------

    def on_resize(self, _event: events.Resize) -> None:
        """Lay the lines out anew; what was at the top stays there."""
        self._lay_out()
        self.post_message(self.Scrolled(self, self.fraction))

    def _lay_out(self) -> None:
        room = self.scrollable_content_region.width
        if not room:
            self._width = 0
            return
        cells = min(room, self._measure) if self._measure else room
        if self._wanted is not None or cells != self._width:
            self._document.wrap(cells)
            self._width = cells
            # A selection is kept in lines and columns, which have changed.
            if self.text_selection is not None:
                self.screen.clear_selection()
        height = len(self._document.lines) if self._document.text else 0
        self._settled = Size(-1, -1)
        self.virtual_size = Size(room, height)
        if self._wanted is None:
            self._go(self._document.beginning_at(self._anchor))
        else:
            line = self._document.beginning_at(self._wanted)
            self._go(line if line < self.size.height else line - self.size.height // 3)
            self._wanted = None
            self._anchor = self._top()
        self._settled = self.size
        self._redraw()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    def _redraw_span(self, start: int, end: int) -> None:
        first, last = self._document.line_at(start), self._document.line_at(end - 1)
        for number in range(first, last + 1):
            self._strips.discard(number)
        self.refresh_lines(first, last - first + 1)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    # --- selection ---------------------------------------------------------------------------

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002
        self._redraw()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Give the selected passage as it was given to the reader: in stored order, unchanged."""
        start, end = self._selected(selection)
        return self._document.original[start:end], "\n"

    @property
    def passage(self) -> Span | None:
        """The selected passage of the account, or else the current hit; None if there is none."""
        start, end = self._selected(self.text_selection) if self.text_selection else (0, 0)
        if start == end and self._hit >= 0:
            start, end = self._document.marks[self._hit]
        start, end = (max(0, at - self._document.offset) for at in (start, end))
        return (start, end) if start < end else None

    def _selected(self, selection: Selection) -> Span:
        document, (start, end) = self._document, selection
        return (
            document.offset_at(*start) if start else 0,
            document.offset_at(*end) if end else len(document.text),
        )

    # --- drawing -----------------------------------------------------------------------------

    def render_lines(self, crop: Region) -> list[Strip]:
        self._paints = True
        try:
            return super().render_lines(crop)
        finally:
            self._paints = False

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget; if not for the screen, then to find what the mouse is on."""
        number = y + self.scroll_offset.y
        if number >= self.virtual_size.height or number >= len(self._document.lines):
            blank = Strip.blank(self.size.width, self.rich_style)
            return blank if self._paints else blank.apply_offsets(0, number)
        if not self._paints:
            return self._draw(number, pointed=True)
        strip = self._strips.get(number)
        if strip is None:
            strip = self._strips[number] = self._draw(number)
        return strip

    def _draw(self, number: int, *, pointed: bool = False) -> Strip:
        line = self._document.line(number)
        base = self.rich_style + self.get_component_rich_style(line.name, partial=True)
        selected = self._selected(self.text_selection) if self.text_selection else (0, 0)
        return draw_line(
            line,
            self._document.kinds(line, self._hit, selected),
            partial(self._style, base),
            number=number,
            width=self._width,
            room=self.size.width,
            orders=self._orders,
            pointed=pointed,
        )

    def _style(self, base: Style, kind: int) -> Style:
        if kind & CURRENT:
            base += self.get_component_rich_style("reader--current-mark", partial=True)
        elif kind & MARK:
            base += self.get_component_rich_style("reader--mark", partial=True)
        if kind & SELECTED:
            base += self.screen.get_component_rich_style("screen--selection")
        return base
