"""Who is cited, and when: never a hidden name, never a precision that is not known."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from collection import Testimony
from collection.access import gate
from collection.citing.dates import csl_date, said, single_year
from collection.citing.names import narrators, person
from collection.citing.styles import STYLES, cite
from collection.citing.work import work
from collection.dates import read_date
from collection.testimony import Access, Narrator, Restriction
from tests.collection.strategies import records, spans


def made(**given: object) -> Testimony:
    return Testimony(**{"id": "k-1", "title": "The bridge", "account": "We crossed.", **given})


@pytest.mark.parametrize(
    ("narrator", "straight"),
    [
        (Narrator("Oleg*"), "Oleg (pseudonym)"),
        (Narrator("Oleg", "pseudonym", "Pavel Ivanov"), "Oleg (pseudonym)"),
        (Narrator("Jane Roe", "anonymous", "Jane Roe"), "Anonymous"),
        (Narrator("", "anonymous", "Pavel Ivanov"), "Anonymous"),
        (Narrator("Anna Weiss", "real"), "Anna Weiss"),
        (Narrator("Anna Weiss; Jan Novák"), "Anna Weiss|Jan Novák"),
        (Narrator(""), ""),
    ],
)
def test_how_a_narrator_is_named(narrator: Narrator, straight: str) -> None:
    seen = gate(made(narrator=narrator))
    assert "|".join(one.straight for one in narrators(seen)) == straight
    assert all("Ivanov" not in cite(seen, style) for style in STYLES)


def test_a_sealed_name_and_a_real_name_that_was_asked_for() -> None:
    sealed = made(
        title="Anna Weiss: the bridge",
        narrator=Narrator("Anna Weiss", "real"),
        access=Access(name=Restriction("private")),
    )
    for style in STYLES:
        told = cite(gate(sealed), style)
        assert "Name withheld" in told
        assert "Weiss" not in told
        assert "█" not in told
    assert cite(gate(sealed, private=True), "chicago").startswith("Anna Weiss, “")
    changed = made(narrator=Narrator("Oleg", "pseudonym", "Pavel Ivanov"))
    assert "pseudonym of Pavel Ivanov" in cite(gate(changed, private=True), "mla")


@given(records())
def test_no_style_lets_a_real_name_out(testimony: Testimony) -> None:
    import msgspec

    secret = Narrator("Wanda", testimony.narrator.naming, "Zzyzxova Quuxenheim")
    seen = gate(msgspec.structs.replace(testimony, narrator=secret))
    if not seen.sealed:
        assert all("Quuxenheim" not in cite(seen, style) for style in STYLES)


@pytest.mark.parametrize(
    ("name", "language", "turned"),
    [
        ("Anna Weiss", "de", "Weiss, Anna"),
        ("Anna M. Weiss", "", "Weiss, Anna M."),
        ("Weiss, Anna", "", "Weiss, Anna"),
        ("Kelecsényi Bálint", "hu", "Kelecsényi Bálint"),
        ("沢渡 ふみ", "", "沢渡 ふみ"),
        ("Jan van der Berg", "nl", "Jan van der Berg"),
        ("Gabriel García Márquez", "es", "Gabriel García Márquez"),
        ("Mrs Brown", "", "Mrs Brown"),
        ("A woman", "", "A woman"),
        ("Wanda", "", "Wanda"),
        ("Dora Perelman (teacher)", "", "Perelman, Dora (teacher)"),
        ("Pupils of the eleventh grade", "", "Pupils of the eleventh grade"),
    ],
)
def test_a_name_is_turned_round_only_where_it_is_certain(
    name: str, language: str, turned: str
) -> None:
    assert person(name, language).turned == turned


@pytest.mark.parametrize(
    ("words", "american", "other", "year"),
    [
        ("1944?", "1944?", "1944?", 1944),
        ("circa 1943", "ca. 1943", "ca. 1943", 1943),
        ("18. 6. 1945", "June 18, 1945", "18 June 1945", 1945),
        ("September 2022", "September 2022", "Sept. 2022", 2022),
        ("summer 1944?", "summer 1944?", "summer 1944?", 1944),
        ("winter 1942-43", "winter 1942–43", "winter 1942–43", None),
        ("1944-05/1945-03", "May 1944–March 1945", "May 1944–Mar. 1945", None),
        ("early 1990s", "early 1990s", "early 1990s", None),
        ("before 1950", "before 1950", "before 1950", None),
        ("4/3/1981", "4/3/1981", "4/3/1981", None),
        ("194X", "1940s", "1940s", None),
        ("after the flood", "after the flood", "after the flood", None),
        ("", "n.d.", "n.d.", None),
    ],
)
def test_dates_as_they_are_known(words: str, american: str, other: str, year: int | None) -> None:
    span = read_date(words)
    assert said(span) == american
    assert said(span, american=False) == other
    assert single_year(span) == year


@pytest.mark.parametrize(
    ("words", "issued"),
    [
        ("1944", {"date-parts": [[1944]]}),
        ("1944?", {"date-parts": [[1944]], "circa": True}),
        ("June 1945", {"date-parts": [[1945, 6]]}),
        ("summer 1944?", {"date-parts": [[1944]], "season": 2, "circa": True}),
        ("1944-05/1945-03", {"date-parts": [[1944, 5], [1945, 3]]}),
        ("4/3/1981", {"literal": "4/3/1981"}),
        ("", None),
    ],
)
def test_dates_for_programs(words: str, issued: object) -> None:
    assert csl_date(read_date(words)) == issued


@given(spans())
def test_any_date_is_said_on_one_line_and_adds_no_digit(span) -> None:  # type: ignore[no-untyped-def]
    told = said(span)
    assert told
    assert "\n" not in told
    given = span.text + (span.edtf or "")
    assert all(year in given for year in re.findall("[0-9]{4}", told))


def test_a_title_that_only_repeats_the_name_is_left_out() -> None:
    seen = gate(made(title="Interview with Anna Weiss", narrator="Anna Weiss"))
    assert work(seen).title == ""
    assert cite(seen, "mla").startswith("Weiss, Anna. Testimony.")
