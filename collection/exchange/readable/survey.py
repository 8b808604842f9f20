"""What a finding aid counts: one look through a collection, and the index that comes of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from collection.citing.names import narrators
from collection.folding import fold
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collection.access import Gated
    from collection.dates import DateSpan
    from collection.testimony import Testimony

_PARTS: Final = {
    "name": "name of the narrator sealed",
    "account": "account sealed",
    "context": "circumstances sealed",
    "media": "media sealed",
}


class Survey:
    """A collection as a whole, as far as it may be seen."""

    def __init__(self, testimonies: Iterable[Gated]) -> None:
        """Look through a collection.

        Args:
            testimonies: as they may be seen; those that are sealed as a whole are counted only.
        """
        self.listed: list[Gated] = []
        """What may be seen, in the order given."""
        self.sealed = 0
        """How many are sealed as a whole."""
        self.words = 0
        """Words of the accounts that may be read."""
        self.given, self.period = _Extent(), _Extent()
        self.languages: Counter[str] = Counter()
        self.holders: Counter[str] = Counter()
        """Repositories and collections that the sources name."""
        self.series: defaultdict[str, list[Gated]] = defaultdict(list)
        """The arrangement: what stands in each series, by its name."""
        self.access: Counter[str] = Counter()
        self.places: defaultdict[str, list[str]] = defaultdict(list)
        """Identifiers by the name of the place; so are the next two."""
        self.themes: defaultdict[str, list[str]] = defaultdict(list)
        self.narrators: defaultdict[str, list[str]] = defaultdict(list)
        for gated in testimonies:
            if gated.sealed:
                self.sealed += 1
            else:
                self._take(gated)

    def _take(self, gated: Gated) -> None:
        seen, source = gated.testimony, gated.testimony.source
        self.listed.append(gated)
        if "account" not in gated.withheld:
            self.words += len(seen.account.split())
        self.given.take(seen.date)
        self.period.take(seen.period)
        self.languages[seen.language or "not recorded"] += 1
        holder = ", ".join(filter(None, (source.collection, source.repository)))
        self.holders[holder or "not recorded"] += 1
        self.series[source.series].append(gated)
        self._count_access(seen)
        for name in dict.fromkeys(place.name for place in seen.places):
            self.places[name].append(seen.id)
        for name in dict.fromkeys(seen.themes):
            self.themes[name].append(seen.id)
        for who in narrators(gated):
            self.narrators[who.turned].append(seen.id)

    def _count_access(self, seen: Testimony) -> None:
        sealed = [part for part in PARTS if getattr(seen.access, part).level != "open"]
        self.access.update(_PARTS[part] for part in sealed if part in _PARTS)
        if not sealed:
            self.access["open"] += 1


class _Extent:
    """The days from the first to the last of some dates."""

    def __init__(self) -> None:
        self.first, self.last = "", ""
        self.undated = 0

    def take(self, span: DateSpan) -> None:
        """Reach out to a date; what is open at one end counts by the other."""
        days = [day for day in (span.earliest, span.latest) if day]
        if not days:
            self.undated += 1
            return
        self.first = min(filter(None, (self.first, days[0])))
        self.last = max(self.last, days[-1])

    def __str__(self) -> str:
        """Give the years: `1944–2022`, and how many have no date."""
        years = "–".join(dict.fromkeys(day[:4] for day in (self.first, self.last) if day))
        undated = f"{self.undated} without a date" if self.undated else ""
        return "; ".join(filter(None, (years, undated)))


def in_order(index: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Put an index in the order of the alphabet, whatever the script and the accents."""
    return sorted(index.items(), key=lambda entry: (fold(entry[0]), entry[0]))
