"""Transcripts in files of their own, as Oral History as Data keeps them beside its table.

One file an interview, called as the interview's identifier. As a table it has the columns
`speaker, words, tags, timestamp` in any order, of which only `words` is required: a row without a
speaker goes on with the one before, tags stand between semicolons, HTML entities stand for
characters. The account then holds the words as they are, a row on a line of its own, with a blank
line where another speaker begins; the speakers are in the turns.
"""

from __future__ import annotations

import html
import re
from contextlib import suppress
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import shown
from collection.exchange.interface import Reading
from collection.exchange.spoken.timed import parse_timed
from collection.exchange.tables import cells
from collection.exchange.tables.delimited import open_grid
from collection.exchange.tables.encodings import encoding_of_bytes
from collection.exchange.tables.headers import plain
from collection.testimony import as_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from collection.exchange.tables.grid import Line

SUFFIXES: Final = (".csv", ".tsv", ".vtt", ".srt", ".txt")
"""What a transcript's file can end in; the first that is there counts."""
ROWS: Final = "transcript rows"
"""The key of `extra` under which is kept what rows have besides words, speaker and time."""
_TABLES: Final = (".csv", ".tsv")
_FILE_NAME: Final = re.compile(
    r"[^\n\r]{1,300}\.(?:csv|tsv|vtt|srt|txt|xml|json|pdf|docx?|odt|rtf|html?)", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"(?=[^\d_/\\]{0,200}[\d_/\\])[A-Za-z0-9./\\_][\w.\-/\\:%~+#?=&]{0,300}", re.ASCII
)
"""What a transcript may be called without an ending."""
_TIME: Final = re.compile(
    r"\W*?(?:(?P<hours>\d{1,4}):)?(?P<minutes>\d{1,4}):(?P<seconds>\d{2}(?:[.,]\d{1,6})?)\W*"
)
_HEADERS: Final = {
    "words": ("words", "text", "transcript", "content", "speech", "utterance"),
    "speaker": ("speaker", "name", "speakers"),
    "tags": ("tags", "tag", "keywords", "subjects"),
    "timestamp": ("timestamp", "time", "timecode", "start", "time stamp", "start time"),
}


class Transcript(msgspec.Struct, frozen=True):
    """What a transcript holds."""

    account: str
    turns: list[dict[str, Any]] = []
    """Plain values of turns: offset into the account, speaker, seconds."""
    keywords: list[str] = []
    """The tags of all rows, each once."""
    further: list[dict[str, Any]] = []
    """What rows have besides, by their header, with the offset of their words."""
    extra: dict[str, Any] = {}
    """What a file of times has besides, by the key of `extra`."""


class Unreadable(Exception):  # noqa: N818
    """A transcript cannot be read or found; says why in a sentence."""


class Folder:
    """The transcripts of a folder; nothing outside it is ever read."""

    def __init__(self, path: Path) -> None:
        """List the folder.

        Raises:
            OSError: when it cannot be read.
        """
        self._path = path
        inside = path.resolve()
        self._files: dict[str, Path] = {}
        for file in sorted(path.iterdir()):
            # A link may lead anywhere, and a pipe never ends.
            if file.is_file() and file.resolve().is_relative_to(inside):
                self._files.setdefault(file.name.casefold(), file)

    def find(self, named: str, id: str) -> Path | None:
        """Find the transcript of an interview.

        Args:
            named: what the table calls it; may be empty, an address, or no file at all.
            id: the interview's identifier, by which it is found where nothing is named.

        Raises:
            Unreadable: when what is named is not in the folder.
        """
        if names_a_transcript(named, id) or (named and self._stem(named)):
            path = PurePosixPath(named.strip().replace("\\", "/"))
            if ".." in path.parts:
                raise Unreadable(
                    f"The transcript {shown(named)} lies outside the folder of transcripts, so "
                    f"it was not read."
                )
            found = self._files.get(path.name.casefold()) or self._stem(path.name)
            if found is None and "://" not in named:
                raise Unreadable(
                    f"The transcript {shown(named)} is not in the folder {shown(self._path.name)}. "
                    f"Put it there, or leave the folder out to take the descriptions."
                )
            if found is not None:
                return found
        return self._stem(id)

    def _stem(self, stem: str) -> Path | None:
        stem = stem.strip().casefold()
        return next((f for end in SUFFIXES if stem and (f := self._files.get(stem + end))), None)


