"""Reads the first testimonies of a file quickly, before everything is read."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from collection.errors import CannotOpen
from collection.store import layout
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_LARGEST: Final = 4 << 20
"""Bytes of a journal that can be read before the first screenful is shown."""


def first_testimonies(path: Path, limit: int) -> list[Testimony]:
    """Read at least the first screenful of a collection; none where that is not quick.

    Returns:
        the first testimonies of the main file that no journal has changed, and all that a
        journal has; in no order.
    """
    try:
        if not path.is_file():
            return []
        with path.open("rb") as file:
            lines = _lines(file)
            header = next(lines, None)
            if header is None or header[0] != layout.HEADER or header[1] != 1:
                return []
            folded = layout.read_header(header[2], path).journal
            changed = _changed(_journal(path), folded)
            decoder = msgspec.json.Decoder(Testimony)
            kept = (
                decoder.decode(raw)
                for table, number, raw in lines
                if table == layout.TESTIMONIES and number not in changed
            )
            newer = [decoder.decode(raw) for raw in changed.values() if raw is not None]
            return [*newer, *islice(kept, limit)]
    except (OSError, ValueError, CannotOpen, *layout.NOT_IN_LINES):
        # Opening the collection meets the same trouble, and says what it is.
        return []


def entries_with_journal(path: Path) -> list[bytes] | None:
    """Read the testimonies of a collection beside which a journal stands, as JSON.

    Returns:
        none where there is no journal, or the file is no collection; the file then says all.

    Raises:
        OSError: when it cannot be read.
    """
    if not _journal(path).exists():
        return None
    from collection.store.mainfile import Lines
    from collection.store.state import read_state

    try:
        state = read_state(path, {}, {})
    except CannotOpen:
        return None
    signature = state.main.signature if state.main is not None else (0, 0, 0)
    with Lines(path, signature) as lines:
        return [lines.raw(where) for where in state.tables.get(layout.TESTIMONIES, {}).values()]


def _journal(path: Path) -> Path:
    return path.with_name(path.name + layout.JOURNAL)


def _changed(place: Path, folded: str) -> dict[int, bytes | None]:
    """Give the testimonies that a journal has changed, by number."""
    try:
        if place.stat().st_size > _LARGEST:
            raise layout.NotLaidOut
        data = place.read_bytes()
    except FileNotFoundError:
        return {}
    # Seldom needed for the first screenful, and it takes milliseconds.
    from collection.store.journal import read_content

    content = read_content(data)
    if content.head is not None and content.head.journal == folded:
        return {}
    changes = (change for line in content.lines for change in line.changes)
    return {number: raw for table, number, raw in changes if table == layout.TESTIMONIES}


def _lines(file: Iterable[bytes]) -> Iterator[tuple[str, int, bytes]]:
    """Go through a file that is written one entry a line, table by table."""
    table: str | None = None
    for line in file:
        if table is not None and (found := layout.ENTRY.match(line)):
            yield table, int(found[1]), line[found.end() :].rstrip(b",\n")
        elif found := layout.OPENING.fullmatch(line[: layout.LONGEST_OPENING]):
            table = msgspec.json.decode(found[2])
        elif line not in (b"},\n", b"}}\n"):
            raise layout.NotLaidOut
