"""What else could keep a collection, each used as its documentation says; and ours, beside them.

Run as a module with a name and a file, this is one contestant in a process
of its own: it reads commands from its input, times what it was told to do, and answers in JSON.
Nobody's memory or garbage then gets in the way of anybody else's.
"""

from __future__ import annotations

import itertools
import json
import os
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from tinydb import TinyDB, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from collection import Collection, Testimony
from collection.store import layout
from collection.store.changes import Change
from collection.store.storage import JournalStorage
from collection.store.store import Store
from collection.store.table import JournalDB
from tests.benchmarks.made import testimonies, write_records

WORDS = 232
"""Words of an account, so that a testimony comes to 2 kB of JSON."""
_NOTED = "Recorded at home, in three sessions."


class Contestant:
    """Something that keeps testimonies."""

    name: ClassVar[str]
    source: ClassVar[str] = ""
    """Which of the prepared files it works on a copy of; none if it begins with nothing."""
    bare = False
    """Whether it can only add."""
    slow = False
    """Whether each change costs it a file written anew."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def open(self) -> None:
        """Open it, until the first entry has been read."""

    def prepare(self) -> None:
        """Do what is to be done once after opening, before anything is measured."""

    def add(self, record: Testimony) -> None:
        """Add an entry, which lasts when this returns, if it can."""
        raise NotImplementedError

    def revise(self, number: int) -> None:
        """Change a value of the entry that was made under that number."""
        raise NotImplementedError

    def query(self, place: str) -> int:
        """Find everything about a place; give how much that is."""
        raise NotImplementedError

    def close(self) -> None:
        """Close it."""


class Bare(Contestant):
    """The floor: the bytes of the testimony, appended and brought to the disk."""

    name = "bare append + fsync"
    bare = True

    def open(self) -> None:
        self._file = self.path.open("ab", buffering=0)

    def add(self, record: Testimony) -> None:
        self._file.write(msgspec.json.encode(record) + b"\n")
        self._sync(self._file.fileno())

    def _sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def revise(self, number: int) -> None:
        raise NotImplementedError

    def close(self) -> None:
        self._file.close()


class BareData(Bare):
    """The same with what Linux needs for the data alone."""

    name = "bare append + fdatasync"

    def _sync(self, descriptor: int) -> None:
        os.fdatasync(descriptor)


class SQLite(Contestant):
    """SQLite with a journal of its own, each change brought to the disk."""

    name = "SQLite, WAL, FULL"
    source = "sqlite"
    _FIND = (
        "SELECT id, json FROM testimonies WHERE EXISTS (SELECT 1 FROM "
        "json_each(testimonies.json, '$.places') AS place "
        "WHERE json_extract(place.value, '$.name') = ?)"
    )

    def open(self) -> None:
        self._database = sqlite3.connect(self.path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._get("b-000000")

    def _get(self, id: str) -> Testimony:
        (text,) = self._database.execute(
            "SELECT json FROM testimonies WHERE id = ?", (id,)
        ).fetchone()
        return msgspec.json.decode(text, type=Testimony)

    def add(self, record: Testimony) -> None:
        text = msgspec.json.encode(record).decode()
        self._database.execute("INSERT INTO testimonies VALUES (?, ?)", (record.id, text))

    def revise(self, number: int) -> None:
        id = f"b-{number:06}"
        after = _revised(self._get(id))
        self._database.execute(
            "UPDATE testimonies SET json = ? WHERE id = ?",
            (msgspec.json.encode(after).decode(), id),
        )

    def query(self, place: str) -> int:
        found = self._database.execute(self._FIND, (place,))
        return len([msgspec.json.decode(text, type=Testimony) for _, text in found])

    def close(self) -> None:
        self._database.close()


class Stock(Contestant):
    """TinyDB as it comes."""

    name = "TinyDB, JSONStorage"
    source = "stock"
    slow = True

    def open(self) -> None:
        self._begin(TinyDB(self.path))

    def _begin(self, database: TinyDB) -> None:
        self._database = database
        self._table = database.table(layout.TESTIMONIES)
        self._table.get(doc_id=1)

    def add(self, record: Testimony) -> None:
        self._table.insert(msgspec.to_builtins(record))

    def revise(self, number: int) -> None:
        self._table.update({"context": _NOTED, "revision": 2}, doc_ids=[number + 1])

    def query(self, place: str) -> int:
        return len(self._table.search(where("places").any(where("name") == place)))

    def close(self) -> None:
        self._database.close()


class Caching(Stock):
    """TinyDB that writes everything down when it is closed, or after a thousand changes."""

    name = "TinyDB, CachingMiddleware"
    slow = False

    def open(self) -> None:
        self._begin(TinyDB(self.path, storage=CachingMiddleware(JSONStorage)))


class OurTinyDB(Stock):
    """TinyDB's own interface on our storage."""

    name = "Firsthand's JournalDB"
    source = "ours"
    slow = False

    def open(self) -> None:
        self._begin(JournalDB(self.path.resolve(), storage=JournalStorage))


