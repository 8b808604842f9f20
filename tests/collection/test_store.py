from __future__ import annotations

import json
import os
import random
import select
import signal
import stat
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import tinydb
from hypothesis import given, settings

from collection import CannotOpen, CannotSave, Collection, CollectionError, ReadOnly, Testimony
from collection.authorities import Authorities
from collection.ledger import Ledger
from collection.placing import is_same
from collection.preview import preview
from collection.records import Records
from collection.store.store import Store
from collection.testimony import same_content
from tests.collection.placed import written
from tests.collection.strategies import records

if TYPE_CHECKING:
    from collections.abc import Iterator

# --- what goes in comes out --------------------------------------------------------------------


@given(one=records())
@settings(max_examples=60)
def test_any_record_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, one: Testimony
) -> None:
    file = tmp_path_factory.mktemp("a") / "voices.json"
    with Collection.open(file) as voices:
        kept = voices.add(one)
    assert is_same(kept, one)
    again = Collection.open(file)
    assert again.problems == ()
    assert list(again) == [kept]
    with tinydb.TinyDB(file) as stock:
        entries = stock.table("testimonies").all()
        assert entries == [json.loads(msgspec.json.encode(kept))]
        # Written again by stock TinyDB the file is on one line.
        stock.table("testimonies").update({"notes": "by hand"}, doc_ids=[1])
    assert file.read_bytes().count(b"\n") == 0
    changed = Collection.open(file)
    assert list(changed) == [msgspec.structs.replace(kept, notes="by hand")]
    changed.revise(one.id, notes=one.notes)
    assert same_content(Collection.open(file).get(one.id), kept)


def test_an_account_of_a_megabyte(voices: Collection) -> None:
    account = ("Łódź \x00 שלום \U0001f9d1\n" * 60_000)[: 2**20]
    voices.add(Testimony(id="a", title="Long", account=account))
    assert Collection.open(voices.path).get("a").account == account


BAD: list[Any] = [
    float("nan"),
    float("inf"),
    2**70,
    "\ud800",
    {"x": ["\udc00"]},
    json.loads("[" * 900 + "]" * 900),
]


@pytest.mark.parametrize("value", BAD, ids=lambda value: type(value).__name__)
def test_what_json_would_change_never_reaches_the_file(voices: Collection, value: Any) -> None:
    voices.add(Testimony(id="a", title="a", account="b"))
    before = written(voices.path)
    with pytest.raises(CollectionError, match="extra"):
        voices.add(Testimony(title="a", account="b", extra={"x": value}))
    with pytest.raises(CollectionError, match="extra"):
        voices.revise("a", extra={"x": value})
    assert written(voices.path) == before
    assert len(voices) == 1


def test_unreadable_entries_stay_and_are_told(file: Path) -> None:
    with Collection.open(file) as voices:
        voices.add(Testimony(id="a", title="a", account="b"))
    with tinydb.TinyDB(file) as stock:
        odd = [
            {"id": "x", "title": 3, "account": "y"},
            {"title": "no id", "account": "y"},
            {"id": "a", "title": "again", "account": "z"},
        ]
        stock.table("testimonies").insert_multiple(odd)
    for _ in range(2):
        with Collection.open(file) as voices:
            assert voices.ids()[-1] == "a"
            assert len(voices.problems) == 3
            voices.revise("a", title=voices.get("a").title + "!")
    with tinydb.TinyDB(file) as stock:
        entries = stock.table("testimonies").all()
    assert all(entry in entries for entry in odd)
    assert sorted(str(entry["title"]) for entry in entries) == ["3", "a!!", "again", "no id"]


def test_keys_that_another_program_added_stay(file: Path) -> None:
    with Collection.open(file) as voices:
        voices.add(Testimony(id="a", title="a", account="b"))
    with tinydb.TinyDB(file) as stock:
        stock.table("testimonies").update({"mood": "calm"})
        stock.table("mine").insert({"x": 1})
    with Collection.open(file) as voices:
        voices.revise("a", title="b")
        voices.withdraw("a")
        voices.undo()
    with tinydb.TinyDB(file) as stock:
        assert [entry["mood"] for entry in stock.table("testimonies")] == ["calm"]
        assert all(version["before"]["mood"] == "calm" for version in stock.table("history"))
        assert stock.table("mine").all() == [{"x": 1}]


