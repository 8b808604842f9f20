"""The form: keys beside a long account, offers and duplicates in a large collection, a kill."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App

from collection import Collection, Testimony
from collection.store.draftfile import places
from tests.benchmarks.made import write_collection
from tests.benchmarks.table import show
from tests.journeys.terminal import Terminal, has_tmux
from tui.screens.form import TestimonyForm
from tui.screens.form_fields import SECTIONS

_WORDS = 50_000
_PAUSE = 0.05
"""Seconds between two words: a hundred letters a second, faster than anybody types."""
_WORD = re.compile(r"w([0-9]+) ")


class _Desk(App[None]):
    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.form = TestimonyForm(collection)

    def on_mount(self) -> None:
        self.push_screen(self.form)


async def _keys(path: Path, words: int, rounds: int) -> tuple[float, float, float]:
    """Give the time to paste an account, and the median and worst of keys typed behind it."""
    text = " ".join(f"Word {n} of it," + "\n" * (n % 40 == 0) for n in range(words // 4))
    with Collection.open(path) as collection:
        app = _Desk(collection)
        async with app.run_test(size=(120, 40)) as pilot:
            while len(app.form.query(".form--heading")) < len(SECTIONS):
                await pilot.pause(0.01)
            await pilot.press("f3", "f3", "f3")
            field: Any = app.form.focused
            began = time.perf_counter()
            if text:
                field.post_message(events.Paste(text))
            await pilot.pause()
            pasted = time.perf_counter() - began
            taken = []
            for _ in range(rounds):
                began = time.perf_counter()
                await pilot.press("x")
                taken.append(time.perf_counter() - began)
    return pasted * 1000, statistics.median(taken) * 1000, max(taken) * 1000


def _kill(folder: Path, seconds: float) -> float:
    """Type, kill the program with -9 in the middle, and give how old what was lost is, in ms."""
    screen = Terminal(100, 30, folder)
    file = folder / "voices.json"
    try:
        screen.start(str(file))
        screen.sees("There are no testimonies yet.")
        screen.keys("a")
        screen.sees("New testimony")
        screen.keys("F3", "F3", "F3")
        screen.type("Begun ")
        screen.sees("Begun")
        pid = int(screen._tmux("display-message", "-p", "#{pane_pid}"))
        sent: list[float] = []
        until = time.monotonic() + seconds
        pause = threading.Event()
        while time.monotonic() < until:
            screen.type(f"w{len(sent)} ")
            sent.append(time.monotonic())
            pause.wait(_PAUSE)
        killed = time.monotonic()
        os.kill(pid, signal.SIGKILL)
        screen.ended()
    finally:
        screen.close()
    kept = "".join(path.read_text() for path in places(file))
    last = max(map(int, _WORD.findall(kept)), default=-1)
    return (killed - sent[last + 1]) * 1000 if last + 1 < len(sent) else 0.0


def _collection(path: Path, size: int, rounds: int) -> tuple[float, ...]:
    """Give the times to gather names, to offer some, to compare an entry with all, to tell it."""
    write_collection(path, size)
    with Collection.open(path) as voices:
        began = time.perf_counter()
        names = voices.suggestions()
        gathered = time.perf_counter() - began
        offers = []
        for field, typed in [
            ("narrator.name", "mo"),
            ("themes", "forc"),
            ("places", "tere"),
        ] * rounds:
            began = time.perf_counter()
            names.offer(field, typed)
            offers.append(time.perf_counter() - began)
        known = next(iter(voices)).account
        compared = []
        for account in ("Nobody has said this before, in any account. " * 40, known):
            began = time.perf_counter()
            voices.alike(Testimony(title="A title of its own", account=account))
            compared.append(time.perf_counter() - began)
    slow = statistics.quantiles(offers, n=20)[-1]
    return tuple(1000 * one for one in (gathered, statistics.median(offers), slow, *compared))


def run(*, quick: bool) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = 20 if quick else 60
        rows = [
            (f"{words:,}", *asyncio.run(_keys(Path(folder) / f"{words}.json", words, rounds)))
            for words in (0, 1_000, _WORDS)
        ]
        show(
            f"Pasting an account into the form, then {rounds} keys, drafts kept",
            ["words", "paste", "a key", "the slowest"],
            rows,
        )
        print()
        sizes = (1_000, 10_000) if quick else (1_000, 10_000, 100_000)
        show(
            "Names and duplicates",
            ["testimonies", "gather", "offer", "its p95", "compare a new one", "one that is there"],
            [(f"{n:,}", *_collection(Path(folder) / f"c{n}.json", n, rounds)) for n in sizes],
        )
    if has_tmux():
        lost = []
        for number in range(5 if quick else 20):
            with tempfile.TemporaryDirectory() as home:
                lost.append(_kill(Path(home), 1.5 + 0.13 * number))
        print()
        show(
            f"kill -9 while typing without a stop, {len(lost)} times: age of the oldest key lost",
            ["median", "worst"],
            [(statistics.median(lost), max(lost))],
        )
