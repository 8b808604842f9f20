"""What an OHMS record looks like (XML 6.0), and what of it the record of this program has keys for.

Read and written from one table, so that what comes in goes out. See
https://www.weareavp.com/nunncenter/ohms/ohms.xsd.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any, Final

from collection.dates import DateSpan, read_date
from collection.exchange.timed import with_labels
from collection.reading import read_testimony
from collection.testimony import Turn, is_day

NAMESPACE: Final = "https://www.weareavp.com/nunncenter/ohms"
VERSION: Final = "6.0"
KEPT: Final = "ohms"
"""The key of `extra` for elements that have no key of their own, by their names."""
INDEX: Final = "index"
"""The key of `extra` for the points of the index, as they are."""
FROM: Final = "account from"
"""Below `KEPT`: the element that serves as the account where there is no transcript."""
PLACES: Final = "Places spoken of"
"""Title of the point of the index that holds places which no other point names."""

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
LISTS: Final = {"subject": "themes", "keyword": "keywords", "interviewer": "interviewers"}
"""Elements that repeat, and the lists of the record that they are."""
_WORD: Final = re.compile(r"\S+")
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


def synced(transcript: str, sync: str) -> list[Turn]:
    """Read where in a transcript each minute begins.

    `1:|13(3)|19(14)` says that every stamp stands for one minute more, and that the first is at
    the third word of the thirteenth line; both are counted from 1, and lines end at line feeds.

    Args:
        transcript: the text.
        sync: the stamps.

    Returns:
        turns in order of their offsets, with the speakers that the lines begin with.
    """
    interval, _, stamps = sync.partition(":")
    minutes = _number(interval)
    lines = _Lines(transcript)
    turns: dict[int, Turn] = {}
    for number, stamp in enumerate(stamps.split("|") if minutes else ()):
        line, _, word = stamp.strip().partition("(")
        offset = lines.word(_number(line), _number(word.rstrip(") ")))
        if offset is not None:
            turns.setdefault(offset, Turn(offset, "", float(number * minutes * 60)))
    return with_labels(transcript, [turns[offset] for offset in sorted(turns)])


def _number(text: str) -> int:
    """Read a whole number of a sensible size; 0 if it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


class _Lines:
    """Finds the words of a text by line and number, both from 1."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._words: dict[int, list[int]] = {}

    def word(self, line: int, number: int) -> int | None:
        """Give the offset at which a word begins; the last one where the line has fewer."""
        if not 1 <= line <= len(self._lines):
            return None
        words = self._words.get(line)
        if words is None:
            found = _WORD.finditer(self._lines[line - 1])
            words = self._words[line] = [one.start() for one in found] or [0]
        return self._starts[line - 1] + words[min(max(number, 1), len(words)) - 1]


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
        time = _number(str(point.get("time", "")))
        turns.append(Turn(len(text), "", float(time)))
        text += said
    return text, turns
