"""Two handles on one file do what TinyDB does in memory, whatever is done in which order."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import tinydb
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tinydb.operations import add, delete, increment
from tinydb.storages import MemoryStorage

from collection.store.journal import journal_place
from collection.store.storage import JournalStorage
from collection.store.store import Store
from collection.store.table import JournalDB

TABLES = st.sampled_from(["one", "two"])
HANDLES = st.integers(0, 1)
DOCUMENTS = st.fixed_dictionaries(
    {"n": st.integers(0, 4)},
    optional={"text": st.text(max_size=4), "more": st.lists(st.none() | st.booleans())},
)
CONDITIONS = st.integers(0, 4).map(lambda n: tinydb.where("n") == n)


class TwoHandles(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "voices.json"
        store = Store(self.path)
        store.create()
        store.close()
        self.handles = [self._opened(), self._opened()]
        self.model = tinydb.TinyDB(storage=MemoryStorage)

    def _opened(self) -> JournalDB:
        return JournalDB(storage=lambda: JournalStorage(self.path))

    def teardown(self) -> None:
        self.read_by_stock_tinydb()
        shutil.rmtree(self.folder)

    def both(self, handle: int, table: str, what: Any) -> None:
        """Do the same to the file and the model."""
        ours = what(self.handles[handle].table(table))
        theirs = what(self.model.table(table))
        if isinstance(theirs, list):
            ours, theirs = list(map(repr, ours)), list(map(repr, theirs))
        assert ours == theirs

    # Numbers that were taken out are given again by TinyDB, after it was opened anew, and not
    # by ours; so the model is told which ones ours has given.

    @rule(handle=HANDLES, table=TABLES, document=DOCUMENTS)
    def insert(self, handle: int, table: str, document: dict[str, Any]) -> None:
        number = self.handles[handle].table(table).insert(document)
        assert not self.model.table(table).contains(doc_id=number)
        self.model.table(table).insert(tinydb.table.Document(document, number))

    @rule(handle=HANDLES, table=TABLES, documents=st.lists(DOCUMENTS, max_size=4))
    def insert_multiple(self, handle: int, table: str, documents: list[dict[str, Any]]) -> None:
        numbers = self.handles[handle].table(table).insert_multiple(documents)
        assert len(set(numbers)) == len(documents)
        for number, document in zip(numbers, documents, strict=True):
            assert not self.model.table(table).contains(doc_id=number)
            self.model.table(table).insert(tinydb.table.Document(document, number))

    @rule(handle=HANDLES, table=TABLES, cond=CONDITIONS, fields=DOCUMENTS)
    def update(self, handle: int, table: str, cond: Any, fields: dict[str, Any]) -> None:
        self.both(handle, table, lambda one: sorted(one.update(fields, cond)))

    @rule(
        handle=HANDLES,
        table=TABLES,
        cond=CONDITIONS,
        how=st.sampled_from([increment("n"), add("n", 2), lambda entry: entry.update(x=[1])]),
    )
    def update_by_a_function(self, handle: int, table: str, cond: Any, how: Any) -> None:
        self.both(handle, table, lambda one: sorted(one.update(how, cond)))

    @rule(handle=HANDLES, table=TABLES, fields=DOCUMENTS, chosen=st.integers(0, 5))
    def update_by_number(
        self, handle: int, table: str, fields: dict[str, Any], chosen: int
    ) -> None:
        numbers = sorted(one.doc_id for one in self.model.table(table))[:chosen]
        if numbers:
            self.both(handle, table, lambda one: one.update(fields, doc_ids=numbers))

    @rule(handle=HANDLES, table=TABLES, document=DOCUMENTS)
    def upsert(self, handle: int, table: str, document: dict[str, Any]) -> None:
        cond = tinydb.where("n") == document["n"]
        if self.model.table(table).contains(cond):
            self.both(handle, table, lambda one: sorted(one.upsert(document, cond)))
        else:
            (number,) = self.handles[handle].table(table).upsert(document, cond)
            self.model.table(table).insert(tinydb.table.Document(document, number))

    @rule(handle=HANDLES, table=TABLES, cond=CONDITIONS)
    def remove(self, handle: int, table: str, cond: Any) -> None:
        self.both(handle, table, lambda one: sorted(one.remove(cond)))

    @rule(handle=HANDLES, table=TABLES)
    def truncate(self, handle: int, table: str) -> None:
        self.both(handle, table, lambda one: one.truncate())

    @rule(handle=HANDLES, table=TABLES)
    def drop_table(self, handle: int, table: str) -> None:
        self.handles[handle].drop_table(table)
        self.model.drop_table(table)

    @rule(handle=HANDLES, table=TABLES, cond=CONDITIONS)
    def search(self, handle: int, table: str, cond: Any) -> None:
        self.both(handle, table, lambda one: sorted(one.search(cond), key=lambda d: d.doc_id))
        self.both(handle, table, lambda one: one.count(cond))
        self.both(handle, table, lambda one: one.contains(cond))
        self.both(handle, table, lambda one: one.get(cond) is None)

    @rule(handle=HANDLES, table=TABLES, number=st.integers(1, 9))
    def get(self, handle: int, table: str, number: int) -> None:
        self.both(handle, table, lambda one: one.get(doc_id=number))
        self.both(handle, table, lambda one: one.contains(doc_id=number))

    @rule(handle=HANDLES, table=TABLES, cond=CONDITIONS)
    def an_updater_that_raises_changes_nothing(self, handle: int, table: str, cond: Any) -> None:
        def fail(entry: Any) -> None:
            entry["n"] = 99
            entry.setdefault("more", []).append("spoilt")
            raise ZeroDivisionError

        if self.model.table(table).contains(cond):
            with pytest.raises(ZeroDivisionError):
                self.handles[handle].table(table).update(fail, cond)

    @rule(handle=HANDLES, table=TABLES, document=DOCUMENTS, fails=st.booleans(), cond=CONDITIONS)
    def transaction(
        self, handle: int, table: str, document: dict[str, Any], fails: bool, cond: Any
    ) -> None:
        ours = self.handles[handle]
        storage = ours.storage
        assert isinstance(storage, JournalStorage)
        number = 0
        try:
            with storage.transaction():
                number = ours.table(table).insert(document)
                ours.table(table).update(delete("text"), tinydb.where("text").exists())
                ours.table(table).search(cond)
                if fails:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            return
        theirs = self.model.table(table)
        theirs.insert(tinydb.table.Document(document, number))
        theirs.update(delete("text"), tinydb.where("text").exists())

    @rule(handle=HANDLES)
    def reopen(self, handle: int) -> None:
        self.handles[handle].close()
        self.handles[handle] = self._opened()

    @rule()
    def read_by_stock_tinydb(self) -> None:
        for handle in self.handles:
            handle.close()
        assert not journal_place(self.path).exists()
        with tinydb.TinyDB(self.path, access_mode="r") as stock:
            assert _everything(stock) == _everything(self.model)
        self.handles = [self._opened(), self._opened()]

    @invariant()
    def both_handles_hold_what_the_model_holds(self) -> None:
        for handle in self.handles:
            assert _everything(handle) == _everything(self.model)
            assert len(handle.table("one")) == len(self.model.table("one"))


def _everything(database: tinydb.TinyDB) -> dict[str, dict[int, str]]:
    return {
        name: {one.doc_id: json.dumps(one, sort_keys=True) for one in database.table(name)}
        for name in ("one", "two")
    }


TestTwoHandles = TwoHandles.TestCase
TestTwoHandles.settings = settings(max_examples=40, stateful_step_count=30)


# --- what a table remembers of its searches ----------------------------------------------------


def _database(path: Path) -> JournalDB:
    if not path.exists():
        store = Store(path)
        store.create()
        store.close()
    return JournalDB(storage=lambda: JournalStorage(path))


def test_a_search_made_before_is_made_again_when_another_handle_has_changed_the_file(
    file: Path,
) -> None:
    one, other = _database(file), _database(file)
    found = tinydb.where("n") == 1
    for _ in range(2):
        assert one.table("mine").search(found) == []
    other.table("mine").insert({"n": 1})
    assert one.table("mine").search(found) == [{"n": 1}]


def test_what_a_search_found_in_a_transaction_that_failed_is_forgotten(file: Path) -> None:
    one = _database(file)
    table, found = one.table("mine"), tinydb.where("n") == 1
    storage = one.storage
    assert isinstance(storage, JournalStorage)
    with pytest.raises(ZeroDivisionError), storage.transaction():
        table.insert({"n": 1})
        assert table.search(found) == [{"n": 1}]
        raise ZeroDivisionError
    assert table.search(found) == []
