"""Uncertain dates: the words as given, what they were read as, and the days they span.

Readings are EDTF (ISO 8601-2). A wrong one does more harm than none, so words that are impossible,
contradictory, or open to two readings EDTF cannot hold are left unread. The ``edtf`` package is
slow to import, ends winter in December and accepts 29 February of any year: it reads rare forms.
"""

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date
from itertools import accumulate
from types import MappingProxyType
from typing import Final

import msgspec

LONGEST: Final = 200  # characters; a longer text is kept but not read
WIDTH: Final = 12  # cells that `short` may fill
_YEAR = "January February March April May June July August September October November December"
MONTHS: Final = tuple(_YEAR.split())
_SEASONS: Final = MappingProxyType({"21": "spring", "22": "summer", "23": "autumn", "24": "winter"})
_THIRDS: Final = MappingProxyType(  # shape of a date: the ends of its early, mid and late parts
    {"999X": "0 3 4 6 7 9", "9999": "-01 -04 -05 -08 -09 -12", "9999-99": "-01 -10 -11 -20 -21 "}
)
_CLEANED: Final = MappingProxyType(str.maketrans("‐‑‒–—―−’", "-------'"))

_POINT: Final = re.compile(
    r"([?~%]?)([0-9X]{4})([?~%]?)"
    r"(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?"
)
_PLAIN: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_SEASON_CODE: Final = re.compile(r"([0-9]{4})-(2[1-4])(?![0-9-])")
_DECADE_CODE: Final = re.compile(r"([0-9]{3})X(?![0-9X-])")
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_ROMAN_DATE: Final = re.compile(  # 'X 1945' may be an unknown month; a dot makes it October
    r"(?<![\w.])(?:([0-9]{1,2})(?:\. ?| )(?=[IVX]+[. ])|(?=[IVX]+\.))"
    rf"({'|'.join(_ROMAN)})(?:\. ?| )([0-9]{{4}})(?!\w)"
)
_NUMERIC: Final = (
    re.compile(r"(?P<y>[0-9]{4})([/-]|\. ?)(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<d>[0-9]{1,2})\. ?(?P<m>[0-9]{1,2})(?:\. ?| (?=....))(?P<y>(?:[0-9]{2}){1,2})"),
    re.compile(r"(?P<d>)(?P<m>0?[1-9]|1[0-2])(?:[./-]|\. )(?P<y>[0-9]{4})"),
)
_SEASON: Final = re.compile(
    r"(spring|summer|autumn|fall|winter)(?: of)?,? ([0-9]{4})(?: ?[/-] ?([0-9]{4}|[0-9]{2}))?"
)
_PART: Final = re.compile(
    r"(?:(early|beginning of|start of)|(mid|middle of)|late|end of)(?: ?- ?| in | )(?:the )?(.+)"
)
_ASIDES: Final = (  # words around a date, and the mark they amount to
    (re.compile(r"(?:(?:in|on|during|at)(?: the)?|the) (.+)"), ""),
    (re.compile(r"(?:(?:circa|about|around|approx[a-z]*|abt|ca?)\b\.?|ca?(?=[0-9]))(.+)"), "~"),
    (re.compile(r"(.+?),? ?(?:~|\b(?:approx[a-z]*|circa))"), "~"),
    (re.compile(r"(?:probably|possibly|perhaps|maybe) (.+)"), "?"),
    (re.compile(r"(.+?),? ?(?:\?+|\b(?:probably|possibly|uncertain))"), "?"),
)
_MONTH: Final = "|".join(f"{n[:3]}(?:{n[3:]})?" for n in map(str.lower, MONTHS)) + "|sept"
_TOKEN: Final = re.compile(
    r"(?P<y>[0-9]{4})\b|(?P<s>'[0-9]{2}|3[2-9]|[4-9][0-9])\b|(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?\b"
    rf"|(?P<m>{_MONTH})(?![a-z0-9])|(?P<and>and\b|[&;])|(?P<or>or\b)|(?P<comma>,)"
    r"|(?P<skip>(?:of|the)\b|[ ]|\.(?!\.))"
)
_NUMBERS: Final = MappingProxyType({name[:3].lower(): n for n, name in enumerate(MONTHS, 1)})
_KINDS: Final = MappingProxyType({"s": "y", "and": "+", "or": "|", "comma": ",", "skip": ""})
_BEARING: Final = re.compile(  # a note that says something about the date itself
    rf"\?|(?<![#0-9])[12][0-9]{{3}}(?![0-9])|[0-9] ?(?:{_MONTH})|\b(?:{_MONTH})\.? [0-9]"
    r"|\b(?:i\.? ?e|recte|sic|or|not|ca?\.|circa|about|before|after|perhaps|style|julian)\b"
    r"|\b(?:approx|prob|poss|wrong|err|correct|uncertain|estimat|guess)"
)
_BRACKETED: Final = r"(?<!\b[0-9])\[([^][()]*)\]|(?<![0-9])\(([^][()]*)\)"  # 194[5]; not 1[5] May
_Extent = tuple[date | None, date | None]


