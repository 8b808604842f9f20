"""Reads the first lines of an article: title, date, author, publisher and address, in any order."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.boxes import QUOTED
from collection.articles.document import ASIDE, BODY, HEADING, Head, Paragraph, head_of
from collection.articles.nouns import is_first_name
from collection.articles.sentences import sentences
from collection.articles.words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOOKED_AT: Final = 12
"""Paragraphs among which the head ends."""
_FOOT: Final = 4
_NAMES: Final = 3
"""Words of a line that is an author's name."""
_SHORT: Final = 10
_LONGEST: Final = 200
"""Characters of a line of the head, whatever it holds."""
_URL: Final = re.compile(r"<?(https?://[^\s<>]+)>?")
_YEAR: Final = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_DAY: Final = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:[T ]\d\d:\d\d\S*)?|\d\d?\.\s?(?:\d\d?\.|\w+)\s?\d{4}|\d\d?/\d\d?/\d{4}"
    r"|\d\d?(?:st|nd|rd|th|er)?(?: de)? [^\W\d_]+\.?(?: de)? \d{4}(?: года| року| г\.| р\.)?"
    r"|[^\W\d_]+\.? \d\d?(?:st|nd|rd|th)?,? \d{4}|[^\W\d_]+ \d{4}|\d{4}"
)
_PARTS: Final = re.compile(r"\s*[|·•‧]\s*|\s+[–—-]\s+|,\s+|(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_]|\d)")
_SENTENCE: Final = re.compile(r"[.!…:;,]$")
_FULL_DAY: Final = re.compile(r"\d\D+\d{4}|\d{4}-\d|[^\W\d_] \d\d?(?:st|nd|rd|th)?,? \d{4}")
_DATELINE: Final = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý .'’-]{2,40}[,(][^.—]{0,60}")
"""How a report begins that says where and when: `KUKES, Albania (May 20, 1999)`."""
_WEEKDAY: Final = re.compile(
    r"(?i)(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so"
)
_AGED: Final = re.compile(r"[^\W\d_][^,.]{1,40}, \d\d(?:,|$)")
_FEW_WORDS: Final = 6
_TITLE_WORDS: Final = 30
_FILE: Final = re.compile(
    r"^(?P<name>.*?)[-_. ]*(?P<day>\d{4}(?:[-_.]\d\d(?:[-_.]\d\d)?)?)[-_. ]*(?P<rest>.*)$"
)


class _Line(msgspec.Struct):
    """What a line of the head says, and what of it is no head."""

    field: str
    value: str
    rest: str = ""


def read_head(paragraphs: Sequence[Paragraph], head: Head) -> tuple[Head, list[Paragraph]]:
    """Read the head of an article.

    Args:
        paragraphs: those of the article.
        head: what is known of it already, which counts more.

    Returns:
        the head; and the paragraphs, those of the head marked as aside.
    """
    said = {field: getattr(head, field) for field in ("title", *_LABELS, "language")}
    placed: list[Paragraph] = []
    body = 0
    for number, one in enumerate(paragraphs):
        if number >= _LOOKED_AT or body > 1:
            placed += paragraphs[number:]
            break
        lines = _taken_apart(one, said, first=not body and not said["title"])
        if lines and number == 1 and not said["title"] and _may_be_title(placed[0]):
            # A title in quotation marks, since a line of the head follows it.
            said["title"] = paragraphs[0].text
            placed[0] = msgspec.structs.replace(paragraphs[0], kind=ASIDE)
        for line in lines:
            if line.field and line.value and not said.get(line.field):
                said[line.field] = line.value
        if not lines:
            placed.append(one)
            body += one.kind not in (ASIDE, HEADING) and not _is_short(one.text)
            continue
        rest = lines[-1].rest
        read = one.text[: len(one.text) - len(rest)].rstrip() if rest else one.text
        placed.append(msgspec.structs.replace(one, text=read, kind=ASIDE))
        if rest:
            placed.append(msgspec.structs.replace(one, text=rest, kind=BODY))
            body += 1
    if not said["author"]:
        _read_bare_author(placed, said)
    own = {said["title"], said["author"]} - {""}
    placed = [
        msgspec.structs.replace(one, kind=ASIDE) if one.text in own and one.kind == HEADING else one
        for one in placed
    ]
    _read_foot(placed, said)
    if not said["date"]:
        _read_dateline(placed, said)
    return msgspec.structs.replace(head_of(said), guessed=head.guessed), placed


