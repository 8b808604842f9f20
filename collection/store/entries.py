"""Changes of the authority entries, which stand in tables of their own beside the testimonies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import tinydb

from collection.errors import Conflict, shown
from collection.store import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.store.storage import AtomicStorage


class EntryChange(msgspec.Struct, frozen=True):
    """One step in the life of one authority entry."""

    about: str
    """What it is an entry of, a key of `layout.ENTRIES`."""
    name: str
    """Its name, by which it is kept."""
    before: msgspec.Struct | None
    """The entry that the change starts from; none where there was none."""
    after: msgspec.Struct | None
    """The entry that it leads to; none if it is taken out."""
    yields: bool = False
    """Whether it gives way to an entry that is in the file already."""


def apply_entries(storage: AtomicStorage, changes: Sequence[EntryChange]) -> None:
    """Make changes inside a transaction of the storage.

    Raises:
        Conflict: someone else has changed an entry that a change starts from.
    """
    database = tinydb.TinyDB(storage=lambda: storage)
    for about in dict.fromkeys(change.about for change in changes):
        _apply(database, storage, about, [one for one in changes if one.about == about])


def _apply(
    database: tinydb.TinyDB, storage: AtomicStorage, about: str, changes: list[EntryChange]
) -> None:
    current: dict[str, layout.Entry] = storage.read().get(layout.ENTRIES[about], {})
    found = _by_name(current, type(changes[0].before or changes[0].after))
    added: list[dict[str, Any]] = []
    updated: dict[int, dict[str, Any]] = {}
    removed: list[int] = []
    for change in changes:
        number, entry = found.get(change.name, ("", None))
        if entry is not None and change.yields:
            continue
        _check_start(change, entry)
        if change.after is None:
            removed += [int(number)] if number else []
        elif number:
            updated[int(number)] = _written(change.after, layout.values(current[number]))
            # TinyDB changes entries where they are, so that this one must be plain values.
            current[number] = {"name": change.name}
        else:
            added.append(_written(change.after, {}))
    table = database.table(layout.ENTRIES[about], cache_size=0)
    if added:
        table.insert_multiple(added)
    if updated:
        by_name = {entry["name"]: entry for entry in updated.values()}
        table.update(lambda entry: entry.update(by_name[entry["name"]]), doc_ids=[*updated])
    if removed:
        table.remove(doc_ids=removed)


def _by_name(table: dict[str, layout.Entry], kind: Any) -> dict[str, tuple[str, Any]]:
    """Find the entries by their name, each with its number; the first of a name counts."""
    decoder = msgspec.json.Decoder(kind)
    found: dict[str, tuple[str, Any]] = {}
    for number, raw in table.items():
        try:
            entry = decoder.decode(layout.as_json(raw))
        except msgspec.ValidationError:
            # Another program's; it stays, and is nobody's.
            continue
        found.setdefault(entry.name, (number, entry))
    return found


def _check_start(change: EntryChange, found: msgspec.Struct | None) -> None:
    """Refuse to overwrite what someone else has made of an entry."""
    if found is not None and found != change.before:
        raise Conflict(
            f"The entry of the {change.about} {shown(change.name)} was changed by someone else in "
            f"the meantime. Nothing of it was overwritten; look at it and decide again."
        )


def _written(entry: msgspec.Struct, former: dict[str, Any]) -> dict[str, Any]:
    """Write an entry down; keys that another program put beside ours stay."""
    kept = {key: value for key, value in former.items() if key not in entry.__struct_fields__}
    written: dict[str, Any] = msgspec.to_builtins(entry)
    return kept | written
