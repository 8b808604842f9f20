"""The store: typed records in one TinyDB file, changed in steps of which none is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import CannotOpen, CannotSave, Conflict, Problem
from collection.store import journal, layout
from collection.store.changes import (
    AWAY,
    ERASED,
    NOT_YET,
    REVISED,
    UNDONE,
    WITHDRAWN,
    Change,
    EntryChange,
    Step,
)
from collection.store.entries import Entries
from collection.store.gathering import News, gathered
from collection.store.history import Accepts, History, taken_out_of
from collection.store.mainfile import Lines
from collection.store.mending import Mending
from collection.store.moment import now
from collection.store.reaching import cannot_read, reason_of, why_read_only
from collection.store.storage import JournalStorage
from collection.store.table import JournalDB, JournalTable
from collection.testimony import FIELDS, Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from collection.store.disk import Disk
    from collection.store.mainfile import Typed
    from collection.store.state import State


class Store(Mending):
    """The records of one file. Reading takes no lock; a change lasts when it returns."""

    def __init__(
        self,
        path: Path,
        *,
        read_only: bool = False,
        network: bool = False,
        disk: Disk | None = None,
    ) -> None:
        """Take a file.

        Args:
            path: the collection's file.
            read_only: never write, not even a lock.
            network: whether to write on a network filesystem too.
            disk: how to write; for tests.
        """
        # A link to the file is followed, so that a new file replaces the file and not the link.
        self.path = path.resolve()
        """The file itself."""
        self.why_read_only = why_read_only(self.path, wanted=read_only, network=network)
        """Why changes are refused; empty if they are not."""
        self.read_only = bool(self.why_read_only)
        """Whether changes are refused, by wish or because the place cannot be written."""
        self._storage = JournalStorage(
            self.path,
            disk,
            read_only=self.read_only,
            readers={layout.TESTIMONIES: msgspec.json.Decoder(Testimony).decode},
        )
        self._file = self._storage.file
        self._file.accept = self._accept
        self._file.tell = self._tell
        self._storage.made = self._note
        database = JournalDB(storage=lambda: self._storage)
        self._testimonies = _table(database, layout.TESTIMONIES)
        self._past = _table(database, layout.HISTORY)
        self._steps = _table(database, layout.STEPS)
        self._entries = {
            about: Entries(_table(database, name)) for about, name in layout.ENTRIES.items()
        }
        self._about = {table: about for about, table in layout.ENTRIES.items()}
        self._history = History(self._storage)
        # The number of each testimony that is shown, and what is wrong with the others.
        self._numbers: dict[str, int] = {}
        self._problems: tuple[Problem, ...] = ()
        self._accepts: Accepts = lambda _found, _taken_out: None
        self._news = News()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the file; entries that are no testimonies stay in it."""
        state = self._file.state
        return (*(state.problems if state else ()), *self._problems)

    @property
    def aside(self) -> dict[str, list[bytes]]:
        """The authority entries of the file, as JSON, by what they are about."""
        return {
            about: [raw for _, raw in self._storage.entries(name)]
            for about, name in layout.ENTRIES.items()
        }

    def on_fold(self, call: Callable[[], None]) -> None:
        """Call something whenever the file has been written anew, with the lock held."""
        self._file.folded = call

    # --- opening and closing -----------------------------------------------------------------

    def create(self) -> None:
        """Make the file with an empty collection; one that is there already stays.

        Raises:
            CannotOpen: when it cannot be made.
        """
        try:
            if self.read_only:
                raise CannotSave("") from PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            if not self.path.exists() and (changes := self._orphaned()):
                raise CannotOpen(
                    f"{self.path.name} is not there, but its journal is, with {changes} changes. "
                    f"Nothing was made; put the file back, or give the journal another name."
                )
            with self._file.held():
                if not self.path.exists():
                    self._file.rewrite(_empty)
        except CannotSave as error:
            reason = reason_of(error.__cause__)
            raise CannotOpen(f"{self.path} could not be made{reason}.") from error

    def _orphaned(self) -> int:
        """Count the changes in a journal without a file."""
        with contextlib.suppress(OSError):
            return len(journal.read_content(journal.journal_place(self.path).read_bytes()).lines)
        return 0

    def load(self, accept: Accepts = lambda _found, _taken_out: None) -> dict[str, Testimony]:
        """Read every testimony, by identifier, in the order of the file.

        Args:
            accept: looks at what is read anew, now and later; may raise, and then it counts as
                not read.

        Raises:
            CannotOpen: when the file is absent, unreadable or no collection.
        """
        self._accepts = accept
        try:
            # Opening anything but a plain file may block, and replacing it would do harm.
            if not stat.S_ISREG(self.path.stat().st_mode) and not self.path.is_dir():
                raise CannotOpen(f"{self.path} is no file. It was left as it is.")
        except OSError as error:
            raise CannotOpen(cannot_read(self.path, error)) from error
        self._reading(self._file.load)
        news = self.take_news()
        return news.everything or {}

    def close(self) -> None:
        """Let go of the file; the last to do so folds its journal into it."""
        self._storage.close()

    # --- keeping up --------------------------------------------------------------------------

    @property
    def state(self) -> tuple[int, ...] | None:
        """What tells the state that was last read or written from any other; None before."""
        state = self._file.state
        return state.identity if state is not None else None

    @property
    def lineage(self) -> str:
        """What copies of the collection have in common."""
        state = self._file.state
        return state.lineage if state is not None else ""

    @property
    def sequence(self) -> int:
        """The place of the last change in the order of everything."""
        state = self._file.state
        return state.sequence if state is not None else 0

    def changed(self) -> bool:
        """Tell whether someone else has changed something since it was last read; cheap."""
        return bool(self._news) or self._file.changed()

    def catch_up(self) -> News:
        """Take over what others have changed.

        Raises:
            CannotOpen: when the file is gone, unreadable, no collection, or not acceptable; what
                was known stays.
        """
        if not self.path.exists():
            raise CannotOpen(cannot_read(self.path, FileNotFoundError()))
        self._reading(self._file.catch_up)
        return self.take_news()

    def take_news(self) -> News:
        """Give what was taken over from others since this was last asked, in `commit` too."""
        with self._file.mutex:
            news, self._news = self._news, News()
        return news

    def _accept(self, state: State, typed: Typed) -> None:
        def taken_out() -> frozenset[str]:
            signature = state.main.signature if state.main is not None else (0, 0, 0)
            with Lines(self.path, signature) as lines:
                return taken_out_of(map(lines.raw, state.tables.get(layout.HISTORY, {}).values()))

        found, numbers, problems = gathered(typed.get(layout.TESTIMONIES, {}))
        self._accepts(found, taken_out)
        self._numbers, self._problems = numbers, problems
        self._news = News(everything=found, entries_gone=True)
        self._history.forget()
        for entries in self._entries.values():
            entries.forget()

    def _tell(self, changes: Iterable[journal.Change]) -> None:
        for table, number, raw in changes:
            if table == layout.TESTIMONIES:
                self._tell_testimony(number, raw)
            elif about := self._about.get(table):
                if raw is not None:
                    self._news.entries.append((about, raw))
                else:
                    self._news.entries_gone = True
        self._note(changes)

    def _tell_testimony(self, number: int, raw: bytes | None) -> None:
        former = self._storage.raw(layout.TESTIMONIES, number)
        if former is not None and raw is None:
            id = layout.identifier(former)
            if self._numbers.get(id) == number:
                del self._numbers[id]
                self._news.testimonies[id] = None
        elif raw is not None:
            try:
                record = msgspec.json.decode(raw, type=Testimony)
            except msgspec.ValidationError:
                return
            if self._numbers.get(record.id, number) == number:
                self._news.testimonies[record.id] = record

    def _note(self, changes: Iterable[journal.Change]) -> None:
        """Keep in mind where things are."""
        for table, number, raw in changes:
            if table == layout.TESTIMONIES:
                if raw is not None:
                    self._numbers.setdefault(layout.identifier(raw), number)
            elif table == layout.HISTORY:
                self._history.note(number, raw)
            elif about := self._about.get(table):
                self._entries[about].note(number, raw)

    # --- changing ----------------------------------------------------------------------------

    def commit(
        self,
        changes: Sequence[Change],
        by: str = "",
        entries: Sequence[EntryChange] = (),
        *,
        kept: Sequence[EntryChange] = (),
        reverses: int = 0,
    ) -> Step:
        """Make changes, all or none, as one step.

        Args:
            changes: at most one for each testimony.
            by: who makes them.
            entries: changes of authority entries, at most one for each.
            kept: new entries that go along, and stay when the step is taken back.
            reverses: the step that this one takes back; 0 if none.

        Returns:
            the step, with its place in the order of everything; what others had changed before
            is news.

        Raises:
            Conflict: a version that a change starts from is no longer the current one.
            CannotSave: it could not be written; everything is as it was.
            CannotOpen: the file is no longer a collection; it was left as it is.
        """
        self.check_there()
        with self._storage.transaction():
            state = self._file.present()
            moment = now()
            for change in changes:
                self._put(change, by, moment)
            for about, table in self._entries.items():
                table.apply([one for one in (*entries, *kept) if one.about == about])
            step = Step(
                state.sequence + 1,
                moment,
                by,
                tuple(map(_traced, changes)),
                tuple((e.about, e.name, _json(e.before), _json(e.after)) for e in entries),
                reverses,
            )
            self._steps.insert_json(msgspec.json.encode(step))
        for change in changes:
            if change.after is None:
                self._numbers.pop(change.id, None)
        return step

    def _put(self, change: Change, by: str, moment: str) -> None:
        number = self._numbers.get(change.id)
        raw = self._testimonies.json(number) if number is not None else None
        self._check_start(change, raw)
        found: dict[str, Any] = layout.values(raw) if raw is not None else {}
        if raw is not None:
            action = REVISED if change.after else UNDONE if change.undoes else WITHDRAWN
            version = {"id": change.id, "action": action, "at": moment, "by": by}
            whole = msgspec.json.encode({**version, "before": msgspec.Raw(raw)})
            self._past.insert_json(whole)
        elif change.restores:
            last = self._history.last(change.id)
            found = last.before if last is not None else {}
        if number is not None:
            self._testimonies.put_json(number, _written(change.after, found))
        elif change.after is not None:
            self._testimonies.insert_json(_written(change.after, found) or b"")

    def _check_start(self, change: Change, current: bytes | None) -> None:
        if change.before is None:
            if current is not None:
                raise Conflict(
                    f"{change.id} is in the collection already, with other content. Nothing was "
                    f"changed; give the new testimony another identifier, or revise the old one."
                )
            action = self._history.action_on(change.id)
            if action == ERASED:
                raise Conflict(
                    f"{change.id} was erased for good, and an identifier is never used again. "
                    f"Nothing was added; give the new testimony another identifier."
                )
            if action == WITHDRAWN and not change.restores:
                raise Conflict(
                    f"{change.id} was withdrawn, and an identifier is never used again. Nothing "
                    f"was added; give the new testimony another identifier."
                )
            return
        if current is None:
            raise Conflict(f"{change.id} was withdrawn in the meantime. Nothing was changed.")
        try:
            same = msgspec.json.decode(current, type=Testimony) == change.before
        except msgspec.ValidationError:
            same = False
        if not same:
            raise Conflict(
                f"{change.id} was changed by someone else in the meantime. Nothing of it was "
                f"overwritten; look at the new version and make the change again."
            )

    def fold(self) -> None:
        """Bring what the journal holds into the file.

        Raises:
            CannotSave: when that failed; nothing is lost then.
        """
        self.check_there()
        self._file.fold()


def _table(database: JournalDB, name: str) -> JournalTable:
    table = database.table(name, cache_size=0)
    assert isinstance(table, JournalTable)  # noqa: S101  # for the type checker
    return table


def _empty(state: State) -> None:
    state.tables = {layout.TESTIMONIES: {}, layout.HISTORY: {}}


def _traced(change: Change) -> tuple[str, int, int]:
    before = NOT_YET if change.undoes or not change.restores else AWAY
    after = NOT_YET if change.undoes else AWAY
    return (
        change.id,
        change.before.revision if change.before is not None else before,
        change.after.revision if change.after is not None else after,
    )


def _json(entry: msgspec.Struct | None) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(entry))


def _written(testimony: Testimony | None, former: Mapping[str, Any]) -> bytes | None:
    """Write a record down; keys that another program put beside ours stay."""
    if testimony is None:
        return None
    kept = {key: value for key, value in former.items() if key not in FIELDS}
    if not kept:
        return msgspec.json.encode(testimony)
    entry: dict[str, Any] = msgspec.to_builtins(testimony)
    return msgspec.json.encode(kept | entry)
