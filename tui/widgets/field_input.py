"""A field of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.highlighter import Highlighter
from textual.widgets import Input

from tui.widgets.field_text import drawn, hold_line, pasted_line, release

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events
    from textual.suggester import Suggester


class _Pictures(Highlighter):
    """Draws pictures instead of stand-ins; the one step of Input's drawing that is ours."""

    def highlight(self, text: Text) -> None:
        """Replace what is drawn, character for character."""
        text.plain = drawn(text.plain)


class FieldInput(Input):
    """An input that holds any text safely; `words` is what it stands for."""

    DEFAULT_CSS = """
    FieldInput, FieldInput:focus { height: 1; border: none; padding: 0 1; background: $surface; }
    FieldInput:focus { background-tint: $foreground 8%; }
    """

    def __init__(
        self, key: str, text: str, *, joint: str = " ", suggester: Suggester | None = None
    ) -> None:
        """Make a field.

        Args:
            key: the field's key.
            text: what it holds at first.
            joint: what stands for a line break in a pasted text.
            suggester: completes what is typed.
        """
        super().__init__(
            hold_line(text),
            highlighter=_Pictures(),
            suggester=suggester,
            select_on_focus=False,
        )
        self.key = key
        """The field's key, dotted where it is nested."""
        self._joint = joint

    @property
    def words(self) -> str:
        """The text as it is meant."""
        return release(self.value)

    @words.setter
    def words(self, text: str) -> None:
        self.value = hold_line(text)

    def take(self, text: str) -> None:
        """Put a text of any lines in the place of the selection."""
        self.replace(hold_line(pasted_line(text, self._joint)), *sorted(self.selection))

    def on_paste(self, event: events.Paste) -> None:
        """Take all lines of what is pasted; Textual would drop all but the first."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.take(self.app.clipboard)

    @property
    def selected_text(self) -> str:
        """The selection as it is meant, for the clipboard."""
        return release(super().selected_text)
