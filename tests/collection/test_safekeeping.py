from __future__ import annotations

import os
from pathlib import Path

import pytest
import tinydb

from collection import CannotSave, Collection, Conflict, NotFound, ReadOnly, Testimony
from collection.exchange.interface import Row, Where
from collection.search.cache import IndexCache
from collection.store.backups import Backups
from tests.collection.placed import folded

SECRET = "Zwetschgenknödel"


def _testimony(id: str, account: str = "An account.") -> Testimony:
    return Testimony(id=id, title=f"Title {id}", account=account)


# --- erasing -----------------------------------------------------------------------------------


@pytest.fixture
def kept(file: Path, tmp_path: Path):
    """A collection with a backup, an index, a history and copies that all hold a secret."""
    backups, cache = tmp_path / "backups", tmp_path / "cache"
    with Collection.open(file, by="keeper", backups=backups, cache=cache) as voices:
        voices.add(_testimony("a", f"There was {SECRET}."))
        voices.import_rows(
            [Row(Where("f", n), {"title": f"T{n}", "account": "Other words."}) for n in range(600)]
        )
        voices.revise("a", account=f"Once there was {SECRET}.")
    file.with_name("voices.json.unfinished-20261125T000000Z").write_bytes(
        b'00000000 [7,[["testimonies",9,{"id":"a","account":"' + SECRET.encode() + b'"\n'
    )
    file.with_name("voices.json.changed-20261125T000000Z").write_bytes(file.read_bytes())
    voices = Collection.open(file, by="keeper", backups=backups, cache=cache)
    voices.search("words")
    while voices.index_step(1000):
        pass
    voices.revise("a", title="Another title")
    yield voices
    voices.close()


def _holding(folder: Path, words: str) -> list[str]:
    return sorted(
        path.name
        for path in folder.rglob("*")
        if path.is_file() and words.encode() in path.read_bytes()
    )


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_is_erased_is_nowhere(kept: Collection, tmp_path: Path, withdrawn: bool) -> None:
    if withdrawn:
        kept.withdraw("a")
    assert len(_holding(tmp_path, SECRET)) >= 5, "else this would show nothing"
    assert IndexCache(tmp_path / "cache", kept.path).path.exists()
    assert kept.erase("a") == []
    assert _holding(tmp_path, SECRET) == []
    assert _holding(tmp_path, "Another title") == []
    assert not IndexCache(tmp_path / "cache", kept.path).path.exists()
    assert "a" not in kept
    assert kept.search(SECRET).total == 0
    assert (kept.history("a"), kept.withdrawn()) == ([], [])
    kept.close()
    assert _holding(tmp_path, SECRET) == []
    with Collection.open(kept.path, by="keeper") as again:
        assert len(again) == 600
        assert [one for one in again.check() if one.field != "copies"] == []
        assert len(again.undo()) == 600, "nothing brings it back, and nothing else is in the way"
        assert "a" not in again
        for bring in (lambda: again.add(_testimony("a")), lambda: again.bring_back("a")):
            with pytest.raises((Conflict, NotFound)):
                bring()
    with tinydb.TinyDB(kept.path) as stock:
        (tombstone,) = [one for one in stock.table("history") if one["id"] == "a"]
    assert {*tombstone} == {"id", "action", "at", "by"}


def test_another_window_lets_go_of_what_is_erased(kept: Collection, tmp_path: Path) -> None:
    other = Collection.open(kept.path, by="keeper")
    other.revise("a", title="Theirs")
    kept.erase("a")
    assert other.catch_up()
    assert "a" not in other
    other.undo()
    assert "a" not in other
    other.close()
    kept.close()
    assert _holding(tmp_path, SECRET) == []


def test_what_was_never_here_cannot_be_erased(kept: Collection) -> None:
    with pytest.raises(NotFound):
        kept.erase("nobody")
    assert kept.erase("a") == []
    assert kept.erase("a") == [], "once more looks through the backups again"


def test_a_backup_that_cannot_be_rewritten_is_named(kept: Collection, tmp_path: Path) -> None:
    (backup,) = Backups(tmp_path / "backups", kept.path).list()
    backup.path.write_bytes(b"{")
    odd = backup.path.with_name("mine.txt")
    odd.write_text("x")
    told = " ".join(kept.erase("a"))
    assert odd.name in told


# --- backups -----------------------------------------------------------------------------------


