from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Batch, Collection, InvalidTestimony, NotFound, Outcome, ReadOnly, Testimony
from collection.access import MASK
from collection.authorities import theme_key
from collection.batching import changed, covers, fields_of, tightened
from collection.errors import CollectionError, Conflict
from collection.testimony import (
    CONSENTS,
    FIELDS,
    LEVELS,
    PARTS,
    Access,
    Narrator,
    Restriction,
    Source,
    same_content,
)
from tests.collection.placed import testimony as made
from tests.collection.placed import written
from tests.collection.strategies import days, filled, names, records

words = filled.filter(str.strip).map(str.strip)
lists = st.lists(words, max_size=2).map(tuple)
maybe = st.none() | words
parts = st.lists(st.sampled_from(PARTS), unique=True).map(tuple)
restrictions = st.builds(
    Restriction, level=st.sampled_from(LEVELS[1:]), until=days, reason=st.text(max_size=5)
)


@st.composite
def batches(draw: st.DrawFn) -> Batch:
    """Any change that makes sense."""
    restrict = draw(parts)
    values: dict[str, Any] = {
        "add_themes": draw(lists),
        "remove_themes": draw(lists),
        "add_keywords": draw(lists),
        "add_places": draw(lists),
        "remove_places": draw(lists),
        "series": draw(maybe),
        "of_collection": draw(maybe),
        "consent": draw(st.none() | st.sampled_from(CONSENTS)),
        "rights": draw(maybe),
        "interviewers": draw(st.none() | lists),
        "open_again": tuple(part for part in draw(parts) if part not in restrict),
    }
    if restrict:
        values |= {"restrict": restrict, "terms": draw(restrictions)}
    batch = Batch(**values)
    return batch if batch != Batch() else Batch(add_themes=("Hunger",))


def content(voices: Collection) -> dict[str, Testimony]:
    return {one.id: one for one in voices}


def fill(voices: Collection) -> None:
    voices.add(made("a", "Praha", themes=["Hunger"], source=Source(series="One")))
    voices.add(made("b", themes=["HUNGER", "Flight"]))
    voices.add(made("c", themes=[]))


# --- what holds for every batch --------------------------------------------------------------


@given(st.lists(records(), min_size=1, max_size=4, unique_by=lambda one: one.id), batches())
def test_any_batch_is_taken_back_by_one_undo(
    tmp_path_factory: pytest.TempPathFactory, several: list[Testimony], batch: Batch
) -> None:
    path = tmp_path_factory.mktemp("batch") / "voices.json"
    with Collection.open(path) as voices:
        for one in several:
            voices.add(one)
        voices.reveal(True)
        before = content(voices)
        outcome = voices.revise_all([*before], batch)
        after = content(voices)
        assert outcome.total == len(several)
        for id in outcome.changed:
            assert not same_content(before[id], after[id])
        for id in before.keys() - set(outcome.changed):
            assert after[id] == before[id]
        if outcome.changed:
            assert len(voices.undo()) == len(outcome.changed)
        for id, one in content(voices).items():
            assert same_content(one, before[id])


@given(records(), batches())
def test_nothing_but_what_is_named_changes(record: Testimony, batch: Batch) -> None:
    after = changed(record, batch)
    allowed = {*fields_of(batch), *(["access"] if batch.restrict else [])}
    assert {key for key in FIELDS if getattr(record, key) != getattr(after, key)} <= allowed
    for part in PARTS:
        terms, former = getattr(after.access, part), getattr(record.access, part)
        if part in batch.restrict:
            assert covers(terms, former)
            assert covers(terms, batch.terms)
        elif part not in batch.open_again:
            assert terms == former


@given(records(), batches())
def test_the_same_again_changes_nothing(record: Testimony, batch: Batch) -> None:
    after = changed(record, batch)
    if not (batch.remove_themes or batch.remove_places):
        assert changed(after, batch) is after


@given(
    st.builds(Restriction, level=st.sampled_from(LEVELS), until=days, reason=st.text(max_size=5)),
    restrictions,
)
def test_a_restriction_never_loosens(before: Restriction, terms: Restriction) -> None:
    after = tightened(before, terms)
    assert covers(after, before)
    assert covers(after, terms)
    assert before.reason in after.reason
    if covers(before, terms):
        assert after is before


