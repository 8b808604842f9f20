"""Which column of a table is what: asked, remembered, and changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.tui.room import drawn, make_collection, reading, settle, until
from tui.screens.incoming import ImportScreen
from tui.screens.mapping import MappingScreen
from tui.screens.path import PathScreen
from tui.screens.pick import PickScreen
from tui.screens.reading_room import ReadingRoom

TABLE = (
    "Nr;Wer;Was;Bemerkung\n"
    '1;Anna Weiß;"Wir gingen; es war kalt.";[bold]gut\n'
    "2;Josef K.;=1+1 war die Frage.;\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "liste.csv"
    file.write_text(TABLE, "cp1252")
    return file


async def give(pilot: Pilot[None], path: Path) -> None:
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, PathScreen))
    pilot.app.screen.query_one("#path-input", Input).value = str(path)
    await pilot.press("enter")


async def asked(pilot: Pilot[None]) -> MappingScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, MappingScreen))
    screen = pilot.app.screen
    assert isinstance(screen, MappingScreen)
    await until(pilot, lambda: screen.columns.count)
    return screen


async def take_for(pilot: Pilot[None], words: str) -> None:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, PickScreen))
    await pilot.press(*words)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, MappingScreen))


async def looked_at(pilot: Pilot[None]) -> ImportScreen:
    await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    await until(pilot, lambda: screen._looked)
    return screen


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_columns_are_asked_about_and_remembered(
    path: Path, table: Path, size: tuple[int, int]
) -> None:
    async with reading(path, size=size) as (pilot, room):
        await give(pilot, table)
        screen = await asked(pilot)
        assert "cp1252 (found out)" in drawn(pilot) or size[0] < 60
        await pilot.press("ctrl+s")
        assert "No column is the account yet" in drawn(pilot)
        await pilot.press("j")
        await take_for(pilot, "narr")
        await pilot.press("j")
        await take_for(pilot, "words of the test")
        await pilot.press("j", "x")
        assert screen._mapping == {
            "Nr": "extra", "Wer": "narrator.name", "Was": "account", "Bemerkung": ""
        }  # fmt: skip
        await pilot.press("n")
        await until(pilot, lambda: "Josef K." in drawn(pilot) or size[0] < 60)
        await pilot.press("ctrl+s")
        await looked_at(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: pilot.app.screen is room)
        await settle(pilot)
        assert room.collection is not None
        anna, josef = sorted(
            (one for one in room.collection if "Bemerkung" not in one.extra and one.extra),
            key=lambda one: one.narrator.name,
        )
        assert (anna.narrator.name, anna.account) == ("Anna Weiß", "Wir gingen; es war kalt.")
        assert josef.account == "=1+1 war die Frage."
        assert josef.extra == {"Nr": "2"}
        # A table with the same columns is not asked about again.
        await give(pilot, table)
        again = await looked_at(pilot)
        assert again._known.kinds() == {"same": 2}


async def test_how_a_table_is_read_is_changed_from_what_it_brings(path: Path, table: Path) -> None:
    table.write_bytes(("id;title;account\n1;Ёлка;Мы шли.\n").encode("koi8-r"))
    async with reading(path) as (pilot, _):
        await give(pilot, table)
        if isinstance(pilot.app.screen, MappingScreen):
            await pilot.press("ctrl+s")
        await looked_at(pilot)
        await pilot.press("m")
        screen = await asked(pilot)
        await pilot.press("e")
        await until(pilot, lambda: "In which encoding" in drawn(pilot))
        await pilot.press("escape")
        screen._read_anew(encoding="koi8-r")
        await until(pilot, lambda: "Ёлка" in drawn(pilot))
        await pilot.press("ctrl+s")
        await looked_at(pilot)
        assert "Ёлка" in drawn(pilot)


async def test_nothing_is_taken_in_if_one_leaves(path: Path, table: Path) -> None:
    async with reading(path) as (pilot, room):
        await give(pilot, table)
        await asked(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReadingRoom))
        assert len(room.list.ids) == 3


async def test_two_columns_are_not_taken_for_one_thing(path: Path, table: Path) -> None:
    async with reading(path) as (pilot, _):
        await give(pilot, table)
        screen = await asked(pilot)
        screen._take("Nr", "title")
        screen._take("Wer", "title")
        assert screen._mapping["Nr"] == "extra"
        assert screen._mapping["Wer"] == "title"


async def test_transcripts_come_from_a_folder(path: Path, table: Path, tmp_path: Path) -> None:
    table.write_text("objectid,title,interviewee\nx1,The bread,Anna\n")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x1.csv").write_text("speaker,words\nANNA,We queued.\n,Again.\n")
    async with reading(path) as (pilot, _):
        await give(pilot, table)
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen | MappingScreen))
        if isinstance(pilot.app.screen, ImportScreen):
            await looked_at(pilot)
            await pilot.press("m")
        screen = await asked(pilot)
        screen._read_anew(transcripts=tmp_path / "texts")
        await until(pilot, lambda: "transcripts in" in drawn(pilot))
        await pilot.press("ctrl+s")
        done = await looked_at(pilot)
        (number,) = done._known.of("new")
        read = done._known.verdict(number).read
        assert read is not None
        assert "We queued." in read.account
        assert read.turns[0].speaker == "ANNA"
