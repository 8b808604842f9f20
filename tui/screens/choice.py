"""A small screen that asks for one of several things."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.screens.once import Asking

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult


class ChoiceScreen(Asking[str | None]):
    """Lets the user choose; Esc chooses nothing."""

    BINDINGS: ClassVar = [
        Binding("escape,q", "dismiss(None)", "Cancel", id="choice.cancel"),
        Binding("j", "move('cursor_down')", "Next", show=False, id="choice.next"),
        Binding("k", "move('cursor_up')", "Previous", show=False, id="choice.previous"),
    ]

    DEFAULT_CSS = """
    ChoiceScreen {
        align: center middle;
        & > Vertical {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            background: $surface; border: round $border; padding: 0 1;
        }
        OptionList { height: auto; min-width: 12; max-height: 100%; border: none; }
        OptionList { background: $surface; }
        OptionList:focus { border: none; }
        #choice-title { text-style: bold; padding: 0 1; }
    }
    """

    def __init__(self, title: str, choices: Mapping[str, str], chosen: str | None = None) -> None:
        """Ask.

        Args:
            title: what is to be chosen.
            choices: what each is called, by what is given back.
            chosen: the one that holds now.
        """
        super().__init__()
        self._title = title
        self._choices = dict(choices)
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """Show the choices one below the other."""
        with Vertical():
            yield Static(self._title, id="choice-title", markup=False)
            # Options are named by their place: a value from the data is no valid identifier.
            yield OptionList(
                *(
                    Option(Content(f"{'●' if value == self._chosen else ' '} {label}"))
                    for value, label in self._choices.items()
                )
            )

    def on_mount(self) -> None:
        """Start at the one that holds now."""
        options = self.query_one(OptionList)
        values = list(self._choices)
        options.highlighted = values.index(self._chosen) if self._chosen in values else 0
        options.focus()

    def action_move(self, action: str) -> None:
        """Move by letters as in the list."""
        getattr(self.query_one(OptionList), f"action_{action}")()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._choices)[event.option_index])
