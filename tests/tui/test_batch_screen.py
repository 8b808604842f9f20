"""Changing what is marked: the screens that ask, what they say before, and what is done."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from collection import Batch, Collection, Testimony
from collection.batch import Outcome
from collection.testimony import Access, Narrator, Restriction, same_content
from tests.tui.room import MADE, drawn, make_collection, reading, settle, until
from tui.batch_words import told
from tui.screens.batch import CHOICES, BatchStep
from tui.screens.batch_access import AccessStep
from tui.screens.batch_name import NameStep, nearest
from tui.screens.choice import ChoiceScreen
from tui.screens.reading_room import ReadingRoom

HOSTILE = Testimony(
    id="m-4",
    title="[/] [bold]loud[/bold] \x1b[31m",
    account="words",
    themes=["[red]Hunger[/", "\x1b]0;owned\x07", "a;b"],
    date="1950",
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json", [*MADE, HOSTILE])


def heard(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


async def begin(pilot: Pilot[None], kind: str) -> BatchStep:
    """Choose what is to be done with what is marked."""
    await pilot.press("b")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ChoiceScreen)
    await pilot.press("home", *["down"] * [*CHOICES].index(kind), "enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, BatchStep))
    step = pilot.app.screen
    assert isinstance(step, BatchStep)
    if isinstance(step, NameStep):
        await until(pilot, lambda: step._read)
    await pilot.pause()
    return step


def content(path: Path) -> dict[str, Testimony]:
    with Collection.open(path, read_only=True) as voices:
        return {one.id: one for one in voices}


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)], ids=str)
async def test_a_theme_is_added_to_three_and_one_undo_takes_it_back(
    path: Path, size: tuple[int, int]
) -> None:
    before = content(path)
    async with reading(path, size=size) as (pilot, room):
        await pilot.press("space", "space", "space")
        await begin(pilot, "add_themes")
        await pilot.press(*"Exile")
        await until(pilot, lambda: "3 of 3 change" in drawn(pilot))
        assert "Cancel" in drawn(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "3 changed; u takes it back." in heard(room)
        assert len(room.marked) == 3
        after = content(path)
        assert sum("Exile" in one.themes for one in after.values()) == 3
        await pilot.press("u")
        await settle(pilot)
    assert all(same_content(one, before[id]) for id, one in content(path).items())


async def test_without_marks_it_is_the_selected_one(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("b")
        await pilot.pause()
        assert "Change the selected testimony" in drawn(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameStep))
        await pilot.press(*"Hiding", "enter")
        await settle(pilot)
        assert "1 changed" in heard(room)
    assert content(path)["m-2"].themes == ("Mobilisation", "Flight", "Hiding")


async def test_who_has_it_already_is_said_before_and_after(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk")
        step = await begin(pilot, "add_themes")
        await pilot.press(*"hun", "down")
        await until(pilot, lambda: "3 of 4 change; 1 has it already" in drawn(pilot))
        assert step.wanted() == Batch(add_themes=("Hunger",))
        await pilot.press("enter")
        await settle(pilot)
        assert "3 changed; 1 has it already; u takes it back." in heard(room)


async def test_a_near_spelling_is_offered_instead_of_a_new_one(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("asterisk")
        await begin(pilot, "add_themes")
        await pilot.press(*"forced labor", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        assert "Forced labour  1" in drawn(pilot)
        await pilot.press("enter")
        await settle(pilot)
    kept = content(path)
    assert all("Forced labour" in one.themes for one in kept.values())


async def test_a_new_spelling_can_be_kept_and_escape_goes_back(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("space")
        step = await begin(pilot, "add_themes")
        await pilot.press(*"Exile; hungr; flight", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is step
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await pilot.press("enter")
        await settle(pilot)
    assert content(path)["m-2"].themes == ("Mobilisation", "Flight", "Exile", "hungr")


async def test_only_a_theme_that_one_of_them_bears_is_removed(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("space", "j", "space")
        step = await begin(pilot, "remove_themes")
        assert isinstance(step, NameStep)
        assert "Hiding" not in step._offered
        await until(pilot, lambda: "owned" in drawn(pilot))
        await pilot.press(*"flight")
        await until(pilot, lambda: "1 of 2 changes; 1 does not have it" in drawn(pilot))
        await pilot.press("enter")
        await settle(pilot)
        assert "1 changed" in heard(room)
        await begin(pilot, "remove_themes")
        await pilot.press(*"qqq", "enter")
        await pilot.pause()
        assert "Nothing is called that." in drawn(pilot)
    assert content(path)["m-2"].themes == ("Mobilisation",)


async def test_a_hostile_theme_is_shown_literally_and_removed_whole(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.list.select("m-4")
        await settle(pilot)
        await begin(pilot, "remove_themes")
        text = drawn(pilot)
        assert "[red]Hunger[/" in text
        assert "\x1b" not in text
        await pilot.press("down", "down", "down", "enter")
        await settle(pilot)
    assert len(content(path)["m-4"].themes) == 2


async def test_a_series_is_set_and_the_mouse_does_it_too(path: Path) -> None:
    with Collection.open(path) as voices:
        voices.revise("m-1", source=msgspec.structs.replace(voices.get("m-1").source, series="One"))
    async with reading(path) as (pilot, _):
        await pilot.press("asterisk")
        step = await begin(pilot, "series")
        await pilot.click("#batch-names", offset=(3, 0))
        await until(pilot, lambda: "3 of 4 change; 1 says so already" in drawn(pilot))
        assert step.wanted() == Batch(series="One")
        await pilot.click("#batch-yes")
        await settle(pilot)
    assert all(one.source.series == "One" for one in content(path).values())


async def test_the_consent_is_one_of_four(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("asterisk")
        await begin(pilot, "consent")
        assert "pending  4" in drawn(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)
    assert {one.consent.status for one in content(path).values()} == {"documented"}


# --- access ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 12)], ids=str)
async def test_access_is_restricted_and_what_is_stricter_stays(
    path: Path, size: tuple[int, int]
) -> None:
    private = Access(account=Restriction("private", None, "Promised"))
    with Collection.open(path) as voices:
        voices.revise("m-1", access=private)
    async with reading(path, size=size) as (pilot, room):
        await pilot.press("asterisk")
        step = await begin(pilot, "restrict")
        assert isinstance(step, AccessStep)
        await pilot.press("enter")
        await pilot.pause()
        assert pilot.app.screen is step
        await pilot.press("down", "down", "space", "tab", "right")
        await pilot.press("tab")
        await until(pilot, lambda: "empty: no day" in drawn(pilot))
        await pilot.press(*"20")
        await until(pilot, lambda: "Write a day" in drawn(pilot))
        await pilot.press("enter")
        assert pilot.app.screen is step
        await pilot.press(*"50-01-01", "tab", *"Family")
        await until(pilot, lambda: "3 of 4 change; 1 is sealed" in drawn(pilot))
        assert "Change" in drawn(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert "3 changed" in heard(room)
    kept = content(path)
    assert kept["m-1"].access == private
    assert kept["m-2"].access == Access(account=Restriction("embargoed", "2050-01-01", "Family"))


async def test_the_mouse_ticks_the_parts(path: Path) -> None:
    async with reading(path) as (pilot, _):
        step = await begin(pilot, "restrict")
        await pilot.click("#access-parts", offset=(3, 2))
        await pilot.click("#access-parts", offset=(3, 4))
        await pilot.click("#access-parts", offset=(3, 2), times=2)
        await pilot.pause()
        assert step.wanted() == Batch(restrict=("account", "media"))
        await pilot.click("#access-parts", offset=(3, 2))
        await pilot.click("#batch-yes")
        await settle(pilot)
    assert content(path)["m-2"].access == Access(media=Restriction("restricted"))


async def test_nothing_is_opened_before_it_is_seen_and_it_is_asked_first(path: Path) -> None:
    with Collection.open(path) as voices:
        voices.revise("m-2", access=Access(account=Restriction("restricted")))
    async with reading(path) as (pilot, room):
        room.list.select("m-2")
        await settle(pilot)
        await pilot.press("b", "home", *["down"] * [*CHOICES].index("open_again"), "enter")
        await settle(pilot)
        assert pilot.app.screen is room
        assert "v first shows" in heard(room)
        await pilot.press("v")
        await settle(pilot)
        await begin(pilot, "open_again")
        await pilot.press("down", "down", "space")
        await until(pilot, lambda: "1 of 1 changes" in drawn(pilot))
        await pilot.press("enter")
        await pilot.pause()
        assert "Everyone will see" in drawn(pilot)
        await pilot.press("y")
        await settle(pilot)
    assert content(path)["m-2"].access == Access()


async def test_enter_waits_until_the_names_are_known(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, terms = threading.Event(), Collection.terms

    def slow(self: Collection, *what: Any) -> Any:
        going.wait(10)
        return terms(self, *what)

    monkeypatch.setattr(Collection, "terms", slow)
    async with reading(path) as (pilot, _room):
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("home", *["down"] * [*CHOICES].index("add_themes"), "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, NameStep))
        await pilot.press(*"Forced labor", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NameStep)
        going.set()
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        await until(pilot, lambda: "There is a name like" in drawn(pilot))


async def test_what_somebody_else_has_just_sealed_is_not_opened(path: Path) -> None:
    with Collection.open(path) as voices:
        voices.revise("m-2", access=Access(account=Restriction("restricted")))
    async with reading(path) as (pilot, room):
        room.list.select("m-2")
        await pilot.press("v")
        await settle(pilot)
        await begin(pilot, "open_again")
        await pilot.press("down", "down", "space")
        await until(pilot, lambda: "1 of 1 changes" in drawn(pilot))
        await pilot.press("enter")
        await pilot.pause()
        sealed = Access(account=Restriction("private", reason="Consent is withdrawn."))
        with Collection.open(path) as voices:
            voices.revise("m-2", access=sealed)
        await pilot.press("y")
        await until(pilot, lambda: "since you were asked" in heard(room))
    assert content(path)["m-2"].access == sealed


async def test_what_is_masked_is_left_alone_and_that_is_said(path: Path) -> None:
    secret = Testimony(
        id="m-5", title="Secret", account="Secret", themes=["Secret theme"],
        access=Access(record=Restriction("private")),
    )  # fmt: skip
    named = Testimony(
        id="m-6", title="T", account="A", themes=["Roza Kleinova"],
        narrator=Narrator("Wanda", "pseudonym", "Roza Kleinova"),
    )  # fmt: skip
    with Collection.open(path) as voices:
        voices.add(secret)
        voices.add(named)
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk")
        step = await begin(pilot, "add_themes")
        assert isinstance(step, NameStep)
        assert "Secret theme" not in step._known
        assert "Roza Kleinova" not in step._known
        await pilot.press(*"Exile")
        await until(
            pilot, lambda: "4 of 6 change; 2 are masked here" in " ".join(drawn(pilot).split())
        )
        await pilot.press("enter")
        await settle(pilot)
        assert "2 are masked here and left alone" in heard(room)
    assert content(path)["m-5"].themes == ("Secret theme",)


# --- what can go wrong -----------------------------------------------------------------------


async def test_escape_and_cancel_change_nothing(path: Path) -> None:
    before = content(path)
    async with reading(path) as (pilot, room):
        await pilot.press("asterisk")
        await begin(pilot, "add_themes")
        await pilot.press(*"Exile", "escape")
        await settle(pilot)
        assert pilot.app.screen is room
        await begin(pilot, "rights")
        await pilot.press(*"Mine", "tab", "enter")
        await settle(pilot)
        assert pilot.app.screen is room
        await begin(pilot, "add_places")
        await pilot.press("enter")
        await pilot.pause()
        assert "Type a name" in drawn(pilot)
    assert content(path) == before


async def test_what_is_not_there_any_longer_is_told(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room._stop_watching.set()
        await pilot.press("asterisk")
        await begin(pilot, "licence")
        with Collection.open(path) as other:
            other.withdraw("m-1")
        await pilot.press(*"CC0", "enter")
        await settle(pilot)
        assert "m-1" in heard(room)
        assert "Nothing was changed" in heard(room)
    assert not any(one.licence for one in content(path).values())


async def test_a_change_can_be_stopped_before_it_is_written(path: Path) -> None:
    before = content(path)
    async with reading(path) as (pilot, room):
        collection = room.collection
        assert collection is not None
        assert not room.stop_changing()
        await pilot.press("asterisk")
        await begin(pilot, "licence")
        # The worker waits for the lock; Esc comes first.
        with collection._records.lock:
            await pilot.press(*"CC0", "enter")
            await pilot.pause()
            assert "changing 4 testimonies" in drawn(pilot)
            await pilot.press("escape")
            await pilot.pause()
            assert len(room.list.marks) == 4
        await settle(pilot)
        assert "Stopped; nothing was changed." in heard(room)
        await pilot.press("escape")
        await pilot.pause()
        assert not room.list.marks
    assert content(path) == before


async def test_a_collection_open_for_reading_only_says_so(path: Path) -> None:
    async with reading(path) as (pilot, room):
        assert room.collection is not None
        room.collection.close()
        room.collection = Collection.open(path, read_only=True)
        await pilot.press("asterisk", "b", "d")
        await pilot.pause()
        assert "reading only" in heard(room)
        assert pilot.app.screen is room


def test_the_nearest_names_are_few_and_the_nearest_first() -> None:
    known = {"Forced labour": 3, "Forced labours": 1, "Hunger": 9, "Labour, forced": 1}
    assert nearest("forced labour", known)[0] == "Forced labour"
    assert "Hunger" not in nearest("forced labour", known)
    assert nearest("Exile", known) == []


@pytest.mark.parametrize(("outcome", "values", "text"), [
    (Outcome(("a",), same=2), {"add_themes": ("x",)}, "1 of 3 changes; 2 have it already"),
    (Outcome(same=2), {"remove_places": ("x",)}, "None of 2 changes; 2 do not have it"),
    (Outcome(("a", "b"), same=1), {"rights": "x"}, "2 of 3 change; 1 says so already"),
    (Outcome(("a",), stricter=6), {"restrict": ("name",)},
     "1 of 7 changes; 6 are sealed further already and stay so"),
    (Outcome(("a",), same=1), {"open_again": ("name",)}, "1 of 2 changes; 1 is open already"),
    (Outcome(("a",), left_alone=1), {"rights": "x"},
     "1 of 2 changes; 1 is masked here and left alone (v shows it)"),
    (Outcome(("a", "b"), only_sealed=1), {"rights": "x", "restrict": ("name",)},
     "2 of 2 change; of these 1 is masked here and would be only sealed further"),
])  # fmt: skip
def test_what_is_said_of_an_outcome(outcome: Outcome, values: dict[str, Any], text: str) -> None:
    assert told(outcome, Batch(**values), done=False) == text
