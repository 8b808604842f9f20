"""The reading room under test: on a collection that is made here, in a home of its own."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from collection import Collection, Testimony
from tui.app import FirsthandApp
from tui.screens.reading_room import ReadingRoom
from tui.settings import Settings

MADE = [
    Testimony(
        id="m-1",
        title="Anna Weiss, on the winter in the ghetto",
        narrator="Anna Weiss",
        date="18. 6. 1945",
        places=["Terezín", "Praha"],
        themes=["Hunger", "Forced labour"],
        context="Told to a commission in Prague.",
        account="We were cold.\n" + "\n".join(f"Day {n} in Terezín." for n in range(60)),
        created="2026-01-03T00:00:00+00:00",
    ),
    Testimony(
        id="m-2",
        title="The train that stopped",
        narrator="Oleg*",
        date="September 2022",
        places=["Алматы", "Kazakhstan"],
        themes=["Mobilisation", "Flight"],
        context="Told by Telegram.",
        account="I had [laughs] no plan. Then Lodz was far away.",
        created="2026-01-01T00:00:00+00:00",
    ),
    Testimony(
        id="m-3",
        title="Behind the wardrobe",
        narrator="Wanda",
        places=["Łódź"],
        themes=["Hiding"],
        account="Lodz, always Lodz. And Lodz again.",
        notes="She still lives there.",
        created="2026-01-02T00:00:00+00:00",
    ),
]


def make_collection(path: Path, testimonies: Iterable[Testimony] = MADE) -> Path:
    """Write a collection."""
    with Collection.open(path) as collection:
        for testimony in testimonies:
            collection.add(testimony)
    return path


async def answered(pilot: Pilot[None], room: ReadingRoom) -> None:
    """Wait until what was typed has been searched for, and the next hit has been found."""
    until = time.monotonic() + 10
    while not room.is_settled:
        assert time.monotonic() < until, "no answer"
        await pilot.pause(0.005)


async def settle(pilot: Pilot[None]) -> None:
    """Wait until every worker that ends by itself has ended."""
    for _ in range(2):
        await pilot.pause()
        room = pilot.app.screen_stack[0]
        if isinstance(room, ReadingRoom):
            await answered(pilot, room)
        for group in ("open", "index", "order", "work"):
            running = [w for w in room.workers if w.group == group and w.is_running]
            if running:  # an empty list would mean all of them, the endless watch too
                await room.workers.wait_for_complete(running)
        await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    for _ in range(300):
        if holds():
            return
        await pilot.pause(0.02)
    raise AssertionError(drawn(pilot))


async def steady(pilot: Pilot[None]) -> str:
    """Wait until what is drawn stays as it is, and give it."""
    shown, same = drawn(pilot), 0
    for _ in range(500):
        await pilot.pause(0.04)
        shown, before = drawn(pilot), shown
        # Below a small screen there is nothing until the large one has been painted again.
        same = same + 1 if shown == before and shown.strip() else 0
        if same == 8:
            return shown
    raise AssertionError(shown)


def drawn(pilot: Pilot[None]) -> str:
    """Give the screen as text."""
    app = pilot.app
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips(app.size))


@asynccontextmanager
async def reading(
    path: Path, size: tuple[int, int] = (120, 40), **options: bool
) -> AsyncIterator[tuple[Pilot[None], ReadingRoom]]:
    """Open the app on a collection, and wait until it is read and indexed."""
    settings = Settings(path.parent / "config.toml")
    app = FirsthandApp(path, settings=settings, **options)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        room = app.screen_stack[0]
        assert isinstance(room, ReadingRoom)
        yield pilot, room
