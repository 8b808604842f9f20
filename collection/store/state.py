"""What a collection's file and its journal come to, read without a lock."""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from collection.errors import CannotOpen, Problem
from collection.store import layout, merging
from collection.store.journal import Content, Line, journal_place, read_content
from collection.store.mainfile import Lines, Main, Moved, Signature, read_main, record, signature_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from collection.store.journal import Change
    from collection.store.mainfile import Readers, Tables, Typed

_TOO_HIGH: Final = 10**17
_ATTEMPTS: Final = 8
"""How often a file may be replaced while it is read before one gives up."""


@dataclass
class State:
    """A state of a collection."""

    main: Main | None
    """What the main file holds; None where there is none yet."""
    tables: Tables = field(default_factory=dict)
    """All tables but the program's own, with what the journal has changed."""
    lineage: str = ""
    sequence: int = 0
    """The number of the last change."""
    chain: int = 0
    """What all changes have come to, as a checksum."""
    journal: str = ""
    """The name of the journal that goes on from the main file; empty where there is none."""
    found: str = ""
    """The name of the journal's file as it is there, whatever it belongs to."""
    seen: Signature | None = None
    """The state of the journal's file as it was read; None where there was none."""
    end: int = 0
    """Where the last change in the journal ends, in bytes."""
    torn: bool = False
    """Whether something follows it that was never finished."""
    stale: bool = False
    """Whether the journal's file holds nothing that is not in the main file."""
    merged: bool = False
    """Whether the journal belongs to another main file; both then have been laid together."""
    damaged: bool = False
    """Whether a part of the journal could not be read."""
    problems: list[Problem] = field(default_factory=list)
    """What was found to be wrong."""
    highest: dict[str, int] = field(default_factory=dict)
    """The highest number in each table, as far as somebody has asked."""

    @property
    def identity(self) -> tuple[int, ...]:
        """What tells this state of the collection from any other, wherever it is written."""
        foreign = 0 if self.main is None or self.main.sound else self.main.crc + 1
        return zlib.crc32(self.lineage.encode()), self.sequence, self.chain, foreign

    def next_number(self, table: str) -> int:
        """Give a number that no entry of a table has."""
        if table not in self.highest:
            self.highest[table] = max(self.tables.get(table, ()), default=0)
        number = self.highest[table] + 1
        if number >= _TOO_HIGH:
            # Another program's; as a number of its own it would not be read again.
            taken = self.tables[table]
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
        return number

    def apply(self, changes: Iterable[Change]) -> None:
        """Make changes of entries."""
        for table, number, raw in changes:
            if raw is None:
                self.tables.get(table, {}).pop(number, None)
            else:
                self.tables.setdefault(table, {})[number] = raw
                if number > self.highest.get(table, number):
                    self.highest[table] = number

    def take(self, line: Line) -> None:
        """Take over a line of the journal."""
        self.apply(line.changes)
        self.sequence = line.sequence
        self.chain = chained(self.chain, line.crc)
        self.end = line.end


def chained(chain: int, crc: int) -> int:
    """Add a change to what all changes up to it have come to."""
    return zlib.crc32(crc.to_bytes(4), chain)


def new_lineage() -> str:
    """Make up what the copies of a collection have in common."""
    return os.urandom(6).hex()


def read_state(path: Path, readers: Readers, typed: Typed) -> State:
    """Read a collection; another program may be changing it.

    Args:
        path: the main file.
        readers: see `read_main`.
        typed: is filled with the records of those tables as they are now.

    Raises:
        OSError: when it cannot be read; `FileNotFoundError` when there is none.
        CannotOpen: when it is no collection.
    """
    for _ in range(_ATTEMPTS):
        typed.clear()
        main = read_main(path, readers, typed)
        journal = _read_journal(path)
        # If it was folded in between, what was folded may be missing from both.
        if signature_of(path.stat()) == main.signature:
            try:
                return _together(path, main, journal, readers, typed)
            except Moved:
                continue
    raise CannotOpen(f"{path.name} is being replaced again and again. Try it later.")


