"""What is printed: blocks, whole records, JSON piece by piece, and nothing a terminal obeys."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest

import collection
from collection.access import Gated, gate
from collection.exchange.interface import Report
from collection.reading import read_testimony
from collection.testimony import Access, Narrator, Restriction
from tui import printing

if TYPE_CHECKING:
    from pathlib import Path


def made(**values: Any) -> collection.Testimony:
    return collection.Testimony(**{"id": "x", "title": "T", "account": "A"} | values)


def test_the_least_testimony() -> None:
    gated = Gated(made())
    assert printing.block(gated) == "x  undated  narrator not named — T"
    lines = printing.whole(gated).splitlines()
    assert lines == [
        "Title: T",
        "Date given: undated",
        "Narrator: not named; naming not recorded",
        "Consent: pending",
        "Access: open",
        "Record: x",
        "",
        "A",
    ]


@pytest.mark.parametrize(
    ("narrator", "named"),
    [
        (Narrator("Oleg*", "pseudonym"), "Oleg*; a pseudonym, the name was changed"),
        (Narrator("Estera", "real"), "Estera; named by the real name"),
        (Narrator("Estera"), "Estera; naming not recorded"),
        (Narrator("", "anonymous"), "not named; anonymous"),
    ],
)
def test_how_the_narrator_is_named(narrator: Narrator, named: str) -> None:
    assert f"\nNarrator: {named}\n" in printing.whole(Gated(made(narrator=narrator)))


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("1996-08-28", "1996-08-28; read as 28 August 1996"),
        ("28 August 1996", "28 August 1996"),
        ("the year of the flood", "the year of the flood; not read as a date"),
    ],
)
def test_a_date_keeps_its_words(date: str, line: str) -> None:
    assert f"\nDate given: {line}\n" in printing.whole(Gated(made(date=date)))


def test_what_is_sealed_is_said_and_not_shown() -> None:
    sealed = Restriction("embargoed", "2090-01-01", "at her wish")
    access = Access(name=sealed, account=sealed, context=sealed)
    one = made(narrator="Secret Name", access=access, context="Told to Name.")
    gated = gate(one)
    assert printing.block(gated).startswith("x  undated  name withheld — T")
    text = printing.whole(gated)
    assert "Secret" not in text
    assert "Circumstances: (withheld)" in text
    assert text.endswith("\n\n(withheld)")
    told = "embargoed until 2090-01-01 (at her wish)"
    assert f"Access: name: {told}; account: {told}; context: {told}" in text


def test_every_value_of_a_record_is_printed() -> None:
    given = {
        "id": "i1", "title": "t2", "narrator": {"name": "n3", "real_name": "r4"},
        "interviewers": ["i5"], "present": ["p6"], "translators": ["t7"],
        "date": {"text": "1944", "reason": "d8"}, "period": "1943", "places": ["p9"],
        "interview_place": "p10", "themes": ["t11"], "keywords": ["k12"], "account": "a13",
        "rendering": "verbatim", "context": "c14", "language": "l15",
        "source": {"citation": "c16", "url": "u17", "series": "s18", "repository": "r19"},
        "rights": "r20", "licence": "l21", "media": [{"file": "f23", "duration": "d24"}],
        "consent": {"status": "documented", "date": "d25", "document": "d26", "uses": "u27"},
        "access": {"media": {"level": "open"}}, "notes": "n28",
        "modified": "m30", "by": "b31", "revision": 32, "colour": {"e33": ["e34"]},
    }  # fmt: skip
    text = printing.whole(Gated(read_testimony(given)))
    words = [word for word in _texts(given) if word != "open"]
    assert not [word for word in words if word not in text]


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in _texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [str(value)]


def test_lines_of_the_account_stay_lines() -> None:
    text = printing.whole(Gated(made(account="one\r\ntwo\n\n  three\tfour\n")))
    assert text.endswith("\n\none\ntwo\n\n  three\tfour\n")


def test_json_piece_by_piece_is_json() -> None:
    document = {"total": 2, "none": [], "some": iter([{"a": None}, "b"]), "text": "é\x85\x7f"}
    data = b"".join(printing.safe(printing.json_pieces(document)))
    assert json.loads(data) == document | {"some": [{"a": None}, "b"]}
    assert data.endswith(b"}\n")
    assert b"\\u0085\\u007f" in data
    assert "é".encode() in data


class Stream(io.RawIOBase):
    """A standard output that fails."""

    encoding = "utf-8"

    def __init__(self, error: OSError) -> None:
        self.error = error
        self.buffer = self

    def write(self, _: object) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [(BrokenPipeError(), printing.Unread), (OSError(28, "full"), printing.Unprintable)],
)
def test_output_that_fails(
    monkeypatch: pytest.MonkeyPatch, error: OSError, expected: type[Exception]
) -> None:
    monkeypatch.setattr("sys.stdout", Stream(error))
    with pytest.raises(expected):
        printing.put_text(["a"])


@pytest.mark.parametrize(
    ("report", "options", "told"),
    [
        (Report(added=2), {}, "Added 2; 0 were here already; 0 refused."),
        (Report(added=2), {"dry_run": True}, "Would add 2; 0 were here already; 0 refused."),
        (Report(changed=1), {}, "1 differs from what is here; --update takes it over."),
        (Report(changed=1), {"update": True}, "1 was brought up to date."),
        (Report(changed=1), {"update": True, "dry_run": True}, "1 would be brought up to date."),
    ],
)
def test_summary(report: Report, options: dict[str, bool], told: str) -> None:
    given = {"update": False, "dry_run": False} | options
    assert printing.summary(report, **given).endswith(told)


def test_the_sample_can_be_printed_and_says_that_it_is_composed(tmp_path: Path) -> None:
    from collection.sample import open_sample

    with collection.Collection.open(open_sample(tmp_path), read_only=True) as voices:
        assert len(voices) > 10
        for one in voices:
            assert printing.whole(Gated(one)).endswith(one.account)
            said = "Composed illustration, not a testimony." in printing.block(Gated(one))
            assert said == (one.rendering == "composed")
