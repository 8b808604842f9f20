"""Records of other programs in JSON: TinyDB files, lists and lines of objects, as a table.

Each key is a column, and so is each key within an object, dotted. A TinyDB file has tables of
documents by number; all of them are read unless one is named, and the number of a document is
kept as `doc_id`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import Problem, shown
from collection.exchange.tables.grid import Grid, Line
from collection.reading import field_name
from collection.testimony import FIELDS, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from collection.exchange.interface import Reading

NUMBER: Final = "doc_id"
"""The column that holds the number of a TinyDB document."""
_BEGINNING: Final = 1 << 16
_DEEPEST: Final = 6
_KEY: Final = rb'\s*"(?:[^"\\]|\\.)*"\s*:'
_TINYDB: Final = re.compile(
    rb"\s*\{(?:" + _KEY + rb"\s*\{\s*\}\s*,)*" + _KEY + rb'\s*\{\s*"[0-9]+"\s*:\s*\{'
)
_EMPTY_TABLES: Final = re.compile(
    rb"\s*\{" + _KEY + rb"\s*\{\s*\}(?:\s*," + _KEY + rb"\s*\{\s*\})*\s*\}\s*"
)
_FIRST: Final = re.compile(rb"\s*(?:\[\s*)?(\{)")
_LISTS: Final = re.compile(rb"\s*\{" + _KEY + rb"\s*\[\s*\{")
_OURS: Final = 2
"""Known keys that make an object a record of ours, if title or account is among them."""
_PARTS: Final = {
    "narrator": frozenset(["name", "real_name"]),
    "date": frozenset(["text", "edtf", "earliest", "latest"]),
    "period": frozenset(["text", "edtf", "earliest", "latest"]),
    "places": frozenset(["name"]),
    "source": frozenset(["citation", "url"]),
    "consent": frozenset(["status"]),
    "access": frozenset(PARTS),
}
_MARK: Final = b"\xef\xbb\xbf"


def is_foreign(path: Path) -> bool:
    """Tell whether a JSON file holds objects whose keys must be mapped.

    That is so for a TinyDB file that is no collection of ours, and for objects hardly any of
    whose keys the record knows.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING).removeprefix(_MARK)
    if re.match(rb'\s*\{\s*"collection"\s*:', beginning):
        return False
    if _TINYDB.match(beginning) or _EMPTY_TABLES.fullmatch(beginning) or _LISTS.match(beginning):
        return True
    if (opening := _FIRST.match(beginning)) is None:
        return False
    first = _first_object(beginning[opening.start(1) :])
    names = {field_name(key) for key in first} & set(FIELDS)
    return bool(first) and not ({"title", "account", "id"} & names and len(names) >= _OURS)


def _first_object(text: bytes) -> dict[str, Any]:
    """Read the object at the beginning of a text; empty where there is none."""
    import json

    try:
        value, _ = json.JSONDecoder().raw_decode(text.decode("utf-8", "ignore"))
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def open_objects(path: Path, reading: Reading) -> Grid:
    """Open a file of JSON as a table.

    Raises:
        OSError: when it cannot be read.
    """
    data = path.read_bytes().removeprefix(_MARK)
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        return _of_lines(data, error)
    del data
    tables = _tables(value)
    names = tuple(tables)
    if reading.sheet and reading.sheet not in tables:
        known = ", ".join(map(shown, names))
        message = f"{shown(path.name)} has no table {shown(reading.sheet)}. It has {known}."
        problem = Problem("", reading.sheet, message)
        return Grid(iter([Line(1, [], problem)]), sheets=names)
    wanted = [reading.sheet] if reading.sheet else names
    found = [item for name in wanted for item in tables[name]]
    return _grid(found, sheets=names if len(names) > 1 else (), sheet=reading.sheet)


def _tables(value: Any) -> dict[str, list[Any]]:
    """Give the objects of each table: documents by number, or a list."""
    if isinstance(value, list):
        return {"": value}
    if not isinstance(value, dict):
        return {"": [value]}
    tables = {}
    for name, table in value.items():
        if isinstance(table, dict) and all(key.isdigit() for key in table):
            tables[name] = [_numbered(number, document) for number, document in table.items()]
        elif isinstance(table, list) and any(isinstance(item, dict) for item in table):
            tables[name] = table
        else:
            # An object by itself, not a table of them.
            return {"": [value]}
    return tables


def _numbered(number: str, document: Any) -> Any:
    if not isinstance(document, dict) or NUMBER in document:
        return document
    return {**document, NUMBER: int(number) if len(number) < 10 else number}


def _of_lines(data: bytes, error: Exception) -> Grid:
    """Read lines of objects; a line that is none is told."""
    items: list[Any] = []
    problems: list[Line] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            items.append(msgspec.json.decode(line))
        except (msgspec.DecodeError, ValueError, RecursionError) as wrong:
            if not items:
                return Grid(iter([Line(1, [], _no_json(error))]))
            problems.append(Line(number, [], _no_json(wrong)))
    return _grid(items, problems)


def _no_json(error: Exception) -> Problem:
    why = "it nests too deeply" if isinstance(error, RecursionError) else str(error)
    return Problem("", "", f"This is not JSON that could be read: {why}.")


def _grid(items: Iterable[Any], problems: Iterable[Line] = (), **known: Any) -> Grid:
    flat = [_flat(item) if isinstance(item, dict) else item for item in items]
    columns = tuple(dict.fromkeys(key for item in flat if isinstance(item, dict) for key in item))
    return Grid(_lines(flat, columns, problems), columns, **known)


def _lines(
    items: Iterable[Any], columns: tuple[str, ...], problems: Iterable[Line]
) -> Iterator[Line]:
    for number, item in enumerate(items, 1):
        if isinstance(item, dict):
            yield Line(number, [item.get(column, "") for column in columns])
        else:
            message = "This is no object with named values."
            yield Line(number, [], Problem("", shown(item), message))
    yield from problems


def _is_part(field: str, value: Mapping[str, Any]) -> bool:
    """Tell whether an object is a part of a record as the record has it."""
    names = _PARTS.get(field, frozenset())
    return field == "extra" or not names.isdisjoint(value)


def _flat(item: Mapping[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """Give the values within an object under dotted keys; those of the record stay whole."""
    flat: dict[str, Any] = {}
    for key, value in item.items():
        whole = depth == 0 and isinstance(value, dict) and _is_part(field_name(key), value)
        if isinstance(value, dict) and value and depth < _DEEPEST and not whole:
            flat |= _flat(value, f"{before}{key}.", depth + 1)
        else:
            flat[before + key] = value
    return flat
