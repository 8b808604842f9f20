"""Texts that attack a terminal, or the program that draws them, in every field of the form."""

from __future__ import annotations

import random
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest
from textual import events

from collection import Collection
from collection.testimony import (
    PARTS,
    Access,
    Consent,
    Medium,
    Narrator,
    Place,
    Restriction,
    Source,
    Turn,
)
from collection.testimony import Testimony as Record
from tests.tui.test_form import HOSTILE, Desk, complete, paste, save
from tui.screens.form_values import KEYS
from tui.widgets.field_area import FieldArea
from tui.widgets.field_choice import FieldChoice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        yield opened


def hostile(text: str) -> Record:
    return Record(
        title=text,
        account=text,
        narrator=Narrator(text, "real", text),
        interviewers=[text, text],
        present=[text],
        translators=[text],
        date=text,
        places=[Place(text, text, 1.0, 2.0, "decided")],
        interview_place=text,
        themes=[text],
        keywords=[text],
        turns=[Turn(0, text)],
        context=text,
        language=text,
        source=Source(*[text] * 5),
        rights=text,
        licence=text,
        consent=Consent("documented", text, text, text),
        access=Access(*[Restriction("open", None, text)] * len(PARTS)),
        media=[Medium(text, text, text, text)],
        notes=text,
        extra={text: text},
    )


def drawn(app: Desk) -> str:
    """Everything that the terminal would be sent as text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    assert all(strip.cell_length <= width for strip in strips)
    assert len(strips) == height
    return "".join(segment.text for strip in strips for segment in strip)


def assert_safe(text: str) -> None:
    kinds = {unicodedata.category(character) for character in text}
    assert not kinds & {"Cc", "Cs", "Co", "Zl", "Zp"}
    assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


@pytest.mark.parametrize("size", [(120, 40), (40, 12)])
async def test_what_is_stored_is_drawn_safely_and_kept(
    collection: Collection, size: tuple[int, int]
) -> None:
    record = collection.add(hostile(HOSTILE))
    app = Desk(collection, record)
    async with app.run_test(size=size) as pilot:
        await complete(pilot)
        for _ in range(60):
            assert_safe(drawn(app))
            await pilot.press("tab")
        assert not app.form.unsaved
        await save(pilot)
        assert collection.get(record.id) == record


async def test_what_is_pasted_is_drawn_safely_and_kept(collection: Collection) -> None:
    app = Desk(collection)
    # A line break cannot stay in one line; everything else can.
    text = HOSTILE.replace("\r", "")
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        for key in KEYS:
            if key.startswith("access.") and key.endswith("level"):
                app.field(key).words = "restricted"
            if isinstance(app.field(key), FieldChoice) or key.endswith(".until"):
                continue
            if key == "id":  # which may hold no such characters
                continue
            await paste(pilot, app, key, text)
            assert app.field(key).words == text
            assert_safe(drawn(app))
        await save(pilot)
        assert app.given, app.beside()
        (kept,) = app.given
        assert kept is not None
        assert kept.title == kept.account == kept.notes == text
        assert kept.themes == kept.present == (text,)
        assert [place.name for place in kept.places] == [text]
        assert kept.media == (Medium(file=text),)
        assert kept.date.text == kept.source.series == kept.access.name.reason == text


@pytest.mark.parametrize(
    "text",
    [
        "שלום عليكم",
        "\U0001f1fa\U0001f1e6",
        "\U0010f201\U0010f200\n",
        "\ud800",
        "[" * 99,
        "\\",
        "\x00" * 40,
        "\r" * 40,
        "\u2028a\x85b\x1c",
        "e\u0301" * 9,
        "e" + "\u0301" * 999,
        "\U0001f468\u200d" * 9,
    ],
)
async def test_odd_characters_survive_an_edit(collection: Collection, text: str) -> None:
    app = Desk(collection, draft={"title": f"A{text}B", "account": f"A{text}B"})
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        await pilot.press("end", "z", "home", "y", "f3", "f3", "f3", "ctrl+home", "y")
        assert_safe(drawn(app))
        assert app.form.texts["title"] == f"yA{text}Bz"
        assert app.form.texts["account"] == f"yA{text}B"
        await save(pilot)
        if text == "\ud800":
            assert any("half a character" in said for said in app.beside())
        else:
            assert collection.get(app.given[0].id).title == f"yA{text}Bz"  # type: ignore[union-attr]


async def test_a_million_characters_are_taken_as_they_are(collection: Collection) -> None:
    draw = random.Random(3)
    text = "".join(draw.choice("ab [/] \x1b\u202eא漢") for _ in range(1_000_000))
    app = Desk(collection, draft={"title": "Long"})
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        await paste(pilot, app, "account", text)
        assert_safe(drawn(app))
        await pilot.press("ctrl+home", "y")
        await save(pilot)
        assert collection.get(app.given[0].id).account == "y" + text  # type: ignore[union-attr]


async def test_copying_inside_the_form_copies_what_is_meant(collection: Collection) -> None:
    app = Desk(collection, draft={"title": "a\x1b\tb", "account": "a\x1b\tb"})
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        await pilot.press("ctrl+shift+a", "ctrl+c")
        assert app.clipboard == "a\x1b\tb"
        account: Any = app.field("account")
        app.form.set_focus(account)
        account.select_all()
        await pilot.press("ctrl+x")
        assert app.clipboard == "a\x1b\tb"
        await pilot.press("ctrl+v", "ctrl+v", "tab", "ctrl+v")
        assert app.form.texts["account"] == "a\x1b\tba\x1b\tb"
        assert app.form.texts["context"] == "a\x1b\tb"


async def test_pasted_lines_stay_together(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        await paste(pilot, app, "themes", "war\rhunger\n")
        await paste(pilot, app, "title", "One\r\ntwo")
        await paste(pilot, app, "account", "One\rtwo\r")
        texts = app.form.texts
        assert (texts["themes"], texts["title"]) == ("war; hunger", "One two")
        assert texts["account"] == "One\ntwo\n"


async def test_a_read_only_click_and_an_empty_paste_do_no_harm(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(60, 20)) as pilot:
        await complete(pilot)
        for key in ("title", "account"):
            field = app.field(key)
            field.post_message(events.Paste(""))
            await pilot.pause()
            assert app.form.texts[key] == ""
        assert isinstance(app.field("account"), FieldArea)
