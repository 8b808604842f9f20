"""The work behind exporting and copying on the main screen; it runs in a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.access import left_out
from collection.errors import CannotSave

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection.access import Gated


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
