"""Whatever is done to names: it can be taken back, and nothing else changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from collection import (
    Collection,
    InvalidTestimony,
    NameTaken,
    UnknownName,
)
from collection.authorities import APART, PLACE, THEME, theme_key
from collection.testimony import Access, Restriction
from tests.collection.placed import testimony as _testimony
from tests.collection.placed import written
from tests.collection.small_gazetteer import SmallGazetteer, in_place

SEALED = Access(record=Restriction("private"))
NAME_SEALED = Access(name=Restriction("private"))


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


# --- whatever happens --------------------------------------------------------------------------

NAMES = ["Hunger", "hunger", "Hungar", "Famine", "Lwów", "Lwow", "Georgia", "Kyiv"]
SOME = st.sampled_from(NAMES)
SEALS = st.sampled_from([Access(), Access(), SEALED, NAME_SEALED])
LISTS = st.lists(SOME, max_size=3)
FIELDS = {PLACE: ("places", "interview_place"), THEME: ("themes",), "narrator": ("narrator",)}


def state(voices: Collection) -> dict[str, Any]:
    """Give everything that an undo must bring back."""
    kept = {"created": "", "modified": "", "by": "", "revision": 0}
    records = {one.id: msgspec.structs.replace(one, **kept) for one in voices}
    known = {
        about: {one.name: one for one in voices._authorities.every(about)}
        for about in (PLACE, THEME, APART)
    }
    return {"records": records, **known}


class Curated(RuleBasedStateMachine):
    """Whatever is renamed, merged and split off can be taken back, and nothing else changes."""

    @initialize(records=st.lists(st.tuples(LISTS, LISTS, SOME, SOME, SEALS), max_size=5))
    def begin(self, records: list[Any]) -> None:
        self.patch = pytest.MonkeyPatch()
        next(in_place(self.patch))
        self.folder = tempfile.TemporaryDirectory()
        self.voices = Collection.open(Path(self.folder.name) / "voices.json", by="keeper")
        for number, (places, themes, narrator, where, access) in enumerate(records):
            self.voices.add(
                _testimony(f"t{number}", *places, themes=themes, narrator=narrator,
                          interview_place=where, access=access)
            )  # fmt: skip
        self.past = [state(self.voices)]
        self.future: list[Any] = []

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.folder.cleanup()
            self.patch.undo()

    def plain(self, ids: Iterable[str]) -> set[str]:
        """Leave out those of which a sealed name strikes names out: some keep what they bear."""
        return {id for id in ids if self.voices.get(id).access.name.level == "open"}

    def change(self, kind: str, act: Any) -> Any:
        """Do something; nothing but the fields of its kind may change, in one step."""
        before, bytes_before = self.past[-1], written(self.voices.path)
        try:
            done = act()
        except (UnknownName, NameTaken, InvalidTestimony):
            assert written(self.voices.path) == bytes_before
            return None
        after = state(self.voices)
        assert after["records"].keys() == before["records"].keys()
        for id, one in after["records"].items():
            same = {name: getattr(before["records"][id], name) for name in FIELDS[kind]}
            assert msgspec.structs.replace(one, **same) == before["records"][id]
        if written(self.voices.path) != bytes_before:
            self.past.append(after)
            self.future.clear()
        return done

    @rule(kind=st.sampled_from([*FIELDS]), old=SOME, new=SOME, keep=st.booleans())
    def rename(self, kind: str, old: str, new: str, keep: bool) -> None:
        ids = self.voices.bearers(kind, old)
        done = self.change(kind, lambda: self.voices.rename(kind, old, new, keep=keep))
        if done is not None:
            assert self.plain(ids) <= {*self.voices.bearers(kind, new)}

    @rule(kind=st.sampled_from([*FIELDS]), names=LISTS, into=SOME)
    def merge(self, kind: str, names: list[str], into: str) -> None:
        ids = {id for name in [*names, into] for id in self.voices.bearers(kind, name)}
        with Collection.open(self.voices.path, read_only=True) as public:
            told = [name for name in names if public.bearers(kind, name)]
        done = self.change(kind, lambda: self.voices.merge(kind, names, into))
        if done is None:
            return
        assert self.plain(self.voices.bearers(kind, into)) == self.plain(ids)
        gone = {*names} - {into}
        for one in self.voices:
            if not self.plain([one.id]):
                continue
            assert not (kind == PLACE and gone & {place.name for place in one.places})
            assert not (kind == THEME and gone & {*one.themes})
            assert not (kind == "narrator" and one.narrator.name in gone)
        if kind != "narrator":
            for name in told:
                found = self.voices.search(f"{kind}:{name}").ids
                assert self.plain(ids) <= {*found}, "found by the name that it had"

    @rule(kind=st.sampled_from([*FIELDS]), name=SOME, new=SOME, data=st.data())
    def split_off(self, kind: str, name: str, new: str, data: st.DataObject) -> None:
        ids = self.voices.bearers(kind, name)
        chosen = data.draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        done = self.change(kind, lambda: self.voices.split_off(kind, name, chosen, new))
        if done is not None:
            assert self.plain(chosen) <= {*self.voices.bearers(kind, new)}

    @rule(name=SOME, used_for=LISTS, broader=LISTS, narrower=st.none() | LISTS)
    def define(self, name: str, used_for: Any, broader: Any, narrower: Any) -> None:
        self.change(
            THEME, lambda: self.voices.define_theme(name, used_for, broader, narrower=narrower)
        )

    @rule(name=SOME, country=st.sampled_from(["US", "GE", "PL"]))
    def decide(self, name: str, country: str) -> None:
        self.change(PLACE, lambda: self.voices.decide_place(name, country=country))

    @rule(kind=st.sampled_from([*FIELDS]), one=SOME, other=SOME)
    def tell_apart(self, kind: str, one: str, other: str) -> None:
        self.change(kind, lambda: self.voices.tell_apart(kind, one, other))

    @rule(private=st.booleans())
    def reveal(self, private: bool) -> None:
        self.voices.reveal(private)

    @rule(kind=st.sampled_from([*FIELDS]))
    def look(self, kind: str) -> None:
        self.voices.near_duplicates(kind)
        for name in NAMES:
            self.voices.place_entry(name)

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        assert self.voices.undo()
        self.future.append(self.past.pop())

    @precondition(lambda self: self.future)
    @rule()
    def redo(self) -> None:
        assert self.voices.redo()
        self.past.append(self.future.pop())

    @rule()
    def open_again(self) -> None:
        private = self.voices.private
        self.voices.close()
        self.voices = Collection.open(self.voices.path, by="keeper")
        self.voices.reveal(private)
        assert self.voices.check() == []

    @invariant()
    def stands_as_it_should(self) -> None:
        if not hasattr(self, "voices"):
            return
        now = state(self.voices)
        assert now["records"] == self.past[-1]["records"]
        assert now[THEME] == self.past[-1][THEME]
        assert now[APART] == self.past[-1][APART]
        # What was only looked up is kept with the next testimony that names it.
        for name, entry in self.past[-1][PLACE].items():
            assert now[PLACE].get(name) == entry
        above = self.voices._authorities.broader_than
        assert all(theme_key(n) not in map(theme_key, above(n)) for n in NAMES)


Curated.TestCase.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestCurated = Curated.TestCase
