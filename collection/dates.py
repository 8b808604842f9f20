"""Uncertain dates: the words as given, what they were read as, and the days they span.

Readings are EDTF (ISO 8601-2). What reads them is imported with the first that is read, for the
sake of start-up.
"""

import re
import unicodedata
from calendar import monthrange
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import accumulate
from typing import Final

import msgspec

from collection.dating.bounds import LONGEST, MONTHS, SEASONS, bounds

__all__ = ["LONGEST", "WIDTH", "DateSpan", "bounds", "describe", "read_date", "short", "single_day"]

WIDTH: Final = 12  # cells that `short` may fill
_PLAIN: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_EITHER_ORDER: Final = re.compile(r"\[(([0-9]{4})-([0-9]{2})-([0-9]{2})[?~%]?),(\2-\4-\3[?~%]?)\]")
_STRICT: Final = re.compile(  # "before" and "after", in the languages of `words.tsv`
    r"(?<!not )(?<!nicht )(?<!pas )(?<!no )(?<!não )"
    r"(?:\b|_)(?:before|prior|pre|after|post|vor|nach|avant|après|przed|po|antes|después"
    r"|tras|depois|após|prima|dopo|voor|vóór|na|před|pred|prije|poslije|nakon|posle|înainte|după"
    r"|előtt|után|после|після|перед|преди|след|пре|пасля|לפני|אחרי)\b"
)
_SEASON_CODE: Final = re.compile(r"([0-9]{4})-(2[1-4])(?![0-9-])")
_DECADE_CODE: Final = re.compile(r"([0-9]{3})X(?![0-9X-])")


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
    """Read a date in EDTF, numbers, English or a language of `words.tsv`; never raises.

    Args:
        text: Any string; it is kept unchanged.
        reason: Why the date was inferred.

    Returns:
        The span; its ``edtf`` is None when the words were not understood.
    """
    if not text or len(text) > LONGEST:
        return DateSpan(text, reason=reason)
    span = _read(text)
    return msgspec.structs.replace(span, reason=reason) if reason else span


@lru_cache(maxsize=4096)
def _read(text: str) -> DateSpan:
    """Read a date; a collection that is brought in says the same days over and over."""
    from collection.dating.reading import read

    if edtf := read(text, _foreign):
        return DateSpan(text, edtf, *bounds(edtf))
    return DateSpan(text)


def _foreign(words: str) -> str | None:
    """Read another language; its words are loaded with the first date that needs them."""
    from collection.dating.languages import read_foreign

    return read_foreign(words)


def single_day(text: str) -> str:
    """Read one day, however it is written, and give it as `1944-06-30`; empty if it is none."""
    span = read_date(text)
    exact = span.edtf is not None and span.edtf == span.earliest == span.latest
    return span.earliest or "" if exact else ""


def describe(span: DateSpan) -> str:
    """Say in one short line what was read and the days it allows: '1943~ · 1942–1944'."""
    if span.edtf is None:
        return "not read as a date" if span.text.strip() else ""
    lower, slash, upper = span.edtf.partition("/")
    if not span.earliest or not span.latest:
        strict = _STRICT.search(span.text[:LONGEST].casefold())
        if not slash or bool(span.earliest) == bool(span.latest):
            return span.edtf
        after, before = ("after", "before") if strict else ("from", "until")
        return f"{after} {_named(lower)}" if span.earliest else f"{before} {_named(upper)}"
    days = _days_named(span.earliest, span.latest)
    if match := _EITHER_ORDER.fullmatch(span.edtf):
        return f"{_named(match[1])} or {_named(match[5])} · order of day and month unknown"
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
    name = _SEASON_CODE.sub(lambda m: f"{m[1]} {SEASONS[m[2]]}", span.edtf)
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
        plain = f"{SEASONS[match[2]]} {match[1]}{following}"
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
