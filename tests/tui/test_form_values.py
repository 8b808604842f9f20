"""The way from a record to the texts of the fields, and back."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collection.dates import DateSpan
from collection.testimony import (
    CONSENTS,
    LEVELS,
    NAMINGS,
    PARTS,
    RENDERINGS,
    Access,
    Consent,
    Medium,
    Narrator,
    Place,
    Restriction,
    Source,
    Turn,
    as_record,
)
from collection.testimony import (
    Testimony as Record,  # pytest would take the name for that of a test
)
from tui.screens.form_fields import SECTIONS
from tui.screens.form_values import KEYS, FormValues, field_of, read_draft, remark

TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from(";|\n\r\t \x1b\x00[]/"), max_size=12)
SPAN = st.builds(DateSpan, TEXT, st.none() | TEXT, st.none(), st.none(), TEXT)
PLACE = st.builds(
    Place, TEXT, st.none() | TEXT, st.none() | st.floats(-90, 90), st.none(), st.just("decided")
)
NAMES = st.lists(TEXT, max_size=4).map(tuple)
RESTRICTION = st.builds(
    Restriction, st.sampled_from(LEVELS), st.none() | st.just("2031-01-01"), TEXT
)
RECORD = st.builds(
    Record,
    id=TEXT,
    title=TEXT,
    account=TEXT,
    narrator=st.builds(Narrator, TEXT, st.sampled_from(NAMINGS), TEXT),
    interviewers=NAMES,
    present=NAMES,
    translators=NAMES,
    date=SPAN,
    period=SPAN,
    places=st.lists(PLACE, max_size=4).map(tuple),
    interview_place=TEXT,
    themes=NAMES,
    keywords=NAMES,
    turns=st.just((Turn(0, "A"), Turn(3, "B"))),
    rendering=st.sampled_from(RENDERINGS),
    context=TEXT,
    language=TEXT,
    source=st.builds(Source, TEXT, TEXT, TEXT, TEXT, TEXT),
    rights=TEXT,
    licence=TEXT,
    consent=st.builds(Consent, st.sampled_from(CONSENTS), TEXT, TEXT, TEXT),
    access=st.builds(Access, *[RESTRICTION] * 5),
    media=st.lists(st.builds(Medium, TEXT, TEXT, TEXT, TEXT), max_size=3).map(tuple),
    notes=TEXT,
    created=st.just("2024-01-01"),
    revision=st.just(3),
    extra=st.just({"odd": [1, {"x": None}]}),
)


def part(record: Any, key: str) -> Any:
    for name in key.split("."):
        record = record[name]
    return record


def without(record: Any, key: str) -> Any:
    """Everything but one field; a date's reading belongs to its words."""
    name, _, rest = key.partition(".")
    if not rest or (name in ("date", "period") and rest == "text"):
        value = {k: v for k, v in record[name].items() if k == "reason"} if rest else None
        return {**record, name: value}
    return {**record, name: without(record[name], rest)}


def test_every_field_is_shown_once() -> None:
    assert sorted(field.key for section in SECTIONS for field in section.fields) == sorted(KEYS)


@settings(deadline=None)
@given(RECORD)
def test_untouched_fields_give_the_very_same_record(record: Record) -> None:
    values = FormValues(record)
    assert values.record(values.texts) == record
    assert values.record({}) is record
    assert values.changes(values.texts, record) == {}
    for name in Record.__struct_fields__:
        assert getattr(values.record(values.texts), name) is getattr(record, name)


@settings(deadline=None)
@given(RECORD, st.sampled_from([key for key in KEYS if key != "id"]), TEXT)
def test_an_edit_changes_its_own_field_only(record: Record, key: str, text: str) -> None:
    values = FormValues(record)
    after = as_record(values.record({**values.texts, key: text}))
    assert without(after, key) == without(as_record(record), key)
    if isinstance(part(after, key), str):
        assert part(after, key) == text


@settings(deadline=None)
@given(RECORD, TEXT.filter(lambda text: ";" not in text and text.strip()))
def test_adding_a_name_leaves_the_others_as_they_were(record: Record, name: str) -> None:
    values = FormValues(record)
    before = tuple(place for place in record.places if place.name.strip())
    # Two places of one name that differ cannot be told apart by where they stand in a list of
    # which one was taken; their order says which is which.
    if any(";" in place.name for place in before):
        return
    added = values.record({"places": values.texts["places"] + f"; {name}"})
    assert added.places[: len(before)] == before
    assert added.places[len(before) :] in ((Place(name=name.strip()),), before[:0])


def test_names_with_semicolons_bars_and_commas_survive_an_edit_of_their_list() -> None:
    record = Record(
        title="t",
        account="a",
        places=[Place("Łódź; ghetto", "PL", 51.8, 19.4, "decided"), "Adams, R. | A", Place("Ulm")],
        themes=[" padded ", "plain"],
    )
    values = FormValues(record)
    texts = {"places": values.texts["places"] + ";Wien", "themes": "plain; new;; padded;"}
    after = values.record(texts)
    assert after.places == (*record.places, Place("Wien"))
    assert after.themes == ("plain", "new", " padded ")
    fewer = values.record({"places": "Ulm; Adams, R. | A"})
    assert fewer.places == (record.places[2], record.places[1])


