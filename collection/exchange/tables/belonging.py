"""Files of a folder that belong to a table in it: the transcripts that it names.

They come in with the table, each as the account of its row; by themselves they would come in a
second time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.exchange import formats
from collection.exchange.interface import DETECTED
from collection.exchange.tables.assembling import Assembler
from collection.exchange.tables.mapping import proposed
from collection.exchange.tables.tables import open_table
from collection.exchange.tables.transcripts import SUFFIXES, Beside, Unreadable, is_transcript

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_TABLES: Final = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")


def transcripts_among(files: Sequence[Path]) -> frozenset[Path]:
    """Find the files that are transcripts of a table among them.

    Args:
        files: those of one folder.

    Raises:
        OSError: when one cannot be read.
    """
    if not any(file.suffix.casefold() in SUFFIXES for file in files):
        return frozenset()
    tables = [file for file in files if file.suffix.casefold() in _TABLES]
    named = {path for table in tables for path in _named_by(table)}
    return frozenset(file for file in files if file in named)


def _named_by(table: Path) -> set[Path]:
    grid = open_table(table, formats.format_of(table), DETECTED)
    if not grid.columns or is_transcript(grid.columns):
        return set()
    mapping = proposed(grid.columns, []).mapping
    if "transcript" not in mapping.values():
        return set()
    assembler, beside = Assembler(grid.columns, mapping), Beside(table)
    found: set[Path] = set()
    for line in grid.lines:
        if line.problem is not None:
            continue
        values = line.values + [""] * (len(grid.columns) - len(line.values))
        named, id = assembler.value("transcript", values), assembler.value("id", values)
        try:
            path = beside.find(named, id) if named else None
        except Unreadable:
            # Its row will be refused, and say so.
            continue
        if path is not None:
            found.add(path)
    return found
