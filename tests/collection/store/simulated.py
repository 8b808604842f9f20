"""A disk that writes down what it does, and everything that a crash may leave of that.

After a kill all that was done is there. After a power cut, data that no sync has covered may be
missing, torn, or zeros; names that no sync of the folder has covered may be missing one by one,
except that a rename happens as a whole; and the sync of a file does not make its name last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collection.store.disk import Disk, temporary_prefix

if TYPE_CHECKING:
    from io import FileIO

Folder = Mapping[str, bytes]
"""Files by name."""
Operation = tuple[Any, ...]
Snapshot = Mapping[str, tuple[bytes, ...]]
"""The entries of each table, sorted."""

ALL_SUBSETS = 4
"""Up to so many names that may be lost, every combination is tried."""
TEARS = 12
"""In how many places a write is torn."""


@dataclass(frozen=True)
class Mark:
    """A change: it may be there after its first operation, and must be after its last."""

    begin: int
    end: int
    after: Snapshot


@dataclass
class Log:
    """What was done to a folder, from a state that lasts."""

    initial: Folder
    operations: list[Operation] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    before: Snapshot | None = None
    """What the collection held at first; None where there was none."""
    perhaps: tuple[Snapshot | None, ...] = ()
    """What it may have held instead, until the first change is made."""

    def __post_init__(self) -> None:
        self.names = {name: n for n, name in enumerate(self.initial)}
        self.files = len(self.names)
        operations, self.operations = self.operations, []
        for operation in operations:
            self.add(*operation)

    def add(self, kind: str, *what: Any) -> None:
        self.operations.append((kind, *what))
        if kind in ("create", "link"):
            self.names[what[1]] = what[0]
            self.files = max(self.files, what[0] + 1)
        elif kind == "rename":
            self.names.pop(what[1], None)
            self.names[what[2]] = what[0]
        elif kind == "remove":
            self.names.pop(what[0], None)

    def until(self, end: int) -> Log:
        """Give the log of one who was killed after so many operations."""
        known = [mark for mark in self.marks if mark.end <= end]
        allowed = self.allowed(end)
        after = known[-1].after if known else self.before
        return Log(self.initial, self.operations[:end], before=after, perhaps=tuple(allowed))

    def allowed(self, end: int) -> list[Snapshot | None]:
        """Tell what a collection may hold when so many operations have been done."""
        done = [mark.after for mark in self.marks if mark.end <= end]
        under_way = [mark.after for mark in self.marks if mark.begin < end < mark.end]
        return [*(done[-1:] or (self.before, *self.perhaps)), *under_way]


class Recording(Disk):
    """Writes down every change of one folder; syncs nothing, for speed."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self._files: dict[int, int] = {}

    def make_temporary(self, beside: Path) -> tuple[FileIO, Path]:
        file, path = super().make_temporary(beside)
        self._files[file.fileno()] = self.log.files
        self.log.add("create", self.log.files, path.name)
        return file, path

    def open_end(self, path: Path) -> FileIO:
        file = super().open_end(path)
        self._files[file.fileno()] = self.log.names[path.name]
        return file

    def write(self, file: FileIO, data: bytes | memoryview) -> int:
        count = super().write(file, data)
        self.log.add("write", self._files[file.fileno()], bytes(data[:count]))
        return count

    def sync(self, file: FileIO) -> None:
        self.log.add("sync", self._files[file.fileno()])

    def truncate(self, file: FileIO, size: int) -> None:
        super().truncate(file, size)
        self.log.add("truncate", self._files[file.fileno()], size)

    def link(self, source: Path, target: Path) -> None:
        super().link(source, target)
        number = self.log.names[source.name]
        between = f"{temporary_prefix(source)}{len(self.log.operations)}.tmp"
        self.log.add("link", number, between)
        if self.log.names.get(target.name) == number:
            self.log.add("remove", between)
        else:
            self.log.add("rename", number, between, target.name)

    def rename(self, source: Path, target: Path) -> None:
        super().rename(source, target)
        self.log.add("rename", self.log.names[source.name], source.name, target.name)

    def sync_folder(self, folder: Path) -> None:
        self.log.add("folder")

    def remove(self, path: Path) -> None:
        was_there = path.exists()
        super().remove(path)
        if was_there and not path.exists():
            self.log.add("remove", path.name)


class Quiet(Disk):
    """A disk of which nobody expects that it keeps anything."""

    def sync(self, file: FileIO) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass

    def copy_mode(self, source: Path, target: Path) -> None:
        pass


