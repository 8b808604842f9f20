"""Reads raw values, as files and forms give them, into a `Testimony`.

Every problem of a record is gathered before it is refused, so that a person can mend it in one
go. Nothing is dropped: what the record does not know goes to `extra`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, TypeVar

import msgspec

from collection.dates import DateSpan, bounds, read_date
from collection.errors import InvalidTestimony, Problem, shown, told
from collection.faithful import LARGEST
from collection.testimony import (
    CONSENTS,
    FIELDS,
    LEVELS,
    NAMINGS,
    PARTS,
    RENDERINGS,
    STATUSES,
    Access,
    Consent,
    Medium,
    Narrator,
    Place,
    Restriction,
    Source,
    Testimony,
    Turn,
    is_day,
    plain_narrator,
    split_names,
    validate,
)

ALIASES: Final = {"speaker": "narrator", "place": "places"}
"""Other names under which a key is read."""
_LISTS: Final = ("interviewers", "present", "translators", "themes", "keywords")
_TEXTS: Final = (
    *("id", "title", "account", "interview_place", "context", "language"),
    *("rights", "licence", "notes", "created", "modified", "by"),
)
_AllText = TypeVar("_AllText", Source, Consent, Medium)


def field_name(key: object) -> str:
    """Give the record's name for a key as strangers write it: `Speaker` is `narrator`."""
    return _field_name(str(key))


@lru_cache(maxsize=1024)
def _field_name(name: str) -> str:
    # Whoever writes `Access` means to seal something.
    plain = name.strip().casefold()
    return ALIASES.get(plain, plain if plain in FIELDS else name)


def read_testimony(raw: object) -> Testimony:
    """Read one record from plain values.

    Args:
        raw: a mapping by the record's keys; `speaker` and `place` are read as `narrator` and
            `places`, a plain string serves for narrator, date, period, source and each place,
            and a list may be one string split on `;` and `|`.

    Returns:
        a valid record; its id is empty where none was given.

    Raises:
        InvalidTestimony: with every problem of the record.
    """
    reader = _Reader()
    testimony = reader.testimony(raw)
    if testimony is None or reader.problems:
        raise InvalidTestimony(reader.problems)
    validate(testimony)
    return testimony


