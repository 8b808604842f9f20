"""What a store can tell of what was before: versions, steps, and what is there no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import CannotOpen
from collection.store import layout
from collection.store.changes import ERASED, Step, Version
from collection.store.history import History, taken_out_of
from collection.store.mainfile import Moved
from collection.store.reaching import cannot_read
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from collection.store.durable import DurableFile
    from collection.store.storage import JournalStorage
    from collection.store.table import JournalTable


class Recalling:
    """The part of a store that looks back."""

    path: Path
    _file: DurableFile
    _storage: JournalStorage
    _testimonies: JournalTable
    _steps: JournalTable
    _history: History
    _numbers: dict[str, int]

    def _looking_back(self, read: Callable[[], Any]) -> None:
        """Look into the newest state of the file; what has changed in it is news."""

        def up_to_date() -> None:
            if self._file.state is not None and self.path.exists():
                self._file.catch_up()
            read()

        self._reading(up_to_date)

    def _reading(self, read: Callable[[], Any]) -> None:
        try:
            read()
        except OSError as error:
            raise CannotOpen(cannot_read(self.path, error)) from error
        except MemoryError as error:
            raise CannotOpen(f"There is not enough memory to read {self.path}.") from error

    def history(self, id: str) -> list[Version]:
        """Give the earlier versions of a testimony, oldest first.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[Version] = []
        self._looking_back(lambda: found.extend(self._history.of(id)))
        return [version for version in found if version.before]

    def version(self, id: str, revision: int) -> Testimony | None:
        """Give a version of a testimony, earlier or current; none where it is not known.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        number = self._numbers.get(id)
        raw = self._testimonies.json(number) if number is not None else None
        earlier = [one.before for one in reversed(self.history(id))]
        for values in [*([layout.values(raw)] if raw is not None else []), *earlier]:
            if values.get("revision", 0) == revision:
                try:
                    return msgspec.convert(values, Testimony)
                except msgspec.ValidationError:
                    continue
        return None

    def last_withdrawn(self) -> list[Version]:
        """Give the last version of what was withdrawn, or added and taken back.

        In the order of their identifiers.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[Version | None] = []
        self._looking_back(
            lambda: found.extend(
                self._history.last(id)
                for id in sorted(self._history.out())
                if id not in self._numbers
            )
        )
        return [version for version in found if version is not None]

    def is_known(self, id: str) -> bool:
        """Tell whether a testimony is here or in the history.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[str] = []
        self._looking_back(lambda: found.append(self._history.action_on(id)))
        return id in self._numbers or bool(found[0])

    def is_erased(self, id: str) -> bool:
        """Tell whether everything about a testimony was removed for good.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[str] = []
        self._looking_back(lambda: found.append(self._history.action_on(id)))
        return found[0] == ERASED

    def withdrawn(self) -> frozenset[str]:
        """Give the identifiers that were in use and are no longer; none is used again.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[frozenset[str]] = []
        self._looking_back(lambda: found.append(self._history.away()))
        return found[0].difference(self._numbers)

    def taken_out(self) -> frozenset[str]:
        """Give the identifiers of everything that was ever taken out, for whatever reason.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        return taken_out_of(self.jsons(layout.HISTORY))

    def jsons(self, table: str) -> list[bytes]:
        """Give the entries of a table as JSON, those too that are no testimonies.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[bytes] = []
        self._looking_back(lambda: found.extend(raw for _, raw in self._storage.entries(table)))
        return found

    def content(self) -> Iterator[bytes]:
        """Give everything as the content of one file.

        Raises:
            CannotOpen: when the file cannot be read, or is replaced meanwhile.
        """
        self._looking_back(lambda: None)
        try:
            yield from self._file.content()
        except OSError as error:
            raise CannotOpen(cannot_read(self.path, error)) from error
        except Moved as error:
            raise CannotOpen(
                f"{self.path.name} was replaced while it was read. Nothing was changed; try again."
            ) from error

    def steps(self, after: int = 0) -> list[Step]:
        """Give what was done, in order.

        Args:
            after: the place in that order after which to begin.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        found: list[Step] = []
        self._looking_back(lambda: found.extend(_read_steps(self._steps.jsons(), after)))
        found.sort(key=lambda step: step.sequence)
        return found


def _read_steps(entries: Iterable[tuple[int, bytes]], after: int) -> Iterator[Step]:
    decoder = msgspec.json.Decoder(Step)
    for _, raw in entries:
        try:
            step = decoder.decode(raw)
        except msgspec.ValidationError:
            # Changed by hand; what it did stands, but nobody can take it back.
            continue
        if step.sequence > after:
            yield step
