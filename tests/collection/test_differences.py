from __future__ import annotations

import time
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from collection.comparing import Piece, compare, passages
from collection.differences import differences
from collection.testimony import FIELDS, Access, Narrator, Place, Restriction, Testimony
from tests.collection.strategies import plain, records

few = st.text("ab \n漢", max_size=60)
words = st.lists(st.sampled_from(["snow ", "fell ", "on\n", "us. ", "\n", "   ", "雪"])).map(
    "".join
)


def whole(pieces: tuple[Piece, ...], without: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != without)


@given(st.text() | few | words, st.text() | few | words)
def test_the_pieces_put_together_are_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert whole(pieces, "added") == before
    assert whole(pieces, "removed") == after
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))
    assert ("added", "removed") not in [*pairwise(kinds)]


@given(words, words)
def test_passages_hold_every_change_in_order(before: str, after: str) -> None:
    pieces = compare(before, after)
    changed = [piece for piece in pieces if piece.kind != "same"]
    found = passages(pieces, words=2)
    assert [p for one in found for p in one.pieces if p.kind != "same"] == changed
    assert bool(found) == (before != after)
    for one in found:
        assert whole(one.pieces, "added") in before
        assert whole(one.pieces, "removed") in after
        assert before.startswith(whole(one.pieces, "added")) or one.cut_before
        assert before.endswith(whole(one.pieces, "added")) or one.cut_after


def test_one_word_is_one_word() -> None:
    pieces = compare("We were cold that winter.", "We were hungry that winter.")
    assert pieces == (
        Piece("same", "We were "),
        Piece("removed", "cold"),
        Piece("added", "hungry"),
        Piece("same", " that winter."),
    )


def test_a_few_words_in_a_long_account_are_a_few_lines() -> None:
    paragraphs = [f"Paragraph {n} says that {n % 7} of us went on. " * 8 for n in range(700)]
    before = "\n".join(paragraphs)
    assert len(before.split()) > 50_000
    for n in (3, 350, 690):
        paragraphs[n] = paragraphs[n].replace("us", "them", 1)
    del paragraphs[500]
    found = passages(compare(before, "\n".join(paragraphs)))
    assert len(found) == 4
    assert sum(len(p.text) for one in found for p in one.pieces if p.kind != "same") < 500
    assert [p.text for p in found[0].pieces if p.kind != "same"] == ["us", "them"]


def test_hostile_texts_end_soon() -> None:
    started = time.monotonic()
    for before, after in [
        ("\n" * 300_000, "x\n" * 300_000),
        ("a " * 300_000, "b a " * 300_000),
        ("a" * 1_000_000, "a" * 500_000 + "b" + "a" * 499_999),
        (" " * 300_000, "\t " * 300_000),
    ]:
        pieces = compare(before, after)
        assert whole(pieces, "added") == before
        assert whole(pieces, "removed") == after
        passages(pieces)
    # No measurement: quadratic it would take hours.
    assert time.monotonic() - started < 20


def test_a_long_run_without_blanks_is_not_shown_whole() -> None:
    pieces = compare("x" * 5000 + "a" + "y" * 5000, "x" * 5000 + "b" + "y" * 5000)
    assert [piece.text for piece in pieces if piece.kind != "same"] == ["a", "b"]


def test_fields_are_told_by_their_labels_and_stamps_are_none() -> None:
    before = Testimony(
        title="A", account="One.", themes=["Hunger"], places=["Ulm"], date="1943", revision=1
    )
    after = msgspec.structs.replace(
        before,
        title="B",
        themes=("Hunger", "Flight"),
        places=(Place("Ulm", "DE", 48.4, 9.98, "decided"),),
        narrator=Narrator("Oleg"),
        access=Access(account=Restriction("embargoed", "2050-01-01", "asked for")),
        modified="2026-01-01T00:00:00+00:00",
        by="somebody",
        revision=2,
    )
    found = differences(before, after)
    assert [(one.label, one.before, one.after) for one in found] == [
        ("Title", "A", "B"),
        ("Places", "Ulm", "Ulm (DE; 48.4000, 9.9800; decided)"),
        ("Themes", "Hunger", "Hunger; Flight"),
        ("Narrator", "", "Oleg"),
        ("Access to the account", "open", "embargoed until 2050-01-01 (asked for)"),
    ]
    raw = msgspec.to_builtins(before)
    assert differences(raw, after) == found
    assert differences(before, raw) == ()
    told = [one.label for one in differences(None, before)]
    assert told == ["Title", "Date given", "Places", "Themes", "Account"]


def test_another_reading_of_the_same_words_is_told() -> None:
    before = Testimony(title="A", account="One.", date="1943")
    span = msgspec.structs.replace(before.date, edtf="1943~")
    [found] = differences(before, msgspec.structs.replace(before, date=span))
    assert found.label == "Date given"
    assert "1943 (read as " in found.after
    [found] = differences(
        before,
        msgspec.structs.replace(before, date=Testimony(title="", account="", date="1944").date),
    )
    assert (found.before, found.after) == ("1943", "1944")


values = plain | st.just(10**400) | st.text(st.characters(categories=["Cs", "L"]), max_size=3)
raw = st.dictionaries(st.sampled_from([*FIELDS, "odd"]), values | st.lists(st.just({})))


@given(raw, raw)
def test_what_no_record_says_is_told_all_the_same(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    assert differences(one, one) == ()
    for found in differences(one, other):
        assert isinstance(found.before, str)
        assert found.passages
    differences(None, other)


def test_a_turn_at_no_time_is_told() -> None:
    turns = [{"offset": 1, "speaker": "A", "seconds": 10**400}]
    assert differences({}, {"title": "A", "account": "B", "turns": turns, "places": [3]})


@given(records(), records())
def test_records_that_say_something_else_differ(one: Testimony, other: Testimony) -> None:
    found = differences(one, other)
    stamps = {key: getattr(one, key) for key in ("id", "created", "modified", "by", "revision")}
    same = msgspec.structs.replace(other, **stamps) == one
    assert same == (not found)
    assert differences(one, one) == ()
