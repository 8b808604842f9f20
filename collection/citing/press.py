"""The article that a testimony was taken from, as the words of its source name it.

An article is named by its title in quotation marks, with its author before and what printed it
and the day behind: `Ada Reporter, “On leaving”, The Harbour Post, 3 May 2022`.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from collection.citing.names import Person, person
from collection.dates import DateSpan, read_date

_OPENED: Final = re.compile(r"(?:^|[,.:] )[“\"]")
_AUTHORS: Final = re.compile(r"\s*;\s*|,? (?:and|und|et) | & ")
_MONTH_DAY: Final = re.compile(r"[^\W\d_]+\.? \d{1,2}(?:st|nd|rd|th)?")
_PARTS: Final = re.compile(r",|(?<!\d)\.(?= [A-Z\d])")
"""A comma, or a full stop that is not that of a day: `9. November`."""
_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_KEPT: Final = re.compile(
    r"\b(?:archi[vw]\w*|архив\w*|museum\w*|musée|librar\w*|collections?|fonds?|box|folder"
    r"|file|inv|sygn|bestand|interview\w*|transcript\w*|tape)\b",
    re.IGNORECASE,
)
"""Words of what is kept somewhere, and was not printed in a paper."""
_LONGEST: Final = 2000


class Article(msgspec.Struct, frozen=True):
    """What somebody wrote and a newspaper, a magazine or a site printed."""

    title: str
    """In the marks it has within itself, without those around it."""
    authors: tuple[Person, ...] = ()
    container: str = ""
    """The newspaper, the magazine or the site; empty where it is not known."""
    date: DateSpan = DateSpan()
    """The day it was printed."""


def article(citation: str, language: str = "", *, linked: bool = False) -> Article | None:
    """Read the source of a testimony as an article.

    Args:
        citation: the words of the source, on one line.
        language: of the account, which tells the order of names.
        linked: whether the source has an address.

    Returns:
        None where it names no title in quotation marks, or is not one of something printed.
    """
    if len(citation) > _LONGEST or (opened := _OPENED.search(citation)) is None:
        return None
    begin = opened.end()
    end = _closed(citation, begin)
    rest = citation[end + 1 :]
    if end < 0 or not (not rest or rest[0] in ",. "):
        return None
    container, date = _container(rest.strip(" ,."))
    if not (linked or date.edtf) or _KEPT.search(container):
        return None
    who = citation[: opened.start()].strip(" ,.:")
    if all(" " in one.strip() for one in who.split(",")):
        who = who.replace(",", ";")
    return Article(
        title=citation[begin:end].strip().rstrip(",."),
        authors=tuple(person(one, language) for one in _AUTHORS.split(who) if one.strip(" ;")),
        container=container,
        date=date,
    )


def _closed(citation: str, begin: int) -> int:
    """Find the mark that closes the title; -1 if there is none."""
    if citation[begin - 1] == '"':
        return citation.find('"', begin)
    depth = 1
    for at in range(begin, len(citation)):
        depth += {"“": 1, "”": -1}.get(citation[at], 0)
        if not depth:
            return at
    return -1


def _container(rest: str) -> tuple[str, DateSpan]:
    """Part what printed it from the day."""
    parts = [part.strip() for part in _PARTS.split(rest) if part.strip()]
    for many in (2, 1):
        last = ", ".join(parts[-many:])
        if len(parts) < many or not _YEAR.search(last):
            continue
        if many == 2 and not (_MONTH_DAY.fullmatch(parts[-2]) and len(parts[-1]) == 4):
            continue
        if (date := read_date(last)).edtf:
            return ", ".join(parts[:-many]), date
    return ", ".join(parts), DateSpan()
