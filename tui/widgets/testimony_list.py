"""The list: two lines for each testimony, drawn line by line, so that its length costs nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.strip import Strip

from tui.text import one_line
from tui.widgets.bidi import has_rtl
from tui.widgets.line import Line
from tui.widgets.marking import Marking
from tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.style import Style

ROW_HEIGHT = 2
_GUTTER = 2
_DATE = 13
_NARROW = 50
_NARROW_DATE = 11
_CACHED = 2_000


@dataclass(frozen=True)
class Row:
    """What the list shows of one testimony."""

    date: str
    narrator: str
    title: str
    places: Sequence[str]
    themes: Sequence[str]
    note: str = ""
    """Something about the whole record: that it is sealed, or why it was found."""


class TestimonyList(Marking):
    """A list of testimonies of any length, in which some can be marked.

    It holds identifiers only; what a row shows is asked for when the row comes into view.
    """

    __test__ = False  # not a test, whatever its name
    ROW_HEIGHT = ROW_HEIGHT

    COMPONENT_CLASSES: ClassVar = {
        "testimony-list--cursor",
        "testimony-list--date",
        "testimony-list--narrator",
        "testimony-list--title",
        "testimony-list--places",
        "testimony-list--themes",
        "testimony-list--note",
        "testimony-list--mark",
        "testimony-list--marked",
    }

    DEFAULT_CSS = """
    TestimonyList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        .testimony-list--cursor { background: $surface; }
        .testimony-list--date { color: $foreground 60%; }
        .testimony-list--narrator { text-style: bold; }
        .testimony-list--places { color: $text-success; }
        .testimony-list--themes { color: $foreground 70%; }
        .testimony-list--note { color: $text-accent; text-style: italic; }
        .testimony-list--mark { text-style: bold underline; color: $text-warning; }
        .testimony-list--marked { text-style: bold; color: $text-warning; }
        &:focus .testimony-list--cursor {
            background: $block-cursor-blurred-background;
        }
    }
    """

    class Highlighted(Message):
        """Another testimony is selected, or none is any longer."""

        def __init__(self, id: str | None) -> None:
            super().__init__()
            self.id = id
            """Its identifier."""

    class Opened(Message):
        """The selected testimony is to be read: it was clicked twice."""

    def __init__(self, row_of: Callable[[str], Row], *, id: str | None = None) -> None:
        """Make an empty list.

        Args:
            row_of: gives what to show of a testimony.
            id: the widget's identifier.
        """
        super().__init__(id=id)
        self._row_of = row_of
        self._ids: Sequence[str] = ()
        self._marker: Callable[[str], Sequence[tuple[int, int]]] | None = None
        self._strips: dict[tuple[str, int, int, bool, bool], Strip] = {}
        self._styles: dict[str, Style] = {}
        self._placeholder: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._ids)

    @property
    def ids(self) -> Sequence[str]:
        """The identifiers of the rows, in order."""
        return self._ids

    @property
    def selected(self) -> str | None:
        """The identifier of the selected testimony."""
        return self._ids[self.cursor] if self.cursor < len(self._ids) else None

    def fill(
        self,
        ids: Sequence[str],
        *,
        marker: Callable[[str], Sequence[tuple[int, int]]] | None = None,
        select: str | None = None,
        place: int | None = None,
    ) -> None:
        """Show other rows.

        Args:
            ids: the testimonies, in order; the sequence is kept, not copied.
            marker: gives the spans of a text that are to be marked.
            select: the testimony to select; the first row if it is not among them.
            place: the row to select, where that is known.
        """
        before = self.selected
        self.end_range()
        self._ids = ids
        self._marker = marker
        self.forget()
        place = self._place(select) if place is None else place
        self.set_reactive(TestimonyList.cursor, place)
        self.fit()
        self.refresh()
        if self.selected != before:
            self.post_message(self.Highlighted(self.selected))

    def explain(self, *paragraphs: str) -> None:
        """Say why there are no rows, and what to do; shown while there are none."""
        self._placeholder = paragraphs
        self.refresh()

    def _place(self, id: str | None) -> int:
        # A search keeps the best hit on top unless it is told what to select; looking for the
        # place of one identifier among 100,000 takes a millisecond.
        if id is None:
            return 0
        try:
            return self._ids.index(id)
        except ValueError:
            return 0

    def select(self, id: str) -> bool:
        """Select a testimony; tell whether it is in the list."""
        place = self._place(id)
        if self.selected != id and (place >= len(self._ids) or self._ids[place] != id):
            return False
        self.cursor = place
        return True

    def forget(self) -> None:
        """Draw every row anew: its testimony, the theme or the marks have changed."""
        self._strips.clear()
        self._styles.clear()
        self.refresh()

    def moved(self) -> None:
        """Say that another testimony is selected."""
        self.post_message(self.Highlighted(self.selected))

    def opened(self) -> None:
        """Say that the selected testimony is to be read."""
        self.post_message(self.Opened())

    # --- drawing -----------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Draw for the new width, with the selected row still in view."""
        self._strips.clear()
        self.fit()

    def notify_style_update(self) -> None:
        """Draw anew in another theme, or with the focus."""
        super().notify_style_update()
        self._strips.clear()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the visible part."""
        row, line = divmod(y + self.scroll_offset.y, ROW_HEIGHT)
        cells = self.scrollable_content_region.width
        if row >= len(self._ids):
            return self._draw_placeholder(y, cells)
        id = self._ids[row]
        key = (id, line, cells, row == self.cursor, id in self.marks)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _CACHED:
                self._strips.clear()
            both = self._draw(self._row_of(id), cells, selected=key[3], marked=key[4])
            for number, one in enumerate(both):
                self._strips[id, number, *key[2:]] = one
            strip = both[line]
        return strip

    def _draw_placeholder(self, y: int, cells: int) -> Strip:
        if self._ids or not self._placeholder:
            return Strip.blank(cells, self.rich_style)
        lines = [""]
        for paragraph in self._placeholder:
            safe = one_line(paragraph)
            lines += [safe[start:end] for start, end in wrap(safe, max(1, cells - 2))]
            lines.append("")
        line = Line(cells, self.rich_style)
        line.add(" ")
        if y < len(lines):
            line.add(lines[y].rstrip(), self._style("date"))
        return line.strip()

    def _style(self, name: str) -> Style:
        if name not in self._styles:
            style = self.get_component_rich_style(f"testimony-list--{name}", partial=True)
            self._styles[name] = style
        return self._styles[name]

    def _draw(self, row: Row, cells: int, *, selected: bool, marked: bool) -> tuple[Strip, Strip]:
        base = self.rich_style
        if selected:
            base += self._style("cursor")
        column = _GUTTER + (_NARROW_DATE if cells < _NARROW else _DATE)
        mark = self._style("mark")
        first = Line(cells, base)
        # The bar says which row is selected where there are no colours.
        first.add("▌" if selected else " ")
        if marked:
            first.add("●", self._style("marked"))
        first.pad(_GUTTER)
        first.add(row.date, self._style("date"), room=column - _GUTTER - 1)
        first.pad(column)
        title = row.title
        if row.narrator:
            # Many a title begins with the narrator's name: it is not said twice. A title that
            # is read from the right is left whole, or its parts would change places.
            if not has_rtl(title):
                title = title.removeprefix(row.narrator)
            apart = " — " if title == row.title else ""
            first.add(
                row.narrator,
                self._style("narrator"),
                marker=self._marker,
                mark=mark,
                room=max(8, first.room // 2),
            )
            first.add(apart, self._style("date"))
        first.add(title, self._style("title"), marker=self._marker, mark=mark)

        second = Line(cells, base)
        second.add("▌" if selected else " ")
        second.pad(column)
        if row.note:
            room = second.room * 2 // 5 if row.places or row.themes else second.room
            second.add(row.note, self._style("note"), room=max(10, room))
            if row.places or row.themes:
                second.add("  ", self._style("date"))
        # Places leave themes their share of the line.
        share = second.room * 3 // 5 if row.themes else second.room
        self._add_names(second, row.places, "places", share)
        if row.places and row.themes:
            second.add(" · ", self._style("date"))
        self._add_names(second, row.themes, "themes", second.room)
        return first.strip(), second.strip()

    def _add_names(self, line: Line, names: Sequence[str], style: str, room: int) -> None:
        mark = self._style("mark")
        stop = line.room - room
        for number, name in enumerate(names):
            if line.room - stop <= 1:
                break
            if number:
                line.add(", ", self._style("date"), room=line.room - stop)
            left = line.room - stop
            line.add(name, self._style(style), marker=self._marker, mark=mark, room=left)
