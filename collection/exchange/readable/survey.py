"""What a finding aid counts: one look through a collection, and the index that comes of it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from collection.citing.dates import points
from collection.citing.names import narrators
from collection.folding import fold
from collection.search.languages import language_name
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated
    from collection.dates import DateSpan
    from collection.testimony import Testimony

_PARTS: Final = {
    "name": "name of the narrator sealed",
    "account": "account sealed",
    "context": "circumstances sealed",
    "media": "media sealed",
}


_NUMBERS: Final = re.compile("([0-9]+)")
_SEVERAL: Final = re.compile("[;|,/]")


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
        self.collections: Counter[str] = Counter()
        """The collections of the sources, empty where none is named."""
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
        for one in self.series.values():
            one.sort(key=lambda gated: by_number(gated.testimony.id))

    @property
    def name(self) -> str:
        """What the collection is called, if all that is listed comes from one."""
        return next(iter(self.collections)) if len(self.collections) == 1 else ""

    def _take(self, gated: Gated) -> None:
        seen, source = gated.testimony, gated.testimony.source
        self.listed.append(gated)
        if "account" not in gated.withheld:
            self.words += len(seen.account.split())
        self.given.take(seen.date)
        self.period.take(seen.period)
        for name in languages(seen.language) or ["not recorded"]:
            self.languages[name] += 1
        holder = ", ".join(filter(None, (source.collection, source.repository)))
        self.holders[holder or "not recorded"] += 1
        self.collections[source.collection] += 1
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
    """The years from the first to the last of some dates."""

    def __init__(self) -> None:
        self._ends: list[tuple[int, bool]] = []
        """The first and the last year, and whether it is only an approximate one."""
        self.undated = 0

    def take(self, span: DateSpan) -> None:
        """Reach out to a date; what is open at one end counts by the other."""
        ends = list(_years(span))
        self.undated += not ends
        if ends:
            every = [*self._ends, *ends]
            # Of two dates in a year the certain one counts.
            self._ends = [min(every), max(every, key=lambda end: (end[0], not end[1]))]

    def __str__(self) -> str:
        """Give the years: `ca. 1931–2022`, and how many have no date."""
        told = [f"ca. {year:04}" if about else f"{year:04}" for year, about in self._ends]
        undated = f"{self.undated} without a date" if self.undated else ""
        return "; ".join(filter(None, ("–".join(dict.fromkeys(told)), undated)))


def _years(span: DateSpan) -> Iterator[tuple[int, bool]]:
    """Give the years that a date names, or else those of its days.

    An approximate date allows more days than the year that it names: nobody said those.
    """
    if found := points(span.edtf):
        for point in found:
            about = point.mark in ("~", "%")
            yield point.year, about
            if point.season == "24":
                # A winter reaches into the next year.
                yield point.year + 1, about
        return
    for day in (span.earliest, span.latest):
        if day and day[:4].isdigit():
            yield int(day[:4]), "~" in (span.edtf or "")


def languages(value: str) -> list[str]:
    """Give the languages that a value names, in English: `yi`, `eng; de`, `Deutsch`."""
    names = [one.strip() for one in _SEVERAL.split(value)]
    return list(dict.fromkeys(language_name(name) for name in names if name))


def by_number(id: str) -> list[tuple[int, int, str]]:
    """Key that sorts identifiers as people do: 2 before 10."""
    parts = _NUMBERS.split(id)
    # `int` refuses what is longer than a few thousand figures.
    return [
        (1, int(part[:300]), part) if part.isascii() and part.isdigit() else (0, 0, fold(part))
        for part in parts
    ]


def in_order(index: dict[str, list[str]]) -> list[tuple[str, list[str]]]:
    """Put an index in the order of the alphabet, whatever the script and the accents."""
    return sorted(index.items(), key=lambda entry: (fold(entry[0]), entry[0]))
