from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.gaps import KINDS, Gap, gaps_of
from collection.testimony import Access, Consent, Narrator, Place, Restriction, Source
from tests.collection.placed import testimony as made
from tests.collection.strategies import records
from tui.screens.form_values import KEYS

TODAY = datetime.date(2026, 11, 25)
WHOLE: dict[str, Any] = {
    "date": "1945",
    "themes": ["Hunger"],
    "narrator": "Anna",
    "language": "cs",
    "source": Source(citation="A book"),
    "consent": Consent("documented"),
    "places": [Place("Lwów", "UA", 49.84, 24.03, "resolved")],
}


def kinds(voices: Collection, **options: Any) -> list[str]:
    return [gap.kind for gap in voices.gaps(TODAY, **options)]


def whole(id: str, **values: Any) -> Testimony:
    return Testimony(**{"id": id, "title": "T", "account": "A"} | WHOLE | values)


def test_nothing_is_missing_in_what_is_whole(voices: Collection) -> None:
    voices.add(whole("a"))
    assert voices.gaps(TODAY) == []


@pytest.mark.parametrize(("values", "kind", "field"), [
    ({"consent": Consent()}, "consent", "consent.status"),
    ({"consent": Consent("update required")}, "consent", "consent.status"),
    ({"consent": Consent("withdrawn")}, "revoked", "access.record.level"),
    ({"date": ""}, "undated", "date.text"),
    ({"date": "when the plums were ripe"}, "unread", "date.text"),
    ({"places": []}, "unplaced", "places"),
    ({"places": [Place("Xqzzvy", status="unknown")]}, "unknown", "places"),
    ({"places": [Place("Athens", status="ambiguous")]}, "ambiguous", "places"),
    ({"themes": []}, "unthemed", "themes"),
    ({"narrator": ""}, "unnamed", "narrator.name"),
    ({"language": ""}, "language", "language"),
    ({"source": Source(series="Only a series")}, "source", "source.citation"),
])  # fmt: skip
def test_what_is_missing_is_told_with_its_field(
    voices: Collection, values: dict[str, Any], kind: str, field: str
) -> None:
    voices.add(whole("a", **values))
    [gap] = voices.gaps(TODAY)
    assert (gap.id, gap.kind, gap.field) == ("a", kind, field)
    assert gap.label == KINDS[kind]
    assert gap.sentence.endswith(".")


def test_an_anonymous_narrator_is_not_missing(voices: Collection) -> None:
    voices.add(whole("a", narrator=Narrator(naming="anonymous")))
    assert voices.gaps(TODAY) == []


def test_what_was_filled_in_is_gone(voices: Collection) -> None:
    voices.add(made("a", "Qwxyzzy"))
    assert {"undated", "unknown", "unthemed"} <= set(kinds(voices))
    voices.revise("a", **WHOLE)
    assert kinds(voices) == []


@pytest.mark.parametrize(("until", "found"), [
    ("2026-11-24", "ended"),
    ("2026-11-25", "ended"),
    ("2026-11-26", "ending"),
    ("2027-02-23", "ending"),
    ("2027-02-24", ""),
    (None, "endless"),
])  # fmt: skip
def test_embargoes_are_told_before_they_end(
    voices: Collection, until: str | None, found: str
) -> None:
    voices.add(whole("a", access=Access(media=Restriction("embargoed", until))))
    gaps = voices.gaps(TODAY)
    assert [gap.kind for gap in gaps] == ([found] if found else [])
    assert all(gap.field == "access.media.until" for gap in gaps)


def test_how_long_before_can_be_said(voices: Collection) -> None:
    voices.add(whole("a", access=Access(name=Restriction("embargoed", "2027-02-24"))))
    assert kinds(voices, within=91) == ["ending"]
    assert kinds(voices, within=10**9) == ["ending"]
    assert kinds(voices, within=0) == []


def test_the_parts_whose_embargo_ends_are_named_together(voices: Collection) -> None:
    term = Restriction("embargoed", "2026-12-01")
    voices.add(whole("a", access=Access(name=term, media=term)))
    [gap] = voices.gaps(TODAY)
    assert gap.field == "access.name.until"
    assert gap.sentence == "The embargo is about to end (name 2026-12-01, media 2026-12-01)."


def test_of_what_is_sealed_only_its_terms_are_told(voices: Collection) -> None:
    sealed = Access(record=Restriction("embargoed", "2026-12-01"))
    voices.add(made("a", "Qwxyzzy", access=sealed, consent=Consent("withdrawn")))
    assert kinds(voices) == ["ending"]
    voices.reveal(True)
    assert set(kinds(voices)) > {"ending", "unknown", "unthemed"}


def test_a_name_that_is_withheld_is_not_told_as_part_of_a_place(voices: Collection) -> None:
    hidden = Narrator("Wanda", "pseudonym", "Roza Kleinova")
    place = Place("Kleinova street", status="unknown")
    voices.add(whole("a", narrator=hidden, places=[place]))
    [gap] = voices.gaps(TODAY)
    assert "Kleinova" not in gap.sentence
    voices.reveal(True)
    [gap] = voices.gaps(TODAY)
    assert "Kleinova street" in gap.sentence


def test_they_stand_in_the_order_of_the_list(voices: Collection) -> None:
    for id, date in (("a", "1944"), ("b", "1946"), ("c", "1945")):
        voices.add(whole(id, date=date, themes=[], language=""))
    assert [gap.id for gap in voices.gaps(TODAY)] == ["b", "b", "c", "c", "a", "a"]


@given(records(), st.booleans())
def test_any_record_is_looked_through(record: Testimony, private: bool) -> None:
    found: list[Gap] = [*gaps_of(record, "2026-11-25", "2027-02-23", private=private)]
    assert len({gap.kind for gap in found}) == len(found)
    for gap in found:
        assert gap.field in KEYS
        assert gap.sentence.strip()
        assert gap.label
