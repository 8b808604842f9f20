"""What the screens look like, as text; `pytest --snapshot-update` takes over what is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from collection import Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import MADE, drawn, make_collection, reading, settle, steady

SEALED = Testimony(
    id="m-4",
    title="Sealed",
    account="Sealed",
    access=Access(record=Restriction("embargoed", "2051-01-01", "")),
)
YIDDISH = Testimony(
    id="m-5",
    title="הינטער די קאַרטאָפֿליעס",
    narrator="משה",
    date="October 21st, 1945",
    places=["Lemberg", "לעמבערג"],
    account="מיר האָבן געוואַרט (abc) 1945.\n北京 wide, e\u0301 combining, \x1b[31m escaped.",
    rendering="composed",
)
KEPT = {
    "created": "2026-01-01T00:00:00+00:00",
    "modified": "2026-01-01T00:00:00+00:00",
    "by": "keeper",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    import msgspec

    made = [msgspec.structs.replace(one, **KEPT) for one in (*MADE, SEALED, YIDDISH)]
    return make_collection(tmp_path / "voices.json", made)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_browsing(path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=size) as (pilot, _):
        await pilot.press("j", "j")
        await settle(pilot)
        assert await steady(pilot) == snapshot


async def test_searching(path: Path, snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=(100, 24)) as (pilot, _):
        await pilot.press("slash", *"lodz", "enter", "n")
        await settle(pilot)
        assert await steady(pilot) == snapshot


@pytest.mark.parametrize("size", [(100, 24), (40, 12)], ids=str)
async def test_completions(path: Path, size: tuple[int, int], snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=size) as (pilot, room):
        await pilot.press("slash", *"le")
        await settle(pilot)
        while not room.search_bar.completions.chosen:
            await pilot.pause(0.01)
        await pilot.pause()
        assert await steady(pilot) == snapshot


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_the_concordance(
    path: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    async with reading(path, size=size) as (pilot, _):
        await pilot.press("slash", *"lodz", "enter", "c")
        while "4 lines" not in drawn(pilot) or "reading" in drawn(pilot):
            await pilot.pause(0.01)
        assert await steady(pilot) == snapshot


async def test_a_sealed_testimony(path: Path, snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=(100, 24)) as (pilot, room):
        room.list.select("m-4")
        await settle(pilot)
        assert await steady(pilot) == snapshot


async def test_right_to_left_and_wide(path: Path, snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=(100, 24)) as (pilot, room):
        room.list.select("m-5")
        await settle(pilot)
        assert await steady(pilot) == snapshot


@pytest.mark.parametrize("key", ["question_mark", "s", "a", "e"])
async def test_screens(path: Path, key: str, snapshot: SnapshotAssertion) -> None:
    async with reading(path, size=(80, 30)) as (pilot, _):
        await pilot.press(key)
        await settle(pilot)
        assert await steady(pilot) == snapshot