class DateSpan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A date as somebody gave it, with what it was read as."""

    text: str = ""
    """The words exactly as given."""
    edtf: str | None = None
    """The reading in EDTF; None when the words were not understood."""
    earliest: str | None = None
    """First possible day, ``YYYY-MM-DD``; None when open or unread."""
    latest: str | None = None
    """Last possible day, ``YYYY-MM-DD``; None when open or unread."""
    reason: str = ""
    """Why the date was inferred, in the keeper's words."""


def read_date(text: str, reason: str = "") -> DateSpan:
    """Read a date in EDTF, numbers or English; never raises.

    Args:
        text: Any string; it is kept unchanged.
        reason: Why the date was inferred.

    Returns:
        The span; its ``edtf`` is None when the words were not understood.
    """
    words = " ".join(text.translate(_CLEANED).split()) if len(text) <= LONGEST else ""
    for reader in (_as_edtf, _as_english, _without_note):
        with suppress(ValueError):
            if edtf := reader(words):
                return DateSpan(text, edtf, *bounds(edtf), reason)
    return DateSpan(text, reason=reason)


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


def describe(span: DateSpan) -> str:
    """Say in one short line what was read and the days it allows: '1943~ · 1942–1944'."""
    if span.edtf is None:
        return "not read as a date" if span.text.strip() else ""
    lower, slash, upper = span.edtf.partition("/")
    if not span.earliest or not span.latest:
        strict = re.search(r"\b(?:before|prior|after)\b", span.text[:LONGEST], re.IGNORECASE)
        if not slash or bool(span.earliest) == bool(span.latest):
            return span.edtf
        after, before = ("after", "before") if strict else ("from", "until")
        return f"{after} {_named(lower)}" if span.earliest else f"{before} {_named(upper)}"
    days = _days_named(span.earliest, span.latest)
    if _PLAIN.fullmatch(lower) and (not slash or _PLAIN.fullmatch(upper)):
        return days
    name = "–".join(map(_named, span.edtf.split("/")))
    if span.edtf[0] in "[{":
        members, link = span.edtf[1:-1].split(","), " or " if span.edtf[0] == "[" else " and "
        name = link.join(map(_named, members)) if len(members) < 3 else f"{len(members)} dates"
    return name if name == days else f"{name} · {days}"


def short(span: DateSpan) -> str:
    """Say it in at most `WIDTH` cells, coarser where it must be: '1943~', '1944 summer?'."""
    if span.edtf is None:
        return _cut(span.text[:LONGEST]) or "undated"
    name = _SEASON_CODE.sub(lambda m: f"{m[1]} {_SEASONS[m[2]]}", span.edtf)
    name = _DECADE_CODE.sub(r"\g<1>0s", name).replace("..", "").replace("/", "–")
    if span.edtf[0] not in "[{" and len(name) <= WIDTH:
        return name
    first, last = span.earliest or "", span.latest or ""
    if first[:4] != last[:4]:
        name = f"{first[:4]}–{last[:4]}"
    elif first[:7] == last[:7]:
        name = first if first == last else first[:7]
    else:
        name = first[:4] if (first[5:7], last[5:7]) == ("01", "12") else f"{first[:7]}–{last[5:7]}"
    return f"{name}?" if span.edtf[0] == "[" else name


def _named(edtf: str) -> str:
    """Name a date, or a range within a set, in English; what has no plain name stays EDTF."""
    if ".." in edtf.strip("."):
        return "–".join(map(_named, edtf.split("..")))
    plain = edtf.rstrip("?~%")
    if match := _SEASON_CODE.fullmatch(plain):
        following = f"–{(int(match[1]) + 1) % 100:02}" if match[2] == "24" else ""
        plain = f"{_SEASONS[match[2]]} {match[1]}{following}"
    elif _PLAIN.fullmatch(plain):
        with suppress(ValueError):
            plain = _days_named(*bounds(plain))
    return _DECADE_CODE.sub(r"\g<1>0s", plain) + edtf[len(edtf.rstrip("?~%")) :]


