"""Gaps: what is missing in a collection, testimony by testimony, and where it is filled in."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import hides_name
from collection.places.entry import AMBIGUOUS, UNKNOWN
from collection.testimony import PARTS, Access, Testimony

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.records import Records

KINDS: Final = {
    "consent": "No consent",
    "revoked": "Consent withdrawn, yet open",
    "ended": "Embargo has ended",
    "ending": "Embargo about to end",
    "endless": "Embargo without a day",
    "undated": "No date",
    "unread": "Date not understood",
    "unplaced": "No place",
    "unknown": "Place not found",
    "ambiguous": "Ambiguous place",
    "unthemed": "No theme",
    "unnamed": "No narrator",
    "language": "No language",
    "source": "No source",
}
"""What can be missing, and what it is called; what presses most comes first."""
WITHIN: Final = 90
"""Days before its end from which on an embargo is told."""

_FIELDS: Final = {
    "consent": "consent.status",
    "revoked": "access.record.level",
    "undated": "date.text",
    "unread": "date.text",
    "unplaced": "places",
    "unknown": "places",
    "ambiguous": "places",
    "unthemed": "themes",
    "unnamed": "narrator.name",
    "language": "language",
    "source": "source.citation",
}
_SENTENCES: Final = {
    "consent": "The consent is {}.",
    "revoked": "The consent was withdrawn, but the account can be read.",
    "ended": "The embargo has ended ({}); it stays sealed until you decide.",
    "ending": "The embargo is about to end ({}).",
    "endless": "The embargo has no day on which it ends ({}).",
    "undated": "It does not say when it was given.",
    "unread": "The words of the date were not understood.",
    "unplaced": "No place is named.",
    "unknown": "Not found in the gazetteer: {}.",
    "ambiguous": "May be one of several places: {}.",
    "unthemed": "No theme is given.",
    "unnamed": "No narrator is named.",
    "language": "The language is not given.",
    "source": "It does not say where it comes from.",
}
_OPEN: Final = Access()


class Gap(msgspec.Struct, frozen=True, gc=False):
    """Something that is missing in a testimony."""

    id: str
    """The testimony."""
    kind: str
    """One of `KINDS`."""
    field: str
    """The key of the field where it is filled in, dotted where it is nested."""
    about: str = ""
    """What it is about: places, parts and days; empty where nothing needs to be said of it."""

    @property
    def label(self) -> str:
        """What it is called, in a word or two."""
        return KINDS[self.kind]

    @property
    def sentence(self) -> str:
        """What is missing, in a sentence."""
        return _SENTENCES[self.kind].format(self.about)


class Gaps:
    """The part of a collection that tells what is missing in it."""

    _records: Records

    def gaps(self, today: datetime.date | None = None, within: int = WITHIN) -> list[Gap]:
        """Tell what is missing, testimony by testimony in the order of the list.

        Of what is sealed as a whole only its embargoes are told, as its terms may be seen,
        unless the keeper has asked to see what is private.

        Args:
            today: the present day; that of UTC if not given.
            within: days before its end from which on an embargo is told.

        Returns:
            at most one gap of each kind for a testimony, those that press most first.
        """
        day = today or datetime.datetime.now(tz=datetime.UTC).date()
        soon = _later(day, within)
        private = self._records.private
        found: list[Gap] = []
        for testimony in self._records:
            found += gaps_of(testimony, day.isoformat(), soon, private=private)
        return found


def gaps_of(testimony: Testimony, today: str, soon: str, *, private: bool) -> Iterator[Gap]:
    """Find what is missing in one testimony.

    Args:
        testimony: the whole record.
        today: the present day, ISO.
        soon: the last day on which the end of an embargo is told beforehand.
        private: whether everything may be seen.
    """
    id, access = testimony.id, testimony.access
    seen = private or access.record.level == "open"
    if seen and testimony.consent.status in ("pending", "update required"):
        yield Gap(id, "consent", _FIELDS["consent"], _CONSENT[testimony.consent.status])
    readable = access.record.level == access.account.level == "open"
    if readable and testimony.consent.status == "withdrawn":
        yield Gap(id, "revoked", _FIELDS["revoked"])
    if access != _OPEN:
        yield from _embargoes(id, access, today, soon)
    if seen:
        yield from _blanks(testimony, private=private)


_CONSENT: Final = {"pending": "pending", "update required": "to be brought up to date"}


def _embargoes(id: str, access: Access, today: str, soon: str) -> Iterator[Gap]:
    found: dict[str, list[tuple[str, str]]] = {"ended": [], "ending": [], "endless": []}
    for part in PARTS:
        terms = getattr(access, part)
        if terms.level != "embargoed":
            continue
        if not terms.until:
            found["endless"].append((part, part))
        elif terms.until <= soon:
            kind = "ended" if terms.until <= today else "ending"
            found[kind].append((part, f"{part} {terms.until}"))
    for kind, parts in found.items():
        if parts:
            about = ", ".join(what for _, what in parts)
            yield Gap(id, kind, f"access.{parts[0][0]}.until", about)


def _blanks(testimony: Testimony, *, private: bool) -> Iterator[Gap]:
    id, date, narrator = testimony.id, testimony.date, testimony.narrator
    if not (date.edtf or date.earliest or date.latest):
        kind = "unread" if date.text.strip() else "undated"
        yield Gap(id, kind, _FIELDS[kind])
    if not testimony.places:
        yield Gap(id, "unplaced", "places")
    else:
        yield from _unclear(testimony, private=private)
    if not testimony.themes:
        yield Gap(id, "unthemed", "themes")
    if not narrator.name and narrator.naming != "anonymous":
        yield Gap(id, "unnamed", _FIELDS["unnamed"])
    if not testimony.language:
        yield Gap(id, "language", "language")
    source = testimony.source
    if not (source.citation or source.url or source.collection or source.repository):
        yield Gap(id, "source", _FIELDS["source"])


def _unclear(testimony: Testimony, *, private: bool) -> Iterator[Gap]:
    for kind, status in (("unknown", UNKNOWN), ("ambiguous", AMBIGUOUS)):
        names = [place.name for place in testimony.places if place.status == status]
        if names:
            # A name that is withheld may stand in that of a place.
            told = private or not hides_name(testimony)
            about = ", ".join(dict.fromkeys(names)) if told else "one of its places"
            yield Gap(testimony.id, kind, "places", about)


def _later(day: datetime.date, days: int) -> str:
    try:
        return (day + datetime.timedelta(days=days)).isoformat()
    except OverflowError:
        return datetime.date.max.isoformat()
