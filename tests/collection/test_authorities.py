"""Authority entries: resolved when a name is new, kept in the file, decided by the keeper."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collection import CannotSave, Collection, Conflict, InvalidTestimony, ReadOnly, Testimony
from collection.exchange.jsonl import JSONLines
from collection.places.entry import PlaceEntry
from collection.store.disk import Disk
from collection.store.store import Store
from collection.testimony import Place, as_record
from collection.themes import ThemeEntry
from tests.collection.placed import LWOW, written
from tests.collection.placed import entries as _entries
from tests.collection.placed import imported as _imported
from tests.collection.placed import testimony as _testimony
from tests.collection.small_gazetteer import PLACES, SmallGazetteer, in_place


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


# --- on the way in -----------------------------------------------------------------------------


def test_a_place_is_filled_from_its_entry(voices: Collection) -> None:
    kept = voices.add(_testimony("a", "Lwów", "Nowhere at all", "Georgia"))
    assert kept.places == (
        LWOW,
        Place("Nowhere at all", status="unknown"),
        Place("Georgia", status="ambiguous"),
    )
    assert list(Collection.open(voices.path)) == [kept]
    assert voices.place_entry("Lwów").aliases == ("Lemberg", "Львів")


def test_what_a_testimony_says_of_its_places_stays(voices: Collection) -> None:
    own = (
        Place("Lwów", "PL", 1.0, 2.0),
        Place("Kyiv", status="decided"),
        Place("Kyiv", "XX", 3.0, 4.0, "decided"),
        Place("Lwów", latitude=1.0, longitude=2.0, status="ambiguous"),
    )
    assert voices.add(_testimony("a", *own)).places == own
    filled = voices.add(_testimony("b", Place("Lwów", "UA"), Place("Kyiv", "PL"))).places
    assert filled == (LWOW, Place("Kyiv", "PL", status="ambiguous")), "Kyiv is not in Poland"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (["Georgia", "Tbilisi"], "GE"),
        (["Tbilisi", "Georgia"], "GE"),
        ([Place("Georgia", "US")], "US"),
        (["Georgia", Place("My own place", "US", 1.0, 2.0)], "US"),
    ],
)
def test_places_that_stand_together_tell_which_is_meant(
    voices: Collection, places: list[Any], expected: str
) -> None:
    kept = voices.add(_testimony("a", *places))
    georgia = next(place for place in kept.places if place.name == "Georgia")
    assert (georgia.country, georgia.status) == (expected, "resolved")
    assert voices.add(_testimony("b", "Georgia")).places[0].country == expected, "as it is known"


def test_a_country_of_its_own_chooses_among_the_candidates(voices: Collection) -> None:
    voices.add(_testimony("a", "Georgia", "Springfield"))
    kept = voices.add(_testimony("b", Place("Georgia", "US"), Place("Springfield", "CA")))
    assert kept.places == (
        Place("Georgia", "US", 33.0, -83.5, "resolved"),
        Place("Springfield", "CA", status="ambiguous"),
    )


def test_only_new_names_touch_the_gazetteer(file: Path, gazetteer: SmallGazetteer) -> None:
    voices = Collection.open(file)
    assert gazetteer.opened == 0, "never when opening"
    voices.add(Testimony(title="No places", account="x"))
    assert gazetteer.opened == 0
    voices.add(_testimony("a", "Lwów", interview_place="Kyiv"))
    assert gazetteer.opened == 1
    again = Collection.open(file)
    again.add(_testimony("b", "Lwów", "Kyiv"))
    again.revise("a", places=["Kyiv", "Lwów"])
    _imported(again, {"id": "c", "title": "x", "account": "y", "places": "Kyiv"})
    assert again._authorities.place("Lwów").within == ("Lviv Oblast", "Ukraine")
    assert again._authorities.container("Ukraine").aliases == ("Україна",)
    assert gazetteer.opened == 1, "what it lies in is kept too"


def test_revising_fills_what_is_new(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów"))
    assert voices.revise("a", places=["Kyiv", "Lwów"]).places == (
        Place("Kyiv", "UA", 50.45, 30.52, "resolved"),
        LWOW,
    )
    before = voices.get("a")
    assert voices.revise("a", places=["Kyiv", "Lwów"]) is before, "says the same"


def test_adding_the_same_again_adds_nothing(voices: Collection) -> None:
    raw = {"id": "a", "title": "t", "account": "x", "places": ["Lwów", "Georgia", "Nowhere"]}
    assert _imported(voices, raw).added == 1
    given = _testimony("b", "Lwów", Place("Georgia", "US"), Place("Kyiv", latitude=1.0))
    kept = voices.add(given)
    for _ in range(2):
        data = written(voices.path)
        assert voices.add(given) is voices.get("b")
        report = _imported(voices, raw, as_record(given), as_record(kept))
        assert (report.same, report.changed, report.refused) == (3, 0, 0)
        assert _imported(voices, raw, update=True).same == 1
        assert written(voices.path) == data
        voices.decide_place("Lwów", country="PL")
        voices.decide_place("Nowhere", latitude=1.0, longitude=2.0)
    with pytest.raises(Conflict):
        voices.add(_testimony("b", Place("Lwów", "FR"), *given.places[1:]))


def test_importing_what_was_exported_before_a_decision_takes_nothing_back(
    voices: Collection, tmp_path: Path
) -> None:
    given = _testimony("a", "Lwów", "Georgia")
    kept = voices.add(given)
    (tmp_path / "old.jsonl").write_bytes(b"".join(JSONLines().write(voices.export())))
    voices.decide_place("Georgia", PLACES["Georgia"][1])
    report = voices.import_file(tmp_path / "old.jsonl", update=True)
    assert (report.same, report.changed) == (1, 0)
    assert voices.add(kept) is voices.get("a")
    assert voices.get("a").places[1] == Place("Georgia", "US", 33.0, -83.5, "decided")


def test_a_row_that_says_otherwise_puts_aside_what_the_program_read(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów"))
    row = {"id": "a", "places": [{"name": "Lwów", "country": "PL"}]}
    assert _imported(voices, row, update=True).changed == 1
    assert voices.get("a").places == (Place("Lwów", "PL", status="ambiguous"),)


def test_without_a_gazetteer_nothing_crashes_and_nothing_is_remembered(
    file: Path, gazetteer: SmallGazetteer
) -> None:
    gazetteer.broken = True
    with Collection.open(file) as voices:
        assert voices.add(_testimony("a", "Lwów")).places == (Place("Lwów"),)
        assert voices.place_entry("Lwów") == PlaceEntry("Lwów")
        assert voices.place_candidates("Lwów") == ()
        assert voices._authorities.container("Ukraine") == PlaceEntry("Ukraine")
        assert _entries(file, "places") == []
        voices.decide_place("Lwów", country="UA")
        voices.undo()
        assert _entries(file, "places") == []
    gazetteer.broken = False
    assert gazetteer.opened == 1, "tried once only"
    assert Collection.open(file).revise("a", title="x").places == (LWOW,)


# --- deciding ----------------------------------------------------------------------------------


def test_a_decision_is_followed_in_one_step(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Georgia"))
    voices.add(_testimony("b", "Georgia", Place("Georgia", "RU"), Place("Georgia", latitude=1.0)))
    voices.add(_testimony("c", "Kyiv"))
    before = {one.id: one.places for one in voices}
    entry = voices.decide_place("Georgia", voices.place_candidates("Georgia")[1], also=["GA"])
    assert entry == PlaceEntry(
        "Georgia", "decided", "state", "US", 33.0, -83.5, ("GA",), ("United States",)
    )
    georgia = Place("Georgia", "US", 33.0, -83.5, "decided")
    assert voices.get("a").places == (LWOW, georgia)
    assert voices.get("b").places == (georgia, *before["b"][1:]), "their own stay"
    assert voices.get("c").revision == 1
    assert len(voices.place_candidates("Georgia")) == 2, "it can be decided anew"
    after = {one.id: one.places for one in voices}
    again = Collection.open(voices.path)
    assert (again.place_entry("Georgia"), list(again)) == (entry, list(voices))
    assert len(voices.undo()) == 2
    assert {one.id: one.places for one in voices} == before
    assert voices.place_entry("Georgia").status == "ambiguous"
    assert len(voices.redo()) == 2
    assert {one.id: one.places for one in voices} == after
    assert voices.place_entry("Georgia") == entry
    assert Collection.open(voices.path).place_entry("Georgia") == entry
    voices.decide_place("Georgia", PLACES["Georgia"][0])
    assert voices.get("a").places[1].country == "GE", "who followed once follows again"


def test_ways_to_decide(voices: Collection) -> None:
    voices.add(_testimony("a", "Georgia", "Springfield", "Nowhere", "Lwów"))
    assert voices.decide_place("Georgia", country="US").latitude == 33.0, "the only one there"
    springfield = voices.decide_place("Springfield", country="US")
    assert (springfield.latitude, springfield.within) == (None, ("United States",))
    nowhere = voices.decide_place("Nowhere", country="PL", latitude=50.0, longitude=20.0)
    assert nowhere == PlaceEntry("Nowhere", "decided", "", "PL", 50.0, 20.0)
    lwow = voices.decide_place("Lwów", aliases=["Leopolis"])
    assert (lwow.aliases, lwow.within) == (("Leopolis",), ("Lviv Oblast", "Ukraine"))
    assert [place.status for place in voices.get("a").places] == ["decided"] * 4
    before = written(voices.path)
    assert voices.decide_place("Lwów") == lwow
    assert written(voices.path) == before, "nothing new"
    moved = voices.decide_place("Lwów", country="BR")
    assert (moved.latitude, moved.within, moved.aliases) == (None, (), ())


BAD: list[tuple[Any, dict[str, Any]]] = [
    ("", {}),
    (" ", {"country": "UA"}),
    ("x", {"latitude": 1.0}),
    ("x", {"longitude": 1.0}),
    ("x", {"latitude": 91.0, "longitude": 0.0}),
    ("x", {"latitude": 0.0, "longitude": -181.0}),
    ("x", {"latitude": float("nan"), "longitude": 0.0}),
    ("x", {"latitude": "1", "longitude": "2"}),
    ("x", {"country": "\ud800"}),
    ("x", {"aliases": [" "]}),
    ("x", {"aliases": ["\ud800"]}),
    ("\ud800", {}),
    ("x", {"also": [3]}),
    (3, {}),
    ("x", {"aliases": "Lemberg"}),
]


@pytest.mark.parametrize(("name", "values"), BAD)
def test_what_cannot_be_kept_is_refused(
    voices: Collection, name: str, values: dict[str, Any]
) -> None:
    voices.add(_testimony("a", "x"))
    before = written(voices.path)
    with pytest.raises(InvalidTestimony):
        voices.decide_place(name, **values)
    assert written(voices.path) == before
    assert voices.place_entry("x").status == "unknown"


def test_read_only_decides_nothing(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", themes=["hunger"]))
    reading = Collection.open(voices.path, read_only=True)
    with pytest.raises(ReadOnly):
        reading.decide_place("Lwów")
    with pytest.raises(ReadOnly):
        reading.define_theme("hunger", ["famine"])
    assert reading.place_entry("Lwów").status == "resolved"
    assert reading.theme_entry("hunger") == ThemeEntry("hunger")


def test_a_decision_that_cannot_be_saved_changes_nothing(file: Path) -> None:
    class Full(Disk):
        full = False

        def sync(self, file: Any) -> None:
            if self.full:
                raise OSError(28, "No space left on device")
            super().sync(file)

    disk = Full()
    store = Store(file, disk=disk)
    store.create()
    voices = Collection(store, "keeper")
    voices._ledger.open()
    voices.add(_testimony("a", "Georgia"))
    before = (written(file), voices.get("a"), voices.place_entry("Georgia"))
    disk.full = True
    with pytest.raises(CannotSave):
        voices.decide_place("Georgia", country="US")
    with pytest.raises(CannotSave):
        voices.define_theme("hunger", ["famine"])
    assert (written(file), voices.get("a"), voices.place_entry("Georgia")) == before
    assert voices.theme_entry("hunger") == ThemeEntry("hunger")
    disk.full = False
    with pytest.raises(CannotSave, match="open the file again"):
        voices.undo()
    again = Collection.open(file, by="keeper")
    again.undo()
    assert len(again) == 0, "the step before"


# --- two at once -------------------------------------------------------------------------------


def test_entries_of_another_are_taken_over(voices: Collection) -> None:
    told: list[tuple[str, str]] = []
    voices.add(_testimony("a", "Georgia", themes=["hunger"]))
    voices._authorities.changed = lambda about, name: told.append((about, name))
    other = Collection.open(voices.path)
    entry = other.decide_place("Georgia", country="US")
    other.define_theme("Hunger", ["famine"])
    assert voices.place_entry("Georgia").status == "ambiguous"
    assert voices.catch_up()
    assert voices.place_entry("Georgia") == entry
    assert voices.theme_entry("hunger").used_for == ("famine",)
    assert sorted(told) == [("place", "Georgia"), ("theme", "Hunger")]
    assert voices.get("a").places[0].status == "decided"
    other.decide_place("Georgia", PLACES["Georgia"][0])
    assert voices.add(_testimony("b", "Georgia")).places[0].country == "GE", "caught up first"
    other.undo()
    other.undo()
    voices.catch_up()
    assert voices.place_entry("Georgia") == entry
    assert voices.theme_entry("hunger").used_for == ()
    assert told[-2:] == [("place", "Georgia"), ("theme", "Hunger")]


def test_nobody_undoes_what_others_decided(voices: Collection) -> None:
    voices.add(_testimony("a", "Georgia"))
    voices.decide_place("Georgia", PLACES["Georgia"][0])
    voices.define_theme("hunger", ["famine"])
    other = Collection.open(voices.path)
    other.decide_place("Georgia", PLACES["Georgia"][1])
    other.define_theme("hunger", ["want"])
    for _ in range(2):
        with pytest.raises(Conflict, match="someone else"):
            voices.undo()
    assert voices.place_entry("Georgia").country == "US"
    assert voices.theme_entry("hunger").used_for == ("want",)
    assert voices.place_entry("Georgia").status == "decided"


def test_the_hook_tells_of_what_was_set_and_taken_back(voices: Collection) -> None:
    told: list[tuple[str, str]] = []
    voices._authorities.changed = lambda about, name: told.append((about, name))
    voices.add(_testimony("a", "Georgia"))
    assert told == []
    voices.decide_place("Georgia", country="US")
    voices.define_theme("hunger", ["famine"])
    voices.undo()
    voices.undo()
    voices.redo()
    place, theme = ("place", "Georgia"), ("theme", "hunger")
    assert told == [place, theme, theme, place, place]


def test_workers_resolve_while_the_interface_decides(voices: Collection) -> None:
    names = [f"Place {n}" for n in range(40)]
    voices.add(_testimony("a", *names))
    again = Collection.open(voices.path)
    failures: list[BaseException] = []

    def ask() -> None:
        try:
            for name in names * 3:
                known = again._authorities
                known.place(name).aliases, known.container(name), known.broader_than(name)
                again.place_entries()
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for name in names[:8]:
        again.decide_place(name, country="PL")
        again.define_theme(name, ["x"])
    for thread in threads:
        thread.join()
    assert failures == []
    assert [again.place_entry(name).status for name in names[6:10]] == ["decided"] * 2 + [
        "unknown"
    ] * 2
