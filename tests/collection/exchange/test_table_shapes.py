"""The tables of other programs: known by their headers, and read into records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.exchange.interface import Reading
from collection.exchange.tables.headers import guess
from collection.exchange.tables.tables import inspect
from collection.testimony import Medium, Narrator, Place
from tests.collection.exchange.reading_files import read, rows

if TYPE_CHECKING:
    from pathlib import Path

ORAL_HISTORY_AS_DATA = (
    "objectid,parentid,title,interviewee,interviewer,creator,date,archival date,description,"
    "subject,location,latitude,longitude,source,identifier,type,format,language,rights,"
    "rightsstatement,display_template,object_location,image_small,image_thumb,pdf,bio"
)
COLLECTION_BUILDER = (
    "objectid,parentid,title,creator,date,date-is-approximate?,description,subject,location,"
    "latitude,longitude,source,identifier,type,format,language,rights,rightsstatement,"
    "display_template,object_location,image_small,image_thumb,image_alt_text,object_transcript"
)
OHMS = (
    "Title,Year,Month,Day,Date (non-preferred format),Media Format,Media Host,"
    "Media Host Account ID,Media Host Player ID,Media Host Item ID,Embed Code,Accession Number,"
    "Acknowledgement,Duration,Collection,Repository,Interviewee,Subject,Keywords,Interviewer,"
    "Series,Series ID,Rights,Media Filename,OHMS XML Filename,Transcript Sync Data,Summary,"
    "Format,Language,Type,Usage,Collection ID,Media URL,Use Restrictions,Collection Link,"
    "Series Link,Language for Translation,Transcript Sync Data (Translation),"
    "Avalon Target Domain,User Notes,Include Translation,CMS Record ID,Alt Sync URL"
)


def _table(header: str, *lines: dict[str, str]) -> str:
    columns = header.split(",")
    quoted = ([f'"{line.get(column, "")}"' for column in columns] for line in lines)
    return "\n".join([header, *(",".join(cells) for cells in quoted)]) + "\n"


# --- Oral History as Data and CollectionBuilder ------------------------------------------------


def test_oral_history_as_data(tmp_path: Path) -> None:
    line = {
        "objectid": "mill_07",
        "title": "Ann Roe on the mill",
        "interviewee": "Roe, Ann",
        "interviewer": "Poe, Jo; Doe, Al",
        "creator": "Mill Project",
        "date": "spring 1978",
        "description": "Work and strikes.",
        "subject": "Adams, Roger; strikes",
        "location": "Łódź (Poland : Ghetto)",
        "latitude": "51.75",
        "longitude": "19,45",
        "rightsstatement": "https://example.org/rights",
        "display_template": "transcript",
        "object_location": "https://example.org/a.mp3",
        "bio": "Born in the valley.",
    }
    path = tmp_path / "a.csv"
    (one,) = read(path, _table(ORAL_HISTORY_AS_DATA, line))
    table = inspect(path, "csv")
    assert (table.profile, table.sure) == ("Oral History as Data", True)
    assert one.id == "mill_07"
    assert one.narrator == Narrator("Roe, Ann")
    assert one.interviewers == ("Poe, Jo", "Doe, Al")
    assert (one.date.text, one.date.edtf) == ("spring 1978", "1978-21")
    assert one.themes == ("Adams, Roger", "strikes")
    assert one.places == (Place("Łódź (Poland : Ghetto)", None, 51.75, 19.45),)
    assert (one.account, one.rendering) == ("Work and strikes.", "summary")
    assert one.context == "Born in the valley."
    assert one.licence == "https://example.org/rights"
    assert one.media == (Medium(url="https://example.org/a.mp3"),)
    assert one.extra == {"creator": "Mill Project", "display_template": "transcript"}


def test_an_approximate_date_keeps_its_words(tmp_path: Path) -> None:
    line = {"objectid": "a", "title": "T", "description": "d", "date": "1931"}
    content = _table(
        COLLECTION_BUILDER,
        line | {"date-is-approximate?": "TRUE"},
        line | {"objectid": "b", "date-is-approximate?": "no"},
        line | {"objectid": "c", "date-is-approximate?": "see file"},
    )
    first, second, third = read(tmp_path / "a.csv", content)
    assert (first.date.text, first.date.edtf) == ("1931", "1931~")
    assert (first.date.earliest, first.date.latest) == ("1930-01-01", "1932-12-31")
    assert first.date.reason == "marked as approximate in the table"
    assert (second.date.edtf, second.extra) == ("1931", {})
    assert (third.date.edtf, third.extra) == ("1931", {"date-is-approximate?": "see file"})


def test_parts_of_an_object_become_its_media(tmp_path: Path) -> None:
    content = _table(
        COLLECTION_BUILDER,
        {"objectid": "p1", "parentid": "whole", "title": "Portrait", "object_location": "p1.jpg",
         "creator": "J. Poe"},
        {"objectid": "whole", "title": "T", "description": "d"},
        {"objectid": "p2", "parentid": "whole", "title": "Tape", "object_location": "p2.mp3"},
        {"objectid": "s2", "parentid": "whole", "title": "Session 2", "description": "e",
         "object_transcript": "I went to sea."},
        {"objectid": "stray", "parentid": "gone", "title": "Stray", "description": "f"},
    )  # fmt: skip
    whole, session, stray = read(tmp_path / "a.csv", content)
    assert whole.media == (
        Medium(file="p1.jpg", title="Portrait"),
        Medium(file="p2.mp3", title="Tape"),
    )
    assert [part["objectid"] for part in whole.extra["parts"]] == ["p1", "p2"]
    assert whole.extra["parts"][0]["creator"] == "J. Poe"
    # What has words of its own is a testimony, and so is what belongs to nothing here.
    assert (session.id, session.extra["parentid"]) == ("s2", "whole")
    assert (stray.id, stray.extra["parentid"]) == ("stray", "gone")


def test_coordinates_belong_to_one_place_only(tmp_path: Path) -> None:
    line = {"objectid": "a", "title": "T", "description": "d", "latitude": "51", "longitude": "19"}
    content = _table(
        COLLECTION_BUILDER,
        line | {"location": "Łódź; Lwów"},
        line | {"objectid": "b"},
        line | {"objectid": "c", "location": "Łódź", "latitude": "north"},
        line | {"objectid": "d", "location": "Łódź", "latitude": "510"},
    )
    two, none, wrong, far = read(tmp_path / "a.csv", content)
    assert two.places == (Place("Łódź"), Place("Lwów"))
    assert two.extra == none.extra == {"latitude": "51", "longitude": "19"}
    assert wrong.places == far.places == (Place("Łódź"),)
    assert wrong.extra == {"latitude": "north", "longitude": "19"}


# --- OHMS --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "text", "edtf", "left"),
    [
        ({"Year": "1978", "Month": "05", "Day": "03"}, "1978-05-03", "1978-05-03", {}),
        ({"Year": "1978", "Month": "5"}, "1978-05", "1978-05", {}),
        ({"Year": "1978", "Month": "0", "Day": "00"}, "1978", "1978", {}),
        ({"Year": "1978"}, "1978", "1978", {}),
        ({"Year": "1978.0", "Month": "5.0"}, "1978-05", "1978-05", {}),
        ({"Year": "1978", "Month": "May"}, "May 1978", "1978-05", {}),
        ({"Year": "1978", "Day": "3"}, "1978", "1978", {"Day": "3"}),
        ({"Month": "5"}, "", None, {"Month": "5"}),
        ({"Date (non-preferred format)": "circa 1978"}, "circa 1978", "1978~", {}),
        # The words say less than the columns: they stand.
        (
            {"Date (non-preferred format)": "circa 1978", "Year": "1978"},
            "circa 1978", "1978~", {"Year": "1978"},
        ),
        (
            {"Date (non-preferred format)": "the year of the flood", "Year": "1978"},
            "the year of the flood", "1978", {},
        ),
    ],
)  # fmt: skip
def test_ohms_dates_are_never_more_precise_than_given(
    tmp_path: Path, given: dict[str, str], text: str, edtf: str | None, left: dict[str, str]
) -> None:
    (one,) = read(tmp_path / "a.csv", _table(OHMS, {"Title": "T", "Summary": "s"} | given))
    assert (one.date.text, one.date.edtf, one.extra) == (text, edtf, left)


@given(
    parts=st.fixed_dictionaries(
        {},
        optional={
            "Year": st.integers(0, 2100).map(str) | st.text("0?x19", max_size=4),
            "Month": st.integers(0, 14).map(str) | st.text(max_size=3),
            "Day": st.integers(0, 33).map(str) | st.text(max_size=3),
        },
    )
)
def test_no_part_of_a_date_is_invented_or_lost(parts: dict[str, str]) -> None:
    from collection.exchange.tables.cells import date
    from collection.reading import read_testimony

    given = {key.casefold(): value for key, value in parts.items() if value}
    whole, left = date(given)
    one = read_testimony({"title": "T", "account": "A", "date": whole or None})
    span, months = one.date, 12
    if span.earliest and span.latest and given.get("month", "").strip("0?- ") == "":
        # Without a month the days are those of a year at least.
        first, last = (
            int(day[:4]) * months + int(day[5:7]) for day in (span.earliest, span.latest)
        )
        assert last - first >= months - 1
    for name, value in given.items():
        plain = value.strip().lstrip("0").removesuffix(".0").strip("?- ")
        assert name in left or plain in one.date.text


def test_ohms_import_csv(tmp_path: Path) -> None:
    line = {
        "Title": "T",
        "Accession Number": "0042",
        "Interviewee": "Roe, Ann",
        "Interviewer": "Poe, Jo; Doe, Al",
        "Subject": "Mills; Strikes (1931)",
        "Keywords": "loom;wage",
        "Summary": "Of mills.",
        "Duration": "00:45:10",
        "Media URL": "https://example.org/a.mp3",
        "Media Filename": "a.mp3",
        "Collection": "Mills",
        "Series": "First",
        "Repository": "Town Archive",
        "Usage": "CC BY",
        "User Notes": "Noisy.",
        "CMS Record ID": "77",
    }
    path = tmp_path / "a.csv"
    (one,) = read(path, _table(OHMS, line))
    assert inspect(path, "csv").profile == "OHMS import CSV"
    assert one.id == "0042"
    assert one.themes == ("Mills", "Strikes (1931)")
    assert one.keywords == ("loom", "wage")
    assert one.media == (Medium("a.mp3", "https://example.org/a.mp3", "00:45:10"),)
    assert (one.source.collection, one.source.series) == ("Mills", "First")
    assert (one.account, one.context, one.licence) == ("Of mills.", "Noisy.", "CC BY")
    assert one.extra == {"CMS Record ID": "77"}


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("", "open"),
        ("no", "open"),
        ("0", "open"),
        ("None.", "open"),
        ("1", "restricted"),
        ("with a letter of introduction", "restricted"),
        ("Closed until her death", "embargoed"),
    ],
)
def test_what_may_be_a_restriction_seals(tmp_path: Path, said: str, level: str) -> None:
    line = {"Title": "T", "Summary": "s", "Use Restrictions": said}
    (one,) = read(tmp_path / "a.csv", _table(OHMS, line))
    assert one.access.record.level == level
    told = said if " " in said else f"Use Restrictions: {said}"
    assert one.access.record.reason == (told if level != "open" else "")


# --- Omeka and Dublin Core ---------------------------------------------------------------------


def test_omeka_classic(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = (
        '"Item Id","Dublin Core:Title","Dublin Core:Subject","Dublin Core:Date",'
        '"Dublin Core:Creator","Item Type Metadata:Interviewee","Item Type Metadata:Interviewer",'
        '"Item Type Metadata:Transcription","Item Type Metadata:Location","tags","public"\n'
        '7,"T","war^^exile","1944","Club","Roe, Ann","Poe, Jo","I was there.","Lwów","a;b",1\n'
        '8,"T","","","","","","Me too.","","",0\n'
    )
    one, hidden = read(path, content)
    assert inspect(path, "csv").profile == "Dublin Core (Omeka)"
    assert (one.id, one.themes, one.keywords) == ("7", ("war", "exile"), ("a", "b"))
    assert (one.narrator.name, one.interviewers) == (
        "Roe, Ann",
        ("Poe, Jo",),
    )
    assert (one.account, one.interview_place) == ("I was there.", "Lwów")
    assert one.extra == {"Dublin Core:Creator": "Club"}
    assert (one.access.record.level, hidden.access.record.level) == ("open", "restricted")


def test_omeka_s(tmp_path: Path) -> None:
    content = (
        "o:id;dcterms:title;dcterms:contributor;dcterms:spatial;dcterms:temporal;"
        "dcterms:description;dcterms:identifier\n"
        "5;T;Ann;Lwów|Łódź;1942;Of flight.;box 7\n"
    )
    (one,) = read(tmp_path / "a.csv", content)
    assert (one.id, one.narrator.name, one.period.edtf) == ("box 7", "Ann", "1942")
    assert one.places == (Place("Lwów"), Place("Łódź"))
    assert one.extra == {"o:id": "5"}


# --- any other table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("Interviewee", "narrator.name"),
        ("INTERVIEWEE NAME", "narrator.name"),
        ("Name", "narrator.name"),
        ("Narrador", "narrator.name"),
        ("Zeitzeug*in", "narrator.name"),
        ("Name des Zeitzeugen", "narrator.name"),
        ("Témoin", "narrator.name"),
        ("Świadek", "narrator.name"),
        ("Рассказчик", "narrator.name"),
        ("Ort", "places"),
        ("Lieu", "places"),
        ("Место", "places"),
        ("Miejscowość", "places"),
        ("Place (today)", "places"),
        ("Дата", "date.text"),
        ("Fecha de la entrevista", "date.text"),
        ("Date of Interview", "date.text"),
        ("date_recorded", "date.text"),
        ("Subject(s)", "themes"),
        ("Schlagwörter", "themes"),
        ("Mots-clés", "keywords"),
        ("objectID", "id"),
        ("Accession No.", "id"),
        ("Full Text", "account"),
        ("Témoignage", "account"),
        ("Relacja", "account"),
        ("Résumé", "description"),
        ("Zusammenfassung", "description"),
        ("Aufnahmeort", "interview_place"),
        ("Język", "language"),
        ("dc.contributor.interviewee", "narrator.name"),
        ("place.town", "places"),
        # What must not be taken for what it is not.
        ("Date of birth", ""),
        ("Geburtsort", ""),
        ("Place of birth", ""),
        ("Telephone", ""),
        ("", ""),
        ("x" * 100_000, ""),
    ],
)
def test_headers_are_understood_in_several_languages(header: str, target: str) -> None:
    assert guess(header) == target


def test_a_table_of_unknown_shape_is_guessed_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = "Nr;Zeitzeugin;Datum;Ort;Bericht;Geburtsort\n3;Anna;Mai 1946;Köln;Es war so.;Wien\n"
    (one,) = read(path, content)
    table = inspect(path, "csv")
    assert (table.sure, table.profile) == (False, "")
    assert (one.title, one.narrator.name) == ("Anna, Mai 1946", "Anna")
    assert (one.account, one.rendering) == ("Es war so.", "")
    assert one.extra == {"Nr": "3", "Geburtsort": "Wien"}


def test_the_long_texts_are_the_account_where_no_header_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    words = "We walked for days and it was cold. " * 9
    (one,) = read(path, f"Person,Box,Q7\nAnn,3,{words}\n")
    assert one.account == words
    assert inspect(path, "csv").mapping["Q7"] == "account"


def test_a_pseudonym_makes_the_other_name_private(tmp_path: Path) -> None:
    content = "Name,Pseudonym,Title,Testimony\nJános Kovács,Anna,T,x\nBela,,T,y\n"
    hidden, plain = read(tmp_path / "a.csv", content)
    assert hidden.narrator == Narrator("Anna", "pseudonym", "János Kovács")
    assert plain.narrator == Narrator("Bela")


@pytest.mark.parametrize(
    "header", ["Vorname,Nachname", "First name,Last name", "Имя,Фамилия", "Imię,Nazwisko"]
)
def test_first_and_family_names_are_one_name(tmp_path: Path, header: str) -> None:
    (one,) = read(tmp_path / "a.csv", f"{header},Text,Title\nAnna,Nowak,x,T\n")
    assert one.narrator.name == "Anna Nowak"


def test_a_second_value_of_one_key_goes_to_extra(tmp_path: Path) -> None:
    mapping = {"A": "title", "B": "title", "C": "account", "D": "account", "E": "themes",
               "F": "themes"}  # fmt: skip
    (one,) = read(tmp_path / "a.csv", "A,B,C,D,E,F\nT,U,x,y,a;b,b;c\n", Reading(mapping=mapping))
    assert (one.title, one.extra) == ("T", {"B": "U"})
    assert one.account == "x\n\ny"
    assert one.themes == ("a", "b", "c")


def test_rows_tell_which_column_a_key_came_from(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "a.csv", "Überschrift,Zeitzeugin,Datum,Bericht\nT,Anna,1946,x\n")
    assert row.columns == {
        "title": "Überschrift",
        "narrator": "Zeitzeugin",
        "narrator.name": "Zeitzeugin",
        "date": "Datum",
        "account": "Bericht",
    }


def test_our_own_keys_in_a_plain_table_are_known(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    (one,) = read(
        path, "id,Title,speaker,date,place,themes,account,box\n1,T,Oleg*,1944,a|b,c;d,x,7\n"
    )
    assert inspect(path, "csv").sure
    assert one.narrator == Narrator("Oleg*", "pseudonym")
    assert one.places == (Place("a"), Place("b"))
    assert one.extra == {"box": "7"}


@given(
    table=st.lists(st.lists(st.text(max_size=8), min_size=8, max_size=8), min_size=1, max_size=3)
)
def test_no_cell_is_lost(tmp_path_factory: pytest.TempPathFactory, table: list[list[str]]) -> None:
    import csv

    path = tmp_path_factory.mktemp("a") / "a.csv"
    columns = ["Interviewee", "Date", "Year", "Place", "Lat", "Summary", "Consent", "Shoe size"]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([columns, *table])
    kept = [values for values in table if any(value.strip() for value in values)]
    found = rows(path, reading=Reading(delimiter=",", encoding="utf-8"))
    assert len(found) == max(1, len(kept))
    if not kept:
        assert found[0].problem is not None
        return
    for row, values in zip(found, kept, strict=True):
        told = repr(row.raw)
        for value in values:
            for part in value.replace("|", ";").replace("^^", ";").split(";"):
                assert repr(part.strip())[1:-1] in told
