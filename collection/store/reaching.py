"""Whether a place can be read and written, and what to say where it cannot."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def why_read_only(path: Path, *, wanted: bool, network: bool) -> str:
    """Say why a file is not to be written; empty if it may be.

    Args:
        path: the file.
        wanted: whether somebody wants it only read.
        network: whether one on a network filesystem may be written.
    """
    if wanted:
        return "It was opened for reading only."
    if not _writable(path):
        return "The file or its folder cannot be written."
    if network:
        return ""
    from collection.store.mounts import network_filesystem

    kind = network_filesystem(path)
    if kind is not None:
        return (
            f"It lies on a network filesystem ({kind}), where two machines that write at once "
            f"could spoil it; network_folders = true in the settings allows it all the same."
        )
    return ""


def _writable(path: Path) -> bool:
    target = path if path.exists() else path.parent
    effective = os.access in os.supports_effective_ids
    places = {target, path.parent}
    return all(os.access(place, os.W_OK, effective_ids=effective) for place in places)


def cannot_read(path: Path, error: OSError) -> str:
    """Say why a file could not be read."""
    if isinstance(error, FileNotFoundError):
        return f"There is no collection at {path}. Nothing was made; check the name."
    if isinstance(error, IsADirectoryError):
        return f"{path} is a folder, not a collection. Name a file in it."
    return f"{path} could not be read{reason_of(error)}. It was left as it is."


def reason_of(error: BaseException | None) -> str:
    """Give what the system says of an error, in brackets; empty if it says nothing."""
    return f" ({error.strerror})" if isinstance(error, OSError) and error.strerror else ""
