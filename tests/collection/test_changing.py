"""Adding and revising with places about which somebody has chosen what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collection import Collection
from collection.places.entry import AMBIGUOUS, DECIDED, RESOLVED
from tests.collection.placed import testimony as made
from tests.collection.small_gazetteer import PLACES, SmallGazetteer, in_place

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GEORGIA, STATE = PLACES["Georgia"]


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


@pytest.fixture
def voices(tmp_path: Path) -> Iterator[Collection]:
    with Collection.open(tmp_path / "voices.json") as collection:
        yield collection


def test_what_places_would_be_taken_for_is_told_and_not_kept(voices: Collection) -> None:
    alone = voices.place_meanings(made("a", "Georgia"))
    assert alone["Georgia"].status == AMBIGUOUS
    # What was told of the name alone must not stand in the way of what is known beside another.
    beside = made("a", "Georgia", "Tbilisi", interview_place="Kyiv")
    told = voices.place_meanings(beside)
    assert {name: entry.status for name, entry in told.items()} == {
        "Georgia": RESOLVED,
        "Tbilisi": RESOLVED,
        "Kyiv": RESOLVED,
    }
    assert [place.country for place in voices.add(beside).places] == ["GE", "GE"]


def test_a_choice_decides_a_new_name_for_the_collection(voices: Collection) -> None:
    kept = voices.add(made("a", "Georgia"), meant={"Georgia": STATE, "Kyiv": GEORGIA})
    assert (kept.places[0].country, kept.places[0].status) == ("US", DECIDED)
    assert voices.place_entry("Georgia").status == DECIDED
    assert voices.add(made("b", "Georgia")).places[0].country == "US"
    voices.undo()
    voices.undo()
    assert voices.place_entry("Georgia").status == AMBIGUOUS


def test_a_choice_leaves_other_testimonies_alone(voices: Collection) -> None:
    other = voices.add(made("a", "Georgia"))
    kept = voices.add(made("b", "Georgia"), meant={"Georgia": STATE})
    assert kept.places[0].country == "US"
    assert voices.get("a") == other
    assert voices.place_entry("Georgia").status == AMBIGUOUS


def test_a_choice_is_made_for_a_testimony_that_is_there(voices: Collection) -> None:
    voices.add(made("a", "Georgia"))
    kept = voices.revise("a", meant={"Georgia": GEORGIA})
    assert (kept.places[0].country, kept.places[0].status) == ("GE", DECIDED)
    assert voices.place_entry("Georgia").country == "GE"
    voices.undo()
    assert voices.get("a").places[0].status == AMBIGUOUS
