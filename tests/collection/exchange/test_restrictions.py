"""Columns that speak of who may see a record, of consent, and of names that must not be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection
from collection.access import gate
from collection.exchange.interface import Reading
from collection.exchange.tables import cells
from collection.exchange.tables.assembling import Assembler
from collection.exchange.tables.csvtable import CSV
from collection.exchange.tables.headers import guess
from collection.exchange.tables.profiles import recognise
from collection.exchange.tables.restrictions import Seal, consent, last_day, says_open
from collection.exchange.tables.tables import inspect
from collection.reading import read_testimony
from collection.testimony import Consent, Narrator, Restriction, Testimony
from tests.collection.exchange.reading_files import read, rows

if TYPE_CHECKING:
    from pathlib import Path


def _one(path: Path, header: str, cell: str) -> Testimony:
    (one,) = read(path / "a.csv", f'Title,Name,Account,"{header}"\nT,Ann,Words.,"{cell}"\n')
    return one


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Embargo until", "embargo"),
        ("embargo_date", "embargo"),
        ("Closed until", "embargo"),
        ("Sperrfrist", "embargo"),
        ("Sperre bis", "embargo"),
        ("Gesperrt bis (Jahr)", "embargo"),
        ("Schutzfrist endet", "embargo"),
        ("Release date", "embargo"),
        ("Freigegeben ab", "embargo"),
        ("Do not publish before", "embargo"),
        ("Date de communicabilité", "embargo"),
        ("Délai de communicabilité", "embargo"),
        ("Fecha de desclasificación", "embargo"),
        ("Закрыто до", "embargo"),
        ("Срок закрытия", "embargo"),
        ("Zastrzeżone do", "embargo"),
        ("Zárolás vége", "embargo"),
        ("Beperkt tot", "embargo"),
        ("Restriction imposed on", "restrictions"),
        ("Confidential?", "restrictions"),
        ("Confidential (Y/N)", "restrictions"),
        ("Closed", "restrictions"),
        ("Sealed", "restrictions"),
        ("Archivsperre", "restrictions"),
        ("Nutzungsbeschränkungen", "restrictions"),
        ("Not for publication", "restrictions"),
        ("Réservé", "restrictions"),
        ("Ограничения доступа", "restrictions"),
        ("Klauzula tajności", "restrictions"),
        ("Bizalmas", "restrictions"),
        ("Vertrouwelijk", "restrictions"),
        ("Conditions governing access", "restrictions"),
        ("Datenschutz", "restrictions"),
        ("Are there restrictions on this interview?", "restrictions"),
        ("Access status", "access.record"),
        ("dcterms:accessRights", "access.record"),
        ("Level of access", "access.record"),
        ("Accès", "access.record"),
        ("Доступ", "access.record"),
        ("Toegankelijkheid", "access.record"),
        ("Visibility", "access.record"),
        ("Open access", "public"),
        ("Freigabe (ja/nein)", "public"),
        ("OK to publish", "public"),
        ("Unrestricted", "public"),
        ("Openbaar", "public"),
        ("Pseudonym Y/N", "narrator.pseudonym"),
        ("Seudónimo (sí/no)", "narrator.pseudonym"),
        ("Anonymous", "narrator.anonymous"),
        ("Anonymisieren?", "narrator.anonymous"),
        ("Withhold name", "narrator.anonymous"),
        ("Name (confidential)", "narrator.real_name"),
        ("Confidential notes", "notes"),
        ("Consent signed", "consent.status"),
        ("Permission to publish", "consent.status"),
        ("Einverständniserklärung liegt vor", "consent.status"),
        ("Zgoda na publikację", "consent.status"),
        # Words that are near, and mean something else.
        ("Accession No.", "id"),
        ("Access copy", ""),
        ("Access date", ""),
        ("Zugangsnummer", ""),
        ("Zugangsdatum", ""),
        ("Closed captions", ""),
        ("Enclosures", ""),
        ("Secretary", ""),
        ("Public library", ""),
        ("Publisher", "source.repository"),
        ("Publication", "source.citation"),
        ("Notes (internal)", "notes"),
    ],
)
def test_headers_that_sound_like_a_restriction_are_taken_for_one(header: str, target: str) -> None:
    assert guess(header) == target


@pytest.mark.parametrize(
    ("header", "cell", "level", "until"),
    [
        ("Embargo until", "2050-01-01", "embargoed", "2050-01-01"),
        ("Embargo until", "2050", "embargoed", "2050-12-31"),
        ("Embargo until", "3/4/2050", "embargoed", "2050-04-03"),
        ("Embargo until", "thirty years after her death", "embargoed", None),
        ("Embargo", "yes", "embargoed", None),
        ("Closed until 2050", "x", "embargoed", "2050-12-31"),
        ("Embargo", "none", "open", None),
        ("Embargo", "kein Embargo", "open", None),
        ("Sperrvermerk", "Sperre bis 2040", "embargoed", "2040-12-31"),
        ("Sperrvermerk", "keine Sperre", "open", None),
        ("Restrictions", "Closed (until May 2050)", "embargoed", "2050-05-31"),
        ("Restrictions", "closed until 2050 or her death", "embargoed", None),
        ("Restrictions", "No photographs, restricted", "restricted", None),
        ("Restrictions", "No known restrictions.", "open", None),
        ("Access status", "Closed", "restricted", None),
        ("Access status", "Open", "open", None),
        ("Access", "The interview is open for research.", "open", None),
        ("Access", "Open to kin only", "restricted", None),
        ("Access", "no", "restricted", None),
        ("Access", "private", "private", None),
        ("Access", "on request", "restricted", None),
        ("Доступ", "свободный", "open", None),
        ("Confidential", "yes", "restricted", None),
        ("Confidential", "not confidential", "open", None),
        ("Public", "yes", "open", None),
        ("Public", "later", "restricted", None),
        ("Freigabe", "nein", "restricted", None),
        ("Consent", "refused", "restricted", None),
        ("Status", "Closed until 2050", "embargoed", "2050-12-31"),
        ("Status", "transcribed", "open", None),
        ("Terms of use", "Closed to visitors until 2050", "embargoed", "2050-12-31"),
        ("Terms of use", "Name the archive.", "open", None),
    ],
)
def test_what_does_not_clearly_say_open_seals(
    tmp_path: Path, header: str, cell: str, level: str, until: str | None
) -> None:
    record = _one(tmp_path, header, cell).access.record
    assert (record.level, record.until) == (level, until)
    assert (cell in record.reason) is (level not in ("open", "private"))


def test_several_columns_speak_together(tmp_path: Path) -> None:
    content = (
        "Title,Narrator,Account,Access status,Embargo date,Closed until,Confidential\n"
        "T,Ann,Words.,Closed,2049-05-01,2050,yes\nU,Bo,More.,Open,,,no\nV,Cy,And.,private,2049,,\n"
    )
    closed, plain, private = read(tmp_path / "a.csv", content)
    assert closed.access.record == Restriction(
        "embargoed",
        "2050-12-31",
        "Access status: Closed; Confidential: yes; Embargo date: 2049-05-01; Closed until: 2050",
    )
    assert gate(closed).sealed
    assert plain.access == Testimony(title="", account="").access
    assert (private.access.record.level, private.access.record.until) == ("private", "2049-12-31")
    assert closed.extra == plain.extra == {}


@pytest.mark.parametrize(
    "header",
    [
        "objectid,title,interviewee,description",
        "Title,Interviewee,Media Host,Summary",
        "Dublin Core:Title,Dublin Core:Contributor,Dublin Core:Identifier,Dublin Core:Description",
        "id,title,narrator.name,account",
        "title,account,narrator,place",
    ],
)
def test_a_restriction_added_to_a_known_shape_is_seen(tmp_path: Path, header: str) -> None:
    path = tmp_path / "a.csv"
    cells = ",".join("abcd")
    (one,) = read(path, f"{header},Embargo until\n{cells},2050\n")
    assert (one.access.record.level, one.access.record.until) == ("embargoed", "2050-12-31")
    assert inspect(path, "csv").mapping["Embargo until"] == "embargo"


def test_what_is_added_to_our_own_table_only_tightens(tmp_path: Path) -> None:
    content = (
        "id,title,account,access.record,access.record.until,access.record.reason,Sperrfrist\n"
        "a,T,x,private,2060-01-01,hers,2050\nb,T,x,restricted,,,keine\nc,T,x,,,,2050\n"
    )
    first, second, third = read(tmp_path / "a.csv", content)
    assert first.access.record == Restriction("private", "2060-01-01", "hers; Sperrfrist: 2050")
    assert second.access.record == Restriction("restricted")
    assert third.access.record.until == "2050-12-31"
    # Nothing that stood there is lost.
    assert third.extra == {"Sperrfrist": "2050"}


def test_a_person_may_say_that_a_column_means_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = "Title,Account,Closed\nT,Words.,Sundays\n"
    (one,) = read(path, content, Reading(mapping={"Closed": "extra"}))
    assert (one.access.record.level, one.extra) == ("open", {"Closed": "Sundays"})


def test_what_is_told_in_confidence_is_no_reason_that_all_may_read(tmp_path: Path) -> None:
    one = _one(tmp_path, "Confidential", "her son lives above the mill; call before noon")
    assert one.access.record == Restriction("restricted", None, "Confidential: yes")
    assert one.notes == "Confidential: her son lives above the mill; call before noon"


@given(st.text(max_size=40) | st.sampled_from(["no", "open", "-", "until 2050", "Closed"]))
def test_only_a_clear_word_leaves_a_record_open(cell: str) -> None:
    seal = Seal()
    seal.restrictions("Restrictions", cell)
    closed = seal.terms().get("level", "open") != "open"
    assert closed is not (cells.is_no(cell) or says_open(cell))
    assert not closed or cell.strip() in seal.terms()["reason"]


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    assert isinstance(guess(text), str)
    assert consent(text)[0] in ("", "documented", "withdrawn")
    day = last_day(text)
    assert day is None or len(day) >= len("2050-01-01")


_HEADERS = [
    *("Name", "Access", "Closed until", "Confidential", "Public", "Pseudonym", "Anonymous"),
    *("Consent", "Consent form", "Status", "Real name"),
]
_SAID = st.sampled_from(["", "yes", "no", "open", "2050", "private", "signed", "Olga", "-500"])


@given(st.lists(_SAID | st.text(max_size=6), min_size=len(_HEADERS), max_size=len(_HEADERS)))
def test_whatever_such_columns_say_makes_a_sound_record(said: list[str]) -> None:
    columns = ["Title", "Account", *_HEADERS]
    assembler = Assembler(columns, recognise(columns).mapping)
    one = read_testimony(assembler.raw(["T", "Words.", *said]))
    record = dict(zip(_HEADERS, said, strict=True))
    if cells.is_yes(record["Confidential"]) or record["Public"] == "no":
        assert one.access.record.level != "open"
    if cells.is_yes(record["Anonymous"]) and one.narrator.name and not one.narrator.real_name:
        assert gate(one).testimony.narrator.name != one.narrator.name


# --- names -------------------------------------------------------------------------------------


def test_a_pseudonym_that_is_wanted_seals_the_name_until_there_is_one(tmp_path: Path) -> None:
    content = (
        "Title,Name,Pseudonym,Pseudonym Y/N,Account\nT,Ann,Olga,Y,x\nT,Ann,,Y,x\nT,Ann,,N,x\n"
        "T,Ann,yes (see file),,x\n"
    )
    given, wanted, plain, remarked = read(tmp_path / "a.csv", content)
    assert (given.narrator, given.access.name.level) == (
        Narrator("Olga", "pseudonym", "Ann"),
        "open",
    )
    assert wanted.narrator == Narrator("Ann", "pseudonym")
    assert wanted.access.name == Restriction("restricted", None, "Pseudonym Y/N: Y")
    assert "Ann" not in str(gate(wanted).testimony)
    assert (plain.narrator, plain.access.name.level) == (Narrator("Ann"), "open")
    assert remarked.access.name.reason == "Pseudonym: yes (see file)"


@pytest.mark.parametrize(
    ("cell", "level"), [("yes", "restricted"), ("no", "open"), ("on the web", "restricted")]
)
def test_who_wants_to_be_anonymous_is(tmp_path: Path, cell: str, level: str) -> None:
    one = _one(tmp_path, "Anonymous", cell)
    assert one.access.name.level == level
    assert one.narrator == Narrator("Ann", "anonymous" if level != "open" else "")


def test_a_name_in_confidence_is_private(tmp_path: Path) -> None:
    content = "Title,Name (confidential),Pseudonym,Account\nT,Ann Roe,Olga,x\n"
    (one,) = read(tmp_path / "a.csv", content)
    assert (one.narrator.name, one.narrator.real_name) == ("Olga", "Ann Roe")


# --- consent -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "kept"),
    [
        ("Consent", "documented", Consent("documented")),
        ("Consent", "yes", Consent("documented", document="Consent: yes")),
        ("Consent", "signed 1999", Consent("documented", document="signed 1999")),
        ("Consent form", "yes", Consent("documented", document="Consent form: yes")),
        ("Release form", "box 3", Consent(document="box 3")),
        ("Einwilligung", "liegt vor", Consent("documented", document="liegt vor")),
        ("Согласие", "да", Consent("documented", document="Согласие: да")),
        ("Consent", "verbal only", Consent(uses="verbal only")),
        ("Consent", "research only", Consent(uses="research only")),
        ("Consent", "not yet", Consent(uses="not yet")),
        ("Consent", "revoked 2001", Consent("withdrawn", uses="revoked 2001")),
    ],
)
def test_what_a_consent_says_is_kept(tmp_path: Path, header: str, cell: str, kept: Consent) -> None:
    one = _one(tmp_path, header, cell)
    assert (one.consent, one.extra) == (kept, {})
    sealed = one.access.record.level != "open"
    assert sealed is (cell in ("not yet", "revoked 2001"))


def test_an_import_seals_what_it_says(voices: Collection, tmp_path: Path) -> None:
    content = "Title,Account,Embargo until\nT,Words.,2050\n"
    report = voices.import_rows(rows(tmp_path / "a.csv", content))
    assert report.added == 1
    (kept,) = voices
    assert b"".join(CSV().write([gate(kept)])).count(b"\n") == 1
