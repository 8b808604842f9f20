"""The names of a collection kept clean: renamed, merged and split off.

Every testimony follows, sealed ones too, and so do the entries of what is named; all of it is one
step that one undo takes back. What is told of it counts only what may be seen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.authorities import APART, NARRATOR, PLACE, THEME, theme_key
from collection.errors import InvalidTestimony, NameTaken, Problem, UnknownName, shown, told
from collection.faithful import unfaithful
from collection.store.changes import Change, EntryChange
from collection.surveying import Surveying, check_kind, mark_of
from collection.testimony import same_content

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from collection.places.entry import PlaceEntry
    from collection.testimony import Testimony


class Followed(msgspec.Struct, frozen=True):
    """What became of a name, as far as it may be seen."""

    kind: str
    """`place`, `theme` or `narrator`."""
    name: str
    """The name that the testimonies bear now."""
    ids: tuple[str, ...]
    """The testimonies that changed, in the order of the list."""
    left: tuple[str, ...] = ()
    """Those that keep the name as it was: a sealed name, or the real one behind a pseudonym,
    would be told by the new one."""


class Curating(Surveying):
    """The part of a collection that changes the names its testimonies share."""

    # --- changing names ----------------------------------------------------------------------

    def rename(self, kind: str, old: str, new: str, *, keep: bool = True) -> Followed:
        """Give a place, a theme or a narrator another name; every testimony follows in one step.

        What is known of it goes along. Titles and accounts are never touched.

        Args:
            kind: `place`, `theme` or `narrator`; of a narrator only the public name is changed.
            old: as the testimonies write it; a theme however it is spelt.
            new: the name that it is to have.
            keep: whether a place or a theme is still found by its former name.

        Raises:
            UnknownName: when no testimony that may be seen bears the name.
            NameTaken: when others bear the new one already; `merge` makes them one.
            InvalidTestimony: when the new name could not be kept.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        with self._records.lock:
            names = self._begin(kind, [old], new)
            if old == new and kind != THEME:
                return Followed(kind, new, ())
            if not _same(kind, old, new) and any(_same(kind, new, name) for name in names):
                raise NameTaken(
                    f"Other testimonies bear the name {shown(new)} already, so nothing was "
                    f"changed; to make {shown(old)} and {shown(new)} one, merge them."
                )
            return self._become(kind, [old], new, moved=True, keep=keep)

    def merge(self, kind: str, names: Sequence[str], into: str) -> Followed:
        """Make several names one; every testimony follows in one step.

        Where a testimony bears several of them it bears the one once. Of a place and a theme
        the other names are united, and the merged ones are among them from then on, unless only
        sealed testimonies bore them; themes that fall under a merged one fall under the one that
        stays.

        Args:
            kind: `place`, `theme` or `narrator`; each narrator keeps how the name was chosen,
                and the real name.
            names: those that go; the one that stays may be among them.
            into: the one that stays; for a theme also how it is to be spelt.

        Raises:
            UnknownName: when no testimony that may be seen bears one of the names.
            InvalidTestimony: when there is nothing to merge, or it could not be kept.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        with self._records.lock:
            gone = [name for name in dict.fromkeys(names) if name != into]
            if not gone:
                _refuse("names", "", "There is no other name to merge, so nothing was changed.")
            self._begin(kind, [*gone, into], into)
            return self._become(kind, gone, into, moved=False, keep=True)

    def split_off(self, kind: str, name: str, ids: Iterable[str], new: str) -> Followed:
        """Let some of the testimonies that bear a name bear another one instead; one step.

        Args:
            kind: `place`, `theme` or `narrator`.
            name: the name that they bear; a theme however it is spelt.
            ids: the testimonies; each must bear it as far as may be seen.
            new: the name that they are to bear; a new place is looked up.

        Raises:
            UnknownName: when one of them does not bear the name.
            InvalidTestimony: when the new name could not be kept, or no testimony is given.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        with self._records.lock:
            self._begin(kind, [name], new)
            chosen = dict.fromkeys(ids)
            if not chosen:
                _refuse("ids", "", "No testimony was chosen, so nothing was changed.")
            bearers = {*self.bearers(kind, name)}
            for id in chosen:
                if id not in bearers:
                    raise UnknownName(
                        f"{id} does not bear the name {shown(name)}. Nothing was changed."
                    )
            records = [one for one in self._records if one.id in chosen]
            if kind == PLACE:
                known = {one: self._authorities.place(one) for one in (name, new)}
                change = _placed_anew(known, known[new])
            else:
                change = _named_anew(kind, [name], new)
            return self._follow(kind, new, records, change, [])

    def _begin(self, kind: str, names: Sequence[str], new: str) -> Counter[str]:
        """Look at what was asked for, on the newest state; give all names that may be seen."""
        check_kind(kind)
        _check_name(new)
        self._ledger.keep_up()
        seen = self.names(kind)
        for name in names:
            if name not in seen and not (kind == THEME and self._is_theme(name, seen)):
                raise UnknownName(f"No {kind} is called {shown(name)}. Nothing was changed.")
        return seen

    def _is_theme(self, name: str, seen: Iterable[str]) -> bool:
        key = theme_key(name)
        if key in map(theme_key, seen):
            return True
        if not self._records.private and any(
            key in map(theme_key, one.themes) for one in self._records
        ):
            return False
        every = self._authorities.every(THEME)
        above = (other for one in every for other in one.broader)
        return key in map(theme_key, [*(one.name for one in every), *above])

    def _become(
        self, kind: str, names: Sequence[str], new: str, *, moved: bool, keep: bool
    ) -> Followed:
        """Let every testimony that bears one of some names bear the new one."""
        changes: list[EntryChange] = []
        untold = self._untold(kind, names, new)
        if kind == PLACE:
            from collection.joining import changed_place, joined_place

            known = self._authorities
            former = {name: known.place(name) for name in [*names, new]}
            others = [former[name] for name in names if name not in untold]
            entry = joined_place(former[new], others, moved=moved, keep=keep)
            changes = [
                EntryChange(PLACE, name, kept, None)
                for name in names
                if name != new and (kept := known.kept(PLACE, name)) is not None
            ]
            changes += changed_place(known, entry)
            change = _placed_anew(former, entry)
        else:
            change = _named_anew(kind, names, new)
            if kind == THEME:
                from collection.joining import joined_themes

                changes = joined_themes(self._authorities, names, new, keep=keep, untold=untold)
        changes += self._still_apart(kind, names, new)
        return self._follow(kind, new, [*self._records], change, changes)

    def _untold(self, kind: str, names: Sequence[str], new: str) -> set[str]:
        """Give the names that only sealed testimonies bear, where others bear the one that stays.

        As its other names they would be told to everybody.
        """
        if not self._records.private:
            return set()
        from collection.access import gate
        from collection.bearing import identity, names_in

        seen = {
            identity(kind, name)
            for one in self._records
            for name in names_in(gate(one).testimony, kind)
        }
        if identity(kind, new) not in seen:
            return set()
        return {name for name in names if identity(kind, name) not in seen}

    def _still_apart(self, kind: str, names: Sequence[str], new: str) -> list[EntryChange]:
        """Give the changes that keep apart what was, now that it is called otherwise."""
        from collection.apart import Apart
        from collection.bearing import identity, names_in

        if not self._authorities.every(APART):
            return []
        gone = {identity(kind, name) for name in [*names, new]}
        others = {name for one in self._records for name in names_in(one, kind)}
        marks = {
            mark_of(kind, other, new): other
            for other in others
            if identity(kind, other) not in gone
            and any(self.are_apart(kind, name, other) for name in names)
        }
        return [
            EntryChange(APART, mark, None, Apart(mark))
            for mark in marks
            if self._authorities.entry(APART, mark) is None
        ]

    def _follow(
        self,
        kind: str,
        new: str,
        records: Iterable[Testimony],
        change: Callable[[Testimony], Testimony],
        entries: Sequence[EntryChange],
    ) -> Followed:
        from collection.bearing import uncovers

        changes: list[Change] = []
        ids, left = [], []
        for before in records:
            after = change(before)
            seen = self._records.view(before).testimony
            if same_content(before, after):
                # Its narrator's name may be seen, and is meant, and stays.
                if kind == NARRATOR and change(seen) != seen:
                    left.append(before.id)
            elif kind != NARRATOR and uncovers(kind, before, after):
                # Who does not see what is struck out is not told that it stays either.
                if self._records.private:
                    left.append(before.id)
            else:
                changes.append(Change(before, self._ledger.restamped(before, after)))
                if self._shows(before, after):
                    ids.append(before.id)
        if left and not ids:
            message = (
                f"Nothing was changed: called {shown(new)}, the testimony would tell a name that "
                f"is kept private in it. What it keeps private can be changed in its form."
            )
            _refuse("narrator.name", told(new), message)
        if changes or entries:
            self._ledger.commit(changes, entries)
        return Followed(kind, new, tuple(ids), tuple(left))


