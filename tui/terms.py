"""What is shown of a name: labels with their lines, for a pane of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.dates import short
from collection.errors import NotFound
from collection.places.entry import PlaceEntry
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection import Collection
    from collection.duplicates import Pair
    from collection.places.entry import Candidate
    from collection.terms import Term

KINDS: Final = {"place": "Places", "theme": "Themes", "narrator": "Narrators"}
"""What the kinds of names are called."""
_MOST_NAMES: Final = 12
"""Other names that are listed: a gazetteer may know fifty."""
_MOST: Final = 60
"""Testimonies that are listed under a name."""
_STATUSES: Final = {
    "decided": "decided by a person; the program changes it no more",
    "resolved": "found in the gazetteer",
    "ambiguous": "may mean several places; e decides which",
    "unknown": "not in the gazetteer; e says where it lies",
}
_FIELDS: Final = {"place": "place", "theme": "theme", "narrator": "by"}

Facts = list[tuple[str, list[str]]]
"""Labels, each with its lines."""


def query_of(kind: str, name: str) -> str:
    """Write the query that finds the testimonies that bear a name."""
    plain = " ".join(name.replace('"', " ").split())
    return f'{_FIELDS[kind]}:"{plain}"'


def facts_of(term: Term, collection: Collection) -> Facts:
    """Tell what is known of a name, and which testimonies bear it."""
    facts = [*_known(term, collection)]
    if len(term.spellings) > 1:
        spelt = [f"{name} ({count})" for name, count in term.spellings]
        facts.append(("Spelt in several ways; r makes it one", spelt))
    facts.append((f"Testimonies · {len(term.ids)}", [*_testimonies(term.ids, collection)]))
    return facts


def _known(term: Term, collection: Collection) -> Iterator[tuple[str, list[str]]]:
    entry = term.entry
    if isinstance(entry, PlaceEntry):
        yield "Status", [_STATUSES.get(entry.status, entry.status)]
        where = filter(None, (entry.kind, _country(entry), coordinates(entry)))
        if told := "; ".join(where):
            yield "Where", [told]
        if entry.within:
            yield "Lies in", [", ".join(entry.within)]
        if entry.aliases:
            more = len(entry.aliases) - _MOST_NAMES
            names = "; ".join(entry.aliases[:_MOST_NAMES])
            yield "Other names", [f"{names}; and {more} more" if more > 0 else names]
        if entry.candidates:
            yield "May mean", [candidate_line(one, collection) for one in entry.candidates]
    elif isinstance(entry, ThemeEntry):
        lists = (
            ("Used for", entry.used_for),
            ("Broader", entry.broader),
            ("Narrower", term.narrower),
        )
        yield from ((label, ["; ".join(names)]) for label, names in lists if names)
        if not any(names for _, names in lists):
            yield "Defined", ["not yet; e says what it is used for and what it falls under"]


def _country(entry: PlaceEntry) -> str:
    return (entry.country or "").replace("|", ", ")


def coordinates(entry: PlaceEntry) -> str:
    """Write where a place lies, in degrees; empty where that is not known."""
    if entry.latitude is None or entry.longitude is None:
        return ""
    return f"{entry.latitude:g}, {entry.longitude:g}"


def candidate_line(one: Candidate, collection: Collection) -> str:
    """Write a place that a name may mean on one line."""
    return f"{one.name}: {collection.about_place(one)}"


def testimony_line(id: str, collection: Collection) -> str:
    """Write a testimony as it may be seen on one line."""
    try:
        seen = collection.view(id).testimony
    except NotFound:
        return f"{id} (withdrawn)"
    told = (short(seen.date), seen.title, seen.narrator.name)
    return " · ".join(filter(None, told))


def _testimonies(ids: Sequence[str], collection: Collection) -> Iterator[str]:
    if not ids:
        yield "none bears it; it only stands above others, or was defined"
    yield from (testimony_line(id, collection) for id in ids[:_MOST])
    if len(ids) > _MOST:
        yield f"… and {len(ids) - _MOST} more; Enter lists them all"


def pair_row(pair: Pair) -> tuple[str, str]:
    """Give the columns of two names that look alike."""
    return pair.why, f"{pair.one}  |  {pair.other}"
