"""Seasons, and the beginnings, middles, ends and halves of months, seasons, years and decades.

What has vague ends is an interval whose inner end is approximate (~). The parts of a season are
its first or last two months.
"""

import re
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

_THIRDS: Final = MappingProxyType(  # shape of a date: the ends of its early, mid and late parts
    {"999X": "0 3 4 6 7 9", "9999": "-01 -04 -05 -08 -09 -12", "9999-99": "-01 -10 -11 -20 -21 "}
)
_HALVES: Final = MappingProxyType(
    {"999X": "0 4 5 9", "9999": "-01 -06 -07 -12", "9999-99": "-01 -15 -16 "}
)
_SEASON_CODES: Final = MappingProxyType({"spring": 21, "summer": 22, "autumn": 23, "fall": 23})
SEASON: Final = "spring|summer|autumn|fall|winter"
_EARLY: Final = "(?:the )?(?:early part of|(?:beginning|start)(?: of)?)|early"
_MID: Final = "mid|(?:the )?middle of"
_LATE: Final = "(?:the )?(?:lat(?:e|er|ter) part of|end(?: of)?)|late"
_SEASON: Final = re.compile(
    rf"(?:(?:({_EARLY})|({_MID})|({_LATE}))(?: ?- ?| in | )(?:the )?)?({SEASON})(?: of)?,? "
    r"([0-9]{4})(?: ?[/-] ?([0-9]{4}|[0-9]{2}))?"
)
_YEAR_SEASON: Final = re.compile(
    r"([0-9]{4}(?: ?[/-] ?(?:[0-9]{4}|[0-9]{2}))?),? "
    rf"((?:(?:early|mid|late)[ -])?(?:{SEASON})(?:[/-](?:{SEASON}))?)"
)
_SEASONS: Final = re.compile(
    rf"({SEASON})(?: ?(?:(or)|(and|&)|[/-]|to|through) ?)({SEASON})(?: of)?,? ([0-9]{{4}})"
)
_PART: Final = re.compile(
    rf"(?:({_EARLY})|({_MID})|(?:{_LATE}))(?: ?- ?| in | )(?:the )?(?:year )?(.+)"
)
_PARTS: Final = re.compile(
    rf"(?:({_EARLY})|{_MID})(?: ?[-/] ?|[- ]to[- ]| or )(?:({_MID})|{_LATE})"
    r"(?: ?- ?| in | )(?:the )?(.+)"
)
_HALF: Final = re.compile(
    r"(?:the )?(?:(first|1st)|second|2nd|latter) half of (?:the )?(?:year )?(.+)"
)


def season(words: str) -> str | None:
    """Read a season of a year, or two of one year."""
    if match := _SEASON.fullmatch(words):
        return _season(match)
    if match := _YEAR_SEASON.fullmatch(words):
        return season(f"{match[2]} {match[1]}")
    if match := _SEASONS.fullmatch(words):
        return _two_seasons(*match.groups())
    return None


def part(words: str, read: Callable[[str], str | None]) -> str | None:
    """Read the beginning, middle, end or half of a month, a year or a decade."""
    if match := _PARTS.fullmatch(words):
        tails, first, last = _THIRDS, 0 if match[1] else 2, 3 if match[2] else 5
        inner = last == 3
        marks = "~" * (first > 0), "~" * inner
    elif match := _HALF.fullmatch(words):
        tails, first = _HALVES, 0 if match[1] else 2
        last, marks = first + 1, ("", "")
    elif match := _PART.fullmatch(words):
        tails, first = _THIRDS, 0 if match[1] else 2 if match[2] else 4
        last, marks = first + 1, ("~" * (first > 0), "~" * (first < 4))  # inner ends are vague
    else:
        return None
    whole = read(match[match.lastindex or 0]) or ""
    ends = tails.get(re.sub("[0-9]", "9", whole), "").split(" ")
    if len(ends) <= last:
        return None
    if tails is _HALVES and whole[4:5] == "-":  # of a month: to a day, that would be too much
        marks = ("~" * (first > 0), "~" * (first == 0))
    start, end = (whole.rstrip("X") + ends[n] for n in (first, last))
    return f"{start}{marks[0]}/{end}{marks[1]}"


def _season(match: re.Match[str]) -> str | None:
    early, mid, late, name, year, second = match.groups()
    if name != "winter":
        code = _SEASON_CODES[name]
        if second or not (early or late):
            return None if second else f"{year}-{code}"
        month = 3 * (code - 20) + bool(late)
        return f"{year}-{month:02}/{year}-{month + 1:02}"
    following = f"{int(year) + 1:04}"
    if second or early or mid or late:
        return (
            f"{year}-24" if second and not (early or late) and following.endswith(second) else None
        )
    return f"[{int(year) - 1:04}-12..{year}-02,{year}-12..{following}-02]"  # either of two winters


def _two_seasons(first: str, either: str, both: str, second: str, year: str) -> str | None:
    if (first, second) == ("winter", "spring") and not (either or both):
        return f"{int(year) - 1:04}-24/{year}-21"
    codes = [_SEASON_CODES.get(name, 24) for name in (first, second)]
    if codes[0] >= codes[1] or (codes[1] == 24 and (either or both)):
        return None
    one, other = (f"{year}-{code}" for code in codes)
    if either:
        return f"[{one},{other}]"
    return f"{{{one},{other}}}" if both else f"{one}/{other}"
