"""How testimonies leave the main screen: as files in every format, as text and as citations."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.message import Message

from tui.screens import transfer
from tui.screens.keeping import Keeping
from tui.text import many

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from collection.exchange.exporting import Outcome
    from collection.exchange.interface import Writer
    from tui.settings import Settings

_REPORT_EVERY: Final = 0.25
"""Seconds between two messages about progress."""
_MOST_TOLD: Final = 3
"""Testimonies that are told one by one."""


class Lot(NamedTuple):
    """Testimonies that may leave together."""

    label: str
    """What they are called."""
    ids: Sequence[str]


class Leaving(Keeping):
    """A screen from which testimonies are exported, copied and cited."""

    BINDINGS: ClassVar = [
        Binding("x", "export", "Export", show=False, id="export",
                tooltip="Write what is marked, listed or selected to a file, in any format"),
        Binding("y", "copy", "Copy", show=False, id="copy",
                tooltip="Copy the selected passage, or the testimonies marked or selected"),
        Binding("Y", "cite", "Cite", show=False, id="cite",
                tooltip="Copy a citation of the testimony, or of the passage selected in it"),
    ]  # fmt: skip

    class Written(Message):
        """More of an export has been written."""

        def __init__(self, number: int, total: int) -> None:
            super().__init__()
            self.number = number
            self.total = total

    def __init__(self, path: Path, settings: Settings, *, scratch: bool) -> None:
        """Take the file."""
        super().__init__(path, settings, scratch=scratch)
        self._stop_writing = threading.Event()

    # --- exporting ---------------------------------------------------------------------------

    def lots(self) -> dict[str, Lot]:
        """Give what may leave together; the first is what is meant if nothing else is said."""
        ids, selected = self.list.ids, self.list.selected
        lots = {"listed": Lot(f"What is listed: {many(len(ids))}", ids)} if ids else {}
        if selected is not None and len(ids) > 1:
            lots["selected"] = Lot("The selected testimony", [selected])
        everything = self.collection.ids() if self.collection is not None else []
        if len(everything) > len(ids):
            lots["all"] = Lot(f"The whole collection: {many(len(everything))}", everything)
        return lots

    def action_export(self) -> None:
        """Ask what is to leave, in which format and where to."""
        if not self._ready(to_change=False):
            return
        if self.busy:
            self.say(f"One moment: {self.busy}.")
            return
        lots = self.lots()
        if not lots:
            self.say("There is nothing to export yet.")
            return
        from tui.screens.choice import ChoiceScreen

        def chosen(key: str | None) -> None:
            if key is not None:
                self._ask_format([*lots[key].ids])

        self.app.clear_notifications()
        labels = {key: lot.label for key, lot in lots.items()}
        self.app.push_screen(ChoiceScreen("Export", labels), chosen)

    def _ask_format(self, ids: Sequence[str]) -> None:
        from collection.exchange.formats import WRITERS, writer
        from tui.screens.choice import ChoiceScreen

        writers = {name: writer(name) for name in WRITERS}

        def chosen(name: str | None) -> None:
            if name is not None:
                self.settings.remember("export_format", name)
                self._ask_place(ids, writers[name])

        what = (
            "everything, private parts too"
            if self.collection is not None and self.collection.private
            else "what may be seen by everyone; v first reveals what is private"
        )
        labels = {name: f"{one.label}: {one.about}" for name, one in writers.items()}
        title = f"Export {many(len(ids))} as … ({what})"
        self.app.push_screen(ChoiceScreen(title, labels, self.settings["export_format"]), chosen)

    def _ask_place(self, ids: Sequence[str], made: Writer) -> None:
        from collection.exchange.exporting import file_names, is_folder
        from tui.screens.path import PathScreen

        folder = is_folder(made, len(ids))
        if folder:
            hint = "A folder, with a file for each. It is made if it is not there."
            start = f"{self.path.stem}-export-{made.name}"
        else:
            hint = f"A file ({made.suffix}). What is there is not replaced without asking."
            start = f"{self.path.stem}-export{made.suffix}"
            if len(ids) == 1:
                (start,) = file_names(ids, made.suffix)

        def chosen(path: Path | None) -> None:
            if path is not None:
                named = path if folder or path.suffix else path.with_name(path.name + made.suffix)
                self._ask_to_replace(ids, made, named, folder)

        title = f"Export to {'a folder' if folder else 'a file'}: {made.label}"
        self.app.push_screen(PathScreen(title, hint, start, (made.suffix,)), chosen)

    def _ask_to_replace(self, ids: Sequence[str], made: Writer, path: Path, folder: bool) -> None:
        there = _what_is_there(path, folder)
        if not there:
            self._write(ids, made, path, folder, replace=False)
            return
        from tui.screens.confirm import ConfirmScreen

        def answered(replace: bool | None) -> None:
            if replace:
                self._write(ids, made, path, folder, replace=True)

        self.app.push_screen(ConfirmScreen(there, "Replace", "Cancel"), answered)

    def _write(
        self, ids: Sequence[str], made: Writer, path: Path, folder: bool, *, replace: bool
    ) -> None:
        collection = self.collection
        if collection is None:
            return
        self._stop_writing.clear()
        order = transfer.Order(made, path, folder, replace, collection.private)
        job = partial(transfer.write_out, collection, ids, order, self._progress_to(len(ids)))
        self._work(f"writing {path.name}", job, self._was_written)

    def _progress_to(self, total: int) -> Callable[[int], None]:
        """Give what takes progress in a thread, and ends the work when it is stopped."""
        from tui.screens.batch import GivenUp

        reported = time.monotonic()

        def told(number: int) -> None:
            nonlocal reported
            if self._stop_writing.is_set():
                raise GivenUp("Stopped; nothing was written.")
            if time.monotonic() - reported > _REPORT_EVERY:
                reported = time.monotonic()
                self.post_message(self.Written(number, total))

        return told

    @on(Written)
    def _more_written(self, event: Written) -> None:
        if self.busy.startswith("writing"):
            self.busy = f"writing, {event.number} of {event.total}; Esc stops"
            self.tell()

    def stop_writing(self) -> bool:
        """Stop an export that is not in its place yet; tell whether there is one."""
        if not self.busy.startswith("writing") or self._stop_writing.is_set():
            return False
        self._stop_writing.set()
        return True

    def _was_written(self, outcome: Outcome) -> None:
        """Say what was written, and what was left out and why."""
        if outcome.files:
            what = f"{many(outcome.written)} to {outcome.path.name}"
            if outcome.files > 1:
                what = f"{outcome.files} files to {outcome.path.name}"
            left = outcome.left_out.replace("--private includes them.", "v first reveals them.")
            self.say(f"Wrote {what}. {left}".strip())
        if outcome.unfit:
            told = [f"{id}: {why}" for id, why in outcome.unfit[:_MOST_TOLD]]
            more = len(outcome.unfit) - len(told)
            also = f" And {many(more)} more." if more else ""
            self.warn(f"Not written, as nothing fits this format: {' '.join(told)}{also}")

    # --- copying and citing ------------------------------------------------------------------

    def action_copy(self) -> None:
        """Copy the selected passage, or the whole testimony as it may be seen."""
        from tui.clipboard import copy

        selection = self.get_selected_text()
        gated = self._selected() if not selection else None
        if selection:
            text, what = selection, "The passage"
        elif gated is not None and not gated.sealed:
            text, what = transfer.as_text(gated), "The testimony"
        elif gated is not None:
            self.say("This testimony is sealed, so it is not copied. v reveals what is sealed.")
            return
        else:
            return
        self.copy_report(copy(self.app, text), what)

    def copy_report(self, problem: str, what: str) -> None:
        """Say whether something was copied."""
        if problem:
            self.warn(problem)
        else:
            self.say(f"{what} was copied.")

    def action_cite(self) -> None:
        """Show the citations of the selected testimony, or of a passage in it, and copy one."""
        gated = self._selected()
        if gated is None:
            return
        if gated.sealed:
            self.say("This testimony is sealed, so it is not cited. v reveals what is sealed.")
            return
        from collection.citing.passage import passage
        from tui.screens.cite import CiteScreen

        span = self.reader.passage if "account" not in gated.withheld else None
        where = passage(gated.testimony, *span) if span else None

        def chosen(answer: tuple[str, str] | None) -> None:
            if answer is None:
                return
            from tui.clipboard import copy

            style, text = answer
            self.settings.remember("citation", style)
            if problem := copy(self.app, text):
                self.warn(problem)
            else:
                self.say(f"Copied: {text}")

        self.app.clear_notifications()
        style, bidi = self.settings["citation"], self.settings["bidi"]
        self.app.push_screen(CiteScreen(gated, where, style, bidi=bidi), chosen)


def _what_is_there(path: Path, folder: bool) -> str:
    """Ask whether to replace what is there; nothing to ask where there is nothing."""
    try:
        if not folder and path.is_file():
            return f"{path} is there already. Replace it?"
        if folder and path.is_dir() and any(path.iterdir()):
            return (
                f"The folder {path} is not empty. Files of the same names are replaced, and all "
                f"others stay. Go on?"
            )
    except (OSError, ValueError):
        # Writing says what is wrong.
        return ""
    return ""
