"""The form in use: by keyboard, by mouse, on every size of screen, and when saving fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from textual import events
from textual.app import App
from textual.widget import Widget
from textual.widgets import Static

from collection import Collection
from collection.testimony import Consent, Medium, Narrator, Place, Restriction, Turn
from collection.testimony import Testimony as Record
from tui.screens.choice import ChoiceScreen
from tui.screens.form import TestimonyForm as Form
from tui.screens.form_fields import SECTIONS
from tui.screens.form_values import KEYS
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice
from tui.widgets.field_input import FieldInput
from tui.widgets.field_keys import FieldKeys
from tui.widgets.field_sections import FieldSections

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from textual.pilot import Pilot

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]
HOSTILE = (
    "[/] [bold]x[/bold] \x1b[31m\x9b2J\x00\x07\r \u202eגרמניה\u2066 漢字 e\u0301 \U0010f01b \\["
)


class Desk(App[None]):
    """An app with nothing but the form."""

    def __init__(
        self,
        collection: Collection,
        record: Record | None = None,
        draft: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self.form = Form(collection, record, draft, **options)
        self.given: list[Record | None] = []

    def on_mount(self) -> None:
        self.push_screen(self.form, self.given.append)

    def field(self, key: str) -> FieldInput | FieldArea | FieldChoice:
        kinds = (FieldInput, FieldArea, FieldChoice)
        return next(w for w in self.form.walk_children() if isinstance(w, kinds) and w.key == key)

    def beside(self) -> list[str]:
        """What is said beside the fields."""
        return [str(w.render()) for w in self.form.query(".form--remark") if w.display]

    def said(self) -> str:
        problem = self.form.query_one("#form-problem", Static)
        return str(problem.render()) if problem.display else ""


async def complete(pilot: Pilot[None]) -> None:
    await pilot.pause()
    for _ in range(500):
        if len(pilot.app.screen.query(".form--heading")) == len(SECTIONS):
            return
        await pilot.pause(0.005)
    raise AssertionError("the form is not complete")


async def save(pilot: Pilot[None]) -> None:
    await pilot.press("ctrl+s")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def paste(pilot: Pilot[None], app: Desk, key: str, text: str) -> None:
    field = app.field(key)
    app.form.set_focus(field)
    field.post_message(events.Paste(text))
    await pilot.pause()


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        yield opened


def whole(**changes: Any) -> Record:
    record = Record(
        title="Snow \x1b[31m",
        account="One\r\ntwo\t[laughs] \r\n\x07 end  ",
        narrator=Narrator("Oleg*", "pseudonym", "Real"),
        places=[Place("Łódź; ghetto", "PL", 51.7, 19.4, "decided"), Place("Ulm | Donau", "DE")],
        date="circa 1943",
        turns=[Turn(0, "A"), Turn(5, "B", 3.5)],
        consent=Consent("documented", "2020", "form.pdf", "radio"),
        media=[Medium("a.wav", "https://x", "1:00", "Side A")],
        notes="private",
        extra={"odd": {"x": [1]}},
    )
    return msgspec.structs.replace(record, **changes)


@pytest.mark.parametrize("size", SIZES)
async def test_an_entry_is_made_by_keyboard_alone(
    collection: Collection, size: tuple[int, int]
) -> None:
    app = Desk(collection)
    async with app.run_test(size=size) as pilot:
        await pilot.press(*"Snow", "enter", *"Ada", "tab", "right", "right")
        await pilot.press("f3", *"1943~", "f3", *"war;a, b", "f3", *"It ", "enter", *"was", "tab")
        await pilot.press(
            *"ctx", "shift+tab", *"!", "f3", "f3", *"src", "f2", "f2", "f2", "f2", "tab"
        )
        await save(pilot)
        (kept,) = app.given
        assert kept is not None
        assert collection.get(kept.id) == kept
        assert (kept.title, kept.narrator) == ("Snow", Narrator("Ada", "pseudonym"))
        assert (kept.date.text, kept.date.latest) == ("1943~", "1944-12-31")
        assert kept.themes == ("war", "a, b")
        assert (kept.account, kept.context, kept.source.citation) == ("It \nwas!", "ctx", "src")
        assert (kept.revision, kept.by) == (1, "tester")


@pytest.mark.parametrize("size", SIZES)
async def test_every_field_is_reached_by_tab_and_seen(
    collection: Collection, size: tuple[int, int]
) -> None:
    app = Desk(collection)
    async with app.run_test(size=size) as pilot:
        await complete(pilot)
        reached = []
        while (field := app.form.focused) is not None and field.key not in reached:
            reached.append(field.key)
            body = app.form.query_one("FormBody")

            def is_seen(field: Widget = field, body: Widget = body) -> bool:
                seen = field.region.intersection(body.region)
                return seen.height >= min(2, field.region.height) and seen.width >= 20

            for _ in range(200):
                if is_seen():
                    break
                await pilot.pause(0.02)
            assert is_seen(), field.key
            await pilot.press("tab")
        hidden = [k for k in KEYS if k.startswith("access.") and not k.endswith("level")]
        assert sorted([*reached, *hidden]) == sorted(KEYS)
        keys = str(app.form.query_one(FieldKeys).render()).strip()
        said = ["^s Save", "Esc Close", "F2/3 Section", "F4 Editor", "F5 Choose"]
        assert " ".join(said[: 5 if size[0] > 50 else 3]) in " ".join(keys.split())
        assert len(keys) <= size[0]


async def test_the_mouse_does_all_of_it(collection: Collection) -> None:
    app = Desk(collection, draft={"title": "T", "account": "A"})
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.click(FieldSections, offset=(25, 0))
        await pilot.pause()
        assert app.form.focused is app.field("themes")
        await pilot.click(app.field("rendering"))
        await pilot.click(app.field("rendering"))
        assert app.field("rendering").words == "edited"
        await pilot.click(app.field("rendering"), offset=(1, 0))
        await pilot.click(FieldKeys, offset=(1, 0))
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.given[0] is not None
        assert app.given[0].rendering == "verbatim"


async def test_an_edit_keeps_everything_that_was_not_touched(collection: Collection) -> None:
    record = collection.add(whole())
    app = Desk(collection, record)
    async with app.run_test(size=(120, 40)) as pilot:
        await complete(pilot)
        assert not app.form.unsaved
        await paste(pilot, app, "themes", "war")
        assert app.form.draft == {"themes": "war"}
        await save(pilot)
        kept = collection.get(record.id)
        expected = msgspec.structs.replace(
            record, themes=("war",), revision=2, modified=kept.modified
        )
        assert kept == expected


async def test_an_edited_text_keeps_its_line_ends_and_control_characters(
    collection: Collection,
) -> None:
    record = collection.add(whole())
    app = Desk(collection, record)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        app.form.set_focus(app.field("account"))
        await pilot.press("ctrl+home", *"So", "enter")
        assert any("turns go with" in said for said in app.beside())
        app.form.set_focus(app.field("title"))
        await pilot.press("home", "delete")
        await save(pilot)
        kept = collection.get(record.id)
        assert kept.account == "So\r\n" + record.account
        assert kept.title == "now \x1b[31m"
        # The words that are new stand before those of the first turn.
        assert [turn.offset - 4 for turn in kept.turns] == [t.offset for t in record.turns]


async def test_esc_asks_only_when_something_would_be_lost(collection: Collection) -> None:
    app = Desk(collection, collection.add(whole()))
    async with app.run_test(size=(40, 12)) as pilot:
        await complete(pilot)
        await pilot.press("x", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is app.form
        assert app.field("title").words.endswith("x")
        await pilot.press("backspace", "escape")
        await pilot.pause()
        assert app.given == [None]


async def test_esc_can_discard(collection: Collection) -> None:
    app = Desk(collection, draft={"themes": ["war"]})
    async with app.run_test(size=(40, 12)) as pilot:
        await complete(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.given == [None]
        assert len(collection) == 0
        assert collection.drafts() == []


async def test_what_is_wrong_is_said_beside_the_field(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        assert app.beside() == []
        await pilot.press("tab")
        assert app.beside() == ["! The title is missing; a testimony needs one."]
        await pilot.press("shift+tab", "T")
        assert app.beside() == []
        level = app.field("access.name.level")
        assert not app.field("access.name.until").display
        app.form.set_focus(level)
        await pilot.press("x", "right", "space", "tab", *"2031")
        assert app.beside() == ["! Write a day, as 30 June 2030 or 2030-06-30, or leave it empty."]
        await save(pilot)
        assert app.form.focused is app.field("account")
        assert "! The account is missing; a testimony needs one." in app.beside()
        assert "Not saved" in app.said()
        await pilot.press("A")
        assert app.said() == ""
        await save(pilot)
        assert app.form.focused is app.field("access.name.until")
        await pilot.press(*"-06-30")
        await save(pilot)
        assert app.given[0] is not None
        assert app.given[0].access.name == Restriction("embargoed", "2031-06-30")


async def test_dates_say_what_was_understood_while_one_types(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("T", "f3", *"circa 1943")
        assert app.beside() == ["1943~ · 1942–1944"]
        await pilot.press("x")
        assert app.beside() == ["kept as words; not read as a date"]


async def test_known_names_are_completed(collection: Collection) -> None:
    for themes in (["deportation", "debt"], ["debt", "De [/] \x1b"], ["debt; due"]):
        collection.add(Record(title="T", account="A", themes=themes, places=["Lwów"]))
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("f3", "f3")
        await app.workers.wait_for_complete()
        await pilot.press(*"war; DE")
        await pilot.pause()
        await pilot.press("right", *"; depo")
        await pilot.pause()
        await pilot.press("right")
        assert app.form.texts["themes"] == "war; debt; deportation"
        app.form.set_focus(app.field("interview_place"))
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("end", "right")
        assert app.form.texts["interview_place"] == "Lwów"


async def test_keys_that_arrive_together_go_where_they_belong(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        for key in ["T", "enter", "N", "tab", "tab", "R", "f3", "1", "f3", "f3", "A", "enter", "B"]:
            app.post_message(events.Key(key.lower(), key if len(key) == 1 else None))
        await pilot.pause()
        await pilot.pause()
        texts = {key: text for key, text in app.form.draft.items() if text}
        assert texts == {
            "title": "T",
            "narrator.name": "N",
            "narrator.real_name": "R",
            "date.text": "1",
            "account": "A\nB",
        }


@pytest.mark.parametrize("key", ["consent.status", "account", "access.name.until"])
async def test_it_begins_with_the_field_that_is_asked_for(collection: Collection, key: str) -> None:
    app = Desk(collection, collection.add(whole()), field=key)
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        await pilot.pause()
        field = app.field(key)
        assert app.form.focused is field
        assert field.display
        assert app.form.region.overlaps(field.region)
