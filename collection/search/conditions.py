"""Conditions of a query: dates by overlap, languages, series, and what a testimony is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from collection.dates import DateSpan, read_date
from collection.search.languages import language_codes
from collection.search.words import split

if TYPE_CHECKING:
    from collections.abc import Mapping

STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "embargoed": "some part is under an embargo",
        "restricted": "some part is restricted",
        "private": "some part is private",
        "sealed": "some part is embargoed, restricted or private",
        "open": "no part is sealed",
        "named": "the narrator speaks under the real name",
        "pseudonym": "the narrator's name was changed",
        "anonymous": "the narrator is not named",
        "unnamed": "no narrator is given",
        "undated": "it is not known when the account was given",
        "unplaced": "no place is given",
        "unthemed": "no theme is given",
        "ambiguous": "some place may be one of several",
        "unknown": "some place is not known to the gazetteer",
        "decided": "some place was decided by a person",
        "verbatim": "the account is verbatim",
        "edited": "the account was edited",
        "translated": "the account is a translation",
        "summary": "the account is a summary",
        "composed": "the account is a composed illustration",
        "documented": "the consent is documented",
        "pending": "the consent is pending",
        "outdated": "the consent must be brought up to date",
        "revoked": "the consent was withdrawn",
    }
)
"""What can be asked for by `is:`, and what each means."""


_EXAMPLES: Final = ("embargoed", "pseudonym", "undated", "unplaced", "ambiguous", "translated")


class Condition(msgspec.Struct, frozen=True):
    """Something that must be so."""

    field: str
    """`date`, `period`, `lang`, `series` or `is`."""
    text: str
    """As typed, for messages."""
    earliest: str | None = None
    """Of a date: the first day, `YYYY-MM-DD`; None if open."""
    latest: str | None = None
    """Of a date: the last day."""
    values: tuple[str, ...] = ()
    """Of `is`: the state; of `lang`: codes and folded names; of `series`: folded words."""


def read_condition(field: str, value: str) -> Condition | str:
    """Read the value of a field that holds no words.

    Returns:
        the condition, or what is wrong with the value in a plain sentence.
    """
    text = f"{field}:{value}"
    if field in ("date", "period", "after", "before"):
        return _read_dates(field, value, text)
    if field == "is":
        state = value.strip().lower()
        if state in STATES:
            return Condition("is", text, values=(state,))
        close = [name for name in STATES if state and name.startswith(state)]
        known = ", ".join(close) or f"{', '.join(_EXAMPLES)} and more (see the help)"
        return f"is:{value[:30]} is not known; it can be {known}."
    words = tuple(split(value))
    if not words:
        return f"{field}: needs something behind it."
    if field == "lang":
        return Condition("lang", text, values=language_codes(value))
    return Condition("series", text, values=words)


def _read_dates(field: str, value: str, text: str) -> Condition | str:
    unread = (
        f"“{value[:40]}” was not understood as a date and was not used; write 1944, May 1944, "
        f"1944-05-12, summer 1944 or 1943..1945."
    )
    first, several, last = value.partition("..")
    if several and field in ("date", "period"):
        start, end = read_date(first.strip()), read_date(last.strip())
        if (first.strip() and start.edtf is None) or (last.strip() and end.edtf is None):
            return unread
        if not first.strip() and not last.strip():
            return unread
        earliest, latest = start.earliest, end.latest
    else:
        span: DateSpan = read_date(value.strip())
        if span.edtf is None:
            return unread
        earliest, latest = span.earliest, span.latest
        if field == "after":
            field, latest = "date", None
        elif field == "before":
            field, earliest = "date", None
    if earliest and latest and earliest > latest:
        return f"“{value[:40]}” ends before it begins and was not used."
    return Condition(field, text, earliest=earliest, latest=latest)
