"""A field of many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import TextArea

from tui.widgets.field_text import drawn, hold_block, pasted_block, release

if TYPE_CHECKING:
    from rich.text import Text
    from textual import events


class FieldArea(TextArea):
    """A text area that holds any text safely; `words` is what it stands for."""

    BINDINGS: ClassVar = [
        Binding("ctrl+home", "go_to_start", "Start", show=False, id="field.start",
                tooltip="Go to the start of the text"),
        Binding("ctrl+end", "go_to_end", "End", show=False, id="field.end",
                tooltip="Go to the end of the text"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FieldArea, FieldArea:focus { height: 100%; border: none; padding: 0 1; background: $surface; }
    FieldArea:focus { background-tint: $foreground 8%; }
    """

    def __init__(self, key: str, text: str) -> None:
        """Make a field.

        Args:
            key: the field's key.
            text: what it holds at first.
        """
        held, self._newline = hold_block(text)
        super().__init__(held, highlight_cursor_line=False)
        # It would look through the whole account at every bracket.
        self.match_cursor_bracket = False
        self.key = key
        """The field's key, dotted where it is nested."""

    @property
    def words(self) -> str:
        """The text as it is meant."""
        return release(self.text, self._newline)

    @words.setter
    def words(self, text: str) -> None:
        held, self._newline = hold_block(text)
        self.load_text(held)

    def exchange(self, text: str) -> None:
        """Hold another text; ctrl+z brings back the one before."""
        held, newline = hold_block(text)
        if newline == self._newline:
            self.replace(held, self.document.start, self.document.end)
            self.move_cursor(self.document.start)
        else:
            # Its lines end otherwise now, which an undo would not take back.
            self.words = text

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing but blanks; quick for a long text."""
        return not any(line.strip() for line in self.document.lines)

    def get_line(self, line_index: int) -> Text:
        """Give a line as it is drawn, with pictures instead of stand-ins."""
        line = super().get_line(line_index)
        line.plain = drawn(line.plain)
        return line

    def action_go_to_start(self) -> None:
        """Go to the start of the text; Textual has no key for it."""
        self.move_cursor(self.document.start)

    def action_go_to_end(self) -> None:
        """Go to the end of the text."""
        self.move_cursor(self.document.end)

    def take(self, text: str) -> None:
        """Put a text in the place of the selection."""
        held, _ = hold_block(pasted_block(text))
        done = self.replace(held, *self.selection, maintain_selection_offset=False)
        self.move_cursor(done.end_location)

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted, with its control characters made safe."""
        event.prevent_default()
        event.stop()
        self.take(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.take(self.app.clipboard)

    def action_cut(self) -> None:
        """Cut the selection, or the line; what is copied is the text as it is meant."""
        super().action_cut()
        self._copied_as_meant()

    def action_copy(self) -> None:
        """Copy the selection as it is meant."""
        super().action_copy()
        self._copied_as_meant()

    def _copied_as_meant(self) -> None:
        copied = self.app.clipboard
        if (meant := release(copied)) != copied:
            self.app.copy_to_clipboard(meant)
