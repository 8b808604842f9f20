"""The first screenful of a collection, shown before the collection is opened.

It imports no more than that takes: the rest is loaded by whoever opens the collection, while the
screen stands already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.access import Gated, gate
from collection.store.loading import first_testimonies
from collection.testimony import newest_first

if TYPE_CHECKING:
    from pathlib import Path


def preview(path: Path, limit: int) -> list[Gated]:
    """Read the first testimonies of a file as they may be seen, before it is opened.

    Returns:
        at most `limit`, newest first; none where the file cannot be read in parts.
    """
    gated = (gate(testimony) for testimony in first_testimonies(path, limit))
    open_ones = [one for one in gated if not one.sealed]
    return sorted(open_ones, key=lambda one: newest_first(one.testimony))[:limit]
