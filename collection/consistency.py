"""What `check` looks for between the records: history, authority entries, the kept index."""

from __future__ import annotations

import glob
from collections import deque
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.authorities import CONTAINER, PLACE, THEME, theme_key
from collection.errors import CollectionError, Problem, shown, told
from collection.places.entry import PlaceEntry
from collection.store import layout
from collection.themes import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from collection.indexing import State
    from collection.records import Records
    from collection.search.cache import IndexCache
    from collection.store.store import Store
    from collection.testimony import Testimony

_CHAINED: Final = "revised"
"""The action after which the numbers of versions go on. What was taken out and came back, by
undoing for example, may have a number once more."""


class _Before(msgspec.Struct):
    revision: int = 0


class _Link(msgspec.Struct):
    """An entry of the history, as far as it is a link of a chain."""

    id: str = ""
    action: str = ""
    before: _Before = msgspec.field(default_factory=_Before)


_LINKS: Final = msgspec.json.Decoder(_Link)


# --- the history -----------------------------------------------------------------------------


def problems_of_history(store: Store, records: Records) -> Iterator[Problem]:
    """Find versions of testimonies that are nowhere, and versions that are missing.

    Raises:
        CannotOpen: when the file cannot be read.
    """
    chains: dict[str, list[_Link]] = {}
    unread = 0
    for raw in store.jsons(layout.HISTORY):
        link = _as_link(raw)
        if link is None or not link.id:
            unread += 1
        else:
            chains.setdefault(link.id, []).append(link)
    if unread:
        many = "An entry" if unread == 1 else f"{unread} entries"
        message = f"{many} of the history cannot be read; nothing was changed."
        yield Problem("history", "", message)
    here = set(map(layout.identifier, store.jsons(layout.TESTIMONIES)))
    accounted = here | store.taken_out()
    for id, links in chains.items():
        record = records.get(id)
        if record is None and id not in accounted:
            message = (
                f"{id}: the history has earlier versions, but the testimony is neither here nor "
                f"was it withdrawn. A backup may have it: firsthand restore lists them."
            )
            yield Problem("history", id, message)
        yield from _breaks(id, links, record)


def _as_link(raw: bytes) -> _Link | None:
    try:
        return _LINKS.decode(raw)
    except msgspec.ValidationError:
        return None


def _breaks(id: str, links: Sequence[_Link], record: Testimony | None) -> Iterator[Problem]:
    last = None
    for link in links:
        now = link.before.revision
        if last is not None and now <= last:
            yield _break(id, f"version {now} follows version {last} in the history.")
        elif last is not None and now > last + 1:
            yield _break(id, f"between versions {last} and {now} the history has none.")
        last = now if link.action == _CHAINED else None
    if record is not None and last is not None and record.revision <= last:
        yield _break(id, f"it is version {record.revision}, but the history has a version {last}.")


def _break(id: str, what: str) -> Problem:
    return Problem("history", id, f"{id}: {what}")


# --- places and themes -----------------------------------------------------------------------


def problems_of_entries(aside: dict[str, list[bytes]], records: Records) -> Iterator[Problem]:
    """Find entries that lead nowhere, and themes that stand above themselves.

    A name is only told if a testimony that may be seen has it.

    Args:
        aside: the entries of the file, as JSON.
        records: what names them.
    """
    places = [*_decoded(aside, PLACE, PlaceEntry), *_decoded(aside, CONTAINER, PlaceEntry)]
    containers = {one.name for one in _decoded(aside, CONTAINER, PlaceEntry)}
    missing: dict[str, list[str]] = {}
    for place in places:
        for key in place.within:
            if key not in containers:
                missing.setdefault(key, []).append(place.name)
    if missing:
        seen = records.places()
        untold = 0
        for key, names in missing.items():
            name = next((name for name in names if records.private or name in seen), None)
            if name is None:
                untold += 1
                continue
            message = f"The place {shown(name)} lies in {shown(key)}, which has no entry."
            yield Problem("within", told(key), message)
        if untold:
            message = f"Wider places that entries name and that have no entry: {untold}."
            yield Problem("within", "", message)
    themes = _decoded(aside, THEME, ThemeEntry)
    circles = _circles(themes)
    seen_themes = set(map(theme_key, records.themes())) if circles else set()
    for circle in circles:
        visible = records.private or all(theme_key(name) in seen_themes for name in circle)
        yield Problem("broader", "", _of_circle(circle, visible=visible))


