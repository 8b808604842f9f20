"""Names that may mean the same: spelt nearly alike, one place in the gazetteer, one theme's terms.

What is found is offered, never made one: the keeper decides. Of tens of thousands of names not
all pairs are compared, only those whose lengths and numbers let them be alike.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

import msgspec

from collection.authorities import PLACE, THEME, theme_key
from collection.likeness import REORDERED, SAME, likeness, spelling
from collection.places.entry import DECIDED, RESOLVED, UNKNOWN, PlaceEntry
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ALIKE: Final = "alike"
"""Spelt nearly the same."""
SAME_PLACE: Final = "same place"
"""They stand for one place in the gazetteer, or by what was decided."""
OTHER_NAME: Final = "other name"
"""One is among the other names of the other."""
USED_FOR: Final = "used for"
"""One is a term that the other is used for."""
_MOST_EDITS: Final = 3
_LETTERS_AN_EDIT: Final = 5
_ENDS: Final = 2
"""Edits that may change both ends of a name, and then nothing else."""
_FAR: Final = 0.5
"""Degrees from which on two places that are known are two."""
_ROUND: Final = 200
"""Names that are compared before it is said how far that has come."""


class Pair(msgspec.Struct, frozen=True):
    """Two names that may mean the same."""

    kind: str
    """`place`, `theme` or `narrator`."""
    one: str
    """The one that more testimonies bear, or the one that is used for the other."""
    other: str
    reason: str
    """`alike`, `same place`, `other name` or `used for`."""
    likeness: float
    """How nearly they are spelt the same, from 0 to 1."""
    counts: tuple[int, int]
    """The testimonies that bear each."""

    @property
    def why(self) -> str:
        """The reason, as people read it."""
        if self.reason == SAME_PLACE:
            return "the same place in the gazetteer"
        if self.reason == OTHER_NAME:
            return "one is another name of the other in the gazetteer"
        if self.reason == USED_FOR:
            return "the first is used for the second"
        if self.likeness >= SAME:
            return "the same letters, written otherwise"
        if self.likeness >= REORDERED:
            return "the same words, put otherwise"
        return f"spelt nearly the same, {round(100 * self.likeness)} %"


def pairs(
    kind: str,
    names: Mapping[str, int],
    entries: Mapping[str, PlaceEntry | ThemeEntry],
    progress: Callable[[float], None] | None = None,
) -> list[Pair]:
    """Find names that may mean the same.

    Args:
        kind: `place`, `theme` or `narrator`.
        names: the names, with the testimonies that bear each.
        entries: what is known of them, by name.
        progress: called with the part that is done; may raise to cancel.

    Returns:
        each pair once, the likeliest first, among equals those of most testimonies.
    """
    places = {name: one for name, one in entries.items() if isinstance(one, PlaceEntry)}
    themes = {name: one for name, one in entries.items() if isinstance(one, ThemeEntry)}
    found: dict[tuple[str, str], tuple[str, float, str]] = {}
    for one, other in _alike(names, progress):
        like = likeness(one, other)
        if like and not (like < REORDERED and _far_apart(places.get(one), places.get(other))):
            found[_unordered(one, other)] = (ALIKE, like, "")
    stronger = _of_places(places) if kind == PLACE else _of_themes(names, themes)
    for one, other, reason in stronger if kind in (PLACE, THEME) else ():
        # Of what is used for the other it matters which is which.
        first = one if reason == USED_FOR else ""
        found[_unordered(one, other)] = (reason, likeness(one, other), first)

    def rank(name: str) -> tuple[bool, bool, int, str]:
        entry = places.get(name)
        status = UNKNOWN if entry is None else entry.status
        return (status == DECIDED, status != UNKNOWN, names[name], name)

    made = []
    for pair, (reason, like, first) in found.items():
        one, other = sorted(pair, key=lambda name: (name == first, rank(name)), reverse=True)
        made.append(Pair(kind, one, other, reason, like, (names[one], names[other])))
    return sorted(made, key=lambda one: (-_weight(one), -sum(one.counts), one.one, one.other))


def _unordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _weight(pair: Pair) -> float:
    return pair.likeness if pair.reason == ALIKE else 1 + pair.likeness


# --- spelling --------------------------------------------------------------------------------


def _alike(
    names: Mapping[str, int], progress: Callable[[float], None] | None
) -> Iterator[tuple[str, str]]:
    """Give pairs that may be spelt nearly the same."""
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        spelt[spelling(name)].append(name)
    for group in spelt.values():
        yield from combinations(group, 2)
    for keys in _same_words(spelt):
        for one, other in combinations(keys, 2):
            yield from ((a, b) for a in spelt[one] for b in spelt[other])
    for one, other in _near(sorted(spelt, key=len), progress):
        yield from ((a, b) for a in spelt[one] for b in spelt[other])


def _same_words(spelt: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Give spellings that hold the same words in another order, or parted otherwise."""
    for key in (lambda one: " ".join(sorted(one.split())), lambda one: one.replace(" ", "")):
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for one in spelt:
            groups[key(one)].append(one)
        yield from (group for group in groups.values() if len(group) > 1)


