"""Asks before an earlier version is brought back, and shows what will change."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Button, Static

from tui.screens.confirm import ConfirmScreen
from tui.text import visible
from tui.widgets.difference_view import DifferenceView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.differing import Told


class BringBackScreen(ConfirmScreen):
    """The question, what will change, and the answers."""

    BINDINGS: ClassVar = [
        Binding("j,down", "scroll('move', 1)", "Line down", show=False, id="bring_back.down"),
        Binding("k,up", "scroll('move', -1)", "Line up", show=False, id="bring_back.up"),
        Binding("pagedown,space", "scroll('page', 1)", "Page down", show=False,
                id="bring_back.page_down"),
        Binding("pageup", "scroll('page', -1)", "Page up", show=False, id="bring_back.page_up"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    BringBackScreen {
        & > Vertical { width: 90; }
        DifferenceView { height: auto; max-height: 60vh; margin-top: 1; background: $boost; }
    }
    """

    def __init__(self, question: str, told: Told, *, bidi: str) -> None:
        """Ask.

        Args:
            question: any text; it is shown literally.
            told: what will change.
            bidi: `app` orders right-to-left text here.
        """
        super().__init__(question, "Bring back", "Cancel")
        self._told = told
        self._bidi = bidi

    def compose(self) -> ComposeResult:
        """Put what will change between the question and the answers."""
        with Vertical():
            yield Static(Content(visible(self._question)), id="confirm-question")
            yield DifferenceView(bidi=self._bidi, measure=0)
            with Horizontal():
                yield Button("Cancel (n)", id="confirm-no", compact=True)
                yield Button("Bring back (y)", id="confirm-yes", compact=True)

    def on_mount(self) -> None:
        """Show what will change; start at the answer that does no harm."""
        super().on_mount()
        self.query_one(DifferenceView).tell(self._told)

    def action_scroll(self, how: str, by: int) -> None:
        """Scroll through what will change; the answers keep the focus."""
        getattr(self.query_one(DifferenceView), f"action_{how}")(by)
