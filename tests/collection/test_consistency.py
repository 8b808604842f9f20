from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import tinydb
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.consistency import problem_of_index, problems_of_entries, problems_of_history
from collection.errors import Problem
from collection.exchange.interface import Row, Where
from collection.indexing import LEAST_KEPT
from collection.places.entry import PlaceEntry
from collection.repairing import Patient, repairs
from collection.sample import open_sample
from collection.search.cache import IndexCache
from collection.testimony import Access, Restriction
from collection.themes import ThemeEntry
from tests.collection.placed import folded


def _between(voices: Collection) -> list[Problem]:
    store, records = voices._store, voices._records
    return [*problems_of_history(store, records), *problems_of_entries(store.aside, records)]


def told(file: Path) -> list[str]:
    with Collection.open(file, read_only=True) as voices:
        problems = _between(voices)
        assert all(one.message.isprintable() and one.value.isprintable() for one in problems)
        return [one.message for one in problems]


def test_the_sample_is_sound(tmp_path: Path) -> None:
    assert told(open_sample(tmp_path)) == []


ACTIONS = ("add", "again", "revise", "withdraw", "undo", "redo", "bring back", "reopen")


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 3)), max_size=25))
def test_whatever_the_program_does_hangs_together(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    file = tmp_path_factory.mktemp("sound") / "voices.json"
    voices = Collection.open(file, by="")
    for number, (action, which) in enumerate(steps):
        ids = sorted(voices.ids())
        if action == "add":
            place = ["Lwów", "Almaty", "Nowhere, Kazakhstan"][which % 3]
            voices.add(Testimony(title=f"{number}", account="x", places=[place]))
        elif action == "again" and ids:
            row = voices.get(ids[which % len(ids)])
            voices.define_theme("a", broader=["b"])
            voices.revise(row.id, themes=[f"theme {number}"])
        elif action == "revise" and ids:
            voices.revise(ids[which % len(ids)], account=f"{number}")
        elif action == "withdraw" and ids:
            voices.withdraw(ids[which % len(ids)])
        elif action == "undo":
            voices.undo()
        elif action == "redo":
            voices.redo()
        elif action == "bring back" and (gone := voices.withdrawn()):
            voices.bring_back(gone[which % len(gone)].id)
        elif action == "reopen":
            voices.close()
            voices = Collection.open(file, by="")
    voices.close()
    assert told(file) == []


# --- the history -----------------------------------------------------------------------------


@pytest.fixture
def changed(voices: Collection) -> Path:
    """A collection with four versions of `a` and one of `b`."""
    voices.add(Testimony(id="a", title="a", account="x"))
    voices.add(Testimony(id="b", title="b", account="x"))
    for title in ("second", "third", "fourth"):
        voices.revise("a", title=title)
    return folded(voices)


def test_a_testimony_that_is_nowhere_is_missed(changed: Path) -> None:
    with tinydb.TinyDB(changed) as stock:
        stock.table("testimonies").remove(doc_ids=[1, 2])
    (message,) = told(changed)
    assert message.startswith("a: the history has earlier versions, but the testimony is neither")


def test_a_testimony_that_cannot_be_read_is_not_missed_as_well(changed: Path) -> None:
    with tinydb.TinyDB(changed) as stock:
        stock.table("testimonies").update({"title": 3}, doc_ids=[1])
    assert told(changed) == []


def test_gaps_and_steps_back_in_the_history(changed: Path) -> None:
    with tinydb.TinyDB(changed) as stock:
        stock.table("history").remove(doc_ids=[2])
    assert told(changed) == ["a: between versions 1 and 3 the history has none."]
    with tinydb.TinyDB(changed) as stock:
        last = stock.table("history").get(doc_id=3)
        stock.table("history").insert(dict(last))
        stock.table("testimonies").update({"revision": 2}, doc_ids=[1])
    assert told(changed) == [
        "a: between versions 1 and 3 the history has none.",
        "a: version 3 follows version 3 in the history.",
        "a: it is version 2, but the history has a version 3.",
    ]


def test_what_cannot_be_read_in_the_history(changed: Path) -> None:
    with tinydb.TinyDB(changed) as stock:
        stock.table("history").insert_multiple([{"id": 3}, {"odd": "\x1b"}])
    assert told(changed) == ["2 entries of the history cannot be read; nothing was changed."]


# --- places and themes -----------------------------------------------------------------------


def put(file: Path, table: str, *entries: msgspec.Struct) -> None:
    with tinydb.TinyDB(file) as stock:
        stock.table(table).insert_multiple(map(msgspec.to_builtins, entries))


def test_a_wider_place_without_an_entry(voices: Collection) -> None:
    voices.add(Testimony(title="a", account="x", places=["Lwów"]))
    sealed = Access(Restriction("private"))
    voices.add(Testimony(title="b", account="x", places=["Almaty"], access=sealed))
    with tinydb.TinyDB(folded(voices)) as stock:
        containers = stock.table("containers")
        gone = [one.doc_id for one in containers if one["name"] in ("Ukraine", "Kazakhstan")]
        containers.remove(doc_ids=gone)
    assert "The place 'Lwów' lies in 'Ukraine', which has no entry." in told(voices.path)
    assert told(voices.path)[-1] == "Wider places that entries name and that have no entry: 1."
    assert "Kazakhstan" not in "".join(told(voices.path))


def test_themes_in_a_circle(voices: Collection) -> None:
    voices.add(Testimony(title="a", account="x", themes=["Hunger", "camps"]))
    put(
        voices.path,
        "themes",
        ThemeEntry("hunger", broader=("Camps",)),
        ThemeEntry("Camps", broader=("War", "hunger")),
        ThemeEntry("War", broader=("history",)),
        ThemeEntry("below", broader=("hunger",)),
        ThemeEntry("secret", broader=("secret",)),
        ThemeEntry("history"),
    )
    mended = " firsthand theme NAME --broader TERM takes it apart."
    assert told(voices.path) == [
        "2 themes stand above each other in a circle: 'hunger', 'Camps'." + mended,
        "A theme stands above itself." + mended,
    ]


def test_entries_that_cannot_be_read_do_no_harm(voices: Collection) -> None:
    put(voices.path, "places", PlaceEntry("a"))
    with tinydb.TinyDB(folded(voices)) as stock:
        stock.table("places").insert({"name": 3})
        stock.table("themes").insert({"name": "a", "broader": "a"})
    assert told(voices.path) == []


# --- the kept index --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, bytes, Path]:
    """The bytes of a collection and of its kept index, and a folder for both."""
    folder = tmp_path_factory.mktemp("indexed")
    file = folder / "voices.json"
    with Collection.open(file, by="") as voices:
        voices.import_rows(
            Row(Where("made", n), {"id": f"t-{n}", "title": "a", "account": f"word{n}"})
            for n in range(LEAST_KEPT)
        )
    with Collection.open(file, cache=folder / "cache") as voices:
        assert voices.search("word7").total
    cache = IndexCache(folder / "cache", file)
    return file.read_bytes(), cache.path.read_bytes(), folder


@pytest.fixture
def index(indexed: tuple[bytes, bytes, Path]) -> IndexCache:
    """The kept index as it was made, of a collection as it was then."""
    content, kept, folder = indexed
    file = folder / "voices.json"
    if file.read_bytes() != content:
        pytest.fail("the collection has been changed")
    cache = IndexCache(folder / "cache", file)
    cache.path.write_bytes(kept)
    return cache


def mendable(index: IndexCache) -> list[str]:
    folder = index.path.parents[1]
    with Collection.open(folder.parent / "voices.json", read_only=True) as voices:
        return [one.wrong.message for one in repairs(Patient(voices, folder))]


def test_a_sound_index_is_no_problem(index: IndexCache) -> None:
    assert mendable(index) == []


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other"])
def test_a_damaged_index_is_told_and_deleted(index: IndexCache, harm: str) -> None:
    kept = bytearray(index.path.read_bytes())
    kept[len(kept) // 2] ^= 1
    content = {"cut": kept[:-9], "flip": kept, "empty": b"", "other": b"x" * 99}[harm]
    index.path.write_bytes(content)
    assert mendable(index) == [
        "The kept search index is damaged; the testimonies themselves are not touched by that."
    ]
    folder = index.path.parents[1]
    with Collection.open(folder.parent / "voices.json", read_only=True) as voices:
        (repair,) = repairs(Patient(voices, folder))
        assert "built anew" in repair.would
        assert "was deleted" in repair.do()
        assert not index.path.exists()
        assert repairs(Patient(voices, folder)) == []
        assert repairs(Patient(voices, None)) == []


def test_an_old_index_is_no_problem_but_one_that_does_not_agree_is(index: IndexCache) -> None:
    folder = index.path.parents[1]
    with Collection.open(folder.parent / "voices.json", read_only=True) as voices:
        found = index.read()
        assert found is not None
        state = found[0].state

        def whole(id: str) -> Testimony | None:
            one = voices.get(id)
            return msgspec.structs.replace(one, account="x") if id == "t-7" else one

        assert problem_of_index(index, (1, 2, 3), voices.ids(), whole) is None
        wrong = problem_of_index(index, state, voices.ids(), whole)
        assert wrong is not None
        assert "does not agree with the testimonies (1 differ)" in wrong.message
        assert problem_of_index(index, state, voices.ids(), voices.get) is None
