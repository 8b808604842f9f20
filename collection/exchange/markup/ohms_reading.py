"""Reads one record of an OHMS file into plain values by the record's keys."""

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
    SEGMENTS,
    TEXTS,
    date_elements,
    date_of,
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
    Transcript,
    notes_of,
    read_transcript,
    written_stamps,
)
from collection.exchange.markup.sections import (
    index_section,
    notes_section,
    with_sections,
    without_places,
)
from collection.exchange.markup.xmlfile import local
from collection.exchange.spoken.cues import parse_cues
from collection.testimony import split_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from xml.etree.ElementTree import Element

    from collection.testimony import Turn

_DEEPEST: Final = 12
"""Levels of an element that are kept apart; OHMS has four."""
_VERBATIM: Final = ("transcript", "transcript_alt", "vtt_transcript", "vtt_transcript_alt")
"""Elements in which every blank may have a meaning."""
_READ: Final = (
    *("version", "interviewee", "index", "transcript", "vtt_transcript", "description"),
    *TEXTS,
    *LISTS,
)
"""Elements whose first text has a key of its own, or that the writer makes."""
_MEDIUM: Final = ("file_name", "media_url", "duration")
"""What the record keeps together, if there is a recording at all."""
_OF_POINTS: Final = {"subjects": "themes", "keywords": "keywords"}
"""What a point of the index is about, and the lists of the record that it goes into."""
_NOTHING: Final[tuple[Any, ...]] = ("", {}, {"@format": "yyyy-mm-dd"})
"""What an element says that stands there empty."""


def raw_record(record: Element) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a record.

    Returns:
        its plain values, and for each key the element that it was taken from.
    """
    found = _by_name(record)
    columns: dict[str, str] = {}
    raw: dict[str, Any] = {}

    def take(key: str, element: str, value: Any) -> None:
        if value not in ("", None, [], MASK):
            raw[key] = value
            columns[key] = element

    identifier = record.get("id", "").strip()
    take("id", "@id" if identifier else "accession", identifier or _first(found, "accession"))
    for element, keys in TEXTS.items():
        value = _first(found, element)
        if len(keys) == 1:
            take(keys[0], element, value)
        elif value and value != MASK:
            raw.setdefault(keys[0], {})[keys[1]] = value
            columns[".".join(keys)] = element
    for element, key in LISTS.items():
        take(key, element, _list(found.get(element, [])))
    interviewees = [text for one in found.get("interviewee", []) if (text := _said(one))]
    take("narrator", "interviewee", "; ".join(interviewees))
    day = day_of(found.get("date", []))
    words = _first(found, "date_nonpreferred_format")
    take("date", "date_nonpreferred_format" if words else "date", date_of(day, words))
    take("media", "media_url", _media(found))
    if restriction := _restriction(found):
        take("access", "userestrict", {"record": {"level": "restricted", "reason": restriction}})
    index = _index(found, raw)
    told = _tell(found, index, take)
    footnotes = told.pop(FOOTNOTES, {})
    extra = {KEPT: _rest(record, found), INDEX: index} | told
    plain = extra[KEPT].get("date", {}) in ({}, day, _written_day(day))
    if plain and date_elements(read_date_of(day, words)) == (day, words):
        # The record says it all.
        extra[KEPT].pop("date_nonpreferred_format", None)
        extra[KEPT].pop("date", None)
    if len(interviewees) > 1:
        extra[KEPT]["interviewee"] = [*interviewees, *extra[KEPT].get("interviewee", ())]
    if origin := raw.pop(FROM, ""):
        extra[KEPT][FROM] = origin
    if footnotes:
        # In a list, of which people are told only that it is there: the notes are in the context.
        extra[KEPT][FOOTNOTES] = [footnotes]
    if told := {key: value for key, value in extra.items() if value}:
        raw["extra"] = told
    return raw, columns


def _written_day(day: str) -> dict[str, str]:
    return {"@value": day, "@format": "yyyy-mm-dd"}


def _by_name(record: Element) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for child in record:
        name = local(child)
        if name:
            found.setdefault(name, []).append(_plain(child))
    return found


def _plain(element: Element, depth: int = _DEEPEST) -> Any:
    """Give an element as text, or as an object where it holds others."""
    whole = not depth or local(element) in _VERBATIM or _is_prose(element)
    text = "".join(element.itertext()) if whole else element.text or ""
    text = text if local(element) in _VERBATIM else text.strip()
    children = [] if whole else [child for child in element if local(child)]
    attributes = {f"@{name}": value for name, value in element.attrib.items() if value}
    if not children and not attributes:
        return text
    inside: dict[str, Any] = dict(attributes)
    for child in children:
        name, value = local(child), _plain(child, depth - 1)
        if value in ("", {}):
            continue
        if name not in inside:
            inside[name] = value
        elif isinstance(earlier := inside[name], list):
            earlier.append(value)
        else:
            inside[name] = [earlier, value]
    return inside | ({"#text": text} if text.strip() else {})


def _is_prose(element: Element) -> bool:
    """Tell whether an element is a text with markup in it: words stand behind an element."""
    return any((child.tail or "").strip() for child in element)


def _said(value: Any) -> str:
    """Give the text of an element, with or without attributes."""
    text = value.get("#text", "") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _first(found: dict[str, list[Any]], name: str) -> str:
    return next((text for one in found.get(name, []) if (text := _said(one))), "")


def _restriction(found: dict[str, list[Any]]) -> str:
    """Say what restricts a record, wherever in the element it stands; empty if nothing does."""
    told = (
        text
        for name, values in found.items()
        if name.casefold() == "userestrict"
        for text in _texts(values)
        if is_restricted(text)
    )
    return "; ".join(told)


def _texts(value: Any) -> Iterator[str]:
    """Give every text within a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _list(values: list[Any]) -> list[str]:
    """Give a list; one element alone may hold several names in one text."""
    texts = [_said(one) for one in values]
    if len(texts) == 1:
        return list(split_names(texts[0]))
    return [text for text in texts if text]


