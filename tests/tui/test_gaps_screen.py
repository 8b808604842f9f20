"""The screen of what is missing: kinds, testimonies, and the way through them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from collection import Collection, Testimony
from collection.testimony import Access, Consent, Narrator, Restriction, Source
from tests.tui.room import drawn, make_collection, reading, settle, until
from tui.screens.choice import ChoiceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.form import TestimonyForm
from tui.screens.gaps import GapsScreen
from tui.screens.reading_room import ReadingRoom

WHOLE: dict[str, Any] = {
    "account": "words",
    "themes": ["Hunger"],
    "places": ["Praha"],
    "narrator": "Anna",
    "language": "cs",
    "source": Source(citation="A book"),
    "consent": Consent("documented"),
}
MADE = [
    Testimony(**WHOLE | {"id": "g-1", "title": "[/] no [b]theme[/b] \x1b[31m", "date": "1949", "themes": []}),
    Testimony(**WHOLE | {"id": "g-2", "title": "Nor this", "date": "1948", "themes": []}),
    Testimony(**WHOLE | {"id": "g-3", "title": "Nor that", "date": "1947", "themes": [], "language": ""}),
    Testimony(**WHOLE | {"id": "g-4", "title": "Undated"}),
    Testimony(**WHOLE | {"id": "g-5", "title": "Whole", "date": "1945"}),
]  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json", MADE)


def heard(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


async def missing(pilot: Pilot[None], *keys: str) -> GapsScreen:
    """Open the screen, and wait until the collection has been looked through."""
    await pilot.press("M")
    await until(pilot, lambda: isinstance(pilot.app.screen, GapsScreen))
    screen = pilot.app.screen
    assert isinstance(screen, GapsScreen)
    await until(pilot, lambda: "· in" in drawn(pilot))
    await pilot.press(*keys)
    await pilot.pause()
    return screen


def in_form(pilot: Pilot[None], key: str) -> bool:
    screen = pilot.app.screen
    return isinstance(screen, TestimonyForm) and getattr(screen.focused, "key", "") == key


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_it_counts_by_kind_and_shows_what_is_missing_where(
    path: Path, size: tuple[int, int]
) -> None:
    async with reading(path, size=size) as (pilot, _):
        screen = await missing(pilot)
        assert screen.kinds._lines == [
            ("4", "All"), ("1", "No date"), ("3", "No theme"), ("1", "No language"),
        ]  # fmt: skip
        assert screen._ids == ["g-1", "g-2", "g-3", "g-4"]
        text = drawn(pilot)
        assert "[/] no [b]the" in text
        assert "\x1b" not in text
        assert "No theme is given." in text
        await pilot.press("j")
        await pilot.pause()
        assert screen._ids == ["g-4"]
        await pilot.press("l", "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReadingRoom)


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=str)
async def test_one_goes_through_them_one_after_the_other(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        screen = await missing(pilot, "j", "j", "enter")
        for left in (["g-2", "g-3"], ["g-3"]):
            await pilot.press("enter")
            await until(pilot, lambda: in_form(pilot, "themes"))
            await pilot.press(*"Exile", "ctrl+s")
            await until(pilot, lambda: pilot.app.screen is screen)
            await settle(pilot)
            await until(pilot, lambda left=left: screen._ids == left)
            assert screen._selected == left[0]
            assert screen.rows.has_focus
        assert "Saved as g-2" in heard(room)
        await pilot.press("u")
        await settle(pilot)
        await until(pilot, lambda: screen._ids == ["g-2", "g-3"])
        assert "brought back" in heard(room)
        await pilot.press("ctrl+r")
        await settle(pilot)
        await until(pilot, lambda: screen._ids == ["g-3"])
        # The last of a kind leads back to everything.
        await pilot.press("enter")
        await until(pilot, lambda: in_form(pilot, "themes"))
        await pilot.press(*"Exile", "ctrl+s")
        await until(pilot, lambda: screen._ids == ["g-3", "g-4"])
    with Collection.open(path) as voices:
        assert voices.themes["Exile"] == 3


async def test_leaving_the_form_keeps_the_place(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await missing(pilot, "tab", "j", "enter")
        await until(pilot, lambda: in_form(pilot, "themes"))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        assert screen._selected == "g-2"
        await pilot.press("r")
        await settle(pilot)
        room = pilot.app.screen
        assert isinstance(room, ReadingRoom)
        assert room.list.selected == "g-2"


async def test_the_mouse_chooses_the_kind_and_opens_the_form(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await missing(pilot)
        await pilot.click("#gaps-kinds", offset=(5, 4))
        await pilot.pause()
        assert screen._ids == ["g-3"]
        await pilot.click("#gaps-rows", offset=(5, 1), times=2)
        await until(pilot, lambda: in_form(pilot, "language"))


async def test_nothing_is_missing(tmp_path: Path) -> None:
    path = make_collection(tmp_path / "voices.json", MADE[-1:])
    async with reading(path) as (pilot, room):
        await missing(pilot, "enter", "enter", "p", "r")
        await settle(pilot)
        assert pilot.app.screen is room
        screen = await missing(pilot)
        assert "Nothing is missing." in drawn(pilot)
        assert screen.kinds._lines == [("0", "All")]


async def test_what_is_sealed_is_neither_counted_nor_named_until_it_is_shown(
    tmp_path: Path,
) -> None:
    made = [
        Testimony(id="s-1", title="Secret title", account="words",
                  access=Access(record=Restriction("embargoed", "2020-01-01"))),
        Testimony(**WHOLE | {"id": "s-2", "title": "Noted", "notes": "private", "date": ""}),
        Testimony(**WHOLE | {"id": "s-3", "title": "T", "date": "1945", "places": ["Kleinova xyzq"],
                             "narrator": Narrator("Wanda", "pseudonym", "Roza Kleinova")}),
    ]  # fmt: skip
    path = make_collection(tmp_path / "voices.json", made)
    async with reading(path) as (pilot, _):
        screen = await missing(pilot, "tab", "end")
        assert screen.kinds._lines == [
            ("3", "All"), ("1", "Embargo has ended"), ("1", "No date"), ("1", "Place not found"),
        ]  # fmt: skip
        for _ in range(3):
            assert "Secret title" not in drawn(pilot)
            assert "Kleinova" not in drawn(pilot)
            await pilot.press("k")
            await pilot.pause()
        await pilot.press("v")
        await until(pilot, lambda: "SEALED AND PRIVATE SHOWN" in drawn(pilot))
        assert "Secret title" in drawn(pilot)
        assert ("1", "No consent") in screen.kinds._lines
        await pilot.press("v")
        await until(pilot, lambda: "SEALED AND PRIVATE SHOWN" not in drawn(pilot))
        # The form shows what is withheld, so it is asked first.
        screen.rows.cursor = screen._ids.index("s-1")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ConfirmScreen))
        await pilot.press("y")
        await until(pilot, lambda: in_form(pilot, "access.record.until"))


async def test_an_ambiguous_place_can_be_decided_from_here(tmp_path: Path) -> None:
    made = [Testimony(**WHOLE | {"id": "a-1", "title": "T", "date": "1945", "places": ["Athens"]})]
    path = make_collection(tmp_path / "voices.json", [*made, MADE[-1]])
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"whole", "enter")
        await settle(pilot)
        screen = await missing(pilot, "tab")
        if screen._ids != ["a-1"]:
            pytest.fail(drawn(pilot))
        assert "Athens" in drawn(pilot)
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        await until(pilot, lambda: "Which Athens" in drawn(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "Nothing is missing." in drawn(pilot))
        assert "decided" in heard(room)


async def test_what_others_change_is_taken_over(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await missing(pilot)
        with Collection.open(path) as other:
            other.revise("g-4", date="1950")
        await until(pilot, lambda: screen._ids == ["g-1", "g-2", "g-3"])
        assert screen.is_current


async def test_its_keys_are_in_the_help(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await missing(pilot, "question_mark")
        await until(pilot, lambda: "Among what is missing" in drawn(pilot))
