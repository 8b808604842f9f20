"""Lays a journal over a main file that it does not belong to, so that nothing is dropped.

That is the case where another program has changed the main file while a journal stood beside it,
or somebody has put an older copy there. What the main file says stays current; what the journal
has beside it is added, and where both differ the journal's version goes into the history.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

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

    Args:
        path: the main file.
        tables: what it holds.
        lines: the journal's changes.
        reader: reads the main file.

    Returns:
        the changes, and what has to be told.
    """
    last: dict[str, dict[int, bytes | None]] = {}
    for line in lines:
        for table, number, raw in line.changes:
            last.setdefault(table, {})[number] = raw
    if not any(last.values()):
        return [], []
    kept = {table: [raw for raw in some.values() if raw] for table, some in last.items()}
    history = [*_news(tables.get(layout.HISTORY, {}), kept.pop(layout.HISTORY, []), reader)]
    # Numbers of steps mean the changes of another file.
    kept.pop(layout.STEPS, None)
    added, beside = _testimonies(tables, kept.pop(layout.TESTIMONIES, []), reader)
    fresh = {layout.TESTIMONIES: added, layout.HISTORY: [*history, *beside]}
    for table, some in kept.items():
        same = _same_names if table in layout.ENTRIES.values() else _news
        fresh[table] = [*same(tables.get(table, {}), some, reader)]
    changes: list[Change] = []
    for table, some in fresh.items():
        highest = max(tables.get(table, ()), default=0)
        changes += [(table, highest + n, raw) for n, raw in enumerate(some, 1)]
    return changes, [_told(path, len(added), len(beside))]


def _testimonies(
    tables: Tables, entries: Iterable[bytes], reader: Lines
) -> tuple[list[bytes], list[bytes]]:
    current = tables.get(layout.TESTIMONIES, {})
    here: dict[str, bytes] = {}
    for where in current.values():
        raw = reader.raw(where)
        here.setdefault(layout.identifier(raw), raw)
    past = (trace(reader.raw(where)) for where in tables.get(layout.HISTORY, {}).values())
    gone = {one.id: one.action for one in past}
    added, beside = [], []
    for raw in entries:
        id = layout.identifier(raw)
        if gone.get(id) == ERASED or here.get(id) == raw:
            continue
        if id in here or gone.get(id) == WITHDRAWN:
            version = {"id": id, "action": CONFLICT, "at": now(), "by": ""}
            beside.append(msgspec.json.encode({**version, "before": msgspec.Raw(raw)}))
        else:
            added.append(raw)
            here[id] = raw
    return added, beside


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


def _told(path: Path, added: int, beside: int) -> Problem:
    return Problem(
        "",
        "",
        f"{path.name} was changed or replaced by another program while its journal held changes "
        f"that were not in it yet. Nothing was dropped: {added} testimonies were added from the "
        f"journal, and {beside} other versions put into the history.",
    )