class OurStore(Contestant):
    """The store: typed records, their history, and the order of steps."""

    name = "Firsthand's Store"
    source = "ours"

    def open(self) -> None:
        self._store = Store(self.path)
        self._records = self._store.load()

    def add(self, record: Testimony) -> None:
        self._store.commit([Change(None, record)])
        self._records[record.id] = record

    def revise(self, number: int) -> None:
        before = self._records[f"b-{number:06}"]
        after = _revised(before)
        self._store.commit([Change(before, after)])
        self._records[after.id] = after

    def query(self, place: str) -> int:
        found = (one for one in self._records.values() if any(p.name == place for p in one.places))
        return len([*found])

    def close(self) -> None:
        self._store.close()


class OurCollection(Contestant):
    """The whole of it: what is added is stamped, ordered and indexed too."""

    name = "Firsthand's Collection"
    source = "ours"

    def open(self) -> None:
        self._voices = Collection.open(self.path)

    def prepare(self) -> None:
        while self._voices.index_step(1000):
            pass

    def add(self, record: Testimony) -> None:
        self._voices.add(record)

    def revise(self, number: int) -> None:
        self._voices.revise(f"b-{number:06}", context=_NOTED)

    def query(self, place: str) -> int:
        return len(self._voices.search(f'place:"{place}"').ids)

    def close(self) -> None:
        self._voices.close()


ALL: tuple[type[Contestant], ...] = (
    Bare,
    BareData,
    SQLite,
    Stock,
    Caching,
    OurTinyDB,
    OurStore,
    OurCollection,
)


def _revised(record: Testimony) -> Testimony:
    return msgspec.structs.replace(record, context=_NOTED, revision=record.revision + 1)


def prepared(folder: Path, count: int) -> dict[str, Path]:
    """Give the files that the contestants begin with, by `source`; made now or earlier."""
    paths = {
        kind: folder / f"store-{layout.SCHEMA}-{WORDS}-{count}.{kind}"
        for kind in ("stock", "sqlite", "ours")
    }
    if all(path.exists() for path in paths.values()):
        return paths
    unfinished = {
        kind: path.with_name(f"{os.getpid()}-{path.name}") for kind, path in paths.items()
    }
    records = testimonies(count, WORDS)
    with TinyDB(unfinished["stock"]) as stock:
        stock.table(layout.TESTIMONIES).insert_multiple(map(msgspec.to_builtins, records))
    database = sqlite3.connect(unfinished["sqlite"])
    with database:
        database.execute("CREATE TABLE testimonies (id TEXT PRIMARY KEY, json TEXT)")
        rows = ((one.id, msgspec.json.encode(one).decode()) for one in records)
        database.executemany("INSERT INTO testimonies VALUES (?, ?)", rows)
    database.close()
    write_records(unfinished["ours"], records)
    for kind, path in paths.items():
        unfinished[kind].replace(path)
    return paths


# --- in a process of its own ------------------------------------------------------------------


class Worker:
    """One contestant as the benchmark sees it: told what to do, it answers with how long it took."""

    def __init__(self, contestant: type[Contestant], path: Path, added: int = 0) -> None:
        """Start it.

        Args:
            contestant: what it is to be.
            path: its file.
            added: how many entries have been added to that already.
        """
        command = [sys.executable, "-m", __spec__.name, contestant.name, str(path), str(added)]
        self.contestant = contestant
        self.path = path
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, command: str, *given: Any) -> Any:
        """Let it do something.

        Returns:
            the milliseconds, and what it gave.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([command, *given]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.contestant.name} gave up at {command}.")
        return json.loads(answer)

    def end(self) -> float:
        """End it; give the most memory that it has had, in MB."""
        _, peak = self("peak")
        self._process.communicate()
        return peak


def peak_memory() -> float:
    """Give the most memory that this process has had, in MB."""
    try:
        # What `getrusage` says begins with what the parent had.
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return next(int(s.split()[1]) for s in status.splitlines() if s.startswith("VmHWM")) / 1024
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)


def _added(start: int = 0) -> Iterator[Testimony]:
    """Give what is added: two hundred testimonies again and again, of no place of the others."""
    made = testimonies(200, WORDS, seed=2)
    for number in itertools.count(start):
        record = made[number % len(made)]
        elsewhere = tuple(msgspec.structs.replace(p, name="Elsewhere") for p in record.places)
        yield msgspec.structs.replace(record, id=f"n-{number:06}", places=elsewhere)


def _serve(contestant: Contestant, added: Iterator[Testimony]) -> None:
    for line in sys.stdin:
        command, *given = json.loads(line)
        if command == "add":
            given = [next(added)]
        act = peak_memory if command == "peak" else getattr(contestant, command)
        began = time.perf_counter()
        gave = act(*given)
        taken = (time.perf_counter() - began) * 1000
        print(json.dumps([taken, gave]), flush=True)


if __name__ == "__main__":
    _name, _path, _start = sys.argv[1:]
    _serve(next(one for one in ALL if one.name == _name)(Path(_path)), _added(int(_start)))
