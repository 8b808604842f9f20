"""The bundled sample: composed accounts to try the program on, never anybody's own."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from collection.errors import CannotOpen

if TYPE_CHECKING:
    from pathlib import Path

READY: Final = "sample.json"
"""The sample as a collection, made by `collection.sample.make`."""


def open_sample(folder: Path) -> Path:
    """Copy the bundled sample.

    Args:
        folder: where to; it must exist.

    Returns:
        the collection's file, which may be changed and thrown away.

    Raises:
        CannotOpen: when the copy cannot be made.
    """
    path = folder / READY
    try:
        path.write_bytes((resources.files(__name__) / READY).read_bytes())
    except OSError as error:
        raise CannotOpen(f"The sample could not be copied to {path} ({error.strerror}).") from error
    return path
