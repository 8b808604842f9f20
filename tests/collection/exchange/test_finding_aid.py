"""Finding aids: what a collection holds, in sum and one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from collection import Testimony
from collection.access import gate
from collection.exchange.exporting import entitle
from collection.exchange.formats import writer
from collection.exchange.readable.survey import Survey
from collection.testimony import Source
from tests.collection.exchange.test_readable import written


def test_a_finding_aid_sums_the_collection_up() -> None:
    held = Source("", "", "Winter Voices", "Bridges", "Harbour Archive")
    voices = [
        Testimony(id="a", title="First", account="one two", narrator="Anna Weiss", date="1944",
                  places=["Łódź"], themes=["hunger"], language="de", source=held, context="Told in May."),
        Testimony(id="b", title="Second", account="three", narrator="Oleg*", date="2022",
                  places=["Łódź", "Alma"], language="de"),
    ]  # fmt: skip
    text = written("finding-aid", *voices).decode()
    for said in (
        "2 testimonies, 3 words of accounts", "1944–2022", "German (2)", "Winter Voices, Harbour Archive (1)",
        "Bridges (1)", "Told in May.", "Weiss, Anna", "Oleg (pseudonym)",
        '<dt dir="auto">Łódź</dt> <dd><a href="#e1">a</a>, <a href="#e2">b</a></dd>',
    ):  # fmt: skip
        assert said in text


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (["circa 1931", "2022"], "ca. 1931–2022"),
        (["circa 1931", "1931-05-02"], "1931"),
        (["1944", "", "winter 1945-46"], "1944–1946; 1 without a date"),
        (["1930/.."], "1930"),
        (["../1950", "193X"], "1930–1950"),
        ([], ""),
    ],
)
def test_the_years_of_a_collection_are_those_that_are_named(dates: list[str], told: str) -> None:
    views = [
        gate(Testimony(id=str(n), title="T", account="A", date=d)) for n, d in enumerate(dates)
    ]
    assert str(Survey(views).given) == told


def test_a_finding_aid_says_of_what_it_is_and_orders_it_by_identifier() -> None:
    import datetime

    voices = [
        gate(
            Testimony(id=f"k-{n}", title=f"T {n}", account="A", language=language, places=["Alma"])
        )
        for n, language in ((10, "de"), (9, "German"), (1, "deu; yi"), (2, ""))
    ]
    made = writer("finding-aid")
    entitle(made, Path("/x/winter-voices.json"))
    page = b"".join(made.write(voices)).decode()
    assert "<title>winter-voices: finding aid</title>" in page
    now = datetime.datetime.now(tz=datetime.UTC)
    assert f"<p>4 testimonies. Compiled on {now.day} {now:%B} {now.year}.</p>" in page
    assert "German (3), Yiddish (1), not recorded (1)" in page
    assert re.findall(r"<h4[^>]*>(.*?)</h4>", page) == ["T 1", "T 2", "T 9", "T 10"]
    assert "By identifier." in page
    assert "Most spoken of, places: Alma." in page
    # Whoever copies the page as text finds a line end between any two facts.
    assert "</dd><dd" not in page
    held = Testimony(id="a", title="T", account="A", source=Source(collection="Harbour Voices"))
    assert (
        '<h1 dir="auto">Harbour Voices: finding aid</h1>' in written("finding-aid", held).decode()
    )
