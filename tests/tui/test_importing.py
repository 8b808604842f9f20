from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from collection import Collection, Testimony
from collection.testimony import Access, Narrator, Restriction
from tests.tui.room import drawn, make_collection, reading, settle, until
from tui.screens.form_incoming import IncomingForm
from tui.screens.incoming import ImportScreen
from tui.screens.path import PathScreen
from tui.screens.reading_room import ReadingRoom
from tui.widgets.beside import BesideView


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_collection(tmp_path / "voices.json")


def told(room: ReadingRoom) -> str:
    return " ".join(str(one.message) for one in room.app._notifications)


def write(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return path


GOOD = [{"id": f"n-{n}", "title": f"New {n}", "account": "words"} for n in range(3)]


async def look_at(pilot: Pilot[None], path: Path) -> ImportScreen:
    """Press `i`, give a file, and wait until it has been looked at."""
    await pilot.press("i")
    await until(pilot, lambda: isinstance(pilot.app.screen, PathScreen))
    pilot.app.screen.query_one("#path-input").value = str(path)
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    await until(pilot, lambda: screen._looked)
    return screen


async def take_in(pilot: Pilot[None], room: ReadingRoom) -> None:
    await pilot.press("ctrl+s")
    await until(pilot, lambda: pilot.app.screen is room)
    await settle(pilot)


async def open_form(pilot: Pilot[None]) -> IncomingForm:
    await pilot.press("enter")
    await until(pilot, lambda: isinstance(pilot.app.screen, IncomingForm))
    form = pilot.app.screen
    assert isinstance(form, IncomingForm)
    await until(pilot, lambda: len(form.texts) > 20)
    return form


def about(screen: ImportScreen) -> str:
    """Give what is said below the lists."""
    lines = (screen.query_one(id, Static).content for id in ("#import-about", "#import-said"))
    return " ".join(map(str, lines))


async def test_what_would_come_in_is_seen_first_and_one_undo_takes_it_back(
    path: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "[bold]new[b.jsonl", *GOOD, {"id": "bad", "title": "no account"})
    async with reading(path) as (pilot, room):
        screen = await look_at(pilot, file)
        assert "3 to be taken in" in drawn(pilot)
        assert "account: The account is missing" in drawn(pilot)
        assert "record 4, line 4, account" in about(screen)
        assert len(room.list.ids) == 3
        await take_in(pilot, room)
        assert len(room.list.ids) == 6
        assert "1 refused" in told(room)
        (report,) = tmp_path.glob("voices.json.imports/*.txt")
        assert str(report) in told(room)
        await pilot.press("u")
        await settle(pilot)
        assert len(room.list.ids) == 3


async def test_a_file_that_is_not_there_is_told(path: Path, tmp_path: Path) -> None:
    async with reading(path) as (pilot, room):
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, PathScreen))
        pilot.app.screen.query_one("#path-input").value = str(tmp_path / "absent.jsonl")
        await pilot.press("enter")
        await until(pilot, lambda: "No such file" in drawn(pilot) + told(room))


