"""Drafts of the form: kept while one types, offered again, laid over what changed meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from collection import Collection
from collection.drafting import Draft
from collection.store.disk import Disk
from collection.store.draftfile import places
from collection.testimony import Access, Restriction
from collection.testimony import Testimony as Record
from tests.tui.room import make_collection, reading, settle
from tests.tui.test_form import Desk, complete, save
from tests.tui.test_form_names import until
from tui.screens.beginning import _about
from tui.screens.choice import ChoiceScreen
from tui.screens.confirm import ConfirmScreen
from tui.screens.form import TestimonyForm as Form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        yield opened


def on_disk(collection: Collection) -> list[str]:
    return [path.read_text() for path in places(collection.path)]


async def kept(pilot: Pilot[None], collection: Collection, words: str) -> None:
    await until(
        pilot,
        lambda: any(words in one for one in on_disk(collection)),
        lambda: on_disk(collection),
    )


async def test_what_is_typed_is_kept_at_once_and_gone_once_it_is_saved(
    collection: Collection,
) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert on_disk(collection) == []
        await pilot.press(*"Snow")
        await kept(pilot, collection, "Snow")
        await pilot.press("f3", "f3", "f3", *"It fell.")
        await kept(pilot, collection, "It fell.")
        await save(pilot)
        assert app.given[0] is not None
        assert on_disk(collection) == []


async def test_what_was_taken_back_leaves_no_draft(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("x")
        await kept(pilot, collection, '"x"')
        await pilot.press("backspace")
        await until(pilot, lambda: not on_disk(collection), lambda: on_disk(collection))
        await pilot.press("y")
        await kept(pilot, collection, '"y"')
        await pilot.press("escape", "end", "enter")
        await pilot.pause()
        assert app.given == [None]
        assert on_disk(collection) == []


async def test_a_draft_that_cannot_be_kept_is_told_once(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Disk, file: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Disk, "sync", full)
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("x")
        await until(pilot, lambda: "No draft can be kept" in app.said(), app.said)
        assert app.field("title").words == "x"


async def test_a_draft_is_offered_with_the_next_a(tmp_path: Path) -> None:
    path = make_collection(tmp_path / "voices.json")
    async with reading(path) as (pilot, room):
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*"Half", "escape", "down", "enter")
        await settle(pilot)
        assert pilot.app.screen is room
    async with reading(path) as (pilot, room):
        assert any("left unsaved" in n.message for n in pilot.app._notifications)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await pilot.press("enter")
        await pilot.pause()
        form = pilot.app.screen
        assert isinstance(form, Form)
        assert form.texts["title"] == "Half"
        assert form.unsaved
        await pilot.press("escape", "end", "enter")
        await settle(pilot)
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Form)


async def test_a_draft_is_thrown_away_after_a_question(tmp_path: Path) -> None:
    path = make_collection(tmp_path / "voices.json")
    with Collection.open(path) as voices:
        typed = voices.begin_draft()
        typed.keep({"title": "Half"}, {"title": ""}, {})
        typed.leave()
    async with reading(path) as (pilot, room):
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("end", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        await pilot.press("y")
        await settle(pilot)
        assert room.collection is not None
        assert room.collection.drafts() == []


@pytest.mark.parametrize("clash", [False, True])
async def test_a_draft_is_laid_over_what_changed_meanwhile(tmp_path: Path, clash: bool) -> None:
    path = make_collection(tmp_path / "voices.json")
    with Collection.open(path) as voices:
        typed = voices.begin_draft("m-2")
        before = {"title": "The train that stopped"}
        typed.keep({"title": "The train"}, before, {}, voices.get("m-2").revision)
        typed.leave()
        voices.revise("m-2", **({"title": "A train"} if clash else {"language": "ru"}))
    async with reading(path) as (pilot, room):
        room.list.select("m-2")
        await settle(pilot)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceScreen)
        await pilot.press("enter")
        await pilot.pause()
        if clash:
            await until(
                pilot,
                lambda: type(pilot.app.screen).__name__ == "ConflictScreen",
                lambda: pilot.app.screen,
            )
            return
        form = pilot.app.screen
        assert isinstance(form, Form)
        await until(pilot, lambda: form.texts["language"] == "ru", lambda: form.texts)
        assert form.texts["title"] == "The train"


async def test_a_draft_of_what_was_withdrawn_can_become_a_new_one(tmp_path: Path) -> None:
    path = make_collection(tmp_path / "voices.json")
    with Collection.open(path) as voices:
        typed = voices.begin_draft("m-2")
        typed.keep({"title": "The train"}, {"title": "The train that stopped"}, {}, 1)
        typed.leave()
        voices.withdraw("m-2")
    async with reading(path) as (pilot, _room):
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Form)
        assert pilot.app.screen.texts["title"] == "The train"


async def test_two_windows_do_not_share_a_draft(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press(*"Mine")
        await kept(pilot, collection, "Mine")
        with Collection.open(collection.path) as other:
            assert other.drafts() == []
    with Collection.open(collection.path) as other:
        assert [draft.texts for draft in other.drafts()] == [{"title": "Mine"}]


async def test_what_a_copy_began_with_comes_back_with_the_draft(collection: Collection) -> None:
    collection.add(Record(id="a", title="T", account="A", interviewers=["Ada"], extra={"x": 1}))
    app = Desk(collection, like="a")
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("f6", *"Next")
        await kept(pilot, collection, "Next")
    (draft,) = collection.drafts()
    taken = collection.take_up(draft)
    assert taken is not None
    app = Desk(collection, resume=taken)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert app.form.texts["title"] == "Next"
        assert app.form.texts["interviewers"] == "Ada"


def no_room(self: Disk, file: object) -> None:
    raise OSError(28, "No space left on device")


async def test_the_form_stays_open_where_no_draft_can_be_kept(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        with monkeypatch.context() as patched:
            patched.setattr(Disk, "sync", no_room)
            await pilot.press(*"Snow", "escape", "down", "enter")
            await pilot.pause()
            assert app.given == []
            assert "be kept (No space" in app.said()
            assert app.field("title").words == "Snow"
        await pilot.press("escape", "down", "enter")
        await pilot.pause()
        assert app.given == [None]
    assert [draft.texts for draft in collection.drafts()] == [{"title": "Snow"}]


async def test_quitting_asks_again_where_no_draft_can_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_collection(tmp_path / "voices.json")
    async with reading(path) as (pilot, _room):
        monkeypatch.setattr(Disk, "sync", no_room)
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("T", "ctrl+q")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert pilot.app.return_code is None
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Form)
        assert pilot.app.screen.texts["title"] == "T"
        await pilot.press("ctrl+q")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert pilot.app.return_code == 0


async def test_what_was_thrown_away_is_not_kept_by_a_late_moment(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("x")
        app.form.throw_away()
        # As a timer does, or a thread that has just written.
        app.form._keep()
        await app.workers.wait_for_complete()
        assert on_disk(collection) == []


async def test_what_is_typed_while_it_is_saved_is_kept_as_a_draft(
    collection: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, add = threading.Event(), collection.add

    def slow(record: Record, **choices: Any) -> Record:
        going.wait(10)
        return add(record, **choices)

    monkeypatch.setattr(collection, "add", slow)
    app = Desk(collection, draft={"title": "T", "account": "A"})
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("ctrl+s", "x")
        await kept(pilot, collection, "Tx")
        going.set()
        await until(pilot, lambda: app.said().startswith("Saved"), app.said)
        await kept(pilot, collection, '"testimony": "')


@pytest.mark.parametrize("level", ["open", "restricted"])
async def test_an_entry_that_was_saved_before_its_draft_could_go_is_saved_once(
    collection: Collection, level: str
) -> None:
    record = Record(
        title="Snow",
        account="It fell.",
        places=["Łódź"],
        access=Access(record=Restriction(level)),
    )
    known = collection.add(record)
    typed = collection.begin_draft()
    texts = {
        "title": "Snow",
        "account": "It fell.",
        "places": "Łódź",
        "access.record.level": level,
    }
    typed.keep(texts, dict.fromkeys(texts, ""), {})
    typed.leave()
    taken = collection.take_up(collection.drafts()[0])
    app = Desk(collection, resume=taken)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await save(pilot)
        assert [one and one.id for one in app.given] == [known.id]
    assert len(collection) == 1
    assert on_disk(collection) == []


@pytest.mark.parametrize("kept", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "x"])
def test_a_draft_of_an_impossible_moment_is_told_all_the_same(
    collection: Collection, kept: str
) -> None:
    draft = Draft(kept=kept, texts={"title": "Snow"})
    assert _about(draft, collection) == "“Snow” (another time, one word)"


async def test_what_was_erased_in_another_window_is_written_nowhere(
    collection: Collection,
) -> None:
    known = collection.add(Record(title="Snow", account="It fell."))
    app = Desk(collection, known)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("x")
        await kept(pilot, collection, "Snowx")
        with Collection.open(collection.path) as other:
            other.erase(known.id)
        assert on_disk(collection) == []
        await save(pilot)
        assert "erased this testimony for good" in app.said()
        assert app.field("account").words == "It fell."
        await pilot.press("y")
        app.form._keep()
        assert app.form.keep_draft_now()
        await app.workers.wait_for_complete()
        assert on_disk(collection) == []
        assert len(collection) == 0
        await pilot.press("escape", "end", "enter")
        await pilot.pause()
        assert app.given == [None]


async def test_a_draft_with_fields_that_are_unknown_is_laid_over_too(
    collection: Collection,
) -> None:
    known = collection.add(Record(title="Snow", account="It fell.", language="de"))
    typed = collection.begin_draft(known.id)
    typed.keep({"title": "Ice", "mood": "cold"}, {"title": "Snow", "mood": ""}, {}, 1)
    typed.leave()
    newer = collection.revise(known.id, language="cs")
    taken = collection.take_up(collection.drafts()[0])
    app = Desk(collection, newer, resume=taken)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await until(pilot, lambda: app.field("title").words == "Ice", app.said)
        assert app.field("language").words == "cs"
