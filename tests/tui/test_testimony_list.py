from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tui.widgets.testimony_list import Row, TestimonyList

HOSTILE = [
    "[/]",
    "[laughs] yes",
    "[bold red]x[/bold red]",
    "\x1b[2J\x1b]0;owned\x07",
    "\x9b31m",
    "nul\x00here",
    "\u202eevil\u202c",
    "ירושלים و حلب",
    "京都" * 50,
    "e" + "\u0301" * 200,
    "👨‍👩‍👧‍👦",
    "\ud800",
    "[" * 1000,
    "a\nb\r\nc\td",
    "x" * 1_000_000,
]


class ListApp(App[None]):
    def __init__(self, row_of: Callable[[str], Row]) -> None:
        super().__init__()
        self.row_of = row_of
        self.highlighted: list[str | None] = []
        self.opened = 0

    def compose(self) -> ComposeResult:
        yield TestimonyList(self.row_of)

    def on_mount(self) -> None:
        self.query_one(TestimonyList).focus()

    def on_testimony_list_highlighted(self, event: TestimonyList.Highlighted) -> None:
        self.highlighted.append(event.id)

    def on_testimony_list_opened(self) -> None:
        self.opened += 1


def row(id: str) -> Row:
    return Row("1945-06-18", f"Narrator {id}", f"Title {id}", ["Łódź"], ["Hunger"], "place Łódź")


def lines(pilot: Pilot[None]) -> list[str]:
    app = pilot.app
    return [strip.text for strip in app.screen._compositor.render_strips(app.size)]


async def filled(pilot: Pilot[None], ids: Sequence[str]) -> TestimonyList:
    widget = pilot.app.query_one(TestimonyList)
    widget.fill(ids)
    await pilot.pause()
    return widget


async def test_a_row_shows_date_narrator_title_places_themes_and_why() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        await filled(pilot, ["a", "b"])
        first, second = lines(pilot)[:2]
    assert first.startswith("▌ 1945-06-18")
    assert "Narrator a — Title a" in first
    assert "place Łódź" in second
    assert "Łódź · Hunger" in second


async def test_the_narrator_is_not_said_twice() -> None:
    def named(id: str) -> Row:
        return Row("1945", "Hana V.", "Hana V., on Terezín", [], [])

    async with ListApp(named).run_test(size=(80, 10)) as pilot:
        await filled(pilot, ["a"])
        assert "Hana V., on Terezín" in lines(pilot)[0]
        assert lines(pilot)[0].count("Hana") == 1


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        ("j", 1), ("jj", 2), ("jk", 0), ("k", 0), ("G", 99), ("Gg", 0), ("Gj", 99),
    ],
)  # fmt: skip
async def test_letters_move(keys: str, at: int) -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, [str(n) for n in range(100)])
        await pilot.press(*keys)
        assert widget.cursor == at
        assert any(line.startswith("▌") for line in lines(pilot))


@pytest.mark.parametrize(
    ("keys", "at"),
    [
        (["down", "down", "up"], 1),
        (["pagedown"], 5),
        (["pagedown", "pageup"], 0),
        (["ctrl+d"], 2),
        (["ctrl+d", "ctrl+u"], 0),
        (["end"], 99),
        (["end", "home"], 0),
    ],
)
async def test_keys_move(keys: list[str], at: int) -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, [str(n) for n in range(100)])
        await pilot.press(*keys)
        assert widget.cursor == at


async def test_a_click_selects_and_a_double_click_opens() -> None:
    app = ListApp(row)
    async with app.run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, ["a", "b", "c"])
        await pilot.click(TestimonyList, offset=(5, 3))
        assert widget.selected == "b"
        assert app.opened == 0
        await pilot.click(TestimonyList, offset=(5, 3), times=2)
        await pilot.pause()
        assert app.opened == 1


async def test_the_selection_is_kept_by_identifier_over_a_refill() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, ["a", "b", "c"])
        widget.select("c")
        widget.fill(["c", "d", "a"], select="c")
        assert widget.selected == "c"
        widget.fill(["d", "a"], select="c")
        assert widget.selected == "d"
        assert not widget.select("zzz")
        assert widget.selected == "d"


async def test_every_change_of_the_selection_is_told() -> None:
    app = ListApp(row)
    async with app.run_test(size=(80, 10)) as pilot:
        widget = await filled(pilot, ["a", "b"])
        await pilot.press("j")
        widget.fill([])
        await pilot.pause()
    assert app.highlighted == ["a", "b", None]


async def test_an_empty_list_says_why() -> None:
    async with ListApp(row).run_test(size=(30, 10)) as pilot:
        widget = await filled(pilot, [])
        widget.explain("Nothing matches [/] “lodz”.", "Esc clears the search.")
        await pilot.pause()
        text = "\n".join(lines(pilot))
        assert "Nothing matches [/] “lodz”." in text
        assert "Esc clears the search." in text
        await pilot.press("j", "k", "G", "g", "enter", "pagedown")
        assert widget.selected is None


async def test_marks_fall_on_the_words() -> None:
    async with ListApp(row).run_test(size=(80, 10)) as pilot:
        widget = pilot.app.query_one(TestimonyList)
        widget.fill(["a"], marker=lambda text: [(0, 4)] if text == "Łódź" else [])
        await pilot.pause()
        style = widget.get_component_rich_style("testimony-list--mark", partial=True)
        marked = [
            segment.text
            for segment in widget.render_line(1)
            if segment.style and segment.style.underline == style.underline
        ]
    assert marked == ["Łódź"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [120, 40, 7, 1])
async def test_any_text_is_drawn_and_none_is_obeyed(text: str, width: int) -> None:
    def hostile(id: str) -> Row:
        return Row(text, text, text, [text, text], [text], text)

    async with ListApp(hostile).run_test(size=(width, 8)) as pilot:
        widget = pilot.app.query_one(TestimonyList)
        widget.fill(["a", "b"], marker=lambda text: [(0, min(3, len(text)))])
        await pilot.pause()
        drawn = [widget.render_line(y) for y in range(4)]
    for strip in drawn:
        assert strip.cell_length <= max(width, 1)
        assert all(c.isprintable() or c in "\u034f\u200c" for c in strip.text), strip.text


async def test_a_hundred_thousand_rows_draw_only_what_is_seen() -> None:
    asked: list[str] = []

    def counted(id: str) -> Row:
        asked.append(id)
        return row(id)

    async with ListApp(counted).run_test(size=(80, 20)) as pilot:
        await filled(pilot, [str(n) for n in range(100_000)])
        await pilot.press("G", "g", "j")
        assert len(set(asked)) < 60
