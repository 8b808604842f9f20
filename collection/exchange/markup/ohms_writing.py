"""Writes a testimony as an OHMS record (XML 6.0): every element in the order of the schema.

What came from an OHMS file goes out as it came, unless the record has been changed since. What
XML cannot hold, most of all control characters, is written as U+FFFD.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.access import MASK
from collection.exchange.markup.ohms_shape import (
    ELEMENTS,
    FROM,
    INDEX,
    INNER,
    KEPT,
    LISTS,
    NAMESPACE,
    POINT,
    SEGMENTS,
    TEXTS,
    VERSION,
    date_elements,
    day_of,
    is_restricted,
    places_of,
    read_date_of,
    segment_names,
    several,
    summed_up,
)
from collection.exchange.markup.ohms_transcript import (
    FOOTNOTES,
    notes_of,
    read_transcript,
    write_transcript,
    written_stamps,
)
from collection.exchange.markup.sections import (
    index_section,
    notes_section,
    with_places,
    without_sections,
)
from collection.exchange.markup.xmlfile import attribute, escaped, writable
from collection.exchange.spoken.timed import with_labels
from collection.exchange.spoken.vtt import usable, webvtt
from collection.testimony import PARTS, Medium, Turn, split_names

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
    # A day of our own would make another record of it each time that it is brought in.
    day = _text(kept.get("@dt"))
    dated = f' dt="{attribute(day)}"' if day else ""
    yield f'  <record id="{attribute(testimony.id)}"{dated}>\n'
    for name in (*ELEMENTS, *(key for key in kept if _is_other(key))):
        more = several(kept.get(name))
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
    values: dict[str, list[Any]] = {"version": [VERSION], "index": [{"point": _points(testimony)}]}
    for name, keys in TEXTS.items():
        value: Any = testimony
        for key in keys:
            value = getattr(value, key)
        values[name] = [value]
    for name, key in LISTS.items():
        values[name] = _repeated(getattr(testimony, key))
    for element, key in SEGMENTS.items():
        if [*getattr(testimony, key)] == segment_names(_points(testimony), element):
            # The index says it.
            values[element[:-1]] = [""]
    names = [name for name in several(kept.get("interviewee")) if isinstance(name, str)]
    known = "; ".join(names) == testimony.narrator.name
    values["interviewee"] = names if known and names else [testimony.narrator.name]
    values |= _date(testimony, kept) | _media(testimony) | _told(gated, kept)
    restriction = kept.get("userestrict")
    sealed = any(getattr(testimony.access, part).level != "open" for part in PARTS)
    if not isinstance(restriction, str) or is_restricted(restriction) != sealed:
        values["userestrict"] = ["1" if sealed else "0"]
    return values


def _repeated(names: tuple[str, ...]) -> list[str]:
    """Give a list for repeated elements; an empty one keeps a semicolon from being one."""
    if len(names) == 1 and split_names(names[0]) != names:
        return [*names, ""]
    return [*names] or [""]


def _date(testimony: Testimony, kept: dict[str, Any]) -> dict[str, list[Any]]:
    span = testimony.date
    dates, words = several(kept.get("date")), kept.get("date_nonpreferred_format", "")
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
    values, sections = _account(testimony, kept)
    context = "" if testimony.context == MASK else without_sections(testimony.context, sections)
    whole = with_places(context, places) if (places := _unnamed(testimony)) else context
    if kept.get(FROM) == "description":
        return values | {"user_notes": [whole]}
    if whole != kept.get("user_notes"):
        values["description"] = [whole]
    return values


def _account(testimony: Testimony, kept: dict[str, Any]) -> tuple[dict[str, list[Any]], list[str]]:
    """Give the elements of an account, and the sections of the context that they tell again."""
    account, origin = testimony.account, kept.get(FROM)
    points = _points(testimony)
    index = [index_section(points)]
    if origin == "description":
        return {"description": [account]}, index
    if origin == INDEX and account == summed_up(points)[0]:
        return {}, []
    if account == MASK:
        # It holds the place, so that nothing else is taken for the account on the way back.
        return {"transcript": [account]}, index
    turns, footnotes = usable(testimony), next(iter(several(kept.get(FOOTNOTES))), None)
    transcript = write_transcript(account, footnotes)
    for sync in (_text(kept.get("sync")), written_stamps(account, footnotes, turns)):
        read = read_transcript(transcript, sync)
        if (read.account, read.turns) == (account, turns):
            notes = notes_section(notes_of(read.kept))
            return {"transcript": [transcript], "sync": [sync]}, [*index, notes]
    timed = any(turn.seconds is not None for turn in turns)
    in_words = with_labels(account, [Turn(turn.offset) for turn in turns])
    named = [Turn(turn.offset, turn.speaker) for turn in turns]
    if timed or named != in_words:
        cues = webvtt(testimony, note=False, timeless=True)
        return {"vtt_transcript": [cues]}, index
    return {"transcript": [account], "sync": [""]}, index


def _unnamed(testimony: Testimony) -> list[dict[str, Any]]:
    """Give the places of a record, if the index does not name them; coordinates may be added."""
    places = [
        {"name": one.name, "latitude": one.latitude, "longitude": one.longitude}
        for one in testimony.places
    ]
    named = places_of(_points(testimony))
    said = len(named) == len(places) and all(
        known.items() <= place.items() for known, place in zip(named, places, strict=True)
    )
    return [] if said else places


def _points(testimony: Testimony) -> list[dict[str, Any]]:
    points = testimony.extra.get(INDEX)
    listed = points if isinstance(points, list) else []
    return [point for point in listed if isinstance(point, dict)]


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
        for one in several(value.get(key, "" if key in known else None)):
            inside += _element(key, one, depth - 1)
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _text(value: Any) -> str:
    return writable(value) if isinstance(value, str) else "" if value is None else str(value)


def _is_name(key: str) -> bool:
    """Tell whether a key can be the name of an element; `extra` may hold anything."""
    return key.isascii() and key[:1].isalpha() and key.replace("_", "").replace("-", "").isalnum()


def _is_other(key: str) -> bool:
    """Tell whether a key is an element that the schema does not know."""
    return _is_name(key) and key not in ELEMENTS and key != FROM
