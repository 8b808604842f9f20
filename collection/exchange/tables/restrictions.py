"""What the columns of a table say about who may see a record; what is in doubt seals.

A header that only sounds like a restriction is taken for one, and whatever such a column says but
a clear no, or that the record is open, seals the record with its words as the reason. A day until
which it is closed is the end of an embargo. Nothing here ever opens a record.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from collection.dates import read_date
from collection.exchange.tables import cells
from collection.folding import fold
from collection.testimony import LEVELS, is_day

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORDS: Final = Path(__file__).with_name("restrictions.tsv")
"""Beginnings of words and whole words, by what they mean in a header or a cell."""
_JOINTS: Final = re.compile(r"[\W_]+")
_PLAIN_WORDS: Final = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,4}\W{0,3}")
_OPEN_SENTENCE: Final = re.compile(
    r"(?:(?:the|this) )?(?:collection|interview|recording|item|material|file|transcript|record)s? "
    r"(?:is|are) (?:fully |freely )?(?:open|unrestricted|available)"
    r"(?: (?:for|to) (?:the )?(?:research|public|all|researchers|use|research use|everyone))?"
)
_FREE_LICENCE: Final = re.compile(r"cc (?:by|0|zero)(?: .{0,20})?|cc0(?: .{0,20})?|public domain")
_UNTIL: Final = re.compile(
    r"(?:[^\d\n]{0,60}?[\s(])??(?:until|till|bis(?: zum)?|jusqu.(?:au|en|à)|hasta(?: el)?|do|до|tot"
    r"|fino al?|até|expires|ends|endet|through)[\s:]{1,3}(?:dnia |the |end(?:e| of) )?"
    r"([^\n]{4,40}?)[.)\s]{0,3}",
    re.IGNORECASE,
)
_LONGEST: Final = 120


# --- headers ---------------------------------------------------------------------------------


def sounds_like(header: str) -> str:
    """Tell what a header means that speaks of access, of consent or of a hidden name.

    Args:
        header: in its plain form, see `headers.plain`.

    Returns:
        the key of a target; empty where it speaks of something else.
    """
    words = header.split()
    has = {kind: _any(words, kind) for kind in _kinds() if kind.startswith("header ")}
    for kind, target in _judged(has):
        if kind:
            return target
    return ""


def is_secret(header: str) -> bool:
    """Tell whether a header announces what must not be seen, rather than that there is some."""
    return _any(_plain(header).split(), "header secret")


def _judged(has: dict[str, bool]) -> list[tuple[bool, str]]:
    """List what a header may be, the most telling first."""

    def any_of(*names: str) -> bool:
        return any(has[f"header {name}"] for name in names)

    closed = any_of("closed", "secret", "embargo") and not any_of("no closure")
    ends = any_of("end", "day", "span") and not any_of("start")
    access = any_of("access") and not any_of("no access")
    return [
        (any_of("secret") and any_of("name"), "narrator.real_name"),
        (any_of("secret") and any_of("further"), "notes"),
        (any_of("hidden name"), "narrator.anonymous"),
        (any_of("not public") and ends, "embargo"),
        (any_of("not public"), "restrictions"),
        (any_of("not closed"), "public"),
        (closed and any_of("reason"), "restrictions"),
        (closed and (ends or (any_of("embargo") and not any_of("start"))), "embargo"),
        (closed, "restrictions"),
        (any_of("opening"), "embargo"),
        (any_of("pseudonym") and not any_of("asking"), "narrator.pseudonym"),
        (any_of("anonymous") and not any_of("asking"), "narrator.anonymous"),
        (any_of("consent") and any_of("day"), "consent.date"),
        (any_of("consent"), "consent.status"),
        (access and any_of("conditions"), "restrictions"),
        (any_of("public"), "public"),
        (access, "access.record"),
    ]


class _Kind(NamedTuple):
    """Words of one meaning: whole ones, beginnings (`closed*`) and parts (`*sperr*`)."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]
    parts: tuple[str, ...]
    """Also whole words and beginnings that are several, set between blanks."""


def _any(words: list[str], kind: str) -> bool:
    whole, beginnings, parts = _kinds()[kind]
    if not whole.isdisjoint(words) or any(word.startswith(beginnings) for word in words):
        return True
    spaced = f" {' '.join(words)} "
    return any(part in spaced for part in parts)


@cache
def _kinds() -> dict[str, _Kind]:
    found: dict[str, tuple[set[str], set[str], set[str]]] = {}
    for line in _WORDS.read_text("utf-8").splitlines():
        kind, _, words = line.partition("\t")
        whole, beginnings, parts = found.setdefault(kind, (set(), set(), set()))
        for word in words.split("|"):
            text, open_end = _plain(word), word.endswith("*")
            if word.startswith("*"):
                parts.add(text)
            elif " " in text:
                parts.add(f" {text}" if open_end else f" {text} ")
            else:
                (beginnings if open_end else whole).add(text)
    return {
        kind: _Kind(frozenset(whole), tuple(beginnings), tuple(parts))
        for kind, (whole, beginnings, parts) in found.items()
    }


@cache
def _whole(kind: str) -> frozenset[str]:
    """Give the words and phrases that are a whole cell."""
    whole, _, parts = _kinds()[kind]
    return whole | {part.strip() for part in parts}


def _plain(text: str) -> str:
    return _JOINTS.sub(" ", fold(text)).strip()


def is_status(header: str) -> bool:
    """Tell whether a header speaks of a state, which may be that of being closed."""
    return _any(_plain(header).split(), "header status")


# --- cells -----------------------------------------------------------------------------------


