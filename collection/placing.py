"""Brings the places of a testimony and the authority entries of their names together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from collection.places.entry import AMBIGUOUS, DECIDED, RESOLVED, UNKNOWN, Candidate, PlaceEntry
from collection.store.changes import EntryChange
from collection.testimony import Place, Testimony, same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from collection.authorities import Authorities

BY_PROGRAM: Final = (RESOLVED, AMBIGUOUS, UNKNOWN)
"""What the program says of a place as long as nobody has decided."""


def countries(code: str | None) -> set[str]:
    """Take the codes apart that stand for a region across borders."""
    return {part for part in (code or "").split("|") if part}


# --- on the way in ---------------------------------------------------------------------------


def filled(testimony: Testimony, authorities: Authorities) -> Testimony:
    """Fill the places of a testimony from their entries; new names are resolved.

    What the testimony says of a place of its own stays: a status, coordinates, a country.
    """
    entries = {
        name: authorities.remember(entry)
        for name, entry in meanings(testimony, authorities).items()
    }
    places = tuple(
        _filled(place, entry) if (entry := entries.get(place.name)) else place
        for place in testimony.places
    )
    return testimony if places == testimony.places else _with(testimony, places)


def meanings(testimony: Testimony, authorities: Authorities) -> dict[str, PlaceEntry]:
    """Find out what the places of a testimony are, in two passes; nothing is remembered.

    Where the places are that can only be one tells which of several another one is.

    Returns:
        the entries by name, that of the place of interview too: nothing of it is filled, but a
        search asks what it is.
    """
    own = {place.name: countries(place.country) for place in testimony.places}
    names = dict.fromkeys(filter(None, [*own, testimony.interview_place]))
    entries = {name: entry for name in names if (entry := authorities.known(name)) is not None}
    new = [name for name in names if name not in entries]
    first = {name: authorities.looked_up(name, own.get(name, set())) for name in new}
    sure = {
        name: own.get(name) or countries(entry.country)
        for name, entry in (entries | first).items()
        if entry is not None and (own.get(name) or entry.status in (RESOLVED, DECIDED))
    }
    for name in new:
        among = set().union(*(where for other, where in sure.items() if other != name))
        again = among and not own.get(name)
        entry = authorities.looked_up(name, among) if again else first[name]
        if entry is not None:
            entries[name] = entry
    return entries


def _filled(place: Place, entry: PlaceEntry) -> Place:
    if place.status or place.latitude is not None or place.longitude is not None:
        return place
    if not is_sound(entry):
        return place
    own = countries(place.country)
    if not own:
        return _as(entry, place)
    meant = [one for one in entry.candidates if own & countries(one.country)]
    if len(meant) == 1:
        latitude, longitude = meant[0].latitude, meant[0].longitude
        return Place(place.name, place.country, latitude, longitude, RESOLVED)
    if not entry.country or own & countries(entry.country):
        return msgspec.structs.replace(_as(entry, place), country=place.country)
    # It is not the place that its name alone stands for.
    return msgspec.structs.replace(place, status=AMBIGUOUS)


def _as(entry: PlaceEntry, place: Place) -> Place:
    return Place(place.name, entry.country, entry.latitude, entry.longitude, entry.status)


def taken_from(entry: PlaceEntry, place: Place) -> bool:
    """Tell whether a place says nothing but what its entry says, or nothing at all."""
    if place == _as(entry, place):
        return True
    placed = place.country or place.latitude is not None or place.longitude is not None
    return not placed and place.status in ("", UNKNOWN, AMBIGUOUS)


def is_sound(entry: PlaceEntry) -> bool:
    """Tell whether a testimony may be filled from an entry; a file can be changed by hand."""
    latitude, longitude = entry.latitude, entry.longitude
    if latitude is None or longitude is None:
        within = latitude is longitude
    else:
        within = abs(latitude) <= 90 and abs(longitude) <= 180
    return within and entry.status in (*BY_PROGRAM, DECIDED)


# --- the same again --------------------------------------------------------------------------


def is_same(known: Testimony, given: Testimony) -> bool:
    """Tell whether a testimony that is given is the one that is kept, its places filled or not."""
    if same_content(known, given):
        return True
    if len(known.places) != len(given.places):
        return False
    pairs = zip(known.places, given.places, strict=True)
    places = tuple(_laid_over(mine, other) for mine, other in pairs)
    return same_content(known, _with(given, places))


def _laid_over(known: Place, given: Place) -> Place:
    if not known.status or known.name != given.name:
        return given
    if given.status in BY_PROGRAM and known.status == DECIDED:
        # What the program took it for before.
        return known
    pairs = [(getattr(given, key), getattr(known, key)) for key in Place.__struct_fields__]
    says_else = any(mine not in (None, "", other) for mine, other in pairs)
    return given if says_else else known


# --- deciding --------------------------------------------------------------------------------


def decided(
    former: PlaceEntry,
    choice: Candidate | None,
    *,
    country: str | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
    aliases: Iterable[str] | None = None,
    also: Iterable[str] = (),
) -> PlaceEntry:
    """Give the entry that a person's decision makes of the one before.

    Args:
        former: the entry as it is.
        choice: the place that is meant.
        country: the country that is meant; of several candidates the one that lies in it.
        latitude: where it is, in degrees north.
        longitude: where it is, in degrees east.
        aliases: all its other names; those that are known, if not given.
        also: further names, which come first.
    """
    placed = latitude is not None or longitude is not None
    meant = [one for one in former.candidates if country and one.country == country]
    if choice is None and len(meant) == 1 and not placed:
        choice = meant[0]
    entry = former if choice is None else chosen(former.name, choice)
    if country and country != entry.country:
        # What it was taken for lies elsewhere.
        entry = PlaceEntry(entry.name, country=country, within=_shared(meant))
    elif entry.candidates:
        # An ambiguous name was found under everything that it might lie in.
        within = _shared(meant if country else entry.candidates)
        entry = msgspec.structs.replace(entry, within=within)
    entry = msgspec.structs.replace(entry, status=DECIDED, candidates=())
    if placed:
        entry = msgspec.structs.replace(entry, latitude=latitude, longitude=longitude)
    names = (*also, *(entry.aliases if aliases is None else aliases))
    return msgspec.structs.replace(entry, aliases=tuple(dict.fromkeys(names)))


def _shared(candidates: Sequence[Candidate]) -> tuple[str, ...]:
    """Give what several places all lie in, the nearest first."""
    first, *others = [one.within for one in candidates] or [()]
    return tuple(key for key in first if all(key in within for within in others))


def chosen(name: str, choice: Candidate) -> PlaceEntry:
    """Give the entry of a name that means one of several places."""
    known = dict.fromkeys([choice.name, *choice.aliases])
    return PlaceEntry(
        name=name,
        kind=choice.kind,
        country=choice.country,
        latitude=choice.latitude,
        longitude=choice.longitude,
        aliases=tuple(alias for alias in known if alias != name),
        within=choice.within,
    )


def with_choices(
    testimony: Testimony,
    choices: Mapping[str, Candidate],
    authorities: Authorities,
    others: Callable[[str], bool],
) -> tuple[Testimony, list[EntryChange]]:
    """Give the places of a testimony what a person has chosen for their names.

    Where no other testimony bears a name, and nobody has decided about it, the choice decides
    it for the collection; otherwise it holds for this testimony only.

    Args:
        testimony: the record.
        choices: what is meant, by name.
        authorities: what is known of the names.
        others: tells whether another testimony bears a name.

    Returns:
        the record, and the entries that were decided.
    """
    entries: dict[str, PlaceEntry] = {}
    changes = []
    borne = {*(place.name for place in testimony.places), testimony.interview_place}
    for name in borne & choices.keys():
        known = authorities.known(name)
        entries[name] = decided(known or PlaceEntry(name), choices[name])
        if (known is None or known.status != DECIDED) and not others(name):
            changes.append(EntryChange("place", name, known, entries[name]))
    places = tuple(
        _as(entries[place.name], place) if place.name in entries else place
        for place in testimony.places
    )
    return _with(testimony, places), changes


def following(testimony: Testimony, former: PlaceEntry, entry: PlaceEntry) -> Testimony | None:
    """Let a testimony follow the decision on a name.

    Returns:
        the testimony as it is then; none if nothing of it changes. A place stays that came with
        something of its own: coordinates, a decision, another country.
    """
    places = tuple(_followed(testimony.places, former, entry))
    return None if places == testimony.places else _with(testimony, places)


def _followed(places: Iterable[Place], former: PlaceEntry, entry: PlaceEntry) -> Iterator[Place]:
    for place in places:
        follows = place.name == entry.name and _follows(place, former, entry)
        yield _as(entry, place) if follows else place


def _follows(place: Place, former: PlaceEntry, entry: PlaceEntry) -> bool:
    if place.status == DECIDED:
        return place == _as(former, place)
    if not place.status and (place.latitude is not None or place.longitude is not None):
        return False
    return not place.country or place.country in (former.country, entry.country)


def _with(testimony: Testimony, places: tuple[Place, ...]) -> Testimony:
    return msgspec.structs.replace(testimony, places=places)
