"""Finds the places that a written name may mean, and weighs what is written around it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import msgspec

from collection.places.abbreviations import NICKNAMES, spelt_out
from collection.places.close import close_names
from collection.places.judging import NEW_WORLD, SITES, TOWNS, Found, Verdict, judge, kilometres
from collection.places.keys import key_of
from collection.places.written import Written, without_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from collection.places.packed import Packed

_NEAR: Final = 45.0
"""How many kilometres off a town that is named beside a place may be: `KTC, Cape Town`."""
_LONG: Final = 14
"""Letters from which a name at one slip is the same name, however small the place."""
_CITY: Final = 100_000
_OTHER: Final = 0.1
_TO_THE_LETTER: Final = 4.0


class Lookup:
    """Looks up what `take_apart` gave."""

    def __init__(self, packed: Packed) -> None:
        """Take an opened file."""
        self._packed = packed
        self.above = lru_cache(maxsize=4096)(self._above)

    def find(self, written: Written, among: frozenset[str]) -> tuple[Verdict, Found | None]:
        """Weigh the places that a written name may mean.

        Returns:
            the verdict; and, where no place is found, what it is written to lie in.
        """
        if not written.names:
            return Verdict(), None
        whole = self.bearing(written.whole)
        if whole and (written.contexts or written.site or len(written.names) > 1):
            # `Washington, D.C.`, `Terezín Ghetto`: a name of its own, commas and all.
            verdict = judge(self._filtered(whole, self._places(written.notes))[0], among)
            if verdict.found:
                return verdict, None
        found, certain = self._named(written.names)
        if not found and written.site:
            found, certain = self._named((written.whole,))
        notes = list(written.notes)
        if notes and found:
            found, certain, notes = self._other_names(found, certain, notes)
        elif notes and written.renamed:
            found, notes = self._first_bearing(notes)
        contexts = self._places((*written.contexts, *notes))
        found, qualified = self._filtered(found, contexts)
        if contexts and not found:
            found = self._close(written.names, contexts)
            qualified = True
        if not contexts and not found:
            return self._guess(written, among), None
        if written.site:
            found = [one for one in found if one.row.kind in SITES] or found
        if not qualified and not any(map(_bears_it, found)):
            # What some hamlet of the New World was once called: hardly.
            return Verdict(), None
        verdict = judge(found, among, qualified=qualified)
        if certain and len(verdict.found) == 1 and not verdict.clear:
            verdict = Verdict(verdict.found, clear=True)
        if verdict.found or not contexts:
            return verdict, None
        where = judge(contexts[0], among, qualified=True)
        return verdict, where.found[0] if where.clear else None

    def bearing(self, name: str) -> list[Found]:
        """Find all places that bear a name."""
        key = key_of(name)
        if key in NICKNAMES:
            city = max(self.bearing(NICKNAMES[key]), key=lambda one: one.weight, default=None)
            return [msgspec.structs.replace(city, own=1.0)] if city else []
        return [self.found(number, name) for number in self._packed.called(key)] if key else []

    def found(self, number: int, name: str) -> Found:
        """Make of a place what is weighed, for the name that it was looked up by."""
        row = self._packed.row(number)
        bare = row.name.partition(" (")[0]
        own = key_of(name) in {key_of(row.name), key_of(bare), key_of(row.key)}
        # The names of sites are all kept by hand.
        fit = 1.0 if own or row.kind in SITES else _OTHER
        # Who writes the accents means the place that has them: Dęblin, and not Dublin or Déblin.
        spelt = name.casefold()
        if spelt == bare.casefold() or any(spelt == alias.casefold() for alias in row.aliases):
            fit *= _TO_THE_LETTER
        elif not own and not name.isascii():
            fit *= _OTHER
        return Found(number, row, fit, self.above(number))

    def _above(self, number: int) -> tuple[int, ...]:
        """Give all that a place lies in: the nearest first, then the smaller before the larger."""
        seen: dict[int, None] = {}
        queue = list(self._packed.row(number).parents)
        while queue:
            above = queue.pop(0)
            if above != number and above not in seen:
                seen[above] = None
                queue.extend(self._packed.row(above).parents)
        return tuple(sorted(seen, key=lambda one: self._packed.row(one).population))

    def _named(self, names: Sequence[str]) -> tuple[list[Found], bool]:
        """Find what bears the names given side by side.

        Returns:
            the places; and whether two names agreed on them, which leaves no doubt.
        """
        lists = [places for places in map(self._bearing_somehow, names) if places]
        if not lists:
            return [], False
        common = _common(lists)
        if len(lists) > 1 and common:
            return common, True
        if len(lists) > 1:
            return [one for places in lists for one in places], False
        return lists[0], False

    def _bearing_somehow(self, name: str) -> list[Found]:
        return self.bearing(name) or self.bearing(without_kind(name))

    def _other_names(
        self, found: list[Found], certain: bool, notes: list[str]
    ) -> tuple[list[Found], bool, list[str]]:
        """Sort out notes that are another name: `Rastenburg [Kętrzyn]`."""
        left = []
        for note in notes:
            common = _common([found, self.bearing(note)])
            if common and not any(
                one.row.kind not in TOWNS and self._fits(other, [one])
                for one in self.bearing(note)
                for other in found
            ):
                found, certain = common, True
            else:
                left.append(note)
        return found, certain, left

    def _first_bearing(self, notes: list[str]) -> tuple[list[Found], list[str]]:
        """Take the first note as the name, where the name before it is not known."""
        towns = [one for one in self.bearing(notes[0]) if one.row.kind in TOWNS]
        return (towns, notes[1:]) if towns else ([], notes)

    def _places(self, contexts: Collection[str]) -> list[list[Found]]:
        """Find what a place is written to lie in; what is not known is left out."""
        return [places for places in map(self._context, contexts) if places]

    def _context(self, context: str) -> list[Found]:
        short = spelt_out().get(key_of(context))
        if short:
            return [one for one in self.bearing(short) if one.row.key == short]
        words = context.split()
        # `Alabama where he worked`: the first words will do.
        for count in range(len(words), 0, -1):
            found = self.bearing(" ".join(words[:count]))
            if found:
                return found
        return []

    def _filtered(
        self, found: list[Found], contexts: list[list[Found]]
    ) -> tuple[list[Found], bool]:
        for places in contexts:
            found = [one for one in found if self._fits(one, places)] or [
                one for one in found if self._once_lay(one, places)
            ]
        return found, bool(contexts)

    def _once_lay(self, one: Found, places: Sequence[Found]) -> bool:
        """Tell whether a former state held both: `Kolomyja, Poland`, `Lemberg, Austria`."""
        states = {above for above in one.above if self._packed.row(above).kind == "former state"}
        return any(
            place.row.kind == "country" and not states.isdisjoint(place.above) for place in places
        )

    def _fits(self, one: Found, places: Sequence[Found]) -> bool:
        """Tell whether a place lies in one of those places, or close by."""
        for place in places:
            if place.number in one.above:
                return True
            if place.number == one.number:
                continue
            if place.row.kind == "country" and place.row.country in one.row.country.split("|"):
                return True
            if place.row.kind in TOWNS and kilometres(place.row, one.row) < _NEAR:
                return True
        return False

    def _guess(self, written: Written, among: frozenset[str]) -> Verdict:
        """Take a name for a misspelt one, if it is long and only one place of note is close.

        It is a guess all the same, for a person to confirm, unless it is a country.
        """
        found = self._close(written.names, [])
        if max(map(len, written.names)) < _LONG:
            found = [one for one in found if _is_of_note(one)]
        verdict = judge(found, among)
        if not verdict.clear:
            return Verdict()
        return Verdict(verdict.found, clear=verdict.found[0].row.kind == "country")

    def _close(self, names: Sequence[str], contexts: list[list[Found]]) -> list[Found]:
        found: dict[int, Found] = {}
        for name in names:
            for key, numbers in close_names(self._packed, key_of(name)):
                for number in numbers:
                    found.setdefault(number, self.found(number, key))
        return self._filtered(list(found.values()), contexts)[0]


def _common(lists: Sequence[Sequence[Found]]) -> list[Found]:
    """Give the places that are in all lists, or lie in one that is."""
    numbers = [{one.number for one in places} for places in lists]
    common = set.intersection(*numbers)
    return [one for one in lists[0] if one.number in common]


def _bears_it(one: Found) -> bool:
    row = one.row
    return one.own >= 1 or row.country not in NEW_WORLD or row.population >= _CITY


def _is_of_note(one: Found) -> bool:
    row = one.row
    if row.kind in TOWNS:
        return row.population >= 30_000 and row.country not in NEW_WORLD
    return True
