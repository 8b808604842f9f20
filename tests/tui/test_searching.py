"""Searching off the loop, completions, progress, and the way from hit to hit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from collection import Collection, Testimony
from tests.tui.room import answered, drawn, make_collection, reading, settle
from tui.screens.reading_room import ReadingRoom


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end, drawn(pilot)
        await pilot.pause(0.005)


def offered(room: ReadingRoom) -> list[str]:
    return [one.name for one in room.search_bar.completions._offered]


class Held:
    """Searches that wait until they are let go, one permit for each."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._gate = threading.Semaphore(0)
        search = Collection.search

        def held(collection: Collection, query: str, *args: Any, **options: Any) -> Any:
            self.asked.append(query)
            self._gate.acquire(timeout=10)
            return search(collection, query, *args, **options)

        monkeypatch.setattr(Collection, "search", held)

    def let_go(self, count: int = 1) -> None:
        self._gate.release(count)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    holding = Held(monkeypatch)
    yield holding
    holding.let_go(100)


# --- off the loop ---------------------------------------------------------------------------


async def test_while_a_search_runs_letters_are_taken_and_only_the_last_is_searched_for(
    path: Path, held: Held
) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", "l")
        await until(pilot, lambda: held.asked == ["l"])
        await pilot.press("o", "d", "z")
        await pilot.pause()
        assert room.search_bar.words.value == "lodz"
        assert len(room.list.ids) == 3
        held.let_go(1)
        await until(pilot, lambda: held.asked == ["l", "lodz"])
        # What `l` found is older than what is asked for now.
        assert room._results is None
        held.let_go(1)
        await answered(pilot, room)
        assert [*room.list.ids] == ["m-3", "m-2"]


async def test_an_answer_that_comes_after_the_search_was_cleared_is_not_shown(
    path: Path, held: Held
) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz")
        await until(pilot, lambda: bool(held.asked))
        await pilot.press("escape")
        await pilot.pause()
        held.let_go(5)
        await settle(pilot)
        await pilot.pause(0.05)
        assert len(room.list.ids) == 3
        assert room._results is None


async def test_keys_typed_behind_the_words_act_on_what_these_find(path: Path) -> None:
    async with reading(path) as (pilot, room):
        for key in ("slash", *"lodz", "enter", "j", "enter"):
            pilot.app.simulate_key(key)
        await settle(pilot)
        await until(pilot, lambda: room.reader.has_focus)
        assert room.search_bar.words.value == "lodz"
        assert [*room.list.ids] == ["m-3", "m-2"]
        assert room.list.selected == "m-2"


@pytest.mark.parametrize("key", ["down", "tab"])
async def test_other_keys_leave_the_search_bar_too(path: Path, key: str) -> None:
    async with reading(path) as (pilot, room):
        for one in ("slash", *"lodz", key, "n"):
            pilot.app.simulate_key(one)
        await settle(pilot)
        await until(pilot, lambda: room.reader.hit_index == 0)
        assert room.list.selected == "m-3"


async def test_a_key_does_not_wait_for_ever(path: Path, held: Held) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await pilot.press("z")
        await until(pilot, lambda: room.zoomed)
        held.let_go(5)
        await settle(pilot)


async def test_a_search_that_is_repeated_keeps_the_place_in_the_account(tmp_path: Path) -> None:
    long = Testimony(id="x", title="Long", account="Lodz and\n\n" * 500, created="2026")
    path = make_collection(tmp_path / "v.json", [long])
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter", "n", "enter")
        await settle(pilot)
        for _ in range(60):
            await pilot.press("n")
        await settle(pilot)
        at, hit = room.reader.scroll_y, room.reader.hit_index
        assert at > 0
        room.refill(keep=True)
        await settle(pilot)
        assert (room.reader.scroll_y, room.reader.hit_index) == (at, hit)


# --- completions ----------------------------------------------------------------------------


