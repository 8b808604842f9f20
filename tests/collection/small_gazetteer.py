"""A gazetteer of a few places, in the place of the bundled one."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

from collection.errors import CollectionError
from collection.places.entry import AMBIGUOUS, RESOLVED, UNKNOWN, Candidate, PlaceEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import pytest

PLACES = {
    "Lwów": [
        Candidate(
            "Lviv",
            kind="town",
            country="UA",
            latitude=49.84,
            longitude=24.03,
            aliases=("Lemberg", "Львів"),
            within=("Lviv Oblast", "Ukraine"),
        )
    ],
    "Kyiv": [Candidate("Kyiv", "town", "UA", 50.45, 30.52, within=("Ukraine",))],
    "Tbilisi": [Candidate("Tbilisi", "town", "GE", 41.69, 44.83, within=("Georgia",))],
    "Georgia": [
        Candidate("Georgia", "country", "GE", 42.0, 43.5, aliases=("Gruzja",)),
        Candidate("Georgia", "state", "US", 33.0, -83.5, within=("United States",)),
    ],
    "Springfield": [
        Candidate("Springfield", "town", "US", 39.8, -89.65, within=("Illinois", "United States")),
        Candidate("Springfield", "town", "US", 37.2, -93.3, within=("Missouri", "United States")),
    ],
}
CONTAINERS = {
    "Ukraine": PlaceEntry("Ukraine", RESOLVED, "country", "UA", aliases=("Україна",)),
    "Lviv Oblast": PlaceEntry("Lviv Oblast", RESOLVED, "state", "UA", within=("Ukraine",)),
    "United States": PlaceEntry("United States", RESOLVED, "country", "US", aliases=("USA",)),
    "Georgia": PlaceEntry("Georgia", RESOLVED, "country", "GE", aliases=("Gruzja",)),
}


class SmallGazetteer:
    """Knows the places above, and counts what it is asked."""

    def __init__(self) -> None:
        self.opened = 0
        self.asked: list[tuple[str, frozenset[str]]] = []
        self.broken = False

    def bundled(self) -> SmallGazetteer:
        self.opened += 1
        if self.broken:
            raise CollectionError("The gazetteer is damaged.")
        return self

    def resolve(self, name: str, among: Collection[str] = ()) -> PlaceEntry:
        self.asked.append((name, frozenset(among)))
        meant = self.candidates(name)
        near = [one for one in meant if one.country in among]
        meant = near if len(near) == 1 else meant
        if not meant:
            return PlaceEntry(name, UNKNOWN)
        if len(meant) > 1:
            country = meant[0].country if len({one.country for one in meant}) == 1 else None
            return PlaceEntry(name, AMBIGUOUS, country=country, candidates=meant)
        one = meant[0]
        return PlaceEntry(
            name, RESOLVED, one.kind, one.country, one.latitude, one.longitude, one.aliases,
            one.within,
        )  # fmt: skip

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        return tuple(PLACES.get(name, ()))

    def entry(self, key: str) -> PlaceEntry | None:
        return CONTAINERS.get(key)


def in_place(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    """Put it in the place of the bundled one."""
    gazetteer = SmallGazetteer()
    module = ModuleType("collection.places.gazetteer")
    module.Gazetteer = gazetteer  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    yield gazetteer