class _Reader:
    """Reads one raw record field by field, gathering every problem before it gives up."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.extra: dict[str, Any] = {}

    def wrong(self, field: str, value: Any, message: str) -> None:
        self.problems.append(Problem(field, told(value), message))

    def keep(self, key: str, value: Any) -> None:
        """Keep what the record does not know."""
        if key in self.extra and self.extra[key] != value:
            self.wrong(f"extra.{key}", value, f"{shown(key)} is given twice, differently.")
        self.extra[key] = value

    def text(self, field: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
            return str(value)
        self.wrong(field, value, f"{field} must be text.")
        return ""

    def choice(self, field: str, value: Any, choices: Sequence[str], default: str) -> str:
        given = self.text(field, value)
        chosen = given.strip().replace("_", " ").casefold() or default
        if chosen not in choices:
            known = ", ".join(choice for choice in choices if choice)
            self.wrong(field, value, f"{field} is {shown(value)}; it must be one of {known}.")
        return chosen

    def number(self, field: str, value: Any, low: float, high: float) -> float | None:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(field, value, f"{field} must be a number.")
            return None
        if not low <= value <= high:
            self.wrong(field, value, f"{field} must lie between {low:g} and {high:g}.")
            return None
        return float(value)

    def integer(self, field: str, value: Any) -> int:
        if value is None:
            return 0
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < LARGEST:
            self.wrong(field, value, f"{field} must be a whole number, not below 0.")
            return 0
        return value

    def items(self, field: str, value: Any) -> list[Any]:
        if value is None:
            return []
        if isinstance(value, str):
            return list(split_names(value))
        if isinstance(value, bytes) or not isinstance(value, Sequence):
            self.wrong(field, value, f"{field} must be a list.")
            return []
        return list(value)

    def texts(self, field: str, value: Any) -> tuple[str, ...]:
        read = (self.text(f"{field}[{n}]", v) for n, v in enumerate(self.items(field, value)))
        return tuple(item for item in read if item)

    def part(self, field: str, value: Any, known: Sequence[str]) -> dict[str, Any] | None:
        """Take a nested object apart; what it does not know goes to `extra`, named in full."""
        if isinstance(value, msgspec.Struct):
            value = msgspec.structs.asdict(value)
        if not isinstance(value, Mapping):
            self.wrong(field, value, f"{field} must be text or an object with named values.")
            return None
        for key, item in value.items():
            if key not in known:
                self.keep(f"{field}.{key}", item)
        return {key: value[key] for key in known if key in value}

    def narrator(self, value: Any) -> Narrator:
        if isinstance(value, Sequence) and not isinstance(value, str):
            value = "; ".join(self.texts("narrator", value))
        if value is None or isinstance(value, str | int):
            return plain_narrator(self.text("narrator", value))
        part = self.part("narrator", value, Narrator.__struct_fields__) or {}
        return Narrator(
            name=self.text("narrator.name", part.get("name")),
            naming=self.choice("narrator.naming", part.get("naming"), NAMINGS, ""),
            real_name=self.text("narrator.real_name", part.get("real_name")),
        )

    def date(self, field: str, value: Any) -> DateSpan:
        if value is None or isinstance(value, str | int):
            return read_date(self.text(field, value))
        part = self.part(field, value, DateSpan.__struct_fields__)
        if part is None:
            return DateSpan()
        text = self.text(f"{field}.text", part.get("text"))
        reason = self.text(f"{field}.reason", part.get("reason"))
        if "edtf" not in part and not part.get("earliest") and not part.get("latest"):
            return read_date(text, reason)
        edtf = self.text(f"{field}.edtf", part.get("edtf")) or None
        days = self.day(f"{field}.earliest", part), self.day(f"{field}.latest", part)
        if edtf is not None and "earliest" not in part and "latest" not in part:
            try:
                days = bounds(edtf)
            except ValueError:
                message = f"{field}.edtf is {shown(edtf)}, which is not EDTF."
                self.wrong(f"{field}.edtf", edtf, f"{message} Leave it out to keep the words.")
        if days[0] and days[1] and days[0] > days[1]:
            self.wrong(field, f"{days[0]}/{days[1]}", f"{field} ends before it begins.")
        return DateSpan(text=text, edtf=edtf, earliest=days[0], latest=days[1], reason=reason)

    def day(self, field: str, part: Mapping[str, Any]) -> str | None:
        given = self.text(field, part.get(field.rpartition(".")[2])) or None
        if given is not None and not is_day(given):
            self.wrong(field, given, f"{field} is {shown(given)}; write a day as 1944-06-30.")
            return None
        return given

    def places(self, value: Any) -> tuple[Place, ...]:
        found = []
        for n, item in enumerate(self.items("places", value)):
            field = f"places[{n}]"
            if isinstance(item, str | int):
                found.append(Place(name=self.text(field, item)))
                continue
            part = self.part(field, item, Place.__struct_fields__) or {}
            place = Place(
                name=self.text(f"{field}.name", part.get("name")),
                country=self.text(f"{field}.country", part.get("country")) or None,
                latitude=self.number(f"{field}.latitude", part.get("latitude"), -90, 90),
                longitude=self.number(f"{field}.longitude", part.get("longitude"), -180, 180),
                status=self.choice(f"{field}.status", part.get("status"), STATUSES, ""),
            )
            if not place.name:
                self.wrong(f"{field}.name", item, f"{field} has no name.")
            found.append(place)
        return tuple(place for place in found if place.name)

    def turns(self, value: Any) -> tuple[Turn, ...]:
        found = []
        for n, item in enumerate(self.items("turns", value)):
            field = f"turns[{n}]"
            part = self.part(field, item, Turn.__struct_fields__) or {}
            seconds = self.number(f"{field}.seconds", part.get("seconds"), 0, 1e9)
            offset = self.integer(f"{field}.offset", part.get("offset"))
            speaker = self.text(f"{field}.speaker", part.get("speaker"))
            found.append(Turn(offset=offset, speaker=speaker, seconds=seconds))
        return tuple(found)

    def all_text(self, field: str, value: Any, kind: type[_AllText]) -> _AllText:
        """Read a part that holds nothing but text; a plain string is its first value."""
        if value is None:
            return kind()
        if isinstance(value, str | int):
            value = {kind.__struct_fields__[0]: value}
        part = self.part(field, value, kind.__struct_fields__) or {}
        given = {key: self.text(f"{field}.{key}", item) for key, item in part.items()}
        return kind(**{key: item for key, item in given.items() if item})

    def consent(self, value: Any) -> Consent:
        consent = self.all_text("consent", value, Consent)
        status = self.choice("consent.status", consent.status, CONSENTS, "pending")
        return msgspec.structs.replace(consent, status=status)

    def access(self, value: Any) -> Access:
        """Read who may see what; what is not understood is refused, never taken for open."""
        if value is None:
            return Access()
        if isinstance(value, str):
            value = {"record": value}
        if isinstance(value, Access):
            return value
        if not isinstance(value, Mapping):
            self.wrong("access", value, "access must name the sealed parts and their levels.")
            return Access()
        sealed = {}
        for part, item in value.items():
            if part not in PARTS:
                message = f"access.{part} is not a part that can be sealed ({', '.join(PARTS)})."
                self.wrong(f"access.{part}", item, message)
            elif item is not None:
                sealed[part] = self.restriction(f"access.{part}", item)
        return Access(**sealed)

    def restriction(self, field: str, value: Any) -> Restriction:
        if isinstance(value, str):
            value = {"level": value}
        part = self.part(field, value, Restriction.__struct_fields__) or {}
        if isinstance(value, Mapping) and (unknown := [k for k in value if k not in part]):
            # Elsewhere such a key goes to `extra`; here it may be a slip in the word `level`.
            self.wrong(field, unknown[0], f"{field} does not know {shown(unknown[0])}.")
        if part.get("reason") and not (part.get("level") or part.get("until")):
            self.wrong(field, value, f"{field} has a reason but no level ({', '.join(LEVELS)}).")
        until = self.day(f"{field}.until", part)
        default = "embargoed" if until else "open"
        return Restriction(
            level=self.choice(f"{field}.level", part.get("level"), LEVELS, default),
            until=until,
            reason=self.text(f"{field}.reason", part.get("reason")),
        )

    def media(self, value: Any) -> tuple[Medium, ...]:
        items = enumerate(self.items("media", value))
        return tuple(self.all_text(f"media[{n}]", item, Medium) for n, item in items)

    def known(self, raw: Mapping[Any, Any]) -> dict[str, Any]:
        """Sort the keys: what the record knows is given back, the rest kept for `extra`."""
        extra = raw.get("extra")
        if isinstance(extra, Mapping):
            self.extra.update({str(key): value for key, value in extra.items()})
        elif extra is not None:
            self.wrong("extra", extra, "extra must be an object with named values.")
        given = {key: value for key, value in raw.items() if key in FIELDS}
        for key, value in raw.items():
            name = field_name(key)
            if name not in FIELDS or given.setdefault(name, value) is not value:
                self.keep(str(key), value)
        return given

    def testimony(self, raw: object) -> Testimony | None:
        if not isinstance(raw, Mapping):
            self.wrong("", raw, "A testimony must be an object with named values.")
            return None
        given = self.known(raw)
        values: dict[str, Any] = {name: self.text(name, given.get(name)) for name in _TEXTS}
        values |= {name: self.texts(name, given.get(name)) for name in _LISTS}
        values["id"] = values["id"].strip()
        return Testimony(
            **values,
            narrator=self.narrator(given.get("narrator")),
            date=self.date("date", given.get("date")),
            period=self.date("period", given.get("period")),
            places=self.places(given.get("places")),
            turns=self.turns(given.get("turns")),
            rendering=self.choice("rendering", given.get("rendering"), RENDERINGS, ""),
            source=self.all_text("source", given.get("source"), Source),
            consent=self.consent(given.get("consent")),
            access=self.access(given.get("access")),
            media=self.media(given.get("media")),
            revision=self.integer("revision", given.get("revision")),
            extra=self.extra,
        )
