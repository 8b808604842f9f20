from __future__ import annotations

import pytest

from collection.search.index import SearchIndex
from collection.themes import ThemeEntry
from tests.collection.search.conftest import make
from tests.collection.search.entries import Entries


@pytest.fixture
def entries():
    return Entries()


@pytest.fixture
def index(entries):
    index = SearchIndex(entries)
    for one in (
        make("alm", day="2022-09-30", places=["Almaty"], themes=["Torture"]),
        make("кир", day="2022-09-29", places=["Алматы"], themes=["Forced labour"]),
        make("kaz", day="1990-01-01", places=["Kazakhstan"], themes=["Violence"]),
        make("acc", day="1991-01-01", account="We dreamt of Kazakhstan."),
        make("lwo", day="1946-01-01", places=["Lwów", "Warsaw"]),
        make("sai", day="1975-01-01", places=["Saigon"], interview_place="Warsaw"),
    ):
        index.put(one)
    return index


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kazakhstan", ["acc", "alm", "kaz", "кир"]),
        ("Казахстан", ["acc", "alm", "kaz", "кир"]),
        ("в Казахстане", ["acc", "alm", "kaz", "кир"]),
        ("kasakhstan", ["acc", "alm", "kaz", "кир"]),
        ("soviet union", ["alm", "kaz", "кир"]),
        ("ussr", ["alm", "kaz", "кир"]),
        ("almaty", ["alm", "кир"]),
        ("alma ata", ["alm", "кир"]),
        ("lemberg", ["lwo"]),
        ("lvvi", ["lwo"]),
        ("galizien", ["lwo"]),
        ("Lwowie", ["lwo"]),
        ("Warszawie", ["lwo", "sai"]),
        ("ho chi minh", ["sai"]),
        ("poland", ["lwo", "sai"]),
        ("slave labour", ["кир"]),
        ("slave labor", ["кир"]),
        ("work", ["кир"]),
        ("violence", ["alm", "kaz"]),
        ("crime", ["alm", "kaz"]),
        ("place:crime", []),
        ("place:kazakhstan theme:crime", ["alm", "kaz"]),
        ("-place:kazakhstan", ["acc", "lwo", "sai"]),
        ("-kazakhstan", ["lwo", "sai"]),
        ('-"kazakhstan"', ["alm", "lwo", "sai", "кир"]),
        ('"lemberg"', []),
        ('place:"lwów"', ["lwo"]),
        ("-lemberg place:warsaw", ["sai"]),
        # Excluding a word of another name excludes nothing.
        ("-city", ["acc", "alm", "kaz", "lwo", "sai", "кир"]),
    ],
)
def test_other_names_and_what_lies_within(index, query, expected):
    assert sorted(index.search(query).ids) == expected


def test_who_names_the_country_comes_first(index):
    assert list(index.search("kazakhstan").ids) == ["kaz", "acc", "alm", "кир"]
    assert list(index.search("violence").ids) == ["kaz", "alm"]


@pytest.mark.parametrize(
    ("query", "id", "why"),
    [
        ("kazakhstan", "alm", "Kazakhstan ⊃ Almaty"),
        ("kazakhstan", "kaz", "place Kazakhstan"),
        ("ussr", "alm", "Soviet Union ⊃ Almaty = USSR"),
        ("kazahstan", "alm", "Kazakhstan ⊃ Almaty ≈ kazahstan"),
        ("lemberg", "lwo", "place Lwów = Lemberg"),
        ("violence", "alm", "Violence ⊃ Torture"),
        ("slave labour", "кир", "theme Forced labour = Slave labour"),
        ("poland", "sai", "Poland ⊃ Warsaw"),
    ],
)
def test_why(index, query, id, why):
    assert index.search(query).why(id)[0] == why


def test_what_lies_within_is_marked(index):
    results = index.search("kazakhstan")
    assert [text[a:b] for text in ["From Almaty on"] for a, b in results.marks(text)] == ["Almaty"]
    results = index.search("lemberg")
    assert [text[a:b] for text in ["In Lwów"] for a, b in results.marks(text)] == ["Lwów"]


def test_an_entry_that_changes_is_followed(index, entries):
    assert not index.search("tretya").ids
    entries.themes["Torture"] = ThemeEntry("Torture", ("Ill-treatment",), ())
    index.renamed("theme", "Torture")
    assert list(index.search("ill-treatment").ids) == ["alm"]
    assert list(index.search("violence").ids) == ["kaz"]
    assert list(index.search("crime").ids) == ["kaz"]
    entries.themes["Violence"] = ThemeEntry("Violence", (), ("Harm",))
    entries.themes["Torture"] = ThemeEntry("Torture", (), ("Violence",))
    index.renamed("theme", "torture")
    index.renamed("theme", "violence")
    assert list(index.search("harm").ids) == ["alm", "kaz"]
    assert not index.search("ill-treatment").ids
    index.remove("alm")
    assert list(index.search("harm").ids) == ["kaz"]


def test_completions(index):
    offered = index.complete("al", 8)
    assert [(one.field, one.name, one.count) for one in offered] == [
        ("place", "Almaty", 1),
        ("place", "Алматы", 1),
    ]
    assert offered[0].query == "Almaty "
    assert index.complete("hunger place:war", 8)[0].query == "hunger place:Warsaw "
    assert index.complete("theme:forc", 8)[0].query == 'theme:"Forced labour" '
    assert not index.complete("theme:war", 8)
    assert not index.complete("almaty ", 8)
    assert not index.complete("", 8)
    assert len(index.complete("a", 1)) == 1
