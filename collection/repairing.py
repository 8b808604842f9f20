"""Repairs: what `check --repair` can mend, each with what is wrong and what would be done.

To add one, write a function that finds it and put it into `FINDERS`. A repair of the collection
itself goes through its ordinary changes, so that the history has what was there before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from collection.collection import Collection
    from collection.errors import Problem


@dataclass(frozen=True)
class Patient:
    """What is looked through."""

    voices: Collection
    """The collection."""
    indexes: Path | None
    """The folder of the kept search indexes; None where none is kept."""


@dataclass(frozen=True)
class Repair:
    """One thing that can be mended."""

    wrong: Problem
    """What is wrong."""
    would: str
    """What would be done, a sentence."""
    do: Callable[[], str]
    """Does it and says in a sentence what was done; raises CollectionError or OSError."""


def repairs(patient: Patient) -> list[Repair]:
    """Find everything that can be mended; nothing is changed before a repair is done."""
    return [repair for find in FINDERS for repair in find(patient)]


def _damaged_index(patient: Patient) -> Iterator[Repair]:
    if patient.indexes is None:
        return
    from collection.search.cache import IndexCache

    cache = IndexCache(patient.indexes, patient.voices.path)
    wrong = patient.voices.check_index(patient.indexes)
    if wrong is None:
        return

    def forget() -> str:
        cache.forget()
        return "The kept search index was deleted; it is built anew when something is searched for."

    yield Repair(wrong, "The kept search index would be deleted, and built anew.", forget)


def _unsound_file(patient: Patient) -> Iterator[Repair]:
    voices = patient.voices

    def mend() -> str:
        # The first of several does everything.
        return " ".join(voices.mend()) or "Mended with the one before."

    for wrong in voices.mendable:
        would = "The file would get a right checksum, and every entry an identifier of its own."
        yield Repair(wrong, would, mend)


FINDERS: Final[tuple[Callable[[Patient], Iterator[Repair]], ...]] = (
    _unsound_file,
    _damaged_index,
)
"""What finds the repairs, in the order in which they are done."""
