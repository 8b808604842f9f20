"""The line under the search bar: names that the word being typed may become."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

from textual.message import Message
from textual.widget import Widget

from tui.text import one_line, width
from tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.strip import Strip

_LEAD = 3
"""Cells in front: the names begin below the words of the search bar."""


class Completion(Protocol):
    """A name that is offered."""

    @property
    def field(self) -> str:
        """What kind of name it is."""

    @property
    def name(self) -> str:
        """The name, as testimonies write it."""

    @property
    def count(self) -> int:
        """How many testimonies bear it."""

    @property
    def query(self) -> str:
        """The whole query once it is taken."""


class Completions(Widget):
    """One line of names, of which one is highlighted; nothing where none is offered."""

    COMPONENT_CLASSES: ClassVar = {"completions--name", "completions--about", "completions--chosen"}

    DEFAULT_CSS = """
    Completions {
        height: 1;
        background: $surface;
        .completions--name { color: $foreground; }
        .completions--about { color: $text-muted; }
        .completions--chosen { text-style: bold reverse; }
    }
    """

    class Taken(Message):
        """A name was clicked."""

        def __init__(self, query: str) -> None:
            super().__init__()
            self.query = query
            """The whole query with it."""

    def __init__(self) -> None:
        """Offer nothing."""
        super().__init__()
        self._offered: Sequence[Completion] = ()
        self._chosen = 0
        self._cells: list[tuple[int, int, int]] = []

    def offer(self, offered: Sequence[Completion]) -> None:
        """Offer other names; the one that was highlighted stays so if it is among them."""
        before = self._offered[self._chosen] if self._offered else None
        self._offered = offered
        self._chosen = 0
        for number, one in enumerate(offered):
            if before is not None and (one.field, one.name) == (before.field, before.name):
                self._chosen = number
        self.refresh()

    @property
    def chosen(self) -> Completion | None:
        """The highlighted name."""
        return self._offered[self._chosen] if self._offered else None

    def move(self, step: int) -> None:
        """Highlight another one; behind the last comes the first."""
        if self._offered:
            self._chosen = (self._chosen + step) % len(self._offered)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the name under the mouse."""
        for start, end, number in self._cells:
            if start <= event.x < end:
                self.post_message(self.Taken(self._offered[number].query))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line, from a name on that lets the highlighted one be seen."""
        cells = self.size.width
        line = Line(cells, self.rich_style)
        line.pad(min(_LEAD, cells))
        self._cells = []
        for number in range(self._first(cells - _LEAD), len(self._offered)):
            if line.room <= 4:
                break
            if self._cells:
                line.add(" · ", self._style("about"))
            start = cells - line.room
            one, chosen = self._offered[number], number == self._chosen
            line.add(one.name, self._style("chosen" if chosen else "name"))
            line.add(f" {one.field} {one.count}", self._style("about"))
            self._cells.append((start, cells - line.room, number))
        return line.strip()

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"completions--{name}", partial=True)

    def _first(self, room: int) -> int:
        """Say which name to begin with: the first, unless the highlighted one would be cut."""
        needed = 0
        for number in range(self._chosen, -1, -1):
            one = self._offered[number] if self._offered else None
            if one is None:
                return 0
            needed += width(one_line(f"{one.name} {one.field} {one.count}")) + 3
            if needed > room + 3:
                return min(number + 1, self._chosen)
        return 0
