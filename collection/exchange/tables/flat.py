"""A record as one row of a table and back, without loss: the columns of our own CSV.

Dotted columns hold the parts of a record. Lists are joined by `; `, or are JSON where an item
holds what would split it; the columns of places and media run parallel, item by item. A cell that
a spreadsheet would take for a formula begins with an apostrophe, and so does one that begins with
an apostrophe of its own. `withheld` names what the gate kept back, so that an empty cell says
that there is nothing, and a withheld one says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.dates import bounds, read_date
from collection.reading import is_of_access
from collection.testimony import PARTS, Consent, Medium, Narrator, Place, Restriction, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_TEXTS: Final = (
    *("id", "title", "interview_place", "account", "rendering", "context", "language"),
    *("rights", "licence", "notes", "created", "modified", "by"),
)
_LISTS: Final = ("interviewers", "present", "translators", "themes", "keywords")
_NESTED: Final = {
    "narrator": Narrator.__struct_fields__,
    "source": Source.__struct_fields__,
    "consent": Consent.__struct_fields__,
}
_DATES: Final = ("date", "period")
_SPAN: Final = ("text", "edtf", "earliest", "latest", "reason")
_PARALLEL: Final = {
    "places": {"name": "places", **{n: f"places.{n}" for n in Place.__struct_fields__[1:]}},
    "media": {name: f"media.{name}" for name in Medium.__struct_fields__},
}
"""The column of each value of the items, by the key of the list."""
_NUMBERS: Final = ("places.latitude", "places.longitude")
_SEALS: Final = {
    part: {name: f"access.{part}" + f".{name}" * (name != "level") for name in names}
    for part in PARTS
    for names in [Restriction.__struct_fields__]
}
WITHHELD: Final = "withheld"
"""The column that names what an export without `--private` left out of a row."""
UNREAD: Final = "unread"
"""Stands for a reading that a date does not have although its words could be read."""

COLUMNS: Final = (
    *("id", "title", "narrator.name", "narrator.naming", "narrator.real_name"),
    *("interviewers", "present", "translators"),
    *(f"{date}.{name}" for date in _DATES for name in _SPAN),
    *_PARALLEL["places"].values(),
    *("interview_place", "themes", "keywords", "account", "turns", "rendering", "context"),
    *("language", *(f"source.{name}" for name in _NESTED["source"]), "rights", "licence"),
    *(f"consent.{name}" for name in _NESTED["consent"]),
    *(column for names in _SEALS.values() for column in names.values()),
    *_PARALLEL["media"].values(),
    *("notes", "created", "modified", "by", "revision", "extra", WITHHELD),
)
"""The header of our own CSV, in order; it does not change."""

_SPLIT: Final = re.compile("[;|]")
_FIRST: Final = frozenset("=+-@\t\r\n'＝＋－＠")  # the wide ones count in East Asian spreadsheets
_FORMULA: Final = tuple(_FIRST)
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?")


# --- out -------------------------------------------------------------------------------------


def flatten(record: Mapping[str, Any], withheld: Sequence[str] = ()) -> list[str]:
    """Write a record down as the cells of a row.

    Args:
        record: the plain values of a record; what is withheld is absent.
        withheld: the keys that are.

    Returns:
        one text for each of `COLUMNS`.
    """
    cells: dict[str, str] = {key: record.get(key) or "" for key in _TEXTS}
    cells |= {key: joined(record.get(key) or ()) for key in _LISTS}
    for key, names in _NESTED.items():
        part = record.get(key) or {}
        cells |= {f"{key}.{name}": part.get(name) or "" for name in names}
    for key in _DATES:
        cells |= _flat_date(key, record.get(key) or {})
    for key, columns in _PARALLEL.items():
        cells |= _flat_items(columns, record.get(key) or ())
    for part, columns in _SEALS.items():
        seal = (record.get("access") or {}).get(part) or {}
        cells |= {column: seal.get(name) or "" for name, column in columns.items()}
    for key in ("turns", "extra"):
        cells[key] = msgspec.json.encode(value).decode() if (value := record.get(key)) else ""
    cells["revision"] = str(record.get("revision", ""))
    cells[WITHHELD] = joined(withheld)
    return [guarded(cell) if (cell := cells[c])[:1] in _FIRST else cell for c in COLUMNS]


def joined(items: Sequence[str]) -> str:
    """Join a list so that `listed` takes it apart again."""
    text = "; ".join(items)
    return text if listed(text) == [*items] else msgspec.json.encode(items).decode()


def guarded(cell: str) -> str:
    """Mark a cell that a spreadsheet would take for a formula."""
    if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _flat_date(key: str, span: Mapping[str, Any]) -> dict[str, str]:
    cells = {name: span.get(name) or "" for name in _SPAN}
    if cells["earliest"] or cells["latest"]:
        pass
    elif cells["edtf"]:
        # Its days would be worked out again.
        cells["earliest"] = UNREAD if _bounds(cells["edtf"]) != (None, None) else ""
    elif cells["text"] and read_date(cells["text"]).edtf is not None:
        cells["edtf"] = UNREAD
    return {f"{key}.{name}": cell for name, cell in cells.items()}


def _bounds(edtf: str) -> tuple[str | None, str | None] | None:
    try:
        return bounds(edtf)
    except ValueError:
        return None


def _flat_items(columns: Mapping[str, str], items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    values = {c: [_plain(item.get(name)) for item in items] for name, c in columns.items()}
    cells = {column: _parallel(texts) for column, texts in values.items()}
    if max((len(_apart(cell)) for cell in cells.values()), default=0) != len(items):
        first = next(iter(columns.values()))
        cells[first] = msgspec.json.encode(values[first]).decode()
    return cells


def _plain(value: str | float | None) -> str:
    return value if isinstance(value, str) else "" if value is None else repr(value)


def _parallel(texts: list[str]) -> str:
    if not any(texts):
        return ""
    cell = "; ".join(texts)
    return cell if _apart(cell) == texts else msgspec.json.encode(texts).decode()


# --- in --------------------------------------------------------------------------------------


def unflatten(cells: Mapping[str, str]) -> dict[str, Any]:
    """Read the cells of a row as plain values of a record.

    What is malformed is left as the text that it is, for the record's own reading to tell.

    Args:
        cells: by the names in `COLUMNS`, as many as the table has; others go to `extra`. Where
            there is no column `withheld`, empty cells say nothing.

    Returns:
        the plain values, without the keys that were withheld.
    """
    cells = {c: unguarded(cell) if cell[:1] == "'" else cell for c, cell in cells.items()}
    withheld = frozenset(listed(cells.get(WITHHELD, "")))
    if WITHHELD not in cells:
        cells = {column: cell for column, cell in cells.items() if cell}
    raw: dict[str, Any] = {key: cells[key] for key in _TEXTS if key in cells}
    raw |= {key: listed(cells[key]) for key in _LISTS if key in cells}
    for key, names in _NESTED.items():
        if part := _part(cells, key, names):
            raw[key] = part
    for key in _DATES:
        if part := _part(cells, key, _SPAN):
            raw[key] = _date(part)
    for key, columns in _PARALLEL.items():
        if any(column in cells for column in columns.values()):
            raw[key] = _items(columns, cells)
    if seals := _access(cells):
        raw["access"] = seals
    if "turns" in cells:
        raw["turns"] = _json(cells["turns"]) if cells["turns"] else []
    if cells.get("revision"):
        raw["revision"] = _integer(cells["revision"])
    _add_extra(raw, cells)
    return _without(raw, withheld)


def listed(cell: str) -> list[str]:
    """Take a joined list apart: JSON, or texts between `;` or `|`, empty ones left out."""
    if (items := _json_texts(cell)) is not None:
        return items
    return [item for part in _SPLIT.split(cell) if (item := part.strip())]


def unguarded(cell: str) -> str:
    """Take away the mark that keeps a spreadsheet from taking a cell for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _apart(cell: str) -> list[str]:
    """Take parallel values apart, empty ones included."""
    if (items := _json_texts(cell)) is not None:
        return items
    return [part.strip() for part in _SPLIT.split(cell)] if cell else []