FOLDERS: Final = ("transcripts", "transcript")
"""What the folder beside a table is called that holds its transcripts, in any case."""


class Beside:
    """The transcripts that lie beside a table, where no folder was named."""

    def __init__(self, table: Path) -> None:
        self._table = table

    def find(self, named: str, id: str) -> Path | None:
        """Find the transcript of an interview, see `Folder.find`.

        In a folder `transcripts` it may be called as the interview is; beside the table itself
        it must be named.

        Raises:
            Unreadable: when what is named is neither here nor there.
            OSError: when a folder cannot be read.
        """
        named = named if names_a_transcript(named, id) else ""
        if self._folder is not None:
            with suppress(Unreadable):
                if (found := self._folder.find(named, id)) is not None:
                    return found
        if not named:
            return None
        with suppress(Unreadable):
            found = self._around.find(named, id)
            if found is not None and found != self._table:
                return found
        if "://" in named:
            return None
        raise Unreadable(
            f"The transcript {shown(named)} lies neither beside the table nor in a folder "
            f"`transcripts` there. Put it there or say where it is; or leave out the column to "
            f"take the descriptions."
        )

    @cached_property
    def _folder(self) -> Folder | None:
        around = self._table.parent
        named = sorted(p for p in around.iterdir() if p.name.casefold() in FOLDERS and p.is_dir())
        # A link may lead anywhere.
        inside = (p for p in named if p.resolve().is_relative_to(around.resolve()))
        return next(map(Folder, inside), None)

    @cached_property
    def _around(self) -> Folder:
        return Folder(self._table.parent)


def names_a_transcript(cell: Any, id: str) -> bool:
    """Tell whether a cell names a transcript rather than holding its words.

    A file, an address, the identifier of the interview, or something that is built like one: a
    single word of Latin letters with a digit, a line or a stroke in it.
    """
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    if not text or tells_of_one(text):
        return False
    return bool(text == id.strip() or names_a_file(text) or _NAME.fullmatch(text))


def tells_of_one(cell: Any) -> bool:
    """Tell whether a cell only says whether there is a transcript."""
    return isinstance(cell, str) and (cells.is_yes(cell) or cells.is_no(cell))


def names_a_file(cell: Any) -> bool:
    """Tell whether a cell names a file rather than holding the text itself."""
    return isinstance(cell, str) and _FILE_NAME.fullmatch(cell.strip()) is not None


def transcript_of(path: Path) -> Transcript:
    """Read one transcript.

    Raises:
        Unreadable: when it holds no transcript.
        OSError: when it cannot be read.
    """
    return _from_table(path) if path.suffix.casefold() in _TABLES else _from_text(path)


def is_transcript(columns: Sequence[str]) -> bool:
    """Tell whether a table is a transcript: its rows are what was said, not testimonies."""
    names = {plain(column) for column in columns}
    others = names.difference(*_HEADERS.values())
    spoken = names & {*_HEADERS["speaker"], *_HEADERS["timestamp"]}
    return bool("words" in names and spoken and len(others) <= 1)


def _from_text(path: Path) -> Transcript:
    """Read cues or a plain text, with whatever times and speakers its lines begin with."""
    data = path.read_bytes()
    encoding = encoding_of_bytes(data).encoding
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"{shown(path.name)} is no text in {encoding}. Save it as UTF-8."
        raise Unreadable(message) from error
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    timed = parse_timed(text)
    return Transcript(
        timed.account,
        [as_record(turn) for turn in timed.turns],
        # What it says of itself stands in the table, by which it was found.
        extra=timed.found.get("extra", {}),
    )


