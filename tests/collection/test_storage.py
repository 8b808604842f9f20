from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import tinydb

from collection import CannotOpen, Collection, Testimony
from collection.store.storage import JournalStorage
from collection.store.table import JournalDB

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def storage(file: Path) -> JournalStorage:
    Collection.open(file).close()
    return JournalStorage(file)


@pytest.mark.parametrize("database", [tinydb.TinyDB, JournalDB])
def test_it_serves_a_plain_tinydb(
    file: Path, storage: JournalStorage, database: type[tinydb.TinyDB]
) -> None:
    with database(storage=lambda: storage) as mine:
        table = mine.table("mine")
        table.insert_multiple([{"a": 1}, {"a": 2}])
        table.update({"b": 3}, tinydb.where("a") == 2)
        expected = [{"a": 1}, {"a": 2, "b": 3}]
        assert table.all() == expected
        assert mine.tables() == {"testimonies", "history", "mine"}
    with tinydb.TinyDB(file) as stock:
        assert stock.table("mine").all() == expected


def test_a_transaction_is_all_or_nothing(file: Path, storage: JournalStorage) -> None:
    database = JournalDB(storage=lambda: storage)
    before = file.read_bytes()
    with pytest.raises(ZeroDivisionError), storage.transaction():
        database.table("mine").insert({"a": 1})
        assert len(database.table("mine")) == 1
        raise ZeroDivisionError
    assert len(database.table("mine")) == 0
    with storage.transaction():
        pass
    database.close()
    assert file.read_bytes() == before


@pytest.mark.parametrize("value", [float("nan"), "\ud800", object(), {1, 2}])
def test_what_json_would_change_is_refused(storage: JournalStorage, value: object) -> None:
    table = JournalDB(storage=lambda: storage).table("mine")
    table.insert({"a": 1})
    with pytest.raises((ValueError, TypeError)):
        table.insert({"a": value})
    with pytest.raises((ValueError, TypeError)):
        table.update({"a": value})
    assert table.all() == [{"a": 1}]


def test_every_state_is_told_from_the_one_before(file: Path) -> None:
    voices = Collection.open(file)
    seen = {voices._store.state}
    for n in range(5):
        voices.add(Testimony(title=str(n), account="x"))
        seen.add(voices._store.state)
    assert len(seen) == 6
    before = voices._store.state
    voices.fold()
    assert voices._store.state == before, "the same, wherever it is written"
    again = Collection.open(file)
    assert again._store.state == before


def test_what_a_killed_save_left_is_swept_away(file: Path, storage: JournalStorage) -> None:
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
    with pytest.raises(CannotOpen), JournalStorage(file).transaction():
        pass
    assert file.read_bytes() == damaged
