"""Reads the testimonies of a file into typed records, all or the first of them."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from collection.errors import CannotOpen
from collection.store import layout
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Aside = dict[str, list[bytes]]
"""Entries that are no testimonies, as JSON, by what they are about; see `layout.ENTRIES`."""

_Gathered = TypeVar("_Gathered")
_ABOUT: Final = {table: about for about, table in layout.ENTRIES.items()}
_NOT_IN_LINES: Final = (layout.NotLaidOut, msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def read_testimonies(
    path: Path,
    gather: Callable[[Iterator[tuple[str, Testimony | Exception]]], _Gathered],
    aside: Aside,
) -> _Gathered:
    """Read every testimony of a file.

    Args:
        path: the file.
        gather: takes each entry's number with its testimony, or with why it is none.
        aside: is filled with the authority entries, which are not read yet.

    Raises:
        OSError: when it cannot be read.
        CannotOpen: when it is no collection.
    """
    with _without_collecting():
        try:
            return gather(_read_lines(path, aside))
        except _NOT_IN_LINES:
            # Another program wrote the file, or it is damaged: reading it whole tells.
            aside.clear()
            return gather(_read_whole(path, aside))


def first_testimonies(path: Path, limit: int) -> list[Testimony]:
    """Read the first screenful of a collection quickly; none where that is not possible."""
    try:
        if not path.is_file():
            return []
        read = islice(_read_lines(path, {}), limit)
        return [entry for _, entry in read if isinstance(entry, Testimony)]
    except (OSError, ValueError, CannotOpen, *_NOT_IN_LINES):
        # Opening the collection meets the same trouble, and says what it is.
        return []


def _read_lines(path: Path, aside: Aside) -> Iterator[tuple[str, Testimony | Exception]]:
    """Read the testimonies entry by entry; the history is not parsed."""
    decoder = msgspec.json.Decoder(Testimony)
    checked = False
    for table, number, raw in layout.entries(path):
        if table == layout.HEADER and number == "1":
            layout.check_header(msgspec.Raw(raw), path)
            checked = True
        elif table == layout.TESTIMONIES:
            if not checked:
                raise layout.NotLaidOut
            try:
                yield number, decoder.decode(raw)
            except msgspec.ValidationError as error:
                yield number, error
        elif about := _ABOUT.get(table):
            aside.setdefault(about, []).append(raw)
    if not checked:
        raise layout.NotLaidOut


def _read_whole(path: Path, aside: Aside) -> Iterator[tuple[str, Testimony | Exception]]:
    tables = layout.decode(path)
    for about, table in layout.ENTRIES.items():
        aside[about] = [layout.as_json(entry) for entry in tables.get(table, {}).values()]
    for number, entry in tables.get(layout.TESTIMONIES, {}).items():
        try:
            yield number, msgspec.json.decode(layout.as_json(entry), type=Testimony)
        except (msgspec.ValidationError, RecursionError) as error:
            yield number, error


@contextmanager
def _without_collecting() -> Iterator[None]:
    # Nothing of what is read becomes garbage; looking for some takes half of the time.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
