"""A fault of the disk at every one of its calls, before and after its effect, once and for ever."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tinydb

from collection import CannotOpen, CannotSave, Collection
from collection.store import durable
from collection.store.disk import Disk
from collection.store.journal import journal_place
from collection.store.store import Store
from tests.collection.store.faulty import CHANGES, FAULTS, Counting, Failing, Short
from tests.collection.store.scenes import assert_alone, files, left_open, made, opened, snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.store.state import State
    from tests.collection.store.simulated import Snapshot


@pytest.fixture
def where(tmp_path: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else tmp_path))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    # Forty at once are written with the file.
    monkeypatch.setattr(durable, "_LARGE", 6000)


def _prepared(folder: Path, disk: Disk, *, before: str) -> Collection:
    """Open a collection of two; a journal goes on, or ends unfinished, or there is none."""
    folder.mkdir()
    path = folder / "voices.json"
    with opened(path) as voices:
        voices.add(made(1))
        voices.add(made(2))
    if before == "torn":
        left_open(path, 3)
        with journal_place(path).open("ab") as journal:
            journal.write(b"0123abcd [9,")
    voices = opened(path, disk)
    if before == "changed":
        voices.revise("t2", title="Said before")
    return voices


def _said(found: Snapshot) -> tuple[list[bytes], int]:
    """Give what counts of a state: no two runs agree in their times."""
    texts = [raw.split(b'"created"')[0] for raw in found.get("testimonies", ())]
    return sorted(texts), len(found.get("history", ()))


def _in_file(path: Path, where: Path) -> Snapshot:
    """Read what a fresh program finds."""
    copy = where / "copy"
    copy.mkdir()
    for name, content in files(path.parent).items():
        (copy / name).write_bytes(content)
    with Collection.open(copy / path.name, read_only=True) as voices:
        assert voices.problems == ()
        found = snapshot(voices)
    shutil.rmtree(copy)
    return found


def _calls_of(where: Path, change: str, *, before: str) -> tuple[Counting, Snapshot]:
    disk = Counting()
    voices = _prepared(where / "counted", disk, before=before)
    disk.calls.clear()
    CHANGES[change](voices)
    counted = Counting()
    counted.calls = disk.calls.copy()
    after = _in_file(voices.path, where)
    voices.close()
    return counted, after


def _disks(counted: Counting) -> Iterator[Failing | Short]:
    for call, count in counted.calls.items():
        if call == "open_end":
            errors = {name: one for name, one in FAULTS.items() if name != "signal"}
        else:
            errors = FAULTS
        for nth in range(count):
            for error in errors.values():
                for ever in (False, True):
                    for after in (False, True):
                        yield Failing({call}, nth, error, ever=ever, after=after)
                if call in ("write", "sync"):
                    # Nor can it be cut off again.
                    yield Failing({call, "truncate"}, nth, error, ever=True, after=False)
                    yield Failing({call, "truncate"}, nth, error, ever=True, after=True)
    for then in (None, *FAULTS.values()):
        yield Short(then)


@pytest.mark.parametrize(
    ("change", "before"),
    [
        (name, before)
        for name in CHANGES
        for before in ("closed", "changed", "torn")
        if before == "changed" or name not in ("fold", "close")
    ],
)
def test_what_one_is_told_after_a_fault_is_true(where: Path, change: str, before: str) -> None:
    counted, after = _calls_of(where, change, before=before)
    runs = 0
    for disk in _disks(counted):
        runs += 1
        here = where / "here"
        try:
            _run(here, where, change, disk, _said(after), before=before)
        except AssertionError as error:
            known = {key: value for key, value in vars(disk).items() if key != "log"}
            raise AssertionError(f"{known}: {error}") from error
        finally:
            shutil.rmtree(here)
    print(f"{change}: {runs} faults")
    assert runs > 20


class _Later(Disk):
    """Hands over to another disk once that is told."""

    def __init__(self) -> None:
        self.to: Disk = Disk()

    def __getattribute__(self, name: str):
        if name.startswith("__") or name == "to":
            return super().__getattribute__(name)
        return getattr(super().__getattribute__("to"), name)


def _run(
    here: Path,
    where: Path,
    change: str,
    disk: Failing | Short,
    new: tuple[list[bytes], int],
    *,
    before: str,
) -> None:
    later = _Later()
    voices = _prepared(here, later, before=before)
    path = voices.path
    kept = _in_file(path, where)
    old = _said(kept)
    later.to = disk
    told = None
    try:
        CHANGES[change](voices)
    except (CannotSave, KeyboardInterrupt) as error:
        told = error
    found = _in_file(path, where)
    if told is None:
        assert _said(found) == new, "it was said to be there"
    elif isinstance(told, KeyboardInterrupt):
        assert _said(found) in (old, new), "half of it is there"
    elif "did not confirm" in str(told):
        assert _said(found) == new, f"not there: {told}"
    elif "is not known" in str(told):
        assert _said(found) in (old, new), f"half of it is there: {told}"
    else:
        assert found.get("testimonies") == kept["testimonies"], f"changed: {told}"
        assert found == kept
    assert change != "close" or not isinstance(told, CannotSave)
    disk.mend()
    if change != "close":
        voices.catch_up()
        assert snapshot(voices) == found, "memory is not what the file holds"
        assert sorted(one.id for one in voices) == _ids(found), "the list is not"
    voices.close()
    with opened(path) as again:
        assert again.problems == ()
        assert snapshot(again) == found
        again.add(made("later"))
        after = snapshot(again)
        assert len(after["testimonies"]) == len(found["testimonies"]) + 1
    assert_alone(path, after)


def _ids(found: Snapshot) -> list[str]:
    return sorted(raw.split(b'"')[3].decode() for raw in found["testimonies"])


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("ever", [False, True], ids=["once", "ever"])
@pytest.mark.parametrize("error", FAULTS)
def test_a_failing_creation_leaves_nothing_or_an_empty_collection(
    where: Path, error: str, ever: bool, after: bool
) -> None:
    counting = Counting()
    opened(where / "counted.json", counting).close()
    for call, count in counting.calls.items():
        for nth in range(count):
            path = where / f"{call}{nth}.json"
            disk = Failing({call}, nth, FAULTS[error], ever=ever, after=after)
            try:
                Store(path, disk=disk).create()
            except (CannotOpen, KeyboardInterrupt):
                assert call in ("rename", "sync_folder", "remove") or not path.exists()
            with opened(path) as voices:
                assert snapshot(voices) == {}
                voices.add(made(1))
            with Collection.open(path) as voices:
                assert voices.ids() == ["t1"]


def test_a_full_disk_says_what_was_kept_and_what_to_do(file: Path) -> None:
    opened(file).close()
    disk = Failing({"write"}, 0, FAULTS["full"], ever=True, after=False)
    voices = opened(file, disk)
    with pytest.raises(
        CannotSave, match=r"No space left on device.* The file is as it was; make room"
    ):
        voices.add(made(1))
    assert len(voices) == 0


def test_an_unconfirmed_change_is_shown_and_stops_further_ones(file: Path) -> None:
    opened(file).close()
    later = _Later()
    voices = opened(file, later)
    later.to = Failing({"sync_folder"}, 1, FAULTS["broken"], ever=False, after=False)
    with pytest.raises(CannotSave, match="did not confirm"):
        CHANGES["at once"](voices)
    assert len(voices) == 40
    with pytest.raises(CannotSave, match="did not confirm"):
        voices.add(made(1))


def test_a_failed_sync_is_never_tried_again(file: Path) -> None:
    opened(file).close()
    later = _Later()
    voices = opened(file, later)
    voices.add(made(1))
    later.to = Failing({"sync"}, 0, FAULTS["broken"], ever=False, after=False)
    with pytest.raises(CannotSave, match="The disk failed"):
        voices.add(made(2))
    with pytest.raises(CannotSave, match="The disk failed"):
        voices.add(made(3))
    voices.close()
    with Collection.open(file) as again:
        assert again.ids() == ["t1"]


@pytest.mark.parametrize("nth", [0, 1], ids=["what was there", "the journal"])
def test_a_failed_sync_of_names_is_never_tried_again(file: Path, nth: int) -> None:
    opened(file).close()
    voices = opened(file, Failing({"sync_folder"}, nth, FAULTS["broken"], ever=False, after=False))
    for n in (1, 2):
        with pytest.raises(CannotSave, match="The disk failed"):
            voices.add(made(n))
    with Collection.open(file, read_only=True) as again:
        assert again.ids() == []


def test_a_fold_that_fails_is_made_up_for_by_the_next(file: Path) -> None:
    later = _Later()
    voices = opened(file, later)
    voices.add(made(1))
    later.to = Failing({"rename"}, 0, OSError(errno.ENOSPC, "full"), ever=True, after=False)
    voices.close()
    assert journal_place(file).exists()
    with Collection.open(file) as again:
        assert again.ids() == ["t1"]
    assert not journal_place(file).exists()


def test_a_file_that_is_replaced_during_the_last_fold_is_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(file) as voices:
        voices.add(made(1))
    voices = opened(file)
    voices.add(made(2))
    fold = durable.DurableFile._tidy

    def replaced_before(self: durable.DurableFile, state: State) -> None:
        with tinydb.TinyDB(file) as stock:
            stock.table("testimonies").update({"notes": "by hand"})
        fold(self, state)

    monkeypatch.setattr(durable.DurableFile, "_tidy", replaced_before)
    voices.close()
    monkeypatch.undo()
    with Collection.open(file) as again:
        assert {one.id: one.notes for one in again} == {"t1": "by hand", "t2": ""}
