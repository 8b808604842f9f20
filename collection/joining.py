"""What is known of several names brought together under one: entries of places and of themes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.authorities import PLACE, THEME, theme_key
from collection.places.entry import AMBIGUOUS, DECIDED, RESOLVED, PlaceEntry
from collection.store.changes import EntryChange
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from collection.authorities import Authorities

_WEIGHT: Final = {DECIDED: 3, RESOLVED: 2, AMBIGUOUS: 1}
"""How much an entry knows, by its status."""
_PLACED: Final = 2


# --- places ----------------------------------------------------------------------------------


def joined_place(
    target: PlaceEntry, others: Sequence[PlaceEntry], *, moved: bool, keep: bool
) -> PlaceEntry:
    """Give the entry of a name that is to mean what others meant as well.

    Args:
        target: what is known of the name that stays.
        others: what is known of those that go.
        moved: whether the one name goes on under another: then a decision goes along, and what
            was known does where nothing is known of the new name.
        keep: whether the names that go are kept as other names of it.
    """
    if not others:
        return target
    best = max(others, key=lambda one: _WEIGHT.get(one.status, 0))
    own, other = (_WEIGHT.get(one.status, 0) for one in (target, best))
    takes_over = other > own and (moved or own < _PLACED)
    meant = msgspec.structs.replace(best, name=target.name) if takes_over else target
    names: list[str] = [*meant.aliases]
    for one in (target, *others):
        # Other names of another place, for which it was taken, are no names of this one.
        if one.status == DECIDED or _at(one) == _at(meant):
            names += one.aliases
    if keep:
        names = [*(one.name for one in others), *names]
    aliases = tuple(name for name in dict.fromkeys(names) if name != target.name)
    return msgspec.structs.replace(meant, aliases=aliases)


def _at(entry: PlaceEntry) -> tuple[float | None, float | None]:
    return entry.latitude, entry.longitude


# --- themes ----------------------------------------------------------------------------------


def joined_themes(
    authorities: Authorities,
    others: Sequence[str],
    new: str,
    *,
    keep: bool,
    untold: Collection[str] = (),
) -> list[EntryChange]:
    """Give the changes of entries that make several themes one.

    Args:
        authorities: what is known of them.
        others: the themes that go; spellings of the one that stays among them.
        new: the theme that stays, as it is to be spelt.
        keep: whether it is used for the names of those that go.
        untold: those of which nothing may go over to the one that stays.

    Returns:
        the changes, none of which closes a circle of broader themes.
    """
    own = theme_key(new)
    gone = {theme_key(name) for name in others} - {own}
    before = {theme_key(one.name): one for one in authorities.every(THEME)}
    after = {key: _repointed(one, gone, new) for key, one in before.items() if key not in gone}
    told = [name for name in others if name not in untold]
    known = [before[key] for key in (own, *map(theme_key, told)) if key in before]
    terms = [term for one in known for term in one.used_for]
    if keep:
        terms = [*(name for name in told if theme_key(name) != own), *terms]
    broader = [name for one in known for name in one.broader]
    # Everything that could close a circle leads through the theme that stays.
    after.pop(own, None)
    entry = ThemeEntry(
        new,
        tuple(_unlike(terms, own)),
        tuple(
            name
            for name in _unlike(broader, own)
            if theme_key(name) not in gone and own not in above(after, name)
        ),
    )
    if own in before or entry != ThemeEntry(new):
        after[own] = entry
    changes = [
        EntryChange(THEME, before[key].name, before[key], None) for key in sorted(gone & {*before})
    ]
    for key, one in after.items():
        former = before.get(key)
        if one != former:
            changes.append(EntryChange(THEME, former.name if former else one.name, former, one))
    return changes


def _repointed(entry: ThemeEntry, gone: set[str], new: str) -> ThemeEntry:
    """Let a theme that falls under one that goes fall under the one that stays."""
    own = theme_key(new)
    if not any(theme_key(name) in gone or (theme_key(name) == own and name != new)
               for name in entry.broader):  # fmt: skip
        return entry
    names = (new if theme_key(name) in gone | {own} else name for name in entry.broader)
    return msgspec.structs.replace(entry, broader=tuple(dict.fromkeys(names)))


def _unlike(names: Iterable[str], key: str) -> Iterator[str]:
    """Give names once each, without those that are spellings of one theme."""
    seen = {key}
    for name in names:
        if theme_key(name) not in seen:
            seen.add(theme_key(name))
            yield name


def above(entries: dict[str, ThemeEntry], name: str) -> set[str]:
    """Give the keys of a theme and of everything above it."""
    found: set[str] = set()
    waiting = [theme_key(name)]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            if key in entries:
                waiting += map(theme_key, entries[key].broader)
    return found


# --- what is directly below ------------------------------------------------------------------


def rebroadened(
    authorities: Authorities, name: str, narrower: Sequence[str], untouched: Iterable[str]
) -> list[EntryChange]:
    """Give the changes that put themes directly below another, and take others away from there.

    Args:
        authorities: what is known of them.
        name: the theme above.
        narrower: all themes that are to stand directly below it.
        untouched: keys of those that stay as they are, for they may not be seen.
    """
    own, wanted = theme_key(name), {theme_key(one): one for one in narrower}
    changes: list[EntryChange] = []
    for one in authorities.every(THEME):
        key = theme_key(one.name)
        has = own in map(theme_key, one.broader)
        if has and key not in wanted and key not in {*untouched}:
            left = tuple(other for other in one.broader if theme_key(other) != own)
            changes.append(_broadened(one, left))
        elif not has and key in wanted:
            changes.append(_broadened(one, (*one.broader, name)))
    known = {theme_key(one.name) for one in authorities.every(THEME)}
    for key, spelt in wanted.items():
        if key not in known:
            changes.append(EntryChange(THEME, spelt, None, ThemeEntry(spelt, broader=(name,))))
    return changes


def _broadened(entry: ThemeEntry, broader: tuple[str, ...]) -> EntryChange:
    after: Any = msgspec.structs.replace(entry, broader=broader)
    return EntryChange(THEME, entry.name, entry, after)


def changed_place(authorities: Authorities, entry: PlaceEntry) -> list[EntryChange]:
    """Give the change that makes an entry of a place what is given; none if it is that already."""
    former = authorities.kept(PLACE, entry.name)
    return [] if former == entry else [EntryChange(PLACE, entry.name, former, entry)]
