"""Exporting and citing on the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from collection import Testimony
from collection.testimony import Access, Narrator, Restriction, Turn
from tests.tui.room import MADE, drawn, make_collection, reading, settle, steady, until
from tests.tui.test_keeping import give_path, told
from tui.screens.choice import ChoiceScreen
from tui.screens.cite import CiteScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.path import PathScreen

TOLD = Testimony(
    id="t-1",
    title="The bridge",
    narrator=Narrator("Oleg", "pseudonym", "Pavel Ivanov"),
    interviewers=["Ruth Stone"],
    date="circa 1943",
    account="When was it?\n\nIn the winter. It was very cold there.",
    turns=[Turn(0, "RS", 0.0), Turn(14, "O", 75.0)],
)
SEALED = Testimony(id="t-2", title="S", account="S", access=Access(record=Restriction("private")))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What reaches the terminal's clipboard; programs of the desktop get nothing."""
    texts: list[str] = []
    monkeypatch.setattr("textual.app.App.copy_to_clipboard", lambda _, text: texts.append(text))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    return texts


async def choose_format(pilot: Pilot[None], label: str) -> None:
    """Take what is meant first, then a format by the beginning of its line."""
    await pilot.press("enter")
    await until(pilot, lambda: " as … (" in drawn(pilot).replace("\n", " "))
    screen = pilot.app.screen
    assert isinstance(screen, ChoiceScreen)
    options = screen.query_one("OptionList")
    places = [str(one.prompt).strip(" ●") for one in options.options]
    options.highlighted = next(n for n, text in enumerate(places) if text.startswith(label))
    await pilot.press("enter")
    await pilot.pause()


# --- exporting -------------------------------------------------------------------------------


