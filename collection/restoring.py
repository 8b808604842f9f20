"""Restoring: a collection becomes equal to a backup, or a backup replaces a damaged file."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import CannotOpen, CannotSave, InvalidTestimony
from collection.store import layout
from collection.store.backups import copied, written
from collection.store.changes import Change
from collection.store.disk import Disk, write_atomically
from collection.store.journal import journal_place, read_content
from collection.store.mainfile import read_main
from collection.store.store import Store
from collection.testimony import Testimony, same_content, validate

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from collection.ledger import Ledger
    from collection.records import Records

_HEAD: Final = 4096
_SCHEMA: Final = re.compile(rb'"schema":\s*(\d{1,9})')


class Restored(msgspec.Struct, frozen=True):
    """What restoring has changed, or would change."""

    added: int = 0
    """Testimonies only in the backup: they are back."""
    changed: int = 0
    """Testimonies that said something else: they say again what they said."""
    withdrawn: int = 0
    """Testimonies that the backup does not have; the history keeps them."""
    same: int = 0
    """Testimonies that are as in the backup."""
    refused: list[str] = []
    """What could not be taken from the backup, a sentence each; it is as it was before."""


def restore(
    store: Store,
    ledger: Ledger,
    records: Records,
    path: str | os.PathLike[str],
    *,
    dry_run: bool = False,
) -> Restored:
    """Make the testimonies of a collection equal to those of a backup.

    See `Collection.restore_from`.
    """
    backup = Store(Path(path), read_only=True)
    then = backup.load()
    if not backup.sequence and not then and not backup.lineage:
        raise CannotOpen(f"{backup.path.name} is empty. Nothing was changed.")
    # What cannot be read in the backup was there: it is no reason to withdraw what is here.
    unread = set(map(layout.identifier, backup.jsons(layout.TESTIMONIES))) - then.keys()
    refused = [f"In the backup: {problem.message}" for problem in backup.problems]
    with records.lock:
        if not dry_run:
            ledger.keep_up()
        refusals = _refusals(then, store, records)
        changes = [*_changes(then, refusals, store, ledger, records)]
        changes = [one for one in changes if one.after is not None or one.id not in unread]
        if changes and not dry_run:
            ledger.commit(changes)
        kinds = [(change.before is not None, change.after is not None) for change in changes]
    added, changed = kinds.count((False, True)), kinds.count((True, True))
    return Restored(
        added,
        changed,
        kinds.count((True, False)),
        len(then) - added - changed - len(refusals),
        [*refused, *refusals.values()],
    )


def _changes(
    then: dict[str, Testimony],
    refusals: dict[str, str],
    store: Store,
    ledger: Ledger,
    records: Records,
) -> Iterator[Change]:
    absent = [id for id in then if id not in records and id not in refusals]
    gone = store.withdrawn() if absent else frozenset()
    last = {one.id: one.before for one in store.last_withdrawn()} if gone else {}
    for id, wanted in then.items():
        current = records.get(id)
        if id in refusals or (current is not None and same_content(current, wanted)):
            continue
        if current is not None:
            yield Change(current, ledger.restamped(current, wanted))
        elif id in gone:
            former = _as_testimony(last.get(id, {})) or wanted
            yield Change(None, ledger.restamped(former, wanted), restores=True)
        else:
            yield Change(None, ledger.stamped(wanted))
    for id in records.ids():
        current = records.get(id)
        if id not in then and current is not None:
            yield Change(current, None)


def _refusals(then: dict[str, Testimony], store: Store, records: Records) -> dict[str, str]:
    """Tell which testimonies of a backup cannot be restored, and why."""
    refused: dict[str, str] = {}
    for id, wanted in then.items():
        try:
            validate(wanted)
        except InvalidTestimony as error:
            # Not the values: they may be sealed.
            fields = ", ".join(dict.fromkeys(problem.field for problem in error.problems))
            refused[id] = f"{id} does not fit any longer ({fields}), and was left as it is."
    absent = {id for id in then if id not in records}
    if not absent:
        return refused
    hidden: set[str] = set()
    if store.problems:
        hidden.update(map(layout.identifier, store.jsons(layout.TESTIMONIES)))
    for id in sorted(absent & hidden):
        refused[id] = f"The entry of {id} in the file cannot be read, and was left as it is."
    for id in sorted(absent & store.withdrawn()):
        if store.is_erased(id):
            refused[id] = f"{id} was erased, and does not return."
    return refused


def _as_testimony(before: dict[str, Any]) -> Testimony | None:
    try:
        return msgspec.convert(before, Testimony)
    except msgspec.ValidationError:
        return None


# --- in the place of a damaged file ----------------------------------------------------------


def count(path: Path) -> int:
    """Count the testimonies of a backup, and make sure that it can be opened.

    Raises:
        CannotOpen: when it cannot.
    """
    return len(Store(path, read_only=True).load())


def may_be_replaced(collection: Path) -> bool:
    """Tell whether a file that could not be opened is damaged or gone, as far as can be told.

    One that is closed to us, that a newer program wrote, or that reads well and could not be
    opened for another reason, is to stay where it is.
    """
    newer = False
    try:
        if not os.path.lexists(collection):
            return True
        if not collection.is_file():
            return False
        with collection.open("rb") as file:
            schema = _SCHEMA.search(file.read(_HEAD))
        newer = schema is not None and int(schema[1]) > layout.SCHEMA
        read_main(collection, {}, {})
    except CannotOpen:
        return not newer
    except (OSError, MemoryError):
        return False
    return False


def put_in_place(
    collection: Path, backup: Path, now: datetime.datetime, disk: Disk | None = None
) -> list[Path]:
    """Put a damaged collection's file aside and a copy of a backup in its place.

    Args:
        collection: the file, links followed; it may be gone.
        backup: what to copy.
        now: the present moment, UTC, which the file put aside is called by.
        disk: how to write; for tests.

    Returns:
        what the damaged file, and its journal if there is one, are called now.

    Raises:
        CannotSave: when something could not be written; everything is then where it was, or
            stands under the names that are told.
    """
    disk = disk or Disk()
    ready = collection.with_name(f".{collection.name}.restored")
    moved: list[Path] = []
    try:
        # First all that can fill the disk.
        mode = collection.stat().st_mode & 0o777 if collection.exists() else 0o600
        write_atomically(ready, copied(backup), disk, backup=False, mode=mode)
        # A journal of the same collection stays: when the file is opened, it is laid over it.
        journal = journal_place(collection)
        paths = [collection] if _goes_with(journal, backup) else [journal, collection]
        for path in paths:
            if path.exists():
                aside = _free(path, f".damaged-{written(now)}")
                disk.rename(path, aside)
                moved.append(aside)
        disk.rename(ready, collection)
        disk.sync_folder(collection.parent)
    except OSError as error:
        disk.remove(ready)
        where = f" What was put aside is now {', '.join(map(str, moved))}." if moved else ""
        raise CannotSave(
            f"The backup could not be put in the place of {collection.name} ({error.strerror}). "
            f"Nothing was deleted.{where}"
        ) from error
    return moved[::-1]


def _goes_with(journal: Path, backup: Path) -> bool:
    """Tell whether a journal holds changes of the collection that a backup is of."""
    try:
        head = read_content(journal.read_bytes()).head
    except FileNotFoundError:
        return False
    lineage = read_main(backup, {}, {}).header.lineage
    return head is not None and bool(lineage) and head.lineage == lineage


def _free(path: Path, ending: str) -> Path:
    number, aside = 1, path.with_name(path.name + ending)
    while os.path.lexists(aside):
        number += 1
        aside = path.with_name(f"{path.name}{ending}-{number}")
    return aside
