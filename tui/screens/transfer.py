"""The work behind exporting and copying on the main screen; it runs in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from collection.errors import CannotSave

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from collection import Collection
    from collection.access import Gated
    from collection.exchange.exporting import Outcome
    from collection.exchange.interface import Writer


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
