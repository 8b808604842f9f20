"""JSON lines: one record a line, lossless for the keeper; also a JSON list or a single object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.access import public_record
from collection.errors import Problem, told
from collection.exchange.controls import spelt_out
from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.store.loading import entries_with_journal
from collection.testimony import Testimony, as_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collection.access import Gated

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BLANK = _BYTE_ORDER_MARK + b" \t\r\n"


class JSONLines:
    """The format `jsonl`."""

    name = "jsonl"
    label = "JSON lines"
    about = "everything, one record a line; lossless with what is private"
    suffix = ".jsonl"
    single = True

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Take a file apart, line by line; a file that is one JSON value is taken as such.

        Of a collection that is open elsewhere its journal is read too.
        """
        del reading  # JSON says itself how it is to be read
        if (entries := entries_with_journal(path)) is not None:
            for number, raw in enumerate(entries, 1):
                yield Row(Where(path.name, number), _complete(msgspec.json.decode(raw)))
            return
        with path.open("rb") as file:
            first = next((line for line in file if line.strip(_BLANK)), b"")
            file.seek(0)
            if not _is_object(first):
                yield from parse(file.read(), path.name)
                return
            row = 0
            for number, line in enumerate(file, 1):
                if line.strip(_BLANK):
                    row += 1
                    yield from _rows(line, Where(path.name, row, number))

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one record a line with every key that is not withheld; sealed ones not at all."""
        for gated in testimonies:
            if not gated.sealed:
                yield spelt_out(msgspec.json.encode(public_record(gated))) + b"\n"


def parse(data: bytes, name: str) -> Iterator[Row]:
    """Take apart one JSON value: an object, a list of them, or else JSON lines."""
    if not data.strip(_BLANK):
        return
    whole = _row(data, Where(name, 1, 1))
    if whole.problem is None:
        yield from _rows(data, Where(name, 1, 1))
        return
    numbered = enumerate(data.split(b"\n"), 1)
    lines = [(n, line) for n, line in numbered if line.strip(_BLANK)]
    if not any(map(_is_object, (line for _, line in lines))):
        # Nothing of it can be used, so that it is told once.
        yield whole
        return
    for row, (number, line) in enumerate(lines, 1):
        yield from _rows(line, Where(name, row, number))


def _is_object(line: bytes) -> bool:
    return isinstance(_row(line, Where("")).raw, dict)


def _rows(data: bytes, where: Where) -> Iterator[Row]:
    """Read one JSON value; a list, and the file of a collection, are several records."""
    row = _row(data, where)
    raw = row.raw
    if isinstance(raw, dict) and isinstance(raw.get("testimonies"), dict) and "collection" in raw:
        raw = [_complete(entry) for entry in raw["testimonies"].values()]
    if not isinstance(raw, list):
        yield row
        return
    for number, item in enumerate(raw, 1):
        yield Row(Where(where.file, number), item)


def _complete(entry: Any) -> Any:
    """Add what a collection's own file leaves out because it is the default."""
    try:
        return entry | as_record(msgspec.convert(entry, Testimony))
    except (msgspec.ValidationError, TypeError):
        return entry


def _row(data: bytes, where: Where) -> Row:
    data = data.removeprefix(_BYTE_ORDER_MARK)
    try:
        return Row(where, msgspec.json.decode(data))
    except UnicodeDecodeError:
        message = "This is not UTF-8 text. Save the file as UTF-8 and import it again."
    except RecursionError:
        message = "This nests too deeply to be a record."
    except msgspec.DecodeError as error:
        message = f"This is not JSON: {error}."
    beginning = data[:80].decode("utf-8", "replace")
    return Row(where, problem=Problem("", told(beginning), message))
