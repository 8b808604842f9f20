"""A small screen that asks where a place lies and what else it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from collection.testimony import split_names
from tui.screens.once import Asking
from tui.terms import coordinates
from tui.text import visible
from tui.widgets.field_input import FieldInput
from tui.widgets.field_text import hold_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from collection.places.entry import PlaceEntry

_COUNTRY: Final = re.compile(r"[A-Z]{2}(\|[A-Z]{2})*")
_NUMBER: Final = r"[-+]?[0-9]+(?:\.[0-9]+)?"
_PLACE: Final = re.compile(rf"\s*({_NUMBER})\s*[,;\s]\s*({_NUMBER})\s*")


class Given(NamedTuple):
    """What the keeper says of a place; none where it stays as it is."""

    country: str | None
    latitude: float | None
    longitude: float | None
    aliases: tuple[str, ...] | None


class PlaceScreen(Asking["Given | None"]):
    """Lets the user say what is known of a place; Esc leaves it as it is."""

    BINDINGS: ClassVar = [
        Binding("escape", "dismiss(None)", "Cancel", id="place.cancel",
                tooltip="Leave it as it is"),
        Binding("ctrl+s", "save", "Save", id="place.save", priority=True,
                tooltip="Decide it as it is written"),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PlaceScreen {
        align: center middle;
        & > Vertical {
            width: 64; max-width: 100%; height: auto; max-height: 100%; overflow-y: auto;
            background: $surface; border: round $border; padding: 0 1;
        }
        #place-title { text-style: bold; }
        #place-problem { color: $text-error; display: none; }
        #place-problem.-told { display: block; }
        .place--hint { color: $text-muted; }
        FieldInput, FieldInput:focus { background: $boost; }
    }
    """

    def __init__(self, entry: PlaceEntry, country_code: Callable[[str], str | None]) -> None:
        """Take what is known of the place, and what gives the code of a country by its name."""
        super().__init__()
        self._entry = entry
        self._country_code = country_code

    def compose(self) -> ComposeResult:
        """Show what is known as lines."""
        entry = self._entry
        with Vertical():
            yield Static(Content(visible(f"Place: {entry.name}")), id="place-title")
            yield Static(
                "Country today (a name or two letters; PL|UA across a border)", markup=False
            )
            yield FieldInput("country", entry.country or "")
            yield Static("Latitude, longitude in degrees (49.84, 24.03)", markup=False)
            yield FieldInput("at", coordinates(entry))
            yield Static("Other names (several are separated by ;)", markup=False)
            yield FieldInput("aliases", "; ".join(entry.aliases))
            yield Static("", id="place-problem", markup=False)
            yield Static(
                "Every testimony that names it follows. ^s or Enter saves, Esc cancels.",
                classes="place--hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Begin with the first line."""
        self.query_one(FieldInput).focus()

    @on(Input.Submitted)
    def action_save(self) -> None:
        """Give back what is written, or say what cannot be read of it."""
        entry = self._entry
        country, at, aliases = self.query(FieldInput)
        written = country.words.strip()
        code = written.upper()
        if code and not _COUNTRY.fullmatch(code):
            code = self._country_code(written) or ""
            if not code:
                self._refuse("No country is called so. Its two letters serve too, or PL|UA.")
                return
        latitude = longitude = None
        if at.words.strip() != coordinates(entry):
            found = _PLACE.fullmatch(at.words)
            if found is None:
                self._refuse("Write latitude and longitude as 49.84, 24.03.")
                return
            latitude, longitude = map(float, found.groups())
        unchanged = aliases.value == hold_line("; ".join(entry.aliases))
        names = None if unchanged else split_names(aliases.words)
        changed = code != (entry.country or "")
        self.dismiss(Given(code if changed and code else None, latitude, longitude, names))

    def _refuse(self, message: str) -> None:
        problem = self.query_one("#place-problem", Static)
        problem.update(message)
        problem.add_class("-told")
