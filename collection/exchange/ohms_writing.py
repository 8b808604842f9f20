"""Writes a testimony as an OHMS record (XML 6.0): every element in the order of the schema.

What came from an OHMS file goes out as it came, unless the record has been changed since. What
XML cannot hold, most of all control characters, is written as U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.access import MASK
from collection.exchange.ohms_shape import (
    ELEMENTS,
    FROM,
    INDEX,
    INNER,
    KEPT,
    LISTS,
    NAMESPACE,
    PLACES,
    POINT,
    TEXTS,
    VERSION,
    date_elements,
    day_of,
    is_restricted,
    read_date_of,
    summed_up,
    synced,
)
from collection.exchange.timed import with_labels
from collection.exchange.vtt import usable, webvtt
from collection.exchange.xmlfile import attribute, escaped, writable
from collection.testimony import PARTS, Medium, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.access import Gated
    from collection.testimony import Testimony

_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_ONCE: Final = (
    *("version", "description", "transcript", "vtt_transcript"),
    *("file_name", "media_url", "duration", *TEXTS),
)
"""Elements that stand in a record once."""
_MOST: Final = 3
"""Levels of objects that are written inside an element; the schema has no more."""


def ohms_document(gated: Gated) -> Iterator[str]:
    """Write a testimony, as far as it may be seen, as a file of one record."""
    testimony = gated.testimony
    kept = testimony.extra.get(KEPT)
    kept = kept if isinstance(kept, dict) else {}
    values = _values(gated, kept)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<ROOT xmlns="{NAMESPACE}" xmlns:xsi="{_XSI}"'
    yield f' xsi:schemaLocation="{NAMESPACE}/ohms.xsd">\n'
    day = kept.get("@dt") or testimony.modified[:10]
    yield f'  <record id="{attribute(testimony.id)}" dt="{attribute(_text(day))}">\n'
    for name in (*ELEMENTS, *(key for key in kept if _is_other(key))):
        more = _several(kept.get(name))
        if name in values:
            # What is kept beside the record's own came in a second time.
            twice = name in _ONCE and isinstance(kept.get(name), list)
            more = [*values[name], *(more if twice else ())]
        for value in more or [""]:
            yield f"    {_element(name, value)}\n"
    yield "  </record>\n</ROOT>\n"


def _values(gated: Gated, kept: dict[str, Any]) -> dict[str, list[Any]]:
    """Give the elements that the record has keys for, by their names."""
    testimony = gated.testimony
    values: dict[str, list[Any]] = {"version": [VERSION], "index": [_index(testimony)]}
    for name, keys in TEXTS.items():
        value: Any = testimony
        for key in keys:
            value = getattr(value, key)
        values[name] = [value]
    for name, key in LISTS.items():
        values[name] = _repeated(getattr(testimony, key))
    names = [name for name in _several(kept.get("interviewee")) if isinstance(name, str)]
    known = "; ".join(names) == testimony.narrator.name
    values["interviewee"] = names if known and names else [testimony.narrator.name]
    values |= _date(testimony, kept) | _media(testimony) | _told(gated, kept)
    restriction = kept.get("userestrict")
    sealed = any(getattr(testimony.access, part).level != "open" for part in PARTS)
    if not isinstance(restriction, str) or is_restricted(restriction) != sealed:
        values["userestrict"] = ["1" if sealed else "0"]
    return values


def _repeated(names: tuple[str, ...]) -> list[str]:
    """Give a list for repeated elements; one alone would be split where it holds a semicolon."""
    return [*names, ""] if len(names) == 1 else [*names] or [""]


def _date(testimony: Testimony, kept: dict[str, Any]) -> dict[str, list[Any]]:
    span = testimony.date
    dates, words = _several(kept.get("date")), kept.get("date_nonpreferred_format", "")
    if (dates or words) and span == read_date_of(day_of(dates), _text(words)):
        return {"date": dates or [""]}
    day, told = date_elements(span)
    return {
        "date": [{"@value": day, "@format": "yyyy-mm-dd"}],
        "date_nonpreferred_format": [told],
    }


def _media(testimony: Testimony) -> dict[str, list[Any]]:
    medium = testimony.media[0] if testimony.media else Medium()
    if not medium.file and not medium.url:
        return {"file_name": [""], "media_url": [""]}
    return {
        "file_name": [medium.file],
        "media_url": [medium.url],
        "duration": [medium.duration],
    }


def _told(gated: Gated, kept: dict[str, Any]) -> dict[str, list[Any]]:
    """Give account and circumstances, by the elements that they go into."""
    testimony = gated.testimony
    origin = kept.get(FROM)
    values: dict[str, list[Any]] = {}
    context = "" if testimony.context == MASK else testimony.context
    if origin == "description":
        values |= {"description": [testimony.account], "user_notes": [context]}
    elif context != kept.get("user_notes"):
        values["description"] = [context]
    account = testimony.account
    if origin == "description" or (origin == INDEX and account == summed_up(_points(testimony))[0]):
        return values
    turns = usable(testimony)
    sync = kept.get("sync", "")
    if account == MASK or (isinstance(sync, str) and synced(account, sync) == turns):
        # The mask holds the place, so that nothing else is taken for the account on the way back.
        return values | {"transcript": [account]}
    timed = any(turn.seconds is not None for turn in turns)
    in_words = with_labels(account, [Turn(turn.offset) for turn in turns])
    named = [Turn(turn.offset, turn.speaker) for turn in turns]
    if timed or named != in_words:
        cues = webvtt(testimony, note=False, timeless=True)
        return values | {"vtt_transcript": [cues]}
    return values | {"transcript": [account], "sync": [""]}


def _points(testimony: Testimony) -> list[dict[str, Any]]:
    points = testimony.extra.get(INDEX)
    listed = points if isinstance(points, list) else []
    return [point for point in listed if isinstance(point, dict)]


def _index(testimony: Testimony) -> dict[str, Any]:
    """Give the index, with a point for the places that no other one names."""
    points = _points(testimony)
    spots = [spot for point in points for spot in _several(point.get("gpspoints"))]
    named = {spot.get("gps_text") for spot in spots if isinstance(spot, dict)}
    gps = [
        {
            "gps": ""
            if place.latitude is None or place.longitude is None
            else f"{place.latitude}, {place.longitude}",
            "gps_text": place.name,
        }
        for place in testimony.places
        if place.name not in named
    ]
    if gps:
        points = [*points, {"time": "0", "title": PLACES, "gpspoints": gps}]
    return {"point": points}


# --- elements ------------------------------------------------------------------------------------


def _element(name: str, value: Any, depth: int = _MOST) -> str:
    if isinstance(value, dict):
        return _parent(name, value, depth)
    text = escaped(_text(value))
    return f"<{name}>{text}</{name}>" if text else f"<{name}/>"


def _parent(name: str, value: dict[str, Any], depth: int) -> str:
    attributes = "".join(
        f' {key[1:]}="{attribute(_text(told))}"'
        for key, told in value.items()
        if key[:1] == "@" and _is_name(key[1:])
    )
    inside = escaped(_text(value.get("#text", "")))
    known = POINT if name == "point" else INNER.get(name, ())
    for key in (*known, *(key for key in value if key not in known)):
        if not depth or not _is_name(key):
            continue
        for one in _several(value.get(key, "" if key in known else None)):
            inside += _element(key, one, depth - 1)
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _text(value: Any) -> str:
    return writable(value) if isinstance(value, str) else "" if value is None else str(value)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_name(key: str) -> bool:
    """Tell whether a key can be the name of an element; `extra` may hold anything."""
    return key.isascii() and key[:1].isalpha() and key.replace("_", "").replace("-", "").isalnum()


def _is_other(key: str) -> bool:
    """Tell whether a key is an element that the schema does not know."""
    return _is_name(key) and key not in ELEMENTS and key != FROM
