"""What a disk, an editor or another program does to the files while nobody looks."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
import tinydb

from collection import CannotOpen, Collection, CollectionError, Testimony

BASE = ("a", "b", "c")


def _testimony(id: str, account: str = "They came at dawn.") -> Testimony:
    return Testimony(id=id, title=f"Title {id}", account=account)


@pytest.fixture
def journal(file: Path) -> Path:
    """The journal of a program that was killed: a changed, b withdrawn, d and e added."""
    with Collection.open(file) as voices:
        for id in BASE:
            voices.add(_testimony(id))
    voices = Collection.open(file)
    voices.revise("a", title="Changed")
    voices.withdraw("b")
    voices.add(_testimony("d"))
    voices.add(_testimony("e"))
    return file.with_name("voices.json.journal")


def _titles(file: Path) -> dict[str, str]:
    return {one.id: one.title for one in Collection.open(file)}


def test_a_damaged_end_of_the_journal_is_told_and_kept(file: Path, journal: Path) -> None:
    for n in range(3):
        whole = journal.read_bytes()
        at = whole.rindex(b"at dawn")
        journal.write_bytes(whole[:at] + b"At" + whole[at + 2 :])
        (problem,) = Collection.open(file).problems
        assert "cannot be read any longer" in problem.message
        with Collection.open(file) as voices:
            voices.add(_testimony(f"f{n}"))
            assert [one for one in voices.check() if one.field == "copies"]
        Collection.open(file).add(_testimony(f"g{n}"))
    copies = [*file.parent.glob("voices.json.journal-*")]
    assert len(copies) == 3, "none in the place of another"
    assert all(b"At dawn" in copy.read_bytes() for copy in copies)


def test_a_journal_with_other_ends_of_lines_is_as_good(file: Path, journal: Path) -> None:
    expected = _titles(file)
    journal.write_bytes(journal.read_bytes().replace(b"\n", b"\r\n"))
    assert _titles(file) == expected


def test_any_flipped_bit_is_told_or_does_no_harm(file: Path, journal: Path) -> None:
    chance = random.Random(7)
    expected = {one.id: one for one in Collection.open(file)}
    for path in (journal, file):
        whole = path.read_bytes()
        for _ in range(60):
            at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
            path.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
            try:
                voices = Collection.open(file, read_only=True)
                voices.history("a")
                told = bool(voices.check())
                same = {one.id: one for one in voices} == expected
            except CollectionError:
                continue
            assert told or same
        path.write_bytes(whole)


def test_changes_of_both_are_laid_together(file: Path, journal: Path) -> None:
    with tinydb.TinyDB(file) as stock:
        stock.table("testimonies").insert({"id": "s", "title": "Stock", "account": "x"})
        stock.table("testimonies").update({"title": "Theirs"}, tinydb.where("id") == "c")
    with Collection.open(file) as voices:
        titles = {one.id: one.title for one in voices}
        assert titles == {
            "a": "Changed",
            "c": "Theirs",
            "d": "Title d",
            "e": "Title e",
            "s": "Stock",
        }
        voices.reveal(private=True)
        assert [one.id for one in voices.withdrawn()] == ["b"], "a withdrawal stands"
    assert _titles(file) == titles


def test_what_both_have_changed_stays_and_the_other_is_in_the_history(
    file: Path, journal: Path
) -> None:
    with tinydb.TinyDB(file) as stock:
        stock.table("testimonies").update({"title": "Theirs"}, tinydb.where("id") == "a")
    with Collection.open(file) as voices:
        assert voices.get("a").title == "Theirs"
        assert "Changed" in [one.before["title"] for one in voices.history("a")]


def test_an_open_window_goes_on_when_a_script_writes(file: Path) -> None:
    voices = Collection.open(file)
    voices.add(_testimony("a"))
    voices.fold()
    voices.revise("a", title="Changed")
    voices.add(_testimony("b"))
    voices.withdraw("b")
    with tinydb.TinyDB(file) as stock:
        stock.table("testimonies").insert({"id": "s", "title": "Stock", "account": "x"})
    assert voices.catch_up()
    assert {one.id: one.title for one in voices} == {"a": "Changed", "s": "Stock"}
    voices.revise("s", title="Mine")


def test_bytes_that_are_no_text_are_not_carried_on(file: Path) -> None:
    with Collection.open(file) as voices:
        voices.add(_testimony("a"))
        voices.revise("a", account="Other.")
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"at dawn", b"\xfft dawn"))
    with pytest.raises(CannotOpen, match="damaged"):
        Collection.open(file)


def test_a_journal_without_its_file_is_not_passed_over(file: Path, journal: Path) -> None:
    file.rename(elsewhere := file.with_name("elsewhere.json"))
    with pytest.raises(CannotOpen, match="its journal is, with 4 changes"):
        Collection.open(file)
    elsewhere.rename(file)
    assert sorted(_titles(file)) == ["a", "c", "d", "e"]


def test_a_number_that_is_too_high_is_not_counted_on_from(file: Path) -> None:
    with Collection.open(file) as voices:
        voices.add(_testimony("a"))
    with tinydb.TinyDB(file) as stock:
        document = tinydb.table.Document({"id": "z", "title": "z", "account": "z"}, 10**18 - 1)
        stock.table("testimonies").insert(document)
    with Collection.open(file) as voices:
        voices.add(_testimony("b"))
        voices.add(_testimony("c"))
    assert len(Collection.open(file)) == 4


def test_erasing_one_empties_no_copy_that_holds_others(file: Path, journal: Path) -> None:
    aside = file.with_name("voices.json.journal-20261125T000000Z")
    aside.write_bytes(journal.read_bytes())
    odd = file.with_name("voices.json.damaged-20261125T000000Z")
    odd.write_bytes(b'{"testimonies": {"1": {"id": "d", "title": "x"}, "2": {"id": "k", "ti')
    with Collection.open(file) as voices:
        told = voices.erase("d")
    assert b'"id":"d"' not in aside.read_bytes()
    assert b'"id":"e"' in aside.read_bytes()
    assert b'"id": "k"' in odd.read_bytes()
    assert len(told) == 1
    assert odd.name in told[0]


def test_a_damaged_file_gets_its_backup_and_what_its_journal_holds(
    file: Path, journal: Path, tmp_path: Path
) -> None:
    import datetime

    from collection.restoring import put_in_place

    backup = tmp_path / "backup.json"
    backup.write_bytes(file.read_bytes())
    expected = _titles(file)
    file.write_bytes(file.read_bytes()[:-40])
    put_in_place(file, backup, datetime.datetime.now(tz=datetime.UTC))
    assert _titles(file) == expected


def test_an_empty_backup_withdraws_nothing(voices: Collection, tmp_path: Path) -> None:
    voices.add(_testimony("a"))
    (empty := tmp_path / "empty.json").touch()
    with pytest.raises(CannotOpen, match="empty"):
        voices.restore_from(empty)
    assert voices.ids() == ["a"]