def _of_circle(circle: Sequence[str], *, visible: bool) -> str:
    names = f": {', '.join(map(shown, circle))}" if visible else ""
    what = (
        f"A theme stands above itself{names}."
        if len(circle) == 1
        else f"{len(circle)} themes stand above each other in a circle{names}."
    )
    return f"{what} firsthand theme NAME --broader TERM takes it apart."


def _decoded(aside: dict[str, list[bytes]], about: str, kind: Any) -> list[Any]:
    decoder = msgspec.json.Decoder(kind)
    found = []
    for raw in aside.get(about, []):
        try:
            found.append(decoder.decode(raw))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            # Told by the check of the entries themselves.
            continue
    return found


def _circles(themes: Iterable[ThemeEntry]) -> list[list[str]]:
    """Give the names of the themes of each circle, in the order of the file."""
    names: dict[str, str] = {}
    above: dict[str, set[str]] = {}
    for theme in themes:
        key = theme_key(theme.name)
        names.setdefault(key, theme.name)
        above.setdefault(key, set(map(theme_key, theme.broader)))
    # What has nothing above it is in no circle, and then neither is what was only below that.
    while top := [key for key, keys in above.items() if not keys & above.keys()]:
        for key in top:
            del above[key]
    found: list[list[str]] = []
    reached = {key: _above(key, above) for key in above}
    done: set[str] = set()
    for key in above:
        circle = {other for other in reached[key] if key in reached[other]}
        if key in circle and key not in done:
            done |= circle
            found.append([names[one] for one in names if one in circle])
    return found


def _above(key: str, above: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = deque(above[key])
    while waiting:
        one = waiting.popleft()
        if one in above and one not in found:
            found.add(one)
            waiting.extend(above[one])
    return found


# --- the backups -----------------------------------------------------------------------------


def problems_of_backups(path: Path, folder: Path) -> Iterator[Problem]:
    """Find backups that could not be restored as they were made."""
    from collection.store.backups import Backups
    from collection.store.mainfile import read_main

    dated = (backup.path for backup in Backups(folder, path).list())
    files = [path.with_name(path.name + ".bak"), *dated]
    for file in files:
        try:
            main = read_main(file, {}, {})
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Problem("backups", told(file.name), f"{file.name}: {error.strerror}.")
        except CollectionError as error:
            yield Problem("backups", told(file.name), str(error))
        else:
            if main.sound is False:
                message = (
                    f"The backup {file.name} is no longer as it was made: the disk or another "
                    f"program has changed it."
                )
                yield Problem("backups", told(file.name), message)


def problems_of_copies(path: Path) -> Iterator[Problem]:
    """Find copies that were put aside because something was wrong with what they are of."""
    for kind in ("changed", "journal", "damaged", "journal.damaged"):
        for copy in sorted(path.parent.glob(f"{glob.escape(path.name)}.{kind}-*")):
            message = (
                f"{copy.name} was put aside because it was damaged, or changed by another "
                f"program. Compare it with what is here, then delete it."
            )
            yield Problem("copies", told(copy.name), message)


# --- the kept index --------------------------------------------------------------------------


def problem_of_index(
    cache: IndexCache,
    state: State | None,
    ids: list[str],
    whole: Callable[[str], Testimony | None],
) -> Problem | None:
    """Tell what is wrong with the search index that is kept; one that is merely old is right.

    Args:
        cache: its file.
        state: of the collection's file, as the records were read from it.
        ids: of all records.
        whole: gives a record.
    """
    from collection.indexing import differing
    from collection.search.cache import Damaged

    try:
        found = cache.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        return _of_index(cache.path, f"cannot be read ({error.strerror})")
    except Damaged:
        return _of_index(cache.path, "is damaged")
    if found is None or found[0].state != state:
        return None
    try:
        wrong = differing(found[1], ids, whole)
    except (ValueError, TypeError, msgspec.MsgspecError):
        return _of_index(cache.path, "is damaged")
    if not wrong:
        return None
    return _of_index(cache.path, f"does not agree with the testimonies ({len(wrong)} differ)")


def _of_index(path: Path, what: str) -> Problem:
    message = f"The kept search index {what}; the testimonies themselves are not touched by that."
    return Problem("index", told(str(path)), message)
