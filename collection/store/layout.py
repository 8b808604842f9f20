"""The file's layout: plain TinyDB JSON that any TinyDB opens, one entry a line.

The testimonies stand in the order of the list (date given, newest first, undated last), so
that the first screenful can be shown from the first lines, before the rest has been read.
Entries that nobody touches are carried from file to file as they are, byte for byte. The last
table holds a checksum of everything before it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import CannotOpen

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: Final = 2
"""The schema version that this program writes, and the newest that it reads."""
HEADER: Final = "collection"
"""The table whose only entry says what the file is."""
CHECKSUM: Final = "checksum"
"""The last table, whose only entry is the checksum of everything before it."""
OWN: Final = (HEADER, CHECKSUM)
"""The tables that are about the file itself."""
TESTIMONIES: Final = "testimonies"
"""The table of the current records."""
HISTORY: Final = "history"
"""The table of earlier versions, and of what was withdrawn."""
STEPS: Final = "steps"
"""The table of what was done in which order; a file may lack it."""
ENTRIES: Final = {
    "place": "places",
    "container": "containers",
    "theme": "themes",
    "apart": "apart",
}
"""The tables of the authority entries, by what they are about; a file may lack them."""

Entry = dict[str, Any] | msgspec.Raw
"""An entry as plain values, or as its JSON."""

JOURNAL: Final = ".journal"
"""What the name of the journal ends with, after that of the file."""
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
OPENING: Final = re.compile(rb'(\{?)("(?:[^"\\]|\\.)*"): \{\n')
"""The line that begins a table; the brace stands before the first one."""
LONGEST_OPENING: Final = 1000
ENTRY: Final = re.compile(rb'"(0|[1-9][0-9]{0,17})": ')
"""What stands before an entry on its line: its number."""
_NUMBER: Final = re.compile("0|[1-9][0-9]{0,17}")


class NotLaidOut(Exception):  # noqa: N818  # no error: another layout is as good
    """The file is not written one entry a line; it must be read as a whole."""


NOT_IN_LINES: Final = (NotLaidOut, msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What tells that a file must be read as a whole."""


class _Date(msgspec.Struct, frozen=True):
    earliest: str | None = None
    latest: str | None = None


class _Key(msgspec.Struct):
    """What an entry is called, and what it is ordered by."""

    id: str = ""
    date: _Date = _Date()


_KEYS: Final = msgspec.json.Decoder(_Key)


class Header(msgspec.Struct):
    """What the file says of itself."""

    format: str = "firsthand"
    schema: int = SCHEMA
    created: str = ""
    lineage: str = ""
    """What copies of one collection have in common; empty in a file of schema 1."""
    sequence: int = 0
    """The number of the last change in it."""
    chain: int = 0
    """What all changes up to that one have come to, as a checksum."""
    journal: str = ""
    """The journal that was folded into it last."""


# --- entries ---------------------------------------------------------------------------------


def on_one_line(raw: bytes) -> bytes:
    """Give the JSON of an entry on one line."""
    return msgspec.json.format(raw, indent=-1) if b"\n" in raw or b"\r" in raw else raw


def values(raw: bytes) -> Any:
    """Give an entry as plain values."""
    return msgspec.json.decode(raw)


def identifier(raw: bytes) -> str:
    """Give the identifier in an entry; empty where there is none."""
    return _key(raw).id


def check_entry(raw: bytes) -> None:
    """Refuse an entry that is no JSON.

    Raises:
        msgspec.DecodeError, UnicodeDecodeError: when it is damaged.
    """
    # What is read into a record is not looked at where the record has no field for it.
    raw.decode()
    msgspec.json.decode(raw)


def _key(raw: bytes) -> _Key:
    try:
        return _KEYS.decode(raw)
    except msgspec.ValidationError:
        return _Key()


