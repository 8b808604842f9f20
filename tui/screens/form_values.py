"""What the form's fields say of a record, and the way back; nothing here knows a screen.

A field whose text is as it was gives back the very value it came from, whatever that holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.dates import DateSpan, describe, read_date, single_day
from collection.errors import InvalidTestimony
from collection.reading import ALIASES, read_testimony
from collection.testimony import FIELDS, PARTS, Medium, Place, Testimony
from collection.turning import moved

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from collection.testimony import Turn

NAMES: Final = ("interviewers", "present", "translators", "themes", "keywords")
"""Lists of plain names."""
SPANS: Final = ("date", "period")
KEYS: Final = (
    *("id", "title", "narrator.name", "narrator.naming", "narrator.real_name"),
    *("interviewers", "present", "translators"),
    *("date.text", "date.reason", "period.text", "period.reason", "places", "interview_place"),
    *("themes", "keywords", "language", "rendering", "account", "context", "notes"),
    *(f"source.{key}" for key in ("citation", "url", "collection", "series", "repository")),
    *("rights", "licence", *(f"consent.{key}" for key in ("status", "date", "document", "uses"))),
    *(f"access.{part}.{key}" for part in PARTS for key in ("level", "until", "reason")),
    "media",
)
"""The fields of the form; a dot leads into a part of the record."""
REQUIRED: Final = ("title", "account")

_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_MAIN: Final = {"narrator": "narrator.name", "source": "source.citation", "access": ""}
"""The field that stands for a whole part; access as such has none."""
_PROGRAM: Final = ("id", "created", "modified", "by", "revision")


class FormValues:
    """The texts of the fields over one record."""

    def __init__(self, start: Testimony) -> None:
        """Take the record that the form opens with; it need not be valid yet."""
        self.start = start
        """The record."""
        self.texts: Mapping[str, str] = {key: _text(start, key) for key in KEYS}
        """What each field says of it."""
        self._moved = start.account, start.turns
        """The account that was asked for last, and where the turns are in it."""

    def record(self, texts: Mapping[str, str]) -> Testimony:
        """Give the record that the fields describe.

        Args:
            texts: the texts by key; a key that is left out is as it was, and so is an
                identifier once it is given.
        """
        record = self.start
        changed = {key for key, text in texts.items() if text != self.texts[key]}
        if record.id:
            changed.discard("id")
        for name in SPANS:
            if changed & {f"{name}.text", f"{name}.reason"}:
                record = _replaced(record, name, value=self.span(name, texts))
        for key in changed - {f"{name}.{part}" for name in SPANS for part in ("text", "reason")}:
            record = _replaced(record, *key.split("."), value=self._value(key, texts[key]))
        # Turns of a draft that has no account yet are those of the account that is typed.
        if "account" in changed and record.turns and self.start.account:
            record = msgspec.structs.replace(record, turns=self._turns(record.account))
        return record

    def _turns(self, account: str) -> tuple[Turn, ...]:
        """Let the speakers' turns go with their words into an account that has changed."""
        if account != self._moved[0]:
            self._moved = account, moved(self.start.turns, self.start.account, account)
        return self._moved[1]

    def changes(self, texts: Mapping[str, str], kept: Testimony) -> dict[str, Any]:
        """Give the values by which the record that the fields describe differs from another."""
        record = self.record(texts)
        return {
            name: getattr(record, name)
            for name in FIELDS
            if name not in _PROGRAM and getattr(record, name) != getattr(kept, name)
        }

    def span(self, name: str, texts: Mapping[str, str]) -> DateSpan:
        """Read a date as its fields stand; its own reading while the words are the same."""
        span: DateSpan = getattr(self.start, name)
        words = texts.get(f"{name}.text", span.text)
        reason = texts.get(f"{name}.reason", span.reason)
        if words != span.text:
            return read_date(words, reason)
        return msgspec.structs.replace(span, reason=reason)

    def _value(self, key: str, text: str) -> Any:
        if key in NAMES:
            return _matched(text, ";", getattr(self.start, key), str, str)
        if key == "places":
            return _matched(text, ";", self.start.places, _place_name, _place)
        if key == "media":
            return _matched(text, "\n", self.start.media, _medium_line, _Media(self.start).read)
        if key.endswith(".until"):
            return single_day(text) or text or None
        return text


def remark(key: str, text: str, values: FormValues) -> tuple[str, bool]:
    """Say what is to be said beside a field.

    Args:
        key: the field.
        text: what it says.
        values: what the form opened with.

    Returns:
        one line, empty if there is nothing to say, and whether it says what is wrong.
    """
    if key in REQUIRED and not text.strip():
        return f"The {key} is missing; a testimony needs one.", True
    if key.endswith(".until") and text.strip():
        day = single_day(text)
        if not day:
            return "Write a day, as 30 June 2030 or 2030-06-30, or leave it empty.", True
        return day if day != text else "", False
    name, _, part = key.partition(".")
    if name in SPANS and part == "text":
        span = values.span(name, {key: text})
        if span.edtf or span.earliest or span.latest:
            return describe(span), False
        if text.strip():
            return "kept as words; not read as a date", False
    if key == "account" and values.start.turns and text != values.start.account:
        return "The speaker turns go with their words.", False
    return "", False


