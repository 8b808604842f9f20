"""The lines of a concordance: the hits below each other in one column, their contexts beside."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from tui.text import clip, one_line, width
from tui.widgets.bidi import has_rtl, visual
from tui.widgets.rows import Rows
from tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

_GUTTER = 2
_WIDE = 100
_WHO_WIDE = 26
_MIDDLING = 70
_WHO_MIDDLING = 18
_CACHED = 1_000


class Shown(NamedTuple):
    """What a line shows."""

    who: str
    """Whose testimony it is, briefly."""
    left: str
    """What stands before the hit."""
    hit: str
    """The hit."""
    right: str
    """What stands behind it."""


class ConcordanceList(Rows):
    """Lines with their hits in one column; a line is made when it comes into view."""

    COMPONENT_CLASSES: ClassVar = {
        "concordance-list--cursor",
        "concordance-list--who",
        "concordance-list--hit",
        "concordance-list--note",
    }

    DEFAULT_CSS = """
    ConcordanceList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        .concordance-list--cursor { background: $block-cursor-blurred-background; }
        .concordance-list--who { color: $foreground 60%; }
        .concordance-list--hit { text-style: bold underline; color: $text-accent; }
        .concordance-list--note { color: $foreground 60%; }
    }
    """

    class Highlighted(Message):
        """Another line is selected."""

    class Opened(Message):
        """The selected line was clicked twice."""

    def __init__(
        self, shown: Callable[[int, int], Shown], *, orders: bool, id: str | None = None
    ) -> None:
        """Make an empty list.

        Args:
            shown: gives what a line shows, for its number and the characters of context wanted.
            orders: whether right-to-left text is put into visual order here.
            id: the widget's identifier.
        """
        super().__init__(id=id)
        self._shown = shown
        self._orders = orders
        self._count = 0
        self._placeholder: Sequence[str] = ()
        self._strips: dict[tuple[int, int, bool], Strip] = {}

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._count

    def grow(self, count: int) -> None:
        """Take over that there are more lines; those that were there stay what they are."""
        before, self._count = self._count, count
        self.fit()
        if before < self.scroll_offset.y + self.size.height:
            self.refresh()

    def renew(self, select: int = 0) -> None:
        """Draw every line anew, in another order.

        Args:
            select: the line to select.
        """
        self.set_reactive(ConcordanceList.cursor, self.validate_cursor(select))
        self._strips.clear()
        self.fit()
        self.refresh()
        self.moved()

    def explain(self, *paragraphs: str) -> None:
        """Say why there are no lines; shown while there are none."""
        self._placeholder = paragraphs
        self.refresh()

    def moved(self) -> None:
        """Say that another line is selected."""
        self.post_message(self.Highlighted())

    def opened(self) -> None:
        """Say that the selected line is to be opened."""
        self.post_message(self.Opened())

    def on_resize(self) -> None:
        """Draw for the new width, with the selected line still in view."""
        self._strips.clear()
        self.fit()

    def notify_style_update(self) -> None:
        """Draw anew in another theme."""
        super().notify_style_update()
        self._strips.clear()

    # --- drawing -----------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        row, cells = y + self.scroll_offset.y, self.scrollable_content_region.width
        if row >= self._count:
            return self._draw_placeholder(y, cells)
        key = (row, cells, row == self.cursor)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _CACHED:
                self._strips.clear()
            strip = self._strips[key] = self._draw(row, cells, selected=key[2])
        return strip

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"concordance-list--{name}", partial=True)

    def _draw_placeholder(self, y: int, cells: int) -> Strip:
        lines = [""]
        if not self._count:
            for paragraph in map(one_line, self._placeholder):
                lines += [paragraph[start:end] for start, end in wrap(paragraph, max(1, cells - 2))]
                lines.append("")
        text = f" {lines[y].rstrip()}" if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style + self._style("note"))]).adjust_cell_length(
            cells, self.rich_style
        )

    def _draw(self, row: int, cells: int, *, selected: bool) -> Strip:
        base = self.rich_style
        if selected:
            base += self._style("cursor")
        who = _WHO_WIDE if cells >= _WIDE else _WHO_MIDDLING if cells >= _MIDDLING else 0
        room = max(0, cells - _GUTTER - who)
        before = room * 9 // 20
        shown = self._shown(row, 2 * room)
        # The bar says which line is selected where there are no colours.
        segments = [Segment("▌ " if selected else "  ", base)]
        if who:
            named = clip(one_line(shown.who[: 4 * who]), who - 2)
            drawn = visual(named)[0] if self._orders else named
            padded = drawn + " " * (who - width(drawn))
            segments.append(Segment(padded, base + self._style("who")))
        left, hit, right = map(one_line, shown[1:])
        rtl = self._orders and _runs_from_right(f"{left}{hit}{right}")
        hit = _head(hit, room - before)
        after = room - before - width(hit)
        if rtl:
            # What is read first stands on the right.
            left, right = _head(right, before), _tail(left, after)
        else:
            left, right = _tail(left, before), _head(right, after)
        left, hit, right = (self._in_order(text, rtl=rtl) for text in (left, hit, right))
        segments += [
            Segment(" " * (before - width(left)) + left, base),
            Segment(hit, base + self._style("hit")),
            Segment(right + " " * (after - width(right)), base),
        ]
        return Strip(segments).simplify().crop(0, cells)

    def _in_order(self, text: str, *, rtl: bool) -> str:
        if self._orders and (rtl or has_rtl(text)):
            return visual(text, rtl)[0]
        return text


def _runs_from_right(text: str) -> bool:
    """Say which way a passage runs, by most of its letters: its beginning may be cut off."""
    if not has_rtl(text):
        return False
    kinds = [unicodedata.bidirectional(character) for character in text]
    return kinds.count("R") + kinds.count("AL") > kinds.count("L")


def _head(text: str, cells: int) -> str:
    """Take as much of the beginning as fits, marks with their letters."""
    used = 0
    for at, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > cells:
            return text[:at]
    return text


def _tail(text: str, cells: int) -> str:
    """Take as much of the end as fits; no mark without its letter."""
    used, start = 0, len(text)
    for at in range(len(text) - 1, -1, -1):
        size = get_character_cell_size(text[at])
        used += size
        if used > cells:
            break
        if size:
            start = at
    return text[start:]
