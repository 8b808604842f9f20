from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from collection import (
    CannotSave,
    Collection,
    Conflict,
    InvalidTestimony,
    NotFound,
    ReadOnly,
    Testimony,
)
from collection.access import MASK, gate
from collection.exchange.interface import Row, Where
from collection.preview import preview
from collection.testimony import Access, Narrator, Place, Restriction, newest_first, same_content
from tests.collection.strategies import records

SEALED = Access(record=Restriction("private"))


def _testimony(id: str = "", **values: Any) -> Testimony:
    return Testimony(**{"id": id, "title": f"Title {id}", "account": "An account."} | values)


# --- one collection ----------------------------------------------------------------------------


def test_adding_stamps_and_gives_an_identifier(voices: Collection) -> None:
    kept = voices.add(_testimony())
    assert kept.id
    assert kept.created == kept.modified != ""
    assert (kept.by, kept.revision) == ("keeper", 1)
    assert voices.add(kept) is kept
    assert voices.add(msgspec.structs.replace(kept, modified="", revision=0)) is kept
    assert len(voices) == 1


def test_what_a_record_says_of_its_keeping_stays(voices: Collection) -> None:
    kept = voices.add(_testimony("a", created="1999", modified="2000", by="Ann", revision=7))
    assert (kept.created, kept.modified, kept.by, kept.revision) == ("1999", "2000", "Ann", 7)


def test_an_identifier_belongs_to_one(voices: Collection) -> None:
    voices.add(_testimony("a"))
    with pytest.raises(Conflict):
        voices.add(_testimony("a", account="Other."))
    voices.withdraw("a")
    with pytest.raises(Conflict, match="never used again"):
        voices.add(_testimony("a"))
    with pytest.raises(Conflict, match="never used again"):
        Collection.open(voices.path).add(_testimony("a", account="Other."))
    voices.undo()
    assert voices.add(_testimony("a")).id == "a"


def test_revising(voices: Collection) -> None:
    kept = voices.add(_testimony("a", notes="mine"))
    after = voices.revise("a", 1, title="New", date="1944")
    assert (after.title, after.notes, after.revision, after.created) == (
        "New",
        "mine",
        2,
        kept.created,
    )
    assert voices.revise("a", title="New") is after
    with pytest.raises(Conflict):
        voices.revise("a", 1, title="Newer")
    with pytest.raises(InvalidTestimony):
        voices.revise("a", title="")
    with pytest.raises(NotFound):
        voices.revise("b", title="x")
    assert voices.get("a") == after


def test_history_keeps_every_version(voices: Collection) -> None:
    voices.add(_testimony("a"))
    voices.revise("a", title="Two")
    voices.undo()
    voices.withdraw("a")
    told = voices.history("a")
    assert [one.action for one in told] == ["revised", "revised", "withdrawn"]
    assert all(one.by == "keeper" for one in told)
    voices.reveal(True)
    assert [one.before["title"] for one in voices.history("a")] == ["Title a", "Two", "Title a"]


def test_who_withdrew_is_told(voices: Collection) -> None:
    voices.add(_testimony("a"))
    Collection.open(voices.path, by="other").withdraw("a")
    assert [one.by for one in voices.history("a")] == ["other"]


def test_undo_of_an_addition_frees_its_identifier_and_withdrawal_does_not(
    voices: Collection,
) -> None:
    voices.add(_testimony("a"))
    voices.undo()
    voices.redo()
    voices.undo()
    assert [one.action for one in voices.history("a")] == ["undone", "undone"]
    voices.add(_testimony("a", account="Other."))
    voices.withdraw("a")
    voices.undo()
    voices.redo()
    with pytest.raises(Conflict):
        voices.add(_testimony("a"))


def test_read_only_never_writes(voices: Collection) -> None:
    voices.add(_testimony("a"))
    before = {path.name: path.read_bytes() for path in voices.path.parent.iterdir()}
    with Collection.open(voices.path, read_only=True) as reading:
        assert reading.read_only
        for change in (
            lambda: reading.add(_testimony("b")),
            lambda: reading.revise("a", title="x"),
            lambda: reading.withdraw("a"),
        ):
            with pytest.raises(ReadOnly):
                change()
        assert reading.undo() == []
    assert {path.name: path.read_bytes() for path in voices.path.parent.iterdir()} == before


