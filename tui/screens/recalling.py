"""What the main screen does about the past: the history, what was withdrawn, and erasing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding

from tui.palette import Named
from tui.paths import backups_folder, cache_folder
from tui.screens.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.screens.withdrawn import Wanted


class Recalling(Naming):
    """A screen from which what was changed or withdrawn can be looked at and brought back."""

    BINDINGS: ClassVar = [
        Binding("H", "history", "History", show=False, id="history",
                tooltip="What the selected testimony said before; brings a version back"),
        Binding("W", "withdrawn", "Withdrawn", show=False, id="withdrawn",
                tooltip="The testimonies that were withdrawn; brings them back"),
    ]  # fmt: skip

    # Without a key, which might be hit by accident.
    NAMED: ClassVar = [
        Named("erase", "Erase for good…",
              "Erase the selected testimony with its history; nothing brings it back"),
    ]  # fmt: skip

    action_reveal: Callable[[], None]

    def action_history(self) -> None:
        """Show what the selected testimony said before."""
        if not self._ready(to_change=False) or self.collection is None:
            return
        gated = self._selected()
        if gated is None:
            return
        from tui.screens.history import HistoryScreen

        id = gated.testimony.id

        def chosen(revision: int | None) -> None:
            if revision is not None:
                self._bring_back(id, revision)

        bidi = self.settings["bidi"]
        self.app.clear_notifications()
        screen = HistoryScreen(self.collection, id, self.action_reveal, bidi=bidi)
        self.app.push_screen(screen, chosen)

    def action_withdrawn(self) -> None:
        """Show what was withdrawn."""
        if not self._ready(to_change=False) or self.collection is None:
            return
        from tui.screens.withdrawn import WithdrawnScreen

        def chosen(wanted: Wanted | None) -> None:
            if wanted is None:
                return
            if wanted.erase:
                self._ask_to_erase(wanted.id, wanted.title)
            else:
                self._bring_back(wanted.id, None)

        self.app.clear_notifications()
        self.app.push_screen(WithdrawnScreen(self.collection, self.action_reveal), chosen)

    def _bring_back(self, id: str, revision: int | None) -> None:
        if not self._ready(to_change=True) or self.collection is None:
            return

        def done(_: Any) -> None:
            self._show_change(id)
            what = "The earlier version was" if revision is not None else f"{id} was"
            self.say(f"{what} brought back. u takes it back.")

        job = partial(self.collection.bring_back, id, revision)
        self._work("bringing back", job, done)

    # --- erasing -----------------------------------------------------------------------------

    def action_erase(self) -> None:
        """Ask for the identifier of the selected testimony, then erase it for good."""
        if not self._ready(to_change=True):
            return
        gated = self._selected()
        if gated is not None:
            title = "" if gated.sealed else gated.testimony.title
            self._ask_to_erase(gated.testimony.id, title)

    def _ask_to_erase(self, id: str, title: str) -> None:
        from tui.screens.erase import EraseScreen

        if not self._ready(to_change=True):
            return

        def answered(erase: bool | None) -> None:
            if erase and self._ready(to_change=True) and self.collection is not None:
                # Whatever the settings say now, both may be left from before.
                folders = {"backups": backups_folder(), "indexes": cache_folder()}
                job = partial(self.collection.erase, id, **folders)
                self._work("erasing", job, partial(self._erased, id))

        self.app.push_screen(EraseScreen(id, title), answered)

    def _erased(self, id: str, left: list[str]) -> None:
        ids, place = self.list.ids, self.list.cursor
        rest = [one for one in ids if one != id]
        near = rest[min(place, len(rest) - 1)] if rest else None
        self._show_change(self.list.selected if self.list.selected != id else near)
        self.say(f"{id} was erased for good.")
        if left:
            self.warn(f"Not everything could be cleaned: {' '.join(left)}")
