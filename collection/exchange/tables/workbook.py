"""Excel workbooks: the values of one sheet, row by row; nothing in them is executed.

openpyxl reads a sheet as a stream and with defusedxml. python-calamine is seven times as fast,
but makes room for every cell up to the last: one cell in the last corner of a small file ends
the whole program. Formulas give the values that were kept when the workbook was saved.
"""

from __future__ import annotations

import datetime
import errno
import re
import struct
import zipfile
import zlib
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from collection.errors import Problem, shown
from collection.exchange.tables.grid import Grid, Line, grid_of, is_blank
from collection.exchange.tables.headers import guess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from openpyxl.workbook.workbook import Workbook

    from collection.exchange.interface import Reading

_LARGEST: Final = 1 << 30
"""Bytes that all parts of a workbook may have when they are unpacked; zipfile holds them to it."""
_HARMLESS: Final = 50 << 20
_DENSEST: Final = 150
"""How many times as large as it is packed a part may be, if it is larger than is harmless."""
_LOOKED_AT: Final = 500
"""Rows of each sheet by which it is judged whether it is the one."""
_MOST_SHEETS: Final = 50
_WIDEST: Final = 200
_NOTHING: Final = (0, 0)
_KNOWN: Final = 4
_WORDS: Final = {"account", "description", "transcript"}
_WHO: Final = {"title", "narrator.name", "id"}
_LAST_ROW: Final = 1_048_576
_EMPTIEST: Final = 50_000_000
"""Empty cells before the last of their row that are gone through; a line of XML makes 16,000."""
_WHOLE: Final = 2.0**53
_BROKEN: Final = (
    *(zipfile.BadZipFile, zlib.error, EOFError, SyntaxError, RuntimeError, NotImplementedError),
    *(LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError),
    *(struct.error, OSError),
)
"""What openpyxl and the readers below it raise on files that are no workbooks.

XML that is not well-formed is a `SyntaxError` to each of them.
"""
_MERGED: Final = re.compile(
    rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
_MOST_MERGED: Final = 10_000
_LONGEST_TAIL: Final = 4 << 20
_CONTROL: Final = re.compile(r"_x00([01][0-9A-Fa-f])_")
"""How a workbook writes what XML cannot hold."""
_PROLOGUE: Final = 1 << 16
_DECLARED: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def open_workbook(path: Path, reading: Reading) -> Grid:
    """Open one sheet of a workbook: the one that is named, or that looks most like testimonies.

    Raises:
        OSError: when it cannot be read.
    """
    if (problem := _unsafe(path)) is not None:
        return Grid(iter([Line(1, [], problem)]))
    try:
        book = _loaded(path)
        sheets = [sheet.title for sheet in book.worksheets]
        visible = [s.title for s in book.worksheets if s.sheet_state == "visible"] or sheets
        chosen = (reading.sheet, ()) if reading.sheet else _chosen(path, book, visible)
    except _BROKEN as error:
        return Grid(iter([Line(1, [], _broken(path, error))]))
    name, others = chosen
    if name not in sheets:
        known = ", ".join(map(shown, sheets))
        message = f"{shown(path.name)} has no sheet {shown(name)}. It has {known}."
        if not name:
            message = f"{shown(path.name)} holds no sheet with anything in it."
        return Grid(iter([Line(1, [], Problem("", name, message))]), sheets=tuple(sheets))
    return grid_of(_lines(path, book, name), sheets=tuple(sheets), sheet=name, others=others)


def _loaded(path: Path) -> Workbook:
    import warnings

    from openpyxl import load_workbook

    # It warns of everything that it does not keep; we keep only values.
    warnings.filterwarnings("ignore", module="openpyxl")
    return load_workbook(path, read_only=True, data_only=True, keep_links=False)


def _unsafe(path: Path) -> Problem | None:
    """Refuse what is no zip file, or would not fit in memory once it is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            for part in parts:
                if part.file_size > max(_HARMLESS, _DENSEST * part.compress_size):
                    return _too_large(path)
            if sum(part.file_size for part in parts) > _LARGEST:
                return _too_large(path)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        if _DECLARED.search(file.read(_PROLOGUE).replace(b"\0", b"")):
                            message = (
                                f"{shown(path.name)} declares entities of its own, which no "
                                f"spreadsheet needs, so it was not read. Save it anew in Excel "
                                f"or LibreOffice."
                            )
                            return Problem("", "", message)
    except _BROKEN as error:
        return _broken(path, error)
    return None


def _too_large(path: Path) -> Problem:
    message = (
        f"{shown(path.name)} would be far larger unpacked than a workbook is, so it was not read. "
        f"If it is sound, save the sheet as CSV and import that."
    )
    return Problem("", "", message)


def _broken(path: Path, error: BaseException) -> Problem:
    if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
        # Not the file is broken, but what it lies on. A place before its beginning is its own.
        raise error
    if isinstance(error, RuntimeError) and "password" in str(error):
        message = f"{shown(path.name)} is encrypted. Save it without a password and import that."
        return Problem("", "", message)
    beginning = b""
    with path.open("rb") as file:
        beginning = file.read(8)
    if beginning.startswith(b"\xd0\xcf\x11\xe0"):
        message = (
            f"{shown(path.name)} is an old Excel file or has a password. Save it as .xlsx without "
            f"a password and import it again."
        )
        return Problem("", "", message)
    if path.suffix.casefold() == ".ods":
        message = f"{shown(path.name)} is an OpenDocument sheet. Save it as .xlsx and import that."
        return Problem("", "", message)
    message = (
        f"{shown(path.name)} is damaged or no Excel workbook, so it was not read. Open and save it "
        f"in Excel or LibreOffice, or save the sheet as CSV."
    )
    return Problem("", "", message)


# --- the lines -------------------------------------------------------------------------------


def _chosen(path: Path, book: Workbook, sheets: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Choose the sheet that is read: a cover page or a list of codes may stand before it.

    Returns:
        its name, empty where none holds anything; and the names of others with testimonies.
    """
    likely = {name: _likely(path, book, name) for name in sheets[:_MOST_SHEETS]}
    best = max(likely, key=lambda name: likely[name], default="")
    if not best or likely[best] == _NOTHING:
        return "", ()
    return best, tuple(s for s, (kind, _) in likely.items() if kind == _KNOWN and s != best)


def _likely(path: Path, book: Workbook, name: str) -> tuple[int, int]:
    """Tell how likely it is that a sheet holds testimonies, and how many rows it has at least."""
    lines = islice(_lines(path, book, name), _LOOKED_AT)
    grid = grid_of(line for line in lines if not is_blank(line.values))
    rows = sum(1 for line in grid.lines if line.problem is None)
    if not grid.columns:
        return _NOTHING
    if not rows:
        return 1, 0
    targets = {guess(column) for column in grid.columns[:_WIDEST]}
    if targets & _WORDS and targets & _WHO:
        return _KNOWN, rows
    return (3 if len(targets - {""}) > 1 else 2), rows


def _lines(path: Path, book: Workbook, name: str) -> Iterator[Line]:
    """Read the rows of a sheet; what breaks while reading is told in a last line."""
    number = empty = 0
    try:
        sheet = book[name]
        sheet.reset_dimensions()  # what a file says of its size may be wrong
        merged = _merged_below(path, sheet)
        held: dict[int, tuple[int, str]] = {}
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if number > _LAST_ROW:
                break
            values = [_text(cell) for cell in cells]
            empty += values.count("")
            if empty > _EMPTIEST:
                message = (
                    f"Up to here {shown(path.name)} holds hardly anything but empty cells, so the "
                    f"rest was not read. If it is sound, save the sheet as CSV and import that."
                )
                yield Line(number, [], Problem("", "", message))
                return
            for column, last in merged.get(number, ()):
                if column < len(values):
                    held[column] = (last, values[column])
            yield Line(number, values if is_blank(values) else _filled(values, number, held))
    except _BROKEN as error:
        yield Line(number + 1, [], _broken(path, error))


def _filled(values: list[str], number: int, held: dict[int, tuple[int, str]]) -> list[str]:
    """Give a row the values of cells that reach down to it."""
    for column, (last, value) in held.items():
        if number <= last:
            values += [""] * (column + 1 - len(values))
            values[column] = values[column] or value
    return values


def _text(cell: Any) -> str:
    """Write the value of a cell as the sheet shows it, never more precisely."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _CONTROL.sub(lambda m: chr(int(m[1], 16)), value) if "_x00" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        return _day(value, cell.number_format or "")
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    return str(value)  # a time or a duration


def _number(value: float, shape: str) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < _WHOLE:
        value = int(value)
    if isinstance(value, int) and re.fullmatch("0{2,20}", shape):
        return str(value).zfill(len(shape))
    return repr(value)


_QUOTED: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def _day(value: datetime.date, shape: str) -> str:
    """Write a date with no more than its cell shows: a year where it shows only that."""
    plain = _QUOTED.sub("", shape).casefold()
    if isinstance(value, datetime.datetime) and value.time() != datetime.time.min:
        if "h" in plain:
            return value.isoformat(" ", "minutes" if not value.second else "seconds")
        value = value.date()
    if "y" in plain and "d" not in plain:
        return f"{value:%Y-%m}" if "m" in plain else f"{value.year:04}"
    return value.isoformat()[:10]


def _merged_below(path: Path, sheet: Any) -> dict[int, list[tuple[int, int]]]:
    """Find cells that reach over several rows: their value holds for all of these.

    Returns:
        by the first row, the column from 0 and the last row of each.
    """
    from openpyxl.utils.cell import column_index_from_string

    tail = before = b""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as file:  # noqa: SLF001
        # They are listed behind the rows.
        while len(tail) < _LONGEST_TAIL and (chunk := file.read(1 << 20)):
            if tail:
                tail += chunk
            elif (end := (before + chunk).find(b"</sheetData>")) >= 0:
                tail = (before + chunk)[end:]
            before = chunk[-20:]
    below: dict[int, list[tuple[int, int]]] = {}
    for match in list(_MERGED.finditer(tail))[:_MOST_MERGED]:
        first, last = int(match[2]), int(match[4])
        if last > first:
            column = column_index_from_string(match[1].decode()) - 1
            below.setdefault(first, []).append((column, last))
    return below