def test_the_list_is_newest_first_and_sealed_ones_tell_no_date(voices: Collection) -> None:
    for id, date in {"a": "1944", "b": "1946", "c": "", "d": "1945", "e": "1950"}.items():
        voices.add(_testimony(id, date=date, access=SEALED if id == "e" else Access()))
    assert voices.ids() == ["b", "d", "a", "c", "e"]
    assert [one.testimony.id for one in preview(voices.path, 9)] == ["b", "d", "a", "c"]
    voices.reveal(True)
    assert voices.ids() == ["e", "b", "d", "a", "c"]
    voices.reveal(False)
    assert voices.ids() == ["b", "d", "a", "c", "e"]


@given(st.lists(records(), max_size=6, unique_by=lambda one: one.id), st.integers(0, 6))
def test_the_preview_is_the_beginning_as_it_may_be_seen(
    tmp_path_factory: pytest.TempPathFactory, some: list[Testimony], limit: int
) -> None:
    file = tmp_path_factory.mktemp("a") / "voices.json"
    with Collection.open(file) as voices:
        for one in some:
            voices.add(one)
        shown = preview(file, limit)
        assert all(one == gate(voices.get(one.testimony.id)) and not one.sealed for one in shown)
        everything = [one for id in voices.ids() if not (one := voices.view(id)).sealed]
        assert preview(file, 99) == everything
        if len(everything) == len(voices):
            assert shown == everything[:limit]


# --- two at once -------------------------------------------------------------------------------


def test_changes_of_another_are_seen_and_never_overwritten(voices: Collection) -> None:
    voices.add(_testimony("a"))
    other = Collection.open(voices.path, by="other")
    assert not other.catch_up()
    theirs = other.revise("a", title="Theirs")
    with pytest.raises(Conflict, match="someone else"):
        voices.revise("a", title="Mine")
    assert voices.get("a") == theirs
    assert not voices.catch_up()
    other.add(_testimony("b"))
    voices.add(_testimony("c"))
    assert voices.ids() == ["a", "b", "c"]
    assert other.catch_up()
    assert other.ids() == ["a", "b", "c"]
    other.withdraw("b")
    with pytest.raises(Conflict):
        voices.withdraw("b")
    with pytest.raises(NotFound):
        voices.get("b")
    assert voices.add(other.add(_testimony("d"))).id == "d"


def test_a_change_by_hand_without_a_new_revision_is_not_overwritten(voices: Collection) -> None:
    voices.add(_testimony("a"))
    voices.fold()
    text = voices.path.read_text()
    voices.path.write_text(text.replace("An account.", "An account, mended."))
    with pytest.raises(Conflict):
        voices.revise("a", title="x")
    assert voices.revise("a", title="x").account == "An account, mended."


def test_undo_goes_back_to_the_beginning_and_redo_to_the_end(voices: Collection) -> None:
    voices.add(_testimony("a"))
    for title in ("One", "Two", "Three"):
        voices.revise("a", title=title)
    titles = [(voices.undo(), voices.get("a").title)[1] for _ in range(3)]
    assert titles == ["Two", "One", "Title a"]
    voices.undo()
    assert (len(voices), voices.undo()) == (0, [])
    titles = [(voices.redo(), voices.get("a").title)[1] for _ in range(4)]
    assert titles == ["Title a", "One", "Two", "Three"]
    assert voices.redo() == []
    assert voices.get("a").revision == 12 - 1
    assert list(Collection.open(voices.path)) == list(voices)


def test_undo_does_not_undo_what_others_did(voices: Collection) -> None:
    voices.add(_testimony("a"))
    voices.add(_testimony("b"))
    voices.revise("a", title="Mine")
    Collection.open(voices.path).revise("a", title="Theirs")
    with pytest.raises(Conflict):
        voices.undo()
    assert voices.get("a").title == "Theirs"
    assert [change.id for change in voices.undo()] == ["b"]


def test_threads_lose_nothing_and_readers_see_no_half_state(voices: Collection) -> None:
    failures: list[BaseException] = []
    done = threading.Event()

    def add(name: str) -> None:
        for n in range(15):
            voices.add(_testimony(f"{name}{n}", date=f"19{n + 10}"))

    def read() -> None:
        try:
            while not done.is_set():
                for id in voices.ids():
                    voices.view(id)
                voices.places, voices.themes, list(voices), voices.search("account", 3)
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    writers = [threading.Thread(target=add, args=(name,)) for name in "xy"]
    reader = threading.Thread(target=read)
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert failures == []
    assert len(voices) == 30
    assert len(Collection.open(voices.path)) == 30


# --- against a model ---------------------------------------------------------------------------


