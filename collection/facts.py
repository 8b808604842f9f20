"""What is said of a testimony beside its account: label by label, for the screen and for print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.access import MASK, ended_embargoes
from collection.dates import describe
from collection.labels import LABELS
from collection.testimony import PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from collection.access import Gated
    from collection.dates import DateSpan
    from collection.testimony import Place, Testimony

Fact = tuple[str, list[str]]
"""A label, and the lines that stand under it."""

COMPOSED: Final = "Composed illustration, not a testimony."
"""Said wherever a composed account is shown."""
_NAMINGS: Final = {
    "real": "named by the real name",
    "pseudonym": "a pseudonym, the name was changed",
    "anonymous": "anonymous",
    "": "naming not recorded",
}
_FEW: Final = 12
"""Values of an object within another that are told one by one."""
_RENDERINGS: Final = {
    "verbatim": "verbatim",
    "edited": "edited",
    "translated": "translated",
    "summary": "summary in the words of a report, not of the narrator",
    "composed": COMPOSED,
}


def facts(gated: Gated) -> Iterator[Fact]:
    """Say everything that is known of a testimony, in reading order; empty facts are left out.

    Args:
        gated: the testimony as it may be seen.
    """
    testimony = gated.testimony
    if gated.sealed:
        yield "Sealed", sealed_lines(gated)
        return
    for label, lines in _all(testimony, gated):
        told = [line for line in lines if line.strip()]
        if told:
            yield label, told


def notices(gated: Gated) -> list[str]:
    """Give what a reader must know before reading the account."""
    testimony = gated.testimony
    told = []
    if testimony.rendering == "composed":
        told.append(COMPOSED)
    elif testimony.rendering == "summary":
        told.append("A summary: these are not the narrator's own words.")
    if gated.sealed:
        told += sealed_lines(gated)
    elif "account" in gated.withheld:
        told.append(f"The account is sealed: {terms(testimony, 'account')}.")
    if gated.struck:
        told.append("A name that is withheld has been struck out.")
    told += [
        f"The embargo on the {part} has ended; it stays sealed until the keeper opens it."
        for part in ended_embargoes(testimony)
    ]
    return told


def sealed_lines(gated: Gated) -> list[str]:
    """Say that a whole record is sealed, and on which terms."""
    return [f"This testimony is sealed: {terms(gated.testimony, 'record')}."]


def place_line(place: Place) -> str:
    """Give a place with what is known of it."""
    known = []
    if place.country:
        known.append(place.country.replace("|", ", "))
    if place.latitude is not None and place.longitude is not None:
        known.append(f"{place.latitude:.4f}, {place.longitude:.4f}")
    if place.status in ("ambiguous", "unknown"):
        known.append(place.status)
    return f"{place.name} ({'; '.join(known)})" if known else place.name


def _all(testimony: Testimony, gated: Gated) -> Iterator[Fact]:
    narrator, source, consent = testimony.narrator, testimony.source, testimony.consent
    yield LABELS["date"], _date(testimony.date, undated="undated")
    yield LABELS["period"], _date(testimony.period)
    yield LABELS["places"], [place_line(place) for place in testimony.places]
    yield LABELS["interview_place"], [testimony.interview_place]
    yield LABELS["themes"], ["; ".join(testimony.themes)]
    yield LABELS["keywords"], ["; ".join(testimony.keywords)]
    yield LABELS["narrator"], [narrator.name or "not named", _NAMINGS.get(narrator.naming, "")]
    if narrator.real_name or "narrator.real_name" in gated.withheld:
        yield LABELS["narrator.real_name"], [narrator.real_name or MASK]
    yield LABELS["interviewers"], ["; ".join(testimony.interviewers)]
    yield LABELS["present"], ["; ".join(testimony.present)]
    yield LABELS["translators"], ["; ".join(testimony.translators)]
    yield LABELS["context"], testimony.context.split("\n")
    yield LABELS["language"], [testimony.language]
    yield LABELS["rendering"], [_RENDERINGS.get(testimony.rendering, testimony.rendering)]
    series = " · ".join(filter(None, (source.collection, source.series, source.repository)))
    yield LABELS["source"], [source.citation, source.url, series]
    yield LABELS["rights"], [testimony.rights, testimony.licence]
    uses = f"Uses: {consent.uses}" if consent.uses else ""
    consented = " · ".join(filter(None, (consent.status, consent.date)))
    yield LABELS["consent"], [consented, consent.document, uses]
    yield LABELS["access"], _access(testimony)
    yield (
        LABELS["media"],
        [
            " · ".join(filter(None, (one.title, one.file, one.url, one.duration)))
            for one in testimony.media
        ],
    )
    yield LABELS["extra"], [*_further("", testimony.extra)]
    if testimony.notes or "notes" in gated.withheld:
        yield LABELS["notes"], (testimony.notes or MASK).split("\n")
    changed = f"revision {testimony.revision}, {testimony.modified}" if testimony.modified else ""
    yield "Record", [testimony.id, f"{changed} by {testimony.by}" if testimony.by else changed]


def _further(path: str, values: Mapping[str, Any]) -> Iterator[str]:
    """Tell what came in under other keys; of an index and the like only how long it is."""
    for key, value in values.items():
        at = f"{path}{key}"
        if isinstance(value, dict) and value and (not path or len(value) <= _FEW):
            yield from _further(f"{at}.", value)
        elif isinstance(value, dict) or (
            isinstance(value, list) and any(isinstance(one, dict | list) for one in value)
        ):
            yield f"{at}: {len(value)} {'entry' if len(value) == 1 else 'entries'}"
        elif isinstance(value, list) and value:
            yield f"{at}: {'; '.join(map(str, value))}"
        else:
            yield f"{at}: {value}"


def _date(date: DateSpan, undated: str = "") -> list[str]:
    if not date.text and not date.edtf:
        return [undated]
    reading = describe(date)
    lines = [date.text or date.edtf or ""]
    if reading and reading != date.text:
        lines.append(f"read as {reading}" if date.edtf else reading)
    if date.reason:
        lines.append(f"because {date.reason}")
    return lines


def _access(testimony: Testimony) -> list[str]:
    lines = [
        f"{part}: {terms(testimony, part)}"
        for part in PARTS
        if getattr(testimony.access, part).level != "open"
    ]
    return lines or ["open"]


def terms(testimony: Testimony, part: str) -> str:
    """Say how far a part of a record is sealed, until when and, of a part, why."""
    kept = getattr(testimony.access, part)
    until = f" until {kept.until}" if kept.until else ""
    # The reason for sealing a whole record may tell who is in it.
    reason = f" ({kept.reason})" if kept.reason and part != "record" else ""
    return f"{kept.level}{until}{reason}"