def _json_texts(cell: str) -> list[str] | None:
    if not cell.startswith("["):
        return None
    items = _json(cell)
    if isinstance(items, list) and all(isinstance(item, str) for item in items):
        return items
    return None


def _json(cell: str) -> Any:
    """Read JSON; what is none stays the text that it is."""
    try:
        return msgspec.json.decode(cell)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return cell


def _integer(cell: str) -> int | str:
    return int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 20 else cell


def _number(cell: str) -> float | str | None:
    if not cell:
        return None
    return float(cell) if _NUMBER.fullmatch(cell) else cell


def _part(cells: Mapping[str, str], key: str, names: Iterable[str]) -> dict[str, Any]:
    return {name: cells[c] for name in names if (c := f"{key}.{name}") in cells}


def _date(part: dict[str, Any]) -> dict[str, Any]:
    """Leave a reading out where it is the one that the words have anyway."""
    edtf, days = part.get("edtf"), [part.get("earliest"), part.get("latest")]
    if not edtf and not any(days):
        return {name: part[name] for name in ("text", "reason") if name in part}
    if edtf and edtf != UNREAD and not any(days):
        return {name: part[name] for name in ("text", "edtf", "reason") if name in part}
    for name in ("edtf", "earliest", "latest"):
        part[name] = None if part.get(name) in ("", UNREAD) else part.get(name)
    return part


def _items(columns: Mapping[str, str], cells: Mapping[str, str]) -> list[dict[str, Any]]:
    if not any(cells.get(column) for column in columns.values()):
        return []
    values = {name: _apart(cells.get(column, "")) for name, column in columns.items()}
    count = max(map(len, values.values()))
    found: list[dict[str, Any]] = [{} for _ in range(count)]
    for name, column in columns.items():
        texts = values[name] + [""] * (count - len(values[name]))
        for item, text in zip(found, texts, strict=True):
            if column in _NUMBERS:
                item[name] = _number(text)
            else:
                item[name] = text or None if name == "country" else text
    return found


def _access(cells: Mapping[str, str]) -> dict[str, Any]:
    seals = {}
    for part, columns in _SEALS.items():
        seal: dict[str, Any] = {name: cells[c] for name, c in columns.items() if c in cells}
        if any(seal.values()):
            if "until" in seal:
                seal["until"] = seal["until"] or None
            seals[part] = seal
    return seals


def _add_extra(raw: dict[str, Any], cells: Mapping[str, str]) -> None:
    unknown = cells.keys() - _KNOWN
    further = {c: cells[c] for c in cells if c in unknown and cells[c]} if unknown else {}
    # A slip in what is to be sealed is told, not put away among other values.
    raw |= {c: further.pop(c) for c in [*further] if is_of_access(c, further[c])}
    if "extra" in cells:
        extra = _json(cells["extra"]) if cells["extra"] else {}
        raw["extra"] = extra | further if isinstance(extra, dict) else extra
    elif further:
        raw["extra"] = further


def _without(raw: dict[str, Any], withheld: frozenset[str]) -> dict[str, Any]:
    for path in withheld:
        key, _, name = path.partition(".")
        if not name:
            raw.pop(key, None)
        elif isinstance(part := raw.get(key), dict):
            part.pop(name, None)
    return raw


_KNOWN: Final = frozenset(COLUMNS)
