"""Duplicates: testimonies that an entry nearly equals, looked for before it is saved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK, Gated
from collection.folding import words
from collection.likeness import SAME, likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from collection.dates import DateSpan
    from collection.testimony import Testimony

NEARLY: Final = 0.5
"""Share of an account's passages that must stand in another for the two to be nearly equal."""
_TITLE: Final = 0.9
_SAMPLES: Final = 8
_STRETCHES: Final = (
    re.compile(r"\w[\w ]{22,40}\w"),
    re.compile(r"\w[\w ]{8,40}\w"),
    re.compile(r"\w[\w ]{2,40}\w"),
)
"""Stretches of letters and blanks: what editing an account, or another program, leaves alone.

The shorter ones are for verse, for turns of a few words, and for scripts with few blanks.
"""
_TOGETHER: Final = 4
"""Words of a passage."""
_SHORTEST: Final = 12
"""Words below which accounts are compared as a whole."""


class Alike(msgspec.Struct, frozen=True):
    """A testimony that an entry nearly equals."""

    id: str
    share: float
    """How much of the shorter account stands in the other: 0 to 1."""
    why: str
    """What is nearly the same, in a few words."""


def alike(
    entry: Testimony,
    records: Iterable[Testimony],
    view: Callable[[Testimony], Gated] = Gated,
    stop: Callable[[], bool] = lambda: False,
) -> list[Alike]:
    """Find the testimonies that an entry nearly equals.

    Args:
        entry: the record that is to be saved; itself, known by its identifier, is passed over.
        records: the whole testimonies.
        view: gives one as it may be seen. Of an account that is sealed it is only told that the
            entry holds its words; titles and dates are compared where they may be seen.
        stop: tells whether to give up.

    Returns:
        those most alike first. An account is compared with accounts by the passages that they
        have in common; a title only counts together with the same date.
    """
    found = []
    account = _Account(entry.account)
    for n, one in enumerate(records):
        if n % 256 == 0 and stop():
            break
        # Most are looked at no closer than this.
        if one.id == entry.id or not (account.may_be_in(one.account) or _may_be(entry, one)):
            continue
        seen = view(one).testimony
        if seen.account == MASK:
            # Who has so many of its words in hand learns nothing by it, and would lay them open.
            share = account.share_in(one.account)
            told = len(entry.account.split()) >= _SHORTEST and share >= NEARLY
            reasons = ["the words that are sealed in it"] * told + [*_reasons(entry, seen, 0)]
        else:
            share = account.share_in(seen.account)
            reasons = [*_reasons(entry, seen, share)]
        if reasons:
            found.append(Alike(one.id, share, ", ".join(reasons)))
    return sorted(found, key=lambda one: (-one.share, one.id))


def _reasons(entry: Testimony, one: Testimony, share: float) -> Iterator[str]:
    if share >= 1 and entry.account.split() == one.account.split():
        yield "the same account"
    elif share >= NEARLY:
        yield f"{share * 100:.0f} % of the account"
    if _may_be(entry, one):
        how = likeness(entry.title, one.title)
        if how >= _TITLE:
            yield ("the same" if how == SAME else "nearly the same") + " title and date"


def _may_be(entry: Testimony, one: Testimony) -> bool:
    """Tell quickly whether title and date may be nearly the same."""
    length, other = len(entry.title), len(one.title)
    near = abs(length - other) <= max(length, other) // 4 + 3
    return near and _same_date(entry.date, one.date)


def _same_date(one: DateSpan, other: DateSpan) -> bool:
    if one.edtf and other.edtf:
        return (one.earliest, one.latest) == (other.earliest, other.latest)
    return one.text.strip() == other.text.strip()


class _Account:
    """An account that others are compared with, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._samples = _samples(text)
        self._words: list[str] | None = None
        self._passages: frozenset[tuple[str, ...]] = frozenset()

    def may_be_in(self, other: str) -> bool:
        """Tell quickly whether a part of it may stand in another account.

        A look for a few stretches tells nearly all others apart, at a thousandth of the cost.
        """
        if _is_unlike(len(self._text), len(other)):
            return False
        return not self._samples or any(sample in other for sample in self._samples)

    def share_in(self, other: str) -> float:
        """Say how much of the shorter of two accounts stands in the other."""
        if not self._text.strip() or not other.strip() or not self.may_be_in(other):
            return 0.0
        if self._text == other:
            return 1.0
        if self._words is None:
            self._words = words(self._text)
            self._passages = _passages(self._words)
        theirs = words(other)
        if min(len(self._words), len(theirs)) < _SHORTEST:
            return float(self._words == theirs and bool(theirs))
        passages = _passages(theirs)
        shorter = min(len(passages), len(self._passages))
        return len(passages & self._passages) / shorter


def _is_unlike(length: int, other: int) -> bool:
    """Tell by their lengths whether two accounts, compared as a whole, cannot be the same."""
    shorter, longer = sorted((length, other))
    # Of fewer letters than this there are too few words; one letter may fold into several.
    return shorter < 2 * _SHORTEST and longer > 10 * shorter


def _passages(text: list[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(zip(*(text[n:] for n in range(_TOGETHER)), strict=False))


def _samples(text: str) -> list[str]:
    """Take stretches from all over a text, as long as it has any; none of a few words."""
    if len(text) < 2 * _SHORTEST:
        return []
    every = ([match.group() for match in one.finditer(text)] for one in _STRETCHES)
    found = next(filter(None, every), [])
    step = max(1, len(found) // _SAMPLES)
    return found[::step][:_SAMPLES]
