"""A collection's vocabulary as it may be seen: each name with its testimonies and what is known."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from collection.authorities import PLACE, THEME, theme_key
from collection.bearing import identity, names_in
from collection.likeness import spelling
from collection.places.entry import PlaceEntry
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from collection.access import Gated
    from collection.authorities import Authorities

_SHORTEST: Final = 4
"""Letters from which on what is typed may be misspelt."""
_NEARLY: Final = 80
"""Percent of what is typed that a name must hold."""
_MOST_NEAR: Final = 50


class Term(msgspec.Struct, frozen=True):
    """A name that testimonies share."""

    kind: str
    """`place`, `theme` or `narrator`."""
    name: str
    """As most of its testimonies write it."""
    ids: tuple[str, ...] = ()
    """The testimonies that bear it, in the order of the list."""
    spellings: tuple[tuple[str, int], ...] = ()
    """The ways in which a theme is spelt, with the testimonies of each, the commonest first."""
    entry: PlaceEntry | ThemeEntry | None = None
    """What is known of it; nothing of a narrator."""
    narrower: tuple[str, ...] = ()
    """The themes directly below it."""

    @property
    def other_names(self) -> tuple[str, ...]:
        """The names by which it is found as well."""
        if isinstance(self.entry, PlaceEntry):
            return self.entry.aliases
        terms = self.entry.used_for if isinstance(self.entry, ThemeEntry) else ()
        return (*(name for name, _ in self.spellings[1:]), *terms)


def terms_of(
    kind: str, views: Iterable[Gated], authorities: Authorities, hidden: Collection[str]
) -> list[Term]:
    """Give the names of a kind, those of most testimonies first.

    Args:
        kind: `place`, `theme` or `narrator`.
        views: all testimonies as they may be seen.
        authorities: what is known of places and themes; nothing is looked up for it.
        hidden: keys of the themes that only testimonies bear of which they are withheld.
    """
    ids: defaultdict[str, list[str]] = defaultdict(list)
    spelt: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for one in views:
        names = names_in(one.testimony, kind)
        for key in dict.fromkeys(identity(kind, name) for name in names):
            ids[key].append(one.testimony.id)
        for name in names:
            spelt[identity(kind, name)][name] += 1
    if kind == THEME:
        return _by_count(_themes(ids, spelt, authorities, hidden))
    return _by_count(
        Term(kind, name, tuple(found), entry=_known(kind, name, authorities))
        for name, found in ids.items()
    )


def _known(kind: str, name: str, authorities: Authorities) -> PlaceEntry | None:
    if kind != PLACE:
        return None
    return authorities.known(name) or PlaceEntry(name)


def _themes(
    ids: dict[str, list[str]],
    spelt: defaultdict[str, defaultdict[str, int]],
    authorities: Authorities,
    hidden: Collection[str],
) -> Iterable[Term]:
    entries = [one for one in authorities.every(THEME) if theme_key(one.name) not in hidden]
    below: defaultdict[str, list[str]] = defaultdict(list)
    named = {key: max(spelt[key], key=lambda name: (spelt[key][name], name)) for key in ids}
    for entry in entries:
        for name in entry.broader:
            below[theme_key(name)].append(named.get(theme_key(entry.name), entry.name))
            if theme_key(name) not in hidden:
                named.setdefault(theme_key(name), name)
        named.setdefault(theme_key(entry.name), entry.name)
    for key, name in named.items():
        spellings = sorted(spelt[key].items(), key=lambda one: (-one[1], one[0]))
        yield Term(
            THEME, name, tuple(ids.get(key, ())), tuple(spellings), authorities.theme(name),
            tuple(below[key]),
        )  # fmt: skip


def _by_count(terms: Iterable[Term]) -> list[Term]:
    return sorted(terms, key=lambda one: (-len(one.ids), spelling(one.name), one.name))


def sifted(terms: Sequence[Term], words: str) -> list[Term]:
    """Give the names that hold some words, or nearly: by their own or by another name.

    Args:
        terms: in the order in which they are to stand.
        words: what is typed; nothing sifts nothing out.

    Returns:
        those that hold the words, then those that nearly do.
    """
    wanted = spelling(words) if words.strip() else ""
    if not wanted:
        return list(terms)
    spelt = [" | ".join(map(spelling, (one.name, *one.other_names))) for one in terms]
    parts = wanted.split()
    exact = [n for n, text in enumerate(spelt) if all(part in text for part in parts)]
    near: list[int] = []
    if len(wanted) >= _SHORTEST:
        from rapidfuzz import fuzz, process  # slow to import

        found = process.extract(
            wanted, spelt, scorer=fuzz.partial_ratio, score_cutoff=_NEARLY, limit=_MOST_NEAR
        )
        known = {*exact}
        # What is much shorter than what is typed cannot hold it.
        least = len(wanted) - 1
        near = [n for text, _, n in found if n not in known and len(text) >= least]
    return [terms[n] for n in (*exact, *near)]
