from __future__ import annotations

from pathlib import Path

import pytest

from collection import Collection, Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import drawn, make_collection, reading, settle
from tui.screens.choice import ChoiceScreen
from tui.screens.help import HelpScreen
from tui.screens.reading_room import ReadingRoom


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


def told(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


async def test_it_starts_in_the_list_newest_first_undated_last(path: Path) -> None:
    async with reading(path) as (pilot, room):
        assert [*room.list.ids] == ["m-2", "m-1", "m-3"]
        assert room.list.has_focus
        screen = drawn(pilot)
    assert "The train that stopped" in screen
    assert "Oleg*" in screen
    assert "I had [laughs] no plan." in screen
    assert "Told by Telegram." in screen
    assert "Date given" in screen
    assert "3 testimonies" in screen


async def test_search_is_live_ranked_marked_and_says_why(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lod")
        await settle(pilot)
        assert [*room.list.ids] == ["m-3", "m-2"]
        screen = drawn(pilot)
        assert "2 of 3" in screen
        assert "place Łódź" in screen
        assert "Found by" in screen
        await pilot.press("z")
        await settle(pilot)
        assert room.search_bar.words.value == "lodz"
        assert room.reader.hit_count == 3


async def test_enter_leaves_the_search_and_escape_steps_back(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        assert room.list.has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert room.reader.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert room.list.has_focus
        assert len(room.list.ids) == 2
        await pilot.press("escape")
        await settle(pilot)
        assert len(room.list.ids) == 3
        await pilot.press("slash", "x", "escape")
        await settle(pilot)
        assert room.search_bar.words.has_focus
        await pilot.press("escape")
        await pilot.pause()
        assert room.list.has_focus


async def test_keys_that_follow_fast_upon_enter_do_not_become_words(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz")
        await settle(pilot)
        for key in ("enter", "j", "enter", "G"):
            pilot.app.simulate_key(key)
        await settle(pilot)
        assert room.search_bar.words.value == "lodz"
        assert room.list.cursor == 1
        assert room.reader.has_focus
        for key in ("escape", "slash", "e", "d"):
            pilot.app.simulate_key(key)
        await settle(pilot)
        assert pilot.app.screen is room
        assert room.search_bar.words.value == "lodzed"


async def test_n_goes_through_the_hits_and_on_into_the_next_testimony(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("n")
        assert "Nothing is searched for" in told(room)
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        for _ in range(3):
            await pilot.press("n")
        assert room.list.selected == "m-3"
        await pilot.press("n")
        await pilot.pause()
        assert room.list.selected == "m-2"
        assert room.reader.hit_index == 0
        await pilot.press("n")
        assert "holds a hit" in told(room)
        await pilot.press("N")
        await pilot.pause()
        assert room.list.selected == "m-3"
        assert room.reader.hit_index == 2


async def test_no_match_says_so_and_what_clears_it(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"[/]qqxzvbn")
        await settle(pilot)
        assert "Nothing matches “[/]qqxzvbn”" in drawn(pilot)
        assert "Esc" in drawn(pilot)
        assert room.list.selected is None


async def test_terms_left_out_are_named(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("slash", *"terezin qqxzvbn")
        await settle(pilot)
        assert "Left out, as nothing matches with it: qqxzvbn." in drawn(pilot)


async def test_panes_follow_tab_and_letters(path: Path) -> None:
    async with reading(path) as (pilot, room):
        at = []
        for key in ("tab", "l", "tab", "h", "shift+tab"):
            await pilot.press(key)
            await pilot.pause()
            at.append(room.focused.id if room.focused else None)
        assert at == ["account", "context", "list", "context", "account"]


@pytest.mark.parametrize(("order", "first"), [
    ("title", ["m-1", "m-3", "m-2"]),
    ("narrator", ["m-1", "m-2", "m-3"]),
    ("added", ["m-1", "m-3", "m-2"]),
    ("given", ["m-2", "m-1", "m-3"]),
])  # fmt: skip
async def test_the_list_can_be_sorted_and_remembers_it(
    path: Path, order: str, first: list[str]
) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("s")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, ChoiceScreen)
        place = list(screen._choices).index(order)
        await pilot.press("home", *["down"] * place, "enter")
        await settle(pilot)
        assert [*room.list.ids] == first
        await pilot.press("q")
    async with reading(path) as (pilot, room):
        assert [*room.list.ids] == first


async def test_withdraw_undo_and_redo(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("d")
        await settle(pilot)
        assert [*room.list.ids] == ["m-1", "m-3"]
        assert "u brings it back" in told(room)
        await pilot.press("u")
        await settle(pilot)
        assert [*room.list.ids] == ["m-2", "m-1", "m-3"]
        assert room.list.selected == "m-2"
        await pilot.press("ctrl+r")
        await settle(pilot)
        assert [*room.list.ids] == ["m-1", "m-3"]
    with Collection.open(path) as collection:
        assert len(collection) == 2


async def test_what_is_private_is_masked_until_it_is_revealed(tmp_path: Path) -> None:
    sealed = [
        Testimony(id="p-1", title="Told under a name", account="Her name is Roza Klein.",
                  narrator="Wanda", notes="lives in Lviv", date="1950"),
        Testimony(id="p-2", title="Sealed title", account="Sealed words", date="1951",
                  access=Access(record=Restriction("embargoed", "2051-01-01", "family"))),
    ]  # fmt: skip
    path = make_collection(tmp_path / "sealed.json", sealed)
    async with reading(path) as (pilot, room):
        assert [*room.list.ids] == ["p-1", "p-2"]
        assert "lives in Lviv" not in drawn(pilot)
        await pilot.press("j")
        await settle(pilot)
        screen = drawn(pilot)
        assert "Sealed title" not in screen
        assert "Sealed words" not in screen
        assert "2051-01-01" in screen
        await pilot.press("slash", *"sealed", "enter")
        await settle(pilot)
        assert not room.list.ids
        await pilot.press("escape", "v")
        await settle(pilot)
        await pilot.press("g")
        await settle(pilot)
        assert "SEALED AND PRIVATE SHOWN" in drawn(pilot)
        assert "Sealed words" in drawn(pilot)
        await pilot.press("slash", *"sealed words")
        await settle(pilot)
        assert [*room.list.ids] == ["p-2"]
        await pilot.press("escape", "escape", "G")
        await settle(pilot)
        assert "lives in Lviv" in drawn(pilot)
        await pilot.press("v")
        await settle(pilot)
        assert "Sealed words" not in drawn(pilot)
        assert "lives in Lviv" not in drawn(pilot)


async def test_editing_what_has_private_parts_asks_first(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("G", "e")
        await pilot.pause()
        assert "private or sealed" in drawn(pilot)
        assert "She still lives there" not in drawn(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is room


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01garbage", "is not a Firsthand collection"),
        (b'{"_default": {"1": {"a": 1}}}', "TinyDB file of another shape"),
        (
            b'{"collection": {"1": {"format": "firsthand", "schema": 99}}, "testimonies": {}}',
            "newer",
        ),
    ],
)
async def test_a_file_that_is_no_collection_gives_a_message(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "other.json"
    path.write_bytes(content)
    async with reading(path) as (pilot, room):
        assert sentence.split(maxsplit=1)[0] in drawn(pilot).replace("\n", " ")
        assert room.could_not_open
        await pilot.press("a", "e", "d", "u", "n", "s", "escape", "y", "x", "v", "z", "z")
        assert "No collection is open" in told(room)
    assert path.read_bytes() == content


async def test_an_empty_collection_teaches_how_to_begin(tmp_path: Path) -> None:
    async with reading(tmp_path / "new.json") as (pilot, room):
        screen = drawn(pilot)
        assert "There are no testimonies yet." in screen
        assert "a adds the first one" in screen
        await pilot.press("n", "j", "enter", "z", "y", "d", "e")
        assert "No testimony is selected" in told(room)


async def test_a_file_open_for_reading_only_says_so(path: Path, monkeypatch: object) -> None:
    from tui import background

    opened = background.open_collection
    try:
        background.open_collection = lambda path, post, **_: opened(  # type: ignore[assignment]
            path, post, read_only=True
        )
        async with reading(path) as (pilot, room):
            assert "read-only" in drawn(pilot)
            await pilot.press("d")
            await settle(pilot)
            assert "reading only" in told(room)
            assert len(room.list.ids) == 3
    finally:
        background.open_collection = opened


async def test_another_windows_change_appears_with_the_selection_kept(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("j")
        with Collection.open(path) as other:
            other.add(Testimony(id="m-9", title="From another window", account="x", date="2024"))
        while "m-9" not in room.list.ids:
            await pilot.pause(0.02)
        assert room.list.selected == "m-1"
        await settle(pilot)
        await pilot.press("slash", *"another window")
        await settle(pilot)
        assert [*room.list.ids] == ["m-9"]


async def test_help_names_every_binding_of_the_room(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("question_mark")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        told_keys = " ".join(
            f"{keys} {what}" for _, group in screen._groups for keys, what in group
        )
        for binding in room._bindings.key_to_bindings.values():
            for one in binding:
                if one.id and not one.id.startswith("screen"):
                    assert (one.tooltip or one.description) in told_keys
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is room
        assert room.list.has_focus


async def test_every_binding_has_an_identifier_and_a_tooltip(path: Path) -> None:
    from tui.palette import bindings_of

    async with reading(path) as (pilot, room):
        nodes = (pilot.app, room, room.list, room.reader)
        for node in nodes:
            seen = [*bindings_of(node)]
            assert seen
            for binding in seen:
                assert binding.id
                assert binding.tooltip
        shown = {b.binding.id for b in room.active_bindings.values() if b.binding.show}
        assert 4 <= len(shown) <= 7, shown


async def test_the_palette_runs_a_command(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"zoom")
        while "Zoom" not in drawn(pilot):
            await pilot.pause(0.02)
        await pilot.pause(0.2)
        await pilot.press("enter")
        await pilot.pause()
        while not room.zoomed:
            await pilot.pause(0.02)


async def test_keys_can_be_changed_in_the_settings(path: Path) -> None:
    (path.parent / "config.toml").write_text('[keys]\n"zoom" = "Z"\n', "utf-8")
    async with reading(path) as (pilot, room):
        await pilot.press("z")
        assert not room.zoomed
        await pilot.press("Z")
        assert room.zoomed


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((120, 40), ["list", "account", "context"]),
        ((80, 24), ["list", "account", "context"]),
        ((60, 20), ["list", "account", "context"]),
        ((40, 12), ["list"]),
    ],
)
async def test_every_size_shows_its_panes_within_the_window(
    path: Path, size: tuple[int, int], panes: list[str]
) -> None:
    async with reading(path, size=size) as (pilot, room):
        seen = [
            name for name in ("list", "account", "context") if room.query_one(f"#{name}").display
        ]
        assert seen == panes
        for name in seen:
            region = room.query_one(f"#{name}").region
            assert region.right <= size[0]
            assert region.bottom <= size[1]
            assert region.height >= 3
        await pilot.press("enter")
        await pilot.pause()
        assert room.reader.has_focus
        assert room.reader.display
        assert "no plan" in drawn(pilot)
        await pilot.press("tab")
        await pilot.pause()
        assert "Date given" in drawn(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert room.list.has_focus
        assert room.list.display


async def test_zoom_gives_one_pane_the_window_and_escape_gives_it_back(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("enter", "z")
        await pilot.pause()
        assert room.reader.region.width == 120
        assert not room.list.display
        await pilot.press("escape")
        await pilot.pause()
        assert room.list.display


async def test_panes_are_resized_by_key_and_by_mouse_and_it_is_remembered(path: Path) -> None:
    async with reading(path) as (pilot, room):
        before = room.list.region.width
        await pilot.press("greater_than_sign")
        await pilot.pause()
        assert room.list.region.width > before
        await pilot.press("less_than_sign", "less_than_sign")
        await pilot.pause()
        assert room.list.region.width < before
        splitter = room.query_one("#split-list")
        column = splitter.region.x
        await pilot.mouse_down(splitter, offset=(0, 5))
        await pilot.hover(room, offset=(column + 12, 10))
        await pilot.mouse_up(room, offset=(column + 12, 10))
        await pilot.pause()
        after = room.list.region.width
        assert after > before
        await pilot.press("q")
    async with reading(path) as (pilot, room):
        assert room.list.region.width == after


async def test_a_window_that_shrinks_and_grows_keeps_the_place(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("j", "enter")
        await pilot.pause()
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert room.reader.display
        assert not room.list.display
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert room.list.display
        assert room.list.selected == "m-1"


async def test_ascii_draws_nothing_else(path: Path) -> None:
    async with reading(path, ascii=True) as (pilot, room):
        await pilot.press("G")
        await settle(pilot)
        filters = pilot.app.get_line_filters()
        assert filters
        assert any(type(one).__name__ == "AsciiOnly" for one in filters)
        assert room.list.selected == "m-3"


async def test_copying_takes_the_testimony_as_it_may_be_seen(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("G")
        await settle(pilot)
        await pilot.press("y")
        assert "Lodz, always Lodz." in pilot.app.clipboard
        assert "She still lives there" not in pilot.app.clipboard
        assert "was copied" in told(room)


async def test_quitting_over_an_unsaved_form_asks_first(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("T", "ctrl+q")
        await pilot.pause()
        assert "is not saved yet" in drawn(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.return_code is None
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert pilot.app.return_code == 0
    with Collection.open(path) as again:
        assert [draft.texts for draft in again.drafts()] == [{"title": "T"}]


async def test_a_new_testimony_is_selected_and_found_at_once(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause()
        form = pilot.app.screen
        await pilot.press(*"Dreizehn", "f3", "f3", "f3", *"words")
        await pilot.press("ctrl+s")
        while pilot.app.screen is form:
            await pilot.pause(0.02)
        await settle(pilot)
        gated = room.gated(room.list.selected or "")
        assert gated is not None
        assert gated.testimony.title == "Dreizehn"
        await pilot.press("slash", *"dreizen")
        await settle(pilot)
        assert room.list.selected == gated.testimony.id
        await pilot.press("escape", "escape", "u")
        await settle(pilot)
        assert gated.testimony.id not in room.list.ids


async def test_n_where_nothing_was_found_is_no_trouble(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"qqqqzzzz", "enter", "n", "N")
        await settle(pilot)
        assert "holds a hit" in told(room)


async def test_what_was_withdrawn_last_comes_back_into_an_empty_list(tmp_path: Path) -> None:
    one = Testimony(id="o-1", title="The only one", account="words")
    async with reading(make_collection(tmp_path / "one.json", [one])) as (pilot, room):
        await pilot.press("d")
        await settle(pilot)
        assert not room.list.ids
        await pilot.press("u")
        await settle(pilot)
        assert [*room.list.ids] == ["o-1"]


async def test_without_colours_words_can_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    (path.parent / "config.toml").write_text('theme = "ansi-dark"', "utf-8")
    async with reading(path) as (pilot, room):
        style = room.reader.rich_style
        assert style.color != style.bgcolor
        assert not pilot.app.theme.startswith("ansi")


async def test_a_name_that_would_command_the_terminal_is_shown(tmp_path: Path) -> None:
    path = make_collection(tmp_path / "x\x1b]0;PWN\x07\u202e[bold].json")
    async with reading(path) as (pilot, room):
        screen = drawn(pilot)
        assert "\x1b" not in screen
        assert "\u202e" not in screen
        room.search_bar.words.value = "pasted\x1b[2J\u202e"
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        assert "\x1b" not in drawn(pilot)
        assert "\u202e" not in drawn(pilot)


async def test_what_was_not_understood_is_said_even_where_nothing_is_found(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *'"qqqqzz xx')
        await settle(pilot)
        assert not room.list.ids
        assert "is not closed" in drawn(pilot)


async def test_a_click_selects_the_row_under_the_mouse(tmp_path: Path) -> None:
    async with reading(make_collection(tmp_path / "voices.json")) as (pilot, room):
        for y, row in ((2, 0), (3, 1), (4, 1), (5, 2), (1, 0), (6, 2), (0, 2)):
            await pilot.click("#list", offset=(10, y))
            assert room.list.cursor == row, "a border is no row"
