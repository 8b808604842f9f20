"""Saving from the form: what goes wrong, and that no word is lost by it."""

from __future__ import annotations

import errno
import threading
from typing import TYPE_CHECKING, Any

import pytest

from collection import Collection
from collection.store.disk import Disk
from collection.store.store import Store
from tests.tui.test_form import HOSTILE, Desk, complete, paste, save, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collection.testimony import Testimony as Record


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        yield opened


class FullDisk(Disk):
    """A disk that is full while one says so."""

    def __init__(self) -> None:
        self.full = True

    def write(self, file: Any, data: bytes | memoryview) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(file, data)


async def test_words_survive_a_full_disk(tmp_path: Path) -> None:
    disk = FullDisk()
    Collection.open(tmp_path / "v.json").close()
    store = Store(tmp_path / "v.json", disk=disk)
    store.load()
    collection = Collection(store, "tester")
    app = Desk(collection, draft={"title": "T", "account": HOSTILE})
    async with app.run_test(size=(40, 12)) as pilot:
        await complete(pilot)
        before = app.form.texts
        await save(pilot)
        assert app.screen is app.form
        assert app.said()
        assert app.form.texts == before
        assert app.form.unsaved
        disk.full = False
        await save(pilot)
        assert app.given[0] is not None
        assert collection.get(app.given[0].id).account == HOSTILE


async def test_a_collection_for_reading_says_so(tmp_path: Path) -> None:
    path = tmp_path / "[bold]v[b].json"
    Collection.open(path).close()
    with Collection.open(path, read_only=True) as collection:
        app = Desk(collection, draft={"title": "T", "account": "A"})
        async with app.run_test(size=(80, 24)) as pilot:
            await complete(pilot)
            await save(pilot)
            assert "[bold]v[" in app.said()
            assert "reading only" in app.said()
            assert app.given == []


async def test_a_conflict_keeps_the_words(collection: Collection) -> None:
    record = collection.add(whole())
    app = Desk(collection, record)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("x")
        collection.revise(record.id, rights="Someone else's")
        await save(pilot)
        assert "changed" in app.said()
        assert app.field("title").words.endswith("x")
        assert app.field("rights").words == "Someone else's"
        assert collection.get(record.id).title == record.title
        await save(pilot)
        assert collection.get(record.id).title == f"{record.title}x"
        assert collection.get(record.id).rights == "Someone else's"


async def test_saving_twice_saves_once(collection: Collection, monkeypatch: Any) -> None:
    going, calls = threading.Event(), []
    add = collection.add

    def slow(record: Record, **choices: Any) -> Record:
        calls.append(record)
        going.wait(10)
        return add(record, **choices)

    monkeypatch.setattr(collection, "add", slow)
    app = Desk(collection, draft={"title": "T", "account": "A"})
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("ctrl+s", "ctrl+s", "escape", "x")
        going.set()
        await app.workers.wait_for_complete()
        await pilot.pause()
        # What was typed while it was saved is not lost.
        assert app.given == []
        assert app.said().startswith("Saved")
        await save(pilot)
        assert len(calls) == len(collection) == 1
        assert app.given[0] is not None
        assert (app.given[0].title, app.given[0].revision) == ("Tx", 2)


async def test_a_fault_of_the_program_keeps_the_words(
    collection: Collection, monkeypatch: Any
) -> None:
    def broken(record: Record, **choices: Any) -> Record:
        raise RuntimeError("[/] oh")

    monkeypatch.setattr(collection, "add", broken)
    app = Desk(collection, draft={"title": "T", "account": "A"})
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("ctrl+s")
        while "fault" not in app.said():
            await pilot.pause()
        assert "[/] oh" in app.said()
        assert app.form.unsaved


async def test_a_masked_record_is_never_written_back(collection: Collection) -> None:
    record = collection.add(whole(access=whole().access))
    masked = collection.view(record.id).testimony
    assert masked.notes == ""
    app = Desk(collection, masked)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await paste(pilot, app, "rights", "ours")
        await save(pilot)
        assert collection.get(record.id).notes == "private"
        assert collection.get(record.id).narrator == record.narrator
