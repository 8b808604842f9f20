"""The vocabulary on the screen: listed, sifted, renamed, merged, split off, told apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Checkbox, OptionList

from collection import Collection, Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import drawn, reading, until
from tui.palette import bindings_of
from tui.screens.ask_name import AskNameScreen
from tui.screens.choice import ChoiceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.doubles import DoublesScreen
from tui.screens.pick import PickScreen
from tui.screens.place_entry import PlaceScreen
from tui.screens.terms import TermsScreen
from tui.screens.vocabulary import VocabularyScreen
from tui.widgets.field_input import FieldInput

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]
HOSTILE = "\x1b[31mEvil[/]\u202e[b]"
SEALED = Access(record=Restriction("private"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "voices.json"
    with Collection.open(path) as voices:
        for testimony in (
            Testimony(id="a", title="First [/]", account="x", narrator="Anna Weiss", date="1945",
                      places=["Łódź", "Athens"], themes=["Hunger", "Forced labour"]),
            Testimony(id="b", title="Second", account="x", narrator="Weiss, Anna",
                      places=["Lodz", "Xyzzyville"], themes=["hunger", "Forced labor"]),
            Testimony(id="c", title="Third", account="x", narrator=HOSTILE, places=["Lodz", HOSTILE],
                      themes=[HOSTILE]),
            Testimony(id="s", title="Sealed", account="x", places=["Secretville", "Lodz"],
                      access=SEALED),
        ):  # fmt: skip
            voices.add(testimony)
    return path


async def opened(pilot: Pilot[None], kind: str = "") -> VocabularyScreen:
    await pilot.press("P")
    await until(pilot, lambda: isinstance(pilot.app.screen, VocabularyScreen))
    screen = pilot.app.screen
    assert isinstance(screen, VocabularyScreen)
    await until(pilot, lambda: len(screen._counts) == 3)
    if kind:
        await pilot.press(kind)
        await until(pilot, lambda: screen.terms)
    return screen


def names(screen: VocabularyScreen) -> list[str]:
    return [one.name for one in screen.shown]


def at(screen: VocabularyScreen, name: str) -> None:
    screen.list.cursor = names(screen).index(name)


def told(pilot: Pilot[None]) -> str:
    return " ".join(str(one.message) for one in pilot.app._notifications)


async def on(pilot: Pilot[None], kind: type) -> None:
    await until(pilot, lambda: isinstance(pilot.app.screen, kind))


async def typed(pilot: Pilot[None], text: str) -> None:
    field = pilot.app.screen.query_one(FieldInput)
    field.words = text
    await pilot.press("ctrl+s")


# --- listed ------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_names_are_listed_by_kind_with_what_is_known(
    path: Path, size: tuple[int, int]
) -> None:
    async with reading(path, size=size) as (pilot, room):
        screen = await opened(pilot)
        await until(pilot, lambda: names(screen)[0] == "Lodz")
        assert "Secretville" not in names(screen)
        assert len(screen.shown[0].ids) == 2, "what is sealed does not count"
        assert "[1 Places" in drawn(pilot)
        at(screen, "Athens")
        await pilot.press("tab")
        await until(pilot, lambda: "may mean several places" in drawn(pilot))
        await pilot.press("tab", "2")
        await until(pilot, lambda: "hunger" in names(screen))
        at(screen, "hunger")
        await pilot.pause()
        await pilot.press("tab")
        await until(pilot, lambda: "not yet; e says" in drawn(pilot))
        await pilot.press("tab", "3")
        await until(pilot, lambda: "Anna Weiss" in names(screen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", "123")
async def test_hostile_names_are_only_shown(path: Path, size: tuple[int, int], kind: str) -> None:
    async with reading(path, size=size) as (pilot, _):
        screen = await opened(pilot, kind)
        await until(pilot, lambda: HOSTILE in names(screen))
        at(screen, HOSTILE)
        await until(pilot, lambda: "[31mEvil[/]" in drawn(pilot))
        for key in ("r", "m", "x", "e"):
            await pilot.press(key)
            await pilot.pause()
            assert not {"\x1b", "\u202e"} & {*drawn(pilot)}
            if pilot.app.screen is not screen:
                await pilot.press("escape")
                await until(pilot, lambda: pilot.app.screen is screen)


async def test_names_are_sifted_misspelt_or_not(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await opened(pilot)
        await pilot.press("slash", *"lodsz")
        await until(pilot, lambda: set(names(screen)) == {"Lodz", "Łódź"})
        await pilot.press("enter", "q")
        screen = await opened(pilot)
        await pilot.press("slash", *"qqq")
        await until(pilot, lambda: "Nothing matches “qqq”" in drawn(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: len(names(screen)) == 5)
        await pilot.press("s")
        await until(pilot, lambda: "by name" in drawn(pilot))
        assert names(screen)[0] == HOSTILE
        assert names(screen)[1:] == ["Athens", "Lodz", "Xyzzyville", "Łódź"]


async def test_an_empty_list_teaches(tmp_path: Path) -> None:
    with Collection.open(tmp_path / "voices.json") as voices:
        voices.add(Testimony(id="a", title="A", account="x"))
    async with reading(tmp_path / "voices.json") as (pilot, _):
        screen = await opened(pilot)
        await until(pilot, lambda: "names a place yet" in drawn(pilot))
        for key in ("r", "m", "x", "e", "space"):
            await pilot.press(key)
            assert pilot.app.screen is screen
        assert "No name is selected" in told(pilot)
        await pilot.press("n")
        await on(pilot, DoublesScreen)
        await until(pilot, lambda: "No two places look alike" in drawn(pilot))
        await pilot.press("enter", "equals_sign", "w", "tab", "escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_the_mouse_does_it_too(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot)
        await pilot.click("KindBar", offset=(20, 0))
        await until(pilot, lambda: screen.kind == "theme" and screen.terms)
        await pilot.click("TermList", offset=(20, 3))
        await until(pilot, lambda: screen.list.cursor == 2)
        name = names(screen)[2]
        await pilot.click("TermList", offset=(20, 3), times=2)
        await until(pilot, lambda: pilot.app.screen is room)
        assert room.search_bar.words.value == f'theme:"{name}"'


async def test_enter_shows_the_testimonies(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot, "3")
        at(screen, "Weiss, Anna")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is room)
        await until(pilot, lambda: list(room.list.ids) == ["b"])
        assert room.search_bar.words.value == 'by:"Weiss, Anna"'


async def test_every_binding_has_an_identifier_and_a_tooltip(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await opened(pilot)
        shown = {one.binding.id for one in screen.active_bindings.values() if one.binding.show}
        assert len(shown) <= 7
        await pilot.press("question_mark")
        await until(pilot, lambda: "In the vocabulary" in drawn(pilot))
        await pilot.press("escape", "n")
        await on(pilot, DoublesScreen)
        for node in (screen, screen.list, pilot.app.screen):
            for binding in bindings_of(node):
                assert binding.id
                assert binding.tooltip


# --- changed -----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), (60, 20)], ids=str)
async def test_a_name_is_renamed_and_taken_back(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        screen = await opened(pilot)
        at(screen, "Xyzzyville")
        await pilot.press("r")
        await on(pilot, AskNameScreen)
        pilot.app.screen.query_one(Checkbox).value = False
        await typed(pilot, "  Xyzzy Town ")
        await until(pilot, lambda: "Xyzzy Town" in names(screen))
        assert "called Xyzzy Town now; 1 testimony follows. u takes it back." in told(pilot)
        await until(pilot, lambda: screen.selected and screen.selected.name == "Xyzzy Town")
        assert room.collection.place_entry("Xyzzy Town").aliases == ()
        await pilot.press("u")
        await until(pilot, lambda: "Xyzzyville" in names(screen))
        assert "The last change was taken back; 1 testimony with it." in told(pilot)
        await pilot.press("ctrl+r")
        await until(pilot, lambda: "Xyzzy Town" in names(screen))
        await pilot.press("r")
        await on(pilot, AskNameScreen)
        await typed(pilot, " ")
        await until(pilot, lambda: "The name is empty" in told(pilot))


async def test_a_name_that_is_taken_is_merged_if_one_wishes(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot)
        at(screen, "Lodz")
        await pilot.press("r")
        await on(pilot, AskNameScreen)
        await typed(pilot, "Łódź")
        await on(pilot, ConfirmScreen)
        await pilot.press("y")
        await until(pilot, lambda: "Lodz" not in names(screen))
        assert "Merged Lodz into Łódź; 2 testimonies follow. u takes it back." in told(pilot)
        assert [p.name for p in room.collection.get("s").places] == ["Secretville", "Łódź"]
        assert room.collection.bearers("place", "Łódź") == ["a", "b", "c"]


async def test_marked_names_are_merged(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot)
        for name in ("Łódź", "Lodz", "Athens"):
            at(screen, name)
            await pilot.press("space")
        await until(pilot, lambda: "3 marked" in drawn(pilot))
        await pilot.press("m")
        await on(pilot, ChoiceScreen)
        options = pilot.app.screen.query_one(OptionList)
        assert options.option_count == 3
        at_lodz = [n for n in range(3) if "Łódź" in str(options.get_option_at_index(n).prompt)]
        options.highlighted = at_lodz[0]
        await pilot.press("enter")
        await until(pilot, lambda: "Athens" not in names(screen))
        assert "into Łódź; 3 testimonies follow" in told(pilot)
        assert "marked" not in drawn(pilot).replace("marks", "")
        assert [p.name for p in room.collection.get("a").places] == ["Łódź"]


async def test_another_name_is_picked_to_merge_with(path: Path) -> None:
    async with reading(path, size=(60, 20)) as (pilot, room):
        screen = await opened(pilot, "2")
        at(screen, "Forced labor")
        await pilot.press("m")
        await on(pilot, PickScreen)
        await pilot.press(*"hungar", "escape", *"labour", "enter")
        await on(pilot, ChoiceScreen)
        options = pilot.app.screen.query_one(OptionList)
        options.highlighted = 0
        stays = str(options.get_option_at_index(0).prompt)
        await pilot.press("enter")
        await until(pilot, lambda: "Merged" in told(pilot))
        name = "Forced labor" if "Forced labor " in stays else "Forced labour"
        assert set(room.collection.bearers("theme", name)) == {"a", "b"}
        assert len(room.collection.theme_entry(name).used_for) == 1


async def test_some_are_split_off(path: Path) -> None:
    async with reading(path, size=(60, 20)) as (pilot, room):
        screen = await opened(pilot)
        at(screen, "Lodz")
        await pilot.press("x")
        await on(pilot, PickScreen)
        await until(pilot, lambda: "Third" in drawn(pilot))
        await pilot.press("slash", *"third", "enter", "space", "enter")
        await on(pilot, AskNameScreen)
        await typed(pilot, "Łódź")
        await until(pilot, lambda: "Split Łódź off Lodz; 1 testimony follows." in told(pilot))
        assert room.collection.bearers("place", "Łódź") == ["a", "c"]
        assert room.collection.bearers("place", "Lodz") == ["b"]


async def test_a_place_is_decided_or_said_by_hand(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot)
        at(screen, "Xyzzyville")
        await pilot.press("e")
        await on(pilot, PlaceScreen)
        country, where, other = pilot.app.screen.query(FieldInput)
        country.words, where.words, other.words = "Xyzzy", "here", "Xy; Zy"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "No country is called so" in drawn(pilot))
        country.words = "poland"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "as 49.84, 24.03" in drawn(pilot))
        where.words = "50.5, -3"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "Xyzzyville was decided" in told(pilot))
        entry = room.collection.place_entry("Xyzzyville")
        assert (entry.country, entry.latitude, entry.longitude) == ("PL", 50.5, -3.0)
        assert entry.aliases == ("Xy", "Zy")
        at(screen, "Athens")
        await pilot.press("e")
        await on(pilot, ChoiceScreen)
        await pilot.press("enter")
        await until(pilot, lambda: room.collection.place_entry("Athens").status == "decided")


async def test_a_theme_is_defined_with_narrower_ones(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot, "2")
        at(screen, HOSTILE)
        await pilot.press("e")
        await on(pilot, TermsScreen)
        pilot.app.screen.query_one("#used-for", FieldInput).words = "one; two"
        pilot.app.screen.query_one("#narrower", FieldInput).words = "Forced labour"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: room.collection.narrower(HOSTILE) == ["Forced labour"])
        assert room.collection.theme_entry(HOSTILE).used_for == ("one", "two")
        await until(pilot, lambda: screen.terms[-1].entry is not None and not screen.busy)
        await until(pilot, lambda: any(one.narrower for one in screen.terms))
        at(screen, HOSTILE)
        await pilot.press("e")
        await on(pilot, TermsScreen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not screen.busy and pilot.app.screen is screen)
        assert room.collection.narrower(HOSTILE) == ["Forced labour"], "nothing was lost"


async def test_a_narrator_has_nothing_but_a_name(path: Path) -> None:
    async with reading(path) as (pilot, room):
        screen = await opened(pilot, "3")
        at(screen, "Weiss, Anna")
        await pilot.press("e")
        assert "only the name is shared" in told(pilot)
        await pilot.press("r")
        await on(pilot, AskNameScreen)
        assert not pilot.app.screen.query(Checkbox)
        await typed(pilot, "Anna W.")
        await until(pilot, lambda: room.collection.get("b").narrator.name == "Anna W.")
        await until(pilot, lambda: not screen.busy)
        await pilot.press("q")
        await until(pilot, lambda: pilot.app.screen is room)
        await pilot.press("u")
        await until(pilot, lambda: room.collection.get("b").narrator.name == "Weiss, Anna")


async def test_nothing_is_changed_in_what_is_only_read(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Collection.open(path, read_only=True) as voices:
            screen = VocabularyScreen(voices, lambda: None, bidi="app")
            async with reading(path) as (pilot, _):
                pilot.app.push_screen(screen)
                await until(pilot, lambda: screen.terms)
                for key in ("r", "m", "x", "e", "u", "ctrl+r"):
                    await pilot.press(key)
                    assert pilot.app.screen is screen
                    assert "open for reading only" in told(pilot)
                await pilot.press("n")
                await on(pilot, DoublesScreen)
                await until(pilot, lambda: pilot.app.screen.list.count)
                await pilot.press("equals_sign", "enter")
                assert "open for reading only" in told(pilot)
    finally:
        path.parent.chmod(0o755)


async def test_what_is_sealed_is_shown_only_if_revealed(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await opened(pilot)
        await pilot.press("v")
        await until(pilot, lambda: "Secretville" in names(screen))
        await until(pilot, lambda: "SEALED AND PRIVATE SHOWN" in drawn(pilot))
        await pilot.press("v")
        await until(pilot, lambda: "Secretville" not in names(screen))


# --- look-alikes -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_look_alikes_are_merged_or_kept_apart(path: Path, size: tuple[int, int]) -> None:
    async with reading(path, size=size) as (pilot, room):
        vocabulary = await opened(pilot, "2")
        await pilot.press("n")
        await on(pilot, DoublesScreen)
        screen = pilot.app.screen
        assert isinstance(screen, DoublesScreen)
        await until(pilot, lambda: screen.list.count == 2)
        assert screen.selected is not None
        _, stays, goes = screen.selected
        await until(pilot, lambda: f"Enter merges {goes}" in drawn(pilot))
        assert {stays, goes} == {"Hunger", "hunger"}
        await pilot.press("w")
        await until(pilot, lambda: f"Enter merges {stays} into {goes}" in drawn(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: screen.list.count == 1 and not screen.busy)
        assert room.collection.themes[goes] == 2
        await until(pilot, lambda: f"Merged {stays} into {goes}" in told(pilot))
        await until(pilot, lambda: screen._looking == 1)
        await pilot.press("equals_sign")
        await until(pilot, lambda: screen.list.count == 0 and not screen.busy)
        assert "are kept apart" in told(pilot)
        await pilot.press("u")
        await until(pilot, lambda: screen.list.count == 1 and not screen.busy)
        await pilot.press("u")
        await until(pilot, lambda: screen.list.count == 2 and not screen.busy)
        await pilot.press("ctrl+r", "escape")
        await until(pilot, lambda: not screen.busy)
        if pilot.app.screen is screen:
            await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is vocabulary)
        await until(pilot, lambda: [one.name for one in vocabulary.terms].count(goes) == 1)
        assert room.collection.themes[goes] == 2


async def test_the_room_says_what_an_undo_brought_back(path: Path) -> None:
    async with reading(path) as (pilot, room):
        room.collection.merge("place", ["Lodz"], "Łódź")
        room.collection.tell_apart("theme", "Hunger", "hunger")
        await pilot.press("u")
        await until(pilot, lambda: "What was said of two names taken back" in told(pilot))
        await until(pilot, lambda: not room.busy)
        await pilot.press("u")
        await until(pilot, lambda: "2 testimonies brought back" in told(pilot))
        await until(pilot, lambda: not room.busy)
        room.collection.reveal(True)
        room.collection.rename("place", "Secretville", "Elsewhere")
        room.collection.reveal(False)
        await pilot.press("u")
        await until(pilot, lambda: room.collection.get("s").places[0].name == "Secretville")
        assert "testimon" not in told(pilot).partition("brought back")[2]
