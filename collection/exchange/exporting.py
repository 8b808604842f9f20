"""Writing testimonies out: to one file, or to a folder with a file for each.

Nothing that is there is replaced unless that was asked for. A file is there completely or not at
all; so is a folder that was not there before.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from collection.access import left_out
from collection.errors import CannotSave
from collection.exchange.interface import Unfit
from collection.store.disk import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collection.access import Gated
    from collection.exchange.interface import Progress, Writer

_LONGEST: Final = 120
"""Bytes of a name before its ending; a temporary file beside it has a longer one."""
_RESERVED: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
"""Names that Windows keeps for devices, whatever follows the dot."""
_LEADING: Final = re.compile(r"[\s.\-_~]+")


class Outcome(msgspec.Struct, frozen=True):
    """What an export wrote, and what it left out."""

    path: Path
    """The file, or the folder."""
    written: int
    """Testimonies."""
    files: int = 1
    sealed: int = 0
    """Those that are sealed as a whole, of which nothing was written."""
    left_out: str = ""
    """What the gate held back, in a sentence; empty if nothing."""
    unfit: tuple[tuple[str, str], ...] = ()
    """Identifiers of those that have nothing to be written in this format, and why."""


def is_folder(writer: Writer, count: int, *, each: bool = False) -> bool:
    """Tell whether testimonies go into a folder: in a format that takes one a file, or if asked."""
    return each or (not writer.single and count != 1)


def export(
    writer: Writer,
    testimonies: Sequence[Gated],
    path: Path,
    *,
    folder: bool,
    replace: bool = False,
    mode: int | None = None,
    own: Path | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Write testimonies out.

    Args:
        writer: the format.
        testimonies: as they may leave; those that are sealed as a whole are counted only.
        path: the file or folder; the folder it lies in must exist.
        folder: whether each has a file of its own, in a folder of that name.
        replace: whether files that are there may be replaced.
        mode: permissions of the files; the owner's only if not given.
        own: the collection's file, which is never written over.
        progress: told how many testimonies have been written; may raise to cancel. Nothing that
            was begun is then left.

    Raises:
        CannotSave: when something is in the way, or could not be written.
    """
    told = Counted(testimonies, progress)
    try:
        place = _Place(path.resolve(), replace, mode, _files_of(own))
        check(path, folder=folder, replace=replace, own=own)
        if folder:
            return _into_folder(writer, told, place)
        return _into_file(writer, told, place)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotSave(f"{path} could not be written ({reason}).") from error
    except ValueError as error:
        raise CannotSave(f"No file can be called {path.name}.") from error


def check(path: Path, *, folder: bool, replace: bool, own: Path | None = None) -> None:
    """Refuse to write over what must stay.

    Raises:
        CannotSave: saying what is in the way.
        OSError: when it cannot even be looked at.
    """
    if path.resolve() in _files_of(own):
        raise CannotSave(f"{path} belongs to the collection. Nothing was written; choose another.")
    if not path.exists():
        return
    if folder:
        if not path.is_dir():
            message = f"{path} is a file, and a folder is needed. Nothing was written."
            raise CannotSave(f"{message} Choose another name.")
        if not replace and any(path.iterdir()):
            raise CannotSave(
                f"The folder {path} is not empty. Nothing was written; choose another."
            )
    elif path.is_dir() or not path.is_file():
        raise CannotSave(f"{path} is no plain file. Nothing was written; choose another name.")
    elif not replace:
        raise CannotSave(f"{path} is there already. Nothing was written; choose another name.")


def file_names(ids: Iterable[str], suffix: str) -> Iterator[str]:
    """Make a name for the file of each identifier: safe on every system, and no two alike.

    An identifier that is a good name already is kept; in any other what cannot stand in a name
    is replaced, and a sum of the identifier added, so that the name stays the same for ever.

    Args:
        ids: identifiers, whatever they hold: separators, device names, nothing at all.
        suffix: the ending, with its dot.
    """
    taken: set[str] = set()
    for id in ids:
        name = _safe(id)
        if name != id or _key(name + suffix) in taken:
            name = f"{name}-{_sum(id)}"
        again = 0
        while _key(name + suffix) in taken:
            again += 1
            name = f"{_safe(id)}-{_sum(f'{id} {again}')}"
        taken.add(_key(name + suffix))
        yield name + suffix


