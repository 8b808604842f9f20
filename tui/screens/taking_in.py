"""What the main screen does to take files in: it asks for them, and shows what they hold."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.binding import Binding

from tui.screens.surveying import Surveying
from tui.text import many

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection.exchange.sources import Incoming
    from collection.exchange.tables.tables import Table
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
                self._find(path)

        hint = (
            "A file, or a folder (end with Enter). Tab completes, ↓ goes to the files. Nothing is "
            "taken in before you have seen what it holds."
        )
        screen = PathScreen("Import from", hint, "", suffixes(), folders=True)
        self.app.push_screen(screen, chosen)

    def _find(self, path: Path) -> None:
        from collection.exchange.sources import Incoming, files_in

        def found(files: Sequence[Path]) -> None:
            if not files:
                self.warn(f"{path.name} holds no file that can be imported.")
                return
            self.show_incoming([Incoming(file) for file in files])

        job = partial(files_in, path, self.path)
        self._work(f"looking at {path.name}", job, found)

    # --- how they are read -------------------------------------------------------------------

    def show_incoming(self, sources: Sequence[Incoming]) -> None:
        """Show what files would bring in; first ask what the columns of unknown tables are."""
        job = partial(_looked_at, sources, self._mappings)
        self._work("looking at the files", job, self._ask_next)

    def _ask_next(self, looked_at: Sequence[tuple[Incoming, Table | None]]) -> None:
        """Ask about the first table that nobody knows how to read, or show all files."""
        for at, (source, table) in enumerate(looked_at):
            if table is not None:
                self._ask_about(source, table, looked_at, at)
                return
        self._show_files([source for source, _ in looked_at])

    def _ask_about(
        self,
        source: Incoming,
        table: Table,
        looked_at: Sequence[tuple[Incoming, Table | None]],
        at: int,
    ) -> None:
        from tui.screens.mapping import MappingScreen

        def answered(mapped: Incoming | None) -> None:
            if mapped is None:
                self.say("Nothing was taken in.")
                return
            # Tables with the same columns are read in the same way; they are asked about once.
            how = mapped.reading
            done: list[tuple[Incoming, Table | None]] = [
                (msgspec.structs.replace(one, reading=how), None)
                if other is not None and other.columns == table.columns
                else (one, other)
                for one, other in looked_at
            ]
            done[at] = (mapped, None)
            self._ask_next(done)

        self.app.clear_notifications()
        self.app.push_screen(MappingScreen(source, self._mappings, table), answered)

    @property
    def _mappings(self) -> Path:
        return self.settings.path.with_name("mappings.json")

    def _show_files(self, sources: Sequence[Incoming]) -> None:
        if self.collection is None:
            return
        from tui.screens.incoming import ImportScreen

        self.app.clear_notifications()
        self.app.push_screen(ImportScreen(self.collection, sources, self._mappings), self._came_in)

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


def _looked_at(sources: Sequence[Incoming], memory: Path) -> list[tuple[Incoming, Table | None]]:
    """Find out what files are, in a thread.

    Returns:
        each with its format and, of a table that nobody has said how to read, what it looks like.
    """
    from collection.exchange.formats import format_of
    from collection.exchange.tables.mapping import remembered
    from collection.exchange.tables.tables import TABLES, inspect

    looked_at: list[tuple[Incoming, Table | None]] = []
    for one in sources:
        source = msgspec.structs.replace(one, format=one.format or format_of(one.path))
        table = None
        if source.format in TABLES and source.reading.mapping is None:
            table = inspect(source.path, source.format, source.reading)
            if table.sure and table.problem is None:
                table = None
            elif known := remembered(memory, table.columns):
                reading = msgspec.structs.replace(source.reading, mapping=known)
                source, table = msgspec.structs.replace(source, reading=reading), None
        looked_at.append((source, table))
    return looked_at