def _media(found: dict[str, list[Any]]) -> list[dict[str, str]]:
    medium = {
        "file": _first(found, "file_name"),
        "url": _first(found, "media_url"),
        "duration": _first(found, "duration"),
    }
    if not medium["file"] and not medium["url"]:
        return []
    return [{key: value for key, value in medium.items() if value}]


# --- the index -----------------------------------------------------------------------------------


def _index(found: dict[str, list[Any]], raw: dict[str, Any]) -> list[dict[str, Any]]:
    """Take the points of the index, and their places.

    What they are about is the record's own only where it says nothing of that itself: a subject
    of the interview is another thing than one of a segment.
    """
    points = []
    for index in found.get("index", []):
        for point in several(index.get("point") if isinstance(index, dict) else None):
            if isinstance(point, dict):
                _regulate(point)
                points.append(point)
    for element, key in SEGMENTS.items():
        if key not in raw and (names := segment_names(points, element)):
            raw[key] = names
    if places := places_of(points):
        raw["places"] = places
    return points


def _regulate(point: dict[str, Any]) -> None:
    """Give a point the form of today: before version 5 its one place and link lay bare in it."""
    for group in ("gpspoints", "hyperlinks"):
        bare = {name: point.pop(name) for name in INNER[group] if name in point}
        if bare:
            point[group] = bare if group not in point else [*several(point[group]), bare]


# --- the account ---------------------------------------------------------------------------------


def _tell(
    found: dict[str, list[Any]], index: list[dict[str, Any]], take: Callable[[str, str, Any], None]
) -> dict[str, Any]:
    """Take the account, its turns and its circumstances.

    The words of a transcript go first, whether they stand in lines or in cues. Without one
    there is a summary: the index, or else the description.

    Returns:
        what the transcript has beside its words, for `extra`.
    """
    description, notes = _first(found, "description"), _first(found, "user_notes")
    context, origin = ("description", description) if description else ("user_notes", notes), ""
    transcript, cues = _first(found, "transcript"), _first(found, "vtt_transcript")
    turns: Iterable[Turn] = ()
    beside: dict[str, Any] = {}
    if transcript.strip():
        sync = _first(found, "sync")
        read = Transcript(transcript) if transcript == MASK else read_transcript(transcript, sync)
        take("account", "transcript", read.account)
        turns, beside = read.turns, {FOOTNOTES: read.kept}
        if sync and written_stamps(read.account, read.kept, read.turns) == sync:
            # The turns say it all.
            found["sync"].remove(sync)
    elif cues.strip():
        timed = parse_cues(cues, webvtt=True, bare=True)
        take("account", "vtt_transcript", timed.account)
        turns, beside = timed.turns, timed.found.get("extra", {})
    elif (told := summed_up(index))[0]:
        origin = INDEX
        take("account", INDEX, told[0])
        turns = told[1]
    elif description:
        origin, context = "description", ("user_notes", notes)
        take("account", "description", description)
    element, (text, places) = context[0], without_places(context[1])
    sections = ["" if origin == INDEX else index_section(index)]
    sections.append(notes_section(notes_of(beside.get(FOOTNOTES))))
    take("context", element, text if text == MASK else with_sections(text, sections))
    take("places", element, places)
    if origin:
        take("rendering", origin, "summary")
        take(FROM, origin, origin)
    listed = [{"offset": t.offset, "speaker": t.speaker, "seconds": t.seconds} for t in turns]
    take("turns", "sync" if transcript.strip() else "vtt_transcript", listed)
    return beside


def _rest(record: Element, found: dict[str, list[Any]]) -> dict[str, Any]:
    """Give what the record of this program has no key for, by the names of the elements."""
    kept: dict[str, Any] = {
        f"@{name.rpartition('}')[2]}": told for name, told in record.attrib.items() if told
    }
    kept.pop("@id", None)
    read = (*_READ, *(_MEDIUM if _media(found) else ()))
    for name, values in found.items():
        first = 1 if name in read and isinstance(values[0], str) else 0
        others = [value for value in values[first:] if value not in _NOTHING]
        if name in (*LISTS, "interviewee"):
            # Their texts are the record's; what else they have is not.
            others = [value for value in others if not isinstance(value, str)]
        if name == "index" or not others:
            continue
        kept[name] = others[0] if len(others) == 1 and name not in read else others
    if kept.get("userestrict") == "0":
        del kept["userestrict"]
    # The order of elements has no meaning.
    return dict(sorted(kept.items(), key=lambda item: _rank(item[0])))


def _rank(name: str) -> tuple[int, str]:
    return (ELEMENTS.index(name) if name in ELEMENTS else len(ELEMENTS), name)
