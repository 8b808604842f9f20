"""What happens to a collection while a crash may come, and what must be there afterwards."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import tinydb

from collection import Collection, Testimony
from collection.store.changes import Change
from collection.store.journal import journal_place
from collection.store.store import Store
from tests.collection.store.simulated import Folder, Log, Mark, Recording, Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from collection.store.disk import Disk


def opened(path: Path, disk: Disk | None = None, by: str = "keeper") -> Collection:
    """Open a collection, made if absent, on a disk of one's own."""
    store = Store(path, disk=disk)
    if not path.exists():
        store.create()
    voices = Collection(store, by)
    voices._ledger.open()
    return voices


def snapshot(voices: Collection) -> Snapshot:
    """Give everything that a collection holds."""
    storage = voices._store._storage
    tables = {
        name: sorted(raw for _, raw in storage.entries(name)) for name in storage.read() or {}
    }
    return {name: tuple(entries) for name, entries in tables.items() if entries}


def made(n: int | str, account: str = "As it was told. " * 8) -> Testimony:
    """Give a testimony."""
    return Testimony(id=f"t{n}", title=f"Number {n}", account=account, date=f"19{str(n)[-2:]:>02}")


def files(folder: Path) -> Folder:
    """Give what stands in a folder, without its locks."""
    found = (one for one in folder.iterdir() if not one.name.endswith((".lock", ".open")))
    return {one.name: one.read_bytes() for one in sorted(found)}


class Scene:
    """One or more programs at work on one collection."""

    def __init__(self, path: Path, log: Log | None = None) -> None:
        self.path = path
        self.log = log or Log(files(path.parent))
        self.disk = Recording(self.log)

    @classmethod
    def on(cls, path: Path) -> Scene:
        """Begin with what stands in the file and its journal."""
        scene = cls(path)
        if path.exists():
            with Collection.open(path, read_only=True) as voices:
                scene.log.before = snapshot(voices)
        return scene

    def open(self, by: str = "keeper") -> Collection:
        begin, absent = len(self.log.operations), not self.path.exists()
        voices = opened(self.path, self.disk, by)
        if absent:
            self.log.marks.append(Mark(begin, len(self.log.operations), {}))
        return voices

    @contextmanager
    def change(self, voices: Collection) -> Iterator[None]:
        """Make a change, which is acknowledged at the end."""
        begin = len(self.log.operations)
        yield
        self.log.marks.append(Mark(begin, len(self.log.operations), snapshot(voices)))

    def add(self, voices: Collection, *numbers: int) -> None:
        for n in numbers:
            with self.change(voices):
                voices.add(made(n))

    def add_at_once(self, voices: Collection, numbers: range) -> None:
        with self.change(voices):
            stamped = voices._ledger.stamped
            voices._ledger.commit([Change(None, stamped(made(n))) for n in numbers])

    def revise(self, voices: Collection, n: int, title: str) -> None:
        with self.change(voices):
            voices.revise(f"t{n}", title=title)

    def withdraw(self, voices: Collection, n: int) -> None:
        with self.change(voices):
            voices.withdraw(f"t{n}")

    def undo(self, voices: Collection) -> None:
        with self.change(voices):
            assert voices.undo()


# --- the scenes --------------------------------------------------------------------------------


def _created(path: Path) -> Scene:
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 1)
    voices.close()
    return scene


def _kept(path: Path, *numbers: int) -> None:
    """Make a collection that was closed cleanly before the scene begins."""
    with Collection.open(path, by="keeper") as voices:
        for n in numbers:
            voices.add(made(n))


def _every_change(path: Path) -> Scene:
    _kept(path, 1, 2)
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 3, 4)
    scene.revise(voices, 1, "Said again")
    scene.withdraw(voices, 2)
    scene.undo(voices)
    scene.undo(voices)
    scene.withdraw(voices, 3)
    voices.close()
    return scene


def _two_handles(path: Path) -> Scene:
    _kept(path, 1)
    scene = Scene.on(path)
    one, other = scene.open(), scene.open("guest")
    scene.add(one, 2)
    scene.add(other, 3)
    one.catch_up()
    scene.revise(one, 3, "By another")
    one.close()
    scene.add(other, 4)
    other.close()
    return scene


def _folding_on_the_way(path: Path) -> Scene:
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, *range(1, 9))
    scene.withdraw(voices, 4)
    scene.add(voices, 9)
    return scene


def _at_once(path: Path) -> Scene:
    _kept(path, 1, 2)
    scene = Scene.on(path)
    voices, other = scene.open(), scene.open("guest")
    scene.add(voices, 3)
    scene.add_at_once(voices, range(10, 22))
    scene.add(voices, 4)
    scene.add(other, 5)
    scene.undo(voices)
    scene.add_at_once(other, range(30, 42))
    other.close()
    voices.close()
    return scene


def _closing_and_going_on(path: Path) -> Scene:
    _kept(path, 1)
    scene = Scene.on(path)
    for n in (2, 3, 4):
        voices = scene.open()
        scene.add(voices, n)
        voices.close()
    scene.open().close()
    return scene


