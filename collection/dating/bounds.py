"""The days that a date in EDTF allows, margins included.

The ``edtf`` package is slow to import, ends winter in December and accepts 29 February of any year:
it is asked about rare forms only.
"""

import re
from calendar import monthrange
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Final

LONGEST: Final = 200  # characters; a longer text is kept but not read
_YEAR = "January February March April May June July August September October November December"
MONTHS: Final = tuple(_YEAR.split())
SEASONS: Final = MappingProxyType({"21": "spring", "22": "summer", "23": "autumn", "24": "winter"})

_POINT: Final = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_Extent = tuple[date | None, date | None]


def bounds(edtf: str) -> tuple[str | None, str | None]:
    """Give the first and last day an EDTF string allows, margins included.

    A qualified (``? ~ %``) year reaches one year further each way, a month one month, a day one
    day. A season is three whole months, qualified or not; winter starts in December.

    Args:
        edtf: EDTF of level 0, 1 or 2 within the years 1 to 9999.

    Returns:
        Two days, ``YYYY-MM-DD``; None where the end is open.

    Raises:
        ValueError: It is not EDTF, names a day that does not exist, or runs backwards.
    """
    several = ("," in edtf or ".." in edtf) and len(edtf) <= LONGEST
    if several and edtf[0] + edtf[-1] in ("[]", "{}"):
        members = [member.partition("..") for member in edtf[1:-1].split(",")]
        extents = [_interval(f"{m[0]}/{m[2]}") if m[1] else _point(m[0]) for m in members]
        firsts, lasts = [e[0] for e in extents if e[0]], [e[1] for e in extents if e[1]]
        first = min(firsts) if len(firsts) == len(extents) else None
        last = max(lasts) if len(lasts) == len(extents) else None
    else:
        first, last = _interval(edtf) if "/" in edtf else _point(edtf)
    return first.isoformat() if first else None, last.isoformat() if last else None


def _interval(edtf: str) -> _Extent:
    lower, _, upper = edtf.partition("/")
    if not lower and not upper:
        return _rare(edtf)
    earliest, first = (None if lower in ("", "..") else _point(lower, m)[0] for m in (1, 0))
    latest, last = (None if upper in ("", "..") else _point(upper, m)[1] for m in (1, 0))
    if first and last and first > last:
        raise ValueError(f"The interval {edtf} runs backwards.")
    return earliest, latest


def _point(edtf: str, margin: int = 1) -> _Extent:
    match = _POINT.fullmatch(edtf)
    if match is None or (match[1] and match[3]):
        return _rare(edtf)
    if match[2] == "XXXX":
        return None, None
    low, high = ([int((match[n] or "XX").replace("X", x)) for n in (2, 5, 8)] for x in "09")
    season = match[5] in SEASONS and not match[8]
    if season:
        low[1], high[1] = 3 * (low[1] - 20), 3 * (low[1] - 20) + 2
    first, last = [max(n, 1) for n in low], [high[0], min(high[1], 14 if season else 12), high[2]]
    if 0 in high or first[1] > 12 or first[2] > monthrange(first[0], first[1])[1]:
        raise ValueError(f"The date {edtf} does not exist.")
    year = match[1] or match[3] or (match[6] and match[8])  # a mark qualifies all to its left
    months = 12 * margin if year else margin if (match[4] or match[6]) and not season else 0
    days = margin if not months and (match[7] or match[9]) else 0
    return _day(first, -months, -days), _day(last, months, days)


def _day(parts: list[int], months: int, days: int) -> date:
    """Move a year, month and day, staying in the month and in the years 1 to 9999."""
    year, month = divmod(parts[0] * 12 + parts[1] - 1 + months, 12)
    if not 1 <= year <= 9999:
        return date.min if year < 1 else date.max
    day = date(year, month + 1, min(parts[2], monthrange(year, month + 1)[1])).toordinal() + days
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))


def _rare(edtf: str) -> _Extent:
    """Ask the library, at the price of its import, about significant digits and times of day."""
    if re.fullmatch(r"[0-9]{4}S[1-4]|[0-9-]{10}T[0-9:]{8}(?:Z|[+-][0-9:]{2,5})?", edtf):
        from edtf import parse_edtf

        with suppress(Exception):  # it lets errors of many kinds through
            parsed = parse_edtf(edtf)
            return date(*parsed.lower_fuzzy()[:3]), date(*parsed.upper_fuzzy()[:3])
    raise ValueError(f"'{edtf[:40]}' is not a date in EDTF.")
