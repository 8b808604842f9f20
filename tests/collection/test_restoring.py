from __future__ import annotations

import datetime
import errno
import os
import shutil
from pathlib import Path

import pytest
import tinydb
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.errors import CannotOpen, CannotSave, ReadOnly
from collection.restoring import Restored, count, may_be_replaced, put_in_place
from collection.store.disk import Disk
from collection.testimony import same_content
from tests.collection.placed import folded

NOW = datetime.datetime(2026, 11, 25, 18, 42, 7, tzinfo=datetime.UTC)


def content(voices: Collection) -> dict[str, tuple[str, str]]:
    return {one.id: (one.title, one.account) for one in voices}


def fill(voices: Collection) -> None:
    for id in "abcd":
        voices.add(Testimony(id=id, title=f"Title {id}", account="Words."))


@pytest.fixture
def backup(voices: Collection, tmp_path: Path) -> Path:
    """A backup with the testimonies a, b, c and d, made after b was corrected."""
    fill(voices)
    voices.revise("b", title="Second title")
    return Path(shutil.copy(folded(voices), tmp_path / "2026-11-25T184207Z.json"))


def change(voices: Collection) -> None:
    voices.revise("a", account="Other words.")
    voices.withdraw("c")
    voices.add(Testimony(id="e", title="New", account="New."))


def test_everything_is_as_in_the_backup_and_one_undo_takes_it_back(
    voices: Collection, backup: Path
) -> None:
    then = content(voices)
    change(voices)
    after = content(voices)
    expected = Restored(added=1, changed=1, withdrawn=1, same=2)
    assert voices.restore_from(backup, dry_run=True) == expected
    assert content(voices) == after
    assert voices.restore_from(backup) == expected
    assert content(voices) == then
    with Collection.open(voices.path) as again:
        assert content(again) == then
        assert [one.action for one in again.history("a")] == ["revised", "revised"]
        assert [one.id for one in again.withdrawn()] == ["e"]
    voices.undo()
    assert content(voices) == after
    voices.redo()
    assert content(voices) == then
    assert voices.restore_from(backup) == Restored(same=4)


def test_revisions_go_on(voices: Collection, backup: Path) -> None:
    change(voices)
    voices.restore_from(backup)
    assert [voices.get(id).revision for id in "abcd"] == [3, 2, 2, 1]
    assert voices.get("c").created == Collection.open(backup, read_only=True).get("c").created


def test_a_backup_of_another_collection_makes_equal_too(
    voices: Collection, backup: Path, tmp_path: Path
) -> None:
    with Collection.open(tmp_path / "other.json") as other:
        other.add(Testimony(id="a", title="Quite other", account="x"))
        assert other.restore_from(backup) == Restored(added=3, changed=1)
        assert content(other) == content(voices)


def test_an_addition_taken_back_comes_back_as_an_addition(
    voices: Collection, tmp_path: Path
) -> None:
    voices.add(Testimony(id="a", title="a", account="a"))
    backup = Path(shutil.copy(folded(voices), tmp_path / "backup.json"))
    voices.undo()
    assert voices.restore_from(backup) == Restored(added=1)
    assert voices.get("a").title == "a"


def test_what_was_erased_does_not_return(voices: Collection, backup: Path) -> None:
    assert voices.erase("c") == []
    told = voices.restore_from(backup)
    assert told == Restored(same=3, refused=["c was erased, and does not return."])
    assert "c" not in voices


def test_what_no_longer_fits_is_left_as_it_is(voices: Collection, backup: Path) -> None:
    secret = "1944-99-99"
    with tinydb.TinyDB(backup) as stock:
        table = stock.table("testimonies")
        bad = {"date": {"earliest": secret}, "access": {"record": {"level": "private"}}}
        table.update(bad, doc_ids=[1])
        table.update({"title": 3}, doc_ids=[2])
    told = voices.restore_from(backup)
    assert (told.withdrawn, told.same) == (0, 2), "b was there, whatever it said"
    assert len(told.refused) == 2
    assert told.refused[0].startswith("In the backup: Entry 2 of the file cannot be read")
    assert told.refused[1].startswith("a does not fit any longer (")
    assert secret not in "".join(told.refused)
    assert voices.get("a").title == "Title a"


def test_an_entry_of_the_collection_that_cannot_be_read_is_not_overwritten(
    voices: Collection, backup: Path
) -> None:
    with tinydb.TinyDB(folded(voices)) as stock:
        stock.table("testimonies").update({"account": 3}, doc_ids=[1])
    with Collection.open(voices.path) as damaged:
        told = damaged.restore_from(backup)
        assert told.same == 3
        assert "cannot be read" in told.refused[0]
    with tinydb.TinyDB(voices.path) as stock:
        assert stock.table("testimonies").get(doc_id=1)["account"] == 3


