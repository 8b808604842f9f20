"""What a store does to its file beside changing testimonies: it erases, and mends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from collection.errors import CannotSave, ReadOnly, shown
from collection.store import layout
from collection.store.changes import AWAY, ERASED, NOT_YET, Step, Version
from collection.store.history import about_id
from collection.store.moment import now
from collection.store.recalling import Recalling
from collection.testimony import Testimony, make_id

if TYPE_CHECKING:
    from pathlib import Path

    from collection.store.state import State
    from collection.store.table import JournalTable


class Mending(Recalling):
    """The part of a store that takes out and puts right."""

    read_only: bool
    why_read_only: str
    _past: JournalTable

    def check_there(self) -> None:
        """Refuse to write where that is not wanted, or the file is gone.

        Raises:
            CannotSave: saying so.
        """
        if self.read_only:
            raise ReadOnly(
                f"{self.path.name} is open for reading only, so nothing was changed. "
                f"{self.why_read_only}"
            )
        state = self._file.state
        if state is not None and state.main is not None and not self.path.exists():
            # Not even a lock is to be left where the file was.
            raise CannotSave(_gone(self.path))

    def erase(self, id: str, by: str = "") -> None:
        """Remove a testimony and its history from the file; only that it was there stays.

        Raises:
            CannotSave: when it could not be written; everything is as it was.
        """
        self.check_there()
        self._file.sweep_again()
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
        self.check_there()
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


def _is_testimony(raw: bytes) -> bool:
    try:
        msgspec.json.decode(raw, type=Testimony)
    except msgspec.ValidationError:
        return False
    return True


def _gone(path: Path) -> str:
    return (
        f"{path.name} is no longer where it was, or is empty. Nothing was written; "
        f"put the file back, or export what is on screen."
    )
