from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import OptionList

from collection import Collection, Testimony
from tests.tui.room import drawn, make_collection, reading, settle, until
from tui.screens.confirm import ConfirmScreen
from tui.screens.path import PathScreen
from tui.screens.reading_room import ReadingRoom


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


def told(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


async def give_path(pilot, path: Path) -> None:  # type: ignore[no-untyped-def]
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, PathScreen)
    screen.query_one("#path-input").value = str(path)
    await pilot.press("enter")
    await settle(pilot)


async def test_export_writes_what_is_listed_and_never_over_a_file(
    path: Path, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.jsonl"
    taken.write_text("mine")
    target = tmp_path / "found.jsonl"
    async with reading(path) as (pilot, _):
        await pilot.press("slash", *"terezin", "enter")
        await settle(pilot)
        await pilot.press("x", "enter", "enter")
        await give_path(pilot, taken)
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("enter")  # Cancel has the focus
        await pilot.press("x", "enter", "enter")
        await give_path(pilot, target)
    assert taken.read_text() == "mine"
    assert [json.loads(line)["id"] for line in target.read_text("utf-8").splitlines()] == ["m-1"]


async def test_export_of_what_is_revealed_is_whole(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "whole.jsonl"
    async with reading(path) as (pilot, _):
        await pilot.press("v", "x", "enter", "enter")
        await give_path(pilot, target)
    assert "She still lives there" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o077 == 0
    with Collection.open(tmp_path / "second.json") as second, Collection.open(path) as first:
        assert second.import_file(target).added == 3
        assert [*second] == [*first]


async def test_opening_another_collection_and_creating_one(path: Path, tmp_path: Path) -> None:
    other = make_collection(
        tmp_path / "other.json", [Testimony(id="o-1", title="Other", account="words")]
    )
    async with reading(path) as (pilot, room):
        await pilot.press("o")
        await give_path(pilot, other)
        assert [*room.list.ids] == ["o-1"]
        assert "other.json" in drawn(pilot)
        await pilot.press("o")
        await give_path(pilot, tmp_path / "third")
        assert "There is no" in drawn(pilot)
        await pilot.press("y")
        await settle(pilot)
        assert (tmp_path / "third.json").exists()
        assert "There are no testimonies yet." in drawn(pilot)
        await pilot.press("o")
        await give_path(pilot, tmp_path / "no" / "where.json")
        await pilot.press("y")
        await settle(pilot)
        assert "There is no folder" in drawn(pilot).replace("\n", " ")
    assert not (tmp_path / "no").exists()


async def test_the_path_screen_offers_files_and_completes(path: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside [x].json").write_text("{}")
    async with reading(path) as (pilot, _):
        await pilot.press("o")
        await pilot.pause()
        screen = pilot.app.screen
        field = screen.query_one("#path-input")
        assert field.value == f"{tmp_path}/"
        field.value = f"{tmp_path}/fol"
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert field.value == f"{tmp_path}/folder/"
        await pilot.press("down")
        await pilot.pause()
        # Drawn it may be broken anywhere: the folder's name is as long as the machine makes it.
        [offered] = screen.query_one(OptionList).options
        assert str(offered.prompt).endswith("inside [x].json")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadingRoom)


async def test_a_save_that_fails_is_told_and_changes_nothing(path: Path) -> None:
    async with reading(path) as (pilot, room):
        path.unlink()
        path.mkdir()
        await pilot.press("d")
        await settle(pilot)
        assert len(room.list.ids) == 3
        assert told(room)


async def test_what_someone_else_has_changed_is_not_overwritten(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room._stop_watching.set()
        with Collection.open(path) as other:
            other.revise("m-2", title="Changed elsewhere")
        await pilot.press("d")
        await settle(pilot)
        with Collection.open(path) as again:
            assert "m-2" in again or "Withdrawn" in told(room)


@pytest.mark.parametrize("size", [(10, 3), (1, 1), (200, 60)])
async def test_any_size_of_window_is_drawn(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        await pilot.press("j", "enter", "tab", "question_mark", "escape", "s", "escape")
        await pilot.press("o", "escape", "slash", "x", "escape", "escape", "a", "T")
        await settle(pilot)
        await pilot.press("escape", "end", "enter")
        await settle(pilot)
        await pilot.press("ctrl+p", "escape", "ctrl+t", "escape")
        await settle(pilot)
        assert pilot.app.screen is room


@pytest.mark.parametrize("withdrawn", [False, True])
async def test_a_form_survives_what_someone_else_does_to_its_record(
    path: Path, withdrawn: bool
) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("m-1")
        await settle(pilot)
        await pilot.press("e")
        await pilot.pause()
        form = pilot.app.screen
        await pilot.press("end", *"Mine")
        with Collection.open(path) as other:
            if withdrawn:
                other.withdraw("m-1")
            else:
                other.revise("m-1", language="cs")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Someone else has" in drawn(pilot))
        assert pilot.app.screen is form
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is room)
        await settle(pilot)
        kept = room.gated(room.list.selected or "")
        assert kept is not None
        assert kept.testimony.title.endswith("Mine")
        assert kept.testimony.places[0].name == "Terezín"
        assert kept.testimony.language == ("" if withdrawn else "cs")
        assert (kept.testimony.id == "m-1") is not withdrawn
