"""The places and themes of a collection: what is known of them, and what the keeper decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collection.access import MASK
from collection.authorities import PLACE, THEME, Authorities, theme_key
from collection.errors import InvalidTestimony, Problem, shown, told
from collection.faithful import unfaithful
from collection.placing import decided, following, is_sound
from collection.store.changes import Change, EntryChange
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from collection.ledger import Ledger
    from collection.places.entry import Candidate, PlaceEntry
    from collection.records import Records
    from collection.suggesting import Suggestions


class Vocabularies:
    """The part of a collection that knows its authority entries."""

    _authorities: Authorities
    _ledger: Ledger
    _records: Records

    def suggestions(self) -> Suggestions:
        """Gather the names that the collection holds now, to be offered while one types.

        What is withheld is not among them. Takes a while in a large collection.
        """
        from collection.suggesting import Suggestions

        views = (gated.testimony for gated in self._records.views() if not gated.sealed)
        return Suggestions(views, self._authorities)

    # --- places ------------------------------------------------------------------------------

    @property
    def places(self) -> Counter[str]:
        """The places spoken of, with the number of testimonies; sealed ones do not count."""
        return self._records.places()

    def place_entry(self, name: str) -> PlaceEntry:
        """Give what is known of a place, by its name as the testimonies write it."""
        return self._authorities.place(name)

    def place_entries(self) -> list[PlaceEntry]:
        """Give what is known of every place spoken of, those of most testimonies first."""
        return [self._authorities.place(name) for name in _by_count(self.places)]

    def place_candidates(self, name: str) -> Sequence[Candidate]:
        """Give what a name may mean, the likeliest first, also when that is decided."""
        return self._authorities.candidates(name)

    def country_code(self, name: str) -> str | None:
        """Give the ISO 3166 code of a country by any of its names; none if it is no country."""
        found = self._authorities.candidates(name)
        return next((one.country for one in found if one.kind == "country"), None)

    def decide_place(
        self,
        name: str,
        choice: Candidate | None = None,
        *,
        country: str | None = None,
        latitude: float | None = None,
        longitude: float | None = None,
        aliases: Sequence[str] | None = None,
        also: Sequence[str] = (),
    ) -> PlaceEntry:
        """Decide which place a name means; all testimonies that name it follow in one step.

        Args:
            name: as the testimonies write it.
            choice: one of its candidates; else what is known of it stays where nothing is given.
            country: ISO 3166 code of today, several joined by `|`; of several candidates the
                one that lies there is meant.
            latitude: degrees north.
            longitude: degrees east.
            aliases: all its other names; those that are known, if not given.
            also: further names of it, which come first.

        Raises:
            InvalidTestimony: when the entry could not be kept like that.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        _refuse([*_unnamed(name, aliases or (), "aliases"), *_unnamed(name, also, "also")])
        with self._records.lock:
            self._ledger.keep_up()
            former = self._authorities.place(name)
            entry = decided(
                former,
                choice,
                country=country,
                latitude=latitude,
                longitude=longitude,
                aliases=aliases,
                also=also,
            )
            _refuse([*_misplaced(entry)])
            pairs = ((one, following(one, former, entry)) for one in self._records)
            changes = [
                Change(one, self._ledger.restamped(one, after)) for one, after in pairs if after
            ]
            # What was only looked up is not in the file, and undoing need not put it there.
            known = self._authorities.kept(PLACE, name)
            if entry == known and not changes:
                return entry
            self._ledger.commit(changes, [EntryChange(PLACE, name, known, entry)])
            return entry

    # --- themes ------------------------------------------------------------------------------

    @property
    def themes(self) -> Counter[str]:
        """The themes, with the number of testimonies; sealed ones do not count."""
        return self._records.themes()

    def theme_entry(self, name: str) -> ThemeEntry:
        """Give what is known of a theme, however it is spelt."""
        return self._authorities.theme(name)

    def theme_entries(self) -> list[ThemeEntry]:
        """Give what is known of every theme, and of those above it, most testimonies first.

        Spellings of one theme that differ in case or accents only share an entry.
        """
        named = _by_count(self.themes)
        above = (broader for name in named for broader in self._authorities.broader_than(name))
        found: dict[str, ThemeEntry] = {}
        for name in [*named, *above]:
            found.setdefault(theme_key(name), self._authorities.theme(name))
        return [*found.values()]

    def define_theme(
        self,
        name: str,
        used_for: Sequence[str] | None = None,
        broader: Sequence[str] | None = None,
        narrower: Sequence[str] | None = None,
    ) -> ThemeEntry:
        """Say which terms mean a theme, and which themes stand above and below it; one step.

        Args:
            name: however it is spelt.
            used_for: all terms that mean it; those of before, if not given.
            broader: all themes directly above it; those of before, if not given.
            narrower: all themes directly below it, as far as they may be seen; those of before,
                if not given.

        Raises:
            InvalidTestimony: for an empty name, or a theme that would stand above itself.
            Conflict: when someone else has changed the same in the meantime.
            CannotSave: when it could not be written.
        """
        _refuse([*_unnamed(name, used_for or (), "used_for")])
        _refuse([*_unnamed(name, broader or (), "broader")])
        _refuse([*_unnamed(name, narrower or (), "narrower")])
        with self._records.lock:
            self._ledger.keep_up()
            known = self._authorities.known_theme(name)
            former = known or ThemeEntry(name)
            entry = ThemeEntry(
                former.name,
                former.used_for if used_for is None else tuple(dict.fromkeys(used_for)),
                former.broader if broader is None else tuple(dict.fromkeys(broader)),
            )
            _refuse([*self._misbroadened(entry)])
            changes = [EntryChange(THEME, entry.name, known, entry)] if entry != known else []
            if narrower is not None:
                # A name alone says nothing that need be kept.
                changes = [one for one in changes if one.after != ThemeEntry(name)]
                changes += self._narrowed(entry, narrower)
            if changes:
                self._ledger.commit([], changes)
            return entry

    def narrower(self, name: str) -> list[str]:
        """Give the themes directly below a theme, as far as they may be seen."""
        own, hidden = theme_key(name), self._hidden_themes()
        return [
            one.name
            for one in self._authorities.every(THEME)
            if own in map(theme_key, one.broader) and theme_key(one.name) not in hidden
        ]

    def _hidden_themes(self) -> set[str]:
        """Give the keys of the themes that only testimonies bear of which they are withheld."""
        if self._records.private:
            return set()
        seen = set(map(theme_key, self.themes))
        return {theme_key(theme) for one in self._records for theme in one.themes} - seen

    def _narrowed(self, entry: ThemeEntry, narrower: Sequence[str]) -> list[EntryChange]:
        from collection.joining import above, rebroadened

        own, hidden = theme_key(entry.name), self._hidden_themes()
        changes = rebroadened(self._authorities, entry.name, narrower, hidden)
        themes = {theme_key(one.name): one for one in self._authorities.every(THEME)}
        themes[own] = entry
        higher = above(themes, entry.name)
        for name in narrower:
            if theme_key(name) in higher:
                message = (
                    f"{shown(name)} cannot stand below {shown(entry.name)}, for it is the same or "
                    f"stands above it already."
                )
                _refuse([Problem("narrower", told(name), message)])
        return changes

    def _misbroadened(self, entry: ThemeEntry) -> Iterator[Problem]:
        if reason := unfaithful(entry, ThemeEntry):
            yield Problem("", "", f"The theme {reason}")
            return
        own = theme_key(entry.name)
        for above in entry.broader:
            if theme_key(above) == own:
                message = f"The theme {shown(entry.name)} cannot stand above itself."
                yield Problem("broader", told(above), message)
            elif own in map(theme_key, self._authorities.broader_than(above)):
                message = (
                    f"{shown(above)} cannot stand above {shown(entry.name)}, which stands above "
                    f"it already."
                )
                yield Problem("broader", told(above), message)


