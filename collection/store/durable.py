"""A collection's file with its journal: read by everybody, changed by one at a time.

A change is appended to the journal and brought to the disk before it counts as made. The last
program that closes the collection folds the journal into the main file, which is written anew
beside the old one and put into its place.
"""

from __future__ import annotations

import contextlib
import errno
import os
import zlib
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from collection.errors import CannotSave, CollectionError, ReadOnly
from collection.store import layout
from collection.store.disk import UNFINISHED, Disk, Unconfirmed, strays, write_atomically
from collection.store.failing import told
from collection.store.following import FollowedFile
from collection.store.journal import (
    Appending,
    Head,
    Uncertain,
    encode_line,
    never_again,
    start_journal,
)
from collection.store.locking import Busy, Lock
from collection.store.mainfile import Lines, Main, Moved, signature_at, signature_of
from collection.store.moment import in_a_name, now
from collection.store.rewriting import Rewriting
from collection.store.state import State, chained, new_lineage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from collection.store.journal import Change
    from collection.store.mainfile import Readers

_LARGE: Final = 8 << 20
"""Bytes that a journal may always have; beyond that it is folded at half of the main file."""
_NOWHERE: Final = (0, 0, 0)


class DurableFile(FollowedFile):
    """Knows where the entries of a file are, and writes what changes."""

    def __init__(
        self,
        path: Path,
        disk: Disk | None = None,
        *,
        read_only: bool = False,
        readers: Readers | None = None,
    ) -> None:
        """Take the file; see `JournalStorage`."""
        super().__init__(path, read_only=read_only, readers=readers)
        self.folded: Callable[[], None] = lambda: None
        """Is called when the main file has been written anew."""
        self._disk = disk or Disk()
        self._lock = Lock(path)
        self._swept = False
        self._poisoned = ""

    # --- changing ----------------------------------------------------------------------------

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock, with everything that others have done taken over.

        Raises:
            CannotSave: when it cannot be had, or what is done meanwhile cannot be written;
                everything is then as it was.
            CannotOpen: when the file is no longer a collection.
        """
        with self.mutex:
            if self._read_only:
                raise ReadOnly(f"{self.path.name} is open for reading only; nothing was changed.")
            if self._poisoned or self._closed:
                raise CannotSave(self._poisoned or f"{self.path.name} was closed here already.")
            with told(self.path.name, self._poison), self._lock.held():
                self._prepare()
                yield

    def write(self, changes: Sequence[Change]) -> None:
        """Make a change, which lasts when this returns; who calls this holds the lock.

        Raises:
            OSError, MemoryError: when it could not be written.
            ValueError: when an entry is no JSON.
        """
        state = self.present()
        size = sum(len(raw or b"") for _, _, raw in changes)
        if size > _LARGE or state.main is None or not state.main.says:
            # As large as a file: written once, with the file.
            self._rewrite_with(state, changes)
        else:
            self._append(state, changes)
        self.version += 1

    def _append(self, state: State, changes: Sequence[Change]) -> None:
        line = encode_line(state.sequence + 1, changes)
        if state.end > max(_LARGE, state.main.digest[0] // 2 if state.main else 0):
            try:
                state = self._folded(state)
            except (Unconfirmed, Uncertain):
                raise
            except (OSError, MemoryError):
                # It is not the change that fails if that fails.
                pass
        journal = self._journal or self._open_journal(state)
        # Not known before it is over: whatever interrupts this, the file tells.
        state.seen = (journal.inode, 0, 0)
        try:
            journal.append(line, state.end)
        except BaseException:
            if journal.signature()[2] == state.end:
                state.seen = journal.signature()
            raise
        state.apply(changes)
        state.sequence += 1
        state.chain = chained(state.chain, int(line[:8], 16))
        state.end += len(line)
        state.seen = journal.signature()

    def _open_journal(self, state: State) -> Appending:
        if state.journal:
            self._journal = Appending(self._disk.open_end(self._place), self._disk)
            return self._journal
        name = os.urandom(6).hex()
        size, crc = state.main.digest if state.main else (0, 0)
        head = Head(name, state.lineage, size, crc, state.sequence, layout.SCHEMA)
        self._journal, state.end = start_journal(self.path, head, self._disk)
        state.journal = state.found = name
        state.stale = False
        state.seen = self._journal.signature()
        return self._journal

    def _rewrite_with(self, state: State, changes: Sequence[Change]) -> None:
        after = replace(state, tables={name: {**table} for name, table in state.tables.items()})
        after.apply(changes)
        after.sequence += 1
        for _, _, raw in changes:
            if raw is not None:
                layout.check_entry(raw)
            after.chain = zlib.crc32(raw or b"", after.chain)
        self._folded(after)

    # --- folding -----------------------------------------------------------------------------

    def fold(self) -> None:
        """Bring what the journal holds into the main file.

        Raises:
            CannotSave: when that failed; nothing is lost then.
        """
        with self.held():
            self._tidy(self.present())

    def rewrite(self, change: Callable[[State], None]) -> None:
        """Write the main file anew, with a change of which no journal must tell.

        Who calls this holds the lock. Raises as `write`.
        """
        state = self.present()
        after = replace(state, tables={name: {**table} for name, table in state.tables.items()})
        change(after)
        after.sequence += 1
        after.chain = chained(after.chain, after.sequence)
        self._folded(after)
        self.version += 1

    def content(self) -> Iterator[bytes]:
        """Give everything as the content of one main file.

        Raises:
            Moved: when the file is replaced meanwhile.
            OSError: when it cannot be read.
        """
        with self.mutex:
            state = self.present()
            main = state.main
            says = (main.says if main else {}) | msgspec.to_builtins(self._header(state))
            tables = {name: {**table} for name, table in state.tables.items()}
        with Lines(self.path, main.signature if main else _NOWHERE) as lines:
            yield from Rewriting(says, tables, main, lines)

    def _tidy(self, state: State) -> None:
        main = state.main
        if state.merged or (main is not None and state.sequence != main.header.sequence):
            self._folded(state)
        elif state.seen is not None:
            # Nothing was entered into it, or everything is in the main file.
            self._close_journal()
            self._disk.remove(self._place)
            state.journal, state.seen, state.end, state.stale = "", None, 0, False

    def _folded(self, state: State) -> State:
        """Write the main file anew; give the state, which is the present one then."""
        main, place = state.main, self._place
        if main is None or state.merged or state.damaged:
            self._put_aside(place, "journal")
        if main is not None and main.sound is False:
            # The backup may be the only sound copy, and must not be replaced by this.
            self._put_aside(self.path, "changed")
        header = self._header(state)
        says = (main.says if main else {}) | msgspec.to_builtins(header)
        with Lines(self.path, main.signature if main else _NOWHERE) as lines:
            content = Rewriting(says, state.tables, main, lines)
            backup = main is not None and main.sound is not False
            # Where that is not confirmed the old file may come back, and then needs its journal;
            # what is there now is read anew by whoever wants to know.
            last = lines.check_same
            write_atomically(self.path, content, self._disk, backup=backup, last=last)
        signature = signature_at(self.path)
        if signature is None:
            raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
        new = Main(signature, header, says, content.tables, content.crc, sound=True, in_order=True)
        after = State(new, new.tables, header.lineage, state.sequence, state.chain)
        after.problems = state.problems
        self._close_journal()
        self._disk.remove(place)
        after.seen = signature_at(place)
        after.stale = after.seen is not None
        # Not known before it is over: whatever interrupts this, the file tells.
        self._become(after)
        self._settled = True
        self.folded()
        return after

    def _header(self, state: State) -> layout.Header:
        header = state.main.header if state.main else layout.Header()
        return msgspec.structs.replace(
            header,
            schema=layout.SCHEMA,
            created=header.created or now(),
            lineage=state.lineage or new_lineage(),
            sequence=state.sequence,
            chain=state.chain,
            journal=state.found or header.journal,
        )

    def close(self) -> None:
        """Let go of the file; who is the last to do so folds the journal into it.

        A journal that cannot be folded now is folded by the next: nothing is lost.
        """
        with self.mutex:
            if self._state is None:
                self._closed = True
                return
            try:
                if not self._read_only and not self._poisoned:
                    self._leave()
            finally:
                self._presence.close()
                self._close_journal()
                self._lock.close()
                self._state = None
                self._closed = True

    def _leave(self) -> None:
        if not self.path.exists():
            return
        cannot = Busy, Moved, OSError, MemoryError, CollectionError
        with contextlib.suppress(*cannot), self._lock.held():
            if self._presence.leave():
                self._prepare()
                self._tidy(self.present())

    # --- bringing into order -----------------------------------------------------------------

    def sweep_again(self) -> None:
        """Look once more for what killed programs have left, with the next change."""
        self._swept = False

    def _prepare(self) -> None:
        """Bring everything into order before a change; who calls this holds the lock."""
        if not self._swept:
            for stray in strays(self.path):
                # Only who holds the lock writes such files: a killed save left it.
                self._disk.remove(stray)
            self._swept = True
        self.catch_up()
        if not self._settled:
            # Who has put these files in their places may have been killed before that lasted;
            # nothing may be built on them, or taken away that they make superfluous, before.
            with never_again():
                self._disk.sync_folder(self.path.parent)
            self._settled = True
        state = self.present()
        place = self._place
        if state.journal and signature_at(place) is None:
            # Somebody has removed the journal; what it held is still known here.
            state.end = 0
            self._folded(state)
        elif state.merged or state.damaged:
            self._folded(state)
        elif state.torn:
            self._cut_off(state, place)

    def _cut_off(self, state: State, place: Path) -> None:
        """Take off what was never finished, keeping a copy."""
        with place.open("rb") as file:
            file.seek(state.end)
            tail = file.read()
        if tail.strip(b"\0"):
            self._keep(UNFINISHED, tail)
        if not state.journal:
            # Not even its beginning was finished.
            self._disk.remove(place)
            state.seen = None
        else:
            with self._disk.open_end(place) as journal:
                self._disk.truncate(journal, state.end)
                with never_again():
                    self._disk.sync(journal)
                state.seen = signature_of(os.fstat(journal.fileno()))
        state.torn = False

    def _put_aside(self, place: Path, why: str) -> None:
        """Keep a copy of a file that is to be replaced, for whoever wants to look into it."""
        with contextlib.suppress(FileNotFoundError):
            self._keep(why, place.read_bytes())

    def _keep(self, why: str, data: bytes) -> None:
        name = f"{self.path.name}.{why}-{in_a_name(now())}"
        target, number = self.path.with_name(name), 1
        while target.exists():
            number += 1
            target = self.path.with_name(f"{name}-{number}")
        try:
            write_atomically(target, [data], self._disk, backup=False, mode=0o600)
        except Unconfirmed as error:
            # That is not said of the collection's file.
            raise Uncertain(error.errno, error.strerror) from error

    def _poison(self, message: str) -> None:
        self._poisoned = message