def _read_bare_author(placed: list[Paragraph], said: dict[str, str]) -> None:
    """Read a line of nothing but a name, directly above one that says where and when."""
    for place, (one, following) in enumerate(pairwise(placed[:_FOOT])):
        parts = one.text.split()
        named = 1 < len(parts) <= _NAMES and all(part[:1].isupper() for part in parts)
        below = following.kind == ASIDE and (said["date"] or "?") in following.text
        if named and below and one.kind in (BODY, HEADING) and is_first_name(parts[0]):
            said["author"] = one.text
            placed[place] = msgspec.structs.replace(one, kind=ASIDE)
            return


def _read_foot(placed: list[Paragraph], said: dict[str, str]) -> None:
    """Read the lines below an article that say when, where or by whom it was published."""
    for place in range(len(placed) - 1, max(len(placed) - 1 - _FOOT, 0), -1):
        one = placed[place]
        if one.kind not in (BODY, HEADING) or len(one.text) > _LONGEST // 2:
            continue
        lines = _taken_apart(one, {**said, "title": "?"}, first=False)
        if not lines or lines[-1].rest:
            continue
        for line in lines:
            if line.value and not said.get(line.field):
                said[line.field] = line.value
        placed[place] = msgspec.structs.replace(one, kind=ASIDE)


def _read_dateline(placed: list[Paragraph], said: dict[str, str]) -> None:
    """Read the day that the first line of a report begins with."""
    for one in placed[:_LOOKED_AT]:
        if (line := _DATELINE.match(one.text)) is not None:
            days = [day[0] for day in _DAY.finditer(line[0]) if _FULL_DAY.search(day[0])]
            if days and _is_date(days[0]):
                said["date"] = days[0]
            return


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT and not _SENTENCE.search(text.rstrip('”“»"'))


def _may_be_title(one: Paragraph) -> bool:
    return one.kind in (BODY, HEADING) and len(one.text.split()) <= _TITLE_WORDS // 2


_LABELS: Final = {"date": "dated", "publisher": "from", "url": "at", "author": "by"}
"""The fields of a head, and the kind of the words that they are labelled with."""


def _taken_apart(one: Paragraph, said: dict[str, str], *, first: bool) -> list[_Line]:
    """Read one paragraph as a line of the head; nothing where it is none."""
    text = one.text
    if labelled := _labelled(text):
        return labelled
    if len(text) > _LONGEST or one.kind not in (BODY, HEADING):
        return []
    if found := _URL.fullmatch(text):
        return [_Line("url", found[1])]
    quoted = QUOTED.search(text[:1]) is not None
    if not quoted and (several := _several(text, titled=bool(said["title"]) or not first)):
        return several
    if first and _is_title(one):
        return [_Line("title", text)]
    return []


def _labelled(text: str) -> list[_Line]:
    """Read a line that begins with what it says: `Published: 3 May 2021`, `By Jo, The Post`."""
    found = _label().match(text)
    if found is None:
        return []
    field, colon, value = _field_of(found[1]), bool(found[2]), text[found.end() :]
    if field == "date":
        day = _DAY.match(value)
        if day is None or not (_YEAR.search(day[0]) or colon):
            return []
        rest = value[day.end() :]
        # The body may follow on the same line.
        body = rest.lstrip(" \t,;.|–—-")
        if (
            body
            and len(body.split()) <= _FEW_WORDS
            and body[:1].isupper()
            and body[-1] not in ".!?"
        ):
            return [_Line("date", day[0]), _Line("publisher", body)]
        return [_Line("date", day[0], body if len(body.split()) > _FEW_WORDS else "")]
    if len(text) > _LONGEST:
        return []
    value = value.strip()
    if field == "url":
        address = _URL.match(value)
        return [_Line("url", address[1])] if address else []
    if field == "author":
        if not _is_name(value):
            return []
        named, *others = _PARTS.split(value)
        named = named.split(" in ")[0]
        lines = [_Line("author", named)]
        for one in others:
            day = _DAY.fullmatch(one.strip())
            if day and _YEAR.search(one):
                lines.append(_Line("date", one.strip()))
            else:
                lines += _labelled(one) or [_Line("publisher", one.strip())]
        return lines
    return [_Line(field, value)] if colon else []


