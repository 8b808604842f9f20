"""Ranking: from what each term matched to the testimonies in order, cheapest sum of costs first.

Every term must match. Bitmaps are ANDed level by level, so that the work depends on the number
of costs and not on the number of testimonies.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from pyroaring import BitMap

from collection.search.matching import Match

if TYPE_CHECKING:
    from collections.abc import Sequence


class Position(msgspec.Struct, frozen=True, gc=False):
    """The place of one term in a query."""

    match: Match
    """What the term matched by itself."""
    groups: tuple[tuple[int, Match], ...] = ()
    """What it matched with the words before it taken as one, by the number of words."""
    stop: bool = False
    """Whether it need not match."""
    fixed: bool = False
    """Whether it must not be dropped: a phrase means what it says."""


class Ranking(msgspec.Struct, frozen=True, gc=False):
    """The outcome."""

    levels: tuple[tuple[int, BitMap], ...]
    """Sums of costs, the least first, with the testimonies of each; none is there twice."""
    dropped: tuple[int, ...] = ()
    """Which terms were left out because nothing matched all."""


def rank(positions: Sequence[Position], among: BitMap) -> Ranking:
    """Order testimonies by how well they match.

    Args:
        positions: the terms; not empty.
        among: the testimonies to choose from.

    Returns:
        the levels. If no testimony matches every term, terms are dropped, those that match
        worst first, until one does.
    """
    if levels := _levels(positions, among):
        return Ranking(levels)
    kept = _worth_keeping(positions, among)
    while kept:
        chosen = [_without_gaps(positions, place, kept) for place in sorted(kept)]
        if levels := _levels(chosen, among):
            dropped = (n for n, one in enumerate(positions) if n not in kept and not one.stop)
            return Ranking(levels, tuple(dropped))
        droppable = [place for place in kept if not positions[place].fixed]
        if not droppable:
            break
        kept.remove(droppable[-1])
    return Ranking(())


def _worth_keeping(positions: Sequence[Position], among: BitMap) -> list[int]:
    """Choose terms that go together: phrases, then one after the other, best match first."""

    def quality(place: int) -> tuple[bool, int, int]:
        position = positions[place]
        costs = [match.levels[0][0] for match in _matches(position) if match.levels]
        return not position.fixed, min(costs, default=1_000), place

    left = among
    kept: list[int] = []
    for place in sorted(range(len(positions)), key=quality):
        position = positions[place]
        covered = BitMap.union(BitMap(), *(match.every for match in _matches(position)))
        if position.stop:
            continue
        if position.fixed or not left.isdisjoint(covered):
            left = left & covered
            kept.append(place)
    return kept


def _matches(position: Position) -> list[Match]:
    return [position.match, *(match for _, match in position.groups)]


def _without_gaps(positions: Sequence[Position], place: int, kept: list[int]) -> Position:
    """Take from a term the groups that reach over terms which are not kept."""
    position = positions[place]
    groups = tuple(
        (size, match)
        for size, match in position.groups
        if all(before in kept for before in range(place - size + 1, place))
    )
    return msgspec.structs.replace(position, groups=groups)


def _levels(positions: Sequence[Position], among: BitMap) -> tuple[tuple[int, BitMap], ...]:
    # What cannot match every term is put aside first, which leaves little to AND.
    covered = [_matches(position) for position in positions]
    for place, position in enumerate(positions):
        for size, match in position.groups:
            for before in range(place - size + 1, place):
                covered[before] = [*covered[before], match]
    for position, matches in zip(positions, covered, strict=True):
        if not position.stop:
            among = among & BitMap.union(BitMap(), *(match.every for match in matches))
    if not among:
        return ()
    best: list[dict[int, BitMap]] = [{0: among}]
    for place, position in enumerate(positions, start=1):
        found: dict[int, BitMap] = {}
        for size, match in ((1, position.match), *position.groups):
            _add_sums(found, best[place - size], match)
        if position.stop:
            for cost, bitmap in best[place - 1].items():
                found[cost] = found[cost] | bitmap if cost in found else bitmap
        best.append(_first_only(found))
    return tuple(sorted(best[-1].items()))


def _add_sums(found: dict[int, BitMap], before: dict[int, BitMap], match: Match) -> None:
    for cost, bitmap in before.items():
        for more, matched in match.levels:
            both = bitmap & matched
            if both:
                total = cost + more
                found[total] = found[total] | both if total in found else both


def _first_only(found: dict[int, BitMap]) -> dict[int, BitMap]:
    """Leave each testimony at its least cost only."""
    seen = BitMap()
    first = {}
    for cost in sorted(found):
        if rest := found[cost] - seen:
            first[cost] = rest
            seen |= rest
    return first
