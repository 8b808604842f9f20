"""Authority entries: in the file, as they may be seen, searched; themes; whatever happens."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tinydb
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from collection import Collection, Conflict, InvalidTestimony
from collection.authorities import Authorities
from collection.places.entry import PlaceEntry
from collection.testimony import Access, Narrator, Place, Restriction, as_record
from collection.themes import ThemeEntry
from tests.collection.placed import LWOW, written
from tests.collection.placed import entries as _entries
from tests.collection.placed import imported as _imported
from tests.collection.placed import testimony as _testimony
from tests.collection.small_gazetteer import SmallGazetteer, in_place


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


# --- the file ----------------------------------------------------------------------------------


def test_entries_are_plain_json_that_stock_tinydb_reads(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Lwów"))
    voices.define_theme("hunger", ["famine"], ["violence"])
    voices.fold()
    lwow = _entries(voices.path, "places")
    assert [one["name"] for one in lwow] == ["Lwów"]
    assert lwow[0]["aliases"] == ["Lemberg", "Львів"]
    assert [one["name"] for one in _entries(voices.path, "containers")] == [
        "Lviv Oblast",
        "Ukraine",
    ]
    themes = _entries(voices.path, "themes")
    assert themes == [{"name": "hunger", "used_for": ["famine"], "broader": ["violence"]}]


def test_keys_and_entries_of_another_program_stay(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Georgia"))
    odd = [{"name": "Kyiv", "latitude": "far"}, {"name": "Lwów", "status": "decided"}]
    voices.close()
    with tinydb.TinyDB(voices.path) as stock:
        stock.table("places").update({"mood": "calm"})
        stock.table("places").insert_multiple(odd)
        stock.table("themes").insert({"name": 3})
    for _ in range(2):
        with Collection.open(voices.path) as again:
            assert again.place_entry("Lwów").latitude == 49.84, "the first of a name counts"
            assert again.place_entry("Kyiv").country == "UA"
            spoilt, double, other = [problem.message for problem in again.check()]
            assert "of a place cannot be read" in spoilt
            assert "Two entries of a place have the same name" in double
            assert "of a theme cannot be read" in other
            again.decide_place("Georgia", country="US")
            again.decide_place("Kyiv", country="UA")
            again.undo()
            again.undo()
    entries = _entries(voices.path, "places")
    assert all(one in entries for one in odd)
    assert [one.get("mood") for one in entries[:2]] == ["calm", "calm"]
    assert _entries(voices.path, "themes") == [{"name": 3}]


def test_an_entry_spoilt_by_hand_spoils_no_testimony(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów"))
    voices.close()
    with tinydb.TinyDB(voices.path) as stock:
        stock.table("places").update({"latitude": 4711.0})
    again = Collection.open(voices.path)
    assert again.add(_testimony("b", "Lwów")).places == (Place("Lwów"),)
    assert again.check() == []


def test_an_older_file_without_entries_is_as_good(voices: Collection) -> None:
    voices.add(_testimony("a", Place("Lwów", status="decided")))
    voices.close()
    with tinydb.TinyDB(voices.path) as stock:
        stock.drop_table("places")
        stock.drop_table("containers")
        stock.table("testimonies").update({"places": [{"name": "Lwów"}]})
    again = Collection.open(voices.path)
    assert again.get("a").places == (Place("Lwów"),)
    assert [one.name for one in again.place_entries()] == ["Lwów"]
    assert again.add(_testimony("a", "Lwów")) is again.get("a")
    again.decide_place("Lwów")
    assert again.get("a").places == (msgspec.structs.replace(LWOW, status="decided"),)


def test_undoing_an_addition_leaves_entries_alone(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów"))
    voices.undo()
    voices.fold()
    assert len(_entries(voices.path, "places")) == 1
    assert voices.place_entries() == []


# --- what may be seen --------------------------------------------------------------------------


def test_places_and_themes_of_sealed_ones_are_not_listed(voices: Collection) -> None:
    seal = Access(record=Restriction("private"))
    voices.add(_testimony("a", "Lwów", themes=["work"]))
    voices.add(_testimony("b", "Georgia", themes=["hunger"], access=seal))
    hidden = Access(name=Restriction("private"))
    voices.add(_testimony("c", "Anna", narrator=Narrator("Anna"), access=hidden))
    assert [one.name for one in voices.place_entries()] == ["Lwów"], "nor what was struck out"
    assert [one.name for one in voices.theme_entries()] == ["work"]
    voices.reveal(True)
    assert {one.name for one in voices.place_entries()} == {"Lwów", "Georgia", "Anna"}
    assert {one.name for one in voices.theme_entries()} == {"work", "hunger"}


# --- themes ------------------------------------------------------------------------------------


def test_spellings_of_a_theme_share_an_entry(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["Forced Labour"]))
    voices.add(_testimony("b", themes=["forced labour", "Čas"]))
    entry = voices.define_theme("forced labour", ["slave labour", "slave labour"], ["persecution"])
    assert entry == ThemeEntry("forced labour", ("slave labour",), ("persecution",))
    assert voices.define_theme("Forced Labour", broader=["violence"]) == ThemeEntry(
        "forced labour", ("slave labour",), ("violence",)
    )
    assert [one.name for one in voices.theme_entries()] == ["forced labour", "Čas", "violence"]
    assert voices.theme_entry("cas") == ThemeEntry("cas")
    voices.undo()
    assert voices.theme_entry("FORCED LABOUR").broader == ("persecution",)
    step = voices.undo()
    assert step
    assert list(step) == []
    assert voices.theme_entry("FORCED LABOUR") == ThemeEntry("FORCED LABOUR")
    assert _entries(voices.path, "themes") == []
    voices.redo()
    assert Collection.open(voices.path).theme_entry("forced labour") == entry


def test_names_without_letters_are_themes_too(voices: Collection) -> None:
    voices.define_theme("\u200b\u200b!", ["a"])
    voices.define_theme("🧶", ["b"])
    assert voices.theme_entry("🧶").used_for == ("b",)
    assert voices.theme_entry("🧵").used_for == ()


@pytest.mark.parametrize(
    ("name", "used_for", "broader"),
    [
        ("", None, None),
        (" ", ["x"], None),
        ("a", [""], None),
        ("a", None, [" "]),
        ("a", None, ["A"]),
        ("c", None, ["a"]),
        ("B", None, ["x", "A"]),
        ("\ud800", None, None),
        ("a", ["\ud800"], None),
        ("a", [3], None),
    ],
)
def test_a_theme_that_cannot_be_is_refused(
    voices: Collection, name: str, used_for: Any, broader: Any
) -> None:
    voices.define_theme("a", broader=["b"])
    voices.define_theme("b", broader=["c"])
    before = written(voices.path)
    with pytest.raises(InvalidTestimony):
        voices.define_theme(name, used_for, broader)
    assert written(voices.path) == before
    assert voices._authorities.broader_than("A") == ("b", "c")


@given(
    st.dictionaries(
        st.sampled_from("abcde"), st.lists(st.sampled_from("abcdeAB"), max_size=3), max_size=5
    )
)
def test_circles_in_a_file_do_no_harm(broader: dict[str, list[str]]) -> None:
    entries = [ThemeEntry(name, (), tuple(above)) for name, above in broader.items()]
    known = Authorities(lambda: {"theme": [msgspec.json.encode(one) for one in entries]})
    for name in "abcde":
        above = known.broader_than(name)
        assert name not in above
        assert len({one.casefold() for one in above}) == len(above)
        direct = {one.casefold() for one in broader.get(name, ())} - {name}
        assert direct <= {one.casefold() for one in above}


# --- whatever happens --------------------------------------------------------------------------


class Decisions(RuleBasedStateMachine):
    """Entries that were decided survive everything but their own undoing."""

    @initialize()
    def begin(self) -> None:
        self.patch = pytest.MonkeyPatch()
        next(in_place(self.patch))
        self.folder = tempfile.TemporaryDirectory()
        self.voices = Collection.open(Path(self.folder.name) / "voices.json")
        self.decided: dict[str, PlaceEntry] = {}
        self.past: list[dict[str, PlaceEntry]] = []
        self.future: list[dict[str, PlaceEntry]] = []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()
            self.patch.undo()

    def _step(self) -> None:
        self.past.append(dict(self.decided))
        self.future.clear()

    places = st.lists(
        st.sampled_from(["Georgia", "Springfield", "Lwów", "Nowhere"]), max_size=3, unique=True
    )

    @rule(id=st.sampled_from("abc"), places=places)
    def add(self, id: str, places: list[str]) -> None:
        known = id in self.voices
        try:
            kept = self.voices.add(_testimony(id, *places))
        except Conflict:
            return
        if not known:
            self._step()
        before = written(self.voices.path)
        assert self.voices.add(_testimony(id, *places)) is self.voices.get(id)
        raw = {"id": id, "title": kept.title, "account": kept.account, "places": places}
        report = _imported(self.voices, raw, as_record(kept), update=True)
        assert report.same == 2
        assert written(self.voices.path) == before

    @rule(id=st.sampled_from("abc"), title=st.sampled_from("xy"), places=places)
    def bring_in(self, id: str, title: str, places: list[str]) -> None:
        raw = {"id": id, "title": title, "account": "z", "places": places}
        before = written(self.voices.path)
        _imported(self.voices, raw, update=True)
        if written(self.voices.path) != before:
            self._step()
        if id in self.voices:
            assert _imported(self.voices, raw, update=True).same == 1

    @rule(name=st.sampled_from(["Georgia", "Springfield", "Nowhere"]), which=st.integers(0, 2))
    def decide(self, name: str, which: int) -> None:
        candidates = self.voices.place_candidates(name)
        choice = candidates[which] if which < len(candidates) else None
        country = None if choice else "PL"
        before = written(self.voices.path)
        entry = self.voices.decide_place(name, choice, country=country)
        if written(self.voices.path) != before:
            self._step()
        self.decided[name] = entry

    @rule()
    def undo(self) -> None:
        assert bool(self.voices.undo()) == bool(self.past)
        if self.past:
            self.future.append(self.decided)
            self.decided = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert bool(self.voices.redo()) == bool(self.future)
        if self.future:
            self.past.append(self.decided)
            self.decided = self.future.pop()

    @rule(tidily=st.booleans())
    def open_again(self, tidily: bool) -> None:
        if tidily:
            self.voices.close()
        self.voices = Collection.open(self.voices.path)

    @invariant()
    def decisions_stand(self) -> None:
        if not hasattr(self, "voices"):
            return
        for name, entry in self.decided.items():
            assert self.voices.place_entry(name) == entry
        for one in self.voices:
            for place in one.places:
                entry = self.voices.place_entry(place.name)
                assert place.status
                if place.name in self.decided:
                    said = (place.country, place.latitude, place.longitude, place.status)
                    assert said == (entry.country, entry.latitude, entry.longitude, "decided")


Decisions.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestDecisions = Decisions.TestCase


# --- found -------------------------------------------------------------------------------------


def test_a_search_knows_other_names_and_what_lies_in_what(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", themes=["hunger"]))
    voices.add(_testimony("b", "Georgia"))
    assert voices.search("lemberg").ids == ["a"]
    assert voices.search("ukraine").ids == ["a"]
    assert voices.search("famine").ids == []
    voices.define_theme("hunger", ["famine"], ["suffering"])
    assert voices.search("famine").ids == ["a"]
    assert voices.search("suffering").ids == ["a"]
    voices.decide_place("Georgia", country="US", also=["Peach State"])
    assert voices.search("peach state").ids == ["b"]
    voices.undo()
    assert voices.search("peach state").ids == []
