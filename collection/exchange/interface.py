"""The interface that every format stands on: rows come in, gated testimonies go out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from collection.errors import Problem
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collection.access import Gated


class Where(msgspec.Struct, frozen=True):
    """Where in a file something stands."""

    file: str
    row: int | None = None
    """The how-manieth record, from 1."""
    line: int | None = None
    """The line of the file, from 1."""


class Row(msgspec.Struct, frozen=True):
    """One record as a file gives it, not yet read."""

    where: Where
    raw: Any = None
    """Its plain values."""
    problem: Problem | None = None
    """Why it cannot even be taken apart; then there are no values."""


class Refusal(msgspec.Struct, frozen=True):
    """One reason why a row did not enter."""

    where: Where
    field: str
    value: str
    message: str


class Report(msgspec.Struct, frozen=True):
    """What an import did, or with a dry run would do."""

    added: int = 0
    changed: int = 0
    """Rows that differ from the testimony of the same identifier."""
    same: int = 0
    refused: int = 0
    problems: tuple[Refusal, ...] = ()
    drafts: tuple[Testimony, ...] = ()
    """The records that a dry run would add."""
    updated: bool = False
    """Whether the changed ones were taken over."""


class Format(Protocol):
    """A format that testimonies travel in."""

    name: str
    """What `--format` calls it."""

    def read(self, path: Path) -> Iterator[Row]:
        """Take a file apart into rows.

        Raises:
            OSError: when it cannot be read.
        """

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write testimonies down, piece by piece."""