def is_labelled(text: str) -> bool:
    """Tell a line that begins with what it says of the article: `Published 3 May 2021`."""
    return bool(_labelled(text)) and not re.match(r"(?i)\s*(?:by|von|par|por)\s", text)


def _several(text: str, *, titled: bool) -> list[_Line]:
    """Read a line of several things, one of them a date: `Jo Tanner, The Post, 3 May 2021`."""
    sentence = text.rstrip().endswith(".") and len(text.split()) > _SHORT // 2
    if not _YEAR.search(text) or len(text) > _LONGEST // 2 or sentence:
        return []
    days = [m for m in _DAY.finditer(text) if _YEAR.search(m[0])]
    if len(days) != 1 or not _is_date(days[0][0]):
        return []
    day = days[0]
    left = _without_clock(text[: day.start()]), _without_clock(text[day.end() :])
    others = [part for side in left for part in _PARTS.split(side) if part.strip(" ,.|–—-:")]
    if any(len(part.split()) > 6 or _SENTENCE.search(part) for part in others) or len(others) > 3:
        return []
    if others and not titled and not _FULL_DAY.search(day[0]):
        return []  # a title may well have a year in it
    found = [_Line("date", day[0])]
    for part in others:
        if _WEEKDAY.fullmatch(part.strip(" ,.")):
            continue
        found += _labelled(part.strip()) or [_Line("publisher", part.strip(" ,.|–—-"))]
    return found


def _without_clock(text: str) -> str:
    return re.sub(
        r"(?i)\b(?:at |um )?\d\d?[:.h]\d\d(?: ?[ap]m)?(?: ?(?:uhr|gmt|utc|cet|bst|est))?\b",
        "",
        text,
    )


def _is_title(one: Paragraph) -> bool:
    """Tell a first line that is the title: short, and ending like no sentence of a report."""
    text = one.text
    if len(text.split()) > _TITLE_WORDS or _SENTENCE.search(text):
        return False
    if _AGED.match(text):
        return False  # whose words follow
    if one.kind == HEADING:
        return True
    if len(sentences(text)) > 1 and QUOTED.search(text):
        return False
    if text[-1:] == "?" and len(text.split()) > _TITLE_WORDS // 3:
        return False
    # What ends with a mark of quotation is a title where the marks do not hold all of it.
    return text[-1:] not in '”“»"' or text[:1] not in '“„«»"'


def _is_name(value: str) -> bool:
    """Tell whether a line names one author or a few."""
    if _SENTENCE.search(value.rstrip(".")) or len(value.split()) > 14:
        return False
    first = re.match(r"(?:[^,|·•–—.-]|(?<!\w\w)\.|(?<=\w)-)*", value)
    words = first[0].split() if first else []
    small = ("and", "und", "et", "y", "и", "i", "та", "de", "von", "van", "der", "la", "for", "in")
    return bool(words) and all(w[:1].isupper() or w in small for w in words)


def _is_date(text: str) -> bool:
    from collection.dates import read_date  # slow to import

    return read_date(text).edtf is not None


def _field_of(label: str) -> str:
    plain = label.casefold()
    for field, kind in (*_LABELS.items(), ("title", "titled")):
        if any(plain in words_of(language).phrases.get(kind, ()) for language in LANGUAGES):
            return field
    return ""


@cache
def _label() -> re.Pattern[str]:
    labels = {
        label
        for language in LANGUAGES
        for kind in (*_LABELS.values(), "titled")
        for label in words_of(language).phrases.get(kind, ())
    }
    listed = "|".join(sorted(map(re.escape, labels), key=len, reverse=True))
    return re.compile(rf"\s*(?:[*_#>]+\s*)?({listed})(?:\s*([:：])|(?=\s))\s*", re.IGNORECASE)


def from_file_name(stem: str, head: Head) -> Head:
    """Fill in the date and the publisher from the name of a file where the article has none.

    Args:
        stem: the name without its suffix, such as `opendemocracy-2022-09-27`.
        head: what the article says itself.
    """
    found = _FILE.match(stem[:_LONGEST])
    if found is None:
        return head
    guessed = {}
    day = re.sub("[_.]", "-", found["day"])
    if not head.date and _YEAR.match(day) and _is_date(day):
        guessed["date"] = day
    name = found["name"]
    if not head.publisher and name and not found["rest"] and name.replace(" ", "").isalpha():
        guessed["publisher"] = name
    return msgspec.structs.replace(head, guessed=tuple(guessed), **guessed)
