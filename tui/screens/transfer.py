"""The work behind importing, exporting and copying on the main screen; it runs in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.access import left_out
from collection.errors import CannotOpen, CannotSave

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection import Collection
    from collection.access import Gated
    from collection.exchange.interface import Report


def rehearse(collection: Collection, path: Path) -> Report:
    """Say what a file would bring, without taking anything in."""
    if path.exists() and not path.is_file():
        raise CannotOpen(f"{path.name} is no plain file. Nothing was taken in; choose another.")
    return collection.import_file(path, dry_run=True)


def take_in(collection: Collection, path: Path) -> Report:
    """Take the new testimonies of a file in."""
    return collection.import_file(path)


def told(report: Report) -> str:
    """Say in a sentence what an import did, or would do."""
    parts = [f"{report.added} new"]
    if report.changed:
        parts.append(f"{report.changed} that differ from what is here (left as they are)")
    if report.same:
        parts.append(f"{report.same} here already")
    if report.refused:
        first = report.problems[0]
        where = f"line {first.where.line}" if first.where.line else f"record {first.where.row}"
        parts.append(f"{report.refused} refused (the first in {where}: {first.message})")
    return f"{', '.join(parts)}."


def write_out(views: Sequence[Gated], path: Path) -> str:
    """Write testimonies to a file that is not there yet.

    Returns:
        what was done, in a sentence.

    Raises:
        CannotSave: when the file exists.
        OSError: when it cannot be written.
    """
    from collection.exchange.jsonl import JSONLines
    from collection.store.disk import write_atomically

    if path.exists():
        raise CannotSave(f"{path.name} exists already and was left as it is. Choose another name.")
    leaving = [gated for gated in views if not gated.sealed]
    write_atomically(path, JSONLines().write(leaving))
    return f"Wrote {len(leaving)} to {path}. {left_out(views)}".strip()


def as_text(gated: Gated) -> str:
    """Write one testimony down as plain text, for the clipboard."""
    from tui.printing import whole

    return whole(gated)