async def test_a_pipe_and_a_device_are_not_waited_for(path: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    for name in (str(tmp_path / "pipe.jsonl"), "/dev/zero"):
        async with reading(path) as (pilot, room):
            await pilot.press("i")
            await until(pilot, lambda: isinstance(pilot.app.screen, PathScreen))
            pilot.app.screen.query_one("#path-input").value = name
            await pilot.press("enter")
            await until(pilot, lambda: "it is a device or a pipe" in told(room))
            assert not room.busy


async def test_importing_the_same_again_adds_nothing(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", *GOOD)
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        await take_in(pilot, room)
        assert len(room.list.ids) == 6
        screen = await look_at(pilot, file)
        assert "Here already" in drawn(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "nothing to take in" in about(screen))
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is room)
        assert len(room.list.ids) == 6


async def test_a_refused_row_is_mended_in_the_form_and_enters_with_the_rest(
    path: Path, tmp_path: Path
) -> None:
    bad = {"title": "Without words", "date": {"text": "May 1944", "edtf": "nonsense"}}
    file = write(tmp_path / "new.jsonl", GOOD[0], bad)
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        form = await open_form(pilot)
        assert form.texts["date.text"] == "May 1944"
        await until(pilot, lambda: "which is not EDTF" in drawn(pilot))
        form._body.go_to("account")
        await pilot.press(*"Now it has words.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await until(pilot, lambda: "2 to be taken in" in drawn(pilot))
        with Collection.open(path, read_only=True) as other:
            assert len(other) == 3  # nothing is saved yet
        await take_in(pilot, room)
        assert room.collection is not None
        (mended,) = [one for one in room.collection if one.title == "Without words"]
        assert mended.account == "Now it has words."
        assert mended.date.earliest == "1944-05-01"
        # The same file again finds it there, though what the file says is as wrong as before.
        screen = await look_at(pilot, file)
        assert screen._known.kinds() == {"same": 2}
        await pilot.press("escape")
        await pilot.press("u")
        await settle(pilot)
        assert len(room.list.ids) == 3


async def test_a_row_is_left_out_and_taken_again(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", *GOOD)
    async with reading(path) as (pilot, room):
        screen = await look_at(pilot, file)
        await pilot.press("l", "space", "space")
        assert screen._known.entering == 1
        await pilot.press("h", "j", "l", "space")
        assert screen._known.entering == 2
        await take_in(pilot, room)
        assert len(room.list.ids) == 5


async def test_what_differs_stays_unless_it_is_taken_over(path: Path, tmp_path: Path) -> None:
    rows = [{"id": "m-3", "title": "Before the wardrobe"}, {"id": "m-2", "language": "ru"}]
    file = write(tmp_path / "new.jsonl", *rows)
    async with reading(path) as (pilot, room):
        screen = await look_at(pilot, file)
        assert "Before the wardrobe · title" in drawn(pilot)
        # A private note is withheld, so that nothing of the testimony is compared in sight of all.
        assert "something of it is withheld" in about(screen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "nothing to take in" in about(screen))
        await pilot.press("l", "j")
        await until(pilot, lambda: "Language: (nothing) → ru" in about(screen))
        await pilot.press("c")
        assert "changes are taken over" in drawn(pilot)
        await take_in(pilot, room)
        assert room.collection is not None
        changed = room.collection.get("m-3")
        assert (changed.title, changed.notes) == ("Before the wardrobe", "She still lives there.")
        assert "2 brought up to date" in told(room)


async def test_an_identifier_that_is_taken_is_told_and_the_words_stay(
    path: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "Mine", "date": 5.5, "account": "words of mine"})
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        form = await open_form(pilot)
        form._body.go_to("id")
        await pilot.press(*"m-1")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "There is a testimony m-1 already" in drawn(pilot))
        assert (form.texts["id"], form.texts["account"]) == ("m-1", "words of mine")
        await pilot.press(*["backspace"] * 3, *"m-9", "ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await take_in(pilot, room)
        assert room.collection is not None
        assert room.collection.get("m-1").title.startswith("Anna")
        assert room.collection.get("m-9").title == "Mine"


@pytest.mark.parametrize(
    "terms",
    [
        {"Access": {"account": {"levl": "private"}}},
        {"access.account": "levl"},
        {"access": None, "Access": "levl"},
    ],
)
async def test_terms_that_cannot_be_read_are_taken_for_the_strictest(
    path: Path, tmp_path: Path, terms: dict[str, object]
) -> None:
    row = {"title": "T", "account": "words"} | terms
    async with reading(path) as (pilot, _):
        await look_at(pilot, write(tmp_path / "new.jsonl", row))
        form = await open_form(pilot)
        assert form.texts["access.record.level"] == "private"
        assert "levl" in form.texts["access.record.reason"]


async def test_what_a_row_does_not_say_stays_when_it_is_mended(path: Path, tmp_path: Path) -> None:
    row = {"id": "m-2", "title": "The train", "date": 5.5}
    async with reading(path) as (pilot, room):
        await look_at(pilot, write(tmp_path / "new.jsonl", row))
        await open_form(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await take_in(pilot, room)
        assert room.collection is not None
        kept = room.collection.get("m-2")
        assert kept.title == "The train"
        assert kept.account.startswith("I had [laughs]")
        assert kept.themes == ("Mobilisation", "Flight")


@pytest.mark.parametrize("row", [{"themes": ["more"]}, {"title": None}, {"date": 5.5}])
async def test_a_row_of_a_sealed_testimony_shows_nothing_of_it(
    tmp_path: Path, row: dict[str, object]
) -> None:
    sealed = Testimony(
        id="shut",
        title="Unheard of",
        narrator=Narrator("Secretive"),
        account="Hushed words.",
        notes="Hers alone.",
        access=Access(record=Restriction("private")),
    )
    path = make_collection(tmp_path / "voices.json", [sealed])
    async with reading(path) as (pilot, _):
        await look_at(pilot, write(tmp_path / "new.jsonl", {"id": "shut"} | row))
        await pilot.press("tab")
        shown = [drawn(pilot)]
        if row != {"title": None}:
            await pilot.press("enter")
            await until(pilot, lambda: "The form shows what is private" in drawn(pilot))
            shown.append(drawn(pilot))
            await pilot.press("n")
            await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        shown.append(drawn(pilot))
        for word in ("Unheard", "Secretive", "Hushed", "Hers"):
            assert not any(word in one for one in shown)
        if row != {"title": None}:
            await pilot.press("enter")
            await until(pilot, lambda: "The form shows what is private" in drawn(pilot))
            await pilot.press("y")
            await until(pilot, lambda: isinstance(pilot.app.screen, IncomingForm))


async def test_a_file_that_changed_meanwhile_is_not_taken_in(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", *GOOD)
    async with reading(path) as (pilot, room):
        screen = await look_at(pilot, file)
        write(file, *GOOD, {"title": "One more", "account": "words"})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "was changed after" in about(screen))
        assert len(room.list.ids) == 3
        await pilot.press("r")
        await until(pilot, lambda: "4 to be taken in" in drawn(pilot))
        await take_in(pilot, room)
        assert len(room.list.ids) == 7


async def test_work_on_single_rows_is_not_left_without_asking(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "T", "account": "w", "date": 5.5})
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        await open_form(pilot)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await pilot.press("escape")
        await until(pilot, lambda: "Throw it away?" in drawn(pilot))
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await take_in(pilot, room)
        assert len(room.list.ids) == 4


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_a_draft_is_looked_at_beside_its_source(
    path: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "T", "account": "w", "date": 5.5, "told": "so"})
    async with reading(path, size=size) as (pilot, _):
        await look_at(pilot, file)
        form = await open_form(pilot)
        beside = form.query_one(BesideView)
        assert beside.display == (size[0] >= 110)
        await pilot.press("f8")
        await until(pilot, lambda: beside.has_focus)
        assert "told: so" in drawn(pilot)
        await pilot.press("f8")
        await until(pilot, lambda: not beside.has_focus)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))


