"""Names renamed, merged and split off: every testimony follows, and one undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import tinydb
from hypothesis import given
from hypothesis import strategies as st

from collection import (
    Collection,
    InvalidTestimony,
    NameTaken,
    ReadOnly,
    Testimony,
    UnknownName,
)
from collection.access import gate
from collection.bearing import BAR, with_narrator
from collection.testimony import Access, Narrator, Place, Restriction
from collection.themes import ThemeEntry
from tests.collection.placed import LWOW, entries, written
from tests.collection.placed import testimony as _testimony
from tests.collection.small_gazetteer import SmallGazetteer, in_place

SEALED = Access(record=Restriction("private"))
NAME_SEALED = Access(name=Restriction("private"))


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


def names(voices: Collection, id: str) -> list[str]:
    return [place.name for place in voices.get(id).places]


# --- counted and found -------------------------------------------------------------------------


def test_names_are_counted_as_they_may_be_seen(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", "Lwów", interview_place="Kyiv", narrator="Anna"))
    voices.add(_testimony("b", "Georgia", narrator="Anna", themes=["Hunger"], access=SEALED))
    voices.add(_testimony("c", "Ruth", narrator=Narrator("Ruth"), access=NAME_SEALED))
    assert voices.narrators == {"Anna": 1}
    assert voices.names("place") == {"Lwów": 1, "Kyiv": 1}
    assert voices.bearers("place", "Kyiv") == ["a"]
    assert voices.bearers("theme", "hunger") == []
    voices.reveal(True)
    assert voices.narrators == {"Anna": 2, "Ruth": 1}
    assert voices.names("place") == {"Lwów": 1, "Kyiv": 1, "Georgia": 1, "Ruth": 1}
    assert voices.bearers("theme", "hunger") == ["b"]
    with pytest.raises(ValueError, match="keyword"):
        voices.names("keyword")


# --- renaming ----------------------------------------------------------------------------------


def test_a_place_is_renamed_wherever_it_is_named(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwow", "Kyiv", interview_place="Lwow"))
    voices.add(_testimony("b", "Lwow", access=SEALED))
    voices.add(_testimony("c", "Kyiv"))
    found = voices.rename("place", "Lwow", "Lwów")
    assert found.ids == ("a",), "what is sealed is not counted"
    assert voices.get("a").places[0] == LWOW, "the new name is looked up"
    assert voices.get("a").interview_place == "Lwów"
    assert voices.get("b").places == (LWOW,)
    assert voices.get("c").revision == 1
    assert voices.place_entry("Lwów").aliases == ("Lwow", "Lemberg", "Львів")
    assert voices.search("lwow").ids == ["a"]
    assert "Lwow" not in [one["name"] for one in entries(voices.path, "places")]
    voices.undo()
    assert names(voices, "a") == ["Lwow", "Kyiv"]
    assert names(voices, "b") == ["Lwow"]
    assert voices.place_entry("Lwow").status == "unknown"
    voices.redo()
    assert voices.get("b").places == (LWOW,)
    with Collection.open(voices.path, by="keeper") as again:
        assert again.get("b").places == (LWOW,)
        again.undo()
        assert names(again, "b") == ["Lwow"]


def test_a_decision_goes_along(voices: Collection) -> None:
    voices.add(_testimony("a", "Georgia"))
    voices.decide_place("Georgia", country="US", also=["Peach State"])
    before = voices.place_entry("Georgia")
    voices.rename("place", "Georgia", "Kyiv", keep=False)
    assert voices.place_entry("Kyiv") == msgspec.structs.replace(before, name="Kyiv")
    assert voices.get("a").places == (Place("Kyiv", "US", 33.0, -83.5, "decided"),)
    voices.undo()
    assert voices.place_entry("Georgia") == before
    assert voices.place_entry("Kyiv").country == "UA"


def test_what_a_place_has_of_its_own_stays(voices: Collection) -> None:
    own = [
        Place("Lwow", "PL"),
        Place("Lwow", None, 1.0, 2.0),
        Place("Lwow", "DE", 3.0, 4.0, "decided"),
    ]
    for number, place in enumerate(own):
        voices.add(_testimony(f"t{number}", place))
    voices.rename("place", "Lwow", "Lwów")
    for number, place in enumerate(own):
        [kept] = voices.get(f"t{number}").places
        assert kept.name == "Lwów"
        assert (kept.country, kept.latitude) == (place.country, place.latitude)
        assert kept.status == (place.status or kept.status)


def test_a_theme_is_renamed_in_every_spelling(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["Forced Labour", "Camp", "forced labour"]))
    voices.add(_testimony("b", themes=["forced labour"], keywords=["forced labour"]))
    voices.define_theme("forced labour", ["corvée"], ["work"])
    voices.define_theme("quarry", broader=["Forced labour"])
    voices.rename("theme", "FORCED LABOUR", "Slave labour")
    assert voices.get("a").themes == ("Slave labour", "Camp")
    assert voices.get("b").keywords == ("forced labour",), "what nobody asked for stays"
    entry = ThemeEntry("Slave labour", ("FORCED LABOUR", "corvée"), ("work",))
    assert voices.theme_entry("slave labour") == entry
    assert voices.theme_entry("quarry").broader == ("Slave labour",)
    assert sorted(voices.search("forced labour").ids) == ["a", "b"]
    voices.undo()
    assert voices.get("a").themes == ("Forced Labour", "Camp", "forced labour")
    assert voices.theme_entry("forced labour").used_for == ("corvée",)
    assert voices.theme_entry("quarry").broader == ("Forced labour",)
    assert voices.theme_entry("slave labour") == ThemeEntry("slave labour")


def test_spellings_of_a_theme_are_made_one(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["hunger"]))
    voices.add(_testimony("b", themes=["Hunger", "HUNGER"]))
    voices.define_theme("hunger", ["famine"])
    assert voices.merge("theme", ["hunger", "HUNGER"], "Hunger").ids == ("a", "b")
    assert voices.themes == {"Hunger": 2}
    assert voices.theme_entry("hunger") == ThemeEntry("Hunger", ("famine",))
    for _ in range(2):
        voices.close()
        with Collection.open(voices.path, by="keeper") as again:
            again.undo()
            assert again.theme_entry("Hunger") == ThemeEntry("hunger", ("famine",))
            assert again.get("b").themes == ("Hunger", "HUNGER")
            again.redo()
            assert again.theme_entry("HUNGER") == ThemeEntry("Hunger", ("famine",))
        assert [one["name"] for one in entries(voices.path, "themes")] == ["Hunger"]


def test_a_narrator_is_renamed_and_nothing_else_of_them(voices: Collection) -> None:
    who = Narrator("Oleg*", "pseudonym", "Viktor Petrov")
    voices.add(_testimony("a", narrator=who, title="Oleg* speaks", account="Oleg* said it."))
    voices.add(_testimony("b", narrator="Oleg*", access=SEALED))
    assert voices.rename("narrator", "Oleg*", "Maksim*").ids == ("a",)
    after = voices.get("a")
    assert after.narrator == Narrator("Maksim*", "pseudonym", "Viktor Petrov")
    assert (after.title, after.account) == ("Oleg* speaks", "Oleg* said it.")
    assert voices.get("b").narrator.name == "Maksim*"
    assert voices.search("by:maksim").ids == ["a"]
    voices.undo()
    assert voices.get("a").narrator == who


def test_no_name_is_told_that_is_kept_private(voices: Collection) -> None:
    account = "Petrov, they called. Viktor! And Anna hid."
    hidden = _testimony("a", narrator=Narrator("Oleg", "pseudonym", "Viktor Petrov"),
                       account=account)  # fmt: skip
    voices.add(hidden)
    voices.add(_testimony("b", narrator="Oleg"))
    voices.add(_testimony("c", narrator=Narrator("Anna"), account="Anna hid.", access=NAME_SEALED))
    voices.add(_testimony("d", narrator="Anna"))
    found = voices.rename("narrator", "Oleg", "V. Petrov")
    assert (found.ids, found.left) == (("b",), ("a",))
    assert voices.get("a") == msgspec.structs.replace(hidden, **_kept(voices.get("a")))
    assert "Petrov" not in voices.view("a").testimony.account
    with pytest.raises(InvalidTestimony, match="kept private"):
        voices.rename("narrator", "Oleg", "Viktor Petrov")
    found = voices.rename("narrator", "Anna", "Hannah")
    assert (found.ids, found.left) == (("d",), ()), "nobody is told that c has a name"
    assert voices.view("c").testimony.account == f"{BAR * 4} hid."


def test_what_a_sealed_name_strikes_out_is_not_uncovered(voices: Collection) -> None:
    voices.add(_testimony("a", "Anna", themes=["Anna"]))
    voices.add(_testimony("c", "Anna", "Kyiv", themes=["Anna"], narrator=Narrator("Anna"),
                          access=NAME_SEALED))  # fmt: skip
    before = voices.get("c")
    for private in (False, True):
        voices.reveal(private)
        left = ("c",) if private else ()
        for kind in ("place", "theme"):
            found = voices.rename(kind, "Anna", "Hannah" if kind == "place" else "Hanna")
            assert (found.ids, found.left) == (("a",), left)
            assert voices.get("c") == before
            voices.undo()
    voices.rename("place", "Kyiv", "Kiew")
    assert names(voices, "c") == ["Anna", "Kiew"]


WORDS = ["Viktor", "viktor", "Petrov", "Petrova", "Petrow", "Oleg", "Oleg*", "V.", "王伟", "王"]
TEXT = "Viktor Petrov, Petrovs Sohn, petrov@post.net, 王伟 and 王 told it; Oleg wrote."


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join),
    st.sampled_from([Access(), NAME_SEALED, SEALED]),
)
def test_a_new_name_never_uncovers_the_real_one(
    old: str, new: str, real: str, access: Access
) -> None:
    who = Narrator(old, "pseudonym", real)
    before = _testimony("a", narrator=who, title=TEXT, account=TEXT, access=access,
                        extra={"told": TEXT})  # fmt: skip
    after = with_narrator(before, lambda name: name == old, new)
    opened = msgspec.structs.replace(access, record=Restriction())
    views = [gate(msgspec.structs.replace(one, access=opened)).testimony for one in (before, after)]
    for one, other in zip(*(f"{view.title}{view.account}" for view in views), strict=True):
        assert not (one == BAR and other != BAR)
    assert after == before or access.name.level == "open"
    assert (after.narrator.real_name, after.narrator.naming) == (real, "pseudonym")


def _kept(one: Testimony) -> dict[str, Any]:
    return {key: getattr(one, key) for key in ("created", "modified", "by", "revision")}


@pytest.mark.parametrize("kind", ["place", "theme", "narrator"])
@pytest.mark.parametrize("new", ["", " ", "\ud800", f"a{BAR}", "▒▒▒▒▒"])
def test_a_name_that_cannot_be_is_refused(voices: Collection, kind: str, new: str) -> None:
    voices.add(_testimony("a", "Lwów", themes=["Lwów"], narrator="Lwów"))
    before = written(voices.path)
    with pytest.raises(InvalidTestimony):
        voices.rename(kind, "Lwów", new)
    with pytest.raises(InvalidTestimony):
        voices.merge(kind, ["Lwów"], new)
    with pytest.raises(InvalidTestimony):
        voices.split_off(kind, "Lwów", ["a"], new)
    assert written(voices.path) == before


@pytest.mark.parametrize("kind", ["place", "theme", "narrator"])
def test_what_others_are_called_is_not_taken_unasked(voices: Collection, kind: str) -> None:
    voices.add(_testimony("a", "Aa", themes=["Aa"], narrator="Aa"))
    voices.add(_testimony("b", "Bb", themes=["Bb"], narrator="Bb"))
    voices.add(_testimony("s", "Ss", themes=["Ss"], narrator="Ss", access=SEALED))
    before = written(voices.path)
    with pytest.raises(NameTaken, match="merge"):
        voices.rename(kind, "Aa", "Bb")
    for odd in ("Zz", "Ss", ""):
        told = [pytest.raises(UnknownName, match="No "), pytest.raises(UnknownName, match="No ")]
        with told[0]:
            voices.rename(kind, odd, "Cc")
        with told[1]:
            voices.merge(kind, ["Aa", odd], "Bb")
    with pytest.raises(UnknownName, match="does not bear"):
        voices.split_off(kind, "Aa", ["a", "b"], "Cc")
    with pytest.raises(InvalidTestimony, match="No testimony was chosen"):
        voices.split_off(kind, "Aa", [], "Cc")
    with pytest.raises(InvalidTestimony, match="no other name"):
        voices.merge(kind, ["Aa"], "Aa")
    assert voices.rename(kind, "Aa", "Aa").ids == ()
    assert written(voices.path) == before
    assert voices.rename(kind, "Aa", "Ss").ids == ("a",), "nor does it tell what is sealed"
    assert voices.get("s").revision == 1
    reading = Collection.open(voices.path, read_only=True)
    for act in (
        lambda: reading.rename(kind, "Ss", "Cc"),
        lambda: reading.merge(kind, ["Ss"], "Bb"),
        lambda: reading.tell_apart(kind, "Ss", "Bb"),
    ):
        with pytest.raises(ReadOnly):
            act()


# --- merging -----------------------------------------------------------------------------------


def test_places_are_merged_once_in_each_testimony(voices: Collection) -> None:
    voices.add(_testimony("a", "Kyiv", "Lwow", "Lwów", "Leopol"))
    voices.add(_testimony("b", "Leopol", interview_place="Lwow"))
    voices.decide_place("Leopol", country="UA", also=["Leopolis"])
    found = voices.merge("place", ["Lwow", "Leopol", "Lwów"], "Lwów")
    assert found.ids == ("a", "b")
    assert names(voices, "a") == ["Kyiv", "Lwów"]
    assert voices.get("b").interview_place == "Lwów"
    entry = voices.place_entry("Lwów")
    assert entry.aliases == ("Lwow", "Leopol", "Lemberg", "Львів", "Leopolis")
    assert (entry.status, entry.latitude) == ("resolved", 49.84), "the one that stays decides"
    assert voices.search("leopolis").ids == ["a", "b"]
    voices.undo()
    assert names(voices, "a") == ["Kyiv", "Lwow", "Lwów", "Leopol"]
    assert voices.place_entry("Leopol").aliases == ("Leopolis",)


def test_a_place_of_which_nothing_is_known_takes_what_is(voices: Collection) -> None:
    voices.add(_testimony("a", "Leopol"))
    voices.add(_testimony("b", "Lwów"))
    voices.merge("place", ["Lwów"], "Leopol")
    assert voices.get("a").places == voices.get("b").places
    assert voices.get("a").places[0].latitude == 49.84
    voices.undo()
    assert voices.get("a").places == (Place("Leopol", status="unknown"),)


def test_places_that_say_different_things_both_stay(voices: Collection) -> None:
    here, there = Place("Lwow", None, 1.0, 1.0), Place("Lwów", None, 2.0, 2.0)
    voices.add(_testimony("a", here, there, "Lwow"))
    voices.merge("place", ["Lwow"], "Lwów")
    assert voices.get("a").places == (msgspec.structs.replace(here, name="Lwów"), there)


def test_narrators_that_are_merged_keep_what_is_their_own(voices: Collection) -> None:
    voices.add(_testimony("a", narrator=Narrator("A. Weis", "real")))
    voices.add(_testimony("b", narrator=Narrator("Anna Weiss", "pseudonym", "Ruth Klein")))
    voices.merge("narrator", ["A. Weis"], "Anna Weiss")
    assert voices.narrators == {"Anna Weiss": 2}
    assert voices.get("a").narrator == Narrator("Anna Weiss", "real")
    assert voices.get("b").narrator == Narrator("Anna Weiss", "pseudonym", "Ruth Klein")


def test_a_name_of_sealed_ones_is_told_by_no_other_name(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwów", themes=["hunger"]))
    voices.add(_testimony("s", "Hideout", themes=["betrayal"], access=SEALED))
    voices.define_theme("betrayal", ["treason"])
    voices.decide_place("Hideout", country="PL", also=["The barn"])
    voices.reveal(True)
    voices.merge("place", ["Hideout"], "Lwów")
    voices.merge("theme", ["betrayal"], "hunger")
    assert voices.get("s").places == (LWOW,)
    assert voices.get("s").themes == ("hunger",)
    voices.reveal(False)
    assert voices.place_entry("Lwów").aliases == ("Lemberg", "Львів")
    assert voices.theme_entry("hunger") == ThemeEntry("hunger")
    for _ in range(2):
        voices.undo()
    assert names(voices, "s") == ["Hideout"]
    assert voices.theme_entry("betrayal").used_for == ("treason",)


def test_merging_themes_closes_no_circle(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["a", "c", "famine"]))
    voices.define_theme("a", broader=["b"])
    voices.define_theme("b", broader=["c"])
    voices.define_theme("c", ["see"], ["d"])
    voices.merge("theme", ["c", "famine"], "a")
    assert voices.get("a").themes == ("a",)
    assert voices.theme_entry("a") == ThemeEntry("a", ("c", "famine", "see"), ("d",))
    assert voices.theme_entry("b").broader == ("a",)
    assert voices.check() == []
    voices.undo()
    assert voices.theme_entry("b").broader == ("c",)


def test_a_theme_that_is_only_above_others_can_be_renamed(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["quarry"]))
    voices.add(_testimony("s", themes=["secret"], access=SEALED))
    voices.define_theme("quarry", broader=["work"])
    voices.define_theme("secret", broader=["work"])
    assert voices.rename("theme", "work", "labour").ids == ()
    assert voices.theme_entry("quarry").broader == ("labour",)
    assert voices.narrower("labour") == ["quarry"], "what is sealed has no place there"
    voices.define_theme("labour", narrower=["mine"])
    assert voices.narrower("labour") == ["mine"]
    voices.reveal(True)
    assert voices.narrower("labour") == ["secret", "mine"]
    with pytest.raises(InvalidTestimony, match="cannot stand below"):
        voices.define_theme("mine", narrower=["Labour"])
    with pytest.raises(InvalidTestimony, match="cannot stand below"):
        voices.define_theme("mine", broader=[], narrower=["mine"])
    voices.define_theme("labour", narrower=[])
    assert voices.narrower("labour") == []
    voices.undo()
    assert voices.narrower("labour") == ["secret", "mine"]


# --- splitting off -----------------------------------------------------------------------------


def test_some_are_split_off(voices: Collection) -> None:
    for id in "abc":
        voices.add(_testimony(id, "Georgia", themes=["Labour"], narrator="Anna"))
    assert voices.split_off("place", "Georgia", ["b"], "Tbilisi").ids == ("b",)
    assert voices.get("b").places == (Place("Tbilisi", "GE", 41.69, 44.83, "resolved"),)
    assert voices.place_entry("Georgia").status == "ambiguous"
    voices.split_off("theme", "labour", ["a", "c"], "Forced labour")
    voices.split_off("narrator", "Anna", ["c"], "Anna the younger")
    assert voices.themes == {"Forced labour": 2, "Labour": 1}
    assert voices.narrators == {"Anna": 2, "Anna the younger": 1}
    for _ in range(3):
        voices.undo()
    assert voices.names("place") == {"Georgia": 3}
    assert voices.narrators == {"Anna": 3}


# --- an older file, and another program's ------------------------------------------------------


def test_an_older_file_is_as_good(voices: Collection) -> None:
    voices.add(_testimony("a", "Lwow"))
    voices.close()
    with tinydb.TinyDB(voices.path) as stock:
        for table in ("places", "containers", "themes", "apart"):
            stock.drop_table(table)
        stock.table("testimonies").update({"places": [{"name": "Lwow"}]})
    again = Collection.open(voices.path, by="keeper")
    again.rename("place", "Lwow", "Lwów")
    assert again.get("a").places == (LWOW,)
    again.undo()
    assert again.get("a").places == (Place("Lwow"),)


def test_what_others_did_meanwhile_is_no_matter(voices: Collection) -> None:
    voices.add(_testimony("a", themes=["hunger"]))
    other = Collection.open(voices.path, by="other")
    other.add(_testimony("b", themes=["hunger"]))
    assert set(voices.rename("theme", "hunger", "famine").ids) == {"a", "b"}
    other.catch_up()
    other.tell_apart("theme", "famine", "fame")
    voices.catch_up()
    assert voices.are_apart("theme", "fame", "Famine")
    assert other.theme_entry("famine").used_for == ("hunger",)
