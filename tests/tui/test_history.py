"""The history of a testimony, what was withdrawn, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from collection import Collection, Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import drawn, reading, settle, until
from tui import background
from tui.screens.bring_back import BringBackScreen
from tui.screens.erase import EraseScreen
from tui.screens.history import HistoryScreen
from tui.screens.reading_room import ReadingRoom
from tui.screens.withdrawn import WithdrawnScreen

SIZES = [(120, 40), (80, 24), (60, 20)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.json"
    with Collection.open(path, by="[b]ada") as voices:
        long = "\n".join(f"Day {n} we were cold." for n in range(400))
        voices.add(Testimony(id="a", title="First [/]", account=long, themes=["Hunger"]))
        voices.revise("a", account=long.replace("Day 200 we were cold", "Day 200 we were [hungry"))
        voices.revise("a", title="Third \x1b[31m", themes=["Hunger", "Flight"])
        voices.add(Testimony(id="b", title="B", account="Later."))
        voices.add(Testimony(id="s", title="S", account="Sealed once."))
        voices.revise("s", access=Access(account=Restriction("private")))
    return path


def told(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


async def open_history(pilot, room: ReadingRoom, id: str) -> HistoryScreen:  # type: ignore[no-untyped-def]
    room.list.select(id)
    await pilot.press("H")
    await until(pilot, lambda: isinstance(pilot.app.screen, HistoryScreen))
    screen = pilot.app.screen
    await until(pilot, lambda: screen.list.count)
    return screen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_each_version_says_what_changed(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        screen = await open_history(pilot, room, "a")
        assert screen.list.count == 3
        await until(pilot, lambda: "[-First [/]-]" in drawn(pilot))
        assert "{+Third ␛[31m+}" in drawn(pilot)
        assert "Hunger{+; Flight+}" in drawn(pilot)
        assert "● revised" in drawn(pilot)
        assert "[b]ada" in drawn(pilot)
        await pilot.press("j")
        await until(pilot, lambda: "[-cold-]{+[hungry+}." in drawn(pilot))
        assert "Day 3 we" not in drawn(pilot)
        await pilot.press("w")
        await until(pilot, lambda: "Day 1 we were cold" in drawn(pilot))
        await pilot.press("w", "j")
        await until(pilot, lambda: "Added. It said:" in drawn(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)


async def test_signs_without_unicode(path: Path) -> None:
    async with reading(path, ascii=True) as (pilot, room):
        await open_history(pilot, room, "a")
        await until(pilot, lambda: "[-First [/]-]" in drawn(pilot))
        assert "* revised" in drawn(pilot)


async def test_a_version_is_brought_back_after_one_question(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await open_history(pilot, room, "a")
        await pilot.press("enter")
        await until(pilot, lambda: "how it stands now" in told(room))
        await pilot.press("j", "j", "b")
        await until(pilot, lambda: isinstance(pilot.app.screen, BringBackScreen))
        await until(pilot, lambda: "{+First [/]+}" in drawn(pilot))
        await pilot.press("j", "G", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert room.collection.get("a").revision == 3
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, BringBackScreen))
        await pilot.press("y")
        await until(pilot, lambda: pilot.app.screen is room and not room.busy)
        await settle(pilot)
        assert room.collection.get("a").title == "First [/]"
        assert room.list.selected == "a"
        assert "u takes it back" in told(room)
        await pilot.press("u")
        await until(pilot, lambda: room.collection.get("a").title.startswith("Third"))


async def test_never_changed(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await open_history(pilot, room, "b")
        await until(pilot, lambda: "Never changed since it was added." in drawn(pilot))
        assert "Later." in drawn(pilot)


async def test_what_is_withheld_stays_withheld_until_it_is_revealed(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await open_history(pilot, room, "s")
        await until(pilot, lambda: "v shows it" in drawn(pilot))
        for key in ("j", "w", "w"):
            await pilot.press(key)
            await settle(pilot)
            assert "Sealed once" not in drawn(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "withheld" in told(room))
        await pilot.press("v")
        await until(pilot, lambda: "Sealed once" in drawn(pilot))
        assert room.collection.private
        await pilot.press("v")
        await until(pilot, lambda: "Sealed once" not in drawn(pilot))
        assert pilot.app.screen is screen


async def test_a_collection_for_reading_shows_and_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Collection.open(path) as voices:
        voices.withdraw("b")
    opened = background.open_collection
    monkeypatch.setattr(
        background,
        "open_collection",
        lambda path, post, **_: opened(path, post, read_only=True),
    )
    async with reading(path) as (pilot, room):
        await open_history(pilot, room, "a")
        await pilot.press("j", "enter")
        await until(pilot, lambda: "reading only" in told(room))
        await pilot.press("escape", "W")
        await until(pilot, lambda: "(title withheld)" in drawn(pilot))
        for key in ("enter", "X"):
            await pilot.press(key)
            assert isinstance(pilot.app.screen, WithdrawnScreen)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)
        await room.run_action("erase")
        await pilot.pause()
        assert pilot.app.screen is room


async def test_keys_that_come_together_act_in_their_order(path: Path) -> None:
    with Collection.open(path) as voices:
        voices.withdraw("a")
        voices.withdraw("b")
    async with reading(path) as (pilot, room):
        await pilot.press("W")
        await until(pilot, lambda: isinstance(pilot.app.screen, WithdrawnScreen))
        screen = pilot.app.screen
        await until(pilot, lambda: screen.list.count == 2)
        last = screen._versions[1].id
        for key in ("j", "b"):
            pilot.app.post_message(events.Key(key, key))
        await until(pilot, lambda: pilot.app.screen is room and last in room.list.ids)
        assert len(room.list.ids) == 2


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_withdrawn_testimony_is_brought_back(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        await pilot.press("W")
        await until(pilot, lambda: "Nothing is withdrawn." in drawn(pilot))
        await pilot.press("enter", "X", "escape")
        await until(pilot, lambda: pilot.app.screen is room)
        room.list.select("a")
        await pilot.press("d")
        await until(pilot, lambda: "a" not in room.list.ids)
        await settle(pilot)
        await pilot.press("W")
        await until(pilot, lambda: isinstance(pilot.app.screen, WithdrawnScreen))
        await until(pilot, lambda: "Title withheld" in drawn(pilot))
        assert "Third" not in drawn(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "Third" in drawn(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is room and "a" in room.list.ids)
        await settle(pilot)
        assert room.list.selected == "a"
        assert "a was brought back. u takes it back." in told(room)


async def test_help_tells_the_keys_of_the_history(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await open_history(pilot, room, "a")
        await pilot.press("question_mark")
        await until(pilot, lambda: "In the history" in drawn(pilot))


async def test_erasing_wants_the_identifier_exactly(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("a")
        await room.run_action("erase")
        await until(pilot, lambda: isinstance(pilot.app.screen, EraseScreen))
        await until(pilot, lambda: "Nothing brings it back" in drawn(pilot))
        assert "Copies elsewhere" in drawn(pilot)
        pilot.app.screen.query_one(Input).value = "A"
        await pilot.press("enter")
        await until(pilot, lambda: "not the identifier" in drawn(pilot))
        assert pilot.app.screen.query_one("#erase-yes").disabled
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)
        assert "a" in room.collection


@pytest.mark.parametrize("size", [(60, 20), (40, 12)], ids=str)
async def test_erasing_shows_its_answers_in_a_small_window(
    path: Path, size: tuple[int, int]
) -> None:
    async with reading(path, size=size) as (pilot, room):
        room.list.select("a")
        await room.run_action("erase")
        await until(pilot, lambda: isinstance(pilot.app.screen, EraseScreen))
        await pilot.press("x", "enter")
        await until(pilot, lambda: "not the identifier" in drawn(pilot))
        assert "Erase for good" in drawn(pilot).splitlines()[-2] + drawn(pilot).splitlines()[-3]
        await pilot.click("#erase-no")
        await until(pilot, lambda: pilot.app.screen is room)


async def test_erasing_is_found_by_its_name_only(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("ctrl+p", *"erase for good")
        await until(pilot, lambda: "Erase for good…" in drawn(pilot))
        await pilot.press("enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, EraseScreen))


@pytest.mark.parametrize("withdrawn", [False, True])
async def test_an_erased_testimony_is_gone(path: Path, withdrawn: bool) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("a")
        if withdrawn:
            await pilot.press("d")
            await until(pilot, lambda: "a" not in room.list.ids and not room.busy)
            await pilot.press("W")
            await until(pilot, lambda: isinstance(pilot.app.screen, WithdrawnScreen))
            await until(pilot, lambda: pilot.app.screen.list.count == 1)
            await pilot.press("X")
        else:
            await room.run_action("erase")
        await until(pilot, lambda: isinstance(pilot.app.screen, EraseScreen))
        await until(pilot, lambda: len(pilot.app.screen.query(Input)) == 1)
        pilot.app.screen.query_one(Input).value = "a"
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is room and not room.busy)
        await until(pilot, lambda: "erased for good" in told(room))
        assert "a" not in room.list.ids
        assert "hungry" not in path.read_text("utf-8")