def _written_by_stock_tinydb(path: Path) -> Scene:
    _kept(path, 1, 2)
    with tinydb.TinyDB(path) as stock:
        stock.table("testimonies").update({"notes": "by hand"}, doc_ids=[1])
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 3)
    scene.revise(voices, 1, "Said again")
    voices.close()
    return scene


def _schema_one(path: Path) -> Scene:
    old = {"id": "t1", "title": "Old", "account": "b", "revision": 1}
    tables = {
        "collection": {"1": {"format": "firsthand", "schema": 1, "created": "2020-01-01"}},
        "testimonies": {"1": old},
        "history": {},
    }
    path.write_text(json.dumps(tables))
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 2)
    scene.withdraw(voices, 1)
    voices.close()
    return scene


def left_open(path: Path, *numbers: int) -> None:
    """Leave a journal behind, as one who is killed."""
    voices = opened(path)
    for n in numbers:
        voices.add(made(n))
    kept = files(path.parent)
    voices.close()
    for name in files(path.parent):
        (path.parent / name).unlink()
    for name, content in kept.items():
        (path.parent / name).write_bytes(content)


def _torn_tail(path: Path) -> Scene:
    _kept(path, 1)
    left_open(path, 2, 3)
    with journal_place(path).open("ab") as journal:
        journal.write(b'0123abcd [9,[["testimonies",7,{"id":"to')
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 4)
    voices.close()
    return scene


def _foreign_main_file(path: Path) -> Scene:
    _kept(path, 1, 2)
    left_open(path, 3, 4)
    with tinydb.TinyDB(path) as stock:
        stock.table("testimonies").update({"notes": "by hand"}, doc_ids=[1])
        stock.table("testimonies").remove(doc_ids=[2])
    scene = Scene.on(path)
    assert len((scene.log.before or {})["testimonies"]) == 3
    voices = scene.open()
    scene.add(voices, 5)
    scene.revise(voices, 3, "Said again")
    voices.close()
    return scene


def _a_conflict(path: Path) -> Scene:
    _kept(path, 1, 2)
    old = path.read_bytes()
    with opened(path) as voices:
        voices.revise("t1", title="In between")
    voices = opened(path)
    voices.revise("t1", title="Newest")
    voices.withdraw("t2")
    kept = journal_place(path).read_bytes()
    voices.close()
    # An older copy is put back, beside the newer journal.
    path.write_bytes(old)
    journal_place(path).write_bytes(kept)
    scene = Scene.on(path)
    voices = scene.open()
    scene.add(voices, 5)
    voices.close()
    return scene


SCENES: dict[str, Callable[[Path], Scene]] = {
    "create": _created,
    "every change": _every_change,
    "two handles": _two_handles,
    "folding on the way": _folding_on_the_way,
    "at once": _at_once,
    "closing and going on": _closing_and_going_on,
    "stock tinydb": _written_by_stock_tinydb,
    "schema 1": _schema_one,
    "torn tail": _torn_tail,
    "foreign main file": _foreign_main_file,
    "conflict": _a_conflict,
}
LAID_TOGETHER = {"foreign main file", "conflict"}
"""Scenes in which something has to be told."""
SMALL = {"folding on the way", "at once"}
"""Scenes in which a journal counts as large early."""


# --- coming back -------------------------------------------------------------------------------


def come_back(scene: Scene, *, told: bool = False) -> None:
    """Open what a crash has left, look at it, go on, and close it.

    Args:
        scene: knows what may be there.
        told: whether something may be told to be wrong.
    """
    path, log = scene.path, scene.log
    allowed = log.allowed(len(log.operations))
    if not path.exists():
        assert None in allowed, "the file is gone"
    voices = scene.open()
    found = snapshot(voices)
    assert found in [{} if one is None else one for one in allowed], "neither before nor after"
    assert told or voices.problems == ()
    begin = len(log.operations)
    voices.add(made("new"))
    after = snapshot(voices)
    log.marks.append(Mark(begin, len(log.operations), after))
    entered = {raw for raw in after["testimonies"] if b'"id":"tnew"' in raw}
    assert set(after["testimonies"]) == {*found.get("testimonies", ())} | entered
    assert after.get("history") == found.get("history")
    voices.close()
    assert_alone(path, after)


def assert_alone(path: Path, expected: Snapshot) -> None:
    """Say that one plain TinyDB file holds everything, and no journal is beside it."""
    names = {one.name for one in path.parent.iterdir()}
    assert journal_place(path).name not in names
    assert not [name for name in names if name.endswith((".tmp", ".open"))]
    with tinydb.TinyDB(path, access_mode="r") as stock:
        for table in ("testimonies", "history"):
            documents = [json.dumps(one, sort_keys=True) for one in stock.table(table)]
            ours = [json.dumps(json.loads(raw), sort_keys=True) for raw in expected.get(table, ())]
            assert sorted(documents) == sorted(ours)