def _read_journal(path: Path) -> tuple[Content, Signature] | None:
    try:
        with journal_place(path).open("rb") as file:
            seen = signature_of(os.fstat(file.fileno()))
            # Not what is appended from now on: the signature would not tell of it.
            return read_content(file.read(seen[2])), seen
    except FileNotFoundError:
        return None


def _together(
    path: Path,
    main: Main,
    journal: tuple[Content, Signature] | None,
    readers: Readers,
    typed: Typed,
) -> State:
    header = main.header
    state = State(main, main.tables, header.lineage, header.sequence, header.chain)
    if main.sound is False:
        state.problems.append(_unsound(path))
    if journal is None:
        return state
    content, state.seen = journal
    place, head = journal_place(path), content.head
    if head is not None and head.schema > layout.SCHEMA:
        raise CannotOpen(
            f"{place.name} was written by a newer Firsthand. It was left as it is, and "
            f"{path.name} too; update Firsthand to open them."
        )
    state.torn = content.end < content.size
    state.found = head.journal if head is not None else ""
    if content.damaged or (head is None and content.lines):
        state.problems.append(_damaged(place, content))
        state.damaged = True
    if (
        not content.lines
        and not content.damaged
        and (head is None or (head.size, head.crc) != main.digest)
    ):
        # It was begun, and nothing was ever entered into it.
        state.stale = True
        return state
    last = content.lines[-1].sequence if content.lines else 0
    if head is not None and head.journal == header.journal and last <= header.sequence:
        # It was folded, and then not removed. (A backup put here by hand may lack a part of it.)
        state.stale = True
        return state
    if head is not None and (head.size, head.crc) == main.digest:
        state.journal = head.journal
        for line in content.lines:
            state.take(line)
        state.end = content.end
        changes = [change for line in content.lines for change in line.changes]
    else:
        changes = _laid_over(path, state, content, main)
        state.apply(changes)
    _read_again(changes, state, readers, typed)
    return state


def _laid_over(path: Path, state: State, content: Content, main: Main) -> list[Change]:
    """Give what a journal holds that belongs to another state of the main file."""
    head = content.head
    lines = content.lines
    if head is None:
        # Whatever is in the main file already has come from there.
        lines = [line for line in lines if line.sequence > state.sequence]
    elif head.lineage != main.header.lineage:
        lines = []
        state.problems.append(_foreign_journal(path))
    with Lines(path, main.signature) as reader:
        changes, problems = merging.merged(path, main.tables, lines, reader)
    state.problems += problems
    state.merged = True
    for line in lines:
        state.chain = chained(state.chain, line.crc)
        state.sequence = max(state.sequence, line.sequence)
    return changes


def _read_again(changes: Iterable[Change], state: State, readers: Readers, typed: Typed) -> None:
    for table, number, _ in changes:
        read = readers.get(table)
        if read is None:
            continue
        raw = state.tables[table].get(number)
        if isinstance(raw, bytes):
            typed.setdefault(table, {})[number] = record(read, raw)
        else:
            typed.setdefault(table, {}).pop(number, None)


# --- what is said of it ----------------------------------------------------------------------


def _unsound(path: Path) -> Problem:
    return Problem(
        "checksum",
        "",
        f"{path.name} is no longer as Firsthand saved it: another program has changed it, or the "
        f"disk has. Everything in it can be read, but compare it with a backup.",
    )


def _damaged(place: Path, content: Content) -> Problem:
    count = max(content.damaged, 1)
    lines = "One change" if count == 1 else f"{count} changes"
    return Problem(
        "",
        "",
        f"{lines} in {place.name} cannot be read any longer. Everything else in it was kept, and "
        f"the file will be put aside unchanged.",
    )


def _foreign_journal(path: Path) -> Problem:
    place = journal_place(path)
    return Problem(
        "",
        "",
        f"{place.name} belongs to another collection than {path.name}. Nothing in it was used; "
        f"it will be put aside unchanged.",
    )
