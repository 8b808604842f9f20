"""A change that is made to many testimonies, and what it makes of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.authorities import theme_key
from collection.errors import Problem, shown, told
from collection.faithful import unfaithful
from collection.testimony import (
    CONSENTS,
    LEVELS,
    PARTS,
    Access,
    Place,
    Restriction,
    Testimony,
    is_day,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NEVER: Final = "9999-99-99"
"""Stands for the end of what never ends."""
_LISTS: Final = ("themes", "keywords", "places")
_SEALED: Final = LEVELS[1:]


class Batch(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What is to be changed; whatever is not given stays as it is in each testimony."""

    add_themes: tuple[str, ...] = ()
    """Themes that each is to have; one that is there in another spelling is there."""
    remove_themes: tuple[str, ...] = ()
    """Themes that none is to have, in whatever spelling; they go before others are added."""
    add_keywords: tuple[str, ...] = ()
    remove_keywords: tuple[str, ...] = ()
    add_places: tuple[str, ...] = ()
    """Places spoken of, by their names; they are looked up like those of the form."""
    remove_places: tuple[str, ...] = ()
    """Places spoken of, exactly as they are written."""
    interviewers: tuple[str, ...] | None = None
    series: str | None = None
    """The series of the source."""
    of_collection: str | None = None
    """The collection of the source."""
    consent: str | None = None
    """The status of the consent."""
    rights: str | None = None
    licence: str | None = None
    restrict: tuple[str, ...] = ()
    """The parts to be sealed at least as far as `terms` say; none is loosened by it."""
    terms: Restriction = Restriction("restricted")
    open_again: tuple[str, ...] = ()
    """The parts to be opened to everyone."""


FIELDS: Final[dict[str, str]] = {
    "add_themes": "themes",
    "remove_themes": "themes",
    "add_keywords": "keywords",
    "remove_keywords": "keywords",
    "add_places": "places",
    "remove_places": "places",
    "interviewers": "interviewers",
    "series": "source",
    "of_collection": "source",
    "consent": "consent",
    "rights": "rights",
    "licence": "licence",
    "open_again": "access",
}
"""The field of a record that each value of a batch changes, except for what seals."""
_EMPTY: Final = Batch()


def fields_of(batch: Batch) -> list[str]:
    """Give the fields of a record that a batch changes, the access only where it opens."""
    used = [name for name in FIELDS if getattr(batch, name) != getattr(_EMPTY, name)]
    return [*dict.fromkeys(FIELDS[name] for name in used)]


def only_sealing(batch: Batch) -> Batch:
    """Give that part of a batch which may be done unseen, since it shows nothing to anybody."""
    return Batch(restrict=batch.restrict, terms=batch.terms)


def replaced(before: Testimony, batch: Batch) -> Iterator[str]:
    """Give what a testimony says where a batch puts something else in its place."""
    former = {
        "interviewers": before.interviewers,
        "series": before.source.series,
        "of_collection": before.source.collection,
        "rights": before.rights,
        "licence": before.licence,
    }
    for name, value in former.items():
        after = getattr(batch, name)
        if after is not None and value and value != after:
            yield value if isinstance(value, str) else "; ".join(value)


# --- what is wrong with it -------------------------------------------------------------------


def problems_of(batch: Batch) -> Iterator[Problem]:
    """Find what a batch must not say."""
    if reason := unfaithful(batch, Batch):
        yield Problem("", "", f"The change {reason}")
        return
    if batch == _EMPTY or (batch.terms != _EMPTY.terms and not batch.restrict):
        yield Problem("", "", "It is not said what is to be changed, or of which part.")
    for field in (*FIELDS, "restrict"):
        names = getattr(batch, field)
        if isinstance(names, tuple) and not all(name.strip() for name in names):
            yield Problem(field, "", f"One of the names under {field} is empty.")
    if batch.consent is not None and batch.consent not in CONSENTS:
        yield _unknown("consent", batch.consent, CONSENTS)
    for field in ("restrict", "open_again"):
        for part in getattr(batch, field):
            if part not in PARTS:
                yield _unknown(field, part, PARTS)
    if both := set(batch.restrict) & set(batch.open_again):
        message = f"The same part cannot be sealed and opened: {shown(min(both))}."
        yield Problem("restrict", "", message)
    if batch.terms.level not in _SEALED:
        yield _unknown("level", batch.terms.level, _SEALED)
    until = batch.terms.until
    if until is not None and not is_day(until):
        yield Problem("until", told(until), f"until is {shown(until)}; write a day as 1944-06-30.")


