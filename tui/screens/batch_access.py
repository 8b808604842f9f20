"""The step of batch work that seals parts of several testimonies, or opens them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Input, Static

from collection.batching import Batch
from collection.dates import single_day
from collection.testimony import LEVELS, Restriction
from tui.screens.batch import BatchStep
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput
from tui.widgets.ticks import Ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from collection import Collection

_PARTS: Final = {
    "record": "The whole record",
    "name": "The narrator's name",
    "account": "The account",
    "context": "The circumstances",
    "media": "The media",
}


class AccessStep(BatchStep):
    """Asks which parts are to be sealed, how far, until when and why."""

    DEFAULT_CSS = """
    AccessStep {
        #access-fields { height: auto; max-height: 50vh; }
        Ticks { height: 5; }
        .access--row { height: 1; }
        .access--label { width: 12; color: $text-muted; }
        FieldChoice, FieldInput { width: 1fr; background: $boost; }
        VerticalScroll { scrollbar-size-vertical: 1; }
    }
    """

    def __init__(self, collection: Collection, ids: Sequence[str], *, opens: bool = False) -> None:
        """Take the testimonies.

        Args:
            collection: where they are.
            ids: the testimonies.
            opens: whether parts are to be opened rather than sealed.
        """
        what = "Open access again" if opens else "Restrict access"
        super().__init__(collection, ids, what)
        self._opens = opens

    def fields(self) -> Iterator[Widget]:
        """Give the parts, and the terms if something is to be sealed."""
        yield Fields(opens=self._opens)

    def on_mount(self) -> None:
        """Begin with the parts."""
        self.query_one(Ticks).focus()
        self.look()

    def wanted(self) -> Batch | str:
        """Give the change as the fields describe it."""
        parts = self.query_one(Ticks).ticked
        if not parts:
            return "Space chooses what it is about; Tab goes on."
        if self._opens:
            return Batch(open_again=parts)
        written = self.query_one("#access-until", FieldInput).words.strip()
        until = single_day(written)
        if written and not until:
            return "Write a day, as 30 June 2030 or 2030-06-30, or leave it empty."
        terms = Restriction(
            self.query_one(FieldChoice).words,
            until or None,
            self.query_one("#access-reason", FieldInput).words.strip(),
        )
        return Batch(restrict=parts, terms=terms)

    @on(Ticks.Changed)
    @on(FieldChoice.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        self.look()


class Fields(VerticalScroll, can_focus=False):
    """The fields, which scroll in a low window."""

    def __init__(self, *, opens: bool) -> None:
        """Take what is asked for."""
        super().__init__(id="access-fields")
        self._opens = opens

    def compose(self) -> ComposeResult:
        """Put the terms under the parts."""
        yield Ticks(_PARTS, id="access-parts")
        if self._opens:
            return
        yield _Row("how far", FieldChoice("access-level", "restricted", LEVELS[1:]))
        yield _Row("until (day)", _line("until", "empty: no day; one that is set stays"))
        yield _Row("because", _line("reason", "everyone sees this"))


class _Row(Horizontal):
    """A field behind its label."""

    def __init__(self, label: str, field: Widget) -> None:
        super().__init__(Static(label, classes="access--label", markup=False), field)
        self.add_class("access--row")


def _line(key: str, placeholder: str) -> FieldInput:
    field = FieldInput(key, "")
    field.id, field.placeholder = f"access-{key}", placeholder
    return field
