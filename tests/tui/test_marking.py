"""Marking testimonies in the list, and what is done with those that are marked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.widgets import Button

from collection import Collection, Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import drawn, make_collection, reading, settle, until
from tests.tui.test_testimony_list import ListApp, filled, lines, row
from tui.app import FirsthandApp
from tui.screens.confirm import ConfirmScreen
from tui.screens.path import PathScreen
from tui.screens.reading_room import ReadingRoom
from tui.settings import Settings
from tui.widgets.testimony_list import TestimonyList

IDS = [str(n) for n in range(12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


def told(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


# --- the list --------------------------------------------------------------------------------


@pytest.mark.parametrize(("keys", "marked", "at"), [
    (["space"], "0", 1),
    (["space", "space"], "01", 2),
    (["space", "k", "space"], "", 1),
    (["G", "space"], ["11"], 11),
    (["V", "j", "j"], "012", 2),
    (["V", "j", "j", "k"], "01", 1),
    (["j", "j", "V", "k", "k"], "210", 0),
    (["j", "j", "V", "j", "k", "k"], "21", 1),
    (["V", "j", "V", "j", "j"], "01", 3),
    (["V", "j", "space", "j"], "01", 2),
    (["space", "j", "space", "g", "V", "G", "g", "V"], "02", 0),
    (["shift+down", "shift+down"], "012", 2),
    (["shift+down", "shift+down", "shift+up"], "01", 1),
    (["shift+down", "j", "shift+down"], "0123", 3),
    (["G", "shift+up"], ["11", "10"], 10),
    (["V", "pagedown", "V"], "01234", 4),
    (["asterisk"], IDS, 0),
    (["asterisk", "asterisk"], "", 0),
    (["space", "asterisk"], IDS, 1),
])  # fmt: skip
async def test_keys_mark(keys: list[str], marked: str | list[str], at: int) -> None:
    async with ListApp(row).run_test(size=(80, 8)) as pilot:
        widget = await filled(pilot, IDS)
        await pilot.press(*keys)
        assert sorted(widget.marks) == sorted(marked)
        assert widget.cursor == at


async def test_a_mark_is_a_sign_and_not_a_colour_alone() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        await filled(pilot, ["a", "b"])
        before = lines(pilot)
        await pilot.press("space")
        await pilot.pause()
        first, second = lines(pilot)[0], lines(pilot)[2]
        assert first.startswith(" ●1945")
        assert second == before[2].replace(" ", "▌", 1)
        await pilot.press("k", "space", "k")
        await pilot.pause()
        assert lines(pilot) == before


async def test_the_mouse_marks_with_ctrl_and_shift() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, IDS)
        await pilot.click(TestimonyList, offset=(5, 2), control=True)
        assert [*widget.marks] == ["1"]
        assert widget.cursor == 1
        await pilot.click(TestimonyList, offset=(5, 6), shift=True)
        assert [*widget.marks] == ["1", "2", "3"]
        await pilot.click(TestimonyList, offset=(5, 4), control=True)
        assert [*widget.marks] == ["1", "3"]
        await pilot.click(TestimonyList, offset=(5, 4))
        assert [*widget.marks] == ["1", "3"]


async def test_marks_stay_when_others_are_listed() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, ["a", "b", "c"])
        await pilot.press("V", "j")
        widget.fill(["c", "b"])
        await pilot.press("j")
        assert [*widget.marks] == ["a", "b"]
        assert not widget.in_range
        assert widget.unmark(["b", "z"]) == 1
        assert [*widget.marks] == ["a"]


async def test_an_empty_list_has_nothing_to_mark() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, [])
        await pilot.press("space", "V", "asterisk", "shift+down", "shift+up", "V")
        await pilot.click(TestimonyList, offset=(5, 2), control=True)
        assert not widget.marks


async def test_a_hundred_thousand_are_marked_and_only_what_is_seen_is_drawn() -> None:
    asked: list[str] = []

    def counted(id: str):  # type: ignore[no-untyped-def]
        asked.append(id)
        return row(id)

    async with ListApp(counted).run_test(size=(80, 20)) as pilot:
        widget = await filled(pilot, [str(n) for n in range(100_000)])
        await pilot.press("V", "G", "g", "V", "asterisk", "j")
        assert len(widget.marks) == 100_000
        assert len(set(asked)) < 60


# --- the reading room ------------------------------------------------------------------------


async def test_the_title_counts_and_escape_unmarks_first(path: Path) -> None:
    async with reading(path) as (pilot, room):
        assert "space: mark" in drawn(pilot)
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        await pilot.press("space", "space")
        await pilot.pause()
        assert "2 marked" in drawn(pilot)
        assert "b changes all marked" in told(room)
        await pilot.press("escape")
        await settle(pilot)
        assert "2 marks were taken away" in told(room)
        assert len(room.list.ids) == 2
        assert not room.marked
        await pilot.press("escape")
        await settle(pilot)
        assert len(room.list.ids) == 3


async def test_a_click_falls_on_the_row_under_the_mouse(path: Path) -> None:
    async with reading(path) as (pilot, room):
        # The pane has a border, and a row two lines.
        for line, row in ((1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2)):
            await pilot.click("#list", offset=(5, line))
            assert room.list.cursor == row
        await pilot.click("#list", offset=(5, 0))
        await pilot.click("#list", offset=(5, 9))
        assert room.list.cursor == 2
        await pilot.click("#list", offset=(5, 2), control=True)
        assert room.marked == ["m-2"]


async def test_marks_are_gathered_from_several_searches(path: Path) -> None:
    async with reading(path) as (pilot, room):
        for words in ("terezin", "wardrobe"):
            await pilot.press("slash", *words, "enter")
            await settle(pilot)
            await pilot.press("space", "slash", "escape", "escape")
            await settle(pilot)
        assert room.marked == ["m-1", "m-3"]
        await pilot.press("s", "j", "j", "j", "enter")
        await settle(pilot)
        assert room.marked == ["m-1", "m-3"]


async def test_with_ascii_only_the_sign_is_one_of_ascii(path: Path) -> None:
    settings = Settings(path.parent / "config.toml")
    app = FirsthandApp(path, settings=settings, ascii=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("space")
        await pilot.pause()
        strips = app.screen._compositor.render_strips(app.size)
        from textual.color import Color

        [ascii_only] = app._filters_of_ours
        text = "".join(s.text for s in ascii_only.apply([*strips[3]], Color(0, 0, 0)))
        assert text.startswith(" *2022-09")


async def test_what_is_marked_is_exported(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "some.jsonl"
    async with reading(path) as (pilot, room):
        await pilot.press("space", "j", "space", "x")
        await pilot.pause()
        assert "What is marked: 2" in drawn(pilot)
        await pilot.press("enter", "enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, PathScreen)
        screen.query_one("#path-input").value = str(target)
        await pilot.press("enter")
        await settle(pilot)
        assert "Wrote 2" in told(room)
    ids = [json.loads(line)["id"] for line in target.read_text("utf-8").splitlines()]
    assert ids == ["m-2", "m-3"]


async def test_what_is_marked_is_copied(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    monkeypatch.setattr(FirsthandApp, "copy_to_clipboard", lambda _, text: copied.append(text))
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk", "y")
        await settle(pilot)
        assert "3 testimonies were copied." in told(room)
    [text] = copied
    assert text.index("The train that stopped") < text.index("Anna Weiss")
    assert "She still lives there" not in text


async def test_what_is_marked_is_withdrawn_in_one_step(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("space", "space", "d")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert "all 2 marked" in drawn(pilot)
        assert pilot.app.screen.query_one("#confirm-no", Button).has_focus
        await pilot.press("enter")
        await settle(pilot)
        assert len(room.list.ids) == 3
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("y")
        await settle(pilot)
        assert [*room.list.ids] == ["m-3"]
        assert not room.marked
        assert not room.list.marks
        assert room.list.selected == "m-3"
        await pilot.press("u")
        await settle(pilot)
        assert len(room.list.ids) == 3
        with Collection.open(path) as again:
            assert len(again) == 3


async def test_what_others_withdraw_is_no_longer_marked(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk")
        with Collection.open(path) as other:
            other.withdraw("m-1")
        await until(pilot, lambda: len(room.list.ids) == 2)
        await settle(pilot)
        assert [*room.list.marks] == ["m-2", "m-3"]
        assert "2 marked" in drawn(pilot)


async def test_another_collection_begins_without_marks(path: Path, tmp_path: Path) -> None:
    other = make_collection(tmp_path / "other.json")
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk", "o")
        await pilot.pause()
        pilot.app.screen.query_one("#path-input").value = str(other)
        await pilot.press("enter")
        await settle(pilot)
        assert not room.list.marks


async def test_sealed_ones_are_not_copied(tmp_path: Path) -> None:
    sealed = Access(record=Restriction("private"))
    made = [Testimony(id="s-1", title="Sealed", account="Sealed", access=sealed)]
    path = make_collection(tmp_path / "sealed.json", made)
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk", "y")
        await settle(pilot)
        assert "sealed" in told(room)
        assert "copied" in told(room)
