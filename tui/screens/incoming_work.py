"""The work behind an import on the screen: it runs in threads and tells by messages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from textual.message import Message
from textual.worker import get_current_worker

from collection.errors import CollectionError
from collection.exchange.incoming import REFUSED
from collection.exchange.reporting import keep_report
from collection.exchange.sources import Changed, fingerprint, rows_of
from tui.screens.batch import GivenUp
from tui.screens.incoming_rows import Rows
from tui.screens.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collection.collection import Collection
    from collection.exchange.incoming import Verdict
    from collection.exchange.interface import Report
    from collection.exchange.sources import Incoming

_TOLD_EVERY: Final = 0.2
"""Seconds between two messages about progress."""


class Done(Message):
    """The rows were taken in."""

    def __init__(self, report: Report, kept: str, problem: str) -> None:
        super().__init__()
        self.report = report
        """What came of them."""
        self.kept = kept
        """Where the report is; empty if there is none."""
        self.problem = problem
        """Why there is none."""


class ImportWork(Once[Done | None]):
    """The part of the screen that reads and writes."""

    class Progressed(Message):
        """The worker has read so many rows."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count = count

    class Looked(Message):
        """The worker has looked at all rows."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    class Failed(Message):
        """The worker could not go on; nothing was taken in."""

        def __init__(self, problem: str, refused: Sequence[Verdict] = ()) -> None:
            super().__init__()
            self.problem = problem
            """Why, for people."""
            self.refused = tuple(refused)
            """Rows that cannot enter as the user mended them."""

    def __init__(self, collection: Collection, sources: Sequence[Incoming]) -> None:
        """Take the collection, and the files with how they are to be read."""
        super().__init__()
        self._collection = collection
        self._sources = list(sources)
        self._fingerprint: object = None

    def _told(self) -> Callable[[int], None]:
        """Give what tells of progress now and then, and gives up when that is wanted."""
        worker = get_current_worker()
        last = time.monotonic()

        def progress(count: int) -> None:
            nonlocal last
            if worker.is_cancelled:
                raise GivenUp("Stopped. Nothing was taken in.")
            if time.monotonic() - last > _TOLD_EVERY:
                last = time.monotonic()
                self.post_message(self.Progressed(count))

        return progress

    def _look(self, former: Rows) -> None:
        """Find out what would become of each row; touches no widget."""
        known = Rows()
        known.adopt(former)
        try:
            self._fingerprint = fingerprint(self._sources)
            rows = rows_of(self._sources, self._collection.known)
            self._collection.rehearse(rows, known.take, progress=self._told())
        except GivenUp:
            return
        except (CollectionError, OSError) as error:
            self.post_message(self.Failed(_reason(error)))
        else:
            self.post_message(self.Looked(known))

    def _take_in(self, known: Rows) -> None:
        """Write what is ready; touches no widget."""
        choices, progress = known.choices(), self._told()
        try:
            if fingerprint(self._sources) != self._fingerprint:
                raise Changed(
                    "The file was changed after it was looked at. Nothing was taken in; r reads "
                    "it again."
                )
            if unfit := self._unfit(known, progress):
                self.post_message(self.Failed("Nothing was taken in yet.", unfit))
                return
            rows = rows_of(self._sources, self._collection.known)
            report = self._collection.import_rows(rows, choices=choices, progress=progress)
        except (CollectionError, OSError) as error:
            self.post_message(self.Failed(_reason(error)))
            return
        names = [str(source.path) for source in self._sources]
        try:
            kept = keep_report(report, names, self._collection.path)
        except OSError as error:
            self.post_message(Done(report, "", error.strerror or str(error)))
        else:
            self.post_message(Done(report, str(kept), ""))

    def _unfit(self, known: Rows, progress: Callable[[int], None]) -> list[Verdict]:
        """Find the rows that the user mended and that cannot enter like that all the same."""
        unfit: list[Verdict] = []
        if not known.has_work:
            return unfit

        def tell(verdict: Verdict) -> None:
            if verdict.kind == REFUSED and known.mended(verdict.number) is not None:
                unfit.append(verdict)

        rows = rows_of(self._sources, self._collection.known)
        self._collection.rehearse(rows, tell, known.choices(), progress)
        return unfit


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        reason = error.strerror or "it cannot be read"
        return f"{error.filename or 'The file'} could not be read ({reason}). Nothing was taken in."
    return str(error)
