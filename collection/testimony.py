"""The record: one typed, frozen `Testimony`, and the one place that says what a valid one is.

The keys follow the public schemas named in the metadata notes (Dublin Core, OHMS). A key that
is absent from a stored record has the default given here; the defaults are part of schema 1.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.dates import DateSpan, read_date
from collection.errors import InvalidTestimony, Problem, shown, told
from collection.faithful import LARGEST, unfaithful

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMINGS: Final = ("", "real", "pseudonym", "anonymous")
"""How the narrator is named; empty where it is not recorded."""
RENDERINGS: Final = ("", "verbatim", "edited", "translated", "summary", "composed")
"""Whose words the account holds; empty where it is not recorded."""
CONSENTS: Final = ("pending", "documented", "update required", "withdrawn")
LEVELS: Final = ("open", "restricted", "embargoed", "private")
PARTS: Final = ("record", "name", "account", "context", "media")
"""The parts of a record that can be sealed, each by a level of its own."""
STATUSES: Final = ("", "resolved", "ambiguous", "unknown", "decided")


class _Part(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A part of a record that holds nothing but text and numbers."""


class Narrator(_Part, frozen=True):
    """Who spoke. The real name is private unless the narrator is named by it."""

    name: str = ""
    naming: str = ""
    real_name: str = ""


class Place(_Part, frozen=True):
    """A place spoken of; the authority entry is filled in when the name is resolved."""

    name: str = ""
    country: str | None = None
    """ISO 3166 code of today, several joined by `|` for a region across borders."""
    latitude: float | None = None
    """Degrees north."""
    longitude: float | None = None
    """Degrees east."""
    status: str = ""


class Turn(_Part, frozen=True):
    """Where a speaker takes up the word: an offset in characters into the account."""

    offset: int = 0
    speaker: str = ""
    seconds: float | None = None
    """Time in the recording, where known."""


class Source(_Part, frozen=True):
    """Where the account comes from."""

    citation: str = ""
    url: str = ""
    collection: str = ""
    series: str = ""
    repository: str = ""


class Consent(_Part, frozen=True):
    """What the narrator agreed to."""

    status: str = "pending"
    date: str = ""
    document: str = ""
    uses: str = ""


class Restriction(_Part, frozen=True):
    """How far one part of a record is sealed, until which day, and why."""

    level: str = "open"
    until: str | None = None
    """ISO day; an embargo without one never ends, and none opens by itself."""
    reason: str = ""


