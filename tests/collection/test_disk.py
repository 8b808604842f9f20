from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

import pytest

from collection.store.disk import Disk, Unconfirmed, strays, write_atomically

if TYPE_CHECKING:
    from pathlib import Path


class Order(Disk):
    """Writes down which call was made when."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and callable(getattr(Disk, name, None)):
            self.calls.append(name)
        return super().__getattribute__(name)


def test_the_order_of_a_safe_write(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    disk = Order()
    write_atomically(file, [b"n", b"ew"], disk)
    assert disk.calls == [
        "make_temporary",
        "write",
        "sync",
        "copy_mode",
        "link",
        "rename",
        "sync_folder",
    ]
    assert file.read_bytes() == b"new"
    assert file.with_name("a.bak").read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == ["a", "a.bak"]


def test_a_new_file_is_the_owners_own(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", [b"x"])
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["a"]


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o644])
def test_mode_and_owner_are_kept(tmp_path: Path, mode: int) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.chmod(mode)
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)
    before = file.stat()
    write_atomically(file, [b"new"])
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


class NoLinks(Disk):
    def link(self, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    def copy_mode(self, source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no modes here")


def test_a_disk_without_links_keeps_an_older_backup(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"old")
    file.with_name("a.bak").write_bytes(b"made by hand")
    write_atomically(file, [b"new"], NoLinks())
    assert file.with_name("a.bak").read_bytes() == b"made by hand"
    assert file.read_bytes() == b"new"


def test_linking_a_name_to_its_own_file_leaves_nothing_over(tmp_path: Path) -> None:
    file, backup = tmp_path / "a", tmp_path / "a.bak"
    file.write_bytes(b"x")
    Disk().link(file, backup)
    Disk().link(file, backup)
    assert sorted(os.listdir(tmp_path)) == ["a", "a.bak"]


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP, errno.EACCES])
def test_a_folder_that_cannot_be_synced_is_no_failure(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, "not here")

    monkeypatch.setattr(os, "open", refuse)
    Disk().sync_folder(tmp_path)


def test_an_unconfirmed_write_says_so(tmp_path: Path) -> None:
    class NoFolder(Disk):
        def sync_folder(self, folder: Path) -> None:
            raise OSError(errno.EIO, "broken")

    with pytest.raises(Unconfirmed):
        write_atomically(tmp_path / "a", [b"x"], NoFolder())
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_copy_that_was_being_put_aside_is_a_stray(tmp_path: Path) -> None:
    name = ".a.json.unfinished-20261125T184207Z.abc_1234.tmp"
    for one in (name, ".a.json.unfinished.json.abc_1234.tmp"):
        (tmp_path / one).touch()
    assert [path.name for path in strays(tmp_path / "a.json")] == [name]


def test_only_a_files_own_strays_are_found(tmp_path: Path) -> None:
    for name in (
        ".a.json.abc_1234.tmp",
        ".a.json.b.json.abcd1234.tmp",
        ".a.json.lock",
        "a.json.abcd.tmp",
        ".b.json.abcd.tmp",
    ):
        (tmp_path / name).touch()
    assert [path.name for path in strays(tmp_path / "a.json")] == [".a.json.abc_1234.tmp"]
