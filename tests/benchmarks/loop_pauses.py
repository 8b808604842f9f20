"""The interface's loop: its longest pauses while accounts are indexed and words are typed.

A task wakes every millisecond and takes down how late it was: that is how long a key would have
waited. Beside it stands the same app at rest, and with the cursor moving, in the same run.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
import time
from asyncio.events import Handle
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from tests.benchmarks.made import write_collection
from tests.benchmarks.table import show
from tui.app import FirsthandApp
from tui.screens.reading_room import ReadingRoom
from tui.settings import Settings

_BEAT = 0.001
_FRAME = 16
_KEY_EVERY = 0.03
"""Seconds between two letters: faster than anybody types."""
_QUERIES = (
    "lodz hunger", "terezin", "warszawa", "forced labor", "almaty school", "sarajevo", "lala",
    "hiding saigon", '"forced labour"', "kigali -women", "soweto radio", "leningrad childhood",
)  # fmt: skip


class Heartbeat:
    """Takes down how late the loop is, and what in it is not painting.

    Painting a screenful takes Textual longer than a frame whatever has changed; so each step of
    the loop is timed with and without it.
    """

    def __init__(self) -> None:
        self._late: list[float] = []
        self._work: list[tuple[float, str]] = []
        self._painting = 0.0
        self._stop = False

    async def beat(self) -> None:
        """Wake again and again."""
        before = time.perf_counter()
        while not self._stop:
            await asyncio.sleep(_BEAT)
            now = time.perf_counter()
            self._late.append((now - before - _BEAT) * 1000)
            before = now

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Time every step of the loop in the block."""
        run, paints = Handle._run, (Screen._refresh_layout, Screen._compositor_refresh)
        inside = False

        def painting(paint: Callable[..., None], *given: Any, **named: Any) -> None:
            nonlocal inside
            if inside:
                paint(*given, **named)
                return
            inside, began = True, time.perf_counter()
            try:
                paint(*given, **named)
            finally:
                self._painting += time.perf_counter() - began
                inside = False

        def running(handle: Handle) -> None:
            self._painting = 0.0
            began = time.perf_counter()
            run(handle)
            took = time.perf_counter() - began - self._painting
            self._work.append((took * 1000, repr(handle) if took > _FRAME / 1000 else ""))

        Handle._run = running  # type: ignore[method-assign]
        for paint in paints:
            setattr(Screen, paint.__name__, _timed(painting, paint))
        try:
            yield
        finally:
            Handle._run = run  # type: ignore[method-assign]
            for paint in paints:
                setattr(Screen, paint.__name__, paint)

    @contextmanager
    def during(self, name: str, rows: list[tuple[object, ...]]) -> Iterator[None]:
        """Take down what happens in the block."""
        self._late, self._work = [], []
        yield
        late, work = self._late, [took for took, _ in self._work]
        p99 = statistics.quantiles(late, n=100)[-1] if len(late) > 1 else 0.0
        rows.append(
            (name, p99, max(late, default=0.0), max(work, default=0.0),
             sum(took > _FRAME for took in work))
        )  # fmt: skip
        for took, what in self._work if os.environ.get("FIRSTHAND_PAUSES") else ():
            if what:
                print(f"{name}: {took:.1f} ms in {what}", file=sys.stderr)

    def stop(self) -> None:
        """End."""
        self._stop = True


def _timed(timer: Callable[..., None], paint: Callable[..., None]) -> Callable[..., None]:
    return lambda *given, **named: timer(paint, *given, **named)


async def _type(pilot: Pilot[None], room: ReadingRoom, queries: Sequence[str]) -> list[float]:
    """Type every query letter by letter; give the times from the last key to its answer."""
    answers = []
    room.action_search()
    for query in queries:
        room.search_bar.words.value = ""
        await asyncio.sleep(_KEY_EVERY)
        for end in range(1, len(query) + 1):
            began = time.perf_counter()
            room.search_bar.words.value = query[:end]
            await asyncio.sleep(_KEY_EVERY)
        while not room.is_settled or room._query != query:
            await asyncio.sleep(_BEAT)
        answers.append((time.perf_counter() - began) * 1000)
    room.search_bar.words.value = ""
    room.go_to("list")
    await pilot.pause()
    return answers


async def _measure(path: Path, queries: Sequence[str], rest: float) -> list[tuple[object, ...]]:
    app = FirsthandApp(path, settings=Settings(path.with_suffix(".toml")))
    heart = Heartbeat()
    rows: list[tuple[object, ...]] = []
    async with app.run_test(size=(120, 40)) as pilot:
        beating = asyncio.create_task(heart.beat())
        with heart.watching():
            await _index(pilot, heart, rows, queries, rest=rest)
            await _use(pilot, heart, rows, queries, rest=rest)
        heart.stop()
        await beating
    return rows


def _room(pilot: Pilot[None]) -> ReadingRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, ReadingRoom)
    return room


async def _index(
    pilot: Pilot[None],
    heart: Heartbeat,
    rows: list[tuple[object, ...]],
    queries: Sequence[str],
    *,
    rest: float,
) -> None:
    room = _room(pilot)
    with heart.during("opening", rows):
        while room.collection is None:
            await asyncio.sleep(_BEAT)
    with heart.during("indexing", rows):
        await asyncio.sleep(rest)
    with heart.during("typing while it indexes", rows):
        await _type(pilot, room, queries)
    with heart.during("indexing to the end", rows):
        while any(one.group == "index" and one.is_running for one in room.workers):
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)


async def _use(
    pilot: Pilot[None],
    heart: Heartbeat,
    rows: list[tuple[object, ...]],
    queries: Sequence[str],
    *,
    rest: float,
) -> None:
    room = _room(pilot)
    with heart.during("at rest", rows):
        await asyncio.sleep(rest)
    with heart.during("cursor moving", rows):
        for _ in range(round(rest / _KEY_EVERY)):
            room.list.action_move(1)
            await asyncio.sleep(_KEY_EVERY)
    with heart.during("typing", rows):
        await _type(pilot, room, queries)
    room.search_bar.words.value = "lala"
    while not room.is_settled or room._query != "lala":
        await asyncio.sleep(_BEAT)
    room.go_to("list")
    with heart.during("next hit", rows):
        for _ in range(round(rest / _KEY_EVERY)):
            await room.settled()
            room.action_hit(1)
            await asyncio.sleep(_KEY_EVERY)
    with heart.during("concordance", rows):
        room.action_concordance()
        await asyncio.sleep(rest)
    with heart.during("its sorting", rows):
        await pilot.press("s")
        await asyncio.sleep(rest)
    await pilot.press("escape", "escape")


def run(*, quick: bool) -> None:
    """Print the table."""
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (1_000, 10_000) if quick else (10_000, 100_000):
            path = write_collection(Path(folder) / f"{size}.json", size)
            queries = _QUERIES[:4] if quick else _QUERIES
            told = asyncio.run(_measure(path, queries, rest=1.0 if quick else 3.0))
            rows += [(f"{size:,}", *row) for row in told]
    show(
        "How late the interface's loop was; a frame at 60 Hz is 16 ms",
        [
            "testimonies",
            "while",
            "late, p99",
            "longest",
            "longest but for painting",
            "of these over 16 ms",
        ],
        rows,
    )


if __name__ == "__main__":
    run(quick="--quick" in sys.argv[1:])
