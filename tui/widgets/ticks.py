"""A list of things of which any may be ticked; the sign says so, not a colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events


class Ticks(ColumnList):
    """Lines with a box before each; space and a click tick it."""

    BINDINGS: ClassVar = [
        Binding("space", "turn", "Tick", show=False, id="ticks.turn",
                tooltip="Tick the selected line, or take the tick away"),
    ]  # fmt: skip

    class Changed(ColumnList.Told):
        """Something was ticked, or is no longer."""

    def __init__(self, labels: Mapping[str, str], *, id: str | None = None) -> None:
        """Take what can be ticked.

        Args:
            labels: what each is called, by what it is known by.
            id: the widget's identifier.
        """
        super().__init__((4,), id=id)
        self._labels = dict(labels)
        self._ticked: set[str] = set()

    @property
    def ticked(self) -> tuple[str, ...]:
        """What is ticked, in the order of the lines."""
        return tuple(value for value in self._labels if value in self._ticked)

    def on_mount(self) -> None:
        """Show the lines."""
        self.fill([self._line(value) for value in self._labels])

    def action_turn(self) -> None:
        """Tick the selected line, or take the tick away."""
        value = [*self._labels][self.cursor]
        self._ticked ^= {value}
        self.change(self.cursor, self._line(value))
        self.post_message(self.Changed(self))

    def on_click(self, event: events.Click) -> None:
        """Tick the line under the mouse."""
        event.prevent_default()
        row = self.row_at(event)
        if row is not None:
            self.cursor = row
            self.action_turn()

    def _line(self, value: str) -> tuple[str, str]:
        return "[x]" if value in self._ticked else "[ ]", self._labels[value]
