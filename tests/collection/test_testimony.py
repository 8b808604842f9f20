from __future__ import annotations

import math
import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.dates import DateSpan
from collection.errors import CollectionError, InvalidTestimony, Problem, shown
from collection.testimony import (
    FIELDS,
    Access,
    Narrator,
    Place,
    Restriction,
    Source,
    Testimony,
    Turn,
    as_record,
    is_day,
    make_id,
    newest_first,
    same_content,
    validate,
)
from tests.collection.strategies import plain, records


def _testimony(**values: Any) -> Testimony:
    return Testimony(**{"title": "A title", "account": "An account."} | values)


@given(records())
def test_any_valid_record_is_accepted(testimony: Testimony) -> None:
    validate(testimony)


def test_plain_values_are_brought_to_their_types() -> None:
    told = _testimony(
        narrator="Oleg*",
        date="1944",
        source="A book",
        places=["Lwów", Place("Kyiv")],
        themes="war; exile|home",
        interviewers=["", "Ann"],
    )
    assert told.narrator == Narrator("Oleg*", "pseudonym")
    assert told.date == DateSpan("1944", "1944", "1944-01-01", "1944-12-31")
    assert told.source == Source("A book")
    assert told.places == (Place("Lwów"), Place("Kyiv"))
    assert told.themes == ("war", "exile", "home")
    assert told.interviewers == ("Ann",)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"account": ""}, "account"),
        ({"narrator": Narrator("x", "alias")}, "narrator.naming"),
        ({"rendering": "sung"}, "rendering"),
        ({"access": Access(account=Restriction("closed"))}, "access.account.level"),
        ({"access": Access(name=Restriction("embargoed", "2044"))}, "access.name.until"),
        ({"date": DateSpan("x", None, "1944-02-30", None)}, "date.earliest"),
        ({"date": DateSpan("x", None, "1945-01-01", "1944-01-01")}, "date"),
        ({"date": DateSpan("x", None, "١٩٤٤-٠١-٠١", None)}, "date.earliest"),
        ({"places": [Place("")]}, "places[0].name"),
        ({"places": [Place("x", latitude=91.0)]}, "places[0].latitude"),
        ({"places": [Place("x", longitude=-181.0)]}, "places[0].longitude"),
        ({"places": [Place("x", status="lost")]}, "places[0].status"),
        ({"turns": [Turn(-1)]}, "turns[0].offset"),
        ({"revision": -1}, "revision"),
        ({"id": "a\nb"}, "id"),
        ({"id": " a"}, "id"),
        ({"id": "a\u202eb"}, "id"),
        ({"id": "a" * 300}, "id"),
    ],
)
def test_what_does_not_fit_is_refused(values: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidTestimony) as refused:
        validate(_testimony(**values))
    assert [problem.field for problem in refused.value.problems] == [field]


def _nested(depth: int) -> Any:
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


UNFAITHFUL: list[Any] = [
    math.nan,
    math.inf,
    -math.inf,
    2**70,
    -(2**64),
    "\ud800",
    {"\udfff": 1},
    _nested(40),
    _nested(5000),
    {1: 2},
    (1,),
    {"a"},
    object(),
    b"x",
]


@pytest.mark.parametrize("value", UNFAITHFUL, ids=lambda value: type(value).__name__)
def test_what_json_would_change_is_refused(value: Any) -> None:
    with pytest.raises(InvalidTestimony) as refused:
        validate(_testimony(extra={"a": value}))
    assert [problem.field for problem in refused.value.problems] == ["extra"]


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "extra"])
@given(value=plain | st.sampled_from(UNFAITHFUL))
def test_values_of_any_type_are_refused_or_kept(field: str, value: Any) -> None:
    testimony = _testimony(**{field: value})
    try:
        validate(testimony)
    except InvalidTestimony as error:
        assert error.problems
    else:
        assert msgspec.json.decode(msgspec.json.encode(testimony), type=Testimony) == testimony


@given(st.text() | st.integers() | st.floats() | plain)
def test_messages_hold_nothing_a_terminal_obeys(value: Any) -> None:
    for text in (
        shown(value),
        str(CollectionError(f"It is {value}")),
        Problem("a", str(value), str(value)).message,
    ):
        assert text.isprintable()
    assert len(shown("x" * 10_000)) < 100


def test_messages_survive_monsters() -> None:
    assert shown(10**10_000) == "a very large number"
    assert shown(_nested(100_000)).isprintable()


def test_newest_first_survives_a_damaged_date() -> None:
    whole = _testimony(id="b", date=DateSpan("x", None, None, "1944-06-30"))
    damaged = _testimony(id="a", date=DateSpan("x", None, None, "194X-99"))
    undated = _testimony(id="c")
    assert sorted([undated, damaged, whole], key=newest_first) == [whole, damaged, undated]


def test_ids_are_citable_and_differ() -> None:
    made = {make_id() for _ in range(200)}
    assert len(made) == 200
    assert all(re.fullmatch("t(-[0-9a-hjkmnp-z]{4}){3}", id) for id in made)


@given(records(), records())
def test_same_content_ignores_the_keeping_only(one: Testimony, other: Testimony) -> None:
    kept = msgspec.structs.replace(one, created="x", modified="y", by="z", revision=7)
    assert same_content(one, kept)
    assert same_content(one, other) == (
        as_record(one) | dict.fromkeys(("created", "modified", "by", "revision"))
        == as_record(other) | dict.fromkeys(("created", "modified", "by", "revision"))
    )


@pytest.mark.parametrize("text", ["1944-06-30", "0001-01-01"])
def test_days(text: str) -> None:
    assert is_day(text)


@pytest.mark.parametrize(
    "text",
    ["", "1944", "1944-6-30", "1944-02-30", "0000-01-01", "1944-06-30\n", "1944-06-30T00:00"],
)
def test_no_days(text: str) -> None:
    assert not is_day(text)