# --- several processes -------------------------------------------------------------------------

ADDING = """
import sys
from collection import Collection, Testimony
voices = Collection.open(sys.argv[1])
for n in range(int(sys.argv[3])):
    kept = voices.add(Testimony(title=sys.argv[2], account=f"number {n}"))
    print(kept.id, flush=True)
"""


def _adding(file: Path, name: str, count: int) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", ADDING, str(file), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root)


def test_two_processes_lose_nothing(file: Path) -> None:
    running = [_adding(file, name, 50) for name in ("one", "other")]
    acknowledged = [id for one in running for id in one.communicate()[0].split()]
    assert len(set(acknowledged)) == 100
    assert set(Collection.open(file).ids()) == set(acknowledged)


def test_what_was_acknowledged_survives_a_kill(file: Path) -> None:
    chance = random.Random(7)
    acknowledged: list[str] = []
    for _ in range(10):
        running = _adding(file, "x", 10_000)
        assert running.stdout is not None
        for _ in range(chance.randrange(1, 6)):
            acknowledged.append(running.stdout.readline().strip())
        # Somewhere within the next save.
        select.select([], [], [], chance.random() * 0.004)
        running.send_signal(signal.SIGKILL)
        acknowledged += running.communicate()[0].split()
        found = Collection.open(file)
        assert found.problems == ()
        assert set(filter(None, acknowledged)) <= set(found.ids())
    with Collection.open(file) as voices:
        voices.add(Testimony(title="a", account="b"))
    assert not [name for name in os.listdir(file.parent) if name.endswith(".tmp")]


# --- places that do not allow it ---------------------------------------------------------------


@contextmanager
def _unprivileged(*paths: Path) -> Iterator[None]:
    """Be nobody in particular for a while, if we are root; the paths become nobody's own."""
    if os.geteuid() != 0:
        yield
        return
    for path in paths:
        os.chown(path, 65534, 65534)
    for folder in paths[0].resolve().parents:
        if not folder.stat().st_mode & stat.S_IXOTH:
            folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def kept(file: Path) -> bytes:
    with Collection.open(file) as voices:
        voices.add(Testimony(id="a", title="a", account="b"))
    file.with_name(".voices.json.lock").unlink()
    file.with_name("voices.json.bak").unlink()
    return file.read_bytes()


@pytest.mark.parametrize("closed", ["file", "folder", "both"])
def test_a_place_that_cannot_be_written_is_read_only(file: Path, kept: bytes, closed: str) -> None:
    with _unprivileged(file.parent, file):
        if closed != "folder":
            file.chmod(0o400)
        if closed != "file":
            file.parent.chmod(0o500)
        with Collection.open(file) as voices:
            assert voices.read_only
            assert voices.ids() == ["a"]
            for change in (
                lambda: voices.add(Testimony(title="a", account="b")),
                lambda: voices.withdraw("a"),
                lambda: voices.revise("a", title="x"),
            ):
                with pytest.raises(ReadOnly, match="nothing was changed"):
                    change()
            assert voices.ids() == ["a"]
        file.parent.chmod(0o700)
    assert file.read_bytes() == kept
    assert os.listdir(file.parent) == [file.name]


def test_a_file_that_cannot_be_read(file: Path, kept: bytes) -> None:
    with _unprivileged(file.parent, file):
        file.chmod(0)
        with pytest.raises(CannotOpen, match="Permission denied"):
            Collection.open(file)
        assert preview(file, 3) == []


def test_a_folder_that_cannot_be_entered_or_written(file: Path) -> None:
    with _unprivileged(file.parent):
        file.parent.chmod(0o500)
        with pytest.raises(CannotOpen, match="Permission denied"):
            Collection.open(file)
        file.parent.chmod(0)
        with pytest.raises(CannotOpen, match="Permission denied"):
            Collection.open(file)
        assert preview(file, 3) == []
        file.parent.chmod(0o700)
    assert os.listdir(file.parent) == []