class Model(RuleBasedStateMachine):
    """Two collections on one file against plain dicts and a list of states."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "voices.json"
        self.voices = Collection.open(self.file, by="one")
        self.model: dict[str, str] = {}
        self.past: list[dict[str, str]] = []
        self.future: list[dict[str, str]] = []
        self.withdrawn: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()

    def _step(self) -> None:
        self.past.append(dict(self.model))
        self.future.clear()

    @rule(
        id=st.sampled_from("abcd"),
        title=st.sampled_from(["x", "y"]),
        date=st.sampled_from(["", "1944", "1950"]),
    )
    def add(self, id: str, title: str, date: str) -> None:
        try:
            kept = self.voices.add(Testimony(id=id, title=title, account="-", date=date))
        except Conflict:
            assert id in self.model or id in self.withdrawn
            return
        assert id not in self.withdrawn or id in self.model
        if id not in self.model:
            self._step()
            self.model[id] = title
        assert kept.title == self.model[id]

    @precondition(lambda self: self.model)
    @rule(data=st.data(), title=st.sampled_from(["x", "y", "z"]))
    def revise(self, data: st.DataObject, title: str) -> None:
        id = data.draw(st.sampled_from(sorted(self.model)))
        before = self.voices.get(id)
        after = self.voices.revise(id, before.revision, title=title)
        if before.title != title:
            assert after.revision == before.revision + 1
            self._step()
            self.model[id] = title

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.model)))
        self.voices.withdraw(id)
        self._step()
        del self.model[id]
        self.withdrawn.add(id)

    @rule(
        rows=st.lists(
            st.tuples(st.sampled_from("efgh"), st.sampled_from("xy")),
            max_size=3,
            unique_by=lambda row: row[0],
        ),
        update=st.booleans(),
    )
    def bring_in(self, rows: list[tuple[str, str]], update: bool) -> None:
        report = self.voices.import_rows(
            [
                Row(Where("f", n), {"id": id, "title": title, "account": "-"})
                for n, (id, title) in enumerate(rows)
            ],
            update=update,
        )
        taken = {
            id: title
            for id, title in rows
            if (update if id in self.model else id not in self.withdrawn)
        }
        if any(self.model.get(id) != title for id, title in taken.items()):
            self._step()
            self.model |= taken
        assert report.refused == sum(
            id in self.withdrawn and id not in self.model for id, _ in rows
        )

    @rule()
    def undo(self) -> None:
        assert bool(self.voices.undo()) == bool(self.past)
        if self.past:
            self.future.append(self.model)
            self.model = self.past.pop()

    @rule()
    def redo(self) -> None:
        assert bool(self.voices.redo()) == bool(self.future)
        if self.future:
            self.past.append(self.model)
            self.model = self.future.pop()

    @rule()
    def open_again(self) -> None:
        again = Collection.open(self.file)
        assert list(again) == list(self.voices)
        # What was taken out by a step that was undone since counts as withdrawn no more.
        self.withdrawn = set(again._store.withdrawn())
        assert not self.withdrawn & self.model.keys()

    @invariant()
    def same(self) -> None:
        if hasattr(self, "voices"):
            assert {one.id: one.title for one in self.voices} == self.model
            assert self.voices.ids() == [one.id for one in sorted(self.voices, key=newest_first)]
            self.withdrawn = set(self.voices._store.withdrawn())


Model.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestModel = Model.TestCase


# --- search shows and finds only what may be seen ----------------------------------------------


SECRET = "Zxqvsecret"


def _finds(voices: Collection, query: str = SECRET) -> list[str]:
    return list(voices.search(query).ids)


@pytest.mark.parametrize("level", ["restricted", "embargoed", "private", "odd"])
def test_what_is_sealed_is_not_found_and_not_counted(file: Path, level: str) -> None:
    seal = Restriction(level if level != "odd" else "private")
    voices = Collection.open(file)
    voices.add(_testimony("a", account=f"I, {SECRET}", access=Access(account=seal), title="Alpha"))
    voices.add(_testimony("c", context=SECRET, access=Access(context=seal), title="Alpha"))
    voices.add(
        _testimony(
            "n",
            narrator=SECRET,
            account=f"I am {SECRET}",
            keywords=[SECRET],
            access=Access(name=seal),
            title="Alpha",
        )
    )
    voices.add(
        _testimony(
            "p",
            narrator=Narrator("Anna", "pseudonym", SECRET),
            account=f"I am {SECRET}",
            title="Alpha",
            notes=SECRET,
        )
    )
    voices.add(
        _testimony(
            "r",
            title=f"Alpha {SECRET}",
            places=[Place(SECRET)],
            themes=[SECRET],
            narrator=SECRET,
            access=Access(record=seal),
        )
    )
    for _ in range(2):
        results = voices.search("alpha")
        assert sorted(results.ids) == ["a", "c", "n", "p"]
        assert results.total == 4
        for query in (SECRET, SECRET.lower(), SECRET[:6], f'"{SECRET}"', f"alpha {SECRET}"):
            found = voices.search(query)
            assert found.total == 0 or query.startswith("alpha")
            assert SECRET not in repr([(hit.why, hit.testimony) for hit in found])
        assert SECRET not in voices.places
        assert SECRET not in voices.themes
        assert SECRET not in repr(preview(voices.path, 10))
        assert SECRET not in repr(voices.export()) + repr(voices.withheld())
        assert not any(one.before for id in "acnpr" for one in voices.history(id))
        # Revealed, everything is found; masked again, nothing is, not even in between.
        voices.reveal(True)
        assert sorted(_finds(voices)) == ["a", "c", "n", "p", "r"]
        assert SECRET in voices.places
        voices.reveal(False)
        assert list(voices.search(SECRET, partial=True).ids) == []
        assert _finds(voices) == []


def test_sealing_takes_out_of_search_at_once(voices: Collection) -> None:
    voices.add(_testimony("a", account=SECRET))
    assert _finds(voices) == ["a"]
    results = voices.search(SECRET)
    voices.revise("a", access=Access(account=Restriction("private")))
    assert list(voices.search(SECRET, partial=True).ids) == []
    assert SECRET not in repr([(hit.testimony, hit.why) for hit in results])
    assert voices.view("a").testimony.account == MASK
    voices.undo()
    assert _finds(voices) == ["a"]


def test_history_is_sealed_with_what_is_sealed_now(voices: Collection) -> None:
    voices.add(_testimony("a", account=SECRET))
    voices.revise("a", title="New")
    assert SECRET in repr(voices.history("a"))
    voices.revise("a", access=SEALED)
    assert SECRET not in repr(voices.history("a"))
    voices.revise("a", access=Access())
    assert [bool(one.before) for one in voices.history("a")] == [True, True, False]
    voices.reveal(True)
    assert all(one.before for one in voices.history("a"))
    voices.reveal(False)
    voices.withdraw("a")
    assert SECRET not in repr(voices.history("a"))


def test_exporting_does_not_unmask_the_screen(voices: Collection) -> None:
    voices.add(_testimony("a", account=SECRET, access=Access(account=Restriction("private"))))
    assert [one.testimony.account for one in voices.export(private=True)] == [SECRET]
    assert voices.view("a").testimony.account == MASK
    voices.reveal(True)
    assert voices.export(private=False)[0].testimony.account == MASK
    assert voices.view("a").testimony.account == SECRET


def test_messages_tell_nothing_sealed(voices: Collection) -> None:
    voices.add(_testimony("a", title=SECRET, account=SECRET, access=SEALED))
    told = []
    for call in (
        lambda: voices.add(_testimony("a")),
        lambda: voices.revise("a", 9),
        lambda: voices.revise("a", title=""),
    ):
        with pytest.raises((Conflict, InvalidTestimony)) as refused:
            call()
        told.append(str(refused.value))
    assert SECRET not in "".join(told)


def test_results_wait_for_the_index_unless_asked_not_to(voices: Collection) -> None:
    for n in range(5):
        voices.add(_testimony(f"a{n}", account="haystack"))
    again = Collection.open(voices.path)
    assert again.search("haystack", partial=True).partial
    while again.index_step(2):
        pass
    results = again.search("haystack", 3)
    assert (results.total, len(results), results.partial) == (5, 3, False)
    assert results[0].why
    assert [hit.id for hit in results[1:]] == list(results.ids)[1:]


def test_a_failed_save_leaves_search_as_it_was(voices: Collection) -> None:
    voices.add(_testimony("a", account="haystack"))
    assert _finds(voices, "haystack") == ["a"]
    voices.path.unlink()
    with pytest.raises(CannotSave):
        voices.revise("a", account="needle")
    assert _finds(voices, "haystack") == ["a"]
    assert same_content(voices.get("a"), _testimony("a", account="haystack"))


def test_two_who_add_the_same_at_once_both_have_it(
    voices: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Collection.open(voices.path)
    monkeypatch.setattr(voices._ledger, "keep_up", lambda: other.add(_testimony("a")))
    assert voices.add(_testimony("a")) == other.get("a")
    assert len(voices) == 1
