"""The store: typed records in one TinyDB file, changed in steps of which none is lost."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import CannotOpen, CannotSave, Conflict, Problem, ReadOnly, shown
from collection.store import layout
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
    Version,
)
from collection.store.entries import Entries
from collection.store.history import Accepts, History, about_id, taken_out_of
from collection.store.mainfile import Lines, Moved
from collection.store.moment import now
from collection.store.storage import JournalStorage
from collection.store.table import JournalDB, JournalTable
from collection.testimony import FIELDS, Testimony, make_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from collection.store import journal
    from collection.store.disk import Disk
    from collection.store.mainfile import Typed
    from collection.store.state import State


class News(msgspec.Struct):
    """What others have changed."""

    everything: dict[str, Testimony] | None = None
    """All testimonies by identifier, where the file had to be read anew."""
    testimonies: dict[str, Testimony | None] = {}
    """Those that have changed since; None where they are gone."""
    entries: list[tuple[str, bytes]] = []
    """Authority entries that have changed since: what they are about, and the JSON."""
    entries_gone: bool = False
    """Whether others than those may have changed."""

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(
            self.everything is not None or self.testimonies or self.entries or self.entries_gone
        )


class Store:
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
        self.why_read_only = _why_read_only(self.path, wanted=read_only, network=network)
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
            with self._file.held():
                if not self.path.exists():
                    self._file.rewrite(_empty)
        except CannotSave as error:
            reason = _reason(error.__cause__)
            raise CannotOpen(f"{self.path} could not be made{reason}.") from error

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
            raise CannotOpen(_cannot_read(self.path, error)) from error
        self._reading(self._file.load)
        news = self.take_news()
        return news.everything or {}

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
            raise CannotOpen(_cannot_read(self.path, error)) from error
        except MemoryError as error:
            raise CannotOpen(f"There is not enough memory to read {self.path}.") from error

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
            raise CannotOpen(_cannot_read(self.path, FileNotFoundError()))
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

        found, numbers, problems = _gathered(typed.get(layout.TESTIMONIES, {}))
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
        self._check_there()
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

    def _check_there(self) -> None:
        if self.read_only:
            raise ReadOnly(
                f"{self.path.name} is open for reading only, so nothing was changed. "
                f"{self.why_read_only}"
            )
        state = self._file.state
        if state is not None and state.main is not None and not self.path.exists():
            # Not even a lock is to be left where the file was.
            raise CannotSave(_gone(self.path))

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

    def erase(self, id: str, by: str = "") -> None:
        """Remove a testimony and its history from the file; only that it was there stays.

        Raises:
            CannotSave: when it could not be written; everything is as it was.
        """
        self._check_there()
        with self._file.held():
            moment = now()
            tombstone = Version(id, ERASED, moment, by)

            def forget(state: State) -> None:
                for table, about in (
                    (self._testimonies, layout.identifier),
                    (self._past, about_id),
                ):
                    for number, raw in table.jsons():
                        if about(raw) == id:
                            del state.tables[table.name][number]
                for number, raw in self._steps.jsons():
                    without = _without(raw, id)
                    if without != raw:
                        state.apply([(layout.STEPS, number, without)])
                step = Step(state.sequence + 1, moment, by, ((id, NOT_YET, AWAY),), final=True)
                for name, entry in ((layout.HISTORY, tombstone), (layout.STEPS, step)):
                    number = state.next_number(name)
                    state.apply([(name, number, msgspec.json.encode(entry))])

            self._file.rewrite(forget)
        self._numbers.pop(id, None)
        self._history.forget()

    def mend(self) -> list[str]:
        """Give what has no identifier of its own one, and the file a checksum that is right.

        Returns:
            what was done, a sentence each.

        Raises:
            CannotSave: when it could not be written; everything is as it was.
        """
        self._check_there()
        done = []
        with self._storage.transaction():
            for number, raw in self._testimonies.jsons():
                values = layout.values(raw)
                id = layout.identifier(raw)
                if self._numbers.get(id) == number or not _is_testimony(raw):
                    continue
                while (new := make_id()) in self._numbers:
                    pass
                self._testimonies.put_json(number, msgspec.json.encode(values | {"id": new}))
                done.append(f"Entry {number} is called {new} now (before: {shown(id)}).")
        state = self._file.state
        if state is not None and state.main is not None and state.main.sound is False:
            with self._file.held():
                self._file.rewrite(lambda _: None)
            done.append("The file was written anew; as it was before, it stands beside it.")
        self._reading(self._file.load)
        return done

    def fold(self) -> None:
        """Bring what the journal holds into the file.

        Raises:
            CannotSave: when that failed; nothing is lost then.
        """
        self._check_there()
        self._file.fold()

    # --- what was before ---------------------------------------------------------------------

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
        """Give the last version of every testimony that was withdrawn, in the order of the file.

        Raises:
            CannotOpen: when the file cannot be read.
        """
        last = (self._history.last(id) for id in sorted(self.withdrawn()))
        return [version for version in last if version is not None]

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
            raise CannotOpen(_cannot_read(self.path, error)) from error
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


def _table(database: JournalDB, name: str) -> JournalTable:
    table = database.table(name, cache_size=0)
    assert isinstance(table, JournalTable)  # noqa: S101  # for the type checker
    return table


def _is_testimony(raw: bytes) -> bool:
    try:
        msgspec.json.decode(raw, type=Testimony)
    except msgspec.ValidationError:
        return False
    return True


def _empty(state: State) -> None:
    state.tables = {layout.TESTIMONIES: {}, layout.HISTORY: {}}


def _gathered(
    entries: Mapping[int, Any],
) -> tuple[dict[str, Testimony], dict[str, int], tuple[Problem, ...]]:
    found: dict[str, Testimony] = {}
    numbers: dict[str, int] = {}
    problems = []
    for number, entry in entries.items():
        if isinstance(entry, Exception):
            message = f"Entry {number} of the file cannot be read ({entry}); it was left as it is."
            problems.append(Problem("", str(number), message))
        elif not entry.id:
            message = f"Entry {number} of the file has no identifier; it was left as it is."
            problems.append(Problem("id", str(number), message))
        elif entry.id in found:
            message = (
                f"Two entries of the file are called {entry.id}. The first is shown; "
                f"both were left as they are."
            )
            problems.append(Problem("id", entry.id, message))
        else:
            found[entry.id] = entry
            numbers[entry.id] = number
    return found, numbers, tuple(problems)


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


def _without(raw: bytes, id: str) -> bytes | None:
    """Take a testimony out of a step; nothing is left if it was about no other."""
    if msgspec.json.encode(id) not in raw:
        return raw
    try:
        step = msgspec.json.decode(raw, type=Step)
    except msgspec.ValidationError:
        return raw
    kept = tuple(change for change in step.changes if change[0] != id)
    if not kept and not step.entries:
        return None
    return msgspec.json.encode(msgspec.structs.replace(step, changes=kept))


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


def _gone(path: Path) -> str:
    return (
        f"{path.name} is no longer where it was, or is empty. Nothing was written; "
        f"put the file back, or export what is on screen."
    )


def _reason(error: BaseException | None) -> str:
    return f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""


def _why_read_only(path: Path, *, wanted: bool, network: bool) -> str:
    if wanted:
        return "It was opened for reading only."
    if not _writable(path):
        return "The file or its folder cannot be written."
    if network:
        return ""
    from collection.store.mounts import network_filesystem

    kind = network_filesystem(path)
    if kind is not None:
        return (
            f"It lies on a network filesystem ({kind}), where two machines that write at once "
            f"could spoil it; network_folders = true in the settings allows it all the same."
        )
    return ""


def _writable(path: Path) -> bool:
    target = path if path.exists() else path.parent
    effective = os.access in os.supports_effective_ids
    places = {target, path.parent}
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in places)


def _cannot_read(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no collection at {path}. Nothing was made; check the name."
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder, not a collection. Name a file in it."
    return f"{path} could not be read{_reason(error)}. It was left as it is."