def test_nothing_is_restored_from_what_is_no_collection(
    voices: Collection, backup: Path, tmp_path: Path
) -> None:
    before = folded(voices).read_bytes()
    backup.write_bytes(backup.read_bytes()[:-40])
    for path in (backup, tmp_path / "absent", tmp_path):
        with pytest.raises(CannotOpen):
            voices.restore_from(path)
    assert voices.path.read_bytes() == before
    with Collection.open(voices.path, read_only=True) as reader, pytest.raises(ReadOnly):
        change(voices)
        reader.restore_from(Path(shutil.copy(folded(voices), tmp_path / "now.json")))


STEPS = st.lists(
    st.tuples(st.sampled_from(["add", "revise", "withdraw", "undo"]), st.integers(0, 4))
)


def play(voices: Collection, steps: list[tuple[str, int]]) -> None:
    for number, (step, which) in enumerate(steps):
        ids = sorted(voices.ids())
        if step == "add":
            voices.add(Testimony(title=f"added {number}", account="x"))
        elif step == "undo":
            voices.undo()
        elif ids and step == "revise":
            voices.revise(ids[which % len(ids)], title=f"revised {number}")
        elif ids:
            voices.withdraw(ids[which % len(ids)])


@given(STEPS, STEPS)
def test_whatever_has_happened_restoring_makes_equal(
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
) -> None:
    folder = tmp_path_factory.mktemp("restoring")
    with Collection.open(folder / "a.json", by="") as voices:
        play(voices, before)
        then = {one.id: one for one in voices}
        backup = shutil.copy(folded(voices), folder / "b.json")
        play(voices, after)
        now = content(voices)
        told = voices.restore_from(backup)
        assert not told.refused
        assert {one.id for one in voices} == then.keys()
        assert all(same_content(then[one.id], one) for one in voices)
        if told.added or told.changed or told.withdrawn:
            voices.undo()
        assert content(voices) == now


# --- in the place of a damaged file ----------------------------------------------------------


def test_a_backup_takes_the_place_of_a_damaged_file(voices: Collection, backup: Path) -> None:
    file = folded(voices)
    damaged = file.read_bytes()[:-30]
    file.write_bytes(damaged)
    file.chmod(0o640)
    journal = file.with_name("voices.json.journal")
    journal.write_bytes(b"changes")
    assert may_be_replaced(file)
    aside = put_in_place(file, backup, NOW)
    assert [path.name for path in aside] == [
        "voices.json.damaged-2026-11-25T184207Z",
        "voices.json.journal.damaged-2026-11-25T184207Z",
    ]
    assert [path.read_bytes() for path in aside] == [damaged, b"changes"]
    assert not journal.exists()
    assert file.stat().st_mode & 0o777 == 0o640
    with Collection.open(file) as again:
        assert len(again) == 4 == count(backup)
    assert [path.name for path in put_in_place(file, backup, NOW)] == [
        "voices.json.damaged-2026-11-25T184207Z-2"
    ]


def test_a_file_that_is_gone_is_put_back(voices: Collection, backup: Path) -> None:
    folded(voices).unlink()
    assert may_be_replaced(voices.path)
    assert put_in_place(voices.path, backup, NOW) == []
    assert voices.path.read_bytes() == backup.read_bytes()
    assert voices.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("call", range(6))
def test_whatever_fails_nothing_is_lost(voices: Collection, backup: Path, call: int) -> None:
    file = folded(voices)
    file.write_bytes(b"damaged")
    file.with_name("voices.json.journal").write_bytes(b"changes")
    calls = iter(range(call, -99, -1))

    class Failing(Disk):
        def rename(self, source: Path, target: Path) -> None:
            if next(calls) == 0:
                raise OSError(errno.EIO, "broken")
            super().rename(source, target)

        def sync_folder(self, folder: Path) -> None:
            if next(calls) == 0:
                raise OSError(errno.EIO, "broken")
            super().sync_folder(folder)

    with pytest.raises(CannotSave, match="Nothing was deleted"):
        put_in_place(file, backup, NOW, Failing())
    found = {path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    assert {b"damaged", b"changes"} <= found
    assert not [name for name in os.listdir(file.parent) if name.startswith(".voices.json.restore")]


def test_a_file_of_a_newer_program_or_a_folder_is_not_damaged(file: Path, tmp_path: Path) -> None:
    file.write_bytes(b'{"collection": {\n"1": {"format":"firsthand","schema":3}\n},\n')
    assert not may_be_replaced(file)
    assert not may_be_replaced(tmp_path)


def test_a_file_that_reads_well_is_not_damaged(voices: Collection) -> None:
    assert not may_be_replaced(voices.path)
    voices.path.write_bytes(voices.path.read_bytes()[:-3])
    assert may_be_replaced(voices.path)
