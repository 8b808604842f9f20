"""What the main screen does about what is missing: it shows the gaps, and lets them be filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.screens.several import Several

if TYPE_CHECKING:
    from pathlib import Path

    from tui.screens.gaps import GapsScreen
    from tui.settings import Settings


class Surveying(Several):
    """A screen from which one can go through everything that is missing."""

    BINDINGS: ClassVar = [
        Binding("M", "gaps", "What is missing", show=False, id="gaps",
                tooltip="What is missing: consent, dates, places, themes, embargoes that end"),
    ]  # fmt: skip

    def __init__(self, path: Path, settings: Settings, *, scratch: bool, adding: bool) -> None:
        """Take the file; it is opened once the screen stands."""
        super().__init__(path, settings, scratch=scratch, adding=adding)
        self._gaps: GapsScreen | None = None

    def action_gaps(self) -> None:
        """Show what is missing."""
        if not self._ready(to_change=False) or self.collection is None:
            return
        from tui.screens.gaps import GapsScreen

        def left(id: str | None) -> None:
            self._gaps = None
            if id is not None:
                self._select(id)

        self.app.clear_notifications()
        self._gaps = GapsScreen(self.collection, self)
        self.app.push_screen(self._gaps, left)

    def _select(self, id: str) -> None:
        """Select a testimony; where the search that is on does not find it, show everything."""
        if not self.list.select(id):
            self.clear_search()
            self.refill(select=id)

    def forget_order(self) -> None:
        """Sort anew when the list is next filled; what is missing may be something else now."""
        super().forget_order()
        if self._gaps is not None:
            self._gaps.look()

    # --- what the screen of gaps asks for ----------------------------------------------------

    def fill_in(self, id: str, field: str) -> None:
        """Open the form at a field; ask first where it shows what is withheld."""
        if not self._ready(to_change=True):
            return
        gated = self.gated(id)
        if gated is None:
            self.say("This testimony has just been withdrawn.")
            return
        if not gated.withheld:
            self._open_form(id, field)
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(edit: bool | None) -> None:
            if edit:
                self._open_form(id, field)

        question = "The form shows what is private or sealed in this testimony. Open it?"
        self.app.push_screen(ConfirmScreen(question, "Show and edit", "Cancel"), answered)

    def decide_names(self, id: str) -> None:
        """Ask what the places and themes of a testimony mean."""
        self._select(id)
        self.action_names()
