"""Copying: through the terminal (OSC 52), which works over SSH, and to the system's clipboard."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.app import App

_TERMINAL_LIMIT: Final = 74_994
"""Bytes that terminals take over OSC 52, before base64."""
_PATIENCE: Final = 2.0
_CONTROLS: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def copy(app: App[object], text: str) -> str:
    """Copy a text.

    Returns:
        what went wrong, in a sentence; empty if nothing did.
    """
    # Pasted into a terminal, a control character of an account would be obeyed.
    text = _CONTROLS.sub("\ufffd", text)
    size = len(text.encode("utf-8"))
    if size <= _TERMINAL_LIMIT:
        app.copy_to_clipboard(text)
    copied = _copy_to_system(text)
    if size > _TERMINAL_LIMIT and not copied:
        return (
            f"This is {size // 1000} kB, more than a terminal takes, and no clipboard program was "
            f"found. Nothing was copied; export it with x, or select a passage."
        )
    return ""


def pasted(app: App[object]) -> str:
    """Read the clipboard: the system's, or else what was copied inside the app; empty if neither.

    A terminal is not asked: most answer OSC 52 with nothing, for fear of what would read it.
    """
    for command in _readers():
        if shutil.which(command[0]) is None:
            continue
        try:
            done = subprocess.run(command, timeout=_PATIENCE, check=True, capture_output=True)
        except (OSError, subprocess.SubprocessError):
            continue
        text = done.stdout.decode("utf-8", "replace").replace("\r\n", "\n")
        if text.strip():
            return text
    return app.clipboard


def _readers() -> list[list[str]]:
    if sys.platform == "darwin":
        return [["pbpaste"]]
    commands = []
    if os.environ.get("WAYLAND_DISPLAY"):
        commands.append(["wl-paste", "--no-newline"])
    if os.environ.get("DISPLAY"):
        commands += [["xclip", "-selection", "clipboard", "-o"], ["xsel", "--clipboard"]]
    if os.name == "nt" or "WSL_DISTRO_NAME" in os.environ:
        commands.append(["powershell.exe", "-NoProfile", "-Command", "Get-Clipboard -Raw"])
    return commands


def _copy_to_system(text: str) -> bool:
    """Hand a text to the first clipboard program that takes it."""
    for command in _commands():
        if shutil.which(command[0]) is None:
            continue
        try:
            subprocess.run(
                command,
                input=text.encode("utf-8"),
                timeout=_PATIENCE,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return True
    return False


def _commands() -> list[list[str]]:
    if sys.platform == "darwin":
        return [["pbcopy"]]
    commands = []
    if os.environ.get("WAYLAND_DISPLAY"):
        commands.append(["wl-copy"])
    if os.environ.get("DISPLAY"):
        commands += [["xclip", "-selection", "clipboard"], ["xsel", "--clipboard", "--input"]]
    if os.name == "nt" or "WSL_DISTRO_NAME" in os.environ:
        commands.append(["clip.exe"])
    return commands
