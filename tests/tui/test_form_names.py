"""Names in the form: offered while one types, and what they would be taken for, before saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collection import Collection
from collection.places.entry import DECIDED
from collection.testimony import Narrator, Source
from collection.testimony import Testimony as Record
from tests.tui.test_form import SIZES, Desk, complete, save
from tui.screens.choice import ChoiceScreen
from tui.widgets.field_names import Offered
from tui.widgets.field_offers import FieldOffers
from tui.widgets.field_remark import FieldRemark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.pilot import Pilot


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json", by="tester") as opened:
        for n in range(3):
            opened.add(
                Record(
                    title=f"T{n}",
                    account="A",
                    narrator=Narrator("Oleg*", "pseudonym"),
                    themes=["Mobilisation", "Flight"][: n + 1],
                    places=["Terezín", "Lwów"][: n + 1],
                    source=Source(series="Leaving, 2022"),
                )
            )
        yield opened


async def until(pilot: Pilot[None], holds: Callable[[], bool], told: Callable[[], object]) -> None:
    for _ in range(1000):
        if holds():
            return
        await pilot.pause(0.01)
    raise AssertionError(told())


def offered(app: Desk) -> list[str]:
    offers = app.form.query_one(FieldOffers)
    return [one.name for one in offers._names] if offers.display else []


async def typed(pilot: Pilot[None], app: Desk, key: str, text: str) -> None:
    app.form.set_focus(app.field(key))
    await until(pilot, lambda: app.form._known is not None, lambda: "names are not gathered")
    await pilot.press(*text)


@pytest.mark.parametrize("size", SIZES)
async def test_a_name_of_the_collection_is_taken_by_keyboard(
    collection: Collection, size: tuple[int, int]
) -> None:
    app = Desk(collection, draft={"title": "T", "account": "B"})
    async with app.run_test(size=size) as pilot:
        await complete(pilot)
        await typed(pilot, app, "places", "trez")
        await until(pilot, lambda: "Terezín" in offered(app), lambda: offered(app))
        offers = app.form.query_one(FieldOffers)
        assert app.screen.region.contains_region(offers.region)
        assert not offers.region.overlaps(app.field("places").region)
        await pilot.press("down", "enter")
        assert app.field("places").words == "Terezín; "
        assert offered(app) == []
        await pilot.press(*"lem")
        await until(pilot, lambda: offered(app)[:1] == ["Lwów"], lambda: offered(app))
        await pilot.press("down", "enter", "enter")
        assert app.form.focused is app.field("interview_place")
        await save(pilot)
        assert app.given[0] is not None
        assert [place.name for place in app.given[0].places] == ["Terezín", "Lwów"]


async def test_what_stands_in_grey_is_what_heads_the_list(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "places", "terezi")
        # Terezinha, in Brazil, is spelt more like it, but nobody here has been there.
        await until(pilot, lambda: offered(app)[:1] == ["Terezín"], lambda: offered(app))
        field = app.field("places")
        await until(pilot, lambda: field._suggestion == "terezin", lambda: field._suggestion)
        await pilot.press("right")
        assert field.words == "Terezín"


async def test_the_list_is_left_by_esc_and_by_moving_on(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "themes", "mob")
        await until(pilot, lambda: bool(offered(app)), lambda: "nothing is offered")
        await pilot.press("escape")
        assert offered(app) == []
        assert app.screen is app.form
        await pilot.press("i")
        await until(pilot, lambda: bool(offered(app)), lambda: "nothing is offered")
        await pilot.press("enter")
        assert app.form.focused is app.field("keywords")
        assert app.field("themes").words == "mobi"
        assert offered(app) == []


async def test_the_mouse_takes_a_name(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "narrator.name", "ol")
        await until(pilot, lambda: offered(app) == ["Oleg*"], lambda: offered(app))
        offers = app.form.query_one(FieldOffers)
        await until(
            pilot,
            lambda: offers.region.y == app.field("narrator.name").region.bottom,
            lambda: offers.region,
        )
        await pilot.click(FieldOffers, offset=(2, 0))
        await until(
            pilot, lambda: app.field("narrator.name").words == "Oleg*", lambda: offered(app)
        )


async def test_down_offers_the_commonest_where_nothing_is_typed(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "source.series", "")
        await pilot.press("down")
        assert offered(app) == ["Leaving, 2022"]
        # An answer that is late, of when there was nothing, takes nothing away.
        app.form.post_message(Offered("source.series", "", ()))
        await pilot.pause()
        assert offered(app) == ["Leaving, 2022"]
        await pilot.press("enter")
        assert app.field("source.series").words == "Leaving, 2022"


async def test_what_a_place_is_taken_for_is_shown_and_can_be_changed(
    collection: Collection,
) -> None:
    app = Desk(collection, draft={"title": "T", "account": "B"})
    async with app.run_test(size=(100, 30)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "places", "Georgia;Terezín;Qqzzx")
        await until(
            pilot,
            lambda: any("Georgia: may be" in b and "Qqzzx: not" in b for b in app.beside()),
            app.beside,
        )
        told = next(one for one in app.beside() if "Georgia" in one).splitlines()
        assert [line.strip().partition(":")[0] for line in told] == ["Georgia", "Terezín", "Qqzzx"]
        assert "Czechia" in told[1]
        assert "50.51°N" in told[1]
        assert "not in the gazetteer" in told[2]
        await pilot.press("home", "right", "f5")
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)
        await pilot.press("down", "enter")
        await until(
            pilot,
            lambda: any("United States" in one for one in app.beside()),
            app.beside,
        )
        await save(pilot)
        kept = app.given[0]
        assert kept is not None
        assert (kept.places[0].country, kept.places[0].status) == ("US", DECIDED)
        assert collection.place_entry("Georgia").country == "US"


async def test_a_click_on_what_is_said_of_a_place_asks_too(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "interview_place", "Georgia")
        await until(pilot, lambda: any("may be" in one for one in app.beside()), app.beside)
        remark = next(
            one
            for one in app.form.query(FieldRemark)
            if one.key == "interview_place" and one.display
        )
        app.form.query_one("FormBody").scroll_to_widget(remark, animate=False)
        await pilot.pause()
        await pilot.click(remark, offset=(25, 0))
        await pilot.pause()
        assert isinstance(app.screen, ChoiceScreen)


async def test_a_theme_that_nearly_equals_one_is_offered_that_one(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(100, 30)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "themes", "War; Mobilization; Flight")
        await until(
            pilot,
            lambda: any("like Mobilisation" in one for one in app.beside()),
            app.beside,
        )
        await pilot.press("f5")
        assert app.field("themes").words == "War; Mobilisation; Flight"


async def test_hostile_names_are_drawn_and_taken_as_they_are(collection: Collection) -> None:
    collection.add(
        Record(title="T", account="A", themes=["[/] [bold]x", "\x1b[31mred", "a; b", "[link=x]y"])
    )
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "themes", "")
        await pilot.press("down")
        # What cannot be written there, or drawn as it is, is not offered.
        assert set(offered(app)) == {"Mobilisation", "Flight", "[/] [bold]x", "[link=x]y"}
        await pilot.press(*["down"] * (offered(app).index("[/] [bold]x")), "enter")
        assert app.field("themes").words == "[/] [bold]x; "


async def test_a_field_takes_back_what_was_done_to_it(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await pilot.press(*"one two", "ctrl+u", *"x", "ctrl+z", "ctrl+z")
        assert app.field("title").words == "one two"
        await pilot.press("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        assert app.field("title").words == ""
        for _ in range(9):
            await pilot.press("ctrl+y")
        assert app.field("title").words == "x"


async def test_offers_do_not_hang_in_the_air(collection: Collection) -> None:
    app = Desk(collection, draft={"title": "T", "account": "B"})
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "themes", "mob")
        await until(pilot, lambda: "Mobilisation" in offered(app), lambda: offered(app))
        await pilot.resize_terminal(40, 12)
        await until(pilot, lambda: not offered(app), lambda: offered(app))
        await pilot.press("down", "enter")
        assert app.field("themes").words == "mob"
        app.form.set_focus(app.field("themes"))
        await until(
            pilot,
            lambda: app.screen.region.contains_region(app.field("themes").region),
            lambda: app.field("themes").region,
        )
        await pilot.press("i")
        await until(pilot, lambda: "Mobilisation" in offered(app), lambda: offered(app))
        body, field = app.form._body, app.field("themes")
        await pilot.press("down")
        body.scroll_relative(y=1, animate=False)
        await until(
            pilot,
            lambda: app.form._offers.region.y in (field.region.bottom, field.region.y - 1),
            lambda: (app.form._offers.region, field.region),
        )
        assert app.form._offers.chosen is not None
        body.scroll_end(animate=False)
        await until(pilot, lambda: not offered(app), lambda: offered(app))


async def test_the_field_stays_in_view_in_a_smaller_window(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        field = app.field("themes")
        app.form.set_focus(field)
        await pilot.resize_terminal(40, 12)
        await until(
            pilot,
            lambda: app.screen.region.contains_region(field.region),
            lambda: field.region,
        )


async def test_a_choice_for_a_name_that_is_gone_is_nothing_to_lose(collection: Collection) -> None:
    app = Desk(collection)
    async with app.run_test(size=(80, 24)) as pilot:
        await complete(pilot)
        await typed(pilot, app, "interview_place", "Samark")
        await until(pilot, lambda: offered(app)[:1] == ["Samarkand"], lambda: offered(app))
        await pilot.press("down", "enter")
        assert app.form.unsaved
        await pilot.press("ctrl+u")
        assert not app.form.unsaved
