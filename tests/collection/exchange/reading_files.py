"""Writes a file and reads it, as every test of a reader does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.exchange.formats import format_of, reader
from collection.exchange.interface import DETECTED, Reading, Row
from collection.reading import read_testimony
from collection.testimony import Testimony

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path, content: str | bytes | None = None, reading: Reading = DETECTED) -> list[Row]:
    """Write a file, unless it is there already, and take it apart in its own format."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(reader(format_of(path)).read(path, reading))


def read(
    path: Path, content: str | bytes | None = None, reading: Reading = DETECTED
) -> list[Testimony]:
    """Read every record of a file; each must be sound."""
    found = rows(path, content, reading)
    assert [row.problem for row in found if row.problem] == []
    return [read_testimony(row.raw) for row in found]


def problems(
    path: Path, content: str | bytes | None = None, reading: Reading = DETECTED
) -> list[str]:
    """Give what is told of the rows that could not be taken apart."""
    return [row.problem.message for row in rows(path, content, reading) if row.problem]