def _days_named(earliest: str | None, latest: str | None) -> str:
    """Name a stretch of days, saying once what both ends share."""
    try:
        first, last = map(date.fromisoformat, (earliest or "", latest or ""))
    except ValueError:
        return f"{earliest}–{latest}"  # written by hand into the file; `check` tells
    start, end = ([str(d.day), MONTHS[d.month - 1], f"{d.year:04}"] for d in (first, last))
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        whole = 2 if (first.month, last.month) == (1, 12) else 1
        start, end = start[whole:], end[whole:]
    while start and start[-1] == end[len(start) - 1]:
        start.pop()
    return f"{' '.join(start)}–{' '.join(end)}" if start else " ".join(end)


def _cut(text: str) -> str:
    """Shorten words to `WIDTH` cells, leaving out what a terminal would obey."""
    words = "".join(sign for sign in " ".join(text.split()) if sign.isprintable())
    ends = [*accumulate(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in words)]
    if not ends or ends[-1] <= WIDTH:
        return words
    return words[: sum(end < WIDTH for end in ends)].rstrip() + "…"


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
    season = match[5] in _SEASONS and not match[8]
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


def _as_edtf(words: str) -> str | None:
    return re.sub(" ?([/,]) ?", r"\1", words)


def _as_english(words: str) -> str | None:
    arabic = _ROMAN_DATE.sub(
        lambda m: ".".join(filter(None, (m[1], str(_ROMAN.index(m[2]) + 1), m[3]))), words
    )
    joined = r"\b([0-9]{1,2})[-/]([a-z]{3,9})[-/]([0-9]{4}|[0-9]{2})\b"
    words = re.sub(joined, r"\1 \2 \3", arabic.casefold())
    return _reading(re.sub(_BRACKETED, r"\1\2", words))


def _without_note(words: str) -> str | None:
    note = re.fullmatch(r"([^\[(]+)[\[(](.+)[\])]", words)
    return _as_english(note[1].strip()) if note and not _BEARING.search(note[2].lower()) else None


def _reading(words: str, single: bool = False) -> str | None:
    """Read words as EDTF, found possible or not by `bounds`; `single`: no range and no list."""
    core, marks, before = re.sub("(?<![.,;])[.,;]$", "", words), "", ""
    while core != before:
        before = core
        for pattern, mark in _ASIDES:
            if match := pattern.fullmatch(core):
                core, marks = match[1].strip(), marks + mark
    readers = (_single,) if single else (_single, _ranged, _listed)
    edtf = next(filter(None, (reader(core) for reader in readers)), "")
    if marks and "[" in edtf and ".." in edtf:
        return None  # EDTF does not qualify the ends of a range within a set
    mark = "%" if len(set(marks)) == 2 else marks[:1]
    return re.sub("[0-9X]{4}(-[0-9X]{2}){0,2}(?![?~%0-9X-])", rf"\g<0>{mark}", edtf) or None


def _single(words: str) -> str | None:
    if _PLAIN.fullmatch(words):
        return words
    if match := re.fullmatch("([0-9]{2}[1-9])0'?s", words):  # 1900s: ten years, or a hundred?
        return f"{match[1]}X"
    match = _PART.fullmatch(words)
    whole = (_single(match[3]) if match else None) or ""
    if match and (tails := _THIRDS.get(re.sub("[0-9]", "9", whole))):
        third = 0 if match[1] else 1 if match[2] else 2
        start, end = (whole.rstrip("X") + tail for tail in tails.split(" ")[2 * third :][:2])
        return f"{start}{'~' * (third > 0)}/{end}{'~' * (third < 2)}"  # inner ends are vague
    if match := _SEASON.fullmatch(words):
        return _season(*match.groups())
    dates, _ = _dated(words)
    return dates[0] if len(dates) == 1 else _numeric(words)


def _season(name: str, year: str, second: str | None) -> str | None:
    if name != "winter":
        return None if second else f"{year}-" + {"spring": "21", "summer": "22"}.get(name, "23")
    following = f"{int(year) + 1:04}"
    if second:
        return f"{year}-24" if following.endswith(second) else None
    return f"[{int(year) - 1:04}-12..{year}-02,{year}-12..{following}-02]"  # either of two winters


