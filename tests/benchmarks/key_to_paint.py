"""The list: from a key to the painted screen, against the same list repainting 100 rows."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual.pilot import Pilot

from tests.benchmarks.made import write_collection
from tests.benchmarks.table import show
from tui.app import FirsthandApp
from tui.screens.reading_room import ReadingRoom
from tui.settings import Settings

_QUERIES = ("l", "lo", "lod", "lodz", "lodz h", "lodz hu", "lodz hunger", "terezin", "warsa", "w")


async def _ready(pilot: Pilot[None], size: int) -> ReadingRoom:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, ReadingRoom)
    while room.collection is None or len(room.list.ids) != size:
        await pilot.pause(0.01)
    while room.collection.index_step(1000):
        pass
    await pilot.pause()
    return room


async def _timed(pilot: Pilot[None], act: Callable[[], object]) -> float:
    room = pilot.app.screen_stack[0]
    assert isinstance(room, ReadingRoom)
    began = time.perf_counter()
    act()
    await pilot.pause()
    while not room.is_settled:
        await pilot.pause(0.001)
    return (time.perf_counter() - began) * 1000


async def _measure(path: Path, size: int, rounds: int) -> tuple[float, float, float, float]:
    app = FirsthandApp(path, settings=Settings(path.with_suffix(".toml")))
    refills: list[float] = []
    cursor: list[float] = []
    searches: list[float] = []
    async with app.run_test(size=(120, 40)) as pilot:
        room = await _ready(pilot, size)
        both = [room.list.ids, list(reversed(room.list.ids))]
        for number in range(rounds):
            refills.append(
                await _timed(pilot, lambda n=number: room.list.fill(both[n % 2]))  # type: ignore[misc]
            )
        room.refill()
        for _ in range(rounds):
            cursor.append(await _timed(pilot, lambda: room.list.action_move(1)))
        room.action_search()
        for _ in range(max(1, rounds // len(_QUERIES))):
            for query in _QUERIES:
                set_words: Awaitable[float] = _timed(
                    pilot, lambda q=query: setattr(room.search_bar.words, "value", q)
                )
                searches.append(await set_words)
    slow = statistics.quantiles(searches, n=20)[-1]
    return (*map(statistics.median, (refills, cursor, searches)), slow)  # type: ignore[return-value]


def run(*, quick: bool) -> None:
    """Print the table."""
    rounds = 20 if quick else 60
    sizes = (100, 10_000) if quick else (100, 10_000, 100_000)
    rows = []
    floor = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = write_collection(Path(folder) / f"{size}.json", size)
            refill, cursor, search, slow = asyncio.run(_measure(path, size, rounds))
            floor = floor or refill
            rows.append(
                (f"{size:,}", refill, f"{refill / floor:.2f} ×", cursor, search, slow,
                 f"{slow / floor:.2f} ×")
            )  # fmt: skip
    show(
        f"From a key to the painted screen, 120×40, {rounds} rounds",
        ["rows", "refill", "to 100 rows", "cursor key", "search key", "its p95", "to 100 rows"],
        rows,
    )
