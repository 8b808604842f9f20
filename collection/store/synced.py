"""Tells folders that a program keeps the same on several machines."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_NAMES: Final = (
    (re.compile(r"Dropbox( \([^/]+\))?"), "Dropbox"),
    (re.compile(r"OneDrive( - [^/]+)?"), "OneDrive"),
    (re.compile(r"Google ?Drive"), "Google Drive"),
    (re.compile(r"Nextcloud\d?"), "Nextcloud"),
)
_CLOUD_STORAGE: Final = (
    ("Dropbox", "Dropbox"),
    ("OneDrive", "OneDrive"),
    ("GoogleDrive", "Google Drive"),
    ("Nextcloud", "Nextcloud"),
    ("iCloud", "iCloud Drive"),
)
"""How the folders below `Library/CloudStorage` of a Mac begin."""
_MARKERS: Final = (
    (".stfolder", "Syncthing"),
    (".dropbox.cache", "Dropbox"),
    (".nextcloudsync.log", "Nextcloud"),
)


def synced_folder(path: Path) -> str | None:
    """Tell which program copies a path to other machines; never raises.

    It goes by the names that these programs give their folders, and by what they leave in them:
    a hint, and no proof.

    Returns:
        the name of the program or the service; None where none is recognized.
    """
    try:
        parents = path.resolve().parents
        for folder in parents:
            if service := _named(folder) or _marked(folder):
                return service
    except (OSError, RuntimeError, ValueError):
        pass
    return None


def _named(folder: Path) -> str | None:
    above = (folder.parent.parent.name, folder.parent.name)
    if (above[1], folder.name) == ("Library", "Mobile Documents"):
        return "iCloud Drive"
    if above == ("Library", "CloudStorage"):
        return next((s for begin, s in _CLOUD_STORAGE if folder.name.startswith(begin)), None)
    if folder.name == "My Drive" and (folder.parent / ".shortcut-targets-by-id").is_dir():
        return "Google Drive"
    return next((service for name, service in _NAMES if name.fullmatch(folder.name)), None)


def _marked(folder: Path) -> str | None:
    return next((s for marker, s in _MARKERS if os.path.lexists(folder / marker)), None)