def test_dates_keep_their_reading_until_their_words_change() -> None:
    span = DateSpan("the hungry year", "1933", "1933-01-01", "1933-12-31", "said so")
    values = FormValues(Record(title="t", account="a", date=span))
    assert values.record({"date.reason": "the letter"}).date == msgspec.structs.replace(
        span, reason="the letter"
    )
    after = values.record({"date.text": "1944"}).date
    assert (after.edtf, after.earliest, after.reason) == ("1944", "1944-01-01", "said so")


def test_media_lines() -> None:
    kept = Medium("a.wav", "https://x/a", "1:00", "Side A")
    odd = Medium("two\nlines | x", "", "", "")
    values = FormValues(Record(title="t", account="a", media=[kept, odd]))
    text = values.texts["media"]
    after = values.record({"media": f"{text}\nhttps://y/b.mp3 | 12:30\nc.wav\n"})
    assert after.media == (
        kept,
        odd,
        Medium(url="https://y/b.mp3", duration="12:30"),
        Medium(file="c.wav"),
    )
    longer = values.record({"media": "a.wav | 2:00"})
    assert longer.media == (Medium("a.wav", "https://x/a", "2:00", "Side A"),)


def test_an_identifier_stays_once_it_is_given() -> None:
    assert FormValues(Record(title="", account="")).record({"id": "x-1"}).id == "x-1"
    assert FormValues(Record(id="old", title="", account="")).record({"id": "x"}).id == "old"


@pytest.mark.parametrize(
    ("key", "text", "said", "wrong"),
    [
        ("title", " ", "The title is missing; a testimony needs one.", True),
        ("account", "", "The account is missing; a testimony needs one.", True),
        (
            "access.name.until",
            "2031",
            "Write a day, as 30 June 2030 or 2030-06-30, or leave it empty.",
            True,
        ),
        ("access.name.until", "30. 6. 2031", "2031-06-30", False),
        ("access.name.until", "2031-06-30", "", False),
        ("date.text", "circa 1943", "1943~ · 1942–1944", False),
        ("date.text", "when the [/] snow lay", "kept as words; not read as a date", False),
        ("period.text", " ", "", False),
        ("rights", "", "", False),
    ],
)
def test_remarks(key: str, text: str, said: str, wrong: bool) -> None:
    assert remark(key, text, FormValues(Record(title="", account=""))) == (said, wrong)


def test_a_changed_account_warns_of_its_turns() -> None:
    values = FormValues(Record(title="t", account="a", turns=[Turn(0, "A")]))
    assert remark("account", "a", values) == ("", False)
    assert "turns" in remark("account", "b", values)[0]


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        ("title", "title"),
        ("places[2].latitude", "places"),
        ("date.earliest", "date.text"),
        ("period", "period.text"),
        ("date.reason", "date.reason"),
        ("narrator", "narrator.name"),
        ("access.record.until", "access.record.until"),
        ("source", "source.citation"),
        ("turns", ""),
        ("extra", ""),
        ("", ""),
    ],
)
def test_problems_find_their_field(problem: str, field: str) -> None:
    assert field_of(problem) == field


def test_drafts_of_records_and_of_forms() -> None:
    blank = Record(title="", account="")
    draft = {
        "speaker": {"name": "Ada", "naming": "pseudonym"},
        "place": [{"name": "Lwów", "country": "UA"}],
        "themes": "a; b | c",
        "date": "1944",
        "source": {"url": "https://x"},
        "consent": {"status": "nonsense", "uses": "radio"},
        "turns": [{"offset": 2}],
        "odd": 1,
        "access.name.level": "private",
        "revision": 7,
        "account": "text",
    }
    start, texts = read_draft(draft, blank)
    record = FormValues(start).record({**FormValues(start).texts, **texts})
    assert record.narrator == Narrator("Ada", "pseudonym")
    assert record.places == (Place("Lwów", "UA"),)
    assert record.themes == ("a", "b | c")
    assert record.date.edtf == "1944"
    assert record.source.url == "https://x"
    assert (record.consent.status, record.consent.uses) == ("nonsense", "radio")
    assert record.turns == (Turn(2),)
    assert record.extra == {"odd": 1}
    assert record.access == Access(name=Restriction("private"))
    assert (record.account, record.revision, record.title) == ("text", 0, "")


@settings(deadline=None)
@given(RECORD)
def test_a_forms_own_draft_comes_back(record: Record) -> None:
    blank = Record(title="", account="")
    texts = FormValues(record).texts
    start, read = read_draft(dict(texts), blank)
    assert start is blank
    assert read == texts
    assert set(PARTS) <= {key.split(".")[1] for key in texts if key.startswith("access")}
