from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tinydb

from collection import CannotOpen, Collection, Testimony
from collection.store import layout
from collection.store.storage import AtomicStorage

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def storage(file: Path) -> AtomicStorage:
    Collection.open(file)
    return AtomicStorage(file)


def test_it_serves_a_plain_tinydb(file: Path, storage: AtomicStorage) -> None:
    database = tinydb.TinyDB(storage=lambda: storage)
    table = database.table("mine")
    table.insert_multiple([{"a": 1}, {"a": 2}])
    table.update({"b": 3}, tinydb.where("a") == 2)
    assert table.all() == [{"a": 1}, {"a": 2, "b": 3}]
    with tinydb.TinyDB(file) as stock:
        assert stock.table("mine").all() == table.all()


def test_a_transaction_is_all_or_nothing(file: Path, storage: AtomicStorage) -> None:
    database = tinydb.TinyDB(storage=lambda: storage)
    before = file.read_bytes()
    with pytest.raises(ZeroDivisionError), storage.transaction():
        database.table("mine").insert({"a": 1})
        assert len(database.table("mine")) == 1
        raise ZeroDivisionError
    assert file.read_bytes() == before
    assert len(database.table("mine")) == 0
    with storage.transaction():
        pass
    assert file.read_bytes() == before


def test_the_signature_tells_every_state_from_the_one_before(
    file: Path, storage: AtomicStorage
) -> None:
    seen = {storage.signature()}
    for n in range(20):
        with storage.transaction():
            storage.write(layout.new_tables(str(n % 2)))
        seen.add(storage.signature())
    file.unlink()
    seen.add(storage.signature())
    assert len(seen) == 22
    assert storage.signature() is None
    assert storage.read() is None


def test_what_a_killed_save_left_is_swept_away(file: Path, storage: AtomicStorage) -> None:
    stray = file.with_name(".voices.json.abcd1234.tmp")
    neighbour = file.with_name(".voices.json.old.json.abcd1234.tmp")
    stray.touch()
    neighbour.touch()
    with storage.transaction():
        pass
    assert not stray.exists()
    assert neighbour.exists()


def test_a_damaged_file_is_not_written_over(file: Path) -> None:
    with Collection.open(file) as voices:
        voices.add(Testimony(id="a", title="a", account="b"))
    file.write_bytes(damaged := file.read_bytes().replace(b'"title"', b'"title'))
    with pytest.raises(CannotOpen), AtomicStorage(file).transaction():
        pass
    assert file.read_bytes() == damaged