class Counted:
    """Testimonies that are counted while they are gone through, as often as a writer likes."""

    def __init__(self, testimonies: Sequence[Gated], progress: Progress | None) -> None:
        self.all = testimonies
        """Sealed ones included."""
        self._progress = progress

    def __iter__(self) -> Iterator[Gated]:
        """Go through them."""
        for number, gated in enumerate(self.all, 1):
            self.told(number)
            yield gated

    def told(self, number: int) -> None:
        """Say how many are done."""
        if self._progress is not None:
            self._progress(number)

    def outcome(self, path: Path, unfit: Sequence[tuple[str, str]], files: int) -> Outcome:
        """Sum up what was written."""
        gone = {id for id, _ in unfit}
        fitting = [one for one in self.all if one.testimony.id not in gone]
        sealed = len([one for one in fitting if one.sealed])
        written = len(fitting) - sealed
        return Outcome(path, written, files, sealed, left_out(fitting), tuple(unfit))


class _Place(NamedTuple):
    """Where something is written, and how."""

    path: Path
    replace: bool
    mode: int | None
    own: set[Path]
    """The files of the collection."""


def _into_file(writer: Writer, testimonies: Counted, place: _Place) -> Outcome:
    path = place.path

    def last() -> None:
        # It may have come since one looked.
        if not place.replace and path.exists():
            raise CannotSave(f"{path} is there already and was left as it is.")

    try:
        pieces = writer.write(testimonies)
        write_atomically(path, pieces, backup=False, mode=place.mode, last=last)
    except Unfit as error:
        # Only a format that takes one a file finds one unfit.
        unfit = [(one.testimony.id, str(error)) for one in testimonies.all if not one.sealed]
        return testimonies.outcome(path, unfit, 0)
    return testimonies.outcome(path, (), 1)


def _into_folder(writer: Writer, testimonies: Counted, place: _Place) -> Outcome:
    """Write everything into a folder beside the wanted one, then put it in its place."""
    path = place.path
    leaving = [gated for gated in testimonies.all if not gated.sealed]
    names = file_names((gated.testimony.id for gated in leaving), writer.suffix)
    unfit: list[tuple[str, str]] = []
    made: list[str] = []
    prepared = Path(tempfile.mkdtemp(prefix=f".{path.name[:60]}.", suffix=".tmp", dir=path.parent))
    try:
        for number, (gated, name) in enumerate(zip(leaving, names, strict=True), 1):
            try:
                _write(prepared / name, writer.write([gated]), place.mode)
                made.append(name)
            except Unfit as error:
                (prepared / name).unlink(missing_ok=True)
                unfit.append((gated.testimony.id, str(error)))
            testimonies.told(number)
        if path.exists() and any(path.iterdir()):
            _add(prepared, made, place)
        else:
            _put_in_place(prepared, path, place.mode)
    finally:
        shutil.rmtree(prepared, ignore_errors=True)
    return testimonies.outcome(path, unfit, len(made))


def _write(path: Path, pieces: Iterable[bytes], mode: int | None) -> None:
    """Write a file into a folder that nobody else knows of yet."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode or 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123
        file.writelines(pieces)


def _add(prepared: Path, made: Sequence[str], place: _Place) -> None:
    """Move files one by one into a folder that holds others."""
    path = place.path
    if not place.replace:
        raise CannotSave(f"The folder {path} is not empty. Nothing was written; choose another.")
    targets = [path / name for name in made]
    for target in targets:
        if target in place.own or (target.exists() and not target.is_file()):
            raise CannotSave(f"{target} is in the way. Nothing was written; choose another folder.")
    for name, target in zip(made, targets, strict=True):
        (prepared / name).replace(target)


def _put_in_place(prepared: Path, path: Path, mode: int | None) -> None:
    """Give the whole folder its name."""
    with contextlib.suppress(FileNotFoundError):
        path.rmdir()
    if mode is not None:
        # Whoever may read the files may look into the folder.
        prepared.chmod(0o700 | mode | (mode & 0o444) >> 2)
    prepared.replace(path)


def _files_of(collection: Path | None) -> set[Path]:
    if collection is None:
        return set()
    own = collection.resolve()
    return {own, *(own.with_name(own.name + ending) for ending in (".journal", ".bak"))}


def _safe(id: str) -> str:
    """Replace what no name of a file may hold, on whatever system."""
    kept = "".join(sign if _fits(sign) else "_" for sign in id)
    kept = _LEADING.sub("", kept, count=1) if _LEADING.match(kept) else kept
    kept = kept.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").rstrip(" ._")
    if not kept:
        return "testimony"
    return f"id_{kept}" if _RESERVED.fullmatch(kept) else kept


def _fits(sign: str) -> bool:
    return sign in "-_. " or sign.isalnum() or unicodedata.category(sign).startswith("M")


def _key(name: str) -> str:
    """Give what two names share that some system takes for one."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())


def _sum(id: str) -> str:
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
