from __future__ import annotations

import datetime
import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.errors import CannotOpen, CannotSave
from collection.store.backups import (
    DAYS,
    MONTHS,
    WEEKS,
    BackupDisk,
    Backups,
    back_up_if_due,
    superfluous,
)

NOW = datetime.datetime(2026, 11, 25, 18, 42, 7, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)

near = st.integers(-90 * 86400, 0).map(lambda s: NOW + datetime.timedelta(seconds=s))
anywhen = st.datetimes(timezones=st.just(datetime.UTC)).map(lambda at: at.replace(microsecond=0))
moments = st.lists(near | anywhen, max_size=80)
pasts = moments.map(lambda some: [one for one in some if one <= NOW])


@pytest.fixture
def kept(tmp_path: Path) -> Backups:
    """The backups of a small file."""
    file = tmp_path / "My voices (1).json"
    file.write_bytes(b"one")
    return Backups(tmp_path / "data" / "backups", file)


def names(backups: Backups) -> list[str]:
    return [backup.path.name for backup in backups.list()]


# --- the rule --------------------------------------------------------------------------------


@given(moments)
def test_what_is_thinned_was_there_and_thinning_again_removes_nothing(
    some: list[datetime.datetime],
) -> None:
    gone = superfluous(some, NOW)
    assert len(gone) == len({*gone})
    assert {*gone} <= {*some}
    left = [one for one in some if one not in gone]
    assert superfluous(left, NOW) == []


@given(moments)
def test_the_newest_stays_whatever_the_clock_says(some: list[datetime.datetime]) -> None:
    gone = superfluous(some, NOW)
    for side in ([one for one in some if one <= NOW], [one for one in some if one > NOW]):
        assert max(side, default=None) not in gone


@given(pasts)
def test_few_remain_and_the_newest_of_each_of_the_last_days(some: list[datetime.datetime]) -> None:
    left = {*some} - {*superfluous(some, NOW)}
    assert len(left) <= DAYS + WEEKS + MONTHS
    days = sorted({one.date() for one in some}, reverse=True)[:DAYS]
    assert {max(one for one in some if one.date() == day) for day in days} <= left
    weeks = sorted({one.isocalendar()[:2] for one in some}, reverse=True)[:WEEKS]
    assert {max(o for o in some if o.isocalendar()[:2] == week) for week in weeks} <= left
    months = sorted({(one.year, one.month) for one in some}, reverse=True)[:MONTHS]
    assert {max(o for o in some if (o.year, o.month) == month) for month in months} <= left


@given(pasts, moments)
def test_a_wrong_clock_neither_loses_nor_keeps_a_backup_of_the_past(
    past: list[datetime.datetime], later: list[datetime.datetime]
) -> None:
    future = [one for one in later if one > NOW]
    gone = superfluous(past + future, NOW)
    assert [one for one in gone if one <= NOW] == superfluous(past, NOW)
    assert len({*future} - {*gone}) <= DAYS + WEEKS + MONTHS


@given(pasts)
def test_the_order_is_of_no_importance(some: list[datetime.datetime]) -> None:
    assert superfluous(some, NOW) == superfluous(some[::-1], NOW) == sorted(superfluous(some, NOW))


def test_a_year_of_daily_use() -> None:
    left: list[datetime.datetime] = []
    for day in range(500):
        left.append(NOW + day * DAY)
        gone = superfluous(left, left[-1])
        left = [one for one in left if one not in gone]
    ages = [(left[-1] - one).days for one in reversed(left)]
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert 300 < ages[-1] < 370
    assert len(ages) <= DAYS + WEEKS + MONTHS


# --- making ----------------------------------------------------------------------------------


