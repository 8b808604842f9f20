from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from collection import Testimony
from collection.access import gate
from collection.dates import read_date
from collection.exchange.markup.dublincore import DublinCore
from collection.testimony import Access, Consent, Medium, Narrator, Place, Restriction, Source
from tests.collection.strategies import records

NAMES = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
}


def _written(*some: Testimony, private: bool = False) -> list[list[tuple[str, str]]]:
    data = b"".join(DublinCore().write(gate(one, private=private) for one in some))
    found = []
    for record in fromstring(data):
        told = []
        for child in record:
            space, _, name = child.tag[1:].partition("}")
            told.append((f"{NAMES[space]}:{name}", child.text))
        found.append(told)
    return found


def test_every_field_has_its_element() -> None:
    record = Testimony(
        id="a",
        title="On the mill",
        narrator=Narrator("Oleg*", "pseudonym", "Ivan Petrov"),
        interviewers=["Anna Weiss"],
        date="early May 1944",
        period=read_date("a long winter"),
        places=[Place("Łódź")],
        themes=["Hiding"],
        keywords=["mill"],
        account="We hid & waited.",
        context="Told at home.",
        language="de",
        source=Source("Box 3", "https://example.org", "Mills", "Rivers", "House"),
        rights="hers",
        licence="CC BY 4.0",
        consent=Consent("documented", uses="for research"),
        media=[Medium("ida.mp3", "https://example.org/a", "0:30")],
        notes="Petrov lives there",
        access=Access(media=Restriction("embargoed", "2050-01-01")),
    )
    (told,) = _written(record, private=True)
    assert told == [
        ("dc:identifier", "a"),
        ("dc:title", "On the mill"),
        ("dc:contributor", "Oleg*"),
        ("dc:contributor", "Anna Weiss"),
        ("dc:date", record.date.edtf),
        ("dcterms:temporal", "a long winter"),
        ("dcterms:spatial", "Łódź"),
        ("dc:subject", "Hiding"),
        ("dc:subject", "mill"),
        ("dc:description", "Told at home."),
        ("dc:type", "Text"),
        ("dc:type", "Sound"),
        ("dc:language", "de"),
        ("dc:source", "Box 3"),
        ("dc:source", "https://example.org"),
        ("dcterms:isPartOf", "Mills"),
        ("dcterms:isPartOf", "Rivers"),
        ("dc:publisher", "House"),
        ("dc:rights", "hers"),
        ("dcterms:license", "CC BY 4.0"),
        ("dcterms:accessRights", "media: embargoed until 2050-01-01"),
        ("dcterms:accessRights", "for research"),
        ("dc:relation", "https://example.org/a"),
        ("dc:relation", "ida.mp3"),
        ("dcterms:extent", "0:30"),
    ]


@pytest.mark.parametrize(
    ("account", "told"),
    [
        ("We hid & waited.\n\nThen on.", "We hid & waited. Then on."),
        ("word " * 60, "word " * 59 + "word"),
        ("word " * 61, "word " * 60 + "…"),
        ("x" * 301, "x" * 300 + " …"),
        ("x" * 300, "x" * 300),
    ],
)
def test_without_circumstances_the_first_words_describe(account: str, told: str) -> None:
    (found,) = _written(Testimony(id="a", title="T", account=account))
    assert [text for name, text in found if name == "dc:description"] == [told]


def test_what_is_sealed_does_not_leave() -> None:
    closed = Access(record=Restriction("private"))
    named = Access(name=Restriction("private"), account=Restriction("private"))
    whole = Testimony(id="a", title="A", account="secret", access=closed)
    part = Testimony(id="b", title="B", account="secret", narrator="Petrov", access=named)
    data = b"".join(DublinCore().write([gate(whole), gate(part)]))
    assert b"secret" not in data
    assert b"Petrov" not in data
    assert [dict(told)["dc:identifier"] for told in _written(whole, part)] == ["b"]


@given(some=st.lists(records(), max_size=3))
def test_any_record_makes_well_formed_xml(some: list[Testimony]) -> None:
    assert len(_written(*some, private=True)) == len(some)
