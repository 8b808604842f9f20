"""Before an entry is saved it is told what it nearly equals; and what it can begin with."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from collection import Collection
from collection.testimony import Source
from collection.testimony import Testimony as Record
from tests.tui.test_form import Desk, complete, save
from tests.tui.test_form_names import until
from tui.screens.alike import AlikeScreen
from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ACCOUNT = (
    "We set out for Kazakhstan on the evening of the twenty-first, my brother and I, with one bag. "
    "At the border there were cars for nine kilometres, and a woman who sold [/] tea."
)


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        opened.add(
            Record(
                id="flight",
                title="Nine \x1b[31m kilometres [b]",
                account=ACCOUNT,
                date="2022",
                interviewers=["Ada"],
                interview_place="Ташкент",
                source=Source(series="Leaving"),
            )
        )
        yield opened


@pytest.mark.parametrize("size", [(120, 40), (60, 20), (40, 12)])
async def test_an_entry_that_nearly_equals_another_is_told_so(
    collection: Collection, size: tuple[int, int]
) -> None:
    app = Desk(collection, draft={"title": "Mine", "account": ACCOUNT + " And more."})
    async with app.run_test(size=size) as pilot:
        await complete(pilot)
        await save(pilot)
        await until(pilot, lambda: isinstance(app.screen, AlikeScreen), lambda: app.screen)
        assert len(collection) == 1
        (line,) = app.screen.query_one(ColumnList)._lines
        assert "account" in line[0]
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is app.form
        assert app.field("title").words == "Mine"
        await save(pilot)
        await until(pilot, lambda: isinstance(app.screen, AlikeScreen), lambda: app.screen)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: bool(app.given), app.said)
        assert len(collection) == 2


async def test_an_edit_is_not_held_up_by_what_was_there(collection: Collection) -> None:
    collection.add(Record(id="twin", title="T", account=ACCOUNT))
    app = Desk(collection, collection.get("twin"))
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("end", "x")
        await save(pilot)
        assert app.given[0] is not None


async def test_a_form_begins_like_the_selected_testimony(collection: Collection) -> None:
    app = Desk(collection, like="flight")
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        start = app.form.query_one("#form-start")
        assert start.display
        await pilot.press("f6")
        await pilot.pause()
        texts = {key: text for key, text in app.form.texts.items() if text}
        assert (texts["interviewers"], texts["source.series"]) == ("Ada", "Leaving")
        assert texts["interview_place"] == "Ташкент"
        assert not {"title", "account", "date.text"} & texts.keys()
        assert not start.display
        await pilot.press("x", "f6")
        assert "Only an empty form" in app.said()


def clipboard(folder: Path, text: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program in the place of the system's that reads the clipboard."""
    (folder / "held").write_bytes(text)
    program = folder / "xclip"
    program.write_text(f"#!/bin/sh\ncat '{folder}/held'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (b"I left [/] in \x1b[31m September.\r\nTwo.", {"account": "I left [/] in \x1b[31m September.\nTwo."}),
        (b'{"title": "Snow", "speaker": "Ada", "themes": ["war"]}',
         {"title": "Snow", "narrator.name": "Ada", "themes": "war"}),
        (b'{"title": 3}', {"title": "3"}),
    ],
)  # fmt: skip
async def test_a_form_begins_with_the_clipboard(
    collection: Collection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    held: bytes,
    expected: dict[str, str],
) -> None:
    clipboard(tmp_path, held, monkeypatch)
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("f7")
        await pilot.pause()
        assert {key: text for key, text in app.form.draft.items() if text} == expected


async def test_an_empty_clipboard_is_told(
    collection: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard(tmp_path, b" \n", monkeypatch)
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press("f7")
        assert "clipboard" in app.said()
