"""Names that look alike, and the vocabulary in which they stand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection import (
    Collection,
)
from collection.terms import sifted
from collection.testimony import Access, Restriction
from collection.themes import ThemeEntry
from tests.collection.placed import entries
from tests.collection.placed import testimony as _testimony
from tests.collection.small_gazetteer import SmallGazetteer, in_place

SEALED = Access(record=Restriction("private"))
NAME_SEALED = Access(name=Restriction("private"))


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


def names(voices: Collection, id: str) -> list[str]:
    return [place.name for place in voices.get(id).places]


# --- near duplicates ---------------------------------------------------------------------------


def found(voices: Collection, kind: str) -> list[tuple[str, str, str]]:
    return [(one.one, one.other, one.reason) for one in voices.near_duplicates(kind)]


def test_doubles_are_offered_with_a_reason(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Georgia", narrator="Weiss, Anna", themes=["famine"]))
    voices.add(_testimony("b", "Lemberg", "Gorgia", narrator="Anna Weiss", themes=["Hunger"]))
    voices.add(_testimony("c", "Lwow", "Lviv", narrator="Anna Weisz", themes=["hunger", "huger"]))
    voices.add(_testimony("d", narrator="Anna Weiss"))
    voices.add(_testimony("s", "Georgie", narrator="Anna Weisss", themes=["hungar"], access=SEALED))
    voices.define_theme("Hunger", ["famine"])
    voices.decide_place("Lviv", latitude=49.84, longitude=24.03)
    assert found(voices, "place") == [
        ("Lviv", "Lwów", "same place"),
        ("Lwów", "Lemberg", "other name"),
        ("Lwów", "Lwow", "alike"),
        ("Georgia", "Gorgia", "alike"),
    ]
    assert found(voices, "narrator") == [
        ("Anna Weiss", "Weiss, Anna", "alike"),
        ("Anna Weiss", "Anna Weisz", "alike"),
    ]
    assert set(found(voices, "theme")) == {
        ("hunger", "famine", "used for"),
        ("hunger", "Hunger", "alike"),
        ("hunger", "huger", "alike"),
        ("huger", "Hunger", "alike"),
    }
    voices.reveal(True)
    assert ("Anna Weiss", "Anna Weisss", "alike") in found(voices, "narrator")


def test_what_was_told_apart_comes_back_no_more(voices: Collection) -> None:
    voices.add(_testimony("a", "Brest", "Breest", narrator="Anna Weiss", themes=["Hunger"]))
    voices.add(_testimony("b", "Breist", narrator="Anna Weisz", themes=["Hunger"]))
    assert len(found(voices, "place")) == 3
    voices.tell_apart("place", "Breest", "Brest")
    voices.tell_apart("narrator", "Anna Weiss", "Anna Weisz")
    assert found(voices, "narrator") == []
    pairs = [("Brest", "Breist", "alike"), ("Breist", "Breest", "alike")]
    assert sorted(found(voices, "place")) == sorted(
        [pair if pair in found(voices, "place") else (pair[1], pair[0], pair[2]) for pair in pairs]
    )
    voices.rename("place", "Breest", "Breesst")
    assert voices.are_apart("place", "Brest", "Breesst"), "also when one is called otherwise"
    voices.undo()
    with Collection.open(voices.path, by="keeper") as again:
        assert again.are_apart("place", "Brest", "Breest")
        assert not again.are_apart("place", "Brest", "Breesst")
        assert found(again, "narrator") == []
        again.undo()
        assert len(found(again, "narrator")) == 1
        again.redo()
        again.tell_apart("narrator", "Anna Weisz", "Anna Weiss", apart=False)
        assert len(found(again, "narrator")) == 1
        again.check()
    voices.fold()
    table = entries(voices.path, "apart")
    assert len(table) == 1
    assert not any(name in str(table) for name in ("Brest", "Weiss")), "no name is kept there"


def test_looking_for_doubles_can_be_stopped(voices: Collection) -> None:
    for id in "ab":
        voices.add(_testimony(id, narrator=f"Anna Weiss{id}"))
    told: list[float] = []
    voices.near_duplicates("narrator", told.append)
    assert told[-1] == 1.0

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        voices.near_duplicates("narrator", stop)


LETTERS = st.text("abc ", min_size=4, max_size=18)
EDITED = st.lists(
    st.tuples(st.integers(0, 18), st.sampled_from(["", "a", "bc", "swap"])), max_size=3
)


def edited(name: str, edits: list[tuple[int, str]]) -> str:
    """Put something in the place of a letter, or exchange two, as often as is asked for."""
    for at, what in edits:
        cut = name[at : at + 2]
        name = name[:at] + (cut[::-1] + name[at + 2 :] if what == "swap" else what + name[at + 1 :])
    return name


@given(
    st.lists(st.text(max_size=20) | LETTERS, max_size=8, unique=True),
    st.lists(EDITED, max_size=6),
)
@settings(max_examples=120)
def test_no_pair_is_overlooked(first: list[str], edits: list[list[tuple[int, str]]]) -> None:
    names = [*dict.fromkeys([*first, *(edited(name, some) for name in first for some in edits)])]
    from collection.duplicates import pairs
    from collection.likeness import likeness

    found = pairs("narrator", dict.fromkeys(names, 1), {})
    alike = {
        frozenset((one, other))
        for one in names
        for other in names
        if one != other and likeness(one, other)
    }
    assert {frozenset((one.one, one.other)) for one in found} == alike
    assert len(found) == len(alike)


# --- the vocabulary ----------------------------------------------------------------------------


def test_the_vocabulary_tells_all_that_is_known(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Kyiv", themes=["Hunger", "Camps"], narrator="Anna"))
    voices.add(_testimony("b", "Lwów", themes=["hunger", "HUNGER"], interview_place="Kyiv"))
    voices.add(_testimony("c", themes=["hunger"]))
    voices.add(_testimony("s", "Georgia", themes=["secret"], narrator="Ruth", access=SEALED))
    voices.define_theme("secret", broader=["suffering"])
    voices.define_theme("hunger", ["famine"], ["suffering"])
    places = voices.vocabulary("place")
    assert [(one.name, one.ids) for one in places] == [("Kyiv", ("a", "b")), ("Lwów", ("a", "b"))]
    assert places[1].other_names == ("Lemberg", "Львів")
    hunger, camps, above = voices.vocabulary("theme")
    assert (hunger.name, hunger.ids) == ("hunger", ("a", "b", "c"))
    assert hunger.spellings == (("hunger", 2), ("HUNGER", 1), ("Hunger", 1))
    assert hunger.other_names == ("HUNGER", "Hunger", "famine")
    assert (camps.name, camps.entry) == ("Camps", ThemeEntry("Camps"))
    assert (above.name, above.ids, above.narrower) == ("suffering", (), ("hunger",))
    assert [one.name for one in voices.vocabulary("narrator")] == ["Anna"]
    voices.reveal(True)
    assert voices.vocabulary("theme")[-1].narrower == ("secret", "hunger")
    assert len(voices.vocabulary("narrator")) == 2


def test_names_are_sifted_by_what_they_hold(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Kyiv", "Nowy Sącz", "Sącz"))
    terms = voices.vocabulary("place")

    def held(words: str) -> list[str]:
        return [one.name for one in sifted(terms, words)]

    assert held(" ") == [one.name for one in terms]
    assert held("lwow") == held("LVIV") == held("lemb") == ["Lwów"]
    assert held("sacz now") == ["Nowy Sącz"]
    assert held("lembreg") == ["Lwów"], "misspelt"
    assert held("zzz") == []
