"""The gazetteer: what a written place name means, its other names and what it lies in.

    gazetteer = Gazetteer.bundled()
    gazetteer.resolve("Lemberg").aliases   # ("Lwów", "Lvov", …)

Opening it reads only a directory; a look-up reads a few small blocks of a mapped file.
"""

from __future__ import annotations

from contextlib import contextmanager
from heapq import nlargest, nsmallest
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collection.errors import CollectionError
from collection.places.close import nearly_typed
from collection.places.entry import AMBIGUOUS, RESOLVED, UNKNOWN, Candidate, PlaceEntry
from collection.places.judging import TOWNS, Found, Verdict, shared_countries
from collection.places.keys import key_of
from collection.places.lookup import Lookup
from collection.places.packed import DamagedError, Packed, Row
from collection.places.written import take_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

FILE: Final = Path(__file__).with_name("gazetteer.bin")
MOST_ALIASES: Final = 60
MOST_CANDIDATES: Final = 8
_TELLING: Final = 3
_LIKELIEST: Final = 3
"""How many of an ambiguous name's candidates it is found under."""


class GazetteerDamaged(CollectionError):  # noqa: N818  # says what happened, as all of ours do
    """The file of place names is absent or not whole; reinstalling the program mends it."""


class Gazetteer:
    """Looks up place names; never writes, keeps nothing but a few blocks it has read."""

    def __init__(self, packed: Packed) -> None:
        """Take an opened file; see `open` and `bundled`."""
        self._packed = packed
        self._lookup = Lookup(packed)

    @classmethod
    def bundled(cls) -> Gazetteer:
        """Open the file that comes with the program.

        Raises:
            GazetteerDamaged: it is absent or damaged.
        """
        return cls.open(FILE)

    @classmethod
    def open(cls, path: Path) -> Gazetteer:
        """Open a gazetteer file.

        Raises:
            GazetteerDamaged: it is absent or damaged.
        """
        with _damage_named():
            # Not mapped: a file that is cut short under a mapping ends the program.
            return cls(Packed(path.read_bytes()))

    def __len__(self) -> int:
        """How many places it has."""
        return len(self._packed)

    def resolve(self, name: str, among: Collection[str] = ()) -> PlaceEntry:
        """Find out what a name means, as written.

        Args:
            name: as the testimony has it.
            among: ISO codes of the countries that the testimony's other places lie in; they
                decide between places that would otherwise be equally likely.

        Returns:
            an entry with the status `resolved`, `ambiguous` or `unknown`. Of an unknown place of
            which it is written where it lies, that is filled in all the same.

        Raises:
            GazetteerDamaged: the file is damaged.
        """
        with _damage_named():
            written = take_apart(name)
            verdict, where = self._lookup.find(written, frozenset(among))
            if verdict.clear:
                return self._resolved(name, verdict.found[0], written.site)
            if verdict.found:
                return self._ambiguous(name, verdict)
            if where is None:
                return PlaceEntry(name)
            return PlaceEntry(
                name,
                status=UNKNOWN,
                country=where.row.country or None,
                within=self._keys((where.number, *where.above)),
            )

    def candidates(self, name: str) -> list[Candidate]:
        """List the places that a name may mean, the likeliest first.

        Raises:
            GazetteerDamaged: the file is damaged.
        """
        with _damage_named():
            verdict, _ = self._lookup.find(take_apart(name), frozenset())
            return [self._candidate(one) for one in verdict.found]

    def entry(self, key: str) -> PlaceEntry | None:
        """Give what other places lie in, by the key that `within` has.

        Raises:
            GazetteerDamaged: the file is damaged.
        """
        with _damage_named():
            for number in self._packed.called(key_of(key)):
                row = self._packed.row(number)
                if row.key == key:
                    return PlaceEntry(
                        key,
                        status=RESOLVED,
                        kind=row.kind,
                        country=row.country or None,
                        latitude=row.latitude,
                        longitude=row.longitude,
                        aliases=_other_names(key, row),
                        within=self._keys(self._lookup.above(number)),
                    )
            return None

    def complete(self, prefix: str, limit: int = 10) -> list[Candidate]:
        """List the places one of whose names begins with a prefix, the most populous first.

        Of a prefix of less than three letters only their own names are looked at.

        Raises:
            GazetteerDamaged: the file is damaged.
        """
        folded = key_of(prefix)
        if not folded or limit < 1:
            return []
        with _damage_named():
            sizes = self._packed.sizes
            # Of one or two letters there are too many other names to go through at a keystroke.
            numbers: Collection[int] = self._packed.called_from(folded)
            if len(folded) >= _TELLING:
                numbers = {
                    number
                    for _, part, place in self._packed.starting(folded)
                    for number in part.bearers(place)
                }
            # The sizes are coarse: take some more, then look at the people themselves.
            likely = nlargest(4 * limit, numbers, key=lambda number: (sizes[number], -number))
            found = [self._lookup.found(number, prefix) for number in likely]
            found.sort(key=lambda one: -one.row.population)
            return [self._candidate(one) for one in found[:limit]]

    def misspelt(self, typed: str, limit: int = 10) -> list[Candidate]:
        """List the places one of whose names is, or begins, nearly as it is typed.

        Those that are nearly it come before those that begin so, the most populous first.

        Raises:
            GazetteerDamaged: the file is damaged.
        """
        folded = key_of(typed)
        with _damage_named():
            found: dict[int, int] = {}
            for distance, numbers in nearly_typed(self._packed, folded):
                for number in numbers:
                    found[number] = min(distance, found.get(number, distance))
            sizes = self._packed.sizes
            likely = nsmallest(limit, found, key=lambda n: (found[n], -sizes[n], n))
            return [self._candidate(self._lookup.found(number, typed)) for number in likely]

    def _resolved(self, name: str, one: Found, site: str) -> PlaceEntry:
        row = one.row
        # `Baranowicze Ghetto` is the one of that town, where there is no entry of its own.
        kind = site if site and row.kind in TOWNS else row.kind
        return PlaceEntry(
            name,
            status=RESOLVED,
            kind=kind,
            country=row.country or None,
            latitude=row.latitude,
            longitude=row.longitude,
            aliases=_other_names(name, row),
            within=self._keys(one.above),
        )

    def _ambiguous(self, name: str, verdict: Verdict) -> PlaceEntry:
        found = verdict.found[:MOST_CANDIDATES]
        kinds = {one.row.kind for one in found}
        names = [{key_of(text): text for text in (o.row.name, *o.row.aliases)} for o in found]
        common = set(names[0]).intersection(*names[1:]) - {key_of(name), ""}
        likeliest = found[:_LIKELIEST]
        within = dict.fromkeys(
            key for one in likeliest for key in self._keys((one.number, *one.above))
        )
        return PlaceEntry(
            name,
            status=AMBIGUOUS,
            kind=kinds.pop() if len(kinds) == 1 else "",
            country=shared_countries(verdict.found),
            aliases=tuple(text for key, text in names[0].items() if key in common),
            within=tuple(within),
            candidates=tuple(self._candidate(one) for one in found),
        )

    def _candidate(self, one: Found) -> Candidate:
        row = one.row
        return Candidate(
            name=row.name,
            kind=row.kind,
            country=row.country or None,
            latitude=row.latitude,
            longitude=row.longitude,
            population=row.population,
            aliases=_other_names(row.name, row),
            within=self._keys(one.above),
        )

    def _keys(self, numbers: Collection[int]) -> tuple[str, ...]:
        rows = (self._packed.row(number) for number in numbers)
        return tuple(row.key for row in rows if row.key)


def _other_names(name: str, row: Row) -> tuple[str, ...]:
    """Give the names of a place but for the one that is written, its own first."""
    seen = {key_of(name), ""}
    names = []
    for text in (row.name.partition(" (")[0], *row.aliases):
        if key_of(text) not in seen:
            seen.add(key_of(text))
            names.append(text)
    return tuple(names[:MOST_ALIASES])


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except (DamagedError, OSError, ValueError) as error:
        raise GazetteerDamaged(
            "The file of place names is missing or damaged, so that places cannot be looked up. "
            f"Install Firsthand again to mend it ({error})."
        ) from error
