"""A small screen that asks for a name, and whether the former one is kept as another name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.suggester import SuggestFromList
from textual.widgets import Checkbox, Input, Static

from tui.screens.once import Asking
from tui.text import visible
from tui.widgets.field_input import FieldInput
from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult


class Answer(NamedTuple):
    """What was given."""

    name: str
    keep: bool
    """Whether the former name is kept as another one."""


class AskNameScreen(Asking["Answer | None"]):
    """Asks; Esc gives nothing."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="ask_name.cancel",
                tooltip="Leave it as it is"),
        Binding("ctrl+s", "save", "Save", id="ask_name.save", priority=True,
                tooltip="Take the name as it is written"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    AskNameScreen {
        align: center middle;
        & > Vertical {
            width: 64; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
            background: $surface; border: round $border; padding: 0 1;
        }
        #ask-title { text-style: bold; }
        .ask--hint { color: $text-muted; }
        FieldInput, FieldInput:focus { background: $boost; }
        Checkbox, Checkbox:focus { border: none; padding: 0; height: 1; }
    }
    """

    def __init__(
        self, title: str, name: str, hint: str, *, known: Iterable[str] = (), keep: str = ""
    ) -> None:
        """Ask.

        Args:
            title: what is asked; any text.
            name: what stands there at first.
            hint: what will happen.
            known: names that are offered while one types.
            keep: what is asked about the former name; nothing if empty.
        """
        super().__init__()
        self._title = title
        self._name_at_first = name
        self._hint = hint
        self._keep = keep
        # A suggestion is drawn as it is, so names that would not be safe are left out.
        names = [name for name in known if safe(name) == name]
        self._suggester = SuggestFromList(names, case_sensitive=False)

    def compose(self) -> ComposeResult:
        """Put the name between the question and what will happen."""
        with Vertical():
            yield Static(Content(visible(self._title)), id="ask-title")
            yield FieldInput("name", self._name_at_first, suggester=self._suggester)
            if self._keep:
                yield Checkbox(Content(self._keep), value=True, id="ask-keep", compact=True)
            yield Static(Content(visible(self._hint)), classes="ask--hint")
            yield Static("Enter or ^s: do it · Esc: cancel", classes="ask--hint", markup=False)

    def on_mount(self) -> None:
        """Begin with the name."""
        field = self.query_one(FieldInput)
        field.focus()
        field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Give back what is written."""
        name = self.query_one(FieldInput).words
        keep = self.query_one(Checkbox).value if self._keep else False
        # Blanks around a name are nobody's intention.
        self.dismiss(Answer(name.strip(), keep))
