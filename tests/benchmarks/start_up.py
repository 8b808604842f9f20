"""Start-up: from the start of the process to the first correct screenful, painted.

Each run is a process of its own under a pseudo-terminal; the time ends when a text that only
the finished screen shows has come out. The programs take turns, so that a change in the
machine's speed meets all of them alike.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

from tests.benchmarks.made import write_collection
from tests.benchmarks.table import show

_MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    def compose(self):
        yield Static("ready to read")
Minimal().run()
"""
_GIVE_UP = 60.0


def time_to(text: bytes, command: list[str], environment: dict[str, str]) -> float:
    """Give the milliseconds until a text has been painted."""
    began = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], command, environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    try:
        while text not in seen:
            if time.perf_counter() - began > _GIVE_UP:
                raise TimeoutError(f"{text!r} did not appear: {seen[-2000:]!r}")
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 65_536)
        return (time.perf_counter() - began) * 1000
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def run(*, quick: bool) -> None:
    """Print the table."""
    rounds = 5 if quick else 11
    sizes = (193, 10_000) if quick else (193, 10_000, 100_000)
    with tempfile.TemporaryDirectory() as folder:
        # As for a user: compiled modules are kept from one start to the next.
        inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment = {
            **inherited,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            **{f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
        }
        programs = {"a minimal Textual App": ([sys.executable, "-c", _MINIMAL], b"ready to read")}
        for size in sizes:
            path = write_collection(Path(folder) / f"{size}.json", size)
            newest = _first_title(path)
            programs[f"firsthand, {size:,} testimonies"] = (
                [sys.executable, "-m", "tui", str(path)],
                newest,
            )
        times: dict[str, list[float]] = {name: [] for name in programs}
        for number in range(rounds + 1):
            for name, (command, text) in programs.items():
                taken = time_to(text, command, environment)
                if number:  # the first round warms the disk's cache
                    times[name].append(taken)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    floor = medians["a minimal Textual App"]
    show(
        f"Start to the first correct screenful, {rounds} rounds in turn",
        ["program", "ms", "ratio"],
        [(name, median, f"{median / floor:.2f} ×") for name, median in medians.items()],
    )


def _first_title(path: Path) -> bytes:
    """Give words of the row that must stand on top: the newest testimony's narrator."""
    from collection.preview import preview

    narrator = preview(path, 1)[0].testimony.narrator.name
    return narrator.encode()
