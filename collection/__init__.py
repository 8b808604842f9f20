"""The collection: testimonies kept, searched and exchanged, without any knowledge of a screen."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collection.batch import Outcome
    from collection.batching import Batch
    from collection.collection import Collection
    from collection.errors import (
        CannotOpen,
        CannotSave,
        CollectionError,
        Conflict,
        InvalidTestimony,
        NameTaken,
        NotFound,
        ReadOnly,
        UnknownName,
    )
    from collection.gaps import Gap
    from collection.testimony import Testimony

__all__ = [
    "Batch",
    "CannotOpen",
    "CannotSave",
    "Collection",
    "CollectionError",
    "Conflict",
    "Gap",
    "InvalidTestimony",
    "NameTaken",
    "NotFound",
    "Outcome",
    "ReadOnly",
    "Testimony",
    "UnknownName",
]

_ROOMS: Final = {
    "Batch": "collection.batching",
    "Collection": "collection.collection",
    "Gap": "collection.gaps",
    "Outcome": "collection.batch",
    "Testimony": "collection.testimony",
}


def __getattr__(name: str) -> Any:
    # Loaded when first used: `firsthand --version` needs none of it.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS.get(name, "collection.errors")), name)
