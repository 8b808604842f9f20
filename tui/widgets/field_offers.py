"""The list of names that a field of the form may become, laid over what stands below the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widget import Widget

from tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual import events
    from textual.strip import Strip

    from collection.suggesting import Suggestion
    from tui.widgets.field_input import FieldInput

_MOST = 7
_NARROWEST = 30


class FieldOffers(Widget):
    """Names below a field: down and up choose one, Enter or a click takes it."""

    COMPONENT_CLASSES: ClassVar = {"offers--about", "offers--chosen", "offers--count"}

    DEFAULT_CSS = """
    FieldOffers {
        layer: above; position: absolute; display: none; background: $panel; color: $foreground;
        pointer: pointer;
        .offers--about { color: $text-muted; }
        .offers--count { color: $text-success; }
        .offers--chosen { text-style: bold reverse; }
    }
    """

    class Taken(Message):
        """A name was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place
            """Its place in the list, from 0."""

    def __init__(self) -> None:
        """Offer nothing."""
        super().__init__()
        self._names: Sequence[Suggestion] = ()
        self._chosen = -1

    @property
    def shown(self) -> bool:
        """Whether anything is offered."""
        return bool(self._names)

    @property
    def chosen(self) -> Suggestion | None:
        """The name that is highlighted; none as long as nobody has gone into the list."""
        return self._names[self._chosen] if self._chosen >= 0 else None

    def at(self, place: int) -> Suggestion | None:
        """Give one of the names."""
        return self._names[place] if 0 <= place < len(self._names) else None

    def offer(self, names: Sequence[Suggestion], field: FieldInput) -> None:
        """Show names below a field, or above it where there is more room.

        The one that is highlighted stays so: the names for the last key may come after the next.
        """
        before = self.chosen
        self._lay(names, field)
        self._chosen = next((n for n, one in enumerate(self._names) if one == before), -1)

    def follow(self, field: FieldInput) -> None:
        """Go where the field has gone; what is highlighted stays so."""
        self._lay(self._names, field)
        self._chosen = min(self._chosen, len(self._names) - 1)

    def _lay(self, names: Sequence[Suggestion], field: FieldInput) -> None:
        room, at = self.screen.size, field.region
        below, above = room.height - 1 - at.bottom, at.y - 2
        most = min(_MOST, max(below, above))
        self._names = names[: max(most, 0)]
        self.display = bool(self._names)
        if not self._names:
            return
        height = len(self._names)
        y = at.bottom if height <= below else at.y - height
        width = min(room.width, max(at.width, _NARROWEST))
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (min(at.x, room.width - width), y)
        self.refresh(layout=True)

    def hide(self) -> None:
        """Offer nothing."""
        if self._names:
            self._names, self._chosen = (), -1
            self.display = False

    def move(self, step: int) -> None:
        """Highlight the next name or the one before; before the first is none."""
        count = len(self._names) + 1
        self._chosen = (self._chosen + 1 + step) % count - 1
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Take the name under the mouse."""
        event.stop()
        self.post_message(self.Taken(event.y))

    def render_line(self, y: int) -> Strip:
        """Draw one name with its count, or with what the gazetteer knows of it."""
        line = Line(self.size.width, self.rich_style)
        one = self.at(y)
        if one is None:
            return line.strip()
        chosen = y == self._chosen
        # The sign says which is highlighted where there are no colours.
        line.add("▸" if chosen else " ")
        line.add(one.name, self._style("chosen") if chosen else None)
        if one.count:
            line.add(f" {one.count}", self._style("count"))
        if one.about:
            line.add(f"  {one.about}", self._style("about"))
        return line.strip()

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"offers--{name}", partial=True)
