"""The file's layout: plain TinyDB JSON that any TinyDB opens, one entry a line.

The testimonies stand in the order of the list (date given, newest first, undated last), so
that the first screenful can be shown from the first lines, before the rest has been read.
Entries that nobody touches are carried from file to file as they are, byte for byte.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import CannotOpen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SCHEMA: Final = 1
"""The schema version that this program writes, and the newest that it reads."""
HEADER: Final = "collection"
"""The table whose only entry says what the file is."""
TESTIMONIES: Final = "testimonies"
"""The table of the current records."""
HISTORY: Final = "history"
"""The table of earlier versions, and of what was withdrawn."""
ENTRIES: Final = {"place": "places", "container": "containers", "theme": "themes"}
"""The tables of the authority entries, by what they are about; a file may lack them."""

Entry = dict[str, Any] | msgspec.Raw
"""An entry as plain values, or as its JSON."""
Tables = dict[str, dict[str, Entry]]
"""Tables by name, entries by TinyDB's own number written as text."""

_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_OPENING: Final = re.compile(rb'(\{?)("(?:[^"\\]|\\.)*"): \{\n')
_LONGEST_OPENING: Final = 1000
_ENTRY: Final = re.compile(rb'"(0|[1-9][0-9]{0,17})": ')
_NUMBER: Final = re.compile("0|[1-9][0-9]{0,17}")


class NotLaidOut(Exception):  # noqa: N818  # no error: another layout is as good
    """The file is not written one entry a line; it must be read as a whole."""


class _Date(msgspec.Struct, frozen=True):
    earliest: str | None = None
    latest: str | None = None


class _Key(msgspec.Struct):
    """What an entry is called, and what it is ordered by."""

    id: str = ""
    date: _Date = _Date()


class Trace(msgspec.Struct):
    """What an entry of the history is about."""

    id: str = ""
    action: str = ""


_KEYS: Final = msgspec.json.Decoder(_Key)
_TRACES: Final = msgspec.json.Decoder(Trace)


def new_tables(created: str) -> Tables:
    """Give the tables of an empty collection."""
    header = {"format": "firsthand", "schema": SCHEMA, "created": created}
    return {HEADER: {"1": header}, TESTIMONIES: {}, HISTORY: {}}


# --- entries ---------------------------------------------------------------------------------


def as_json(entry: Entry) -> bytes:
    """Give an entry as JSON on one line.

    Raises:
        UnicodeEncodeError, TypeError, ValueError: for what JSON cannot hold.
    """
    if not isinstance(entry, msgspec.Raw):
        return msgspec.json.encode(entry)
    raw = bytes(entry)
    return msgspec.json.format(raw, indent=-1) if b"\n" in raw or b"\r" in raw else raw


def values(entry: Entry) -> dict[str, Any]:
    """Give an entry as plain values."""
    return msgspec.json.decode(entry, type=dict) if isinstance(entry, msgspec.Raw) else entry


def _readable(entry: Entry) -> bytes | msgspec.Raw:
    return entry if isinstance(entry, msgspec.Raw) else msgspec.json.encode(entry)


def identifier(entry: Entry) -> str:
    """Give the identifier in an entry; empty where there is none."""
    return _key(entry).id


def trace(entry: Entry) -> Trace:
    """Tell what an entry of the history is about; empty where it cannot be read."""
    try:
        return _TRACES.decode(_readable(entry))
    except msgspec.ValidationError:
        return Trace()


def _key(entry: Entry) -> _Key:
    try:
        return _KEYS.decode(_readable(entry))
    except msgspec.ValidationError:
        return _Key()


def _order(entry: Entry) -> tuple[str, str]:
    key = _key(entry)
    return key.date.latest or key.date.earliest or "", key.id


# --- writing ---------------------------------------------------------------------------------


