"""The work behind importing, exporting and copying on the main screen; it runs in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collection.errors import CannotOpen, CannotSave

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from collection import Collection
    from collection.access import Gated
    from collection.exchange.exporting import Outcome
    from collection.exchange.interface import Report, Writer


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


class Order(NamedTuple):
    """How testimonies are to be written."""

    writer: Writer
    path: Path
    folder: bool
    """Whether each has a file of its own."""
    replace: bool
    """Whether files that are there may be replaced."""
    private: bool
    """Whether private and sealed parts go along."""


def write_out(
    collection: Collection, ids: Sequence[str], order: Order, progress: Callable[[int], None]
) -> Outcome:
    """Write testimonies out.

    Args:
        collection: where they are.
        ids: the testimonies; those that have been withdrawn meanwhile are passed over.
        order: how.
        progress: told how many have been written; may raise to stop.

    Raises:
        CannotSave: when something is in the way, or could not be written.
    """
    from collection.exchange.exporting import export

    here = [id for id in ids if id in collection]
    if not here:
        raise CannotSave("They have all been withdrawn meanwhile. Nothing was written.")
    views = collection.export(ids=here, private=order.private)
    return export(
        order.writer,
        views,
        order.path,
        folder=order.folder,
        replace=order.replace,
        own=collection.path,
        progress=progress,
    )


def as_text(gated: Gated) -> str:
    """Write one testimony down as plain text, for the clipboard."""
    from tui.printing import whole

    return whole(gated)
