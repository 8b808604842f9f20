from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.errors import InvalidTestimony
from collection.reading import read_testimony
from collection.testimony import FIELDS, Place, Testimony, as_record
from tests.collection.strategies import plain, records, texts

SOUND = {"title": "A title", "account": "An account."}


@given(records())
def test_a_record_reads_back_as_it_was(testimony: Testimony) -> None:
    assert read_testimony(as_record(testimony)) == testimony


@given(plain | st.dictionaries(st.sampled_from(FIELDS) | texts(), plain, max_size=8))
def test_anything_is_read_or_refused_with_reasons(raw: Any) -> None:
    try:
        read_testimony(raw)
    except InvalidTestimony as error:
        assert error.problems
        assert all(problem.message for problem in error.problems)
        assert str(error).isprintable()


@pytest.mark.parametrize("field", FIELDS)
@given(value=plain | st.sampled_from([float("nan"), 10**5000, "\ud800", b"x", object(), True]))
def test_any_value_in_any_field_is_read_or_refused_by_name(field: str, value: Any) -> None:
    try:
        read_testimony(SOUND | {field: value})
    except InvalidTestimony as error:
        assert all(problem.field.startswith((field, "extra")) for problem in error.problems)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("title", {"a": 1}, "title"),
        ("themes", 3, "themes"),
        ("themes", ["a", ["b"]], "themes[1]"),
        ("narrator", 4.5, "narrator"),
        ("narrator", {"name": []}, "narrator.name"),
        ("date", ["1944"], "date"),
        ("date", {"edtf": "next week"}, "date.edtf"),
        ("date", {"earliest": "1944", "edtf": None}, "date.earliest"),
        ("places", [{"country": "PL"}], "places[0].name"),
        ("places", [{"name": "x", "latitude": "far"}], "places[0].latitude"),
        ("turns", ["he said"], "turns[0]"),
        ("turns", [{"offset": 1.5}], "turns[0].offset"),
        ("media", [[1]], "media[0]"),
        ("consent", {"status": "sure"}, "consent.status"),
        ("revision", "two", "revision"),
        ("revision", True, "revision"),
        ("extra", [1], "extra"),
    ],
)
def test_wrong_types_are_named(field: str, value: Any, named: str) -> None:
    with pytest.raises(InvalidTestimony) as refused:
        read_testimony(SOUND | {field: value})
    assert [problem.field for problem in refused.value.problems] == [named]


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidTestimony) as refused:
        read_testimony({"title": 1.5, "account": 2.5, "themes": 3})
    assert {problem.field for problem in refused.value.problems} == {"title", "account", "themes"}


def test_other_spellings_of_keys() -> None:
    told = read_testimony(
        {
            "Title": "A",
            "ACCOUNT": "B",
            "Speaker": "Oleg*",
            "place": "Lwów; Kyiv | Łódź (Poland : Ghetto)",
            "themes": "war;;exile",
        }
    )
    assert (told.title, told.account) == ("A", "B")
    assert (told.narrator.name, told.narrator.naming) == ("Oleg*", "pseudonym")
    assert told.places == (Place("Lwów"), Place("Kyiv"), Place("Łódź (Poland : Ghetto)"))
    assert told.themes == ("war", "exile")
    assert told.extra == {}


def test_what_is_unknown_goes_to_extra_and_comes_out() -> None:
    told = read_testimony(
        SOUND | {"mood": "calm", "source": {"citation": "a", "page": 3}, "extra": {"x": 1}}
    )
    assert told.extra == {"mood": "calm", "source.page": 3, "x": 1}
    assert read_testimony(as_record(told)) == told


def test_nothing_is_lost_when_a_key_comes_twice() -> None:
    told = read_testimony(SOUND | {"narrator": "A", "speaker": "B"})
    assert (told.narrator.name, told.extra) == ("A", {"speaker": "B"})
    with pytest.raises(InvalidTestimony, match="twice"):
        read_testimony(SOUND | {"mood": "calm", "extra": {"mood": "angry"}})


@pytest.mark.parametrize(
    "access",
    [
        "sealed",
        {"recrd": "private"},
        {"account": "closed"},
        {"account": {"levl": "private"}},
        {"account": {"level": "private", "untl": "2050"}},
        {"account": {"level": 3}},
        {"account": ["private"]},
        {"account": {"until": "some day"}},
        {"account": {"reason": "the family asked"}},
        ["private"],
        1,
        True,
        {"account": {"level": "open ?"}},
    ],
    ids=str,
)
def test_a_seal_that_is_not_understood_is_never_taken_for_open(access: Any) -> None:
    with pytest.raises(InvalidTestimony):
        read_testimony(SOUND | {"access": access})


@given(plain)
def test_no_access_value_opens_by_accident(value: Any) -> None:
    try:
        told = read_testimony(SOUND | {"access": {"account": value}})
    except InvalidTestimony:
        return
    plain_open = value in (None, "") or (isinstance(value, dict) and not any(value.values()))
    assert plain_open == (told.access.account.level == "open")


@pytest.mark.parametrize(
    "raw",
    [
        {"access.record": "private"},
        {"Access.Account ": {"level": "private"}},
        {"access.words": "private"},
        {"access": None, "Access": "private"},
        {"access": {"record": "open"}, "ACCESS": "private"},
    ],
)
def test_a_seal_outside_of_its_place_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(InvalidTestimony):
        read_testimony(SOUND | raw)


def test_seals_are_read() -> None:
    told = read_testimony(
        SOUND | {"Access": {"record": "PRIVATE", "account": {"until": "2050-01-01"}}}
    )
    assert told.access.record.level == "private"
    assert told.access.account.level == "embargoed"
    assert read_testimony(SOUND | {"access": "restricted"}).access.record.level == "restricted"


def test_days_without_a_reading_are_kept() -> None:
    told = read_testimony(SOUND | {"date": {"text": "the war", "latest": "1945-05-08"}})
    assert (told.date.text, told.date.edtf, told.date.earliest, told.date.latest) == (
        "the war",
        None,
        None,
        "1945-05-08",
    )