# --- tables ----------------------------------------------------------------------------------


def _from_table(path: Path) -> Transcript:
    grid = open_grid(path, Reading())
    names = {plain(column): n for n, column in enumerate(grid.columns)}
    at = {
        key: next(names[header] for header in headers if header in names)
        for key, headers in _HEADERS.items()
        if any(header in names for header in headers)
    }
    if "words" not in at and len(grid.columns) == 1:
        at = {"words": 0}
    lines = _sound(path, grid.lines)
    if "words" not in at:
        message = (
            f"{shown(path.name)} has no column `words`, so it was not read. A transcript has the "
            f"columns speaker, words, tags and timestamp."
        )
        raise Unreadable(message)
    return _Spoken(grid.columns, at).transcript(lines)


def _sound(path: Path, lines: Any) -> list[Line]:
    found = []
    for line in lines:
        if line.problem is not None:
            message = f"{shown(path.name)}, line {line.number}: {line.problem.message}"
            raise Unreadable(message)
        found.append(line)
    return found


class _Spoken:
    """Puts the rows of a transcript together."""

    def __init__(self, columns: Sequence[str], at: dict[str, int]) -> None:
        self._columns, self._at = columns, at
        self._pieces: list[str] = []
        self._length = 0
        self._speaker = self._announced = ""
        self._turns: list[dict[str, Any]] = []
        self._tags: dict[str, None] = {}
        self._further: list[dict[str, Any]] = []

    def transcript(self, lines: Sequence[Line]) -> Transcript:
        for line in lines:
            self._add(line.values)
        account = "".join(self._pieces)
        return Transcript(account, self._turns, [*self._tags], self._further)

    def _cell(self, values: Sequence[str], key: str) -> str:
        at = self._at.get(key, -1)
        return html.unescape(values[at]) if 0 <= at < len(values) else ""

    def _add(self, values: Sequence[str]) -> None:
        words = self._cell(values, "words")
        speaker = self._cell(values, "speaker").strip() or self._announced
        stamp = self._cell(values, "timestamp")
        seconds = seconds_of(stamp)
        if not words.strip():
            # A row that only announces who speaks next.
            self._announced = speaker or self._announced
            self._tell(values, self._length, stamp if seconds is None else "")
            return
        self._announced = ""
        if self._pieces:
            self._append("\n\n" if speaker and speaker != self._speaker else "\n")
        offset = self._length
        if speaker or seconds is not None:
            self._speaker = speaker or self._speaker
            self._turns.append({"offset": offset, "speaker": self._speaker, "seconds": seconds})
        self._append(words)
        self._tell(values, offset, stamp if seconds is None else "")

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _tell(self, values: Sequence[str], offset: int, stamp: str) -> None:
        """Note what a row has besides its words."""
        tags = [tag for part in self._cell(values, "tags").split(";") if (tag := part.strip())]
        self._tags |= dict.fromkeys(tags)
        row: dict[str, Any] = {"tags": tags} if tags else {}
        if stamp.strip():
            row["timestamp"] = stamp
        taken = set(self._at.values())
        for n, value in enumerate(values):
            if n not in taken and value.strip():
                header = self._columns[n] if n < len(self._columns) else f"column {n + 1}"
                row[header] = value
        if row:
            self._further.append({"offset": offset} | row)


def seconds_of(stamp: str) -> float | None:
    """Read a time in a recording: `[0:00]`, `0:01:02`, `01:02.50`; none where it is none."""
    found = _TIME.fullmatch(stamp) if len(stamp) < 40 else None
    if found is None:
        return None
    seconds = float(found["seconds"].replace(",", "."))
    return 3600.0 * int(found["hours"] or 0) + 60.0 * int(found["minutes"]) + seconds
