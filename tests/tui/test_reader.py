"""The reader as a reader has it: every account literally, hits in place, the place kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App, ComposeResult

from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from textual.message import Message
    from textual.strip import Strip

LINES = "\n".join(f"line {number}" for number in range(200))
WORDS = "in the beginning there was a word " * 500
HEBREW = "שלום עולם abc"


class ReaderApp(App[None]):
    """One reader, and what it said."""

    CSS = "Reader { padding: 0; }"

    def __init__(self, **options: object) -> None:
        super().__init__()
        self.options = options
        self.heard: list[Message] = []

    def compose(self) -> ComposeResult:
        yield Reader(**self.options)  # type: ignore[arg-type]

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def on_reader_hit_moved(self, message: Reader.HitMoved) -> None:
        self.heard.append(message)

    def on_reader_scrolled(self, message: Reader.Scrolled) -> None:
        self.heard.append(message)


def strips(reader: Reader) -> list[Strip]:
    """Give what is drawn, line by line, as the screen gets it."""
    return reader.render_lines(reader.size.region)


def drawn(reader: Reader) -> list[str]:
    return [strip.text.rstrip() for strip in strips(reader)]


def styled(reader: Reader, attribute: str) -> list[str]:
    """Give the texts that are drawn with an attribute."""
    return [
        segment.text
        for strip in strips(reader)
        for segment in strip
        if segment.style and getattr(segment.style, attribute)
    ]


async def test_heading_text_and_placeholder() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 6)) as pilot:
        reader = app.reader
        assert drawn(reader) == [""] * 6
        reader.show("", placeholder="Nothing [is] here.")
        await pilot.pause()
        assert drawn(reader)[0] == "Nothing [is] here."
        reader.show("Told.", heading=[("Title", "reader--heading"), "plain"], placeholder="no")
        await pilot.pause()
        assert drawn(reader) == ["Title", "plain", "", "Told.", "", ""]
        assert styled(reader, "bold")[0] == "Title"
        reader.show("Told.", heading=["with its own blank", ""])
        await pilot.pause()
        assert drawn(reader)[:3] == ["with its own blank", "", "Told."]
        reader.show("")
        await pilot.pause()
        assert drawn(reader) == [""] * 6
        assert (reader.hit_count, reader.percent, reader.fraction) == (0, 100, 1.0)


async def test_shown_before_there_is_room() -> None:
    class Early(ReaderApp):
        def on_mount(self) -> None:
            self.reader.show(LINES, marks=[(0, 4)], at=LINES.index("line 150"))

    app = Early()
    async with app.run_test(size=(30, 9)) as pilot:
        await pilot.pause()
        assert "line 150" in drawn(app.reader)


async def test_hidden_and_shown_again() -> None:
    Reader().show(LINES, marks=[(0, 4)])
    app = ReaderApp()
    async with app.run_test(size=(30, 9)) as pilot:
        app.reader.display = False
        await pilot.pause()
        app.reader.show(LINES, marks=[(0, 4), (LINES.index("line 99"), LINES.index("line 99") + 4)])
        assert app.reader.go_to_hit(-1)
        app.reader.display = True
        await pilot.pause()
        assert "line 99" in drawn(app.reader)


async def test_keys() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 11)) as pilot:
        reader = app.reader
        reader.show(LINES)
        reader.focus()
        await pilot.pause()
        tops = []
        for key in ("j", "down", "k", "up", "pagedown", "space", "pageup", "b", "ctrl+d", "ctrl+u",
                    "G", "j", "g", "end", "home", "k"):  # fmt: skip
            await pilot.press(key)
            tops.append(round(reader.scroll_y))
        assert tops == [1, 2, 1, 0, 10, 20, 10, 0, 5, 0, 189, 189, 0, 189, 0, 0]


async def test_hits() -> None:
    places = [LINES.index(f"line {number}") for number in (3, 50, 150)]
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        reader = app.reader
        reader.show(LINES, heading=["Title"], marks=[(at, at + 6) for at in places])
        await pilot.pause()
        assert (reader.hit_count, reader.hit_index) == (3, -1)
        assert not reader.previous_hit()
        assert styled(reader, "underline") == ["line 3"]
        assert styled(reader, "reverse") == []
        for index, shown in enumerate(("line 3", "line 50", "line 150")):
            assert reader.next_hit()
            await pilot.pause()
            assert reader.hit_index == index
            assert shown in drawn(reader)
            assert styled(reader, "reverse") == [shown[:6]]
        assert not reader.next_hit()
        assert reader.hit_index == 2
        assert reader.previous_hit()
        assert reader.go_to_hit(0)
        assert not reader.previous_hit()
        assert not reader.go_to_hit(3)
        assert reader.go_to_hit(-1)
        assert reader.hit_index == 2
        await pilot.pause()
        moved = [message for message in app.heard if isinstance(message, Reader.HitMoved)]
        assert [message.index for message in moved] == [-1, 0, 1, 2, 1, 0, 2]
        assert {message.total for message in moved} == {3}
        assert moved[0].control is reader


async def test_other_hits_in_the_same_account() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        reader = app.reader
        reader.show(LINES, marks=[(0, 4), (7, 11)])
        reader.go_to_hit(1)
        reader.set_marks([(7, 11), (14, 18)])
        await pilot.pause()
        assert (reader.hit_index, reader.hit_count) == (0, 2)
        assert styled(reader, "reverse") == ["line"]
        reader.set_marks([(14, 18)])
        assert reader.hit_index == -1
        reader.set_marks([])
        await pilot.pause()
        assert styled(reader, "underline") == []


async def test_marks_that_make_no_sense_are_cut() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        reader = app.reader
        reader.show("abcdef", heading=["Title"], marks=[(4, 99), (-5, 1), (2, 2), (3, 1), (0, 2)])
        await pilot.pause()
        assert styled(reader, "underline") == ["ab", "ef"]
        assert reader.hit_count == 3


async def test_a_hit_over_several_lines() -> None:
    app = ReaderApp()
    async with app.run_test(size=(12, 12)) as pilot:
        reader = app.reader
        reader.show("one two three four five six", marks=[(4, 23)])
        reader.next_hit()
        await pilot.pause()
        assert [text.strip() for text in styled(reader, "reverse")] == ["two", "three four", "five"]


async def test_opening_at_an_offset() -> None:
    at = LINES.index("line 120")
    app = ReaderApp()
    async with app.run_test(size=(30, 12)) as pilot:
        reader = app.reader
        reader.show(LINES, marks=[(0, 4), (at, at + 8)], at=at)
        await pilot.pause()
        assert "line 120" in drawn(reader)
        assert reader.hit_index == 1
        reader.show(LINES, at=10**9)
        await pilot.pause()
        assert "line 199" in drawn(reader)
        reader.show(LINES)
        await pilot.pause()
        assert drawn(reader)[0] == "line 0"


@pytest.mark.parametrize("measure", [0, 30])
async def test_the_place_is_kept_when_the_width_changes(measure: int) -> None:
    text = " ".join(f"word{number}" for number in range(5000))
    app = ReaderApp(measure=measure)
    async with app.run_test(size=(60, 12)) as pilot:
        reader = app.reader
        reader.show(text, heading=["Title"])
        reader.focus()
        await pilot.press("space", "space", "space", "j")
        first = drawn(reader)[0].split()[0]
        for columns, rows in ((31, 12), (47, 30), (24, 5), (60, 12)):
            await pilot.resize_terminal(columns, rows)
            await pilot.pause()
            assert first in drawn(reader)[0].split()
        assert drawn(reader)[0].split()[0] == first
        await pilot.press("G")
        last = drawn(reader)[-1]
        await pilot.resize_terminal(50, 20)
        await pilot.resize_terminal(60, 12)
        assert drawn(reader)[-1] == last


async def test_measure() -> None:
    app = ReaderApp(measure=20)
    async with app.run_test(size=(60, 12)) as pilot:
        app.reader.show(WORDS)
        await pilot.pause()
        assert max(map(len, drawn(app.reader))) <= 20


async def test_progress_is_told() -> None:
    app = ReaderApp()
    async with app.run_test(size=(30, 10)) as pilot:
        reader = app.reader
        app.heard.clear()
        reader.show(LINES)
        reader.focus()
        await pilot.press("G")
        assert reader.percent == 100
        await pilot.press("g")
        await pilot.pause()
        assert reader.percent == 0
        told = [message.fraction for message in app.heard if isinstance(message, Reader.Scrolled)]
        assert told == [0.0, 1.0, 0.0]


async def test_turns() -> None:
    starts = [LINES.index(f"line {number}\n") for number in (0, 40, 80)]
    app = ReaderApp()
    async with app.run_test(size=(30, 10)) as pilot:
        reader = app.reader
        reader.show(LINES, turns=starts)
        reader.focus()
        tops = []
        for key in ("right_curly_bracket",) * 3 + ("left_curly_bracket",) * 3:
            await pilot.press(key)
            tops.append(drawn(reader)[0])
        assert tops == ["line 40", "line 80", "line 80", "line 40", "line 0", "line 0"]


async def test_right_to_left_stands_right_and_hits_are_where_they_are_seen() -> None:
    app = ReaderApp(measure=20)
    async with app.run_test(size=(40, 6)) as pilot:
        reader = app.reader
        reader.show(f"{HEBREW}\nlatin", marks=[(0, 4), (10, 13)])
        await pilot.pause()
        assert drawn(reader)[0] == "abc םלוע םולש".rjust(20)
        assert drawn(reader)[1] == "latin"
        assert styled(reader, "underline") == ["abc", "םולש"]


async def test_order_left_to_the_terminal() -> None:
    app = ReaderApp(bidi="terminal")
    async with app.run_test(size=(40, 6)) as pilot:
        app.reader.show(HEBREW)
        await pilot.pause()
        assert drawn(app.reader)[0] == HEBREW


async def select(
    pilot: object, reader: Reader, start: tuple[int, int], end: tuple[int, int]
) -> str | None:
    await pilot.mouse_down(reader, offset=start)  # type: ignore[attr-defined]
    await pilot.hover(reader, offset=end)  # type: ignore[attr-defined]
    await pilot.mouse_up(reader, offset=end)  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    return reader.screen.get_selected_text()


async def test_a_selected_passage_is_copied_as_it_was_given() -> None:
    text = "one\ttwo [three]\nfour \x1b five six seven\n\nlast"
    app = ReaderApp()
    async with app.run_test(size=(16, 12)) as pilot:
        reader = app.reader
        reader.show(text)
        await pilot.pause()
        assert drawn(reader)[:6] == ["one two [three]", "four ␛ five six", "seven", "", "last", ""]
        assert await select(pilot, reader, (4, 0), (6, 0)) == "two"
        assert await select(pilot, reader, (8, 0), (2, 2)) == "[three]\nfour \x1b five six sev"
        assert await select(pilot, reader, (2, 2), (8, 0)) == "[three]\nfour \x1b five six sev"
        assert await select(pilot, reader, (9, 2), (1, 4)) == "\n\nla"
        assert await select(pilot, reader, (3, 10), (0, 4)) == "last"
        reader.text_select_all()
        await pilot.pause()
        assert reader.screen.get_selected_text() == text


async def test_selecting_right_to_left_text_gives_it_in_stored_order() -> None:
    app = ReaderApp(measure=20)
    async with app.run_test(size=(40, 6)) as pilot:
        reader = app.reader
        reader.show(f"{HEBREW}\nשורה")
        await pilot.pause()
        # Drawn: seven blanks, then "abc םלוע םולש" in columns 7 to 19.
        assert await select(pilot, reader, (19, 0), (16, 0)) == "שלום"
        assert await select(pilot, reader, (17, 0), (13, 0)) == HEBREW[2:7]
        assert await select(pilot, reader, (30, 0), (16, 0)) == "שלום"
        assert await select(pilot, reader, (11, 0), (2, 0)) == HEBREW[8:]
        assert await select(pilot, reader, (13, 0), (18, 1)) == HEBREW[6:] + "\nשו"


async def test_selecting_wide_characters() -> None:
    app = ReaderApp()
    async with app.run_test(size=(40, 6)) as pilot:
        app.reader.show("字e\u0301母x")
        await pilot.pause()
        assert await select(pilot, app.reader, (3, 0), (5, 0)) == "母x"


async def test_a_selection_does_not_outlive_its_lines() -> None:
    app = ReaderApp()
    async with app.run_test(size=(40, 6)) as pilot:
        app.reader.show(WORDS)
        await pilot.pause()
        assert await select(pilot, app.reader, (0, 0), (5, 0)) == "in the"
        await pilot.resize_terminal(20, 6)
        for _ in range(100):
            if app.reader.screen.get_selected_text() is None:
                break
            await pilot.pause(0.01)
        assert app.reader.screen.get_selected_text() is None
        assert await select(pilot, app.reader, (0, 0), (5, 0)) == "in the"
        app.reader.show("other")
        await pilot.pause()
        assert app.reader.screen.get_selected_text() is None


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "textual-light", "textual-dark"])
async def test_hits_are_seen_without_colour(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = ReaderApp()
    async with app.run_test(size=(30, 6)) as pilot:
        app.theme = theme
        app.reader.show("one two three", marks=[(0, 3), (4, 7)])
        app.reader.next_hit()
        await pilot.pause()
        assert styled(app.reader, "reverse") == ["one"]
        assert styled(app.reader, "bold") == ["one"]
        assert styled(app.reader, "underline") == ["two"]