def _unknown(field: str, value: str, known: tuple[str, ...]) -> Problem:
    message = f"{field} is {shown(value)}; it must be one of {', '.join(known)}."
    return Problem(field, told(value), message)


# --- what it makes of a testimony ------------------------------------------------------------


def changed(testimony: Testimony, batch: Batch) -> Testimony:
    """Give what a batch makes of a testimony; the very same object if nothing changes."""
    changes: dict[str, Any] = {}
    for field in _LISTS:
        add, remove = getattr(batch, f"add_{field}"), getattr(batch, f"remove_{field}")
        if add or remove:
            changes[field] = _CHANGED[field](getattr(testimony, field), add, remove)
    source = {"series": batch.series, "collection": batch.of_collection}
    if given := {key: value for key, value in source.items() if value is not None}:
        changes["source"] = msgspec.structs.replace(testimony.source, **given)
    if batch.consent is not None:
        changes["consent"] = msgspec.structs.replace(testimony.consent, status=batch.consent)
    for field in ("interviewers", "rights", "licence"):
        if (value := getattr(batch, field)) is not None:
            changes[field] = value
    if batch.restrict or batch.open_again:
        changes["access"] = _access(testimony.access, batch)
    different = {key: new for key, new in changes.items() if new != getattr(testimony, key)}
    return msgspec.structs.replace(testimony, **different) if different else testimony


def _names(
    names: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]
) -> tuple[str, ...]:
    gone = set(map(theme_key, remove))
    kept = [name for name in names if theme_key(name) not in gone]
    here = set(map(theme_key, kept))
    for name in (one.strip() for one in add):
        if theme_key(name) not in here:
            here.add(theme_key(name))
            kept.append(name)
    return tuple(kept)


def _places(
    places: tuple[Place, ...], add: tuple[str, ...], remove: tuple[str, ...]
) -> tuple[Place, ...]:
    kept = [place for place in places if place.name not in remove]
    here = {place.name for place in kept}
    new = [name for name in dict.fromkeys(one.strip() for one in add) if name not in here]
    return (*kept, *map(Place, new))


_CHANGED: Final[dict[str, Callable[..., Any]]] = {
    "themes": _names,
    "keywords": _names,
    "places": _places,
}


def _access(access: Access, batch: Batch) -> Access:
    parts = {part: tightened(getattr(access, part), batch.terms) for part in batch.restrict}
    parts |= {part: Restriction() for part in batch.open_again if _is_sealed(access, part)}
    return msgspec.structs.replace(access, **parts)


def _is_sealed(access: Access, part: str) -> bool:
    return bool(getattr(access, part).level != "open")


def is_stricter(terms: Restriction, than: Restriction) -> bool:
    """Tell whether one restriction seals further, or for longer, than another that it covers."""
    return covers(terms, than) and (_level(terms), _end(terms)) != (_level(than), _end(than))


def covers(terms: Restriction, other: Restriction) -> bool:
    """Tell whether a restriction seals at least as far as another, and of the same level as long.

    Where the other says no day, it asks for no other than there is: a day that a narrator was
    promised does not go by accident.
    """
    if _level(terms) != _level(other):
        return _level(terms) > _level(other)
    return other.until is None or _end(terms) >= _end(other)


def tightened(before: Restriction, terms: Restriction) -> Restriction:
    """Give a restriction that covers both; the former one where it does so already.

    Of two that differ the higher level holds, and the later end; and both reasons.
    """
    if covers(before, terms):
        return before
    until = max(before, terms, key=_end).until if before.level != "open" else terms.until
    reasons = dict.fromkeys(reason for reason in (before.reason, terms.reason) if reason)
    return Restriction(terms.level, until, "; ".join(reasons))


def _level(terms: Restriction) -> int:
    # A file changed by hand may hold anything; what is not known is sealed.
    return LEVELS.index(terms.level) if terms.level in LEVELS else len(LEVELS)


def _end(terms: Restriction) -> str:
    if terms.level == "open":
        return ""
    return terms.until or _NEVER
