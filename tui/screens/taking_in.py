"""What the main screen does to take files in: it asks for them, and shows what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from tui.screens.surveying import Surveying
from tui.text import many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection.exchange.sources import Incoming
    from tui.screens.incoming_work import Done


class TakingIn(Surveying):
    """A screen into whose collection files can be taken."""

    BINDINGS: ClassVar = [
        Binding("i", "import", "Import", show=False, id="import",
                tooltip="Take testimonies in: articles, tables, transcripts, OHMS, TEI, JSON"),
    ]  # fmt: skip

    def action_import(self) -> None:
        """Ask for a file or a folder, and show what would come in."""
        if not self._ready(to_change=True):
            return
        from collection.exchange.formats import suffixes
        from tui.screens.path import PathScreen

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.take_in(path)

        hint = "A file, or a folder. Nothing is taken in before you have seen what it holds."
        self.app.push_screen(PathScreen("Import from", hint, "", suffixes()), chosen)

    def take_in(self, path: Path) -> None:
        """Show what a file, or those of a folder, would bring in."""
        from collection.exchange.sources import Incoming, files_in

        def found(files: Sequence[Path]) -> None:
            if not files:
                self.warn(f"{path.name} holds no file that can be imported.")
                return
            self.show_incoming([Incoming(file) for file in files])

        self._work(f"looking at {path.name}", lambda: files_in(path), found)

    def show_incoming(self, sources: Sequence[Incoming]) -> None:
        """Show what files would bring in."""
        if self.collection is None:
            return
        from tui.screens.incoming import ImportScreen

        self.app.clear_notifications()
        self.app.push_screen(ImportScreen(self.collection, sources), self._came_in)

    def _came_in(self, done: Done | None) -> None:
        if done is None:
            return
        report = done.report
        self._show_change(report.entered[0] if len(report.entered) == 1 else self.list.selected)
        told = [f"{many(len(report.entered))} taken in"]
        if report.taken_over:
            told.append(f"{len(report.taken_over)} brought up to date")
        if report.refused:
            told.append(f"{report.refused} refused")
        if report.waiting:
            told.append(f"{report.waiting} still to be looked at")
        where = f" The report is in {done.kept}." if done.kept else ""
        undo = " u takes it back." if report.entered or report.taken_over else ""
        self.say(f"{', '.join(told)}.{undo}{where}")
        if done.problem:
            self.warn(f"No report could be written ({done.problem}).")