def _placed_anew(
    former: Mapping[str, PlaceEntry], entry: PlaceEntry
) -> Callable[[Testimony], Testimony]:
    """Give what lets a testimony bear another place."""
    from collection.bearing import with_place

    return lambda one: with_place(one, former, entry)


def _named_anew(kind: str, names: Sequence[str], new: str) -> Callable[[Testimony], Testimony]:
    """Give what lets a testimony bear another theme, or its narrator another name."""
    from collection.bearing import identity, with_narrator, with_theme

    meant = {identity(kind, name) for name in [*names, new]}
    put = with_theme if kind == THEME else with_narrator
    return lambda one: put(one, lambda name: identity(kind, name) in meant, new)


def _same(kind: str, one: str, other: str) -> bool:
    from collection.bearing import identity

    return identity(kind, one) == identity(kind, other)


def _check_name(name: Any) -> None:
    from collection.bearing import readable

    if not isinstance(name, str) or not name.strip():
        _refuse("name", "", "The name is empty, so nothing was changed.")
    if reason := unfaithful(name, str):
        _refuse("name", "", f"The name {reason}")
    if not readable(name):
        message = f"{shown(name)} holds a sign that stands for what is withheld; write another."
        _refuse("name", told(name), message)


def _refuse(field: str, value: str, message: str) -> None:
    raise InvalidTestimony([Problem(field, value, message)])
