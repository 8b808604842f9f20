"""Dates with English names of months, one or several, that share what is named once."""

import re
from types import MappingProxyType
from typing import Final

from collection.dating.bounds import MONTHS
from collection.dating.numbers import iso

MONTH: Final = "|".join(f"{n[:3]}(?:{n[3:]})?" for n in map(str.lower, MONTHS)) + "|sept"
_TOKEN: Final = re.compile(
    r"(?P<y>[0-9]{4})\b|(?P<s>'[0-9]{2}|3[2-9]|[4-9][0-9])\b|(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?\b"
    rf"|(?P<m>{MONTH})(?![a-z0-9])|(?P<and>and\b|[&;])|(?P<or>or\b)|(?P<comma>,)"
    r"|(?P<to>-|(?:to|through|till|until)\b)|(?P<skip>(?:of|the)\b|[ ]|\.(?!\.))"
)
_FIRST_YEAR: Final = 30  # of a year of two figures: those before may be of either century
_NUMBERS: Final = MappingProxyType({name[:3].lower(): n for n, name in enumerate(MONTHS, 1)})
_KINDS: Final = MappingProxyType(
    {"s": "y", "and": "+", "or": "|", "comma": ",", "to": "-", "skip": ""}
)


def dated(words: str) -> tuple[list[str], str]:
    """Read dates with month names, of one precision, that share what is named once.

    The words become a line such as 'd,d+dmy' (14, 16, and 27 March 1939), returned with the dates.
    """
    words = re.sub(r"(?<![0-9/-])([0-9]{2})([0-9]{2})-([0-9]{2})\b(?!-)", _whole_years, words)
    line, numbers, place, kinds = "", [], 0, set()
    while match := _TOKEN.match(words, place):
        kind, found, place = str(match.lastgroup), match[0].strip("'"), match.end()
        line += _KINDS.get(kind, kind)
        kinds.add(kind)
        if kind in "ymsd":
            if kind == "s" and int(found) < _FIRST_YEAR:
                return [], ""
            digits = re.sub("[a-z]+", "", found)
            numbers.append(int(digits) + 1900 * (kind == "s") if digits else _NUMBERS[found[:3]])
    line = re.sub(",*([-+|,]),*", r"\1", line).strip(",")
    line = re.sub("(?<=[dm]),(?=y)|(?<=^y),(?=(?:dm|md|m)(?![dmy]))", "", line)
    line = re.sub("^m,(?=d,?y$)", "m", line)
    unclear = "s" in kinds and ("m" not in kinds or line.find("y") < len(line) - 1)
    month_first = "md" in line
    ordered = re.fullmatch("(?:(?:dmy|mdy|ymd|ydm|dm|md|my|ym|dy|d|m|y)(?:[-,+|](?!$)|$))+", line)
    if place < len(words) or unclear or not ordered or (month_first and "dm" in line):
        return [], ""
    groups = re.split("[-,+|]", line)
    values, month, year = iter(numbers), 0, 0
    parts = [dict(zip(group, values, strict=False)) for group in groups]
    year_first = groups[0] in ("ymd", "ydm", "ym") and not any(g[-1] == "y" for g in groups)
    for part in parts if year_first else reversed(parts):
        year = part.setdefault("y", year)
    for part in parts if month_first else reversed(parts):
        month = part.setdefault("m", month) if "d" in part else part.get("m", month)
    dates = [iso(f"{p['y']:04}", *(str(p[key]) for key in "md" if key in p)) for p in parts]
    known = all(0 not in part.values() for part in parts) and (month_first or "dy" not in groups)
    return (dates, line) if known and len(set(map(len, dates))) == 1 else ([], "")


def _whole_years(match: re.Match[str]) -> str:
    century, first, second = match.groups()
    return f"{century}{first}-{century}{second}" if second > max(first, "12") else match[0]
