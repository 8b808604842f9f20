"""A real terminal for tests: tmux on a socket of its own, keys in, text out."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 12.0


def poll(check: Callable[[], bool], told: Callable[[], str], patience: float = PATIENCE) -> None:
    """Look again and again until something holds; fail with what is there instead."""
    until = time.monotonic() + patience
    pause = threading.Event()
    while not check():
        if time.monotonic() > until:
            raise AssertionError(told())
        pause.wait(0.03)


class Terminal:
    """One program in one terminal of a given size."""

    def __init__(self, width: int, height: int, home: Path) -> None:
        self.width, self.height, self.home = width, height, home
        self._socket = ""
        self._server: int | None = None

    def start(self, *arguments: str, **environment: str) -> None:
        """Run `firsthand` with arguments; a program that ran before has ended."""
        self.close()
        # A socket is not used twice: a server takes a moment to end.
        self._socket = f"firsthand-{uuid.uuid4().hex[:12]}"
        around = {
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "PATH": os.environ["PATH"],
            "TEXTUAL_ANIMATIONS": "none",
            **{f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in
               ("CONFIG", "DATA", "CACHE", "STATE")},
            **environment,
        }  # fmt: skip
        settings = [part for item in around.items() for part in ("-e", "=".join(item))]
        self._tmux(
            *("-f", os.devnull, "new-session", "-d", "-x", str(self.width), "-y", str(self.height)),
            *settings,
            sys.executable,
            *("-m", "tui", *arguments),
            *(";", "set-option", "-g", "remain-on-exit", "on"),
            *(";", "set-option", "-s", "escape-time", "0"),
        )
        self._server = int(self._tmux("display-message", "-p", "#{pid}"))

    def keys(self, *keys: str) -> None:
        """Press keys, by tmux's names."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it stands."""
        self._tmux("send-keys", "-l", text)

    def text(self) -> str:
        """Give what the screen shows."""
        return self._tmux("capture-pane", "-p")

    def sees(self, *wanted: str) -> None:
        """Wait until the screen shows every text."""
        poll(
            lambda: all(text in self.text() for text in wanted),
            lambda: f"{wanted} did not all appear:\n{self.text()}",
        )

    def no_longer_sees(self, text: str) -> None:
        """Wait until the screen no longer shows a text."""
        poll(lambda: text not in self.text(), lambda: f"{text!r} is still there:\n{self.text()}")

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(int(self._tmux("display-message", "-p", "#{pane_pid}")), number)

    def ended(self) -> None:
        """Wait until the program has ended."""
        poll(
            lambda: self._tmux("display-message", "-p", "#{pane_dead}").strip() == "1",
            lambda: f"still running:\n{self.text()}",
        )

    def close(self) -> None:
        """End the terminal and what runs in it."""
        if self._server is not None:
            subprocess.run(
                ["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True
            )
            self._server = None

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        return done.stdout


def has_tmux() -> bool:
    """Tell whether tmux is there."""
    return shutil.which("tmux") is not None
