"""A screen that lets one or several of many lines be chosen, sifted while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.screens.once import Asking
from tui.text import visible
from tui.widgets.column_list import ColumnList
from tui.widgets.field_input import FieldInput

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult

Line = tuple[str, str]
"""What is given back, and how it is shown."""


class PickScreen(Asking["Sequence[str] | None"]):
    """Gives back what was chosen; Esc chooses nothing."""

    BINDINGS: ClassVar = [
        Binding("escape", "back", "Cancel", id="pick.cancel", tooltip="Choose nothing"),
        Binding("enter", "take", "Take it", id="pick.take",
                tooltip="Take what is marked, or else the selected line"),
        Binding("space", "mark", "Mark", id="pick.mark",
                tooltip="Mark the selected line, or take the mark away"),
        Binding("slash", "sift", "Filter", key_display="/", id="pick.sift",
                tooltip="Type what the lines are to hold"),
        Binding("down", "move(1)", "Next", show=False, id="pick.next", tooltip="Next line"),
        Binding("up", "move(-1)", "Previous", show=False, id="pick.previous",
                tooltip="The line before"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PickScreen {
        align: center middle;
        & > Vertical {
            width: 90; max-width: 100%; height: 30; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        #pick-title { text-style: bold; height: auto; }
        #pick-hint { color: $text-muted; height: auto; }
        FieldInput, FieldInput:focus { background: $boost; }
        ColumnList { height: 1fr; }
    }
    """

    list = getters.query_one(ColumnList)

    def __init__(
        self, title: str, sift: Callable[[str], Sequence[Line]], *, several: bool = False
    ) -> None:
        """Ask.

        Args:
            title: what is to be chosen; any text.
            sift: gives the lines that hold what is typed; all for nothing.
            several: whether several can be chosen.
        """
        super().__init__()
        self._title = title
        self._sift = sift
        self._several = several
        self._lines: Sequence[Line] = ()
        self._marked: dict[str, None] = {}

    def compose(self) -> ComposeResult:
        """Put the words above the lines."""
        hint = (
            "Space marks, Enter takes what is marked, / filters"
            if self._several
            else "Type to filter, ↓ goes to the list, Enter takes it"
        )
        with Vertical():
            yield Static(Content(visible(self._title)), id="pick-title")
            yield FieldInput("words", "")
            yield ColumnList((2,), id="pick-list")
            yield Static(hint, id="pick-hint", markup=False)

    def on_mount(self) -> None:
        """Begin where most begin: one is looked for by its name, several are gone through."""
        self.list.explain("Nothing matches.", "Esc clears what is typed.")
        self._fill()
        self.set_focus(self.list if self._several else self.query_one(FieldInput))

    def _fill(self, select: int = 0) -> None:
        self._lines = self._sift(self.query_one(FieldInput).words)
        rows = [("●" if key in self._marked else "", text) for key, text in self._lines]
        self.list.fill(rows, select)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self._fill()

    def action_move(self, step: int) -> None:
        """Select another line, also while one types."""
        self.list.action_move(step)

    def action_sift(self) -> None:
        """Go to the words."""
        self.query_one(FieldInput).focus()

    def action_mark(self) -> None:
        """Mark the selected line, or take the mark away, and go on."""
        at = self.list.cursor
        if not self._several or at >= len(self._lines):
            return
        key, _ = self._lines[at]
        if key in self._marked:
            del self._marked[key]
        else:
            self._marked[key] = None
        self._fill(at + 1)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        # Enter may come on the heels of the words, before they have been looked for.
        at = self.list.cursor
        before = [key for key, _ in self._lines]
        self._fill()
        if [key for key, _ in self._lines] == before:
            self._fill(at)
        self.action_take()

    @on(ColumnList.Opened)
    def action_take(self) -> None:
        """Give back what is chosen."""
        if self._several and self.focused is not self.list:
            self.set_focus(self.list)
        elif self._marked:
            self.dismiss([*self._marked])
        elif self.list.cursor < len(self._lines):
            self.dismiss([self._lines[self.list.cursor][0]])

    def action_back(self) -> None:
        """Clear what is typed, or leave."""
        field = self.query_one(FieldInput)
        if field.value:
            field.value = ""
        else:
            self.dismiss(None)
