"""Written places taken apart, before anything is looked up."""

from __future__ import annotations

import pytest

from collection.places.keys import key_of
from collection.places.written import take_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alma-Ata", "ALMA ATA"),
        ("Łódź", "lodz"),
        ("L'viv", "Lviv"),
        ("St. Louis", "Saint Louis"),
        ("DeValls Bluff", "De Valls Bluff"),
        ("S. C.", "SC"),
    ],
)
def test_spellings_of_one_name_have_one_key(one, other):
    assert key_of(one) == key_of(other) != ""


def test_what_cannot_be_a_name_has_no_key():
    assert key_of("") == key_of("…") == key_of("x" * 10_000) == ""


@pytest.mark.parametrize(
    ("written", "names", "contexts", "notes", "site"),
    [
        ("Winnsboro, S. C.", ("Winnsboro",), ("S. C",), (), ""),
        ("Nagyvárad/Oradea", ("Nagyvárad", "Oradea"), (), (), ""),
        ("Łódź (Poland : Ghetto)", ("Łódź",), (), ("Poland",), "ghetto"),
        ("Melk concentration camp", ("Melk",), (), (), "camp"),
        ("Rastenburg [Kętrzyn]", ("Rastenburg",), (), ("Kętrzyn",), ""),
        ("Likeve (Łuków", ("Likeve",), (), ("Łuków",), ""),
        ("Cape Girardeau Co., Missouri.", ("Cape Girardeau County",), ("Missouri",), (), ""),
        ("Poland--Tarnów", ("Tarnów",), (), ("Poland",), ""),
        ("Carters, Florida; a company", ("Carters",), ("Florida",), (), ""),
    ],
)
def test_the_parts_of_a_written_place(written, names, contexts, notes, site):
    apart = take_apart(written)
    assert (apart.names, apart.contexts, apart.notes, apart.site) == (names, contexts, notes, site)


def test_brackets_that_rename_are_told_from_those_that_place():
    assert take_apart("Rastenburg [Kętrzyn]").renamed
    assert not take_apart("Budzyń (Lublin)").renamed


def test_nothing_comes_of_a_sentence():
    assert take_apart("the place where we were made to stand all day").names == ()
    assert take_apart("x" * 500).names == ()
