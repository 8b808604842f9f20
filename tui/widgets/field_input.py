"""A field of one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.highlighter import Highlighter
from textual.binding import Binding
from textual.widgets import Input

from tui.widgets.field_names import KnownNames
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


_MOST_STEPS: Final = 200


class FieldInput(Input):
    """An input that holds any text safely; `words` is what it stands for.

    Unlike Textual's, it can take back what was done to it: ctrl+u or ctrl+k lose no words.
    """

    BINDINGS: ClassVar = [
        Binding("ctrl+z", "undo", "Undo", show=False, id="field.undo",
                tooltip="Take the last change of the field back"),
        Binding("ctrl+y", "redo", "Redo", show=False, id="field.redo",
                tooltip="Make the change of the field again"),
    ]  # fmt: skip

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
        held = hold_line(text)
        # Before all else: Textual watches the value from the beginning.
        self._undone: list[str] = []
        self._done: list[str] = []
        self._at_rest = held
        self._growing = False
        self._put = held
        super().__init__(
            held,
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

    def action_cursor_right(self, select: bool = False) -> None:
        """Go right; at the end take the completion, spelt as the collection has it."""
        completed = "" if select or not self.cursor_at_end else self._suggestion
        if completed and isinstance(self.suggester, KnownNames):
            self.put(self.suggester.spelt(completed))
        else:
            super().action_cursor_right(select)

    @property
    def typing(self) -> bool:
        """Whether somebody types at its end; names are offered only then."""
        return self.cursor_at_end and self.value != self._put

    def put(self, value: str) -> None:
        """Hold what was chosen from a list, ready to be typed on."""
        self._put = value
        self.value = value
        self.cursor_position = len(value)

    def exchange(self, text: str) -> None:
        """Hold another text; ctrl+z brings back the one before."""
        self.words = text

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

    # --- taking changes back -----------------------------------------------------------------

    def watch_value(self, before: str, after: str) -> None:
        """Remember what it held: a run of letters typed, or of letters deleted, is one change."""
        if after in (before, self._at_rest):
            return
        grows = after.startswith(self._at_rest) and len(after) == len(self._at_rest) + 1
        if not (grows and self._done and not after[-1].isspace() and self._growing):
            self._done.append(self._at_rest)
            del self._done[:-_MOST_STEPS]
        self._growing = grows
        self._undone.clear()
        self._at_rest = after

    def action_undo(self) -> None:
        """Take the last change back."""
        self._step(self._done, self._undone)

    def action_redo(self) -> None:
        """Make the change again that was taken back."""
        self._step(self._undone, self._done)

    def _step(self, source: list[str], other: list[str]) -> None:
        if source:
            other.append(self._at_rest)
            self._at_rest = source.pop()
            self._growing = False
            self.value = self._at_rest
            self.cursor_position = len(self.value)