def field_of(problem: str) -> str:
    """Give the form's field for the field of a problem; empty if none stands for it."""
    key = problem.partition("[")[0]
    name, _, part = key.partition(".")
    if name in SPANS and part != "reason":
        return f"{name}.text"
    key = _MAIN.get(key, key)
    return key if key in KEYS else ""


def read_draft(draft: Mapping[str, Any], start: Testimony) -> tuple[Testimony, dict[str, str]]:
    """Read what is known beforehand.

    Args:
        draft: values by the record's keys, as a file has them, or texts by the form's own keys.
        start: the record that the draft changes.

    Returns:
        the record with every value that could be read, and the texts of fields to be shown
        instead of what the record says.
    """
    texts: dict[str, str] = {}
    for given, value in draft.items():
        key = ALIASES.get(given, given)
        if isinstance(value, str) and (field := _MAIN.get(key, key)) in KEYS:
            # As it would be typed, so that a form's own draft comes back letter for letter.
            texts[field] = value
        elif isinstance(value, str) and key in SPANS:
            texts[f"{key}.text"] = value
        elif key not in _PROGRAM:
            start, unread = _with(start, key, value)
            texts |= unread
    return start, texts


def _with(start: Testimony, key: str, value: Any) -> tuple[Testimony, dict[str, str]]:
    try:
        read = read_testimony({"title": "-", "account": "-", key: value})
    except InvalidTestimony:
        # What cannot be read is shown as it is, for a person to mend; what has no field is kept.
        parts = value if isinstance(value, dict) else {}
        told = {f"{key}.{part}": text for part, text in parts.items() if isinstance(text, str)}
        texts = {field: text for field, text in told.items() if field in KEYS}
        left = {part: item for part, item in parts.items() if f"{key}.{part}" not in texts}
        if texts and not left:
            return start, texts
        read = read_testimony({"title": "-", "account": "-", "extra": {key: repr(left or value)}})
        return msgspec.structs.replace(start, extra={**start.extra, **read.extra}), texts
    extra = {**start.extra, **read.extra}
    changes = {key: getattr(read, key)} if key in FIELDS and key != "extra" else {}
    return msgspec.structs.replace(start, **changes, extra=extra), {}


def _text(record: Testimony, key: str) -> str:
    value: Any = record
    for name in key.split("."):
        value = getattr(value, name)
    if key in NAMES:
        return "; ".join(value)
    if key == "places":
        return "; ".join(map(_place_name, value))
    if key == "media":
        return "\n".join(map(_medium_line, value))
    return value or ""


def _replaced(part: Any, name: str, *rest: str, value: Any) -> Any:
    if rest:
        value = _replaced(getattr(part, name), *rest, value=value)
    return msgspec.structs.replace(part, **{name: value})


def _matched(
    text: str,
    separator: str,
    before: Sequence[Any],
    show: Callable[[Any], str],
    make: Callable[[str], Any],
) -> tuple[Any, ...]:
    """Take a list apart, giving an item that was there before as it was.

    An item of before that holds the separator is not torn in two.
    """
    pool = defaultdict(list)
    for item in reversed(before):
        pool[show(item).strip()].append(item)
    pieces = _pieces(text, separator, pool)
    return tuple(pool[piece].pop() if pool.get(piece) else make(piece) for piece in pieces)


def _pieces(text: str, separator: str, known: Iterable[str]) -> list[str]:
    whole = sorted((name for name in known if separator in name), key=len, reverse=True)
    kinds = "|".join([*map(re.escape, whole), f"[^{separator}]*"])
    found = re.findall(rf"\s*({kinds})\s*(?:{separator}|\Z)", text)
    return [piece for piece in map(str.strip, found) if piece]


def _place_name(place: Place) -> str:
    return place.name


def _place(name: str) -> Place:
    return Place(name=name)


def _medium_line(medium: Medium) -> str:
    locator = medium.file or medium.url
    return f"{locator} | {medium.duration}" if medium.duration else locator


class _Media:
    """Reads a changed line of the media list; the title and the second address stay."""

    def __init__(self, start: Testimony) -> None:
        self._before = {medium.file or medium.url: medium for medium in reversed(start.media)}

    def read(self, line: str) -> Medium:
        locator, bar, duration = line.rpartition("|") if "|" in line else (line, "", "")
        locator, duration = locator.strip(), duration.strip() if bar else ""
        if before := self._before.get(locator):
            return msgspec.structs.replace(before, duration=duration)
        if _SCHEME.match(locator):
            return Medium(url=locator, duration=duration)
        return Medium(file=locator, duration=duration)
