"""Tables as text: the lines of a CSV or TSV file, whatever its encoding and delimiter."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collection.errors import Problem, shown, told
from collection.exchange.tables.encodings import Decoding, encoding_of
from collection.exchange.tables.grid import Grid, Line, grid_of
from collection.exchange.tables.headers import guess

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collection.exchange.interface import Reading

_DELIMITERS: Final = ",;\t|"
_SAMPLE: Final = 1 << 16
"""Characters of a file by which its delimiter is judged."""
_SAMPLED: Final = 60
_WIDEST: Final = 60
"""Columns of it that are looked at."""
_BATCH: Final = 256
_BATCH_SIZE: Final = 1 << 20
_LIMIT: Final = Lock()
"""The longest value is a setting of the whole module `csv`; it is ours while we hold this."""
_HALVES: Final = re.compile("[\ud800-\udfff]")
_ENDLESS: Final = "unexpected end of data"


class Dialect(NamedTuple):
    """How the lines of a table are taken apart."""

    delimiter: str = ","
    quoted: bool = True
    """Whether quotation marks hold values together; in some tables they are but text."""
    skip_blanks: bool = False
    """Whether blanks before a quotation mark do not count."""

    def reader(self, lines: Iterable[str], *, strict: bool = True) -> Any:
        """Make a reader of the standard library."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE,
            skipinitialspace=self.skip_blanks,
            strict=strict,
        )


def open_grid(path: Path, reading: Reading) -> Grid:
    """Open a table as text and find its header.

    Raises:
        OSError: when it cannot be read.
    """
    decoding, problem = _decoding(path, reading)
    if problem is not None:
        return Grid(iter([Line(1, [], problem)]), encoding=decoding.encoding)
    sample, says = _sample(path, decoding)
    if says:
        dialect = Dialect(says)
    elif reading.delimiter:
        dialect = Dialect(_as_delimiter(reading.delimiter))
    else:
        dialect = dialect_of(sample, "\t" if path.suffix.casefold() in (".tsv", ".tab") else "")
    if len(dialect.delimiter) != 1 or dialect.delimiter in '"\r\n':
        message = f"{shown(reading.delimiter)} cannot stand between values. Give one character."
        return Grid(iter([Line(1, [], Problem("", reading.delimiter, message))]))
    lines = read_lines(path, decoding, dialect, skip=bool(says))
    return grid_of(lines, encoding=decoding.encoding, delimiter=dialect.delimiter)


def _as_delimiter(given: str) -> str:
    """Read a delimiter as a person writes it."""
    return {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}.get(given.casefold(), given)


def _decoding(path: Path, reading: Reading) -> tuple[Decoding, Problem | None]:
    if not reading.encoding:
        return encoding_of(path), None
    try:
        "".encode(reading.encoding)
        b"".decode(reading.encoding)
    except (LookupError, ValueError):
        message = f"There is no encoding {shown(reading.encoding)}. Try utf-8, cp1252 or cp1251."
        return Decoding(""), Problem("", reading.encoding, message)
    given = reading.encoding
    return Decoding(
        "utf-8-sig" if given.replace("_", "-").casefold() == "utf-8" else given, False
    ), None


def _opened(path: Path, decoding: Decoding) -> io.TextIOWrapper:
    # Bytes that are no text become half characters, by which their row is known again.
    return path.open("r", encoding=decoding.encoding, errors="surrogateescape", newline="")


def _sample(path: Path, decoding: Decoding) -> tuple[str, str]:
    """Read the beginning of a file, and the delimiter that its first line may give for Excel."""
    try:
        with _opened(path, decoding) as file:
            sample = file.read(_SAMPLE)
    except UnicodeError:
        return "", ""
    first = sample[:8].lstrip("\ufeff").splitlines()[:1]
    if first and len(first[0]) == 5 and first[0].casefold().startswith("sep="):
        return sample, first[0][4]
    return sample, ""


# --- the dialect -----------------------------------------------------------------------------


