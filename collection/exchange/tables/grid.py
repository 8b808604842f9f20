"""A table before it is understood: lines of cells, and which of them is the header."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collection.exchange.tables.headers import guess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.errors import Problem

LOOKED_AT: Final = 40
"""Lines at the beginning among which the header is looked for."""
_DEEPEST_HEADER: Final = 20
_WIDEST: Final = 200
"""Columns by which a header is known; there may be a hundred thousand."""
_LONGEST_HEADER: Final = 200


class Line(NamedTuple):
    """One line of a table."""

    number: int
    """The line of the file, or the row of the sheet, in which it begins; from 1."""
    values: list[Any]
    """Its cells, empty text where there is nothing; as many as there are."""
    problem: Problem | None = None
    """Why it could not be taken apart."""


class Grid(NamedTuple):
    """A table as it stands in a file."""

    lines: Iterator[Line]
    """What follows the header; blank lines are left out."""
    columns: tuple[str, ...] = ()
    """What the columns are called, each differently."""
    header: int = 0
    """The line of the header; 0 where there is none."""
    above: tuple[str, ...] = ()
    """What stands above the header, a text a line: a title, a note."""
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()
    """The sheets or tables that the file has, where it can have several."""
    sheet: str = ""
    """The one that is read; empty where all are."""
    others: tuple[str, ...] = ()
    """Sheets that hold testimonies as well, and are not read."""


def is_blank(values: Sequence[Any]) -> bool:
    """Tell whether a line holds nothing."""
    return not any(v.strip() if type(v) is str else v is not None for v in values)


def grid_of(lines: Iterator[Line], **known: Any) -> Grid:
    """Find the header of a table, and put the rest of it in order.

    Args:
        lines: everything that the table holds, from its first line.
        known: further fields of the grid.
    """
    full = (line for line in lines if line.problem is not None or not is_blank(line.values))
    first: list[Line] = []
    for line in full:
        first.append(line)
        if len(first) == LOOKED_AT:
            break
    at = header_among(first)
    if at is None:
        return Grid(_chained(first, full), **known)
    width = _usual_width(first[at:])
    columns = named_apart(first[at].values, max(width, _filled_to(first[at].values)))
    # What stands above the header is the title of the table, and belongs to no row.
    broken = [line for line in first[:at] if line.problem is not None]
    above = tuple(" ".join(map(str, line.values)).strip() for line in first[:at] if line.values)
    following = _chained([*broken, *first[at + 1 :]], full)
    return Grid(following, columns, first[at].number, above, **known)


def header_among(lines: Sequence[Line]) -> int | None:
    """Find the header among the first lines of a table; titles and notes may stand above it.

    Returns:
        its index; none where there is no line that could be one.
    """
    sound = [n for n, line in enumerate(lines) if line.problem is None and line.values]
    if not sound:
        return None
    width = _usual_width([lines[n] for n in sound])
    full, best, most = None, None, 0
    for n in sound[:_DEEPEST_HEADER]:
        cells = [str(cell) for cell in lines[n].values[:_WIDEST] if str(cell).strip()]
        if any(len(cell) > _LONGEST_HEADER for cell in cells):
            continue
        known = sum(1 for cell in cells if guess(cell))
        if full is None and len(cells) >= max(1, width / 2):
            full = n
            if best is None and known >= 2:
                return n
        # One that is not as full, or comes later, must be known for the most part.
        if known >= max(2, most + 1, len(cells) / 2):
            best, most = n, known
    return next(n for n in (best, full, sound[0]) if n is not None)


def _usual_width(lines: Sequence[Line]) -> int:
    widths = Counter(_filled_to(line.values) for line in lines if line.problem is None)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _filled_to(values: Sequence[Any]) -> int:
    return max((n for n, value in enumerate(values, 1) if not is_blank([value])), default=0)


def named_apart(headers: Sequence[Any], width: int) -> tuple[str, ...]:
    """Call every column differently: `Subject`, `Subject (2)`; those without a header `column 5`.

    Args:
        headers: what stands above the columns.
        width: how many columns there are.
    """
    names: dict[str, None] = {}
    counts: dict[str, int] = {}
    for n in range(width):
        name = " ".join(str(headers[n]).split()) if n < len(headers) else ""
        name = plain = name.lstrip("\ufeff") or f"column {n + 1}"
        while name in names:
            counts[plain] = counts.get(plain, 1) + 1
            name = f"{plain} ({counts[plain]})"
        names[name] = None
    return tuple(names)


def _chained(first: list[Line], rest: Iterator[Line]) -> Iterator[Line]:
    yield from first
    yield from rest
