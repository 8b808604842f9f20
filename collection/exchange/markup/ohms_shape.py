"""What an OHMS record looks like (XML 6.0), and what of it the record of this program has keys for.

Read and written from one table, so that what comes in goes out. See
https://www.weareavp.com/nunncenter/ohms/ohms.xsd.
"""

from __future__ import annotations

import re
from typing import Any, Final

from collection.dates import DateSpan, read_date
from collection.exchange.markup.ohms_transcript import number_of
from collection.reading import read_testimony
from collection.testimony import Turn, is_day, split_names

NAMESPACE: Final = "https://www.weareavp.com/nunncenter/ohms"
VERSION: Final = "6.0"
KEPT: Final = "ohms"
"""The key of `extra` for elements that have no key of their own, by their names."""
INDEX: Final = "index"
"""The key of `extra` for the points of the index, as they are."""
FROM: Final = "account from"
"""Below `KEPT`: the element that serves as the account where there is no transcript."""

ELEMENTS: Final = (
    *("version", "date", "date_nonpreferred_format", "cms_record_id", "title", "accession"),
    *("duration", "collection_id", "collection_name", "series_id", "series_name", "repository"),
    *("funding", "repository_url", "subject", "keyword", "interviewee", "interviewer", "format"),
    *("file_name", "sync", "sync_alt", "transcript_alt_lang", "translate", "media_id"),
    *("media_url", "mediafile", "kembed", "language", "user_notes", "index", "type"),
    *("description", "rel", "transcript", "transcript_alt", "vtt_transcript"),
    *("vtt_transcript_alt", "rights", "fmt", "usage", "userestrict", "xmllocation"),
    *("xmlfilename", "collection_link", "series_link"),
)
"""The elements of a record, in the order of the schema."""
MEDIAFILE: Final = (
    *("host", "avalon_target_domain", "host_account_id", "host_player_id", "host_clip_id"),
    "clip_format",
)
POINT: Final = (
    *("time", "title", "title_alt", "partial_transcript", "partial_transcript_alt", "synopsis"),
    *("synopsis_alt", "keywords", "keywords_alt", "subjects", "subjects_alt", "gpspoints"),
    "hyperlinks",
)
INNER: Final = {
    "mediafile": MEDIAFILE,
    "gpspoints": ("gps", "gps_zoom", "gps_text", "gps_text_alt"),
    "hyperlinks": ("hyperlink", "hyperlink_text", "hyperlink_text_alt"),
}
"""The elements inside an element, in order."""

TEXTS: Final = {
    "title": ("title",),
    "collection_name": ("source", "collection"),
    "series_name": ("source", "series"),
    "repository": ("source", "repository"),
    "language": ("language",),
    "rights": ("rights",),
    "usage": ("licence",),
}
"""Elements that are one text of the record, and the keys that lead to it."""
SEGMENTS: Final = {"subjects": "themes", "keywords": "keywords"}
"""Elements of a point that say what the record is about, where its own elements do not."""
LISTS: Final = {"subject": "themes", "keyword": "keywords", "interviewer": "interviewers"}
"""Elements that repeat, and the lists of the record that they are."""
_GPS: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")
UNRESTRICTED: Final = ("", "0", "no", "none", "false", "open", "unrestricted", "n/a")
"""What `userestrict` says where nothing is restricted; anything else restricts the record."""


def is_restricted(userestrict: str) -> bool:
    """Tell whether a record is restricted; what is not understood is taken for a restriction."""
    return userestrict.strip().rstrip(".").casefold() not in UNRESTRICTED


def day_of(dates: list[Any]) -> str:
    """Give the machine's date: an attribute, in old files the text of the element."""
    for one in dates:
        told = [one.get("@value"), one.get("#text")] if isinstance(one, dict) else [one]
        for value in told:
            if isinstance(value, str) and value.strip():
                return value.strip()
    return ""


def date_of(value: str, words: str) -> Any:
    """Give the date of a record, to be read.

    `value` is a full day even where the archive knows less, so the words go first.

    Args:
        value: the machine's date, as 1987-03-04; often empty.
        words: the date in a format that the machine does not know.
    """
    if not words or not value:
        return value or words
    read, day = read_date(words), read_date(value)
    if read.edtf or not day.edtf:
        return words
    return {"text": words, "edtf": day.edtf}


def read_date_of(value: str, words: str) -> DateSpan:
    """Read the date of a record as one that comes in is read."""
    raw = {"title": "-", "account": "-", "date": date_of(value, words)}
    return read_testimony(raw).date


def date_elements(span: DateSpan) -> tuple[str, str]:
    """Give the machine's date and the words for a date: the inverse of `date_of`."""
    day = span.edtf if span.edtf and is_day(span.edtf) else ""
    return day, "" if day and read_date(day) == span else span.text or span.edtf or ""


def segment_names(points: list[dict[str, Any]], element: str) -> list[str]:
    """Give what the points of an index are about, each once."""
    told = [point[element] for point in points if isinstance(point.get(element), str)]
    return [*dict.fromkeys(name for text in told for name in split_names(text))]


def places_of(points: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the places of points that have a name; bare coordinates stay in the index."""
    places = []
    for spot in (spot for point in points for spot in several(point.get("gpspoints"))):
        name = spot.get("gps_text") if isinstance(spot, dict) else None
        if not isinstance(name, str) or not name:
            continue
        place: dict[str, Any] = {"name": name}
        written = _GPS.fullmatch(str(spot.get("gps", "")))
        if written and abs(float(written[1])) <= 90 and abs(float(written[2])) <= 180:
            place |= {"latitude": float(written[1]), "longitude": float(written[2])}
        places.append(place)
    return places


def several(value: Any) -> list[Any]:
    """Give what stands under a name of an element, which may repeat, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def summed_up(index: list[dict[str, Any]]) -> tuple[str, list[Turn]]:
    """Tell an interview by its index, where there is no transcript: title and synopsis of each.

    Returns:
        the text, and a turn with the time of each point.
    """
    text, turns = "", []
    for point in index:
        told = [point.get("title"), point.get("synopsis") or point.get("partial_transcript")]
        said = "\n".join(part for part in told if isinstance(part, str) and part)
        if not said:
            continue
        text += "\n\n" if text else ""
        time = number_of(str(point.get("time", "")))
        turns.append(Turn(len(text), "", float(time)))
        text += said
    return text, turns
