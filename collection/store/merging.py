"""Lays a journal over a main file that it does not belong to, so that nothing is dropped.

That is the case where another program has changed the main file while a journal stood beside it,
or somebody has put an older copy there. What the journal has added, changed or withdrawn since the
version that the main file has counts; where both have changed the same, what the main file says
stays current and the journal's version goes into the history.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import Problem
from collection.store import layout
from collection.store.changes import CONFLICT, ERASED, WITHDRAWN
from collection.store.moment import now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from collection.store.journal import Change, Line
    from collection.store.mainfile import Lines, Tables, Where


class Trace(msgspec.Struct):
    """What an entry of the history is about."""

    id: str = ""
    action: str = ""


class _Named(msgspec.Struct):
    name: str = ""


_TRACES: Final = msgspec.json.Decoder(Trace)
_NAMES: Final = msgspec.json.Decoder(_Named)


def trace(raw: bytes) -> Trace:
    """Tell what an entry of the history is about; empty where it cannot be read."""
    try:
        return _TRACES.decode(raw)
    except msgspec.ValidationError:
        return Trace()


def merged(
    path: Path, tables: Tables, lines: Sequence[Line], reader: Lines
) -> tuple[list[Change], list[Problem]]:
    """Give the changes that bring what a journal holds into a main file.

    What the journal has made of a version that is still the main file's counts. Where both have
    changed the same, the main file's stays current.

    Args:
        path: the main file.
        tables: what it holds.
        lines: the journal's changes.
        reader: reads the main file.

    Returns:
        the changes, and what has to be told.
    """
    last: dict[str, dict[int, bytes]] = {}
    for line in lines:
        for table, number, raw in line.changes:
            if raw is not None and table not in (layout.TESTIMONIES, layout.STEPS):
                # Numbers of steps mean the changes of another file.
                last.setdefault(table, {})[number] = raw
    ours = _ours(lines, tables.get(layout.TESTIMONIES, {}), reader)
    if not last and not ours:
        return [], []
    changes, beside, counts = _testimonies(tables, ours, reader)
    fresh = {table: [*some.values()] for table, some in last.items()}
    known = tables.get(layout.HISTORY, {})
    fresh[layout.HISTORY] = [*_news(known, fresh.get(layout.HISTORY, []), reader), *beside]
    for table, some in fresh.items():
        if table != layout.HISTORY:
            same = _same_names if table in layout.ENTRIES.values() else _news
            some[:] = same(tables.get(table, {}), some, reader)
        highest = max(tables.get(table, ()), default=0)
        changes += [(table, highest + n, raw) for n, raw in enumerate(some, 1)]
    return changes, [_told(path, *counts, len(beside))]


@dataclass
class _Ours:
    """What a journal has made of a testimony."""

    base: Any = None
    """The version that it began with, as plain values; none if it added the testimony."""
    now: bytes | None = None
    """The version that it ended with; none if it took the testimony out."""


class _Past(msgspec.Struct):
    id: str = ""
    before: Any = None


def _ours(lines: Sequence[Line], current: dict[int, Where], reader: Lines) -> dict[str, _Ours]:
    found: dict[str, _Ours] = {}
    ids: dict[int, str] = {}
    for line in lines:
        for table, _, raw in line.changes:
            if table == layout.HISTORY and raw is not None:
                past = _past(raw)
                found.setdefault(past.id, _Ours(past.before))
        for table, number, raw in line.changes:
            if table != layout.TESTIMONIES:
                continue
            if raw is not None:
                id = ids[number] = layout.identifier(raw)
            elif number in ids or number in current:
                id = ids.get(number) or layout.identifier(reader.raw(current[number]))
            else:
                continue
            found.setdefault(id, _Ours()).now = raw
    return found


def _past(raw: bytes) -> _Past:
    try:
        return msgspec.json.decode(raw, type=_Past)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return _Past()


def _testimonies(
    tables: Tables, ours: dict[str, _Ours], reader: Lines
) -> tuple[list[Change], list[bytes], tuple[int, int, int]]:
    current = tables.get(layout.TESTIMONIES, {})
    here: dict[str, tuple[int, bytes]] = {}
    for number, where in current.items():
        entry = reader.raw(where)
        here.setdefault(layout.identifier(entry), (number, entry))
    past = (trace(reader.raw(where)) for where in tables.get(layout.HISTORY, {}).values())
    gone = {one.id: one.action for one in past}
    changes: list[Change] = []
    beside: list[bytes] = []
    added = changed = removed = 0
    highest = max(current, default=0)
    raw: bytes | None
    for id, mine in ours.items():
        number, raw = here.get(id, (0, None))
        if gone.get(id) == ERASED or mine.now == raw:
            continue
        if raw is not None and mine.base is not None and layout.values(raw) == mine.base:
            changes.append((layout.TESTIMONIES, number, mine.now))
            changed += mine.now is not None
            removed += mine.now is None
        elif mine.now is None:
            # Withdrawn here and changed there: who changed it did not know.
            continue
        elif raw is None and gone.get(id) != WITHDRAWN:
            added += 1
            changes.append((layout.TESTIMONIES, highest + added, mine.now))
        else:
            version = {"id": id, "action": CONFLICT, "at": now(), "by": ""}
            beside.append(msgspec.json.encode({**version, "before": msgspec.Raw(mine.now)}))
    return changes, beside, (added, changed, removed)


def _news(known: dict[int, Where], entries: Iterable[bytes], reader: Lines) -> Iterator[bytes]:
    sums = {zlib.crc32(reader.raw(where)) for where in known.values()}
    return (raw for raw in entries if zlib.crc32(raw) not in sums)


def _same_names(
    known: dict[int, Where], entries: Iterable[bytes], reader: Lines
) -> Iterator[bytes]:
    names = {_name(reader.raw(where)) for where in known.values()}
    return (raw for raw in entries if _name(raw) not in names)


def _name(raw: bytes) -> str:
    try:
        return _NAMES.decode(raw).name
    except msgspec.ValidationError:
        return ""


def _told(path: Path, added: int, changed: int, removed: int, beside: int) -> Problem:
    return Problem(
        "",
        "",
        f"{path.name} was changed or replaced by another program while its journal held changes "
        f"that were not in it yet. Nothing was dropped: of the journal, {added} testimonies were "
        f"added, {changed} changed and {removed} withdrawn; {beside} that differ in both stay as "
        f"the file has them, and the journal's versions are in their history.",
    )
