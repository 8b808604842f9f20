"""A collection's file with its journal as everybody reads it, and goes on reading."""

from __future__ import annotations

import os
from threading import RLock
from typing import TYPE_CHECKING

from collection.errors import CannotOpen
from collection.store.journal import Appending, Line, journal_place, read_content, read_on
from collection.store.locking import Presence
from collection.store.mainfile import signature_at, signature_of
from collection.store.state import State, read_state

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from collection.store.journal import Change
    from collection.store.mainfile import Readers, Signature, Typed


class FollowedFile:
    """Knows where the entries of a file are, and what others change."""

    def __init__(self, path: Path, *, read_only: bool, readers: Readers | None) -> None:
        """Take the file; it is not read yet."""
        self.path = path
        """The main file."""
        self.mutex = RLock()
        """Held by the threads of this program while they read or change the state."""
        self.accept: Callable[[State, Typed], None] = lambda _state, _typed: None
        """Is given each state that was read as a whole, with its records; may raise."""
        self.tell: Callable[[Sequence[Change]], None] = lambda _: None
        """Is given what others have changed, just before it is taken over."""
        self.version = 0
        """Rises with every change of the state."""
        self._place = journal_place(path)
        self._read_only = read_only
        self._readers = readers or {}
        self._state: State | None = None
        self._journal: Appending | None = None
        self._presence = Presence(path)
        self._closed = False
        # Whether the names of the files that were read are known to last.
        self._settled = False

    @property
    def state(self) -> State | None:
        """The state that was read last; None before."""
        return self._state

    def load(self) -> State:
        """Read everything anew, and tell others that the collection is open here.

        Raises:
            OSError: when the file cannot be read; `FileNotFoundError` when there is none.
            CannotOpen: when it is no collection, or what `accept` raises.
        """
        with self.mutex:
            typed: Typed = {}
            state = read_state(self.path, self._readers, typed)
            self.accept(state, typed)
            self._become(state)
            return state

    def present(self) -> State:
        """Give the state, which is read now if it was not before.

        Raises:
            OSError, CannotOpen: as `load`; an absent file is an empty state.
        """
        if self._state is not None:
            return self._state
        if self._closed:
            raise CannotOpen(f"{self.path.name} was closed here. Open it again.")
        try:
            return self.load()
        except FileNotFoundError:
            return self._become(State(None))

    def _become(self, state: State) -> State:
        first = self._state is None
        self._state = state
        self._settled = False
        self._close_journal()
        self.version += 1
        if first and not self._read_only:
            self._presence.enter()
        return state

    def changed(self) -> bool:
        """Tell whether someone else has changed something since it was last read; cheap."""
        state = self._state
        if state is None:
            return not self._closed
        return self._replaced(state) or signature_at(self._place) != state.seen

    def _replaced(self, state: State) -> bool:
        return signature_at(self.path) != (state.main.signature if state.main else None)

    def catch_up(self) -> bool:
        """Take over what others have changed; cheap when they have not.

        Returns:
            whether there was anything.

        Raises:
            OSError, CannotOpen: as `load`; what was known stays.
        """
        with self.mutex:
            if self._closed:
                return False
            state = self.present()
            if not self.changed() or (state.main is None and not self.path.exists()):
                return False
            lines = None if self._replaced(state) else self._appended(state)
            if lines is None:
                self.load()
                return True
            for line in lines:
                self.tell(line.changes)
                state.take(line)
            self.version += bool(lines)
            return bool(lines)

    def _appended(self, state: State) -> Sequence[Line] | None:
        """Read on in the journal; None where it is not the one that is known."""
        try:
            with self._place.open("rb") as file:
                seen = signature_of(os.fstat(file.fileno()))
                known = state.journal and state.seen is not None and state.seen[0] == seen[0]
                if not known:
                    return self._begun(state, file.read(seen[2]), seen)
                if seen[2] <= state.end:
                    # Nobody takes back what is complete, unless a disk failed.
                    return None
                file.seek(state.end)
                lines = read_on(file.read(seen[2] - state.end), state.end, state.sequence)
        except FileNotFoundError:
            # Folded in this moment, or removed by somebody; then it lives on here.
            return ()
        if lines is not None:
            state.seen = seen
            state.torn = (lines[-1].end if lines else state.end) < seen[2]
        return lines

    def _begun(self, state: State, data: bytes, seen: Signature) -> Sequence[Line] | None:
        content = read_content(data)
        head, main = content.head, state.main
        if head is None or main is None or state.journal or (head.size, head.crc) != main.digest:
            return None
        if head.sequence != state.sequence or content.damaged:
            return None
        self._settled = False
        state.journal = state.found = head.journal
        state.seen, state.end, state.stale = seen, content.end, False
        state.torn = content.end < content.size
        return content.lines

    def _close_journal(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None
