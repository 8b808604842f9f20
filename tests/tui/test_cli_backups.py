"""The commands for backups: what they make, list and go back to."""

from __future__ import annotations

import datetime
import json
import stat
from pathlib import Path

import pytest
import tinydb

import tui.backup_commands
from collection import Collection, Testimony
from collection.search.cache import IndexCache
from collection.store.backups import Backups
from tests.tui.test_cli import Invoke, home, invoke, kept
from tui.paths import backups_folder, cache_folder

__all__ = ["home", "invoke", "kept"]

NOW = datetime.datetime(2026, 11, 25, 18, 42, 7, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def daily(kept: Path) -> Backups:
    """Backups of three days, each with one testimony more than the day before."""
    backups = Backups(backups_folder(), kept)
    with Collection.open(kept, by="keeper") as voices:
        for day in (2, 1, 0):
            voices.add(Testimony(id=f"day-{day}", title="Later", account="Words."))
            backups.make(NOW - day * DAY, voices.content(), keep=False)
        voices.add(Testimony(id="today", title="Today", account="Words."))
    return backups


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits at a terminal."""
    monkeypatch.setattr(tui.backup_commands, "on_terminal", lambda: True)


def ids(path: Path) -> set[str]:
    with Collection.open(path, read_only=True) as voices:
        return {one.id for one in voices}


# --- backup ----------------------------------------------------------------------------------


def test_backup(invoke: Invoke, kept: Path) -> None:
    result = invoke("backup")
    assert (result.exit_code, result.stderr) == (0, "")
    path = Path(result.stdout.strip())
    assert path.read_bytes() == kept.read_bytes()
    assert path.is_relative_to(backups_folder())
    assert path.stem.endswith("-kept")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    document = json.loads(invoke("backup", "--json").stdout)
    assert list(document) == ["path", "at", "size"]
    assert document["size"] == kept.stat().st_size
    assert len(Backups(backups_folder(), kept).list()) == 2


def test_backup_to_a_file(invoke: Invoke, kept: Path, home: Path) -> None:
    result = invoke("backup", "-o", "mine.json")
    assert (result.exit_code, result.stdout) == (0, f"{home / 'mine.json'}\n")
    assert (home / "mine.json").read_bytes() == kept.read_bytes()
    assert stat.S_IMODE((home / "mine.json").stat().st_mode) == 0o600
    (home / "mine.json").write_bytes(b"other")
    refused = invoke("backup", "-o", "mine.json")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "--force" in refused.stderr
    assert (home / "mine.json").read_bytes() == b"other"
    assert invoke("backup", "-o", "mine.json", "--force").exit_code == 0
    assert invoke("backup", "-o", str(kept), "--force").exit_code == 1
    assert not backups_folder().exists()


def test_no_backup_is_made_of_what_cannot_be_opened(invoke: Invoke, kept: Path) -> None:
    assert invoke("backup", "--collection", "absent.json").exit_code == 3
    kept.write_bytes(kept.read_bytes()[:-20])
    for args in ([], ["-o", "mine.json"]):
        result = invoke("backup", *args)
        assert (result.exit_code, result.stdout) == (3, "")
    assert not backups_folder().exists()
    assert not Path("mine.json").exists()


def test_a_backup_that_cannot_be_made_is_told(invoke: Invoke, kept: Path) -> None:
    backups_folder().write_bytes(b"in the way")
    result = invoke("backup")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "earlier backups are as they were" in result.stderr


def test_what_stands_in_the_journal_is_in_the_backup(invoke: Invoke, kept: Path) -> None:
    with Collection.open(kept) as voices:
        voices.add(Testimony(id="new", title="New", account="Only in the journal."))
        for args in (["backup"], ["backup", "-o", "copy.json"]):
            made = Path(invoke(*args).stdout.strip())
            assert not made.with_name(made.name + ".journal").exists()
            assert Collection.open(made, read_only=True).get("new") == voices.get("new")


@pytest.mark.parametrize("args", [["backup", "--list"], ["restore"]])
def test_listing(invoke: Invoke, daily: Backups, args: list[str]) -> None:
    daily.make(NOW, keep=True)
    lines = invoke(*args).stdout.splitlines()
    assert lines[0].startswith("bak of 20")
    assert [line.split()[0] for line in lines[2::2]] == [
        "2026-11-25T184207Z-kept",
        "2026-11-25T184207Z",
        "2026-11-24T184207Z",
        "2026-11-23T184207Z",
    ]
    assert lines[3].strip() == str(daily.list()[0].path)
    document = json.loads(invoke(*args, "--json").stdout)
    assert document["total"] == 5
    assert [one["kind"] for one in document["backups"]] == [
        "before the file was last written",
        "made by you",
        *["daily"] * 3,
    ]
    assert document["backups"][2]["at"] == "2026-11-25T18:42:07Z"
    for one in document["backups"]:
        assert invoke("restore", one["name"], "--dry-run").exit_code == 0


def test_there_is_nothing_to_list_yet(invoke: Invoke, home: Path) -> None:
    Collection.open(home / "a.json").close()
    for args in (["backup", "--list"], ["restore"]):
        result = invoke(*args, "--collection", "a.json")
        assert (result.exit_code, result.stdout) == (0, "")
        assert "no backup yet" in result.stderr
        assert invoke(*args, "--collection", "absent.json").exit_code == 3
        assert invoke(*args, "--collection", "a\0.json").exit_code == 3
    assert json.loads(invoke("restore", "--json", "--collection", "a.json").stdout) == {
        "total": 0,
        "backups": [],
    }


@pytest.mark.parametrize("name", ["\x1b[31m\n.json", "\udcff.json", "שלום\u202e.json"])
def test_a_hostile_name_reaches_no_terminal(invoke: Invoke, home: Path, name: str) -> None:
    Collection.open(home / name).close()
    at = ("--collection", name)
    (home / "b").mkdir()
    for args in (
        ["backup", *at],
        ["backup", "--json", *at],
        ["restore", *at],
        ["restore", "--json", *at],
        ["backup", "-o", f"b/{name}", *at],
        ["restore", f"b/{name}", "--yes", *at],
        ["restore", f"b/{name}", "--yes", "--json", *at],
        ["check", "--repair", *at],
    ):
        result = invoke(*args)
        assert result.exit_code == 0, result.output
        # A document gives a name as it is, as far as JSON and a terminal allow.
        told = result.output.replace("\u202e", "") if "--json" in args else result.output
        assert told.replace("\n", "").isprintable()
    (home / name).write_bytes(b"damaged")
    result = invoke("restore", f"b/{name}", "--yes", *at)
    assert result.exit_code == 0, result.output
    assert result.output.replace("\n", "").isprintable()


# --- restore ---------------------------------------------------------------------------------


def test_restore(invoke: Invoke, daily: Backups, kept: Path) -> None:
    everything = ids(kept)
    result = invoke("restore", "2026-11-24", "--yes")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "Added 0, changed 0, withdrew 2; 5 are as in the backup."
    assert ids(kept) == everything - {"today", "day-0"}
    back = lines[1].removeprefix("To go back to the state before: firsthand ").split()
    assert invoke(*back, "--yes").exit_code == 0
    assert ids(kept) == everything


def test_restore_as_json(invoke: Invoke, daily: Backups, kept: Path) -> None:
    result = invoke("restore", "2026-11-23T18:42", "--yes", "--json")
    document = json.loads(result.stdout)
    assert list(document) == [
        *("from", "dry_run", "added", "changed", "withdrawn", "same", "refused"),
        *("before", "aside"),
    ]
    assert document["withdrawn"] == 3
    assert document["from"] == str(daily.list()[-1].path)
    assert Path(document["before"]).is_file()


def test_a_dry_run_changes_nothing(invoke: Invoke, daily: Backups, kept: Path) -> None:
    before = kept.read_bytes()
    result = invoke("restore", "2026-11", "--dry-run")
    assert result.stdout == "Would add 0, change 0, withdraw 1; 6 are as in the backup.\n"
    assert kept.read_bytes() == before
    assert len(daily.list()) == 3


def test_the_last_save_and_any_file_can_be_restored(
    invoke: Invoke, daily: Backups, kept: Path
) -> None:
    invoke("backup", "-o", "mine.json")
    assert invoke("restore", "bak", "--yes").exit_code == 0
    assert "today" not in ids(kept)
    assert invoke("restore", "mine.json", "--yes").exit_code == 0
    assert "today" in ids(kept)
    again = invoke("restore", "mine.json", "--yes")
    assert again.stdout == "There is nothing to restore: 7 are as in the backup.\n"


@pytest.mark.parametrize("which", ["2027", "absent.json", "", "\x1b[31m", "20\0", "-odd"])
def test_what_there_is_no_backup_of(invoke: Invoke, daily: Backups, which: str) -> None:
    result = invoke("restore", "--yes", "--", which)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "firsthand restore lists" in result.stderr
    assert "\x1b" not in result.stderr


def test_without_a_terminal_it_must_be_said_that_it_is_meant(
    invoke: Invoke, daily: Backups, kept: Path
) -> None:
    before = kept.read_bytes()
    result = invoke("restore", "2026-11-24", given=b"y\n")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert kept.read_bytes() == before


def test_on_a_terminal_it_asks(invoke: Invoke, daily: Backups, kept: Path, asked: None) -> None:
    before = kept.read_bytes()
    result = invoke("restore", "2026-11-24", given=b"n\n")
    assert result.exit_code == 1
    assert "Add 0, change 0, withdraw 2; 5 are as in the backup." in result.stderr
    assert "Nothing was changed." in result.stderr
    assert kept.read_bytes() == before
    assert len(daily.list()) == 3
    assert invoke("restore", "2026-11-24", given=b"y\n").exit_code == 0
    assert "today" not in ids(kept)


def test_what_cannot_be_restored_is_told(invoke: Invoke, daily: Backups, kept: Path) -> None:
    text = daily.list()[0].path.read_text("utf-8")
    Path("odd.json").write_text(text.replace('"title":"Two looms"', '"title":""'), "utf-8")
    result = invoke("restore", "odd.json", "--yes")
    assert result.exit_code == 1
    assert "open-2 does not fit any longer" in result.stderr


def test_where_no_backup_can_be_made_nothing_is_restored(
    invoke: Invoke, daily: Backups, kept: Path
) -> None:
    before = kept.read_bytes()
    daily.folder.joinpath("about.json").unlink()
    daily.folder.joinpath("about.json").mkdir()
    result = invoke("restore", "2026-11-24", "--yes")
    assert (result.exit_code, result.stdout) == (3, "")
    assert kept.read_bytes() == before


# --- a damaged collection --------------------------------------------------------------------


def test_a_damaged_file_is_put_aside(invoke: Invoke, daily: Backups, kept: Path) -> None:
    damaged = kept.read_bytes()[:-33]
    kept.write_bytes(damaged)
    kept.with_name(kept.name + ".journal").write_bytes(b"changes")
    tried = invoke("restore", "2026-11-25", "--dry-run")
    assert tried.exit_code == 0
    assert "Would put the file aside" in tried.stdout
    assert kept.read_bytes() == damaged
    result = invoke("restore", "2026-11-25", "--yes", "--json")
    assert result.exit_code == 0
    assert "is damaged" in result.stderr
    document = json.loads(result.stdout)
    assert document["added"] == 6
    aside = [Path(one) for one in document["aside"]]
    assert [one.read_bytes() for one in aside] == [damaged, b"changes"]
    assert aside[0].name.startswith("collection.json.damaged-20")
    assert len(ids(kept)) == 6


def test_a_damaged_file_is_put_aside_only_if_that_is_wanted(
    invoke: Invoke, daily: Backups, kept: Path, asked: None
) -> None:
    kept.write_bytes(b"damaged")
    result = invoke("restore", "2026-11-25", given=b"n\n")
    assert result.exit_code == 1
    assert "deleting nothing" in result.stderr
    assert kept.read_bytes() == b"damaged"
    result = invoke("restore", "2026-11-25", given=b"y\n")
    assert result.exit_code == 0
    assert "Put aside, nothing deleted: " in result.stdout
    assert len(ids(kept)) == 6


def test_a_collection_that_is_gone_comes_back(invoke: Invoke, daily: Backups, kept: Path) -> None:
    for path in kept.parent.iterdir():
        if path.is_file():
            path.unlink()
    assert invoke("restore").stdout.count("daily") == 3
    assert invoke("restore", "2026-11-25", "--yes").exit_code == 0
    assert len(ids(kept)) == 6


def test_a_file_of_a_newer_program_stays(invoke: Invoke, daily: Backups, kept: Path) -> None:
    newer = kept.read_bytes().replace(b'"schema":2', b'"schema":9')
    kept.write_bytes(newer)
    result = invoke("restore", "2026-11-25", "--yes")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "newer" in result.stderr
    assert kept.read_bytes() == newer


def test_a_damaged_backup_takes_no_place(invoke: Invoke, daily: Backups, kept: Path) -> None:
    kept.write_bytes(b"damaged")
    daily.list()[0].path.write_bytes(b"damaged too")
    result = invoke("restore", "2026-11-25", "--yes")
    assert (result.exit_code, result.stdout) == (3, "")
    assert kept.read_bytes() == b"damaged"


# --- check -----------------------------------------------------------------------------------


@pytest.fixture
def index(kept: Path) -> Path:
    """A damaged search index of the collection."""
    path = IndexCache(cache_folder(), kept).path
    path.parent.mkdir(parents=True)
    path.write_bytes(b"damaged")
    return path


def test_check_tells_what_can_be_mended_and_changes_nothing(
    invoke: Invoke, kept: Path, index: Path
) -> None:
    before = kept.read_bytes()
    result = invoke("check")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first == "Looked through 3 testimonies; problems: 1."
    assert second.startswith("The kept search index is damaged;")
    assert second.endswith(" firsthand check --repair mends this.")
    document = json.loads(invoke("check", "--json").stdout)
    assert list(document) == ["total", "problems"]
    assert [one["field"] for one in document["problems"]] == ["index"]
    assert index.read_bytes() == b"damaged"
    assert kept.read_bytes() == before
    assert not backups_folder().exists()


def test_check_mends_after_a_backup(invoke: Invoke, kept: Path, index: Path) -> None:
    result = invoke("check", "--repair")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (backup,) = Backups(backups_folder(), kept).list()
    assert lines[0] == f"Backup made before: {backup.path}"
    assert lines[1].endswith(
        "The kept search index was deleted; it is built anew when something is searched for."
    )
    assert lines[2:] == ["Looked through 3 testimonies; problems: none."]
    assert not index.exists()
    assert invoke("check", "--repair").stdout == "Looked through 3 testimonies; problems: none.\n"
    assert len(Backups(backups_folder(), kept).list()) == 1
    document = json.loads(invoke("check", "--repair", "--json").stdout)
    assert document == {"total": 3, "problems": [], "mended": [], "backup": None}


def test_what_could_not_be_mended_is_told(
    invoke: Invoke, kept: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: IndexCache) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr(IndexCache, "forget", fail)
    result = invoke("check", "--repair")
    assert result.exit_code == 1
    assert "Not mended (Permission denied)" in result.stderr
    assert "is damaged" in result.stdout
    assert "--repair" not in result.stdout


def test_without_a_backup_nothing_is_mended(invoke: Invoke, kept: Path, index: Path) -> None:
    backups_folder().write_bytes(b"in the way")
    result = invoke("check", "--repair")
    assert (result.exit_code, result.stdout) == (3, "")
    assert index.exists()


def test_check_looks_between_the_records(invoke: Invoke, kept: Path) -> None:
    with Collection.open(kept, by="keeper") as voices:
        voices.revise("open-1", title="Second")
    with tinydb.TinyDB(kept) as stock:
        table = stock.table("testimonies")
        table.remove(doc_ids=[one.doc_id for one in table if one["id"] == "open-1"])
    result = invoke("check")
    assert result.exit_code == 1
    assert "open-1: the history has earlier versions, but" in result.stdout


@pytest.mark.parametrize("ending", ["", ".journal", ".bak"])
def test_no_copy_takes_the_place_of_what_belongs_to_the_collection(
    invoke: Invoke, kept: Path, ending: str
) -> None:
    for command in ("backup", "export"):
        result = invoke(command, "-o", str(kept) + ending, "--force")
        assert result.exit_code == 1
        assert "choose another file" in result.stderr
    assert len(Collection.open(kept)) == 3
