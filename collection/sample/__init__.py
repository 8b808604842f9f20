"""The bundled sample: composed accounts to try the program on, never anybody's own."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_BUNDLED: Final = "testimonies.jsonl"


def open_sample(folder: Path) -> Path:
    """Make a collection of the bundled sample.

    Args:
        folder: where to; it must exist.

    Returns:
        the collection's file, which may be changed and thrown away.

    Raises:
        CannotOpen: when the file cannot be made.
        CannotSave: when the sample could not be written into it.
    """
    from collection.collection import Collection
    from collection.exchange.jsonl import parse

    path = folder / "sample.json"
    data = (resources.files(__name__) / _BUNDLED).read_bytes()
    with Collection.open(path, by="") as voices:
        voices.import_rows(parse(data, _BUNDLED))
    return path