def test_places_that_are_none(file: Path, tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    told = {
        file.parent / "no" / "a.json": "no folder",
        tmp_path: "is a folder",
        loop: "cannot be opened",
        fifo: "is no file",
        Path(os.devnull): "is no file",
        tmp_path / ("x" * 300): "cannot be opened",
        tmp_path / "a\0b": "cannot be opened",
        fifo / "a.json": "no folder",
    }
    for path, message in told.items():
        with pytest.raises(CannotOpen, match=message):
            Collection.open(path)
        assert preview(path, 3) == []
    with pytest.raises(CannotOpen, match="There is no collection"):
        Collection.open(file, create=False)
    with pytest.raises(CannotOpen, match="There is no collection"):
        Collection.open(file, read_only=True)
    assert sorted(os.listdir(tmp_path)) == ["fifo", "loop"]
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_names_of_files_are_shown_harmlessly(tmp_path: Path) -> None:
    evil = tmp_path / "a\x1b[31m\nb.json"
    with pytest.raises(CannotOpen) as refused:
        Collection.open(evil, create=False)
    assert str(refused.value).isprintable()
    with Collection.open(evil) as voices:
        voices.add(Testimony(title="a", account="b"))
    assert len(Collection.open(evil)) == 1


def test_a_link_stays_a_link(file: Path, kept: bytes, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(file)
    with Collection.open(link) as voices:
        voices.revise("a", title="new")
    assert link.is_symlink()
    assert Collection.open(file).get("a").title == "new"


def test_the_mode_is_kept_and_new_files_are_the_owners(file: Path, kept: bytes) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o664)
    with Collection.open(file) as voices:
        voices.revise("a", title="new")
    assert file.stat().st_mode & 0o777 == 0o664
    assert file.with_name(".voices.json.lock").stat().st_mode & 0o060 == 0o060


def test_reading_takes_no_lock_and_leaves_nothing(file: Path, kept: bytes) -> None:
    with Collection.open(file, read_only=True) as voices:
        list(voices)
        voices.history("a")
        voices.check()
        voices.catch_up()
    assert os.listdir(file.parent) == [file.name]


@pytest.mark.parametrize("how", ["deleted", "emptied", "damaged", "foreign", "other"])
def test_a_file_taken_from_under_us_is_not_written_to(file: Path, kept: bytes, how: str) -> None:
    voices = Collection.open(file)
    mine = voices.add(Testimony(id="z", title="only here", account="b"))
    if how == "deleted":
        file.unlink()
        file.with_name(".voices.json.lock").unlink()
    elif how == "other":
        file.unlink()
        file.with_name("voices.json.journal").unlink()
        with Collection.open(file) as other:
            other.add(Testimony(id="o", title="o", account="o"))
    else:
        content = {"emptied": b"", "damaged": kept[:100], "foreign": b'{"a": {}}'}
        file.write_bytes(content[how])
    now = file.read_bytes() if file.exists() else None
    for change in (
        lambda: voices.add(Testimony(title="a", account="b")),
        lambda: voices.revise("a", title="x"),
        lambda: voices.withdraw("z"),
        voices.undo,
    ):
        with pytest.raises(CannotSave):
            change()
    with pytest.raises(CannotOpen):
        voices.catch_up()
    assert voices.get("z") == mine
    assert set(voices.ids()) == {"a", "z"}
    assert (file.read_bytes() if file.exists() else None) == now
    assert how != "deleted" or not file.with_name(".voices.json.lock").exists()


def test_a_save_that_waits_too_long_says_so(
    file: Path, kept: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collection.store.locking.PATIENCE", 0.05)
    voices, other = Collection.open(file), Collection.open(file)
    with (
        other._store._storage.transaction(),
        pytest.raises(CannotSave, match="Another program has been saving"),
    ):
        voices.revise("a", title="x")
    voices.revise("a", title="x")


def test_the_ledger_takes_any_login(file: Path) -> None:
    Collection.open(file)
    ledger = Ledger(Store(file), Records(), Authorities(), "\udcff")
    assert ledger.stamped(Testimony(title="a", account="b")).by == "?"


def test_a_preview_of_a_file_on_one_huge_line_is_empty(file: Path) -> None:
    file.write_bytes(b'{"a": "' + b"x" * 20_000_000)
    assert preview(file, 40) == []