class Rank:
    """The place of a testimony in the list: newest first, ties by rising identifier."""

    __slots__ = ("_day", "_id")

    def __init__(self, raw: bytes) -> None:
        """Take the entry."""
        key = _key(raw)
        self._day = key.date.latest or key.date.earliest or ""
        self._id = key.id

    def __lt__(self, other: Rank) -> bool:
        """Tell whether it stands before another."""
        if self._day != other._day:
            return self._day > other._day
        return self._id < other._id


# --- reading as a whole ----------------------------------------------------------------------


def decode(data: bytes, path: Path) -> dict[str, dict[int, bytes]]:
    """Read the content of a file of any layout; nothing when the file is empty.

    Raises:
        CannotOpen: when it is no collection.
    """
    data = data.removeprefix(BYTE_ORDER_MARK)
    if not data.strip():
        backup = path.with_name(path.name + ".bak")
        if backup.exists() and backup.stat().st_size:
            raise CannotOpen(
                f"{path.name} is empty, but its backup {backup.name} is not. Nothing was "
                f"changed; copy the backup over the file to have the last saved state."
            )
        return {}
    try:
        tables: Any = msgspec.json.decode(data, type=dict[str, dict[str, msgspec.Raw]])
        json.loads(data, object_pairs_hook=_single)
    except msgspec.ValidationError as error:
        raise _foreign(path, "other JSON") from error
    except _Double as error:
        raise CannotOpen(
            f"{path.name} says two things under one name ({error}), of which only one could be "
            f"kept. It was left as it is; a text editor shows and mends it."
        ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, RecursionError) as error:
        place = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
        raise CannotOpen(
            f"{path.name} is not a Firsthand collection, or is damaged ({place}). "
            f"It was left as it is.{_backup_hint(path)}"
        ) from error
    header = tables.get(HEADER, {}).get("1")
    read_header(bytes(header) if header is not None else None, path)
    if not all(_NUMBER.fullmatch(number) for table in tables.values() for number in table):
        raise CannotOpen(
            f"{path.name} has entries that are not numbered, as TinyDB numbers them. "
            f"It was left as it is.{_backup_hint(path)}"
        )
    return {
        name: {int(number): bytes(raw) for number, raw in table.items()}
        for name, table in tables.items()
    }


class _Double(Exception):  # noqa: N818  # the name of what was met
    """A key stands twice in one JSON object."""


def _single(pairs: list[tuple[str, Any]]) -> None:
    # What is inside is of no interest, so that nothing is kept of it.
    if len(dict(pairs)) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Double(repr(next(name for name in names if names.count(name) > 1)))


def read_header(raw: bytes | None, path: Path) -> Header:
    """Read the header, and refuse that of anything but a collection this program knows.

    Raises:
        CannotOpen: saying what the file is instead.
    """
    header = msgspec.json.decode(raw) if raw is not None else None
    schema = header.get("schema") if isinstance(header, dict) else None
    if not isinstance(header, dict) or header.get("format") != "firsthand":
        raise _foreign(path, "a TinyDB file of another shape")
    if not isinstance(schema, int) or isinstance(schema, bool):
        raise _foreign(path, "a TinyDB file of another shape")
    if schema > SCHEMA:
        raise CannotOpen(
            f"{path.name} was written by a newer Firsthand (schema {schema}; this one reads "
            f"up to {SCHEMA}). It was left as it is; update Firsthand to open it."
        )
    try:
        return msgspec.convert(header, Header)
    except msgspec.ValidationError:
        # Changed by hand; only what is needed to count on is missing then.
        created = header.get("created")
        return Header(created=created if isinstance(created, str) else "")


def _foreign(path: Path, kind: str) -> CannotOpen:
    return CannotOpen(
        f"{path.name} is {kind}, not a Firsthand collection. It was left as it is; "
        f"open or create a collection and import it there."
    )


def _backup_hint(path: Path) -> str:
    backup = path.with_name(path.name + ".bak")
    return f" {backup.name} beside it holds the state before the last save." * backup.exists()
