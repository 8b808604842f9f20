"""The report of an import: a text file beside the collection that says what came of each row."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from collection.errors import printable
from collection.store.disk import write_atomically
from collection.store.moment import in_a_name, now

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from collection.exchange.interface import Refusal, Report, Where

_OWNER_ONLY: Final = 0o600


def keep_report(report: Report, sources: Sequence[str], collection: Path) -> Path:
    """Write the report of an import into a folder beside the collection, for its owner only.

    Args:
        report: what the import did.
        sources: what was imported, for people.
        collection: the collection's file.

    Returns:
        the file that was written; never one that was there.

    Raises:
        OSError: when it cannot be written.
    """
    moment = now()
    folder = collection.with_name(f"{collection.name}.imports")
    folder.mkdir(mode=0o700, exist_ok=True)
    stem = in_a_name(moment)
    n = 1
    while os.path.lexists(path := folder / f"{stem}{f'-{n}' if n > 1 else ''}.txt"):
        n += 1
    write_report(report, sources, collection, path, moment)
    return path


def write_report(
    report: Report, sources: Sequence[str], collection: Path, path: Path, moment: str = ""
) -> None:
    """Write the report of an import to a file; one that is there is replaced.

    Raises:
        OSError: when it cannot be written.
    """
    lines = _lines(report, sources, collection, moment or now())
    chunks = (f"{printable(line)}\n".encode("utf-8", "backslashreplace") for line in lines)
    write_atomically(path, chunks, backup=False, mode=_OWNER_ONLY)


def _lines(report: Report, sources: Sequence[str], collection: Path, moment: str) -> Iterator[str]:
    yield f"Import into {collection.name}, {moment}"
    yield from (f"From: {source}" for source in sources)
    yield ""
    counts = {
        "Added": len(report.entered),
        "Brought up to date": len(report.taken_over),
        "Differ from what is here, left as they are": report.changed - len(report.taken_over),
        "Here already": report.same,
        "Refused": report.refused,
        "To be looked at first, not taken in": report.waiting,
        "Left out as you wished": report.left_out,
    }
    yield from (f"{label}: {count}" for label, count in counts.items() if count)
    if not any(counts.values()):
        yield "There was nothing in it."
    if report.problems:
        yield from ("", "Refused, and why (file, record, line, column, value):")
        yield from (f"- {refused(one)}" for one in report.problems)
        if report.refused > len(report.problems):
            yield "- … and more."
    for label, ids in (("Added", report.entered), ("Brought up to date", report.taken_over)):
        if ids:
            yield from ("", f"{label}:")
            yield from (f"- {id}" for id in ids)


def refused(refusal: Refusal) -> str:
    """Say in a line where something stands, what it is, and what is wrong with it."""
    value = f" “{refusal.value}”" if refusal.value else ""
    named = refusal.where.column or refusal.field
    column = f", {named}{value}" if named else value
    return printable(f"{placed(refusal.where)}{column}: {refusal.message}")


def placed(where: Where) -> str:
    """Say where something stands: the file, the record, the line."""
    record = [f"record {where.row}"] if where.row else []
    line = [f"line {where.line}"] if where.line else []
    return ", ".join([where.file, *record, *line])