async def test_names_are_offered_below_the_words_and_taken_with_right(path: Path) -> None:
    async with reading(path) as (pilot, room):
        top = room.list.region.y
        await pilot.press("slash")
        await pilot.pause()
        assert room.list.region.y == top
        await pilot.press("t", "e")
        await settle(pilot)
        await until(pilot, lambda: "Terezín" in offered(room))
        assert room.list.region.y == top + 1
        assert "Terezín place 1" in drawn(pilot).split("\n")[2]
        await pilot.press("right")
        await settle(pilot)
        assert room.search_bar.words.value == "Terezín "
        assert [*room.list.ids] == ["m-1"]
        # Nothing more to offer: the line stays, so that the list does not jump.
        await until(pilot, lambda: not offered(room))
        assert room.list.region.y == top + 1
        await pilot.press("enter")
        await settle(pilot)
        assert room.list.has_focus
        assert room.list.region.y == top


async def test_one_moves_among_the_names_and_clicks_one(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", "h")
        await settle(pilot)
        await until(pilot, lambda: {"Hunger", "Hiding"} <= set(offered(room)))
        first = room.search_bar.completions.chosen
        await pilot.press("ctrl+n")
        await pilot.pause()
        second = room.search_bar.completions.chosen
        assert first is not None
        assert second is not None
        assert first.name != second.name
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert room.search_bar.completions.chosen == first
        line = drawn(pilot).split("\n")[2]
        await pilot.click(room.search_bar.completions, offset=(line.index(second.name) + 1, 0))
        await settle(pilot)
        assert room.search_bar.words.value == second.query
        assert room.search_bar.words.has_focus


async def test_right_moves_the_cursor_where_it_is_not_at_the_end(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"te", "left", "right")
        await settle(pilot)
        assert room.search_bar.words.value == "te"
        assert room.search_bar.words.cursor_position == 2


async def test_right_takes_what_is_offered_for_the_words_as_they_stand(
    path: Path, held: Held
) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"tere", "right")
        held.let_go(10)
        await until(pilot, lambda: room.search_bar.words.value == "Terezín ")


async def test_nothing_is_offered_where_only_what_was_typed_is_left(path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"terezin")
        await settle(pilot)
        await pilot.pause(0.05)
        assert offered(room) == []
        await pilot.press("ctrl+p")
        await pilot.pause()
        assert pilot.app.screen is not room  # the palette


@pytest.mark.parametrize("size", [(40, 12), (20, 8)], ids=str)
async def test_names_are_cut_to_the_width_and_the_highlighted_one_is_seen(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    names = ["Hidden river town", "Hill [of] \x1b[31mcrows", "Himmelstadt", "Hinterland 北京"]
    made = [
        Testimony(id=f"t-{n}", title="T", account="x", places=[n_]) for n, n_ in enumerate(names)
    ]
    async with reading(make_collection(tmp_path / "v.json", made), size=size) as (pilot, room):
        await pilot.press("slash", "h", "i")
        await until(pilot, lambda: len(offered(room)) == 4)
        for _ in range(4):
            chosen = room.search_bar.completions.chosen
            assert chosen is not None
            await pilot.pause()
            line = drawn(pilot).split("\n")[2]
            assert chosen.name[:4] in line
            assert "\x1b" not in line
            await pilot.press("ctrl+n")


async def test_a_problem_of_the_query_is_said_below_in_a_narrow_window_too(path: Path) -> None:
    async with reading(path, size=(40, 12)) as (pilot, room):
        await pilot.press("slash", *'lodz "terez')
        await settle(pilot)
        assert "is not closed" in " ".join(drawn(pilot).split())
        assert pilot.app.screen is room
        assert room.list.region.height >= 3


# --- progress -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "told"), [(100, "· reading accounts ▰▰▰▱▱ 66 %"), (40, "3 testimonies ▰▰▰▱▱")]
)
async def test_progress_is_drawn_while_accounts_are_read(path: Path, width: int, told: str) -> None:
    from tui.background import IndexProgress

    async with reading(path, size=(width, 20)) as (pilot, room):
        assert "▰" not in drawn(pilot)
        assert room.collection is not None
        room.post_message(IndexProgress(room.collection, 1))
        await until(pilot, lambda: told in drawn(pilot))
        room.post_message(IndexProgress(room.collection, 0))
        await until(pilot, lambda: "▰" not in drawn(pilot))


