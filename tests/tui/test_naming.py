"""Deciding places and defining themes from the main screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, OptionList

from collection import Collection, Testimony
from tests.tui.room import drawn, reading, until
from tui.screens.choice import ChoiceScreen
from tui.screens.terms import TermsScreen


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.json"
    with Collection.open(path) as voices:
        voices.add(
            Testimony(id="a", title="[b]", account="In Athens.", places=["Athens"],
                      themes=["Torture[/]"])
        )  # fmt: skip
        voices.add(Testimony(id="b", title="B", account="Later.", themes=["Violence"]))
    return path


async def test_a_place_is_decided_and_the_decision_taken_back(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("a")
        assert room.collection.get("a").places[0].status == "ambiguous"
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen.query_one(OptionList).option_count > 2)
        await pilot.press("enter")
        await until(pilot, lambda: room.collection.get("a").places[0].status == "decided")
        [place] = room.collection.get("a").places
        assert place.country
        assert place.latitude is not None
        await until(pilot, lambda: pilot.app.screen is room and not room.busy)
        await pilot.press("u")
        await until(pilot, lambda: room.collection.get("a").places[0].status == "ambiguous")


async def test_a_theme_is_defined_and_found_by_its_broader_one(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("a")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermsScreen))
        pilot.app.screen.query_one("#used-for", Input).value = "Ill-treatment; Beating"
        pilot.app.screen.query_one("#broader", Input).value = "Violence"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: room.collection.theme_entry("Torture[/]").broader)
        assert list(room.collection.search("violence").ids) == ["b", "a"]
        assert list(room.collection.search("beating").ids) == ["a"]
        await until(pilot, lambda: pilot.app.screen is room and not room.busy)
        await pilot.press("u")
        await until(pilot, lambda: "What is known of Torture[/] brought back" in drawn(pilot))
        assert list(room.collection.search("beating").ids) == []


async def test_leaving_changes_nothing(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("a")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)
        assert room.collection.get("a").places[0].status == "ambiguous"
        room.list.select("b")
        await pilot.press("p")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, TermsScreen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)
        assert room.collection.theme_entry("Violence").broader == ()