def _by_count(names: Counter[str]) -> list[str]:
    """Order names by how often they occur; one with a name struck out in it is none."""
    from collection.striking import BAR  # most collections can be shown without

    whole = [(name, count) for name, count in names.items() if not {BAR, *MASK} & {*name}]
    return [name for name, _ in sorted(whole, key=lambda one: (-one[1], one[0]))]


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise InvalidTestimony(problems)


def _unnamed(name: str, others: Iterable[Any], field: str) -> Iterator[Problem]:
    if not isinstance(name, str) or not name.strip():
        yield Problem("name", "", "The name is empty.")
    if isinstance(others, str):
        yield Problem(field, "", f"{field} must be a list of names.")
    elif not all(isinstance(other, str) and other.strip() for other in others):
        yield Problem(field, "", f"One of the names under {field} is empty.")


def _misplaced(entry: PlaceEntry) -> Iterator[Problem]:
    if reason := unfaithful(entry, type(entry)):
        yield Problem("", "", f"The place {reason}")
    elif (entry.latitude is None) is not (entry.longitude is None):
        yield Problem("latitude", "", "A latitude and a longitude go together; one is missing.")
    elif not is_sound(entry):
        value = f"{entry.latitude}, {entry.longitude}"
        message = "The latitude must lie between -90 and 90, the longitude between -180 and 180."
        yield Problem("latitude", value, message)
