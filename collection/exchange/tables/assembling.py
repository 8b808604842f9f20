"""Makes the raw values of a record from the cells of a row, by a mapping of its columns.

Nothing is lost: what finds no place in the record goes to `extra` under its own header, be it a
second title, a coordinate of two places or a day without a month. Where a row has no account of
its own, its description is the account, as a summary; where it has one, the description is
context. Where it has no title, the narrator's name and the words of the date are the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.exchange.tables import cells, restrictions
from collection.exchange.tables.protecting import Protected
from collection.exchange.tables.rowcells import is_of
from collection.exchange.tables.targets import EXTRA, LEFT_OUT
from collection.exchange.tables.transcripts import (
    ROWS,
    Transcript,
    names_a_transcript,
    tells_of_one,
)
from collection.testimony import Consent, Medium, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LISTS: Final = ("interviewers", "present", "translators", "themes", "keywords")
_JOINED: Final = ("account", "context", "notes")
_BETWEEN: Final = "\n\n"
_NESTED: Final = {
    "source": Source.__struct_fields__,
    "consent": Consent.__struct_fields__,
}


class Assembler:
    """Puts the rows of one table together."""

    def __init__(self, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
        """Prepare for the rows of a table.

        Args:
            columns: its columns, each called differently.
            mapping: the target of each; one that is not named is kept in `extra`.
        """
        self._columns = columns
        taken: dict[str, list[int]] = {}
        for n, column in enumerate(columns):
            if (target := mapping.get(column, EXTRA)) != LEFT_OUT:
                taken.setdefault(target, []).append(n)
        self._taken = taken
        self._extra = taken.pop(EXTRA, [])
        # Their words are kept, and may say that the record is closed.
        kept = [*self._extra, *taken.get("rights", []), *taken.get("licence", [])]
        self._states = [n for n in kept if restrictions.is_status(columns[n])]
        self._steps = [
            step for prefixes, step in _STEPS if any(t.startswith(prefixes) for t in taken)
        ]
        if self._states and _Row.access not in self._steps:
            self._steps.append(_Row.access)
        self.columns: dict[str, str] = {}
        """The first column of each key of the record, as `Row.columns` has it."""
        for target, numbers in taken.items():
            key = _field(target)
            while key:
                self.columns.setdefault(key, columns[numbers[0]])
                key = key.rpartition(".")[0]

    def raw(self, values: Sequence[Any], transcript: Transcript | None = None) -> dict[str, Any]:
        """Make the raw values of a record from one row.

        Args:
            values: one for each column; empty text or None where there is none.
            transcript: what its transcript holds, where one was found; it is the account.
        """
        row = _Row(self._columns, self._taken, self._extra, values)
        for n in self._states:
            if restrictions.says_closed(str(values[n])):
                row.closed_by(n)
        for step in self._steps:
            step(row)
        return row.assembled(transcript)

    def value(self, target: str, values: Sequence[Any]) -> str:
        """Give the first value that a row has for a target, as text; empty where there is none."""
        for n in self._taken.get(target, ()):
            if values[n] not in ("", None):
                return str(values[n]).strip()
        return ""

    def named(self, values: Sequence[Any]) -> dict[str, Any]:
        """Give what a row holds by the headers of its columns."""
        return {c: v for c, v in zip(self._columns, values, strict=True) if v not in ("", None)}


def _field(target: str) -> str:
    """Give the key of the record that a target fills."""
    key, _, part = target.partition(".")
    if key in ("date", "period") and part not in ("edtf", "earliest", "latest", "reason"):
        return key
    return _FIELDS.get(target, target)


_FIELDS: Final = {
    "description": "account",
    "transcript": "account",
    "restrictions": "access.record",
    "public": "access.record",
    "embargo": "access.record",
    "narrator.anonymous": "narrator.name",
    "narrator.given": "narrator.name",
    "narrator.pseudonym": "narrator.name",
    **{
        f"access.{part}": f"access.{part}.level" for part in ("name", "account", "context", "media")
    },
    "access.record": "access.record.level",
}


class _Row(Protected):
    """One row on its way to raw values."""

    def assembled(self, transcript: Transcript | None) -> dict[str, Any]:
        raw = self.raw
        for key in _LISTS:
            if key in self.there:
                parts = [part for cell in self.all(key) for part in cells.split(cell)]
                raw[key] = [*dict.fromkeys(parts)] if _hashable(parts) else parts
        for key in _JOINED:
            if key in self.there:
                raw[key] = _joined(self.all(key))
        if self.notes:
            raw["notes"] = _joined([*filter(None, [raw.get("notes")]), *self.notes])
        for target in [*self.there]:
            if target not in ("description", "transcript", "parent"):
                raw[target] = self.one(target)
        for n in self.there.pop("parent", []):
            self.keep(n)
        self.account(transcript)
        self.title()
        if self.extra:
            raw["extra"] = self.extra
        return raw

    def dates(self) -> None:
        for key in ("date", "period"):
            numbers = {t.partition(".")[2]: ns for t, ns in self.there.items() if is_of(t, key)}
            if not numbers:
                continue
            if isinstance(self.values[next(iter(numbers.values()))[0]], dict):
                self.raw[key] = self.one(next(t for t in self.there if is_of(t, key)))
                continue
            parts = {name: self.one(f"{key}.{name}") for name in numbers}
            whole, left = cells.date(parts)
            if whole:
                self.raw[key] = whole
            for name in left:
                self.keep(numbers[name][0])

    def places(self) -> None:
        names = [part for cell in self.all("places") for part in cells.split(cell)]
        places = [{"name": part} if isinstance(part, str) else part for part in names]
        parts = {"country": None, "latitude": 90, "longitude": 180}
        numbers = {key: self.there.pop(f"places.{key}", []) for key in parts}
        only = places[0] if len(places) == 1 and isinstance(places[0], dict) else None
        read: dict[str, Any] = {}
        for key, most in parts.items():
            for n in numbers[key][:1]:
                cell = self.values[n]
                read[key] = cell if most is None else cells.degrees(cell, most)
        point = [read.get("latitude"), read.get("longitude")]
        for key, where in numbers.items():
            fits = only is not None and (None not in point if key != "country" else True)
            if fits and where and only is not None and read[key] is not None:
                only[key] = read[key]
                where = where[1:]  # noqa: PLW2901
            for n in where:
                self.keep(n)
        if places:
            plain = all(isinstance(place, dict) and [*place] == ["name"] for place in places)
            self.raw["places"] = [p["name"] for p in places] if plain else places

    def nested(self) -> None:
        self.consent()
        for key, names in _NESTED.items():
            for name in names:
                numbers = self.there.get(f"{key}.{name}")
                if not numbers:
                    continue
                value = self.values[numbers[0]]
                if isinstance(value, dict) and name == names[0] and key not in self.raw:
                    self.raw[key] = dict(self.one(f"{key}.{name}"))
                    continue
                part = self.raw.setdefault(key, {})
                part[name] = self.one(f"{key}.{name}")

    def media(self) -> None:
        found = [item for cell in self.all("media") for item in cells.media(cell)]
        first = {key: self.one(f"media.{key}") for key in Medium.__struct_fields__}
        first = {key: value for key, value in first.items() if value}
        if first:
            beside = found and not found[0].keys() & first.keys()
            found = [found[0] | first, *found[1:]] if beside else [first, *found]
        if found:
            self.raw["media"] = found

    def account(self, transcript: Transcript | None) -> None:
        """Take the transcript for the account, or else the description."""
        raw = self.raw
        for n in self.there.pop("transcript", []):
            cell = self.values[n]
            name = tells_of_one(cell) or names_a_transcript(cell, str(raw.get("id", "")))
            if transcript is not None or raw.get("account") or name:
                # A name is no account, whether or not its text was brought.
                self.keep(n)
            else:
                raw["account"] = _joined([cell])
        if transcript is not None:
            for n in self.accounts:
                self.keep(n)
            raw["account"] = transcript.account
            raw["turns"] = transcript.turns
            if transcript.keywords:
                raw["keywords"] = [*dict.fromkeys([*raw.get("keywords", []), *transcript.keywords])]
            if transcript.further:
                self.extra[ROWS] = transcript.further
            self.extra.update(transcript.extra)
        description = _joined([self.values[n] for n in self.there.pop("description", [])])
        if description and raw.get("account"):
            raw["context"] = _joined([description, raw.get("context", "")])
        elif description:
            raw["account"] = description
            raw.setdefault("rendering", "summary")

    def title(self) -> None:
        if self.raw.get("title"):
            return
        narrator, date = self.raw.get("narrator", ""), self.raw.get("date", "")
        name = narrator.get("name", "") if isinstance(narrator, dict) else narrator
        words = date.get("text", "") if isinstance(date, dict) else date
        if name and isinstance(name, str):
            self.raw["title"] = f"{name}, {words}" if words else name


_STEPS: Final = (
    ("narrator.", _Row.narrator),
    (("date.", "period."), _Row.dates),
    ("places", _Row.places),
    (tuple(f"{key}." for key in _NESTED), _Row.nested),
    ("media", _Row.media),
    (
        ("access.", "restrictions", "public", "embargo", "narrator.", "consent."),
        _Row.access,
    ),
)
"""What makes a part of the record, by the beginnings of the targets that it uses."""


def _hashable(parts: list[Any]) -> bool:
    return all(isinstance(part, str) for part in parts)


def _joined(parts: list[Any]) -> Any:
    """Set texts one below the other; what is not text is left for the record to refuse."""
    texts = [text for part in parts for text in (part if isinstance(part, list) else [part])]
    if all(isinstance(text, str) for text in texts):
        return _BETWEEN.join(filter(None, texts))
    return parts[0]