def _numeric(words: str) -> str | None:
    for pattern in _NUMERIC:
        if match := pattern.fullmatch(words):
            return _iso(match["y"], match["m"], match["d"])
    if match := re.fullmatch("([0-9]{2})([0-9]{2}) ?[/-] ?([0-9]{2})", words):
        years = f"{match[1]}{match[2]}/{match[1]}{match[3]}"
        return years if match[3] > max(match[2], "12") else None
    if match := re.fullmatch(r"([0-9]{1,2})( ?[/-] ?)([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", words):
        orders = (match[1], match[3]), (match[3], match[1])  # known if one part is no month
        days = sorted({_iso(match[4], m, d) for m, d in orders if int(m) <= 12})
        return f"[{days[0]},{days[1]}]" if len(days) == 2 else "".join(days)
    return None


def _iso(year: str, *rest: str) -> str:
    return "-".join([f"19{year}"[-4:], *(part.zfill(2) for part in rest if part)])


def _ranged(words: str) -> str | None:
    if match := re.fullmatch("(?:(before|prior to|until|till|up to)|after|since) (.+)", words):
        point = _reading(match[2], single=True)
        return point and (f"../{point}" if match[1] else f"{point}/..")
    signs = [" and "] * words.startswith("between ")
    signs += [" (?:to|through|thru|until|till) ", " - ", "-"]
    bare = re.sub("^(?:from|between) ", "", words)
    ends = next((e for e in (re.split(sign, bare) for sign in signs) if len(e) == 2), [])
    dates = _dated(" and ".join(ends))[0]
    start, end = dates if len(dates) == 2 else _each(ends) or ("", "")
    return f"{start.split('/')[0]}/{end.split('/')[-1]}" if start else None


def _listed(words: str) -> str | None:
    dates, signs = _dated(words)
    if not dates:
        signs = "|" if " or " in words else "+"
        dates = _each(re.split(" or " if signs == "|" else " ?; ?| and | ?& ?|, ", words))
    if not 1 < len(dates) <= 16 or dates != sorted(set(dates)) or {"|", "+"} <= set(signs):
        return None  # out of order a year may be missing; more than 16 might exceed LONGEST
    return f"[{','.join(dates)}]" if "|" in signs else f"{{{','.join(dates)}}}"


def _each(words: list[str]) -> list[str]:
    """Read several dates, if all can be; a short year beside a full one may be of its century."""
    full = {bool(re.search("[0-9]{4}", part)) for part in words}
    dates = [_reading(part, single=True) for part in words] if len(full) == 1 else []
    return [day for day in dates if day] if all(dates) else []


def _dated(words: str) -> tuple[list[str], str]:
    """Read dates with month names, of one precision, that share what is named once.

    The words become a line such as 'd,d+dmy' (14, 16, and 27 March 1939), returned with the dates.
    """
    line, numbers, place, kinds = "", [], 0, set()
    while match := _TOKEN.match(words, place):
        kind, found, place = str(match.lastgroup), match[0].strip("'"), match.end()
        line += _KINDS.get(kind, kind)
        kinds.add(kind)
        if kind in "ymsd":
            digits = re.sub("[a-z]+", "", found)
            numbers.append(int(digits) + 1900 * (kind == "s") if digits else _NUMBERS[found[:3]])
    line = re.sub(",*([+|,]),*", r"\1", line).strip(",")
    line = re.sub("(?<=[dm]),(?=y)|(?<=^y),(?=(?:dm|md|m)$)", "", line)
    unclear = "s" in kinds and ("m" not in kinds or line.find("y") < len(line) - 1)
    month_first = "md" in line
    ordered = re.fullmatch("(?:(?:dmy|mdy|ymd|ydm|dm|md|my|ym|dy|d|m|y)(?:[,+|](?!$)|$))+", line)
    if place < len(words) or unclear or not ordered or (month_first and "dm" in line):
        return [], ""
    groups = re.split("[,+|]", line)
    values, month, year = iter(numbers), 0, 0
    parts = [dict(zip(group, values, strict=False)) for group in groups]
    for part in reversed(parts):
        year = part.setdefault("y", year)
    for part in parts if month_first else reversed(parts):
        month = part.setdefault("m", month) if "d" in part else part.get("m", month)
    dates = [_iso(f"{p['y']:04}", *(str(p[key]) for key in "md" if key in p)) for p in parts]
    known = all(0 not in part.values() for part in parts) and (month_first or "dy" not in groups)
    return (dates, line) if known and len(set(map(len, dates))) == 1 else ([], "")