def dialect_of(sample: str, likely: str = "") -> Dialect:
    """Judge how a table is written by its beginning.

    Args:
        sample: the first lines; the last of them may be cut off.
        likely: a delimiter that is taken where it will do.
    """
    lines = io.StringIO(sample, newline="").readlines()
    if len(sample) >= _SAMPLE and len(lines) > 1:
        lines.pop()
    plain = [Dialect(delimiter) for delimiter in likely + _DELIMITERS]
    scores = {dialect: _score(lines, dialect) for dialect in plain}
    best = max(plain, key=lambda dialect: scores[dialect])
    if scores[best] < (1.0,):
        # Perhaps it writes its quotation marks in a way of its own.
        others = [best._replace(skip_blanks=True)]
        if not _has_quoted(lines, best):
            others.append(best._replace(quoted=False))
        for other in others:
            if _score(lines, other)[0] > scores[best][0] + 0.01:
                return other
    return best


def _has_quoted(lines: list[str], dialect: Dialect) -> bool:
    """Tell whether any value stands in quotation marks as a whole."""
    rows = _rows(lines, dialect._replace(quoted=False))
    return any(len(v) > 1 and v[0] == v[-1] == '"' for row in rows for v in row)


def looks_like_table(path: Path) -> bool:
    """Tell whether a text file is clearly a table: the same columns in every line, and known.

    Raises:
        OSError: when it cannot be read.
    """
    decoding = encoding_of(path)
    sample, says = _sample(path, decoding)
    if says:
        return True
    dialect = dialect_of(sample)
    rows = _rows(io.StringIO(sample, newline="").readlines(), dialect)
    widths = Counter(map(len, rows))
    width, count = widths.most_common(1)[0] if widths else (0, 0)
    known = sum(1 for cell in rows[0] if guess(cell)) if rows else 0
    return width > 1 and len(rows) > 1 and count >= 0.9 * len(rows) and known >= width / 2


def _score(lines: list[str], dialect: Dialect) -> tuple[float, float, int]:
    """Tell how well a dialect fits: whether lines are alike, and how much of a header is known."""
    rows = _rows(lines, dialect)
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if width < 2:
        return 0.0, 0.0, 0
    known = max(sum(1 for cell in row[:_WIDEST] if guess(cell)) for row in rows[:10])
    alike = count / len(rows) if rows else 0.0
    return (min(1.0, alike) if known == 0 else min(1.0, alike + 0.3), float(known), width)


def _rows(lines: list[str], dialect: Dialect) -> list[list[str]]:
    """Take a sample apart; what cannot be is a row by itself."""
    reader = dialect.reader(lines)
    found: list[list[str]] = []
    with _LIMIT:
        before = csv.field_size_limit(sys.maxsize)
        try:
            while len(found) < _SAMPLED:
                try:
                    row = next(reader)
                except StopIteration:
                    break
                except csv.Error as error:
                    if str(error) == _ENDLESS:
                        break
                    found.append([])
                    continue
                if any(row):
                    found.append(row)
        finally:
            csv.field_size_limit(before)
    return found


# --- the lines -------------------------------------------------------------------------------


