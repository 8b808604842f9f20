"""A small screen that asks for yes or no; no is where one starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from tui.screens.once import Asking
from tui.text import visible

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ConfirmScreen(Asking[bool]):
    """Asks before something that cannot be taken back; Cancel is focused."""

    BINDINGS: ClassVar = [
        Binding("y", "dismiss(True)", "Yes", id="confirm.yes", tooltip="Go on"),
        Binding("n,escape", "dismiss(False)", "No", id="confirm.no", tooltip="Leave it as it is"),
        Binding("left", "app.focus_previous", "Previous", show=False, id="confirm.previous",
                tooltip="Go to the other answer"),
        Binding("right", "app.focus_next", "Next", show=False, id="confirm.next",
                tooltip="Go to the other answer"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ConfirmScreen {
        align: center middle;
        & > Vertical {
            width: 60; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        VerticalScroll { height: auto; max-height: 60vh; }
        #confirm-question { width: 1fr; height: auto; }
        Horizontal { height: auto; align-horizontal: right; padding-top: 1; }
        Button { min-width: 8; margin-left: 1; }
    }
    """

    def __init__(self, question: str, confirm: str = "Yes", cancel: str = "Cancel") -> None:
        """Ask.

        Args:
            question: any text; it is shown literally.
            confirm: what the button is called that goes on.
            cancel: what the button is called that does not.
        """
        super().__init__()
        self._question = question
        self._confirm = confirm
        self._cancel = cancel

    def compose(self) -> ComposeResult:
        """Put the answers under the question."""
        with Vertical():
            # A long question scrolls, so that the answers stay in sight.
            with VerticalScroll(can_focus=False):
                yield Static(Content(visible(self._question)), id="confirm-question")
            with Horizontal():
                yield Button(Content(visible(self._cancel)), id="confirm-no", compact=True)
                yield Button(Content(visible(self._confirm)), id="confirm-yes", compact=True)

    def on_mount(self) -> None:
        """Start at the answer that does no harm."""
        self.query_one("#confirm-no", Button).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "confirm-yes")
