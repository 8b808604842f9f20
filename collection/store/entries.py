"""Changes of the authority entries, which stand in tables of their own beside the testimonies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import Conflict, shown
from collection.store import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.store.changes import EntryChange
    from collection.store.table import JournalTable


class Entries:
    """The entries of one table, found by name; read when first asked for."""

    def __init__(self, table: JournalTable) -> None:
        """Take the table."""
        self._table = table
        self._numbers: dict[str, list[int]] | None = None
        self._names: dict[int, str] = {}

    def forget(self) -> None:
        """Read anew when next asked: the file has been read anew."""
        self._numbers = None

    def note(self, number: int, raw: bytes | None) -> None:
        """Take over an entry that has changed."""
        if raw is None:
            self._numbers = None
        elif self._numbers is not None:
            self._enter(self._numbers, number, raw)

    def _enter(self, found: dict[str, list[int]], number: int, raw: bytes) -> None:
        name = _name(raw)
        former = self._names.get(number, name)
        if former != name and number in found.get(former, ()):
            found[former].remove(number)
        self._names[number] = name
        numbers = found.setdefault(name, [])
        if number not in numbers:
            numbers.append(number)

    def _find(self, change: EntryChange) -> tuple[int | None, Any]:
        """Give the first entry of a name, and its number."""
        if self._numbers is None:
            found: dict[str, list[int]] = {}
            self._names = {}
            for number, raw in self._table.jsons():
                self._enter(found, number, raw)
            self._numbers = found
        kind: Any = type(change.before or change.after)
        for number in self._numbers.get(change.name, ()):
            try:
                return number, msgspec.json.decode(self._table.json(number) or b"", type=kind)
            except (msgspec.DecodeError, UnicodeDecodeError):
                # Another program's; it stays, and is nobody's.
                continue
        return None, None

    def apply(self, changes: Sequence[EntryChange]) -> None:
        """Make changes of this table's entries, inside a transaction.

        Raises:
            Conflict: someone else has changed an entry that a change starts from.
        """
        for change in changes:
            number, found = self._find(change)
            if found is not None and change.yields:
                continue
            _check_start(change, found)
            if number is not None:
                former = layout.values(self._table.json(number) or b"{}")
                after = _written(change.after, former) if change.after is not None else None
                self._table.put_json(number, after)
            elif change.after is not None:
                self._table.insert_json(_written(change.after, {}))


def _name(raw: bytes) -> str:
    try:
        return msgspec.json.decode(raw, type=_Named).name
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""


class _Named(msgspec.Struct):
    name: str = ""


def _check_start(change: EntryChange, found: msgspec.Struct | None) -> None:
    """Refuse to overwrite what someone else has made of an entry."""
    if found is not None and found != change.before:
        raise Conflict(
            f"The entry of the {change.about} {shown(change.name)} was changed by someone else in "
            f"the meantime. Nothing of it was overwritten; look at it and decide again."
        )


def _written(entry: msgspec.Struct, former: dict[str, Any]) -> bytes:
    """Write an entry down; keys that another program put beside ours stay."""
    kept = {key: value for key, value in former.items() if key not in entry.__struct_fields__}
    written: dict[str, Any] = msgspec.to_builtins(entry)
    return msgspec.json.encode(kept | written)
