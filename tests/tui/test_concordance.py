from __future__ import annotations

import time
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from collection import Testimony
from collection.testimony import Access, Restriction
from tests.tui.room import drawn, make_collection, reading, settle
from tui.screens.concordance import ConcordanceScreen

HOSTILE = (
    "e\u0301\u0301 [/] [bold]x[/bold] \x1b[31mred \u202e北京北京 \t\r\n Lodz "
    "\u0301\u200d👩\u200d👩\u200d👧 \x07\x9b2J שלום ({[ \ud800 end"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


def concordance(pilot: Pilot[None]) -> ConcordanceScreen:
    screen = pilot.app.screen
    assert isinstance(screen, ConcordanceScreen)
    return screen


async def complete(pilot: Pilot[None]) -> ConcordanceScreen:
    """Wait until every line has been found, and sorted as it is wanted."""
    until = time.monotonic() + 10
    await pilot.pause()
    screen = concordance(pilot)
    while not screen._complete or screen._by != screen._wanted:
        assert time.monotonic() < until
        await pilot.pause(0.005)
    await pilot.pause()
    return screen


async def searched(pilot: Pilot[None], words: str) -> ConcordanceScreen:
    await pilot.press("slash", *words, "enter")
    await settle(pilot)
    await pilot.press("c")
    return await complete(pilot)


def rows(screen: ConcordanceScreen) -> list[str]:
    return [screen.list.render_line(y).text for y in range(screen.list.count)]


def hit_of(screen: ConcordanceScreen, row: int) -> tuple[int, str]:
    """Give the column in which the hit of a line begins, and what is marked as the hit."""
    column = 0
    for text, style, _ in screen.list.render_line(row):
        if style is not None and style.underline:
            assert style.bold
            return column, text
        column += cell_len(text)
    return -1, ""


async def test_without_a_search_it_says_what_to_do(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("c")
        await settle(pilot)
        assert pilot.app.screen is room
        assert "Press / and type what to find; then c shows" in drawn(pilot).replace(
            "\n", ""
        ) or any("then c shows" in str(one.message) for one in pilot.app._notifications)


async def test_every_hit_has_a_line_with_the_hit_in_one_column(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await searched(pilot, "lodz")
        lines = rows(screen)
        assert len(lines) == 4
        assert {hit_of(screen, row) for row in range(4)} == {(69, "Lodz")}
        told = drawn(pilot)
        assert "“lodz” · 4 lines" in told
        assert "Behind the wardrobe · hit 1 of 3 · m-3" in told
        assert "I had [laughs] no plan. Then Lodz was far away." in told


async def test_enter_goes_to_that_very_hit_and_escape_back(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await searched(pilot, "lodz")
        await pilot.press("j", "enter")
        await settle(pilot)
        assert pilot.app.screen is room
        assert room.list.selected == "m-3"
        assert room.reader.has_focus
        assert room.reader.hit_index == 1
        await pilot.press("escape", "c")
        await complete(pilot)
        await pilot.press("G", "enter")
        await settle(pilot)
        assert room.list.selected == "m-2"
        assert room.reader.hit_index == 0
        await pilot.press("c")
        await complete(pilot)
        await pilot.press("g", "escape")
        await settle(pilot)
        assert pilot.app.screen is room
        assert room.list.selected == "m-2"
        assert room.reader.has_focus


async def test_keys_sent_in_one_go_act_one_after_the_other(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await searched(pilot, "lodz")
        for key in ("j", "j", "enter"):
            pilot.app.simulate_key(key)
        await settle(pilot)
        assert room.list.selected == "m-3"
        assert room.reader.hit_index == 2


async def test_lines_are_sorted_and_the_selected_one_stays_so(path: Path) -> None:
    async with reading(path) as (pilot, _):
        screen = await searched(pilot, "lodz")
        await pilot.press("s")
        await complete(pilot)
        # again; always; And Lodz; was far
        assert [screen._places.numbers[screen._number(row)] for row in range(4)] == [2, 0, 1, 0]
        assert screen.list.cursor == 1
        await pilot.press("s")
        await complete(pilot)
        assert "by left context" in drawn(pilot)
        # (nothing); always; And Lodz always; Then plan
        assert [screen._number(row) for row in range(4)] == [0, 1, 2, 3]
        await pilot.press("s")
        await pilot.pause()
        assert screen._order is None
        assert "by left" not in drawn(pilot)


async def test_moving_and_clicking(tmp_path: Path) -> None:
    long = Testimony(id="x", title="Long", account="Lodz and\n\n" * 500)
    async with reading(make_collection(tmp_path / "v.json", [long]), size=(80, 24)) as (
        pilot,
        room,
    ):
        screen = await searched(pilot, "lodz")
        for key, row in (("j", 1), ("down", 2), ("k", 1), ("G", 499), ("g", 0), ("pagedown", 21),
                         ("pageup", 0), ("ctrl+d", 10), ("ctrl+u", 0)):  # fmt: skip
            await pilot.press(key)
            assert screen.list.cursor == row, key
        await pilot.click(screen.list, offset=(30, 5))
        assert screen.list.cursor == 5
        await pilot.click(screen.list, offset=(30, 7), times=2)
        await settle(pilot)
        assert pilot.app.screen is room
        assert room.reader.hit_index == 7


@pytest.mark.parametrize(
    "size", [(120, 40), (80, 24), (60, 20), (40, 12), (12, 6), (3, 3)], ids=str
)
async def test_hostile_text_keeps_its_cells_and_its_column(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    made = [Testimony(id="h", title="[/] hostile \x1b[2J", narrator="[b]\x1b]0;x\x07", account="x")]
    made += [Testimony(id="w", title="W", account="北京" * 30 + " Lodz " + "大学" * 30)]
    made += [Testimony(id="m", title="M", account="a\u0301" * 60 + " Lodz " + "\u0301" * 90)]
    made[0] = Testimony(
        id="h", title=made[0].title, narrator="[b]", account=HOSTILE.replace("\ud800", "")
    )
    async with reading(make_collection(tmp_path / "v.json", made), size=size) as (pilot, _):
        screen = await searched(pilot, "lodz")
        assert screen.list.count == 3
        cells = screen.list.scrollable_content_region.width
        columns = set()
        for y in range(3):
            text = screen.list.render_line(y).text
            assert cell_len(text) == cells
            assert not {"\x1b", "\x07", "\x9b", "\u202e", "\n", "\t", "\r"} & set(text)
            columns.add(hit_of(screen, y))
        assert len(columns) == 1
        assert "\x1b" not in drawn(pilot)


async def test_right_to_left_text_runs_from_the_hit_to_the_left(tmp_path: Path) -> None:
    made = [Testimony(id="y", title="Y", account="אָבעלע וואָרט לאָדזש נאָכוואָרט סוף", places=["Łódź"])]
    async with reading(make_collection(tmp_path / "v.json", made), size=(60, 20)) as (pilot, _):
        screen = await searched(pilot, "לאָדזש")
        (line,) = rows(screen)
        hit = line.index("שזד")
        # What comes next in reading stands to the left of the hit.
        assert line.index("ףוס") < hit < line.index("עלעב")


async def test_what_is_sealed_has_no_lines(tmp_path: Path) -> None:
    made = [
        Testimony(id="s", title="Account sealed in Lodz", account="Lodz words",
                  access=Access(account=Restriction("embargoed", "2051-01-01", ""))),
    ]  # fmt: skip
    async with reading(make_collection(tmp_path / "v.json", made)) as (pilot, room):
        screen = await searched(pilot, "lodz")
        assert screen.list.count == 0
        assert "No account holds these words." in drawn(pilot)
        await pilot.press("enter", "s", "j", "s", "s")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is room
        await pilot.press("v")
        await settle(pilot)
        await pilot.press("c")
        assert (await complete(pilot)).list.count == 1


async def test_help_names_its_keys(path: Path) -> None:
    async with reading(path) as (pilot, _):
        await searched(pilot, "lodz")
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Go to this hit in its account" in drawn(pilot)
        await pilot.press("escape")
        await pilot.pause()
        concordance(pilot)


async def test_a_testimony_withdrawn_elsewhere_does_no_harm(path: Path) -> None:
    from collection import Collection

    async with reading(path) as (pilot, room):
        screen = await searched(pilot, "lodz")
        with Collection.open(path) as other:
            other.withdraw("m-3")
        while "m-3" in room.list.ids:
            await pilot.pause(0.02)
        screen.list.renew()
        await pilot.pause()
        assert "(withdrawn)" in drawn(pilot)
        await pilot.press("s")
        await complete(pilot)
        await pilot.press("g", "enter")
        await settle(pilot)
        assert pilot.app.screen is room


async def test_escape_leaves_while_lines_are_still_being_found(tmp_path: Path) -> None:
    made = [Testimony(id=f"t-{n}", title="T", account="Lodz " * 300) for n in range(40)]
    async with reading(make_collection(tmp_path / "v.json", made)) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter", "c")
        await pilot.pause()
        screen = concordance(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is room
        while any(one.group == "lines" and one.is_running for one in screen.workers):
            await pilot.pause(0.01)