async def test_progress_in_ascii(path: Path) -> None:
    from tui.background import IndexProgress

    async with reading(path, size=(100, 20), ascii=True) as (pilot, room):
        assert room.collection is not None
        room.post_message(IndexProgress(room.collection, 1))
        await pilot.pause()
        written = room.search_bar.query_one("#search-status").render_line(0)
        shown = written.apply_filter(pilot.app.get_line_filters()[-1], room.background_colors[0])
        assert "###.. 66 %" in shown.text


async def test_what_is_found_later_appears_with_the_selection_kept(path: Path) -> None:
    from tui.background import IndexProgress

    async with reading(path) as (pilot, room):
        collection = room.collection
        assert collection is not None
        await pilot.press("slash", *"lodz", "down", "j")
        await settle(pilot)
        assert room.list.selected == "m-2"
        # As while accounts are still being read: another one can be found a moment later.
        collection.add(Testimony(id="m-0", title="Lodz first", account="Lodz", places=["Łódź"]))
        results = room._results
        assert results is not None
        object.__setattr__(results, "_found", _partial(results._found))
        room.post_message(IndexProgress(collection, 0))
        await until(pilot, lambda: len(room.list.ids) == 3)
        assert room.list.selected == "m-2"


def _partial(found: Any) -> Any:
    import msgspec

    return msgspec.structs.replace(found, partial=True)


# --- from hit to hit ------------------------------------------------------------------------


def many(count: int, *, hits: tuple[int, ...]) -> list[Testimony]:
    return [
        Testimony(
            id=f"t-{n:04}",
            title=f"T {n}",
            account="Lodz one. Lodz two." if n in hits else "Nothing.",
            places=["Łódź"],
            date=f"{2020 - n // 365}-01-01",
        )
        for n in range(count)
    ]


async def test_n_and_capital_n_go_over_testimonies_without_a_hit(tmp_path: Path) -> None:
    made = many(900, hits=(3, 897))
    async with reading(make_collection(tmp_path / "v.json", made)) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        first = room.list.selected
        assert room.reader.hit_index == 0
        await pilot.press("n", "n")
        await settle(pilot)
        second = room.list.selected
        assert {first, second} == {"t-0003", "t-0897"}
        assert room.reader.hit_index == 0
        await pilot.press("N")
        await settle(pilot)
        assert room.list.selected == first
        assert room.reader.hit_index == 1
        # From the account it works alike.
        await pilot.press("enter", "n")
        await settle(pilot)
        assert room.reader.has_focus
        assert room.list.selected == second
        await pilot.press("N")
        await settle(pilot)
        assert (room.list.selected, room.reader.hit_index) == (first, 1)


async def test_several_n_in_one_go_are_all_taken(tmp_path: Path) -> None:
    made = many(60, hits=(3, 30, 57))
    async with reading(make_collection(tmp_path / "v.json", made)) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        for _ in range(6):
            pilot.app.simulate_key("n")
        await settle(pilot)
        assert room.reader.hit_index == 1
        marked = [n for n, id in enumerate(room.list.ids) if id in ("t-0003", "t-0030", "t-0057")]
        assert room.list.cursor == marked[-1]


async def test_a_phrase_is_one_hit(tmp_path: Path) -> None:
    one = Testimony(id="p", title="P", account="Forced labour. And forced labour.")
    async with reading(make_collection(tmp_path / "v.json", [one])) as (pilot, room):
        await pilot.press("slash", *'"forced labour"', "enter")
        await settle(pilot)
        assert room.reader.hit_count == 2


async def test_esc_stops_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui import finding

    made = many(5, hits=(0, 4))
    async with reading(make_collection(tmp_path / "v.json", made)) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        before = room.list.selected
        ready = threading.Event()
        monkeypatch.setattr(finding, "look_ahead", lambda *_, **__: ready.wait(10) and None)
        await pilot.press("n", "n", "n")
        await until(pilot, lambda: "Looking for the next account" in drawn(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert room.is_settled
        assert room.list.selected == before
        ready.set()
