"""Tables in, whatever file they stand in: looked at, mapped, and read row by row."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import Problem, printable, shown
from collection.errors import told as shortened
from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.exchange.tables.assembling import Assembler
from collection.exchange.tables.compound import Parts
from collection.exchange.tables.flat import COLUMNS, unflatten
from collection.exchange.tables.grid import Grid, Line, is_blank
from collection.exchange.tables.mapping import UnknownColumn, proposed, with_given
from collection.exchange.tables.profiles import OWN
from collection.exchange.tables.restrictions import TAKEN, Seal
from collection.exchange.tables.targets import EXTRA, LEFT_OUT, TARGETS
from collection.exchange.tables.transcripts import (
    ROWS,
    Beside,
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
_NAMED: Final = 60
"""Characters of a header by which it is told."""
_TOLD: Final = 40
"""Columns that are told together at most."""
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
        problem = problem or _empty(path)
        return Table(encoding=grid.encoding, sheets=grid.sheets, problem=problem)
    sound = [line.values for line in first if line.problem is None]
    found = proposed(grid.columns, sound)
    spoken = is_transcript(grid.columns) and not reading.mapping
    mapping, problem = found.mapping, None
    if not first and found.name != OWN:
        problem = _empty(path)
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


def told(table: Table) -> Iterator[str]:
    """Say in short lines how the columns of a table are taken, fit to be printed.

    Those that are taken come first, one a line; those that are only kept, or left out, together.
    """
    if not table.columns:
        return
    where = f" of the sheet {shown(table.sheet)}" if table.sheet else ""
    how = f"as {table.profile} has them" if table.profile else "by their headers"
    yield printable(f"The columns{where} are taken {how}:")
    labels = {target.key: target.label for target in TARGETS}
    together: dict[str, list[str]] = {EXTRA: [], LEFT_OUT: []}
    for column in table.columns:
        target = table.mapping.get(column, EXTRA)
        name = column[:_NAMED]
        if target in together:
            together[target].append(name)
        else:
            # Our own CSV has columns that nothing else could be taken for.
            yield printable(f"  {name} → {labels.get(target, target)}")
    for target, names in together.items():
        if names:
            more = [f"and {len(names) - _TOLD} more"] if len(names) > _TOLD else []
            yield printable(f"  {', '.join(names[:_TOLD] + more)} → {labels[target].lower()}")
    unread = [sheet for sheet in table.sheets if table.sheet and sheet != table.sheet]
    if unread:
        yield printable(f"  Not read: the sheets {', '.join(map(shown, unread[:_TOLD]))}")


def _shown(values: Sequence[Any], width: int) -> tuple[str, ...]:
    texts = [str(value)[:CUT] if value is not None else "" for value in values[:width]]
    return tuple(texts + [""] * (width - len(texts)))


def open_table(path: Path, format: str, reading: Reading) -> Grid:
    """Open a file as a table.

    Raises:
        OSError: when it cannot be read.
    """
    if format == "xlsx":
        from collection.exchange.tables.workbook import open_workbook

        return open_workbook(path, reading)
    if format == "tinydb":
        from collection.exchange.tables.objects import open_objects

        return open_objects(path, reading)
    from collection.exchange.tables.delimited import open_grid

    return open_grid(path, reading)


def rows_of(path: Path, format: str, reading: Reading) -> Iterator[Row]:
    """Read the rows of a table.

    Raises:
        OSError: when it cannot be read.
    """
    grid = open_table(path, format, reading)
    yield from _read(path, format, reading, grid)
    for sheet in grid.others:
        message = (
            f"The sheet {shown(sheet)} holds a table as well, but only {shown(grid.sheet)} was "
            f"read. Choose that sheet too, or save it as a file of its own, and import it."
        )
        yield Row(Where(path.name), problem=Problem("", sheet, message))


def _read(path: Path, format: str, reading: Reading, grid: Grid) -> Iterator[Row]:
    first = list(islice(grid.lines, SHOWN))
    lines = _followed(first, grid.lines)
    if not grid.columns:
        # Nothing in it is sound enough to be a header.
        for line in lines if first else [Line(1, [], _empty(path))]:
            yield Row(Where(path.name, None, line.number), problem=line.problem)
        return
    if is_transcript(grid.columns) and not reading.mapping:
        yield _spoken(path)
        return
    found = proposed(grid.columns, [line.values for line in first if line.problem is None])
    try:
        mapping = with_given(grid.columns, found.mapping, reading.mapping or {})
    except UnknownColumn as error:
        yield Row(Where(path.name), problem=error.problem)
        return
    if found.name == OWN:
        yield from _own_rows(path.name, grid.columns, lines, mapping)
        return
    if not first:
        yield Row(Where(path.name, None, grid.header), problem=_empty(path))
        return
    table = _Mapped(path, grid.columns, mapping, reading.transcripts)
    if "parent" in mapping.values():
        again = open_table(path, format, reading)
        table.parts.gather(_fitted(line, len(again.columns)) for line in again.lines)
    yield from table.rows(lines)


def _empty(path: Path) -> Problem:
    message = (
        f"{shown(path.name)} holds no records: a table has a header in its first line, and a "
        f"record in each line below it."
    )
    return Problem("", "", message)


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
    return Line(line.number, line.values, Problem("", shortened(surplus), message))


def _own_rows(
    name: str, columns: Sequence[str], lines: Iterator[Line], mapping: Mapping[str, str]
) -> Iterator[Row]:
    """Read the rows of a table that this program wrote."""
    known = frozenset(COLUMNS) - {EXTRA}
    renamed = [mapping[c] if mapping[c] in known else c for c in columns]
    left_out = [c for c in columns if mapping[c] == LEFT_OUT]
    added = [c for c in columns if mapping[c] in TAKEN and mapping[c] not in known]
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
        raw = unflatten(given)
        if added:
            _seal(raw, {column: given[column] for column in added}, mapping)
        yield Row(where, raw, columns=elsewhere, source=partial(_as_it_stands, columns, values))


def _seal(raw: dict[str, Any], cells: Mapping[str, str], mapping: Mapping[str, str]) -> None:
    """Lay what columns say that somebody added over the access of a record; they stay in extra."""
    seal = Seal()
    for column, cell in cells.items():
        if cell:
            seal.take(mapping[column], column, cell)
    if seal.terms():
        access = raw.setdefault("access", {})
        access["record"] = seal.laid_over(access.get("record", {}))


def _as_it_stands(columns: Sequence[str], values: Sequence[Any]) -> str:
    """Write a row down for people, each value behind its own header."""
    filled = (pair for pair in zip(columns, values, strict=True) if pair[1] not in ("", None))
    return "\n".join(f"{column}: {value}" for column, value in filled)


def _needs(targets: frozenset[str]) -> dict[str, str]:
    """Say which columns a table lacks for its rows to be testimonies."""
    needs = {}
    if not targets & {"account", "description", "transcript"}:
        needs["account"] = (
            "No column is taken for the account. Say which one holds the words of the testimony "
            "(Column=account), or else its summary (Column=description)."
        )
    if "title" not in targets:
        named = "narrator.name" in targets
        narrator = "this row names no narrator, who would stand for it" if named else ""
        needs["title"] = (
            f"No column is taken for the title, and "
            f"{narrator or 'none for the narrator, who would stand for it'}. Say which one holds "
            f"it (Column=title), or name the narrator."
        )
    return needs


class _Mapped:
    """Reads the rows of a table by a mapping of its columns."""

    def __init__(
        self,
        path: Path,
        columns: Sequence[str],
        mapping: Mapping[str, str],
        transcripts: Path | None,
    ) -> None:
        self._name = path.name
        self._columns = columns
        self._width = len(columns)
        self._needs = _needs(frozenset(mapping.values()))
        self._assembler = Assembler(columns, mapping)
        self._folder = Folder(transcripts) if transcripts is not None else Beside(path)
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
            source = partial(_as_it_stands, self._columns, line.values)
            try:
                transcript = self._transcript(line.values)
            except Unreadable as error:
                problem = Problem("account", "", str(error))
                yield Row(where, problem=problem, columns=columns, source=source)
                continue
            raw = raw_of(line.values, transcript)
            parts.add_to(raw, line.values)
            yield Row(where, raw, columns=columns, needs=self._needs, source=source)

    def _transcript(self, values: Sequence[Any]) -> Transcript | None:
        value = self._assembler.value
        named, id = value("transcript", values), value("id", values)
        try:
            file = self._folder.find(named, id) if named or id else None
        except Unreadable:
            if isinstance(self._folder, Beside) and value("account", values):
                return None
            raise
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
