"""Dates in figures: dotted, slashed, dashed and joined ones, and months as Roman numerals.

Dotted dates begin with the day. Slashed or dashed ones have no known order unless one part can be
no month, and then both orders are given.
"""

import re
from typing import Final

from collection.dating.bounds import MONTHS, bounds

_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LONG: Final = "VIII|VII|III|XII|II|IV|VI|IX|XI"
_ANY: Final = f"{_LONG}|I|V|X"
_ROMANS: Final = (  # a lone I, V or X without a dot or a day may be something else
    re.compile(rf"(?<![\w.])()({_ANY})(?=\.? ?[-/] ?(?:{_ANY})(?:\. ?|[ /])[0-9]{{4}}(?!\w))\.?"),
    re.compile(
        rf"(?<![\w.])([0-9]{{1,2}})(?:\. ?|[ /-])({_ANY})(?![\w'])"
        r"(?:[./-](?=[0-9]{4}|[0-9]{2}$))?"
    ),
    re.compile(
        rf"(?<!\w)([0-9]{{4}})(?:\. ?|[ /-])({_ANY})(?:\. ?|[ /-])(?=[0-9]{{1,2}}(?![0-9]))"
    ),
    re.compile(rf"(?<!\w)([0-9]{{4}})(?:\. ?|[ /-])({_LONG})(?![\w'])(?!\.? ?[0-9]{{4}})"),
    re.compile(rf"(?<![\w.])()({_ANY})\. ?(?=[0-9]{{4}}(?!\w))"),
    re.compile(rf"(?<![\w.])()({_LONG})[ /-](?=[0-9]{{4}}(?!\w))"),
    re.compile(  # the second of two with a year each
        rf"(?:(?<=[0-9] [-/] )|(?<=[0-9][-/]))()({_ANY})(?:\. ?|[ /])(?=[0-9]{{4}}(?!\w))"
    ),
    re.compile(r"^()(I|V|X) (?=[0-9]{4} ?(?:r\.|roku)$)"),  # as in Polish
)
_SMALL_ROMAN: Final = re.compile(r"([0-9]{1,2})\. ?([ivx]{1,4})\. ?([0-9]{4})")
_OPEN_YEARS: Final = frozenset(f"{year:02}" for year in range(30))
_FULL: Final = re.compile(
    r"(?<![0-9.])([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})(?![0-9])"
)
_YEAR_FIRST: Final = re.compile(
    r"(?<![0-9.])([0-9]{4})\. ?([0-9]{1,2})\. ?([0-9]{1,2})\.?(?![0-9])"
)
_PART: Final = re.compile(
    r"(?<![0-9.])([0-9]{1,2})\. ?([0-9]{1,2})(?:\.(?! ?[0-9])|(?= ?- ?[0-9]{1,2}\.))"
)
_NUMERIC: Final = (
    re.compile(r"(?P<y>[0-9]{4})([/-]|\. ?| )(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})\.?"),
    re.compile(r"(?P<d>[0-9]{1,2})\. ?(?P<m>[0-9]{1,2})(?:\. ?| (?=....))(?P<y>(?:[0-9]{2}){1,2})"),
    re.compile(r"(?P<d>)(?P<m>0?[1-9]|1[0-2])(?:[./-]|\. )(?P<y>[0-9]{4})"),
    re.compile(r"(?P<y>1[6-9][0-9]{2}|20[0-9]{2})(?P<m>[01][0-9])(?P<d>[0-3][0-9])"),
    re.compile(
        r"(?P<y>[0-9]{4}) ?[年년](?: ?(?P<m>[0-9]{1,2}) ?[月월](?: ?(?P<d>[0-9]{1,2}) ?[日일])?)?"
    ),
)
_SLASHED: Final = re.compile(r"([0-9]{1,2})( ?[/-] ?| )([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_OTHER_CALENDAR: Final = re.compile(  # as in Iran, where 1322/5/14 was in 1943
    r"1[34][0-9]{2} ?/ ?[0-9]{1,2} ?/ ?[0-9]{1,2}|[0-9]{1,2} ?/ ?[0-9]{1,2} ?/ ?1[34][0-9]{2}"
)
_ZEROS: Final = (  # a part that is nought is not known
    re.compile(r"(?P<y>[0-9]{4})([./-])(?:00?|(?P<m>0?[1-9]|1[0-2]))\2(?P<d>00?)"),
    re.compile(r"(?P<d>00?)([./-])(?:00?|(?P<m>0?[1-9]|1[0-2]))\2(?P<y>[0-9]{4})"),
)