class _Feed:
    """Gives the lines of a file to the reader, and remembers those of the row in hand."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.pending: list[str] = []
        """The lines of the row in hand."""
        self.size = 0
        """Characters given since this was set to 0."""

    def end(self) -> None:
        self._lines = iter(())

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.pending.append(line)
        self.size += len(line)
        return line


def read_lines(
    path: Path, decoding: Decoding, dialect: Dialect, *, skip: bool = False
) -> Iterator[Line]:
    """Take a file apart into lines, a few at a time.

    Args:
        path: the file.
        decoding: how its bytes become text.
        dialect: how its lines are taken apart.
        skip: whether its first line says only how it is written.

    Raises:
        OSError: when it cannot be read.
    """
    with _opened(path, decoding) as file:
        lines = iter(file)
        before = 0
        if skip:
            next(lines, None)
            before = 1
        for line in _Lines(lines, dialect, before, decoding.encoding):
            yield line if decoding.sound else _checked(line, decoding.encoding)


class _Lines:
    """Takes lines apart, some rows at a time, and tells what is wrong with quotation marks."""

    def __init__(self, lines: Iterator[str], dialect: Dialect, before: int, encoding: str) -> None:
        self._encoding = encoding
        self._feed = _Feed(lines)
        self._dialect = dialect
        self._reader = dialect.reader(self._feed)
        self._done = before
        """Lines that have been taken apart."""
        self._width = 0
        """Cells of the last line that was sound."""
        self._rest: Iterator[Line] = iter(())
        """What an open quotation mark had swallowed."""

    def __iter__(self) -> Iterator[Line]:
        while batch := self._batch():
            yield from batch
        yield from self._rest

    def _batch(self) -> list[Line]:
        found: list[Line] = []
        self._feed.size = 0
        with _LIMIT:
            before = csv.field_size_limit(sys.maxsize)
            try:
                while len(found) < _BATCH and self._feed.size < _BATCH_SIZE:
                    try:
                        row = next(self._reader)
                    except StopIteration:
                        break
                    except csv.Error as error:
                        found += self._broken(str(error) == _ENDLESS)
                        continue
                    except UnicodeError:
                        # What follows cannot be told apart from what came before.
                        found.append(Line(self._done + 1, [], _undecoded(self._encoding)))
                        self._feed.end()
                        break
                    found.append(Line(self._done + 1, row))
                    self._width = len(row) or self._width
                    self._next()
            finally:
                csv.field_size_limit(before)
        return found

    def _next(self) -> None:
        self._done += len(self._feed.pending)
        self._feed.pending.clear()

    def _broken(self, endless: bool) -> list[Line]:
        """Tell what a quotation mark has spoilt, and save what follows it."""
        start, lines = self._done + 1, [*self._feed.pending]
        self._next()
        last = start + len(lines) - 1
        lost = f"line {start} was" if last == start else f"lines {start} to {last} were"
        if not endless:
            message = (
                f"After a quotation mark that closes a value there is more text, so {lost} not "
                f'read. Double the quotation marks that belong to the text (""), and import again.'
            )
            return [Line(start, [], Problem("", told(lines[-1].strip()), message))]
        saved = self._looks_alike(lines[1:])
        lost = f"line {start} was" if saved else lost
        message = (
            f"A quotation mark opens a value in line {start} and is never closed, so {lost} not "
            f"read. Close it, or double it if it belongs to the text, and import again."
        )
        problem = Problem("", told(lines[0].strip()), message) if lines else None
        # From here on no quotation mark is open, or the first would have been closed.
        if saved:
            self._rest = iter(_Lines(iter(lines[1:]), self._dialect, start, self._encoding))
        return [Line(start, [], problem)]

    def _looks_alike(self, lines: list[str]) -> bool:
        """Tell whether lines that were swallowed look like the table, one by one."""
        widths = []
        for line in lines[:_SAMPLED]:
            try:
                widths.append(len(next(self._dialect.reader([line]), [])))
            except csv.Error:
                widths.append(0)
        return self._width > 1 and widths.count(self._width) > len(widths) / 2


def _checked(line: Line, encoding: str) -> Line:
    """Refuse a line with bytes that are no text in the file's encoding."""
    for value in line.values:
        if not value.isascii() and (found := _HALVES.search(value)):
            message = (
                f"This holds bytes that are not text in {encoding}, so it was not read. Save the "
                f"file as UTF-8, or say which encoding it is in."
            )
            around = value[max(0, found.start() - 20) : found.start()]
            return Line(line.number, [], Problem("", told(around), message))
    return line


def _undecoded(encoding: str) -> Problem:
    message = (
        f"From here on the file is no text in {encoding}, so the rest was not read. Save it as "
        f"UTF-8, or say which encoding it is in."
    )
    return Problem("", "", message)
