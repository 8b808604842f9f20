"""Asks, by having the identifier typed, before a testimony is erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Input, Static

from tui.screens.once import Asking
from tui.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

_GONE = (
    "This removes the testimony with everything it ever said: from the file, from its history, "
    "from its backups and from the search cache. Nothing brings it back, u does not either. Only "
    "that something with this identifier was erased, when and by whom stays noted."
)
_ELSEWHERE = "Copies elsewhere are not reached: what was exported, other disks, what others have."


class EraseScreen(Asking[bool]):
    """Nothing is erased until the identifier stands there exactly."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (18, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(False)", "Cancel", id="erase.cancel",
                tooltip="Leave it as it is"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    EraseScreen {
        align: center middle;
        & > Vertical {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $error; padding: 0 1;
        }
        VerticalScroll { height: auto; max-height: 60vh; }
        &.-low VerticalScroll { max-height: 3; }
        VerticalScroll Static { width: 1fr; height: auto; margin-bottom: 1; }
        #erase-title { text-style: bold; }
        #erase-problem { height: auto; color: $text-error; }
        Input { border: none; height: 1; padding: 0; background: $boost; }
        Input:focus { border: none; background-tint: $foreground 10%; }
        Horizontal { height: auto; align-horizontal: right; }
        Button { min-width: 8; margin-left: 1; }
    }
    """

    def __init__(self, id: str, title: str) -> None:
        """Ask.

        Args:
            id: the testimony's identifier, which is to be typed.
            title: its title, as far as it may be seen.
        """
        super().__init__()
        self._wanted = id
        self._title_text = title

    def compose(self) -> ComposeResult:
        """Say what will be gone, then ask for the identifier."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                told = one_line(f"Erase for good: {self._wanted}")
                yield Static(Content(told), id="erase-title")
                if self._title_text:
                    yield Static(Content(one_line(self._title_text)))
                for sentence in (_GONE, _ELSEWHERE):
                    yield Static(Content(sentence))
            wanted = one_line(f"Type the identifier to erase it, {self._wanted}")
            yield Static(Content(wanted))
            yield Input(compact=True, id="erase-input")
            yield Static("", id="erase-problem", markup=False)
            with Horizontal():
                yield Button("Cancel", id="erase-no", compact=True)
                yield Button("Erase for good", id="erase-yes", compact=True, disabled=True)

    def on_mount(self) -> None:
        """Begin where the identifier is typed."""
        self.query_one(Input).focus()

    @property
    def _is_typed(self) -> bool:
        # What a file made by hand calls a testimony may hold what nobody can type.
        return self.query_one(Input).value in (self._wanted, one_line(self._wanted))

    @on(Input.Changed)
    def _changed(self) -> None:
        self.query_one("#erase-problem", Static).update("")
        self.query_one("#erase-yes", Button).disabled = not self._is_typed

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._is_typed:
            self.dismiss(True)
            return
        said = "That is not the identifier. Nothing is erased; Esc leaves it as it is."
        self.query_one("#erase-problem", Static).update(said)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "erase-no":
            self.dismiss(False)
        elif self._is_typed:
            self.dismiss(True)
