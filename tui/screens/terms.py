"""A small screen that asks which terms a theme is used for, and what stands above and below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from collection.testimony import split_names
from tui.screens.once import Asking
from tui.text import one_line
from tui.widgets.field_input import FieldInput
from tui.widgets.field_text import hold_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from collection.themes import ThemeEntry

_LABELS: Final = {
    "used-for": "Used for (other terms that mean it)",
    "broader": "Broader (themes that it falls under)",
    "narrower": "Narrower (themes that fall under it)",
}


class Terms(NamedTuple):
    """What the keeper says of a theme."""

    used_for: Sequence[str]
    broader: Sequence[str]
    narrower: Sequence[str]


class TermsScreen(Asking["Terms | None"]):
    """Lets the user define a theme; Esc leaves it as it is."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="terms.cancel",
                tooltip="Leave it as it is"),
        Binding("ctrl+s", "save", "Save", id="terms.save", priority=True,
                tooltip="Define the theme as it is written"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TermsScreen {
        align: center middle;
        & > Vertical {
            width: 64; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
            background: $surface; border: round $border; padding: 0 1;
        }
        #terms-title { text-style: bold; }
        .terms--hint { color: $text-muted; }
        FieldInput, FieldInput:focus { padding: 0; background: $boost; }
        FieldInput:focus { background-tint: $foreground 10%; }
    }
    """

    def __init__(self, entry: ThemeEntry, narrower: Sequence[str] = ()) -> None:
        """Take what is known of the theme, and the themes directly below it."""
        super().__init__()
        self._name = entry.name
        self._lists = {
            "used-for": tuple(entry.used_for),
            "broader": tuple(entry.broader),
            "narrower": tuple(narrower),
        }

    def compose(self) -> ComposeResult:
        """Show the three lists as lines."""
        with Vertical():
            yield Static(Content(one_line(f"Theme: {self._name}")), id="terms-title")
            for id, label in _LABELS.items():
                yield Static(label, markup=False)
                yield _line(id, self._lists[id])
            yield Static(
                "Several are separated by ;   ^s or Enter saves, Esc leaves it as it is.",
                classes="terms--hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query_one("#used-for", FieldInput).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Give back what is written."""
        self.dismiss(Terms(*map(self._given, _LABELS)))

    def _given(self, id: str) -> Sequence[str]:
        field, before = self.query_one(f"#{id}", FieldInput), self._lists[id]
        # A name that holds what separates names stays whole where nobody has touched it.
        return before if field.value == hold_line(_joined(before)) else split_names(field.words)


def _line(id: str, names: Sequence[str]) -> FieldInput:
    field = FieldInput(id, _joined(names))
    field.id = id
    return field


def _joined(names: Sequence[str]) -> str:
    return "; ".join(names)