def test_a_backup_of_the_day_is_made_when_the_file_is_written(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for n in range(3):
        with Collection.open(file, backups=folder) as voices:
            voices.add(_testimony(str(n)))
    (backup,) = Backups(folder, file).list()
    assert Collection.open(backup.path, read_only=True).ids() == ["0"]
    assert backup.path.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_fails_fails_nothing_else(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.write_text("no folder")
    with Collection.open(file, backups=folder) as voices:
        voices.add(_testimony("a"))
    assert "Not a directory" in voices.backup_trouble
    assert len(Collection.open(file)) == 1


def test_the_content_holds_what_stands_in_the_journal(voices: Collection, tmp_path: Path) -> None:
    voices.add(_testimony("a"))
    folded(voices)
    voices.add(_testimony("b"))
    copy = tmp_path / "copy.json"
    copy.write_bytes(b"".join(voices.content()))
    again = Collection.open(copy)
    assert list(again) == list(voices)
    assert again.check() == []


# --- what is new -------------------------------------------------------------------------------


def test_what_has_changed_since_is_told(voices: Collection) -> None:
    voices.add(_testimony("a"))
    first = voices.changes_since()
    assert (first.changed, first.everything) == (("a",), True)
    assert voices.changes_since(first.cursor).changed == ()
    other = Collection.open(voices.path)
    other.add(_testimony("b"))
    other.revise("a", title="New")
    other.add(_testimony("c"))
    other.withdraw("c")
    other.close()
    voices.fold()
    news = voices.changes_since(first.cursor)
    assert (news.changed, news.gone, news.everything) == (("b", "a"), ("c",), False)
    assert voices.changes_since("elsewhere:3").everything
    assert voices.changes_since("nonsense").everything


# --- places that do not allow it ---------------------------------------------------------------


def test_a_network_folder_is_only_read(voices: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    voices.add(_testimony("a"))
    monkeypatch.setattr("collection.store.mounts.network_filesystem", lambda _: "nfs4")
    with Collection.open(voices.path) as there:
        assert there.read_only
        assert "network filesystem (nfs4)" in there.why_read_only
        with pytest.raises(ReadOnly, match="network_folders"):
            there.add(_testimony("b"))
        assert there.ids() == ["a"]
    with Collection.open(voices.path, network=True) as there:
        there.add(_testimony("b"))
    assert len(Collection.open(voices.path)) == 2


def test_a_closed_collection_takes_nothing_more(voices: Collection) -> None:
    voices.add(_testimony("a"))
    voices.close()
    with pytest.raises(CannotSave, match="closed"):
        voices.add(_testimony("b"))
    assert not voices.catch_up()
    assert sorted(os.listdir(voices.path.parent)) == [
        ".voices.json.lock",
        "voices.json",
        "voices.json.bak",
    ]


# --- looking through and mending ---------------------------------------------------------------


def _spoil(voices: Collection, before: bytes, after: bytes) -> Path:
    voices.close()
    content = voices.path.read_bytes()
    assert before in content
    voices.path.write_bytes(content.replace(before, after, 1))
    return voices.path


def test_a_letter_that_the_disk_has_changed_is_told_and_no_backup_lost(voices: Collection) -> None:
    voices.add(_testimony("a", "They came at dawn."))
    voices.fold()
    voices.add(_testimony("b"))
    path = _spoil(voices, b"at dawn", b"at dusk")
    backup = path.with_name("voices.json.bak")
    sound = backup.read_bytes()
    with Collection.open(path) as again:
        (problem,) = again.problems
        assert "no longer as Firsthand saved it" in problem.message
        assert again.mendable == [problem]
        again.add(_testimony("c"))
        assert again.ids() == ["a", "b", "c"]
    assert backup.read_bytes() == sound, "the backup may be the only sound copy"
    (aside,) = path.parent.glob("voices.json.changed-*")
    assert b"at dusk" in aside.read_bytes()
    assert Collection.open(path).problems == ()


def test_entries_without_an_identifier_get_one(voices: Collection, file: Path) -> None:
    voices.add(_testimony("a"))
    voices.close()
    with tinydb.TinyDB(file) as stock:
        plain = [{"title": "none", "account": "x"}, {"id": "a", "title": "same", "account": "y"}]
        stock.table("testimonies").insert_multiple([*plain, {"id": "odd", "title": 3}])
    with Collection.open(file) as again:
        assert (len(again), len(again.problems)) == (1, 3)
        assert len(again.mend()) == 2
        assert sorted(one.title for one in again) == ["Title a", "none", "same"]
        assert len(again.problems) == 1, "what is no testimony stays as it is"
        assert again.mend() == []
    assert len(Collection.open(file)) == 3


def test_a_backup_that_has_changed_is_told(voices: Collection, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    voices.add(_testimony("a", "They came at dawn."))
    voices.fold()
    backups = Backups(folder, voices.path)
    import datetime

    made = backups.make(datetime.datetime.now(tz=datetime.UTC), voices.content(), keep=True)
    assert voices.check_backups(folder) == []
    made.path.write_bytes(made.path.read_bytes().replace(b"at dawn", b"at dusk"))
    voices.path.with_name("voices.json.bak").write_bytes(b"{")
    told = [problem.message for problem in voices.check_backups(folder)]
    assert len(told) == 2
    assert "no longer as it was made" in told[1]


def test_backups_of_another_place_are_scrubbed_too(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    with Collection.open(file, backups=folder) as voices:
        voices.add(_testimony("a", f"There was {SECRET}."))
    moved = tmp_path / "moved.json"
    file.rename(moved)
    with Collection.open(tmp_path / "other.json", backups=folder) as other:
        other.add(_testimony("a", f"Somebody else's {SECRET}."))
    with Collection.open(moved, backups=folder) as voices:
        assert voices.erase("a") == []
    holding = [path for path in folder.rglob("*.json") if SECRET.encode() in path.read_bytes()]
    assert [path.parent for path in holding] == [Backups(folder, tmp_path / "other.json").folder]


def test_an_addition_that_was_taken_back_can_be_brought_back_later(voices: Collection) -> None:
    voices.add(_testimony("a"))
    voices.undo()
    voices.add(_testimony("b"))
    assert voices.redo() == []
    assert [one.id for one in voices.withdrawn()] == ["a"]
    assert voices.bring_back("a").title == "Title a"
    assert voices.withdrawn() == []
