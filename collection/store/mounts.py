"""Tells network filesystems, where two machines may write the same file."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, AnyStr, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_NETWORK: Final = frozenset(
    [
        "9fs",
        "acfs",
        "afpfs",
        "afs",
        "auristorfs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "davfs2",
        "gfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncp",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "panfs",
        "pvfs2",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
        "webdavfs",
    ]
)
"""The types of filesystems that several machines may have mounted at once."""
_NETWORK_FUSE: Final = frozenset(
    [
        "beegfs",
        "ceph",
        "ceph-fuse",
        "cifs",
        "curlftpfs",
        "cvmfs2",
        "davfs",
        "davfs2",
        "gcsfuse",
        "glusterfs",
        "goofys",
        "google-drive-ocamlfuse",
        "gvfsd-fuse",
        "juicefs",
        "lustre",
        "mfs",
        "moosefs",
        "nfs",
        "onedriver",
        "rclone",
        "s3fs",
        "seaweedfs",
        "smbnetfs",
        "sshfs",
        "wdfs",
        "webdav",
    ]
)
"""What follows `fuse.` in the type of one in user space. Shares of a virtual machine with its
host (9p, virtiofs, drvfs, vboxsf, vmhgfs) are none: one kernel sees all of it."""

MOUNTINFO: Final = Path("/proc/self/mountinfo")
"""Where Linux tells what is mounted."""
DRIVE: Final = "network drive"
"""What stands for the type on Windows, which does not tell it."""

_OCTAL: Final = rb"\\([0-7]{3})"
_MOUNTED: Final = r"^.*? on (/.*) \(([^(),]+)[^()]*\)$"
_REMOTE: Final = 4
"""What GetDriveTypeW gives for a drive of another machine."""
_VIRTUAL_HOSTS: Final = ("wsl$", "wsl.localhost")


def network_filesystem(path: Path, mountinfo: Path = MOUNTINFO) -> str | None:
    """Tell on which kind of network filesystem a path lies; never raises.

    Args:
        path: a file or folder, which need not exist.
        mountinfo: where Linux tells what is mounted; for tests.

    Returns:
        the type of the filesystem, `nfs4` for example; None if it is a local one or not known.
    """
    try:
        if sys.platform == "win32":
            return of_windows(str(path.absolute()), _drive_type)
        whole = path.resolve()
        if sys.platform == "darwin":
            return of_mac(str(whole), _mounted())
        with mountinfo.open("rb") as file:
            return of_linux(os.fsencode(whole), file)
    except (OSError, RuntimeError, ValueError):
        # Links in a circle, a NUL in the name, no such file here.
        return None


def of_linux(path: bytes, lines: Iterable[bytes]) -> str | None:
    """Look a path up among the lines of `mountinfo`; see proc_pid_mountinfo(5).

    Args:
        path: absolute, links followed.
        lines: what is mounted; of two at the same place the later one hides the earlier.
    """
    longest, found = -1, b""
    for line in lines:
        before, _, after = line.partition(b" - ")
        fields = before.split(b" ", 5)
        if len(fields) < 5:
            continue
        place = fields[4]
        if b"\\" in place:
            place = re.sub(_OCTAL, lambda code: bytes([int(code[1], 8) & 255]), place)
        if len(place) >= longest and _is_in(path, place, b"/"):
            longest, found = len(place), after.partition(b" ")[0]
    return _if_network(found.decode("utf-8", "replace"))


def of_mac(path: str, lines: Iterable[str]) -> str | None:
    """Look a path up among the lines that `mount` prints on macOS.

    Args:
        path: absolute, links followed.
        lines: as `//user@host/share on /Volumes/share (smbfs, nodev, nosuid)`.
    """
    longest, found = -1, ""
    for line in lines:
        told = re.match(_MOUNTED, line.rstrip("\r\n"))
        if told and len(told[1]) >= longest and _is_in(path, told[1], "/"):
            longest, found = len(told[1]), told[2].strip()
    return _if_network(found)


def of_windows(path: str, drive_type: Callable[[str], int]) -> str | None:
    r"""Tell whether a path lies on a share, `\\server\share`, or on a drive that is one.

    Args:
        path: absolute.
        drive_type: gives what GetDriveTypeW tells of a root such as `C:\`.
    """
    drive = PureWindowsPath(path).drive
    if drive.lower().startswith("\\\\?\\unc\\"):
        drive = "\\\\" + drive[8:]
    elif drive.startswith(("\\\\?\\", "\\\\.\\")):
        drive = drive[4:]
    if drive.startswith("\\\\"):
        # Linux on the same machine looks like a server.
        local = drive[2:].partition("\\")[0].lower() in _VIRTUAL_HOSTS
        return None if local else DRIVE
    return DRIVE if drive and drive_type(drive + "\\") == _REMOTE else None


def _is_in(path: AnyStr, folder: AnyStr, slash: AnyStr) -> bool:
    return path.startswith(folder) and (
        folder == slash or len(path) == len(folder) or path[len(folder) : len(folder) + 1] == slash
    )


def _if_network(kind: str) -> str | None:
    begin, _, end = kind.partition(".")
    if begin in ("fuse", "fuseblk") and end:
        return kind if end in _NETWORK_FUSE else None
    return kind if kind in _NETWORK else None


def _mounted() -> list[str]:
    import subprocess

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, timeout=2, check=False)
    except subprocess.SubprocessError:
        return []
    return os.fsdecode(done.stdout).splitlines()


def _drive_type(root: str) -> int:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    return int(windows.kernel32.GetDriveTypeW(root)) if windows is not None else 0
