"""Which of the places of one name is meant: one where a historian would not ask, else several.

A wrong answer is much worse than none, so every doubt leaves a name ambiguous.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from collection.places.geometry import distance
from collection.places.packed import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

CLEAR: Final = 20.0
"""How many times weightier than the next a place must be to be meant without question."""
CLEAR_AMONG: Final = 8.0
"""The same where it lies in a country of the testimony's other places, as the next does too."""
CLEAR_WITHIN: Final = 4.0
"""The same where the writer said in which state or district it lies."""
_OVERWHELMING: Final = 50.0
"""How many times weightier a place abroad may be before it is doubted that one at home is meant."""
_SAME: Final = 12.0
"""Kilometres within which two places of one name are one."""
SITES: Final = frozenset({"camp", "ghetto", "killing site", "prison", "site"})
TOWNS: Final = frozenset({"town", "suburb", "village", "township", "district"})
_STATES: Final = frozenset({"country", "former state", "region", "historical region"})
NEW_WORLD: Final = frozenset({"US", "CA", "AU", "NZ"})
"""Where the same few names were given to thousands of places, most of them too small to be here."""
_NAMED_AFTER: Final = frozenset({"GB", "IE", "ZA"})
"""Whose names, or the same English ones, they were."""
_SMALL: Final = 15_000
_MIDDLING: Final = 50_000
_HAMLET: Final = 1_000
"""What a place is taken to have whose people nobody counted."""
_GREAT: Final = 250_000
_FEW: Final = 2
_BRIEF: Final = 4
"""Letters of a name so short that it means many things."""
_COINED: Final = re.compile(
    "(?:ville|dale|ton|field|wood|burg|land|view|town|boro|port|hurst|mont|side|crest|ford|ham"
    "|ridge|park|city|lake|creek|springs?)$"
)
"""Endings of names that were made anew in one county after another."""


class Found(msgspec.Struct, frozen=True):
    """A place that a name may mean."""

    number: int
    row: Row
    own: float
    """How well the name fits: 1 where it is its own, more to the letter, less if another one."""
    above: tuple[int, ...]
    """The numbers of all that it lies in."""

    @property
    def weight(self) -> float:
        """How likely it is that somebody speaks of it: its people, and how many name it."""
        row = self.row
        people = max(row.population, 300)
        names = 1.0 + len(row.aliases)
        if row.kind in _STATES:
            names = 400
        elif row.kind == "state":
            names = 25
        elif row.kind == "suburb":
            names /= 8
        return people * names * self.own


class Verdict(msgspec.Struct, frozen=True):
    """The places in order, and whether the first one is meant."""

    found: tuple[Found, ...] = ()
    clear: bool = False


def kilometres(one: Row, other: Row) -> float:
    """How far two places are apart; infinite where either has no coordinates."""
    if (
        one.latitude is None
        or other.latitude is None
        or one.longitude is None
        or other.longitude is None
    ):
        return float("inf")
    return distance(one.latitude, one.longitude, other.latitude, other.longitude)


def judge(
    found: Sequence[Found], among: Collection[str] = (), *, qualified: bool = False
) -> Verdict:
    """Put the places of one name in order and tell whether the first is clearly meant.

    Args:
        found: all places that bear the name.
        among: ISO codes of the countries that the testimony's other places lie in.
        qualified: the writer said where it lies, and only what lies there is in `found`.
    """
    ordered = sorted(_without_doubles(found), key=lambda one: (-one.weight, one.number))
    if not ordered:
        return Verdict()
    at_home = [one for one in ordered if _is_in(one, among)]
    if at_home and len(at_home) < len(ordered):
        abroad = [one for one in ordered if not _is_in(one, among)]
        first = judge(at_home)
        clear = first.clear or _ratio(at_home) >= CLEAR_AMONG
        clear = clear and abroad[0].weight < _OVERWHELMING * at_home[0].weight
        return Verdict((*at_home, *abroad), clear)
    least = CLEAR_WITHIN if qualified else CLEAR_AMONG if at_home else CLEAR
    clear = _ratio(ordered) >= least and (qualified or not _is_doubtful(ordered, bool(at_home)))
    return Verdict(tuple(ordered), clear)


def _ratio(ordered: Sequence[Found]) -> float:
    return ordered[0].weight / ordered[1].weight if len(ordered) > 1 else float("inf")


def _is_in(one: Found, among: Collection[str]) -> bool:
    return any(code in among for code in one.row.country.split("|"))


def _is_doubtful(ordered: Sequence[Found], at_home: bool) -> bool:
    """Tell a name of which there are, or may well be, others than outweigh each other."""
    one, *others = ordered
    row = one.row
    if row.kind in SITES or row.kind in _STATES:
        return False
    if row.kind not in TOWNS:
        # Of the Wayne Counties the most populous is no likelier than the next.
        return any(other.row.kind == row.kind for other in others)
    if others and len(row.name) <= _BRIEF and row.population < _SMALL and not at_home:
        return True
    # Where names were given anew the small ones count too: those of a fiftieth of its people.
    alike = sum(
        other.own >= 1
        and other.row.country in NEW_WORLD
        and (other.row.population or _HAMLET) * 50 > row.population
        for other in others
    )
    if row.country in _NAMED_AFTER:
        return alike > 0 and row.population < (_GREAT if alike <= _FEW else 4 * _GREAT)
    if row.country not in NEW_WORLD:
        return False
    if row.population >= _SMALL:
        most = 0 if row.population < _MIDDLING else _FEW
        return one.own < 1 or (alike > most and row.population < _GREAT)
    # That there is one of the name here does not mean that there is one only.
    name = row.name.casefold()
    distinct = len(name) > _BRIEF + 1 and name.isalpha() and not _COINED.search(name)
    return bool(others) or one.own < 1 or not distinct


def _without_doubles(found: Sequence[Found]) -> list[Found]:
    """Of places that lie in each other and share the name, keep the one that is meant."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (-_rank(one), -one.weight, one.number)):
        if not any(_covers(other, one) for other in kept):
            kept.append(one)
    towns = [one for one in kept if one.own >= 1 and one.row.kind in TOWNS]
    return [one for one in kept if not any(_is_overshadowed(one, town) for town in towns)]


def _is_overshadowed(one: Found, town: Found) -> bool:
    """Tell a province that is hardly meant where there is a town of the name: `Moscow`."""
    if one.row.kind in {*SITES, *_STATES, *TOWNS} or one.row.country != town.row.country:
        return False
    return one.own < 1 or one.row.population < 4 * town.row.population


def _rank(one: Found) -> int:
    kind = one.row.kind
    if kind in SITES:
        return 3
    return 2 if kind in _STATES else 1 if kind in TOWNS else 0


def _covers(kept: Found, one: Found) -> bool:
    if kept.number in one.above or one.number in kept.above:
        # The state before its capital, the town before its district, the camp before the town.
        larger = kept if kept.number in one.above else one
        return kept is not larger or kept.row.kind in _STATES or one.row.kind not in TOWNS
    near = kilometres(kept.row, one.row) < _SAME
    return near and kept.row.country == one.row.country


def shared_countries(found: Sequence[Found]) -> str | None:
    """Give the country that all lie in, if they do."""
    counts = Counter(one.row.country for one in found)
    return next(iter(counts)) if len(counts) == 1 else None