def _near(spelt: list[str], progress: Callable[[float], None] | None) -> Iterator[tuple[str, str]]:
    """Give spellings, sorted by length, that a few letters tell apart."""
    from rapidfuzz import process  # slow to import
    from rapidfuzz.distance import OSA

    lengths = [*map(len, spelt)]
    ends = _Ends(spelt)
    yield from _other_ends(spelt)
    for at, one in enumerate(spelt):
        if progress is not None and at % _ROUND == 0:
            progress(at / len(spelt))
        edits = _edits(one)
        if not edits:
            continue
        until = bisect_right(lengths, lengths[at] + edits)
        # One edit leaves an end as it is; where two change both, the middle is the same.
        lists = [spelt[at + 1 : until]] if edits > _ENDS else ends.alike(at, until)
        for others in lists:
            near = process.extract(one, others, scorer=OSA.distance, score_cutoff=edits, limit=None)
            yield from ((one, other) for other, _, _ in near)
    if progress is not None:
        progress(1.0)


def _edits(one: str) -> int:
    return min(len(one) // _LETTERS_AN_EDIT, _MOST_EDITS)


class _Ends:
    """Spellings by their first and by their last letter, in the order in which they came."""

    def __init__(self, spelt: list[str]) -> None:
        self._spelt = spelt
        self._lists: tuple[dict[str, tuple[list[int], list[str]]], ...] = ({}, {})
        for number, one in enumerate(spelt):
            for lists, letter in zip(self._lists, (one[:1], one[-1:]), strict=True):
                numbers, spellings = lists.setdefault(letter, ([], []))
                numbers.append(number)
                spellings.append(one)

    def alike(self, at: int, until: int) -> Iterator[list[str]]:
        """Give the spellings between two places that begin as the one before, or end as it."""
        one = self._spelt[at]
        for lists, letter in zip(self._lists, (one[:1], one[-1:]), strict=True):
            numbers, spellings = lists[letter]
            yield spellings[bisect_right(numbers, at) : bisect_left(numbers, until)]


def _other_ends(spelt: list[str]) -> Iterator[tuple[str, str]]:
    """Give spellings that differ by an edit at either end.

    An edit at an end moves what is behind its first two letters by one at most.
    """
    middles: defaultdict[str, list[str]] = defaultdict(list)
    for one in spelt:
        if _edits(one) == _ENDS:
            middles[one[2:-2]].append(one)
    for other in spelt if middles else ():
        found = {
            one
            for start in (1, 2, 3)
            for end in (1, 2, 3)
            for one in middles.get(other[start : len(other) - end], ())
        }
        yield from ((one, other) for one in sorted(found) if one != other)


# --- what is known of them -------------------------------------------------------------------


def _of_places(places: Mapping[str, PlaceEntry]) -> Iterator[tuple[str, str, str]]:
    at: defaultdict[tuple[float, float], list[PlaceEntry]] = defaultdict(list)
    called: defaultdict[str, list[str]] = defaultdict(list)
    for name, entry in places.items():
        called[spelling(name)].append(name)
        if (where := _where(entry)) is not None:
            at[where].append(entry)
    for name, entry in places.items():
        if entry.status not in (RESOLVED, DECIDED):
            continue
        for alias in entry.aliases:
            for other in called.get(spelling(alias), ()):
                if other != name and not _far_apart(entry, places[other]):
                    yield name, other, OTHER_NAME
    for group in at.values():
        for one, two in combinations(group, 2):
            if not (one.kind and two.kind) or one.kind == two.kind:
                yield one.name, two.name, SAME_PLACE


def _where(entry: PlaceEntry | None) -> tuple[float, float] | None:
    if entry is None or entry.latitude is None or entry.longitude is None:
        return None
    return entry.latitude, entry.longitude


def _far_apart(one: PlaceEntry | None, other: PlaceEntry | None) -> bool:
    first, second = _where(one), _where(other)
    if first is None or second is None:
        return False
    return max(abs(a - b) for a, b in zip(first, second, strict=True)) > _FAR


def _of_themes(
    names: Mapping[str, int], themes: Mapping[str, ThemeEntry]
) -> Iterator[tuple[str, str, str]]:
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        spelt[theme_key(name)].append(name)
    for key, spellings in spelt.items():
        name = max(spellings, key=lambda one: (names[one], one))
        entry = themes.get(name)
        for term in () if entry is None else entry.used_for:
            if theme_key(term) != key:
                yield from ((name, other, USED_FOR) for other in spelt.get(theme_key(term), ()))
