"""A small screen that asks which terms a theme is used for, and what it falls under."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from collection.testimony import split_names
from tui.text import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from collection.themes import ThemeEntry

Terms = tuple[tuple[str, ...], tuple[str, ...]]
"""The terms that a theme is used for, and the broader themes."""


class TermsScreen(ModalScreen["Terms | None"]):
    """Lets the user define a theme; Esc leaves it as it is."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="terms.cancel"),
        Binding("ctrl+s", "save", "Save", id="terms.save", priority=True),
    ]

    DEFAULT_CSS = """
    TermsScreen {
        align: center middle;
        & > Vertical {
            width: 64; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
            background: $surface; border: round $border; padding: 0 1;
        }
        #terms-title { text-style: bold; }
        .terms--hint { color: $text-muted; }
        Input { border: none; height: 1; padding: 0; background: $boost; }
        Input:focus { border: none; background-tint: $foreground 10%; }
    }
    """

    def __init__(self, entry: ThemeEntry) -> None:
        """Take what is known of the theme."""
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Show the two lists as lines."""
        with Vertical():
            yield Static(one_line(f"Theme: {self._entry.name}"), id="terms-title", markup=False)
            yield Static("Used for (other terms that mean it)", markup=False)
            yield Input(_line(self._entry.used_for), compact=True, id="used-for")
            yield Static("Broader (themes that it falls under)", markup=False)
            yield Input(_line(self._entry.broader), compact=True, id="broader")
            yield Static(
                "Several are separated by ;   ^s or Enter saves, Esc leaves it as it is.",
                classes="terms--hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query_one("#used-for", Input).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Give back what is written."""
        lists = (self.query_one(f"#{name}", Input).value for name in ("used-for", "broader"))
        used_for, broader = map(split_names, lists)
        self.dismiss((used_for, broader))


def _line(names: tuple[str, ...]) -> str:
    return one_line("; ".join(names))
