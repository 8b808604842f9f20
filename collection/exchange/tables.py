"""Tables in, whatever file they stand in: looked at, mapped, and read row by row."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import Problem, told
from collection.exchange.assembling import Assembler
from collection.exchange.compound import Parts
from collection.exchange.flat import COLUMNS, unflatten
from collection.exchange.grid import Grid, Line, is_blank
from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.exchange.mapping import UnknownColumn, proposed, with_given
from collection.exchange.profiles import OWN
from collection.exchange.targets import EXTRA, LEFT_OUT
from collection.exchange.transcripts import (
    ROWS,
    Folder,
    Transcript,
    Unreadable,
    is_transcript,
    transcript_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SHOWN: Final = 20
"""Rows that are shown of a table."""
CUT: Final = 200
"""Characters that are shown of a cell."""
TABLES: Final = ("csv", "xlsx", "tinydb")
"""The formats that hold tables, by the word for `--format`."""


class Table(msgspec.Struct, frozen=True):
    """What a table looks like before it is read, for a person to say which column is what."""

    columns: tuple[str, ...] = ()
    """What the columns are called; doubled and empty headers are told apart by numbers."""
    rows: tuple[tuple[str, ...], ...] = ()
    """The first rows, at most `SHOWN`, as wide as the columns; long cells are cut."""
    header: int = 0
    """The line, or the row of the sheet, in which the header stands; 0 where there is none."""
    above: tuple[str, ...] = ()
    """What stands above the header, a text a line; it belongs to no row and is not taken in."""
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook or the tables of a TinyDB file."""
    sheet: str = ""
    """The one that is read; empty where all are."""
    profile: str = ""
    """What kind of table it is known to be, for a person; empty where it is not known."""
    mapping: dict[str, str] = {}
    """The target (see `targets.py`) of each column: proposed, with what the reading says."""
    sure: bool = False
    """Whether the profile is known, so that nobody needs to be asked."""
    problem: Problem | None = None
    """Why it cannot be read."""


def inspect(path: Path, format: str, reading: Reading = DETECTED) -> Table:
    """Look at a table.

    Args:
        path: the file.
        format: one of `TABLES`, as `format_of` tells it.
        reading: what is known of how it is to be read.

    Raises:
        OSError: when it cannot be read.
    """
    grid = open_table(path, format, reading)
    first = list(islice(grid.lines, SHOWN))
    problem = next((line.problem for line in first if line.problem is not None), None)
    if not grid.columns:
        message = "This holds no table: there is no header with rows below it."
        problem = problem or Problem("", path.name, message)
        return Table(encoding=grid.encoding, sheets=grid.sheets, problem=problem)
    sound = [line.values for line in first if line.problem is None]
    found = proposed(grid.columns, sound)
    spoken = is_transcript(grid.columns) and not reading.mapping
    mapping, problem = found.mapping, None
    try:
        mapping = with_given(grid.columns, mapping, reading.mapping or {})
    except UnknownColumn as error:
        problem = error.problem
    return Table(
        columns=grid.columns,
        rows=tuple(_shown(values, len(grid.columns)) for values in sound),
        header=grid.header,
        above=tuple(text[:CUT] for text in grid.above),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheets=grid.sheets,
        sheet=grid.sheet,
        profile="Transcript" if spoken else found.label,
        mapping=mapping,
        sure=spoken or bool(found.name),
        problem=problem,
    )


def _shown(values: Sequence[Any], width: int) -> tuple[str, ...]:
    texts = [str(value)[:CUT] if value is not None else "" for value in values[:width]]
    return tuple(texts + [""] * (width - len(texts)))


def open_table(path: Path, format: str, reading: Reading) -> Grid:
    """Open a file as a table.

    Raises:
        OSError: when it cannot be read.
    """
    if format == "xlsx":
        from collection.exchange.workbook import open_workbook

        return open_workbook(path, reading)
    if format == "tinydb":
        from collection.exchange.objects import open_objects

        return open_objects(path, reading)
    from collection.exchange.delimited import open_grid

    return open_grid(path, reading)