async def test_a_page_of_what_is_listed(path: Path, tmp_path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("x")
        await choose_format(pilot, "HTML page")
        assert pilot.app.screen.query_one("#path-input").value == "voices-export.html"
        await give_path(pilot, tmp_path / "page")
        assert "Wrote 3 testimonies" in told(room)
        assert "v first reveals them" in told(room)
        assert room.settings["export_format"] == "html"
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "Behind the wardrobe" in page
    assert "She still lives there" not in page


async def test_a_folder_of_documents_is_replaced_only_when_asked(
    path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    async with reading(path) as (pilot, room):
        for answer in ("", "n", "y"):
            await pilot.press("x")
            await choose_format(pilot, "Word document")
            await give_path(pilot, folder)
            assert isinstance(pilot.app.screen, ConfirmScreen) is bool(answer)
            if answer:
                (folder / "m-1.docx").write_text("mine")
                (folder / "other").write_text("mine")
                await pilot.press(answer)
                await settle(pilot)
            assert ("3 files" in told(room)) is (answer != "n")
            if answer == "n":
                assert (folder / "m-1.docx").read_text() == "mine"
            room.app.clear_notifications()
    assert sorted(one.name for one in folder.iterdir()) == [
        "m-1.docx",
        "m-2.docx",
        "m-3.docx",
        "other",
    ]
    assert (folder / "m-1.docx").read_bytes().startswith(b"PK")


async def test_the_selected_one_and_the_whole_collection(path: Path, tmp_path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("slash", *"lodz", "enter")
        await settle(pilot)
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoiceScreen))
        screen = drawn(pilot)
        assert "What is listed: 2" in screen
        assert "The whole collection: 3" in screen
        selected = room.list.selected
        await pilot.press("down", "enter", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, PathScreen))
        assert pilot.app.screen.query_one("#path-input").value == f"{selected}.jsonl"
        await give_path(pilot, tmp_path / "one.jsonl")
    (line,) = (tmp_path / "one.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["id"] == selected


async def test_the_collection_itself_is_not_written_over(path: Path) -> None:
    before = path.read_bytes()
    async with reading(path) as (pilot, room):
        await pilot.press("x", "enter", "enter")
        await give_path(pilot, path)
        await pilot.press("y")
        await settle(pilot)
        assert "belongs to the collection" in told(room)
        assert path.read_bytes() == before


async def test_escape_stops_an_export_and_leaves_nothing(tmp_path: Path) -> None:
    many = [Testimony(id=f"n-{n}", title=f"T {n}", account="words") for n in range(60)]
    path = make_collection(tmp_path / "voices.json", many)
    async with reading(path) as (pilot, room):
        go_on = room._progress_to

        def stop_at_once(total: int):  # type: ignore[no-untyped-def]
            inner = go_on(total)

            def told_of(number: int) -> None:
                if number == 2:
                    room.call_later(room.action_back)
                    assert room._stop_writing.wait(5)
                inner(number)

            return told_of

        room._progress_to = stop_at_once
        await pilot.press("x")
        await choose_format(pilot, "Word document")
        await give_path(pilot, tmp_path / "out")
        assert "Stopped; nothing was written." in told(room)
    assert sorted(one.name for one in tmp_path.glob("*out*")) == []


async def test_nothing_is_exported_of_nothing(tmp_path: Path) -> None:
    async with reading(make_collection(tmp_path / "empty.json", [])) as (pilot, room):
        await pilot.press("x")
        await pilot.pause()
        assert "nothing to export" in told(room)


# --- citing ----------------------------------------------------------------------------------


async def test_a_citation_is_seen_copied_and_its_form_remembered(
    tmp_path: Path, copied: list[str]
) -> None:
    path = make_collection(tmp_path / "voices.json", [TOLD])
    async with reading(path) as (pilot, room):
        await pilot.press("Y")
        await until(pilot, lambda: isinstance(pilot.app.screen, CiteScreen))
        assert "interview by Ruth Stone, ca. 1943" in drawn(pilot)
        await pilot.press("j", "j", "enter")
        await pilot.pause()
        assert copied == [
            "Oleg (pseudonym). “The bridge.” Conducted by Ruth Stone, ca. 1943, t-1. Interview."
        ]
        assert "Copied: Oleg" in told(room)
        assert room.settings["citation"] == "mla"
        await pilot.press("v", "Y")
        await until(pilot, lambda: "the real name is shown" in drawn(pilot))
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is room
        assert len(copied) == 1


async def test_the_passage_under_the_mouse_is_cited(tmp_path: Path, copied: list[str]) -> None:
    path = make_collection(tmp_path / "voices.json", [TOLD])
    async with reading(path) as (pilot, room):
        reader = room.reader
        line = next(
            n
            for n, _ in enumerate(reader._document.lines)
            if "very cold" in reader._document.line(n).text
        )
        column = reader._document.line(line).text.index("very")
        area = reader.content_region
        x, y = area.x - reader.region.x, area.y - reader.region.y + line
        await pilot.mouse_down(reader, offset=(x + column, y))
        await pilot.hover(reader, offset=(x + column + 9, y))
        await pilot.mouse_up(reader, offset=(x + column + 9, y))
        await pilot.pause()
        start, end = reader.passage or (0, 0)
        assert TOLD.account[start:end].startswith("very col")
        await pilot.press("Y", "w")
        await until(pilot, lambda: "para. 2" in drawn(pilot))
        await pilot.press("enter")
        await pilot.pause()
        assert copied[0].startswith(f"“{TOLD.account[start:end].strip()}” Oleg (pseudonym)")
        assert copied[0].endswith("para. 2, at 0:01:15.")


async def test_the_current_hit_is_a_passage_too(path: Path, copied: list[str]) -> None:
    async with reading(path) as (pilot, _):
        await pilot.press("slash", *"wardrobe lodz", "enter", "n", "Y")
        await until(pilot, lambda: isinstance(pilot.app.screen, CiteScreen))
        assert "para. 1" in drawn(pilot)
        await pilot.press("p", "enter")
        await pilot.pause()
        assert "para." not in copied[0]


async def test_what_is_sealed_is_not_cited(tmp_path: Path, copied: list[str]) -> None:
    async with reading(make_collection(tmp_path / "voices.json", [SEALED])) as (pilot, room):
        await pilot.press("Y")
        await pilot.pause()
        assert "sealed" in told(room)
        assert pilot.app.screen is room
    assert not copied


# --- what they look like ---------------------------------------------------------------------


@pytest.mark.parametrize("size", [(60, 20), (40, 12)], ids=str)
async def test_the_citations(
    tmp_path: Path, size: tuple[int, int], snapshot: SnapshotAssertion
) -> None:
    path = make_collection(tmp_path / "voices.json", [*MADE, TOLD])
    async with reading(path, size=size) as (pilot, room):
        room.list.select("t-1")
        await settle(pilot)
        await pilot.press("Y")
        assert await steady(pilot) == snapshot


async def test_the_formats_in_the_smallest_window(path: Path) -> None:
    async with reading(path, size=(40, 12)) as (pilot, _):
        await pilot.press("x", "enter")
        await until(pilot, lambda: "as … (" in drawn(pilot))
        screen = drawn(pilot)
        assert "● JSON lines" in screen
        assert "lossless" in screen
        assert "may be seen by everyone" in screen
        await pilot.press(*["j"] * 20)
        await pilot.pause()
        assert pilot.app.screen.query_one("OptionList").highlighted
