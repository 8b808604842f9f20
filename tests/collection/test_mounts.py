from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.store.mounts import (
    DRIVE,
    network_filesystem,
    of_linux,
    of_mac,
    of_windows,
)
from collection.store.synced import synced_folder

MOUNTINFO = rb"""22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw,errors=remount-ro
23 22 0:21 / /proc rw,nosuid,nodev,noexec,relatime shared:12 - proc proc rw
30 22 0:26 / /home rw,relatime shared:20 master:3 - btrfs /dev/sdb rw,subvol=/home
41 30 0:44 / /home/anna/archive rw,relatime - nfs4 nas:/export/archive rw,vers=4.2,addr=10.0.0.2
42 30 0:45 / /home/anna/with\040space\011and\134 rw - cifs //nas/share rw,vers=3.1.1
43 30 0:46 / /home/anna/remote rw,nosuid - fuse.sshfs anna@host:/srv rw,user_id=1000
44 41 0:47 / /home/anna/archive/local rw - ext4 /dev/sdc1 rw
45 22 0:48 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs
46 22 0:49 / /mnt/shared rw - virtiofs shared rw
47 22 0:50 / /mnt/hidden rw - nfs nas:/a rw
48 22 0:51 / /mnt/hidden rw - tmpfs tmpfs rw
49 22 0:52 / /mnt/covered rw - tmpfs tmpfs rw
50 22 0:53 / /mnt/covered rw - nfs nas:/b rw
51 22 0:54 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
52 22 8:9 / /mnt/ntfs rw - fuseblk /dev/sdd1 rw
53 22 0:55 / /mnt/crypt rw - fuse.gocryptfs /x rw
54 22 0:56 / /overlay rw - overlay overlay rw,lowerdir=/a - nfs b
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/voices.json", None),
        ("/home/anna/voices.json", None),
        ("/home/anna/archive", "nfs4"),
        ("/home/anna/archive/voices.json", "nfs4"),
        ("/home/anna/archives/voices.json", None),
        ("/home/anna/archive/local/voices.json", None),
        ("/home/anna/with space\tand\\/a.json", "cifs"),
        ("/home/anna/remote/x/y.json", "fuse.sshfs"),
        ("/mnt/c/Users/a.json", None),
        ("/mnt/shared/a.json", None),
        ("/mnt/hidden/a.json", None),
        ("/mnt/covered/a.json", "nfs"),
        ("/run/user/1000/gvfs/smb/a.json", "fuse.gvfsd-fuse"),
        ("/mnt/ntfs/a.json", None),
        ("/mnt/crypt/a.json", None),
        ("/overlay/a.json", None),
    ],
)
def test_linux(path: str, kind: str | None) -> None:
    assert of_linux(path.encode(), MOUNTINFO.splitlines(keepends=True)) == kind


NETWORK = (
    "nfs nfs4 cifs smb3 smbfs afpfs ncpfs afs ceph glusterfs lustre beegfs davfs webdav fuse.sshfs "
    "fuse.rclone fuse.s3fs fuse.gcsfuse fuse.glusterfs fuse.davfs2"
)
LOCAL = "9p virtiofs drvfs overlay vboxsf fuse.vmhgfs-fuse ext4 zfs fuse fuse. nfsd"


@pytest.mark.parametrize("kind", NETWORK.split())
def test_kinds_of_the_network(kind: str) -> None:
    assert of_linux(b"/a/b", [f"1 0 0:1 / / rw - {kind} x rw\n".encode()]) == kind


@pytest.mark.parametrize("kind", LOCAL.split())
def test_kinds_of_the_machine_itself(kind: str) -> None:
    assert of_linux(b"/a/b", [f"1 0 0:1 / / rw - {kind} x rw\n".encode()]) is None


MAC = r"""/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
//anna@nas._smb._tcp.local/archive on /Volumes/archive (smbfs, nodev, nosuid, mounted by anna)
nas:/export/a on /Volumes/on the shelf (1) (nfs, nodev, nosuid, automounted)
https://dav.example.org/ on /Volumes/dav (webdav, nodev, noexec, nosuid, mounted by anna)
/dev/disk5s1 on /Volumes/archive/stick (msdos, local, nodev, nosuid, noowners)
afp_0Tx on /Volumes/old (afpfs, nodev, nosuid, mounted by anna)
""".splitlines()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/Users/anna/voices.json", None),
        ("/Volumes/archive/voices.json", "smbfs"),
        ("/Volumes/archive 1/voices.json", None),
        ("/Volumes/archive/stick/voices.json", None),
        ("/Volumes/on the shelf (1)/voices.json", "nfs"),
        ("/Volumes/dav/a.json", "webdav"),
        ("/Volumes/old/a.json", "afpfs"),
    ],
)
def test_mac(path: str, kind: str | None) -> None:
    assert of_mac(path, MAC) == kind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (r"C:\Users\anna\voices.json", None),
        (r"Z:\voices.json", DRIVE),
        (r"\\nas\archive\voices.json", DRIVE),
        (r"\\?\UNC\nas\archive\voices.json", DRIVE),
        (r"\\?\C:\Users\anna\voices.json", None),
        (r"\\?\Z:\voices.json", DRIVE),
        (r"\\wsl$\Debian\home\anna\voices.json", None),
        (r"\\wsl.localhost\Debian\home\anna\voices.json", None),
        ("voices.json", None),
        ("", None),
    ],
)
def test_windows(path: str, kind: str | None) -> None:
    assert of_windows(path, lambda root: 4 if root == "Z:\\" else 3) == kind


@given(st.binary(), st.lists(st.binary()))
def test_nothing_in_a_list_of_mounts_is_raised(path: bytes, lines: list[bytes]) -> None:
    of_linux(path, lines)
    of_mac(path.decode("latin-1"), [line.decode("latin-1") for line in lines])


@pytest.mark.skipif(sys.platform != "linux", reason="the file is that of Linux")
def test_the_path_is_resolved_and_need_not_exist(tmp_path: Path) -> None:
    mountinfo = tmp_path / "mountinfo"
    share = tmp_path / "share"
    share.mkdir()
    mountinfo.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {share} rw - nfs4 n:/ rw\n")
    (tmp_path / "link").symlink_to(share)
    assert network_filesystem(tmp_path / "link" / "absent.json", mountinfo) == "nfs4"
    assert network_filesystem(tmp_path / "share" / ".." / "a.json", mountinfo) is None
    assert network_filesystem(tmp_path / "a.json", tmp_path / "absent") is None
    assert network_filesystem(tmp_path / "a\0.json", mountinfo) is None
    (tmp_path / "circle").symlink_to("circle")
    assert network_filesystem(tmp_path / "circle" / "a.json", mountinfo) is None
    assert network_filesystem(Path(os.fsdecode(b"/\xff.json")), mountinfo) is None
    assert network_filesystem(tmp_path / "a.json") is None


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/oral history", "Dropbox"),
        ("Dropbox (Archive of Lviv)", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - University", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("Library/CloudStorage/GoogleDrive-anna@example.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("My Drive", None),
        ("Mobile Documents", None),
        ("about Dropbox", None),
        ("dropbox-notes", None),
        ("OneDriveless", None),
        ("plain", None),
    ],
)
def test_synced_folders_by_name(tmp_path: Path, folder: str, service: str | None) -> None:
    (tmp_path / folder).mkdir(parents=True)
    assert synced_folder(tmp_path / folder / "voices.json") == service


def test_synced_folders_by_what_is_in_them(tmp_path: Path) -> None:
    file = tmp_path / "a" / "b" / "voices.json"
    file.parent.mkdir(parents=True)
    assert synced_folder(file) is None
    (tmp_path / "a" / ".stfolder").mkdir()
    assert synced_folder(file) == "Syncthing"
    assert synced_folder(tmp_path / "voices.json") is None
    assert synced_folder(tmp_path / "OneDrive") is None
    assert synced_folder(tmp_path / "a\0" / "x") is None
    (tmp_path / "circle").symlink_to("circle")
    synced_folder(tmp_path / "circle" / "x")