def rows_of(path: Path, format: str, reading: Reading) -> Iterator[Row]:
    """Read the rows of a table.

    Raises:
        OSError: when it cannot be read.
    """
    grid = open_table(path, format, reading)
    first = list(islice(grid.lines, SHOWN))
    if not grid.columns:
        # Nothing in it is sound enough to be a header.
        for line in _followed(first, grid.lines):
            yield Row(Where(path.name, None, line.number), problem=line.problem)
        return
    if is_transcript(grid.columns) and not reading.mapping:
        yield _spoken(path)
        return
    found = proposed(grid.columns, [line.values for line in first if line.problem is None])
    lines = _followed(first, grid.lines)
    try:
        mapping = with_given(grid.columns, found.mapping, reading.mapping or {})
    except UnknownColumn as error:
        yield Row(Where(path.name), problem=error.problem)
        return
    if found.name == OWN:
        yield from _own_rows(path.name, grid.columns, lines, mapping)
        return
    table = _Mapped(path.name, grid.columns, mapping, reading.transcripts)
    if "parent" in mapping.values():
        again = open_table(path, format, reading)
        table.parts.gather(_fitted(line, len(again.columns)) for line in again.lines)
    yield from table.rows(lines)


def _spoken(path: Path) -> Row:
    """Take a table whose rows are what was said for one testimony, called as its file is."""
    try:
        transcript = transcript_of(path)
    except Unreadable as error:
        return Row(Where(path.name), problem=Problem("account", "", str(error)))
    raw = {
        "title": path.stem,
        "account": transcript.account,
        "turns": transcript.turns,
        "keywords": transcript.keywords,
    }
    further = {ROWS: transcript.further} if transcript.further else {}
    return Row(Where(path.name, 1, 1), raw | {"extra": further})


def _followed(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest


def _fitted(line: Line, width: int) -> Line:
    """Make a line as wide as the table; refuse one that holds more than the table has columns."""
    count = len(line.values)
    if count == width or line.problem is not None:
        return line
    if count < width:
        return Line(line.number, [*line.values, *[""] * (width - count)])
    if is_blank(line.values[width:]):
        return Line(line.number, line.values[:width])
    surplus = next(value for value in line.values[width:] if not is_blank([value]))
    message = (
        f"This line has {count} values and the table {width} columns, so it was not read. Set "
        f"values that hold the delimiter in quotation marks."
    )
    return Line(line.number, line.values, Problem("", told(surplus), message))


def _own_rows(
    name: str, columns: Sequence[str], lines: Iterator[Line], mapping: Mapping[str, str]
) -> Iterator[Row]:
    """Read the rows of a table that this program wrote."""
    known = frozenset(COLUMNS) - {EXTRA}
    renamed = [mapping[c] if mapping[c] in known else c for c in columns]
    left_out = [c for c in columns if mapping[c] == LEFT_OUT]
    elsewhere = {key: c for key, c in zip(renamed, columns, strict=True) if key != c}
    for number, line in enumerate(lines, 1):
        where = Where(name, number, line.number)
        values, problem = _fitted(line, len(columns))[1:]
        if problem is not None:
            yield Row(where, problem=problem)
            continue
        given = dict(zip(renamed, map(str, values), strict=True))
        for column in left_out:
            given.pop(column, None)
        yield Row(where, unflatten(given), columns=elsewhere)


class _Mapped:
    """Reads the rows of a table by a mapping of its columns."""

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        transcripts: Path | None,
    ) -> None:
        self._name = name
        self._width = len(columns)
        self._assembler = Assembler(columns, mapping)
        self._folder = Folder(transcripts) if transcripts is not None else None
        self.parts = Parts(self._assembler)

    def rows(self, lines: Iterator[Line]) -> Iterator[Row]:
        columns, raw_of, parts = self._assembler.columns, self._assembler.raw, self.parts
        for number, unfitted in enumerate(lines, 1):
            where = Where(self._name, number, unfitted.number)
            line = _fitted(unfitted, self._width)
            if line.problem is not None:
                yield Row(where, problem=line.problem, columns=columns)
                continue
            if parts.belongs(line.values):
                continue
            try:
                transcript = self._transcript(line.values)
            except Unreadable as error:
                problem = Problem("account", "", str(error))
                yield Row(where, problem=problem, columns=columns)
                continue
            raw = raw_of(line.values, transcript)
            parts.add_to(raw, line.values)
            yield Row(where, raw, columns=columns)

    def _transcript(self, values: Sequence[Any]) -> Transcript | None:
        if self._folder is None:
            return None
        value = self._assembler.value
        file = self._folder.find(value("transcript", values), value("id", values))
        return transcript_of(file) if file is not None else None


class TableReader:
    """What the readers of tables have in common."""

    name: str

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Take a table apart, row by row."""
        return rows_of(path, self.name, reading)


class XLSX(TableReader):
    """The format `xlsx`."""

    name = "xlsx"
    label = "Excel workbook"


class TinyDBFile(TableReader):
    """The format `tinydb`."""

    name = "tinydb"
    label = "TinyDB file, or other JSON"