class Access(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who may see what, part by part."""

    record: Restriction = Restriction()
    name: Restriction = Restriction()
    account: Restriction = Restriction()
    context: Restriction = Restriction()
    media: Restriction = Restriction()


class Medium(_Part, frozen=True):
    """A recording or a picture that belongs to the account."""

    file: str = ""
    url: str = ""
    duration: str = ""
    title: str = ""


class Testimony(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One first-person account with its circumstances and terms.

    A plain string serves for narrator, date, period, source and each place, and any sequence
    for the lists; they are stored as their own types.
    """

    id: str = ""
    title: str
    narrator: Narrator = Narrator()
    interviewers: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    date: DateSpan = DateSpan()
    """When the account was given."""
    period: DateSpan = DateSpan()
    """What time the account is about."""
    places: tuple[Place, ...] = ()
    interview_place: str = ""
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    account: str
    turns: tuple[Turn, ...] = ()
    rendering: str = ""
    context: str = ""
    language: str = ""
    source: Source = Source()
    rights: str = ""
    licence: str = ""
    consent: Consent = Consent()
    access: Access = Access()
    media: tuple[Medium, ...] = ()
    notes: str = ""
    """Private to the keeper."""
    created: str = ""
    """UTC, ISO 8601, set by the program; so are the next three."""
    modified: str = ""
    by: str = ""
    revision: int = 0
    extra: dict[str, Any] = {}
    """What came in under keys that the record does not know."""

    if TYPE_CHECKING:

        def __init__(
            self,
            *,
            title: str,
            account: str,
            id: str = ...,
            narrator: Narrator | str = ...,
            interviewers: Sequence[str] = ...,
            present: Sequence[str] = ...,
            translators: Sequence[str] = ...,
            date: DateSpan | str = ...,
            period: DateSpan | str = ...,
            places: Sequence[Place | str] = ...,
            interview_place: str = ...,
            themes: Sequence[str] = ...,
            keywords: Sequence[str] = ...,
            turns: Sequence[Turn] = ...,
            rendering: str = ...,
            context: str = ...,
            language: str = ...,
            source: Source | str = ...,
            rights: str = ...,
            licence: str = ...,
            consent: Consent = ...,
            access: Access = ...,
            media: Sequence[Medium] = ...,
            notes: str = ...,
            created: str = ...,
            modified: str = ...,
            by: str = ...,
            revision: int = ...,
            extra: dict[str, Any] = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        """Bring plain strings and lists, as Python code gives them, to their own types.

        What has another type still is left for `validate` to refuse.
        """
        for name, convert in _PLAIN:
            value = getattr(self, name)
            if isinstance(value, str):
                msgspec.structs.force_setattr(self, name, convert(value))
        for name in _LISTS:
            value = getattr(self, name)
            if type(value) is not tuple or "" in value:
                msgspec.structs.force_setattr(self, name, _listed(value))
        if isinstance(self.places, tuple) and any(isinstance(place, str) for place in self.places):
            places = tuple(Place(name=p) if isinstance(p, str) else p for p in self.places)
            msgspec.structs.force_setattr(self, "places", places)


def plain_narrator(value: str) -> Narrator:
    """Take a narrator given by name only.

    The press marks a changed name with an asterisk; the name itself is kept as printed.
    """
    return Narrator(name=value, naming="pseudonym" if value.endswith("*") else "")


def split_names(value: str) -> tuple[str, ...]:
    """Split a list given as one string; never on commas, which names contain."""
    return tuple(part.strip() for part in re.split("[;|]", value) if part.strip())


def _listed(value: Any) -> Any:
    if isinstance(value, str):
        return split_names(value)
    if isinstance(value, Mapping | bytes) or not isinstance(value, Iterable):
        return value
    return tuple(item for item in value if not (isinstance(item, str) and not item))


_PLAIN: Final[tuple[tuple[str, Callable[[str], Any]], ...]] = (
    ("narrator", plain_narrator),
    ("date", read_date),
    ("period", read_date),
    ("source", lambda value: Source(citation=value)),
)
_LISTS: Final = (
    *("interviewers", "present", "translators", "places"),
    *("themes", "keywords", "turns", "media"),
)

FIELDS: Final = Testimony.__struct_fields__
"""The keys of a record, in order."""

KEPT_BY_PROGRAM: Final = ("created", "modified", "by", "revision")
"""What the program notes of the keeping of a record."""
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LONGEST_ID: Final = 200


def make_id() -> str:
    """Make a permanent identifier that can be cited: 60 random bits, easily read aloud."""
    import secrets  # 6 ms, and reading makes no identifiers

    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    drawn = "".join(secrets.choice(alphabet) for _ in range(12))
    return f"t-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def same_content(one: Testimony, other: Testimony) -> bool:
    """Tell whether two records say the same, whatever the program noted of their keeping."""
    kept = {name: getattr(other, name) for name in KEPT_BY_PROGRAM}
    return msgspec.structs.replace(one, **kept) == other


def newest_first(testimony: Testimony) -> tuple[int, str]:
    """Key that sorts by the date given, newest first, undated last, ties by identifier."""
    day = testimony.date.latest or testimony.date.earliest
    # A file changed by hand may hold anything here.
    dated = day is not None and _DAY.fullmatch(day)
    return (-int(day.replace("-", "")) if day and dated else 1, testimony.id)


def as_record(value: Any) -> Any:
    """Turn a record, or a part of one, into plain JSON values with every key present."""
    if isinstance(value, msgspec.Struct):
        # Nearly everything is text or absent: a call for each would take most of the time.
        return {
            name: item if (item := getattr(value, name)) is None or type(item) is str
            else as_record(item)
            for name in value.__struct_fields__
        }  # fmt: skip
    if isinstance(value, tuple):
        return [as_record(item) for item in value]
    return value


def is_day(text: str) -> bool:
    """Tell whether a text is a day of the calendar written YYYY-MM-DD."""
    if not _DAY.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def validate(testimony: Testimony) -> None:
    """Refuse what must not be kept.

    Args:
        testimony: any record, whatever its values are.

    Raises:
        InvalidTestimony: with every problem found, not only the first.
    """
    # What is not of its type, or cannot be written, cannot be looked at any closer.
    problems = [*_unsafe(testimony)] or [*_missing(testimony), *_unfit(testimony)]
    if problems:
        raise InvalidTestimony(problems)


def _missing(testimony: Testimony) -> Iterator[Problem]:
    for field in ("title", "account"):
        if not getattr(testimony, field).strip():
            yield Problem(field, "", f"The {field} is missing; a testimony needs one.")
    for n, place in enumerate(testimony.places):
        if not place.name:
            yield Problem(f"places[{n}].name", "", f"places[{n}] has no name.")


def _unfit(testimony: Testimony) -> Iterator[Problem]:
    id = testimony.id
    if not id.isprintable() or id != id.strip() or len(id) > _LONGEST_ID:
        message = (
            f"The identifier {shown(id)} cannot be cited: it must be on one line, without "
            f"invisible characters or blanks around it, and of at most {_LONGEST_ID} characters."
        )
        yield Problem("id", told(id), message)
    yield from _unknown_words(testimony)
    yield from _impossible_days(testimony)
    yield from _out_of_range(testimony)


def _unknown_words(testimony: Testimony) -> Iterator[Problem]:
    chosen = [
        ("narrator.naming", testimony.narrator.naming, NAMINGS),
        ("rendering", testimony.rendering, RENDERINGS),
        ("consent.status", testimony.consent.status, CONSENTS),
        *(
            (f"access.{part}.level", getattr(testimony.access, part).level, LEVELS)
            for part in PARTS
        ),
        *((f"places[{n}].status", p.status, STATUSES) for n, p in enumerate(testimony.places)),
    ]
    for field, value, choices in chosen:
        if value not in choices:
            known = ", ".join(choice for choice in choices if choice)
            message = f"{field} is {shown(value)}; it must be one of {known}."
            yield Problem(field, told(value), message)


def _impossible_days(testimony: Testimony) -> Iterator[Problem]:
    spans = [(name, getattr(testimony, name)) for name in ("date", "period")]
    days = [(f"{name}.earliest", span.earliest) for name, span in spans]
    days += [(f"{name}.latest", span.latest) for name, span in spans]
    days += [(f"access.{part}.until", getattr(testimony.access, part).until) for part in PARTS]
    for field, value in days:
        if value is not None and not is_day(value):
            message = f"{field} is {shown(value)}; write a day as 1944-06-30."
            yield Problem(field, told(value), message)
    for name, span in spans:
        if span.earliest and span.latest and span.earliest > span.latest:
            value = f"{span.earliest}/{span.latest}"
            yield Problem(name, told(value), f"{name} ends before it begins.")


def _out_of_range(testimony: Testimony) -> Iterator[Problem]:
    numbers: list[tuple[str, float | None, float]] = [("revision", testimony.revision, LARGEST)]
    for n, place in enumerate(testimony.places):
        numbers.append((f"places[{n}].latitude", place.latitude, 90))
        numbers.append((f"places[{n}].longitude", place.longitude, 180))
    for n, turn in enumerate(testimony.turns):
        numbers.append((f"turns[{n}].offset", turn.offset, LARGEST))
        numbers.append((f"turns[{n}].seconds", turn.seconds, 1e9))
    for field, value, most in numbers:
        least = -most if "itude" in field else 0
        if value is not None and not least <= value <= most:
            message = f"{field} must lie between {least:g} and {most:g}."
            yield Problem(field, told(value), message)


_TYPES: Final = {field.name: field.type for field in msgspec.structs.fields(Testimony)}


def _unsafe(testimony: Testimony) -> Iterator[Problem]:
    """Find what is of a wrong type, or what JSON could not give back unchanged."""
    if unfaithful(testimony, Testimony) is None:
        return
    types = msgspec.structs.fields(Testimony)
    for field in types:
        if reason := unfaithful(getattr(testimony, field.name), field.type):
            yield Problem(field.name, "", f"{field.name} {reason}")