def says_open(cell: str) -> bool:
    """Tell whether a cell clearly says that everybody may see the record."""
    if len(cell) > _LONGEST:
        return False
    text = _plain(cell)
    if text in _whole("cell open") or _FREE_LICENCE.fullmatch(text):
        return True
    if _OPEN_SENTENCE.fullmatch(text):
        return True
    # A no before nothing but a word for closing: `not confidential`, `keine Sperre`.
    words = text.split()
    return bool(
        _PLAIN_WORDS.fullmatch(cell.strip())
        and len(words) > 1
        and words[0] in _whole("cell no")
        and _any(words[-1:], "cell closed")
        and all(word in _whole("cell between") for word in words[1:-1])
    )


def says_closed(cell: str) -> bool:
    """Tell whether a cell that may speak of anything says that the record is closed."""
    if len(cell) > _LONGEST or says_open(cell):
        return False
    return _any(_plain(cell).split(), "cell closed")


def last_day(cell: str) -> str | None:
    """Give the last day that a cell may mean by its words, ISO; none where it tells no date.

    `2050` and `until 2050` mean the last day of that year: an embargo must not end too early.
    """
    text = cell.strip()
    if len(text) > _LONGEST:
        return None
    found = _UNTIL.fullmatch(text)
    span = read_date(found[1] if found else text)
    return span.latest if span.earliest and span.latest and is_day(span.latest) else None


def tells_until(cell: str) -> bool:
    """Tell whether a cell names a date until which something holds."""
    return len(cell) <= _LONGEST and _UNTIL.fullmatch(cell.strip()) is not None


TAKEN: Final = ("access.record", "restrictions", "public", "embargo", "access.record.until")
"""The targets of columns that say who may see the whole record."""
_TAKEN_BY: Final = dict(
    zip(TAKEN, ("level", "restrictions", "public", "embargo", "embargo"), strict=True)
)


class Seal:
    """Gathers what the columns of a row say about who may see a record."""

    def __init__(self) -> None:
        self._level = "open"
        self._said = False
        self._days: list[str] = []
        self._reasons: list[str] = []

    def level(self, header: str, cell: str) -> None:
        """Take a cell that says who may see the record: `open`, `restricted`, `on request`."""
        known = _plain(cell)
        if known in LEVELS:
            self._raise(known)
        elif not says_open(cell) and not cells.is_blank(cell):
            self.close(header, cell)

    def restrictions(self, header: str, cell: str) -> None:
        """Take a cell that says how the record is restricted; a no says that it is not."""
        if not (cells.is_no(cell) or says_open(cell)):
            self.close(header, cell)

    def public(self, header: str, cell: str) -> None:
        """Take a cell that says whether the record is public."""
        if not (cells.is_yes(cell) or says_open(cell)):
            self.close(header, cell)

    def embargo(self, header: str, cell: str) -> None:
        """Take a cell that says until when the record is closed."""
        if cells.is_no(cell) or says_open(cell):
            return
        self.because(f"{header}: {cell.strip()}")
        self._raise("embargoed")
        # `Closed until 2050` may stand above a mere yes.
        asked = header if cells.is_yes(cell) and tells_until(header) else cell
        if (day := last_day(asked)) is not None:
            self._days.append(day)

    def close(self, header: str, cell: str) -> None:
        """Seal the record, with the words of a cell as the reason."""
        words = cell.strip()
        brief = len(words.split()) < 2
        self.because(f"{header}: {words}" if brief else words)
        self._raise("restricted")
        if tells_until(cell):
            self._raise("embargoed")
            if (day := last_day(cell)) is not None:
                self._days.append(day)

    def because(self, reason: str) -> None:
        """Take a reason; a record with one is not open."""
        if reason not in self._reasons:
            self._reasons.append(reason)

    def take(self, target: str, header: str, cell: str) -> None:
        """Take a cell by the target of its column; one of `TAKEN`."""
        getattr(self, _TAKEN_BY[target])(header, cell)

    def laid_over(self, terms: Mapping[str, Any]) -> dict[str, Any]:
        """Give a restriction that says what another does and what was gathered here."""
        own, level = self.terms(), terms.get("level") or "open"
        if own.get("level", "open") == "open":
            return dict(terms)
        levels = [level if level in LEVELS else "restricted", own["level"]]
        reasons = filter(None, [terms.get("reason"), own.get("reason")])
        days = filter(None, [terms.get("until"), own.get("until")])
        return {
            "level": max(levels, key=LEVELS.index),
            "until": max(days, default=None),
            "reason": "; ".join(reasons),
        }

    def terms(self) -> dict[str, Any]:
        """Give the plain values of the restriction; empty where no column said anything."""
        if not self._said and not self._reasons:
            return {}
        level = "restricted" if self._reasons and self._level == "open" else self._level
        terms: dict[str, Any] = {"level": level}
        if self._days:
            terms["until"] = max(self._days)
        if self._reasons:
            terms["reason"] = "; ".join(self._reasons)
        return terms

    def _raise(self, level: str) -> None:
        self._said = True
        if LEVELS.index(level) > LEVELS.index(self._level):
            self._level = level


# --- consent ---------------------------------------------------------------------------------


def consent(cell: str) -> tuple[str, bool]:
    """Read what a table says of a consent in words of its own.

    Returns:
        the status, empty where the words do not tell one; and whether they say that the narrator
        did not consent, so that the record must not be seen.
    """
    words = _plain(cell[:_LONGEST]).split()
    if not words or cells.is_blank(cell) or says_open(cell):
        return "", False
    if _any(words, "consent withdrawn"):
        return "withdrawn", True
    if words[0] in _whole("cell no") or cells.is_no(cell) or _any(words, "consent refused"):
        return "", True
    given = cells.answer(cell) or _any(words[:2], "consent given")
    if given and not _any(words, "consent partly"):
        return "documented", False
    return "", False
