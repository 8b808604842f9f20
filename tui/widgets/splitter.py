"""A bar between two panes: dragging it gives one of them more room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events


class Splitter(Widget):
    """A line that can be dragged to the left and right."""

    DEFAULT_CSS = """
    Splitter {
        width: 1;
        height: 1fr;
        color: $border-blurred;
        &:hover { color: $border; text-style: bold; pointer: ew-resize; }
        &.-dragging { color: $border; text-style: bold; }
    }
    """

    class Dragged(Message):
        """The bar was moved."""

        def __init__(self, splitter: Splitter, column: int) -> None:
            super().__init__()
            self.splitter = splitter
            """The bar."""
            self.column = column
            """Where it is to stand, in cells from the left edge of the screen."""

        @property
        def control(self) -> Splitter:
            """The bar, for `@on`."""
            return self.splitter

    def render(self) -> Content:
        """Draw the bar."""
        return Content("\n".join("│" * self.size.height))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the bar."""
        self.capture_mouse()
        self.add_class("-dragging")
        event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Let the bar follow the mouse."""
        if self.has_class("-dragging"):
            self.post_message(self.Dragged(self, event.screen_x))
            event.stop()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go."""
        self.release_mouse()
        self.remove_class("-dragging")
        event.stop()
