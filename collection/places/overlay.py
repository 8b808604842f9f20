"""What is kept by hand beside the packages: three tables in the folder `overlay`.

`regions.tsv` has states and regions that are no more or never were on a list, with what they
hold; `names.tsv` names that GeoNames lacks for places that it has, or that need to be told apart;
`sites.tsv` places that it lacks: camps, ghettos, townships. Columns are separated by tabs, several
values by `|`; `#` begins a comment. A place is meant by `CC/Name` (`UA/Lviv Oblast`,
`CZ/Terezín`), a country by its ISO code, another line's region or site by `=Name`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.places.geometry import distance
from collection.places.keys import key_of
from collection.places.made import Made, sifted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collection.places.sources import Sources

SITE_WEIGHT: Final = 30_000
"""The population that a site stands for when it is weighed against towns of the same name."""
_FEWEST: Final = 500_000
_NEAR: Final = 60.0
"""How many kilometres off the town may be whose district a site is put into."""


class OverlayError(ValueError):
    """A line of the overlay means a place that is not there."""


class _Finder:
    """Finds what the overlay means among all that was read."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._by_name: dict[tuple[str, str], list[str]] = {}
        for table in (sources.divisions, sources.places):
            for number, made in table.items():
                for name in (made.name, *made.aliases):
                    self._by_name.setdefault((made.country, key_of(name)), []).append(number)
        self._grid: dict[tuple[str, int, int], list[Made]] = {}
        for made in sources.places.values():
            cell = (made.country, round(made.latitude or 0), round(made.longitude or 0))
            self._grid.setdefault(cell, []).append(made)

    def __call__(self, wanted: str, *, town: bool = False) -> str:
        """Find the identifier of `CC`, `CC/Name` or `=Name`."""
        if wanted.startswith("="):
            return wanted
        if wanted in self._sources.countries:
            return wanted
        country, _, name = wanted.partition("/")
        found = self._by_name.get((country, key_of(name)), [])
        if town:
            found = [number for number in found if number in self._sources.places]
        if not found:
            raise OverlayError(f"there is no {wanted}")
        tables = self._sources
        # A division before a town of its name, by its own name before another, then the larger.
        return min(
            found,
            key=lambda number: (
                number in tables.places,
                key_of((tables.divisions.get(number) or tables.places[number]).name)
                != key_of(name),
                number.count("."),
                -(tables.divisions.get(number) or tables.places[number]).population,
            ),
        )

    def district(self, country: str, latitude: float, longitude: float) -> list[str]:
        """Find the division that the nearest town lies in."""
        near = [
            (distance(latitude, longitude, made.latitude or 0, made.longitude or 0), made)
            for north in (-1, 0, 1)
            for east in (-1, 0, 1)
            for made in self._grid.get(
                (country, round(latitude) + north, round(longitude) + east), ()
            )
        ]
        if not near:
            return country.split("|")
        least, made = min(near, key=lambda pair: pair[0])
        return made.parents[:1] if least < _NEAR else [country]


def apply(sources: Sources, folder: Path) -> dict[str, Made]:
    """Add the overlay to what was read.

    Returns:
        its regions and sites by identifier (`=Name`).

    Raises:
        OverlayError: a line means a place that is not there.
    """
    find = _Finder(sources)
    for where, names in _lines(folder / "names.tsv", 2):
        number = find(where, town=True) if not where.endswith("!") else find(where[:-1])
        made = sources.places.get(number) or sources.divisions.get(number)
        made = made or sources.countries[number]
        added = names.split("|")
        if names.startswith("!"):
            # What is struck out; then comes what is added.
            struck, added = set(map(key_of, added[0][1:].split(","))), added[1:]
            made.aliases = [alias for alias in made.aliases if key_of(alias) not in struck]
        if added and added[0].startswith("="):
            made.aliases = [made.name, *made.aliases]
            made.name = added.pop(0)[1:]
        first = [*added, *made.aliases[: made.by_hand]]
        made.aliases, made.by_hand = _joined(made, first)
    regions = _regions(sources, find, folder)
    return regions | _sites(find, folder)


def _joined(made: Made, first: list[str]) -> tuple[list[str], int]:
    seen, kept = {key_of(made.name), ""}, []
    for alias in (*first, *made.aliases):
        if key_of(alias) not in seen:
            seen.add(key_of(alias))
            kept.append(alias)
    return kept, len(first)


def _regions(sources: Sources, find: _Finder, folder: Path) -> dict[str, Made]:
    made: dict[str, Made] = {}
    holds: dict[str, list[str]] = {}
    for name, kind, countries, aliases, held in _lines(folder / "regions.tsv", 5):
        kept, by_hand = sifted(name.partition(" (")[0], filter(None, aliases.split("|")), ())
        made[f"={name}"] = Made(
            name=name,
            kind=kind,
            country=countries,
            aliases=kept,
            by_hand=by_hand,
            key=name,
        )
        holds[f"={name}"] = [find(one) for one in held.split("|") if one]
    for region, parts in holds.items():
        for part in parts:
            table = sources.countries if part in sources.countries else sources.divisions
            if part in sources.places:
                table = sources.places
            inner = made.get(part) or table.get(part)
            if inner is None:
                raise OverlayError(f"{region[1:]} holds {part}, which there is not")
            inner.parents = [*inner.parents, region]
    for region in holds:
        made[region].population = max(_people(region, holds, sources), _FEWEST)
    return made


def _people(part: str, holds: dict[str, list[str]], sources: Sources) -> int:
    # Some more than what it holds, so that what it holds comes before it.
    if part in holds:
        return 1 + sum(_people(inner, holds, sources) for inner in holds[part])
    known = sources.countries.get(part) or sources.divisions.get(part)
    return known.population if known else 0


def _sites(find: _Finder, folder: Path) -> dict[str, Made]:
    made: dict[str, Made] = {}
    for name, kind, country, place, aliases, within in _lines(folder / "sites.tsv", 6):
        latitude, longitude = (float(part) for part in place.split(","))
        kept, by_hand = sifted(name, filter(None, aliases.split("|")), ())
        parents = [find(one, town=True) for one in within.split("|") if one]
        made[f"={name}"] = Made(
            name=name,
            kind=kind,
            country=country,
            latitude=latitude,
            longitude=longitude,
            population=SITE_WEIGHT,
            aliases=kept,
            by_hand=by_hand,
            parents=[*parents, *find.district(country, latitude, longitude)],
        )
    return made


def _lines(path: Path, fields: int) -> Iterator[list[str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        values = [value.strip() for value in line.split("\t")]
        values += [""] * (fields - len(values))
        if len(values) != fields:
            raise OverlayError(f"{path.name}, line {number}: {len(values)} columns, not {fields}")
        yield values
