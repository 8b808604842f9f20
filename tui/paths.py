"""Where things are kept, by the platform's conventions (`XDG_*` honoured)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from collection.errors import CannotOpen

if TYPE_CHECKING:
    from tui.settings import Settings

ENVIRONMENT: Final = "FIRSTHAND_COLLECTION"
"""The variable that names the collection where no option does."""
_APP: Final = "firsthand"


def data_folder() -> Path:
    """Give the folder of the user's own collection."""
    return platformdirs.user_data_path(_APP, appauthor=False)


def config_file() -> Path:
    """Give the file of the settings."""
    return platformdirs.user_config_path(_APP, appauthor=False) / "config.toml"


def cache_folder() -> Path:
    """Give the folder of what can be thrown away."""
    return platformdirs.user_cache_path(_APP, appauthor=False)


def backups_folder() -> Path:
    """Give the folder of the backups of all collections."""
    return data_folder() / "backups"


def index_folder(settings: Settings) -> Path | None:
    """Give the folder where search indexes are kept; none where the user wants none."""
    return cache_folder() if settings["keep_index"] else None


def daily_backups(settings: Settings) -> Path | None:
    """Give the folder where a backup of each day is kept; none where the user wants none."""
    return backups_folder() if settings["backups"] else None


def default_collection() -> Path:
    """Give the user's own collection, which is used where none is named."""
    return data_folder() / "collection.json"


def collection_file(named: str | None) -> Path:
    """Find out which collection is meant.

    Args:
        named: what the command line says, if anything.

    Returns:
        the file that is named there, or else by the environment, or else the user's own.
    """
    name = named if named is not None else os.environ.get(ENVIRONMENT, "")
    return Path(name) if name else default_collection()


def places(named: str | None) -> dict[str, Path]:
    """Give everything that `firsthand paths` tells, absolute."""
    return {
        "collection": collection_file(named).absolute(),
        "data": data_folder(),
        "backups": backups_folder(),
        "config": config_file(),
        "cache": cache_folder(),
    }


def check_place(path: Path, *, create: bool) -> None:
    """Refuse at once what cannot be a collection's file, before anything is opened.

    Args:
        path: the file.
        create: whether an absent file will be made; the user's own folder is made for it.

    Raises:
        CannotOpen: saying what is wrong with the place.
    """
    try:
        if create and path == default_collection():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.resolve().is_dir():
            raise CannotOpen(f"{path} is a folder, not a collection. Name a file in it.")
        if not path.exists() and not create:
            raise CannotOpen(f"There is no collection at {path}. Nothing was made; check the name.")
        if not path.resolve().parent.is_dir():
            raise CannotOpen(
                f"There is no folder {path.parent}, so no collection can be made there. "
                f"Make the folder first, or choose another place."
            )
    except OSError as error:
        raise CannotOpen(f"{path} cannot be reached ({error.strerror}).") from error
    except (ValueError, RuntimeError) as error:
        # A NUL in the name; a link that leads to itself.
        raise CannotOpen(f"{path} cannot be the name of a file. Choose another.") from error


def is_absent(path: Path) -> bool:
    """Tell whether a file is not there yet; what cannot be told is left to `check_place`."""
    try:
        # Of the user's own the folder is made with it.
        made = path.resolve().parent.is_dir() or path == default_collection()
        return made and not path.exists()
    except (OSError, ValueError, RuntimeError):
        return False
