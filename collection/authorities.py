"""The authority entries of a collection in memory: places and themes, and what is known of them."""

from __future__ import annotations

from collections import deque
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.apart import Apart
from collection.errors import CollectionError, Problem
from collection.folding import fold
from collection.places.entry import PlaceEntry
from collection.store.changes import EntryChange
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from collection.places.entry import Candidate
    from collection.places.gazetteer import Gazetteer
    from collection.testimony import Testimony

PLACE: Final = "place"
CONTAINER: Final = "container"
THEME: Final = "theme"
NARRATOR: Final = "narrator"
"""What is shared as places and themes are; nothing is kept of it but its name."""
APART: Final = "apart"
"""Two names that mean different things, whatever they are names of."""
_KINDS: Final[dict[str, Any]] = {
    PLACE: PlaceEntry,
    CONTAINER: PlaceEntry,
    THEME: ThemeEntry,
    APART: Apart,
}

Raw = dict[str, list[bytes]]
"""Entries as JSON, by what they are about."""


def theme_key(name: str) -> str:
    """Give what the spellings of a theme have in common: `Forced Labour`, `forced labour`."""
    return fold(name) or name


def _key(about: str, name: str) -> str:
    return theme_key(name) if about == THEME else name


class Authorities:
    """The entries of a file, read when one is first asked for, and those not kept in it yet.

    Any thread may ask. Who changes something holds the lock of the records; `changed` is called
    without any lock of this class.
    """

    def __init__(self, raw: Callable[[], Raw] = dict) -> None:
        """Take what gives the entries of the file as they were last loaded."""
        self.changed: Callable[[str, str], None] | None = None
        """Called with `place` or `theme` and a name when that entry was set or taken back."""
        self._problems: tuple[Problem, ...] = ()
        self._raw = raw
        self._lock = RLock()
        self._stored: dict[str, dict[str, Any]] | None = None
        # Resolved, but not in the file.
        self._fresh: dict[str, dict[str, PlaceEntry]] = {PLACE: {}, CONTAINER: {}}
        self._opening = RLock()
        self._gazetteer: Gazetteer | None = None
        self._tried = False

    # --- places ------------------------------------------------------------------------------

    def place(self, name: str, among: Collection[str] = ()) -> PlaceEntry:
        """Give the entry of a place, resolved now and remembered if there is none yet.

        Args:
            name: as the testimonies write it.
            among: codes of the countries that the places beside it lie in.
        """
        entry = self.known(name) or self.looked_up(name, among)
        return PlaceEntry(name) if entry is None else self.remember(entry)

    def known(self, name: str) -> PlaceEntry | None:
        """Give the entry of a place, if there is one already."""
        entry: PlaceEntry | None = self.entry(PLACE, name)
        return entry

    def looked_up(self, name: str, among: Collection[str] = ()) -> PlaceEntry | None:
        """Ask the gazetteer what a name is; none where there is no gazetteer."""
        found: PlaceEntry | None = self._ask(lambda gazetteer: gazetteer.resolve(name, among))
        return found and msgspec.structs.replace(found, name=name)

    def candidates(self, name: str) -> Sequence[Candidate]:
        """Give all places that a name may mean, the likeliest first."""
        known = self.known(name)
        if known is not None and known.candidates:
            return known.candidates
        return self._ask(lambda gazetteer: tuple(gazetteer.candidates(name))) or ()

    def completions(self, prefix: str, limit: int) -> Sequence[Candidate]:
        """Give places of the gazetteer one of whose names begins with a prefix, largest first.

        Where there are few, those follow that are spelt nearly so.
        """
        found = [*(self._ask(lambda gazetteer: gazetteer.complete(prefix, limit)) or ())]
        if len(found) < limit:
            more = self._ask(lambda gazetteer: gazetteer.misspelt(prefix, limit)) or ()
            found += [one for one in more if one not in found]
        return found[:limit]

    def remember(self, entry: PlaceEntry) -> PlaceEntry:
        """Keep an entry in memory until a testimony that names it is saved.

        Returns:
            the entry; another one if that is known already.
        """
        return self.known(entry.name) or self._fresh[PLACE].setdefault(entry.name, entry)

    def container(self, key: str) -> PlaceEntry:
        """Give the entry of what places lie in, by its key."""
        known: PlaceEntry | None = self.entry(CONTAINER, key)
        if known is not None:
            return known
        found: PlaceEntry | None = self._ask(lambda gazetteer: gazetteer.entry(key))
        if found is None:
            return PlaceEntry(key)
        return self._fresh[CONTAINER].setdefault(key, msgspec.structs.replace(found, name=key))

    # --- themes ------------------------------------------------------------------------------

    def theme(self, name: str) -> ThemeEntry:
        """Give the entry of a theme, however it is spelt; an empty one if there is none."""
        return self.known_theme(name) or ThemeEntry(name)

    def known_theme(self, name: str) -> ThemeEntry | None:
        """Give the entry of a theme, if somebody has defined it."""
        entry: ThemeEntry | None = self.entry(THEME, name)
        return entry

    def broader_than(self, name: str) -> tuple[str, ...]:
        """Give all themes above a theme, the nearest first; a circle in the file does no harm."""
        found = {theme_key(name): name}
        waiting = deque(self.theme(name).broader)
        while waiting:
            above = waiting.popleft()
            if theme_key(above) not in found:
                found[theme_key(above)] = above
                waiting.extend(self.theme(above).broader)
        return tuple(found.values())[1:]

    def entry(self, about: str, name: str) -> Any:
        """Give what is known of something, in the file or not; none if nothing is."""
        # Looked up without a lock: what is there is complete.
        stored = self._stored or self._read()
        key = _key(about, name)
        found = stored[about].get(key)
        return found if found is not None else self._fresh.get(about, {}).get(key)

    def kept(self, about: str, name: str) -> Any:
        """Give what the file says of something; none if it says nothing."""
        return (self._stored or self._read())[about].get(_key(about, name))

    def every(self, about: str) -> list[Any]:
        """Give all entries that the file has of a kind."""
        return [*(self._stored or self._read())[about].values()]

    def check(self) -> tuple[Problem, ...]:
        """Tell which entries of the file could not be read; they stay in it."""
        self._read()
        return self._problems

    # --- changes -----------------------------------------------------------------------------

    def unsaved(
        self, testimonies: Iterable[Testimony | None], changes: Iterable[EntryChange] = ()
    ) -> list[EntryChange]:
        """Give the new entries that are to be kept with testimonies and with other changes.

        They are those of the places that the testimonies name, and of what these lie in.
        """
        decided = {one.name: one.after for one in changes if isinstance(one.after, PlaceEntry)}
        fresh = self._fresh[PLACE]
        if not fresh and not decided:
            return []
        names: dict[str, None] = {}
        for one in testimonies:
            if one is not None:
                names |= dict.fromkeys([*(p.name for p in one.places), one.interview_place])
        places = [fresh[name] for name in names if name in fresh and name not in decided]
        keys = dict.fromkeys(key for one in [*places, *decided.values()] for key in one.within)
        held = [self.container(key) for key in keys]
        new = [one for one in held if one.name in self._fresh[CONTAINER]]
        pairs = [(PLACE, one) for one in places] + [(CONTAINER, one) for one in new]
        return [EntryChange(about, one.name, None, one, yields=True) for about, one in pairs]

    def apply(self, changes: Iterable[EntryChange]) -> None:
        """Take changes over that are in the file."""
        told = []
        with self._lock:
            stored = self._read()
            for change in changes:
                key = _key(change.about, change.name)
                if change.after is None:
                    stored[change.about].pop(key, None)
                elif change.yields:
                    stored[change.about].setdefault(key, change.after)
                else:
                    stored[change.about][key] = change.after
                self._fresh.get(change.about, {}).pop(key, None)
                if not change.yields and change.about in (PLACE, THEME):
                    told.append((change.about, change.name))
        self._tell(told)

    def learn(self, entries: Iterable[tuple[str, bytes]]) -> None:
        """Take over entries that others have written.

        Args:
            entries: what each is about, and its JSON.
        """
        found = ((about, self.decoded(about, raw)) for about, raw in entries)
        self.apply([EntryChange(about, one.name, None, one) for about, one in found if one])

    def decoded(self, about: str, raw: bytes | msgspec.Raw) -> Any:
        """Read an entry; none where there is none, or another program has written it."""
        try:
            return msgspec.json.decode(raw, type=_KINDS[about] | None)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    def take(self) -> None:
        """Take over the entries of a file that has been loaded anew."""
        told = []
        with self._lock:
            before, self._stored = self._stored, None
            if before is None:
                return
            after = self._read()
            for about in (PLACE, THEME):
                old, new = self._fresh.get(about, {}) | before[about], after[about]
                for key in old.keys() | new.keys():
                    now = new.get(key, self._fresh.get(about, {}).get(key))
                    if old.get(key) != now:
                        told.append((about, (now or old[key]).name))
            for about, fresh in self._fresh.items():
                for key in fresh.keys() & after[about].keys():
                    del fresh[key]
        self._tell(told)

    def _tell(self, changes: Iterable[tuple[str, str]]) -> None:
        for about, name in changes:
            if self.changed is not None:
                self.changed(about, name)

    # --- where entries come from -------------------------------------------------------------

    def _read(self) -> dict[str, dict[str, Any]]:
        with self._lock:
            if self._stored is None:
                self._stored, self._problems = _decoded(self._raw())
            return self._stored

    def _ask(self, question: Callable[[Gazetteer], Any]) -> Any:
        """Ask the gazetteer; one that is missing or damaged knows nothing."""
        with self._opening:
            try:
                if not self._tried:
                    self._tried = True
                    from collection.places.gazetteer import Gazetteer

                    self._gazetteer = Gazetteer.bundled()
                return None if self._gazetteer is None else question(self._gazetteer)
            except UnicodeError:
                # Half a character is part of no name.
                return None
            except (CollectionError, OSError):
                self._gazetteer = None
                return None


def _decoded(raw: Raw) -> tuple[dict[str, dict[str, Any]], tuple[Problem, ...]]:
    found: dict[str, dict[str, Any]] = {}
    problems = []
    for about, kind in _KINDS.items():
        decoder = msgspec.json.Decoder(kind)
        entries = found[about] = {}
        for one in raw.get(about, []):
            try:
                entry = decoder.decode(one)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                # Not what it says: the testimonies that name it may be sealed.
                message = f"An entry of a {about} cannot be read ({error}); it was left as it is."
                problems.append(Problem("", "", message))
                continue
            if entries.setdefault(_key(about, entry.name), entry) is not entry:
                message = (
                    f"Two entries of a {about} have the same name. The first counts; both were "
                    f"left as they are."
                )
                problems.append(Problem("name", "", message))
    return found, tuple(problems)
