"""Checks that each look at one thing the store does so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
import tinydb

from collection import CannotSave, Collection
from collection.store import durable, locking, merging
from collection.store import state as states_of
from collection.store.journal import journal_place
from collection.store.mainfile import Moved
from collection.store.storage import JournalStorage
from collection.store.table import JournalDB
from tests.collection.store.faulty import FAULTS, Failing
from tests.collection.store.scenes import (
    LAID_TOGETHER,
    SCENES,
    SMALL,
    files,
    left_open,
    made,
    opened,
)
from tests.collection.store.test_crashes import explored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def crashes(name: str) -> Callable[[Path], None]:
    """Let a scene crash everywhere, and again while coming back."""

    def guard(where: Path) -> None:
        large = 3000 if name in SMALL else durable._LARGE
        with (
            mock.patch.object(durable, "_LARGE", large),
            mock.patch.object(merging, "now", return_value="2026-11-25T18:42:07+00:00"),
        ):
            (where / "scene").mkdir()
            log = SCENES[name](where / "scene" / "voices.json").log
            explored(log, where / "state", 700, told=name in LAID_TOGETHER)

    guard.__name__ = f"crashes in “{name}”"
    return guard


def _kept(where: Path) -> Path:
    """Make a closed collection of two, saved twice."""
    path = where / "voices.json"
    for n in (1, 2):
        with opened(path) as voices:
            voices.add(made(n))
    return path


def _database(path: Path) -> JournalDB:
    return JournalDB(storage=lambda: JournalStorage(path))


def _changed(path: Path, old: bytes, new: bytes) -> None:
    content = path.read_bytes()
    assert old in content
    path.write_bytes(content.replace(old, new))


def damage_in_a_journal_is_told(where: Path) -> None:
    path = _kept(where)
    left_open(path, 3, 4, 5)
    _changed(journal_place(path), b"Number 4", b"N-mber 4")
    with Collection.open(path) as voices:
        assert sorted(voices.ids()) == ["t1", "t2", "t3", "t5"]
        assert voices.problems


def a_missing_line_is_told(where: Path) -> None:
    path = _kept(where)
    left_open(path, 3, 4, 5)
    lines = journal_place(path).read_bytes().splitlines(keepends=True)
    journal_place(path).write_bytes(b"".join(lines[:2] + lines[3:]))
    with Collection.open(path) as voices:
        assert voices.problems


def what_is_no_json_is_not_written(where: Path) -> None:
    path = _kept(where)
    database = _database(path)
    table = database.table("mine")
    changing = database.storage.transaction()  # type: ignore[attr-defined]
    with pytest.raises(ValueError, match="read again"), changing:
        table.insert_json(b'{"a":')  # type: ignore[attr-defined]
    table.insert({"a": 1})
    assert _database(path).table("mine").all() == [{"a": 1}]


def who_saves_keeps_others_out(where: Path) -> None:
    path = _kept(where)
    one, other = _database(path), _database(path)
    with (
        mock.patch.object(locking, "PATIENCE", 0.01),
        one.storage.transaction(),  # type: ignore[attr-defined]
        pytest.raises(CannotSave, match="Another program"),
    ):
        other.table("mine").insert({"a": 1})


def who_saves_knows_what_others_have_saved(where: Path) -> None:
    path = _kept(where)
    one, other = _database(path), _database(path)
    for n in range(3):
        one.table("mine").insert({"n": n})
        other.table("mine").insert({"n": -n})
    one.close()
    other.close()
    with tinydb.TinyDB(path) as stock:
        assert len(stock.table("mine")) == 6


def an_unfinished_end_is_put_aside(where: Path) -> None:
    path = _kept(where)
    left_open(path, 3)
    with journal_place(path).open("ab") as journal:
        journal.write(b"0123abcd [9,")
    with Collection.open(path) as voices:
        voices.add(made(4))
    (copy,) = where.glob("voices.json.unfinished-*")
    assert copy.read_bytes() == b"0123abcd [9,"


def a_failed_write_leaves_the_journal_as_it_was(where: Path) -> None:
    path = _kept(where)
    disk = Failing({"write"}, 2, FAULTS["full"], ever=True, after=False)
    voices = opened(path, disk)
    voices.add(made(3))
    before = journal_place(path).read_bytes()
    with pytest.raises(CannotSave):
        voices.add(made(4))
    assert journal_place(path).read_bytes() == before


def a_failed_sync_is_the_last(where: Path) -> None:
    disk = Failing({"sync"}, 2, FAULTS["broken"], ever=False, after=False)
    voices = opened(_kept(where), disk)
    voices.add(made(3))
    for n in (4, 5):
        with pytest.raises(CannotSave):
            voices.add(made(n))


def a_failed_sync_of_names_is_the_last(where: Path) -> None:
    disk = Failing({"sync_folder"}, 0, FAULTS["broken"], ever=False, after=False)
    voices = opened(_kept(where), disk)
    for n in (3, 4):
        with pytest.raises(CannotSave):
            voices.add(made(n))


def what_another_program_wrote_stays_current(where: Path) -> None:
    path = _kept(where)
    voices = opened(path)
    voices.revise("t1", title="In the journal")
    kept = files(where)
    voices.close()
    for name, content in kept.items():
        (where / name).write_bytes(content)
    with tinydb.TinyDB(path) as stock:
        stock.table("testimonies").update({"title": "By hand"}, tinydb.where("id") == "t1")
    with Collection.open(path) as voices:
        assert voices.get("t1").title == "By hand"
        assert [one.before["title"] for one in voices.history("t1")][-1:] == ["In the journal"]
        voices.add(made(7))
    assert [*where.glob("voices.json.journal-*")]


def the_backup_is_what_was_before(where: Path) -> None:
    path = _kept(where)
    before = path.read_bytes()
    with opened(path) as voices:
        voices.add(made(3))
    assert path.with_name("voices.json.bak").read_bytes() == before


def a_sound_backup_is_not_replaced(where: Path) -> None:
    path = _kept(where)
    with opened(path) as voices:
        voices.add(made(3))
    backup = path.with_name("voices.json.bak")
    sound = backup.read_bytes()
    _changed(path, b"Number 2", b"N-mber 2")
    with opened(path) as voices:
        voices.add(made(4))
    assert backup.read_bytes() == sound


def damage_in_the_file_is_told(where: Path) -> None:
    path = _kept(where)
    _changed(path, b"Number 2", b"N-mber 2")
    assert Collection.open(path, read_only=True).problems


def an_unconfirmed_fold_keeps_its_journal(where: Path) -> None:
    path = _kept(where)
    disk = Failing({"sync_folder"}, 2, FAULTS["broken"], ever=True, after=False)
    voices = opened(path, disk)
    voices.add(made(3))
    before = journal_place(path).read_bytes()
    voices.close()
    assert disk.failed
    assert journal_place(path).read_bytes() == before


def what_fails_halfway_changes_nothing(where: Path) -> None:
    database = _database(_kept(where))
    storage = database.storage
    with pytest.raises(ZeroDivisionError), storage.transaction():  # type: ignore[attr-defined]
        database.table("mine").insert({"a": 1})
        raise ZeroDivisionError
    assert database.table("mine").all() == []


def what_is_folded_while_it_is_read_is_read_again(where: Path) -> None:
    path = _kept(where)
    other = opened(path)
    other.add(made(3))
    read = states_of._read_journal

    def folded_before(place: Path) -> object:
        other.close()
        return read(place)

    with mock.patch.object(states_of, "_read_journal", folded_before):
        assert "t3" in Collection.open(path, read_only=True)


def a_journal_that_was_removed_lives_on(where: Path) -> None:
    path = _kept(where)
    voices = opened(path)
    voices.add(made(3))
    journal_place(path).unlink()
    voices.add(made(4))
    assert len(Collection.open(path, read_only=True)) == 4


def what_has_changed_under_a_copy_is_not_copied(where: Path) -> None:
    """The main file is another one when it is to be copied from."""
    path = _kept(where)
    voices = opened(path)
    voices.add(made(3))
    file = voices._store._file
    with file.held():
        with tinydb.TinyDB(path) as stock:
            stock.table("testimonies").update({"notes": "by hand " * 200})
        before = path.read_bytes()
        with pytest.raises(Moved):
            file._tidy(file.present())
    assert path.read_bytes() == before