def encode(tables: Tables) -> Iterator[bytes]:
    """Write tables down, piece by piece, one entry a line.

    Raises:
        UnicodeEncodeError, TypeError, ValueError: for what JSON cannot hold.
    """
    names = [HEADER, TESTIMONIES, *(n for n in tables if n not in (HEADER, TESTIMONIES))]
    lead = b"{"
    for name in (name for name in names if name in tables):
        yield lead + msgspec.json.encode(name) + b": {"
        lead = b",\n"
        entries: Iterable[tuple[str, Entry]] = tables[name].items()
        if name == TESTIMONIES:
            # Newest first, but ties by identifier in rising order: two stable passes.
            keyed = sorted(((_order(e), n, e) for n, e in entries), key=lambda one: one[0][1])
            keyed.sort(key=lambda one: one[0][0], reverse=True)
            entries = ((number, entry) for _, number, entry in keyed)
        comma = b"\n"
        for number, entry in entries:
            yield comma + msgspec.json.encode(number) + b": " + as_json(entry)
            comma = b",\n"
        yield b"\n}"
    yield b"}\n"


# --- reading ---------------------------------------------------------------------------------


def decode(path: Path) -> Tables:
    """Read a file of tables, its entries as JSON; nothing when the file is empty.

    Raises:
        OSError: when it cannot be read.
        CannotOpen: when it is no collection.
    """
    try:
        return check(_from_lines(path), path)
    except (NotLaidOut, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _from_whole(path)


def _from_lines(path: Path) -> Tables:
    tables: Tables = {HEADER: {}, TESTIMONIES: {}, HISTORY: {}}
    for name, number, raw in entries(path):
        table = tables.setdefault(name, {})
        # Two files merged by hand may have a number twice: both entries count.
        free = number if number not in table else str(max(map(int, table)) + 1)
        table[free] = msgspec.Raw(raw)
        # Damage must not be carried on.
        _key(table[free])
    return tables


def _from_whole(path: Path) -> Tables:
    data = path.read_bytes().removeprefix(_BYTE_ORDER_MARK)
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
    return check(tables, path)


class _Double(Exception):  # noqa: N818  # the name of what was met
    """A key stands twice in one JSON object."""


def _single(pairs: list[tuple[str, Any]]) -> None:
    # What is inside is of no interest, so that nothing is kept of it.
    if len(dict(pairs)) < len(pairs):
        names = [name for name, _ in pairs]
        raise _Double(repr(next(name for name in names if names.count(name) > 1)))


def check(tables: Tables, path: Path) -> Tables:
    """Refuse what is not a collection of a schema that this program knows.

    Raises:
        CannotOpen: saying what the file is instead.
    """
    check_header(tables.get(HEADER, {}).get("1"), path)
    if not all(_NUMBER.fullmatch(number) for table in tables.values() for number in table):
        raise CannotOpen(
            f"{path.name} has entries that are not numbered, as TinyDB numbers them. "
            f"It was left as it is.{_backup_hint(path)}"
        )
    return tables


def check_header(entry: Entry | None, path: Path) -> None:
    """Refuse a file whose header is not that of a collection this program knows.

    Raises:
        CannotOpen: saying what the file is instead.
    """
    header = msgspec.json.decode(as_json(entry)) if entry is not None else None
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


def _foreign(path: Path, kind: str) -> CannotOpen:
    return CannotOpen(
        f"{path.name} is {kind}, not a Firsthand collection. It was left as it is; "
        f"open or create a collection and import it there."
    )


def entries(path: Path) -> Iterator[tuple[str, str, bytes]]:
    """Read a file entry by entry, with half the memory of parsing it whole.

    Args:
        path: the file.

    Yields:
        the table, the entry's number and the entry as JSON.

    Raises:
        OSError: when it cannot be read.
        NotLaidOut: at the first line that this program would not have written.
    """
    table: str | None = None
    with path.open("rb") as file:
        # A file on one line is not read to its end to find that out.
        first = file.readline(_LONGEST_OPENING)
        if not (found := _OPENING.fullmatch(first)) or not found[1]:
            raise NotLaidOut
        table = msgspec.json.decode(found[2])
        for line in file:
            if table is not None and (found := _ENTRY.match(line)):
                yield table, found[1].decode(), line[found.end() :].rstrip(b",\n")
            elif line in (b"},\n", b"}}\n") and table is not None:
                table = None
                if line == b"}}\n":
                    break
            elif table is None and (found := _OPENING.fullmatch(line)) and not found[1]:
                table = msgspec.json.decode(found[2])
            else:
                raise NotLaidOut
        else:
            raise NotLaidOut
        if file.read(1):
            raise NotLaidOut


def _backup_hint(path: Path) -> str:
    backup = path.with_name(path.name + ".bak")
    return f" {backup.name} beside it holds the state before the last save." * backup.exists()
