"""Takes a testimony out of whatever may hold it beside the collection's file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.drafting import without_drafts_of
from collection.errors import CollectionError, printable
from collection.store import layout
from collection.store.backups import Backups
from collection.store.disk import UNFINISHED, Disk, strays, write_atomically
from collection.store.history import about_id
from collection.store.journal import without_testimony
from collection.store.mainfile import Lines, read_main
from collection.store.rewriting import Rewriting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collection.testimony import Testimony

_HEAD: Final = 4096
_ASIDE: Final = re.compile(
    r"\.(?:bak|(?:journal\.)?(?:journal|changed|unfinished|damaged)-[^/]*|journal\.damaged-[^/]*)"
)
"""What the names of copies beside the file end with."""


def scrub(
    path: Path,
    id: str,
    backups: Path | None,
    indexes: Path | None,
    known: Testimony | None = None,
) -> list[str]:
    """Take a testimony out of backups, of copies beside the file, and of the kept index.

    Args:
        path: the collection's file, from which it is gone already.
        id: the testimony.
        backups: the folder of backups, if there is one.
        indexes: the folder of kept indexes, if there is one.
        known: the testimony as it was, if it was still here.

    Returns:
        what may still hold it, a sentence each.
    """
    left = [*_beside(path, id)]
    drafts = without_drafts_of(path, id, known)
    left += [f"The draft {name} could not be removed." for name in drafts]
    if backups is not None:
        try:
            names = Backups(backups, path).scrub(lambda backup: without(backup, id))
            left += [f"The backup {printable(name)} could not be rewritten." for name in names]
            left += _elsewhere(path, id, backups)
        except CollectionError as error:
            left.append(str(error))
    if indexes is not None:
        from collection.search.cache import IndexCache

        IndexCache(indexes, path).forget()
    return left


def _elsewhere(path: Path, id: str, folder: Path) -> Iterator[str]:
    """Scrub the backups that were made while the collection had another name or place."""
    own = Backups(folder, path).folder
    lineage = read_main(path, {}, {}).header.lineage
    if not lineage or not folder.is_dir():
        return
    mark = b'"lineage":' + msgspec.json.encode(lineage)
    for other in sorted(folder.iterdir()):
        if other == own or other.is_symlink() or not other.is_dir():
            continue
        for backup in sorted(other.glob("[0-9]*.json")):
            try:
                with backup.open("rb") as file:
                    content = without(backup, id) if mark in file.read(_HEAD) else None
                if content is not None:
                    write_atomically(backup, content, backup=False)
            except (OSError, MemoryError) as error:
                yield f"The backup {printable(backup.name)} could not be rewritten ({error})."


def _beside(path: Path, id: str) -> Iterator[str]:
    disk = Disk()
    # What a killed restoring has left.
    ready = path.with_name(f".{path.name}.restored")
    for one in (ready, *strays(ready)):
        disk.remove(one)
    for one in sorted(path.parent.iterdir()):
        if not one.name.startswith(path.name) or not _ASIDE.fullmatch(one.name[len(path.name) :]):
            continue
        try:
            content = without(one, id)
            if content is not None:
                write_atomically(one, content, disk, backup=False)
        except (OSError, MemoryError) as error:
            reason = getattr(error, "strerror", None) or error
            yield (
                f"{printable(one.name)} could not be rewritten ({reason}). Look into it, and "
                f"delete it."
            )


def without(path: Path, id: str) -> Iterable[bytes] | None:
    """Give the content of a collection's file, or of a part of one, without a testimony.

    Returns:
        none where it is not in it.

    Raises:
        OSError: when it cannot be read.
    """
    try:
        main = read_main(path, {}, {})
    except CollectionError:
        return _lines_without(path, id)
    found = False
    with Lines(path, main.signature) as lines:
        for name, about in ((layout.TESTIMONIES, layout.identifier), (layout.HISTORY, about_id)):
            table = main.tables.get(name, {})
            gone = [number for number, where in table.items() if about(lines.raw(where)) == id]
            for number in gone:
                del table[number]
            found = found or bool(gone)
        if not found:
            return None
        # All at once: what is read from is replaced by it.
        return [b"".join(Rewriting(main.says, main.tables, main, lines))]


def _lines_without(path: Path, id: str) -> Iterable[bytes] | None:
    """Take the testimony out of the lines of a journal, or of what was never finished.

    Raises:
        OSError: when it is in something that cannot be taken apart: other testimonies may be there.
    """
    data = path.read_bytes()
    if not any(needle in data for needle in (msgspec.json.encode(id), json.dumps(id).encode())):
        return None
    kept = []
    for line in data.splitlines(keepends=True):
        if msgspec.json.encode(id) not in line:
            kept.append(line)
        elif (changed := without_testimony(line, id)) is not None:
            kept.append(changed)
        elif f".{UNFINISHED}-" not in path.name:
            raise OSError(0, "it is damaged, and holds more than that")
    return [b"".join(kept)]
