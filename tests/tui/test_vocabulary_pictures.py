"""What the vocabulary looks like, as text; `pytest --snapshot-update` takes over what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from collection import Collection
from tests.tui.room import drawn, make_collection, reading, steady, until
from tests.tui.test_snapshots import SEALED, YIDDISH
from tui.screens.doubles import DoublesScreen
from tui.screens.vocabulary import VocabularyScreen

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = make_collection(tmp_path / "voices.json")
    with Collection.open(path) as voices:
        voices.add(SEALED)
        voices.add(YIDDISH)
        voices.define_theme("Hunger", ["famine"], ["Suffering"])
    return path


async def opened(pilot: Pilot[None], key: str) -> VocabularyScreen:
    await pilot.press("P")
    await until(pilot, lambda: isinstance(pilot.app.screen, VocabularyScreen))
    screen = pilot.app.screen
    assert isinstance(screen, VocabularyScreen)
    await until(pilot, lambda: len(screen._counts) == 3)
    if key != "1":
        await pilot.press(key)
    await until(pilot, lambda: len(screen._counts) == 3 and screen.pane.border_title)
    return screen


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("key", ["1", "2"])
async def test_the_vocabulary(
    path: Path, size: tuple[int, int], key: str, snapshot: SnapshotAssertion
) -> None:
    async with reading(path, size=size) as (pilot, _):
        screen = await opened(pilot, key)
        screen.list.cursor = [one.name for one in screen.shown].index(
            "Lemberg" if key == "1" else "Hunger"
        )
        name = "Lemberg" if key == "1" else "Hunger"
        await until(pilot, lambda: name in str(screen.pane.border_title))
        assert await steady(pilot) == snapshot


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_look_alikes(path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=size) as (pilot, _):
        await opened(pilot, "1")
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, DoublesScreen))
        await until(pilot, lambda: "Enter merges" in drawn(pilot))
        assert await steady(pilot) == snapshot
