"""What differs between two versions of a testimony, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.comparing import Passage, Piece, compare, passages
from collection.dates import DateSpan, describe
from collection.labels import LABELS, label_of
from collection.testimony import FIELDS, KEPT_BY_PROGRAM, Testimony, as_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_OF_PROGRAM: Final = frozenset({"id", *KEPT_BY_PROGRAM})
_READ_AS: Final = ("date", "period")
_BLANK: Final = Testimony(title="", account="")
_PARTS: Final = ("narrator", "source", "consent", "access")


class Difference(msgspec.Struct, frozen=True):
    """One field that two versions have differently."""

    key: str
    """Its key, dotted where it is nested."""
    label: str
    """What it is called."""
    before: str
    """What it said, as text."""
    after: str
    """What it says now."""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Both texts, in pieces."""
        return compare(self.before, self.after)

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The changed passages with some words around them."""
        return passages(self.pieces)


def differences(
    before: Testimony | Mapping[str, Any] | None, after: Testimony | Mapping[str, Any] | None
) -> tuple[Difference, ...]:
    """Say field by field what differs; what the program notes of the keeping is no difference.

    Args:
        before: a record, or the plain values of one, which need not be valid; None for an
            empty one.
        after: the same of the other version.

    Returns:
        the fields that differ, in the order in which a record is told.
    """
    old, new = _fields(before), _fields(after)
    keys = [key for key in LABELS if key in old or key in new]
    keys += sorted((old.keys() | new.keys()).difference(keys))
    found = []
    for key in keys:
        one, other = old.get(key), new.get(key)
        if one == other:
            continue
        texts = _told(key, one), _told(key, other)
        if texts[0] == texts[1] and key in _READ_AS:
            texts = f"{texts[0]} {_reading(one)}", f"{texts[1]} {_reading(other)}"
        if texts[0] == texts[1]:
            # What tells them apart is not told to people otherwise.
            texts = _json(one), _json(other)
        if texts[0] != texts[1]:
            found.append(Difference(key, label_of(key), *texts))
    return tuple(found)


def _fields(record: Testimony | Mapping[str, Any] | None) -> dict[str, Any]:
    """Give the plain values by key, parts taken apart, with the defaults of what is absent."""
    if record is None:
        testimony = _BLANK
    elif isinstance(record, Testimony):
        testimony = record
    else:
        try:
            testimony = msgspec.convert(record, Testimony)
        except msgspec.ValidationError:
            # Written by hand, or by another program: told as it stands.
            return {key: value for key, value in record.items() if key not in _OF_PROGRAM}
    fields: dict[str, Any] = {}
    for key in FIELDS:
        if key in _OF_PROGRAM:
            continue
        value = as_record(getattr(testimony, key))
        if key in _PARTS:
            fields |= {f"{key}.{name}": part for name, part in value.items()}
        else:
            fields[key] = value
    return fields


def _told(key: str, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, str):
        return value
    try:
        return _TELLERS[key](value) if key in _TELLERS else _listed(value)
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        # Values of a record that is none.
        return _json(value)


def _listed(value: Any) -> str:
    return "; ".join(value) if isinstance(value, list) else _json(value)


def _span(value: Any) -> str:
    span = msgspec.convert(value, DateSpan)
    told = span.text or describe(span)
    return f"{told} because {span.reason}" if span.reason else told


def _reading(value: Any) -> str:
    try:
        return f"(read as {describe(msgspec.convert(value, DateSpan)) or 'no date'})"
    except (TypeError, ValueError, LookupError, AttributeError, ArithmeticError):
        return ""


def _places(value: Any) -> str:
    return "\n".join(map(_place, value))


def _place(place: Mapping[str, Any]) -> str:
    known = [place["country"].replace("|", ", ")] if place["country"] else []
    if place["latitude"] is not None and place["longitude"] is not None:
        known.append(f"{place['latitude']:.4f}, {place['longitude']:.4f}")
    if place["status"]:
        known.append(place["status"])
    return f"{place['name']} ({'; '.join(known)})" if known else str(place["name"])


def _turns(value: Any) -> str:
    return "\n".join(
        f"from character {turn['offset']}: {turn['speaker']}"
        + (f" ({turn['seconds']:g} s)" if turn["seconds"] is not None else "")
        for turn in value
    )


def _media(value: Any) -> str:
    keys = ("title", "file", "url", "duration")
    return "\n".join(" | ".join(filter(None, (one[key] for key in keys))) for one in value)


def _terms(value: Any) -> str:
    until = f" until {value['until']}" if value["until"] else ""
    reason = f" ({value['reason']})" if value["reason"] else ""
    return f"{value['level']}{until}{reason}"


def _extra(value: Any) -> str:
    return "\n".join(
        f"{key}: {one if isinstance(one, str) else _json(one)}" for key, one in value.items()
    )


def _json(value: Any) -> str:
    try:
        return msgspec.json.encode(value).decode()
    except (TypeError, ValueError, ArithmeticError, RecursionError):
        return repr(value)


_TELLERS: Final[dict[str, Callable[[Any], str]]] = {
    "date": _span,
    "period": _span,
    "places": _places,
    "turns": _turns,
    "media": _media,
    "extra": _extra,
    **dict.fromkeys([key for key in LABELS if key.startswith("access.")], _terms),
}
