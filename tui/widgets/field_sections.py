"""The line that names the sections of a form and tells which one the user is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class FieldSections(Widget):
    """The sections side by side; a click goes there. Long names where there is room."""

    DEFAULT_CSS = """
    FieldSections { height: 1; padding: 0 1; background: $panel; color: $text-muted;
        pointer: pointer; }
    """

    current: reactive[int] = reactive(0)
    """The place of the section that the user is in."""

    class Chosen(Message):
        """The user wants to go to a section."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index
            """Its place, from 0."""

    def __init__(self, names: Sequence[tuple[str, str]]) -> None:
        """Name the sections.

        Args:
            names: a long and a short name for each.
        """
        super().__init__()
        self._names = tuple(names)

    def render(self) -> Content:
        """Draw the names; brackets and weight mark the section one is in."""
        return Content.assemble(
            *(
                (f"[{name}]", "bold $text-accent") if n == self.current else f" {name} "
                for n, name in enumerate(self._fitting())
            )
        )

    def _fitting(self) -> list[str]:
        names = [long for long, _ in self._names]
        if sum(len(name) + 2 for name in names) > self.content_size.width:
            names = [short for _, short in self._names]
        return names

    def on_click(self, event: events.Click) -> None:
        """Go to the section under the pointer."""
        if (offset := event.get_content_offset(self)) is None:
            return
        end = 0
        for n, name in enumerate(self._fitting()):
            end += len(name) + 2
            if offset.x < end:
                self.post_message(self.Chosen(n))
                return
