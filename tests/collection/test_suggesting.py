"""Suggestions: the collection's own names first, then the gazetteer's; nothing that is withheld."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.suggesting import FIELDS, Suggestion
from collection.testimony import Access, Narrator, Restriction, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from collection.suggesting import Suggestions


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Suggestions]:
    path: Path = tmp_path_factory.mktemp("names") / "voices.json"
    with Collection.open(path) as voices:
        for n in range(3):
            voices.add(
                Testimony(
                    title=f"t{n}",
                    account="x",
                    narrator="Oleg*",
                    places=["Lwów", "Terezín"],
                    themes=["Mobilisation"],
                    interviewers=["Ada Byron"],
                    source=Source(series="Leaving, 2022"),
                )
            )
        voices.add(
            Testimony(
                title="t",
                account="x",
                places=["Terezín Ghetto"],
                interview_place="Алматы",
                themes=["Forced labour", "Flight"],
                present=["Byron Jones"],
            )
        )
        voices.add(
            Testimony(
                title="s",
                account="x",
                themes=["Treason"],
                access=Access(record=Restriction("private")),
            )
        )
        voices.add(
            Testimony(
                title="n",
                account="x",
                narrator=Narrator("Wanda", "pseudonym"),
                access=Access(name=Restriction("private")),
            )
        )
        voices.define_theme("Forced labour", used_for=["Slave labour"])
        yield voices.suggestions()


@pytest.mark.parametrize(
    ("field", "typed", "first"),
    [
        ("places", "ter", ("Terezín", 3, "")),
        ("places", "Terz", ("Terezín", 3, "")),
        ("places", "ghetto", ("Terezín Ghetto", 1, "")),
        ("places", "lemb", ("Lwów", 3, "= Lemberg")),
        ("interview_place", "alma", ("Алматы", 1, "")),
        ("themes", "mobilz", ("Mobilisation", 3, "")),
        ("themes", "labor", ("Forced labour", 1, "")),
        ("themes", "slave", ("Forced labour", 1, "= Slave labour")),
        ("narrator.name", "ol", ("Oleg*", 3, "")),
        ("translators", "byr", ("Byron Jones", 1, "")),
        ("source.series", "lea", ("Leaving, 2022", 3, "")),
    ],
)
def test_names_of_the_collection_come_first(
    names: Suggestions, field: str, typed: str, first: tuple[str, int, str]
) -> None:
    found = names.offer(field, typed)[0]
    assert (found.name, found.count, found.about) == first


def test_the_gazetteer_follows_with_the_very_place(names: Suggestions) -> None:
    found = names.offer("places", "Samark")
    assert (found[0].name, found[0].count) == ("Samarkand", 0)
    assert "Uzbekistan" in found[0].about
    assert found[0].candidate is not None
    assert found[0].candidate.country == "UZ"
    springfields = [one for one in names.offer("places", "Springfield") if one.candidate]
    assert len({one.about for one in springfields}) > 3
    assert next(one.name for one in names.offer("places", "Samarkant")) == "Samarkand"
    assert names.offer("themes", "Samark") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Krakw", "Kraków"),
        ("Srebrenia", "Srebrenica"),
        ("Buchenwold", "Buchenwald"),
        ("Auschwits", "Auschwitz"),
        ("Leningard", "Leningrad"),
        ("Sao Pualo", "São Paulo"),
    ],
)
def test_a_misspelt_place_is_offered_as_it_is_meant(
    names: Suggestions, typed: str, meant: str
) -> None:
    assert meant in [one.name for one in names.offer("places", typed)][:4]


def test_another_name_is_written_as_it_was_begun(names: Suggestions) -> None:
    found = names.offer("places", "Warszaw")[0]
    assert found.name == "Warszawa"
    assert found.about.startswith("Warsaw, town")


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [
        ("themes", "Mobilization", "Mobilisation"),
        ("themes", "mobilisation", "Mobilisation"),
        ("themes", "Slave labor", "Forced labour"),
        ("themes", "Mobilisation", None),
        ("themes", "Music", None),
        ("themes", " ", None),
        ("narrator.name", "Oleg", "Oleg*"),
        ("places", "Terezin", "Terezín"),
        ("source.series", "Leaving 2022", "Leaving, 2022"),
    ],
)
def test_what_nearly_equals_a_name_is_offered_the_name(
    names: Suggestions, field: str, typed: str, meant: str | None
) -> None:
    found = names.near(field, typed)
    assert (found.name if found else None) == meant


def test_what_is_withheld_is_not_suggested(names: Suggestions) -> None:
    assert names.offer("themes", "treas") == []
    assert names.offer("narrator.name", "wand") == []
    assert all("▒" not in one.name for one in names.most_common("narrator.name"))


def test_the_most_common_come_first(names: Suggestions) -> None:
    assert names.most_common("themes", 1) == [Suggestion("Mobilisation", 3)]


@given(st.sampled_from(FIELDS), st.text(max_size=30))
def test_anything_can_be_typed(names: Suggestions, field: str, typed: str) -> None:
    found = names.offer(field, typed, 5)
    assert len(found) <= 5
    assert len({(one.name, one.about) for one in found}) == len(found)
    names.near(field, typed)