@given(names, lists, lists)
def test_themes_are_neither_doubled_nor_left(
    themes: tuple[str, ...], add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    record = Testimony(title="T", account="A", themes=themes)
    after = changed(record, Batch(add_themes=add, remove_themes=remove)).themes
    keys = [*map(theme_key, after)]
    assert set(map(theme_key, add)) <= set(keys)
    assert not (set(map(theme_key, remove)) - set(map(theme_key, add))) & set(keys)
    for key in map(theme_key, add):
        assert keys.count(key) <= max(1, [*map(theme_key, themes)].count(key))


# --- themes, places, sources -----------------------------------------------------------------


def test_a_theme_is_added_once_however_it_is_spelt(voices: Collection) -> None:
    fill(voices)
    outcome = voices.revise_all(["a", "b", "c"], Batch(add_themes=("hunger",)))
    assert outcome == Outcome(("c",), same=2)
    assert voices.get("b").themes == ("HUNGER", "Flight")
    assert voices.get("c").themes == ("hunger",)
    assert voices.get("a").revision == 1


def test_a_theme_is_removed_in_all_its_spellings(voices: Collection) -> None:
    fill(voices)
    outcome = voices.revise_all("abc", Batch(remove_themes=("Húnger",)))
    assert outcome.changed == ("a", "b")
    assert [one.themes for one in map(voices.get, "abc")] == [(), ("Flight",), ()]


def test_a_theme_can_be_spelt_anew(voices: Collection) -> None:
    fill(voices)
    voices.revise_all("ab", Batch(remove_themes=("hunger",), add_themes=("Famine",)))
    assert [one.themes for one in map(voices.get, "ab")] == [("Famine",), ("Flight", "Famine")]


def test_places_that_are_added_are_looked_up(voices: Collection) -> None:
    fill(voices)
    outcome = voices.revise_all("abc", Batch(add_places=("Praha",)))
    assert outcome.changed == ("b", "c")
    assert voices.get("c").places[0].country == "CZ"
    assert voices.places["Praha"] == 3


def test_a_series_is_set_and_the_rest_of_the_source_stays(voices: Collection) -> None:
    voices.add(made("a", source=Source("Book", "http://x", "Papers", "One", "Here")))
    voices.revise_all(["a"], Batch(series="Two"))
    assert voices.get("a").source == Source("Book", "http://x", "Papers", "Two", "Here")


def test_what_is_found_can_be_searched_for_at_once(voices: Collection) -> None:
    fill(voices)
    voices.search("anything")
    voices.revise_all("abc", Batch(add_themes=("Deportation",)))
    assert sorted(voices.search("theme:deportation").ids) == ["a", "b", "c"]


# --- access ----------------------------------------------------------------------------------


def test_what_is_stricter_is_left(voices: Collection) -> None:
    private = Access(account=Restriction("private", None, "Promised"))
    voices.add(made("a", access=private))
    voices.add(made("b"))
    terms = Restriction("embargoed", "2050-01-01", "Family")
    outcome = voices.revise_all("ab", Batch(restrict=("account",), terms=terms))
    assert outcome == Outcome(("b",), stricter=1)
    assert voices.get("a").access == private
    assert voices.get("b").access == Access(account=terms)


def test_of_two_that_differ_the_higher_level_and_the_later_end_hold() -> None:
    never = Restriction("restricted", None, "Asked for")
    later = tightened(never, Restriction("embargoed", "2050-01-01", "Family"))
    assert later == Restriction("embargoed", None, "Asked for; Family")
    long = tightened(Restriction("embargoed", "2060-01-01"), Restriction("private", "2040-01-01"))
    assert long == Restriction("private", "2060-01-01")


def test_a_day_left_from_an_open_part_does_not_count() -> None:
    open_one = Restriction("open", "2999-01-01")
    assert tightened(open_one, Restriction("embargoed", "2040-01-01")).until == "2040-01-01"


def test_nothing_is_opened_unseen(voices: Collection) -> None:
    voices.add(made("a", access=Access(account=Restriction("embargoed", "2020-01-01"))))
    voices.add(made("b"))
    opening = Batch(open_again=("account",))
    assert voices.revise_all("ab", opening) == Outcome(same=1, left_alone=1)
    voices.reveal(True)
    assert voices.revise_all("ab", opening) == Outcome(("a",), same=1)
    assert voices.get("a").access == Access()


def test_a_masked_testimony_can_only_be_sealed_further(voices: Collection) -> None:
    sealed = Access(record=Restriction("restricted"))
    voices.add(made("a", themes=["Secret"], access=sealed))
    assert voices.revise_all("a", Batch(add_themes=("Secret",))) == Outcome(left_alone=1)
    assert voices.revise_all("a", Batch(add_themes=("Other",))) == Outcome(left_alone=1)
    terms = Restriction("private")
    assert voices.revise_all("a", Batch(restrict=("record",), terms=terms)).changed == ("a",)
    assert voices.get("a").themes == ("Secret",)
    assert voices.get("a").access == Access(record=terms)


def test_it_says_where_only_the_sealing_was_done(voices: Collection) -> None:
    sealed = Access(record=Restriction("restricted"))
    voices.add(msgspec.structs.replace(made("s", "Kyiv"), access=sealed))
    batch = Batch(add_themes=("Tea",), restrict=("account",), terms=Restriction("private"))
    outcome = voices.revise_all(["s"], batch)
    assert (outcome.changed, outcome.only_sealed, outcome.total) == (("s",), 1, 1)
    assert voices.get("s").themes == ()


def test_a_name_that_is_struck_out_cannot_be_probed_for(voices: Collection) -> None:
    hidden = Narrator("Wanda", "pseudonym", "Roza Kleinova")
    voices.add(made("a", narrator=hidden, themes=["Kleinova"], keywords=["Camp"]))
    for theme in ("Kleinova", "Novak"):
        assert voices.revise_all("a", Batch(add_themes=(theme,))) == Outcome(left_alone=1)
    assert voices.revise_all("a", Batch(add_keywords=("Camp",))) == Outcome(same=1)
    assert not voices.terms("themes")
    voices.reveal(True)
    assert voices.revise_all("a", Batch(add_themes=("Kleinova",))) == Outcome(same=1)
    assert voices.terms("themes") == {"Kleinova": 1}


# --- refusing, cancelling, conflicts ---------------------------------------------------------


@pytest.mark.parametrize("batch", [
    Batch(),
    Batch(add_themes=(" ",)),
    Batch(add_themes=("\ud800",)),
    Batch(consent="perhaps"),
    Batch(restrict=("pages",)),
    Batch(restrict=("account",), terms=Restriction("open")),
    Batch(restrict=("account",), terms=Restriction("embargoed", "soon")),
    Batch(restrict=("account",), open_again=("account",)),
    Batch(open_again=("all",)),
    Batch(terms=Restriction("private")),
])  # fmt: skip
def test_what_makes_no_sense_is_refused(voices: Collection, batch: Batch) -> None:
    fill(voices)
    before = written(voices.path)
    with pytest.raises(InvalidTestimony):
        voices.revise_all("abc", batch)
    assert written(voices.path) == before


def test_all_or_none_and_it_says_which(file: Path) -> None:
    with Collection.open(file) as voices:
        fill(voices)
    damaged = json.loads(file.read_text())
    for one in damaged["testimonies"].values():
        if one["id"] == "b":
            one["consent"] = {"status": "sealed words"}
    file.write_text(json.dumps(damaged))
    with Collection.open(file) as voices:
        before = content(voices)
        with pytest.raises(InvalidTestimony, match=r"b cannot be kept .*consent") as caught:
            voices.revise_all("abc", Batch(add_themes=("New",)))
        assert "sealed words" not in str(caught.value)
        assert content(voices) == before


def test_one_that_is_not_there_stops_everything(voices: Collection) -> None:
    fill(voices)
    with pytest.raises(NotFound, match="Nothing was changed"):
        voices.revise_all(["a", "zz", "yy"], Batch(add_themes=("New",)))
    with pytest.raises(NotFound, match=r"zz.*Nothing was changed"):
        voices.withdraw_all(["a", "zz"])
    assert len(voices) == 3
    assert voices.themes["New"] == 0


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(voices: Collection) -> None:
    fill(voices)
    before = written(voices.path)
    batch = Batch(add_themes=("Hunger",))
    told = voices.revise_all("abc", batch, dry_run=True)
    assert written(voices.path) == before
    assert told == voices.revise_all("abc", batch)


class Enough(CollectionError):
    """The user has had enough."""


def test_it_can_be_cancelled_at_any_moment(voices: Collection) -> None:
    fill(voices)
    told: list[int] = []
    batch = Batch(add_themes=("New",))
    voices.revise_all("abc", batch, dry_run=True, progress=told.append)
    for times in range(2):
        left = times

        def enough(_: int) -> None:
            nonlocal left
            if not left:
                raise Enough("Enough.")
            left -= 1

        with pytest.raises(Enough):
            voices.revise_all("abc", batch, progress=enough)
        assert voices.themes["New"] == 0
    assert told == [0]


def test_what_someone_else_has_changed_is_not_overwritten(voices: Collection) -> None:
    fill(voices)

    def meanwhile(_: int) -> None:
        with Collection.open(voices.path) as other:
            if other.get("a").title != "Changed":
                other.revise("a", title="Changed")

    with pytest.raises(Conflict):
        voices.revise_all("abc", Batch(add_themes=("New",)), progress=meanwhile)
    assert voices.get("a").title == "Changed"
    assert voices.themes["New"] == 0
    assert voices.revise_all("abc", Batch(add_themes=("New",))).total == 3
    assert voices.get("a").title == "Changed"


def test_a_collection_that_is_only_read_stays(voices: Collection) -> None:
    fill(voices)
    with Collection.open(voices.path, read_only=True) as reader:
        assert reader.revise_all("abc", Batch(series="X"), dry_run=True).total == 3
        with pytest.raises(ReadOnly):
            reader.revise_all("abc", Batch(series="X"))
        with pytest.raises(ReadOnly):
            reader.withdraw_all("abc")


# --- withdrawing and counting ----------------------------------------------------------------


def test_many_are_withdrawn_in_one_step(voices: Collection) -> None:
    fill(voices)
    before = content(voices)
    assert voices.withdraw_all(["a", "c", "a"]) == 2
    assert voices.ids() == ["b"]
    voices.undo()
    assert {id: one.title for id, one in content(voices).items()} == {
        id: one.title for id, one in before.items()
    }
    assert voices.withdraw_all([]) == 0


def test_the_spellings_of_a_theme_count_together(voices: Collection) -> None:
    fill(voices)
    voices.add(made("d", themes=["Hunger", "hunger"]))
    assert voices.terms("themes") == {"Hunger": 3, "Flight": 1}
    assert voices.terms("themes", ["b", "gone"]) == {"HUNGER": 1, "Flight": 1}
    assert voices.terms("series") == {"One": 1}
    assert voices.terms("consent") == {"pending": 4}


def test_what_is_sealed_is_not_counted(voices: Collection) -> None:
    voices.add(made("a", themes=["Secret"], access=Access(record=Restriction("private"))))
    assert not voices.terms("themes")
    assert not voices.terms("consent")
    voices.reveal(True)
    assert voices.terms("themes") == {"Secret": 1}
    assert MASK not in voices.terms("themes")


def test_ten_thousand_are_one_step(voices: Collection) -> None:
    rows = [made(f"t-{n}", themes=["Old"]) for n in range(10_000)]
    from collection.exchange.interface import Row, Where

    raw = [Row(Where("f", n), msgspec.to_builtins(one)) for n, one in enumerate(rows)]
    assert voices.import_rows(raw).added == 10_000
    told: list[int] = []
    outcome = voices.revise_all(voices.ids(), Batch(add_themes=("New",)), progress=told.append)
    assert len(outcome.changed) == 10_000
    assert len(told) == 200
    assert voices.themes == {"Old": 10_000, "New": 10_000}
    voices.undo()
    assert voices.themes == {"Old": 10_000}


def test_it_says_what_is_put_in_the_place_of_something(voices: Collection) -> None:
    voices.add(made("a", source=Source(series="The hungry years")))
    voices.add(made("b", source=Source(series="Winter")))
    voices.add(made("c"))
    outcome = voices.revise_all(["a", "b", "c"], Batch(series="Winter"), dry_run=True)
    assert (outcome.changed, outcome.replaced) == (("a", "c"), {"The hungry years": 1})
