from __future__ import annotations

import pytest


def marked(index, query, text):
    return [text[start:end] for start, end in index.search(query).marks(text)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("terezin", "From Terezín, TEREZIN and Terezínu.", ["Terezín", "TEREZIN", "Terezínu"]),
        ("lodz", "Łódź is Lodz.", ["Łódź", "Lodz"]),
        ("warszawa", "Warsaw, Warszawa", ["Warsaw", "Warszawa"]),
        ("terezim", "Terezín Ghetto", ["Terezín"]),
        ("almaata", "In Alma Ata.", ["Alma", "Ata"]),
        ("almaat", "In Alma-Ata.", ["Alma", "Ata"]),
        ("alma", "In Alma Ata.", ["Alma"]),
        ("forced lab", "Labour was forced.", ["Labour", "forced"]),
        ("forced labor", "Forced labour", ["Forced", "labour"]),
        ('"forced labour"', "Labour; forced labour, forced.", ["forced", "labour"]),
        # What is quoted is meant as it stands, without other spellings.
        ('"forced labor"', "Forced labour", []),
        ('"forced labour"', "Forced labour", ["Forced", "labour"]),
        ('"trains left', "The trains, the trains left.", ["trains", "left"]),
        ("алматы", "Almaty, Алматы", ["Almaty", "Алматы"]),
        ("京都", "我在京都出生", ["京", "都"]),
        ("ירושלים", "היינו ב־יְרוּשָׁלַיִם אז", ["יְרוּשָׁלַיִם"]),
        ("lodz -anna", "Anna in Lodz", ["Lodz"]),
        ("terezin qqxzvbn", "qqxzvbn Terezin", ["Terezin"]),
        ("the exile", "the exile", ["exile"]),
        ("", "anything", []),
        ("lodz", "", []),
    ],
)
def test_marks(small, query, text, expected):
    assert marked(small, query, text) == expected


@pytest.mark.parametrize(
    ("query", "id", "first"),
    [
        ("lodz", "a", "place Łódź"),
        ("ghetto", "a", "place Łódź (Poland : Ghetto)"),
        ("terezim", "b", "place Terezín ≈ terezim"),
        ("forced labor", "a", "theme Forced labour ≈ forced labor"),
        ("labor", "a", "theme Forced labour ≈ forced labor"),
        ("oradea", "h", "place Nagyvárad/Oradea"),
        ("kowal", "a", "narrator Anna Kowalska"),
        ("kowelska", "a", "narrator Anna Kowalska ≈ kowelska"),
        ("remembered", "h", "title: remembered"),
        ("burning", "i", "account: 1 × burning"),
        ("burn", "i", "account: 1 × burn…"),
        ("baracks", "g", "account: 1 × barracks ≈ baracks"),
        ('"nobody slept"', "a", 'account: 1 × "nobody slept"'),
        ('"nobody sl', "a", 'account: 1 × "nobody sl"'),
        ("almaata", "g", "place Alma Ata"),
        ('"forced labour"', "a", "theme Forced labour"),
    ],
)
def test_why(small, query, id, first):
    assert small.search(query).why(id)[0] == first


def test_why_says_the_best_first_and_each_name_once(small):
    assert small.search("lodz").why("a") == ("place Łódź", "account: 2 × lodz")
    assert small.search("alma ata").why("g") == ("place Alma Ata",)
    assert small.search("").why("a") == ()
    assert small.search("lodz").why("b") == ()
    assert small.search("lodz").why("never was") == ()


def test_the_context_is_searched_too(index_of, testimony):
    index = index_of(testimony("x", account="snow", context="Told in Riga, in the snow."))
    assert index.search("riga").why("x") == ("context: 1 × riga",)
    assert index.search("snow").why("x") == ("account: 1 × snow", "context: 1 × snow")