def test_a_backup_is_a_copy_that_only_its_owner_may_read(kept: Backups) -> None:
    backup = kept.make(NOW, keep=False)
    assert backup.path.name == "2026-11-25T184207Z.json"
    assert backup.path.read_bytes() == b"one"
    assert (backup.at, backup.size, backup.kept) == (NOW, 3, False)
    assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
    for folder in (kept.folder, kept.folder.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert kept.list() == [backup]
    assert sorted(os.listdir(kept.folder)) == ["2026-11-25T184207Z.json", "about.json"]
    assert "My voices (1).json" in (kept.folder / "about.json").read_text("utf-8")


def test_each_collection_has_a_folder_of_a_harmless_name(tmp_path: Path) -> None:
    some = [tmp_path / name for name in ("a.json", "x/a.json", "../é\x1b[31m\udcff.json", "….json")]
    folders = [Backups(tmp_path, one).folder for one in some]
    assert len({*folders}) == len(some)
    assert all(one.parent == tmp_path and one.name.isascii() for one in folders)
    assert all(one.name.replace("-", "").isalnum() for one in folders)
    (tmp_path / "a.json").touch()
    (tmp_path / "link.json").symlink_to("a.json")
    assert Backups(tmp_path, tmp_path / "link.json").folder == folders[0]


def test_a_name_that_is_no_text_can_be_backed_up(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.json"))
    file.write_bytes(b"x")
    assert Backups(tmp_path / "b", file).make(NOW, keep=False).size == 1


def test_two_of_one_second_are_both_there(kept: Backups) -> None:
    for content in (b"1", b"2", b"3"):
        kept.make(NOW, [content], keep=content == b"2")
    assert names(kept) == [
        "2026-11-25T184207Z-2.json",
        "2026-11-25T184207Z-kept.json",
        "2026-11-25T184207Z.json",
    ]
    assert {one.path.read_bytes() for one in kept.list()} == {b"1", b"2", b"3"}


def test_it_is_due_once_a_day_and_thinned_then(kept: Backups) -> None:
    for day in range(40):
        now = NOW + day * DAY
        assert kept.due(now)
        assert back_up_if_due(kept, now) is None
        assert not kept.due(now)
        assert back_up_if_due(kept, now) is None
    assert 7 <= len(kept.list()) <= DAYS + WEEKS + MONTHS
    assert kept.list()[0].at == NOW + 39 * DAY


def test_what_the_user_made_is_never_thinned(kept: Backups) -> None:
    mine = [kept.make(NOW - 400 * DAY + hour * DAY / 24, keep=True) for hour in range(30)]
    for day in range(10):
        kept.make(NOW - day * DAY, keep=False)
    assert {one.at for one in kept.thin(NOW)} <= {NOW - day * DAY for day in range(10)}
    assert {*mine} <= {*kept.list()}
    assert all(one.kept for one in mine)


def test_a_wrong_clock_makes_backups_all_the_same(kept: Backups) -> None:
    far = NOW.replace(year=9999)
    for day in range(9):
        assert back_up_if_due(kept, far + day * DAY) is None
    assert back_up_if_due(kept, NOW) is None
    assert not kept.due(NOW)
    assert back_up_if_due(kept, NOW.replace(year=1970)) is None
    assert {NOW, NOW.replace(year=1970), far + 8 * DAY} <= {one.at for one in kept.list()}


# --- what can go wrong -----------------------------------------------------------------------


class Full(BackupDisk):
    def write(self, file: BinaryIO, data: bytes) -> None:
        file.write(data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_and_breaks_nothing(kept: Backups) -> None:
    kept.make(NOW - DAY, keep=False)
    full = Backups(kept.folder.parent, kept.collection, Full())
    with pytest.raises(CannotSave, match=r"No space left on device.*are as they were"):
        full.make(NOW, keep=False)
    assert "No space left" in (back_up_if_due(full, NOW) or "")
    assert sorted(os.listdir(kept.folder)) == ["2026-11-24T184207Z.json", "about.json"]
    assert kept.collection.read_bytes() == b"one"


@pytest.mark.parametrize(
    "method", ["make_folder", "make_temporary", "write", "sync", "rename", "sync_folder"]
)
def test_no_failure_of_a_backup_is_raised_after_a_save(
    kept: Backups, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    disk = BackupDisk()
    monkeypatch.setattr(disk, method, fail)
    told = back_up_if_due(Backups(kept.folder.parent, kept.collection, disk), NOW)
    assert told is not None
    assert "broken" in told


def test_whatever_is_raised_by_the_content_is_told(kept: Backups) -> None:
    def content() -> object:
        yield b"x"
        raise ZeroDivisionError("odd")

    assert "odd" in (back_up_if_due(kept, NOW, content()) or "")  # type: ignore[arg-type]
    assert names(kept) == []


def test_the_file_is_synced_before_it_gets_its_name(kept: Backups) -> None:
    calls = []

    class Watched(BackupDisk):
        def sync(self, file: BinaryIO) -> None:
            calls.append("sync")
            super().sync(file)

        def rename(self, source: Path, target: Path) -> None:
            calls.append(target.name)
            super().rename(source, target)

        def sync_folder(self, folder: Path) -> None:
            calls.append(folder.name)
            super().sync_folder(folder)

    Backups(kept.folder.parent, kept.collection, Watched()).make(NOW, keep=False)
    assert calls[-3:] == ["sync", "2026-11-25T184207Z.json", kept.folder.name]


def test_links_and_foreign_files_are_let_alone(kept: Backups, tmp_path: Path) -> None:
    kept.make(NOW, keep=False)
    secret = tmp_path / "secret"
    secret.write_bytes(b"not ours")
    (kept.folder / "2026-11-24T184207Z.json").symlink_to(secret)
    (kept.folder / "2026-13-41T184207Z.json").write_bytes(b"")
    (kept.folder / "2026-11-23T184207Z.json").mkdir()
    (kept.folder / "notes.txt").write_bytes(b"")
    assert names(kept) == ["2026-11-25T184207Z.json"]
    kept.thin(NOW)
    assert len(os.listdir(kept.folder)) == 6
    assert {*kept.scrub(lambda _: [b"new"])} == {
        "2026-11-24T184207Z.json",
        "2026-13-41T184207Z.json",
        "2026-11-23T184207Z.json",
        "notes.txt",
    }
    assert secret.read_bytes() == b"not ours"


def test_a_folder_that_is_a_link_is_not_followed(kept: Backups, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "2026-11-24T184207Z.json").write_bytes(b"x")
    kept.folder.parent.mkdir(parents=True)
    kept.folder.symlink_to(elsewhere)
    assert names(kept) == []
    with pytest.raises(CannotSave, match="link"):
        kept.make(NOW, keep=True)
    assert kept.scrub(lambda _: [b"new"]) == [kept.folder.name]
    assert os.listdir(elsewhere) == ["2026-11-24T184207Z.json"]


def test_a_folder_that_cannot_be_read_is_told(kept: Backups) -> None:
    kept.folder.parent.mkdir(parents=True)
    kept.folder.write_bytes(b"a file")
    with pytest.raises(CannotOpen, match="could not be read"):
        kept.list()
    assert back_up_if_due(kept, NOW) is not None


# --- erasing ---------------------------------------------------------------------------------


def test_scrubbing_rewrites_every_backup(kept: Backups) -> None:
    kept.make(NOW - DAY, [b"a name"], keep=False)
    kept.make(NOW, [b"a name"], keep=True)
    same = kept.make(NOW + DAY, [b"no such"], keep=True)
    stray = kept.folder / ".2026-11-20T184207Z.json.abcd_123.tmp"
    stray.write_bytes(b"a name")
    before = same.path.stat().st_ino

    def rewrite(path: Path) -> list[bytes] | None:
        return [b"erased"] if b"a name" in path.read_bytes() else None

    assert kept.scrub(rewrite) == []
    assert [one.path.read_bytes() for one in kept.list()] == [b"no such", b"erased", b"erased"]
    assert same.path.stat().st_ino == before
    assert not stray.exists()
    assert all(stat.S_IMODE(one.path.stat().st_mode) == 0o600 for one in kept.list())


def test_scrubbing_goes_on_and_names_what_it_could_not_rewrite(kept: Backups) -> None:
    for day in range(4):
        kept.make(NOW - day * DAY, [b"old"], keep=False)
    errors = [CannotOpen("damaged"), OSError(errno.EIO, "broken"), ValueError("odd")]

    def rewrite(_: Path) -> list[bytes]:
        if errors:
            raise errors.pop()
        return [b"new"]

    assert kept.scrub(rewrite) == names(kept)[:3]
    assert [one.path.read_bytes() for one in kept.list()] == [b"old", b"old", b"old", b"new"]
    full = Backups(kept.folder.parent, kept.collection, Full())
    assert full.scrub(lambda _: [b"x"]) == names(kept)
    assert kept.list()[0].path.read_bytes() == b"old"


def test_what_a_killed_backup_left_is_removed_a_day_later(kept: Backups) -> None:
    kept.make(NOW, keep=False)
    stray = kept.folder / ".2026-11-20T184207Z.json.abcd_123.tmp"
    stray.write_bytes(b"half")
    os.utime(stray, (NOW.timestamp(), NOW.timestamp()))
    kept.make(NOW + DAY / 2, keep=False)
    assert stray.exists()
    kept.make(NOW + 2 * DAY, keep=False)
    assert not stray.exists()
