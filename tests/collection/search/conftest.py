"""A small collection in several scripts, and a way to make others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from collection.search.index import SearchIndex
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Callable


def make(id: str, **values: Any) -> Testimony:
    day = values.pop("day", None)
    if day:
        values["date"] = {"text": day, "edtf": day, "earliest": day, "latest": day}
    if isinstance(values.get("date"), dict):
        from collection.dates import DateSpan

        values["date"] = DateSpan(**values["date"])
    return Testimony(**{"id": id, "title": "Untitled", "account": "Nothing said.", **values})


@pytest.fixture
def testimony() -> Callable[..., Testimony]:
    """Make a testimony from an identifier and what matters of it; `day` is the day given."""
    return make


@pytest.fixture
def index_of() -> Callable[..., SearchIndex]:
    """Make an index of some testimonies."""

    def build(*testimonies: Testimony) -> SearchIndex:
        index = SearchIndex()
        for one in testimonies:
            index.put(one)
        return index

    return build


@pytest.fixture
def small(index_of: Callable[..., SearchIndex]) -> SearchIndex:
    """Ten testimonies, lettered; the later the letter, the older."""
    return index_of(
        make(
            "a",
            day="1990-01-01",
            title="From the ghetto to the camp",
            narrator="Anna Kowalska",
            places=["Łódź", "Łódź (Poland : Ghetto)"],
            themes=["Forced labour", "Hunger"],
            account="We starved in Lodz. In Łódź nobody slept, and bread was gold.",
        ),
        make(
            "b",
            day="1980-01-01",
            narrator="Jan Novák",
            places=["Terezín", "Prague"],
            themes=["Deportation"],
            account="From Terezín the trains left. The deportation took three days.",
        ),
        make(
            "c",
            day="1970-01-01",
            narrator="Айгуль",
            places=["Алматы"],
            themes=["Exile"],
            account="Мы жили в Алматы, потом в Караганде.",
        ),
        make("d", day="1960-01-01", narrator="רחל", places=["ירושלים"], account="היינו בירושלים"),
        make("e", day="1950-01-01", narrator="王小明", places=["京都"], account="我在京都出生。"),
        make("f", day="1949-01-01", places=["القاهرة"], account="كنا في قاهرة المعز"),
        make(
            "g",
            day="1948-01-01",
            narrator="Maria Lodz",
            places=["Alma Ata"],
            themes=["Organised resistance"],
            account="My father built barracks by forced labour.",
        ),
        make(
            "h",
            day="1947-01-01",
            title="Lodz remembered",
            places=["Nagyvárad/Oradea"],
            account="Nothing.",
        ),
        make("i", day="1946-01-01", places=["Warsaw"], account="Warszawa was burning."),
        make("j", title="No date", places=["New York"], account="I sailed past Lodz, I think."),
    )
