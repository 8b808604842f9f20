"""Two people change the same testimony: nobody overwrites anything unseen, no word is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Static

from collection import Collection, Testimony
from tests.tui.room import drawn, until
from tests.tui.test_form import Desk, complete, paste, save
from tui.screens.conflict import ConflictScreen
from tui.widgets.difference_view import DifferenceView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

SIZES = [(120, 40), (80, 24), (60, 20)]
LONG = "\n".join(f"Day {n} we were cold." for n in range(300))


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="[b]ada") as opened:
        opened.add(
            Testimony(id="a", title="Snow", account=LONG, themes=["War"], language="en", rights="R")
        )
        yield opened


async def meet(pilot: Pilot[None], app: Desk, collection: Collection) -> ConflictScreen:
    """Change in the form what someone else changes too, and try to save."""
    await complete(pilot)
    await paste(pilot, app, "title", " of mine")
    await paste(pilot, app, "themes", "; Hunger")
    app.field("account").words = LONG.replace("Day 7 we", "Day 7 I")
    app.field("language").words = "yi"
    collection.revise(
        "a",
        title="Snow [/] theirs",
        themes=["War", "Flight"],
        account=LONG.replace("Day 250 we", "Day 250 they"),
        rights="Theirs",
    )
    await save(pilot)
    await until(pilot, lambda: isinstance(app.screen, ConflictScreen))
    screen = app.screen
    assert isinstance(screen, ConflictScreen)
    await until(pilot, lambda: "Snow of mine" in drawn(pilot))
    return screen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_is_chosen_field_by_field(collection: Collection, size: tuple[int, int]) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=size) as pilot:
        await meet(pilot, app, collection)
        screen = drawn(pilot)
        assert "[b]ada has changed the same: choose field by field" in screen
        assert "Snow [/] theirs" in screen
        told = " ".join(screen.split())
        assert "Their changes are laid in: Rights. Your changes are laid in: Language." in told
        assert screen.count("? choose") == 3
        await pilot.press("m", "ctrl+s")
        await until(pilot, lambda: "2 fields are still to be chosen" in drawn(pilot))
        assert screen.count("● Mine") == 0
        await pilot.press("b")
        await until(pilot, lambda: "= both" in drawn(pilot))
        await pilot.press("down")
        await until(pilot, lambda: "{+they+}" in drawn(pilot))
        assert "{+I+}" in drawn(pilot)
        assert "Day 100" not in drawn(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "← theirs" in drawn(pilot))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: app.screen is app.form and app.said())
        assert "What you chose" in app.said()
        assert app.form.unsaved
        assert collection.get("a").title == "Snow [/] theirs"
        await save(pilot)
        kept = collection.get("a")
        assert kept.title == "Snow of mine"
        assert kept.themes == ("War", "Flight", "Hunger")
        assert "Day 250 they" in kept.account
        assert (kept.rights, kept.language, kept.revision) == ("Theirs", "yi", 3)


async def test_leaving_keeps_the_words_unsaved_and_asks_again(collection: Collection) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=(80, 24)) as pilot:
        await meet(pilot, app, collection)
        before = app.form.texts
        await pilot.press("M", "escape")
        await until(pilot, lambda: app.screen is app.form and app.said())
        assert app.said().startswith("Not saved")
        assert app.form.texts == before
        assert app.form.unsaved
        assert collection.get("a").title == "Snow [/] theirs"
        # Whoever else changes it now is seen as well.
        collection.revise("a", title="Changed again")
        await save(pilot)
        await until(pilot, lambda: isinstance(app.screen, ConflictScreen))
        await until(pilot, lambda: "Changed again" in drawn(pilot))
        await pilot.press("T", "ctrl+s")
        await until(pilot, lambda: app.screen is app.form)
        await save(pilot)
        kept = collection.get("a")
        assert kept.title == "Changed again"
        assert kept.language == "yi"


async def test_what_is_changed_while_one_chooses_is_not_overwritten(
    collection: Collection,
) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=(80, 24)) as pilot:
        await meet(pilot, app, collection)
        collection.revise("a", title="Later still")
        await pilot.press("M", "ctrl+s")
        await until(pilot, lambda: app.screen is app.form)
        await save(pilot)
        await until(pilot, lambda: isinstance(app.screen, ConflictScreen))
        assert collection.get("a").title == "Later still"


async def test_with_the_mouse(collection: Collection) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await meet(pilot, app, collection)
        await pilot.click("#conflict-mine")
        await until(pilot, lambda: "→ mine" in drawn(pilot))
        await pilot.click("#conflict-both-button")  # a title cannot be both
        await pilot.click("#conflict-fields", offset=(3, 1))
        await until(pilot, lambda: screen.list.cursor == 1)
        await pilot.click("#conflict-both-button")
        await until(pilot, lambda: "= both" in drawn(pilot))
        await pilot.click("#conflict-fields", offset=(3, 2))
        await pilot.click("#conflict-theirs-button")
        await pilot.click("#conflict-accept-button")
        await until(pilot, lambda: app.screen is app.form)
        assert app.field("title").words == "Snow of mine"
        assert app.field("themes").words == "War; Flight; Hunger"


async def test_one_version_only_is_said(collection: Collection) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await meet(pilot, app, collection)
        await pilot.press("b")
        said = screen.query_one("#conflict-said", Static)
        await until(pilot, lambda: "one version only" in str(said.render()))
        await pilot.press("space", "space", "space")
        await until(pilot, lambda: "← theirs" in drawn(pilot))
        await pilot.press("down", "down", "w", "tab", "tab", "G")
        pane = screen.query_one("#conflict-mine", DifferenceView)
        await until(pilot, lambda: "Day 299" in drawn(pilot))
        assert pane.has_focus


async def test_keys_that_come_together_choose_in_their_order(collection: Collection) -> None:
    app = Desk(collection, collection.get("a"))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await meet(pilot, app, collection)
        for key in ("down", "m", "down", "b", "k", "k", "t"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: "? choose" not in drawn(pilot))
        assert screen.list.cursor == 0
        assert "theirs" in drawn(pilot).splitlines()[1]
        assert "mine" in drawn(pilot).splitlines()[2]
        assert "both" in drawn(pilot).splitlines()[3]
