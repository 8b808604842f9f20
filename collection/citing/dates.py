"""Dates in citations: as precise as they are known, and no more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.citing.lines import one_line
from collection.dating.bounds import MONTHS, SEASONS

if TYPE_CHECKING:
    from collection.dates import DateSpan

UNDATED: Final = "n.d."
"""What Chicago and MLA write where nothing is known."""
_POINT: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_DECADE: Final = re.compile(r"([0-9]{3})X([?~%]?)")
_SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec."  # MLA 9, appendix 1
_SHORT_MONTHS: Final = tuple(_SHORT.split())
_SEASON_NUMBERS: Final = {"21": 1, "22": 2, "23": 3, "24": 4}
"""The season codes of EDTF as CSL counts them."""


class Point(msgspec.Struct, frozen=True):
    """A year, month, day or season."""

    year: int
    month: int = 0
    """1 to 12; 0 where it is not known."""
    day: int = 0
    season: str = ""
    """A code of EDTF, 21 to 24."""
    mark: str = ""
    """`?` uncertain, `~` approximate, `%` both."""


def points(edtf: str | None) -> tuple[Point, ...]:
    """Take a reading apart: one point, or the two ends of a closed range.

    Returns:
        nothing where the reading says more, or less, than points can: a decade, a set of days,
        an open end. Then the words of the date must serve.
    """
    ends = (edtf or "").split("/")
    found = [_point(end) for end in ends]
    return tuple(point for point in found if point) if all(found) and len(found) < 3 else ()


def _point(edtf: str) -> Point | None:
    match = _POINT.fullmatch(edtf)
    if match is None:
        return None
    year, month, day, mark = int(match[1]), match[2] or "00", int(match[3] or 0), match[4]
    if month in SEASONS:
        return Point(year, season=month, mark=mark) if not day else None
    return Point(year, int(month), day, mark=mark) if int(month) <= 12 else None


def said(span: DateSpan, *, american: bool = True) -> str:
    """Write a date for people.

    Args:
        span: the date; where its reading has no plain form, its own words are given.
        american: `June 18, 1945` as in Chicago; otherwise `18 June 1945` with the short months
            of MLA.

    Returns:
        `ca. 1943`, `1944?`, `summer 1944?`, `May 1944–March 1945`; `n.d.` where there is none.
    """
    words = one_line(span.text)
    if decade := _DECADE.fullmatch(span.edtf or ""):
        return _marked(f"{decade[1]}0s", decade[2])
    found = points(span.edtf)
    if len(found) > 1 and any(point.mark for point in found):
        # The marks stand at the ends only, where the words spoke of the whole.
        return words or one_line(span.edtf or "") or UNDATED
    told = [_said(point, american=american) for point in found]
    return "–".join(told) or words or one_line(span.edtf or "") or UNDATED


def _said(point: Point, *, american: bool) -> str:
    year = f"{point.year:04}"
    if point.season:
        following = f"–{(point.year + 1) % 100:02}" if point.season == "24" else ""
        return _marked(f"{SEASONS[point.season]} {year}{following}", point.mark)
    if not point.month:
        return _marked(year, point.mark)
    month = (MONTHS if american else _SHORT_MONTHS)[point.month - 1]
    if not point.day:
        return _marked(f"{month} {year}", point.mark)
    day = f"{month} {point.day}, {year}" if american else f"{point.day} {month} {year}"
    return _marked(day, point.mark)


def _marked(text: str, mark: str) -> str:
    about = "ca. " if mark in ("~", "%") else ""
    return f"{about}{text}{'?' if mark in ('?', '%') else ''}"


def csl_date(span: DateSpan) -> dict[str, Any] | None:
    """Write a date for CSL-JSON (schema 1.0.2): parts as far as they are known, or the words.

    Returns:
        the value of `issued`; None where nothing is known.
    """
    found = points(span.edtf)
    if not found or (len(found) == 2 and any(point.season for point in found)):
        literal = said(span)
        return None if literal == UNDATED else {"literal": literal}
    date: dict[str, Any] = {"date-parts": [_parts(point) for point in found]}
    if found[0].season:
        date["season"] = _SEASON_NUMBERS[found[0].season]
    if any(point.mark for point in found):
        # CSL knows one word for uncertain and approximate.
        date["circa"] = True
    return date


def _parts(point: Point) -> list[int]:
    return [part for part in (point.year, point.month, point.day) if part]


def single_year(span: DateSpan) -> int | None:
    """Give the year if the date lies in one that is stated; of a range or a decade none."""
    found = points(span.edtf)
    years = {point.year for point in found}
    across = any(point.season == "24" for point in found)
    return years.pop() if len(years) == 1 and not across else None
