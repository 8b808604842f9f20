"""Lays the values of a row over the testimony that is there already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from collection.access import MASK, gate, public_record, withholds
from collection.errors import Problem
from collection.faithful import LARGEST
from collection.places.entry import AMBIGUOUS, DECIDED, RESOLVED, UNKNOWN
from collection.reading import field_name, read_testimony
from collection.striking import BAR
from collection.testimony import FIELDS, PARTS, Testimony, as_record, split_names

_FIRST_KEYS: Final = {
    "narrator": "name",
    "source": "citation",
    "consent": "status",
    "access": "record",
    "date": "text",
    "period": "text",
    # The parts of `access`; the record has texts under two of these keys.
    **dict.fromkeys(PARTS, "level"),
}
"""The value that a plain string stands for, by the key of the part."""
_PARTED: Final = ("narrator", "date", "period", "source", "consent")
"""The parts whose unknown values are kept in `extra`."""


def identifier(raw: Any) -> str:
    """Give the identifier of a row as it will be read; empty where there is none."""
    if not isinstance(raw, Mapping):
        return ""
    id = _by_name(raw).get("id")
    if isinstance(id, int) and not isinstance(id, bool) and abs(id) <= LARGEST:
        return str(id)
    return id.strip() if isinstance(id, str) else ""


def read_over(known: Testimony, raw: Mapping[Any, Any]) -> Testimony:
    """Read the record that a row makes of the testimony that is there; it, if nothing changes.

    Raises:
        InvalidTestimony: with every problem of the record.
    """
    laid = merged(known, raw)
    # A file that is brought in again says nothing new; that is known without reading it all.
    return known if laid == as_record(known) else read_testimony(laid)


def merged(known: Testimony, raw: Mapping[Any, Any]) -> dict[str, Any]:
    """Lay the values of a row over the testimony that is there.

    A key that is absent leaves what is there, and so does null, and a value that says what the
    public form of the record says: a file that was exported without what is private, and comes
    back, wipes nothing out and strikes nothing through.
    """
    whole = as_record(known)
    public = public_record(gate(known)) if withholds(known) else whole
    given = _by_name(raw)
    extra = given.pop("extra", None)
    further = {key: given.pop(key) for key in [*given] if key not in FIELDS}
    for key in _PARTED:
        if isinstance(part := _as_part(key, given.get(key)), Mapping):
            given[key] = {name: value for name, value in part.items() if name in whole[key]}
            further |= {f"{key}.{n}": value for n, value in part.items() if n not in whole[key]}
    result = _lay_over(whole, public, given)
    if extra is None or isinstance(extra, Mapping):
        seen = public.get("extra", {})
        new = {str(key): value for key, value in [*(extra or {}).items(), *further.items()]}
        changed = {k: v for k, v in new.items() if k not in seen or seen[k] != v}
        result["extra"] = whole["extra"] | changed
    else:
        result["extra"] = extra
    return result


def spoilt(known: Testimony, read: Testimony) -> Iterator[Problem]:
    """Find why a changed row must not take the place of what is there.

    Bars that stand for a name would replace the name itself. And what is sealed is opened by a
    person who looks at it, not by a file that may be older than the seal.
    """
    for field in FIELDS:
        mine, given = getattr(known, field), getattr(read, field)
        if mine != given and _has_bars(given) and not _has_bars(mine):
            message = (
                f"{field} was exported with something struck out and then changed. Export it "
                f"with --private and change that, so that nothing is lost."
            )
            yield Problem(field, "", message)
    for part in PARTS:
        mine, given = getattr(known.access, part).level, getattr(read.access, part).level
        if mine != "open" and given == "open":
            message = (
                f"access.{part} is {mine} here and open in the file. An import opens nothing; "
                f"open it in the form."
            )
            yield Problem(f"access.{part}", given, message)


def _has_bars(value: Any) -> bool:
    text = msgspec.json.encode(value).decode()
    return BAR in text or MASK in text


def _by_name(raw: Mapping[Any, Any]) -> dict[str, Any]:
    """Give a row's values by the record's own keys; its own spelling of a key goes before."""
    named = {key: value for key, value in raw.items() if key in FIELDS}
    for key, value in raw.items():
        name = field_name(key)
        if name not in FIELDS or key in FIELDS or name in named:
            name = str(key)
        named.setdefault(name, value)
    return named


def _as_part(key: str, value: Any) -> Any:
    """Take a plain value for the one that it stands for, so that the others stay."""
    if key == "narrator" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = "; ".join(filter(None, value))
    if not isinstance(value, str) or key not in _FIRST_KEYS:
        return value
    part = {_FIRST_KEYS[key]: value}
    return part | {"naming": "pseudonym"} if key == "narrator" and value.endswith("*") else part


def _lay_over(
    whole: dict[str, Any], public: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    result = dict(whole)
    for key, value in given.items():
        mine, seen = whole.get(key), public.get(key)
        if value is None or (key in public and value == seen):
            continue
        part = _as_part(key, value)
        if key in ("date", "period") and isinstance(mine, dict) and isinstance(part, Mapping):
            result[key] = _date(mine, seen if isinstance(seen, Mapping) else {}, part)
        elif key == "places":
            result[key] = _places(whole[key], value)
        elif isinstance(mine, dict) and isinstance(part, Mapping):
            result[key] = _lay_over(mine, seen if isinstance(seen, Mapping) else {}, part)
        else:
            result[key] = value
    return result


def _date(
    mine: dict[str, Any], seen: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Take over a date as a whole: the reading of other words would be wrong."""
    own = {
        key: mine[key] if key in seen and value == seen[key] else value
        for key, value in given.items()
        if value is not None or key not in ("text", "reason")
    }
    if own.get("text", mine["text"]) != mine["text"]:
        return {"reason": mine["reason"], **own}
    if own.get("edtf", mine["edtf"]) != mine["edtf"]:
        return {"text": mine["text"], "reason": mine["reason"], **own}
    return mine | own


def _places(mine: list[dict[str, Any]], given: Any) -> Any:
    """Take over a list of places; what is known of one of the same name stays."""
    if isinstance(given, str):
        given = split_names(given)
    if not isinstance(given, list | tuple):
        return given
    # A name may stand there twice: the first is the first again.
    known: dict[str, list[dict[str, Any]]] = {}
    for place in mine:
        known.setdefault(place["name"], []).append(place)
    named = [{"name": place} if isinstance(place, str) else place for place in given]
    return [
        _place(_next(known.get(place["name"], [])), place)
        if isinstance(place, dict) and isinstance(place.get("name"), str)
        else place
        for place in named
    ]


def _next(known: list[dict[str, Any]]) -> dict[str, Any] | None:
    return known.pop(0) if len(known) > 1 else next(iter(known), None)


def _place(mine: dict[str, Any] | None, given: dict[str, Any]) -> dict[str, Any]:
    """Lay a place over what is known of it.

    What a person decided stands against what a program reads; what a program has read does not
    stand beside values that say something else.
    """
    if mine is None or not mine["status"]:
        return (mine or {}) | given
    says = {key: value for key, value in given.items() if value not in (None, "")}
    status = str(says.get("status", "")).strip().casefold()
    if mine["status"] == DECIDED and status in (RESOLVED, AMBIGUOUS, UNKNOWN):
        return mine | {key: value for key, value in says.items() if key not in mine}
    differs = any(value != mine[key] for key, value in says.items() if key in mine)
    if differs and not status and mine["status"] != DECIDED:
        return given
    return mine | says