class Model:
    """The folder after some operations: as it is seen, and as it may be after a power cut."""

    def __init__(self, initial: Folder) -> None:
        self._lasting = {name: n for n, name in enumerate(initial)}
        self._pending: list[Operation] = []
        self._now = dict(enumerate(initial.values()))
        self._synced = dict(self._now)
        self._writes = dict.fromkeys(self._now, 0)

    def apply(self, operation: Operation) -> None:
        match operation:
            case ("create", number, _):
                self._now[number] = self._synced[number] = b""
                self._writes[number] = 0
                self._pending.append(operation)
            case ("write", number, data):
                self._now[number] += data
                self._writes[number] += 1
            case ("truncate", number, size):
                self._now[number] = self._now[number][:size].ljust(size, b"\0")
            case ("sync", number):
                self._synced[number] = self._now[number]
                self._writes[number] = 0
            case ("folder",):
                self._lasting = self._named(self._pending)
                self._pending.clear()
            case _:
                self._pending.append(operation)

    def _named(self, operations: list[Operation]) -> dict[str, int]:
        names = dict(self._lasting)
        for operation in operations:
            match operation:
                case ("create" | "link", number, name):
                    names[name] = number
                case ("rename", number, source, target):
                    names.pop(source, None)
                    names[target] = number
                case ("remove", name):
                    names.pop(name, None)
        return names

    def killed(self) -> dict[str, bytes]:
        """Give what is there when only the program has died."""
        return {name: self._now[n] for name, n in self._named(self._pending).items()}

    def cut(self) -> Iterator[dict[str, bytes]]:
        """Give everything that may be there after a power cut."""
        for operations in _some_of(self._pending):
            names = self._named(operations)
            for contents in self._contents(sorted(set(names.values()))):
                yield {name: contents[number] for name, number in names.items()}

    def _contents(self, numbers: list[int]) -> Iterator[dict[int, bytes]]:
        certain = {n: self._now[n] for n in numbers if self._now[n] == self._synced[n]}
        open = [n for n in numbers if n not in certain]
        if len(open) < 2:
            one = [self._writes[n] == 1 for n in open]
            choices = [
                _torn(self._synced[n], self._now[n], one=o) for n, o in zip(open, one, strict=True)
            ]
        else:
            choices = [[self._synced[n], self._now[n]] for n in open]
        for choice in product(*choices):
            yield certain | dict(zip(open, choice, strict=True))


def _some_of(pending: list[Operation]) -> Iterator[list[Operation]]:
    count = len(pending)
    if count <= ALL_SUBSETS:
        for chosen in product((True, False), repeat=count):
            yield [one for one, is_there in zip(pending, chosen, strict=True) if is_there]
        return
    yield from (pending[:n] for n in range(count + 1))
    yield from (pending[:n] + pending[n + 1 :] for n in range(count - 1))
    yield from ([one] for one in pending[1:])


def _torn(synced: bytes, now: bytes, *, one: bool) -> list[bytes]:
    """Give what may be left of a file of which only an earlier state was synced.

    Args:
        synced: that state.
        now: what has been written.
        one: whether in one write, of which the end may have arrived before the beginning.
    """
    same = len(synced) if now.startswith(synced) else 0
    while same < min(len(synced), len(now)) and synced[same] == now[same]:
        same += 1
    base, new = now[:same], now[same:]
    left = [synced, now, base, now + synced[len(now) :]]
    places = {1, len(new) - 1, *(len(new) * n // TEARS for n in range(TEARS))}
    for place in sorted(place for place in places if 0 < place < len(new)):
        left += [base + new[:place], base + new[:place].ljust(len(new), b"\0")]
    if new:
        left.append(base + bytes(len(new)))
    if one:
        left.append(base + bytes(len(new) // 2) + new[len(new) // 2 :])
    return left


def states(log: Log, begin: int = 0) -> Iterator[tuple[int, bool, dict[str, bytes]]]:
    """Give every state that a crash may leave.

    Args:
        log: what was done.
        begin: after how many operations the first crash happens.

    Yields:
        how many operations were done, whether only the program died, and the folder; none twice
        with the same number of changes acknowledged.
    """
    model = Model(log.initial)
    seen: set[tuple[int, ...]] = set()
    for end, operation in enumerate([("none",), *log.operations]):
        if end:
            model.apply(operation)
        if end < begin:
            continue
        stage = sum((mark.begin < end) + (mark.end <= end) for mark in log.marks)
        for n, folder in enumerate([model.killed(), *model.cut()]):
            key = (stage, *sorted(hash(item) for item in folder.items()))
            if key not in seen:
                seen.add(key)
                yield end, n == 0, folder


def materialise(folder: Folder, where: Path) -> Path:
    """Write the files of a state; give the collection's."""
    where.mkdir()
    for name, content in folder.items():
        (where / name).write_bytes(content)
    return where / "voices.json"