def spelt(words: str) -> str:
    """Name the months that are Roman numerals, and those of dotted dates beside other words."""
    if "I" in words or "V" in words or "X" in words:
        for pattern in _ROMANS:
            words = pattern.sub(lambda m: f"{m[1]} {MONTHS[_ROMAN.index(m[2])]} ".lstrip(), words)
    if "." not in words:
        return words
    if (match := _SMALL_ROMAN.fullmatch(words)) and match[2] != "x":
        with_name = [name for name in _ROMAN if name == match[2].upper()]
        return f"{match[1]}.{_ROMAN.index(with_name[0]) + 1}.{match[3]}" if with_name else words
    if any(pattern.fullmatch(words) for pattern in _NUMERIC):
        return words
    words = _YEAR_FIRST.sub(lambda m: f"{m[1]} {_month(m[2])} {m[3]} ", words)
    words = _FULL.sub(lambda m: f"{m[1]} {_month(m[2])} {iso(m[3])}", words)
    return _PART.sub(lambda m: f"{m[1]} {_month(m[2])}", words).strip()


def numeric(words: str) -> str | None:
    """Read a date, or years, in figures."""
    if _OTHER_CALENDAR.fullmatch(words):
        return None
    for pattern in _ZEROS:
        if (match := pattern.fullmatch(words)) and match["y"] != "0000":
            return iso(match["y"], match["m"])
    for pattern in _NUMERIC:
        if match := pattern.fullmatch(words):
            return iso(match["y"], match["m"], match["d"])
    if match := re.fullmatch("([0-9]{2})([0-9]{2}) ?[/-] ?([0-9]{2})", words):
        years = f"{match[1]}{match[2]}/{match[1]}{match[3]}"
        return years if match[3] > max(match[2], "12") else None
    days = sorted(set(filter(None, slashed(words))))
    return f"[{','.join(days)}]" if len(days) > 1 else "".join(days) or None


def slashed(words: str) -> tuple[str, str]:
    """Read a slashed or dashed date month first, and day first; '' where that is no date."""
    match = _SLASHED.fullmatch(words)
    if match is None:
        return "", ""
    orders = (match[1], match[3]), (match[3], match[1])
    first, second = (iso(match[4], m, d) if int(m) <= 12 else "" for m, d in orders)
    return first, second


def slashed_range(start: str, end: str) -> str | None:
    """Read two slashed dates of one hand: the same order holds for both."""
    pairs = {pair for pair in zip(slashed(start), slashed(end), strict=True) if all(pair)}
    known = sorted((a, b) for a, b in pairs if a <= b and _exists(a) and _exists(b))
    if len(known) == 1:
        return "/".join(known[0])
    return f"[{','.join(map('..'.join, known))}]" if known else None


def iso(year: str, *rest: str | None) -> str:
    """Join the parts of a date; a year of two figures is of the twentieth century.

    Raises:
        ValueError: It has two figures and may be of either century, as in 24.02.22.
    """
    if len(year) == 2 and year in _OPEN_YEARS:
        raise ValueError(f"The century of {year} is open.")
    return "-".join([f"19{year}"[-4:], *(part.zfill(2) for part in rest if part)])


def _exists(day: str) -> bool:
    try:
        return bounds(day) is not None
    except ValueError:
        return False


def _month(number: str) -> str:
    if not 1 <= int(number) <= 12:
        raise ValueError(f"There is no month {number}.")
    return MONTHS[int(number) - 1].lower()
