"""The interface that every format stands on: rows come in, gated testimonies go out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import msgspec

from collection.errors import Problem
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated


class Where(msgspec.Struct, frozen=True):
    """Where in a file something stands."""

    file: str
    row: int | None = None
    """The how-manieth record, from 1."""
    line: int | None = None
    """The line of the file, from 1."""
    column: str = ""
    """What the file itself calls the value: a column's header, an element's name."""


class Doubt(msgspec.Struct, frozen=True):
    """Something that the rules of a format are unsure of, for a person to look at."""

    field: str
    """The key of the record that it is about, dotted as `narrator.name`."""
    message: str
    """What is doubtful, in a plain sentence."""
    start: int = 0
    """Where it stands in the text that lies beside; with `end` a half-open span."""
    end: int = 0


class Beside(msgspec.Struct, frozen=True):
    """What a person sees beside a record that must be looked at before it enters."""

    text: str
    """The article that it was taken from, as plain text."""
    taken: tuple[tuple[int, int], ...] = ()
    """Half-open spans of the text that became the account, in order."""
    doubts: tuple[Doubt, ...] = ()


class Row(msgspec.Struct, frozen=True):
    """One record as a file gives it, not yet read."""

    where: Where
    raw: Any = None
    """Its plain values."""
    problem: Problem | None = None
    """Why it cannot be taken; then `raw` holds at most what may help to enter it by hand."""
    columns: Mapping[str, str] = {}
    """Which column of the file each key of `raw` was taken from, where the two differ."""
    beside: Beside | None = None
    """What to look at before it enters; none where the file says itself what is what."""
    needs: Mapping[str, str] = {}
    """What to do where a key is missing that a record needs, in a plain sentence."""
    source: Callable[[], str] | None = None
    """Gives the record as the file has it, for people; put together only when it is asked for."""


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
    """The records that a dry run would add, those that have to be looked at last."""
    updated: bool = False
    """Whether the changed ones were taken over."""
    waiting: int = 0
    """Rows that a person must look at before they enter."""
    left_out: int = 0
    """Rows that a person did not want."""
    entered: tuple[str, ...] = ()
    """The identifiers of the added, if it was no dry run."""
    taken_over: tuple[str, ...] = ()
    """The identifiers of the changed that were taken over."""


class Known(msgspec.Struct, frozen=True):
    """What a collection knows that helps to understand a text."""

    themes: Sequence[str] = ()
    """Its themes, the most used first."""
    places: Sequence[str] = ()
    """The names of its places, the most used first."""


class Reading(msgspec.Struct, frozen=True):
    """How a file is to be read; what is not said is detected."""

    encoding: str = ""
    delimiter: str = ""
    """Between the values of a line."""
    sheet: str = ""
    """Of a workbook; else the first that holds something."""
    mapping: Mapping[str, str] | None = None
    """The key of the record for each column of a table; an empty one leaves the column out."""
    transcripts: Path | None = None
    """The folder of the transcripts that a table names."""
    known: Known = Known()


DETECTED: Final = Reading()
"""Everything about the reading is detected."""


class Reader(Protocol):
    """A format that testimonies come in."""

    name: str
    """What `--format` calls it."""
    label: str
    """What a person calls it."""

    def read(self, path: Path, reading: Reading = ...) -> Iterator[Row]:
        """Take a file apart into rows, a few at a time.

        Whatever a file holds becomes a row, or a row with a problem; nothing else is raised.

        Raises:
            OSError: when it cannot be read.
        """


class Writer(Protocol):
    """A format that testimonies leave in."""

    name: str
    """What `--format` calls it."""
    label: str
    """What a person calls it."""
    about: str
    """What it is for, in a few words; whether it is lossless."""
    suffix: str
    """The ending of its files, with the dot."""
    single: bool
    """Whether one file holds many testimonies; else each has a file of its own."""

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one file, piece by piece; what is sealed as a whole is left out.

        Raises:
            Unfit: when a testimony has nothing to be written in this format; only where each
                has a file of its own.
        """


class Unfit(Exception):  # noqa: N818
    """A testimony has nothing that could be written in a format; says why in a sentence."""


Progress = Callable[[int], None]
"""Told how many rows are done; may raise to cancel."""