async def test_what_was_mended_outlives_the_program_until_it_is_taken_in(
    path: Path, tmp_path: Path
) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "T", "date": 5.5, "account": "w"}, GOOD[0])
    async with reading(path) as (pilot, _):
        screen = await look_at(pilot, file)
        form = await open_form(pilot)
        form._body.go_to("account")
        await pilot.press(*"My words. ")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        assert screen.unsaved
        await pilot.press("ctrl+q")
        await until(pilot, lambda: "not saved yet" in drawn(pilot))
        await pilot.press("n")
        await until(pilot, lambda: pilot.app.screen is screen)
        # As if the program was killed here.
    (draft,) = tmp_path.glob("voices.json.draft-*")
    async with reading(path) as (pilot, room):
        assert "left unsaved" in told(room)
        await pilot.press("a")
        await until(pilot, lambda: "Go on with" in drawn(pilot))
        await pilot.press("enter")
        await until(pilot, lambda: "My words." in drawn(pilot))
        await pilot.press("escape")
        await until(pilot, lambda: "Throw away what was typed" in drawn(pilot))
    assert draft.exists()


async def test_drafts_of_rows_go_once_they_are_taken_in(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "T", "date": 5.5, "account": "w"})
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        form = await open_form(pilot)
        form._body.go_to("account")
        await pilot.press(*"My words. ")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        assert [*tmp_path.glob("voices.json.draft-*")]
        await take_in(pilot, room)
        assert not [*tmp_path.glob("voices.json.draft-*")]
        assert len(room.list.ids) == 4


async def test_a_row_that_cannot_enter_as_it_was_mended_keeps_no_other_out(
    path: Path, tmp_path: Path
) -> None:
    twice = {"id": "two", "title": "Other", "account": "B"}
    file = write(tmp_path / "new.jsonl", {"id": "two", "title": "T", "account": "A"}, twice)
    async with reading(path) as (pilot, room):
        screen = await look_at(pilot, file)
        await open_form(pilot)
        await pilot.press("ctrl+s")
        # The identifier is told where it can be changed.
        await until(pilot, lambda: "stands there twice" in drawn(pilot))
        assert isinstance(pilot.app.screen, IncomingForm)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await take_in(pilot, room)
        assert len(room.list.ids) == 4
        assert "1 refused" in told(room)


async def test_the_article_leaves_the_fields_their_room(path: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "new.jsonl", {"title": "T", "date": 5.5, "account": "word " * 60})
    async with reading(path) as (pilot, _):
        await look_at(pilot, file)
        form = await open_form(pilot)
        beside = form.query_one(BesideView)
        await until(pilot, lambda: form._body.region.right <= beside.region.x)
        assert form.query_one("FieldKeys").region.right <= beside.region.x


async def test_where_nobody_speaks_an_entry_can_be_made_beside_the_article(
    path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "report.txt"
    file.write_text(
        "The harbour is closed\n\n12 March 2021\n\nThe harbour of Odesa was closed on Friday, and "
        "ships waited outside it for days, because of ice and wind.\n\nThe port has forty berths.\n"
    )
    async with reading(path) as (pilot, room):
        await look_at(pilot, file)
        assert "Nobody speaks in the first person" in drawn(pilot)
        form = await open_form(pilot)
        assert "forty berths" in drawn(pilot)
        form._body.go_to("title")
        await pilot.press("end", *" (entry)")
        form._body.go_to("account")
        await pilot.press(*"I waited.")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportScreen))
        await take_in(pilot, room)
        assert room.collection is not None
        (one,) = [one for one in room.collection if one.account == "I waited."]
        assert one.date.text == "12 March 2021"


async def test_a_refused_row_is_shown_under_its_own_headers(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("objectid,title,interviewee,description,Shelf\nx,T,Anna,,B 12\n")
    async with reading(path) as (pilot, _):
        await look_at(pilot, file)
        await open_form(pilot)
        assert "interviewee: Anna" in drawn(pilot)
        assert "Shelf: B 12" in drawn(pilot)
