"""Tables as text: encodings, delimiters, headers, and what is wrong with lines."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection.exchange.formats import format_of
from collection.exchange.interface import Reading
from collection.exchange.tables.delimited import open_grid
from collection.exchange.tables.encodings import encoding_of_bytes
from collection.exchange.tables.tables import CUT, SHOWN, inspect
from tests.collection.exchange.reading_files import problems, read, rows

if TYPE_CHECKING:
    from pathlib import Path

Folders = pytest.TempPathFactory
HEAD = "id,title,account\n"

# --- encodings ---------------------------------------------------------------------------------

POLISH = "id;tytuł;świadek;miejsce\n1;Wspomnienie z wsi;Józef Święty;Gdańsk, więzienie\n"
GERMAN = "Nr;Thema;Zeitzeuge;Ort\n1;Gespräch über früher;Jürgen Müller;Köln\n"
FRENCH = "titre,témoin,lieu\nRécit d'une grève,Hélène Bérard,Besançon\n"
RUSSIAN = "Название;Имя;Дата\nРассказ о заводе;Анна Петрова;зима 1943\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (POLISH, "cp1250"),
        (POLISH, "iso8859_2"),
        ("název;svědek\nVýpověď o škole;Růžena Šťastná\n", "cp1250"),
        ("název;svědek\nVýpověď o škole;Růžena Šťastná\n", "iso8859_2"),
        ("cím;tanú\nVallomás;Kovács Győző\n", "cp1250"),
        (GERMAN, "cp1252"),
        (GERMAN, "mac_roman"),
        (GERMAN, "cp850"),
        (FRENCH, "cp1252"),
        (FRENCH, "mac_roman"),
        ("título,narrador\nLa huelga en España,María Ibáñez\n", "cp1252"),
        ("title,name\nThe strike – a memory,Anna “Annie” O’Neill\n", "cp1252"),
        ("title\nCafé\n", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "cp866"),
        ("başlık;kişi\nGöç hatırası;Ayşe Yılmaz\n", "cp1254"),
        ("τίτλος,όνομα\nΜαρτυρία,Γιώργος\n", "cp1253"),
        ("שם,מקום\nעדות על הכפר,לודז\n", "cp1255"),
        ("pavadinimas\nPrisiminimai,Jonas Žemaitis,Šiauliai,ąžuolas,ėjome į\n", "cp1257"),
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "utf-8-sig"),
        (RUSSIAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (RUSSIAN, "utf-32"),
        ("ASCII only\n", "ascii"),
    ],
)
def test_encodings_are_found_by_what_the_words_look_like(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(encoding_of_bytes(data).encoding) == text


def test_the_one_letter_that_tells_may_come_late(tmp_path: Path) -> None:
    content = "title,account\n" + f"a,{'b' * 60}\n" * 20_000 + "Hélène,x\n"
    *_, last = rows(tmp_path / "late.csv", content.encode("cp1252"))
    assert last.raw["title"] == "Hélène"


@given(data=st.binary(max_size=300))
def test_no_bytes_are_too_odd(tmp_path_factory: Folders, data: bytes) -> None:
    path = tmp_path_factory.mktemp("a") / "odd.csv"
    for row in rows(path, data):
        assert row.problem is not None or isinstance(row.raw, dict)


def test_a_few_bytes_that_are_no_text_spoil_only_their_line(tmp_path: Path) -> None:
    content = (HEAD + "1,ä,ö\n2,ü,é\n").encode() + b"3,x\xff,y\n" + "4,ñ,ß\n".encode()
    found = rows(tmp_path / "a.csv", content)
    assert [row.where.line for row in found if row.problem] == [4]
    assert [row.raw["id"] for row in found if not row.problem] == ["1", "2", "4"]


def test_the_encoding_that_is_said_is_taken(tmp_path: Path) -> None:
    content = (HEAD + "1,ñandú,x\n").encode("cp1252")
    assert read(tmp_path / "a.csv", content, Reading(encoding="cp1252"))[0].title == "ñandú"
    (told,) = problems(tmp_path / "a.csv", content, Reading(encoding="klingon"))
    assert told == "There is no encoding 'klingon'. Try utf-8, cp1252 or cp1251."
    assert "no text in" in problems(tmp_path / "b.csv", b"abc", Reading(encoding="utf-16"))[0]
    # A codec that makes no text.
    assert "no encoding" in problems(tmp_path / "a.csv", content, Reading(encoding="base64"))[0]


# --- delimiters and line ends ------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".txt"])
def test_delimiters_and_line_ends_are_found(
    tmp_path: Path, delimiter: str, end: str, suffix: str
) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text, delimiter=delimiter, lineterminator=end)
    table.writerow(["id", "title", "interviewee", "account"])
    table.writerow(["1", "One; or, two", "Doe, Jane", f'She said: "no"{end}and | left.'])
    table.writerow(["2", "Two", "Roe\tJohn", "Fine, and then; so"])
    path = tmp_path / f"a{suffix}"
    first, second = read(path, text.getvalue())
    assert first.title == "One; or, two"
    assert first.account == f'She said: "no"{end}and | left.'
    assert second.narrator.name == "Roe\tJohn"
    assert [row.where.line for row in rows(path)] == [2, 4]


def test_prose_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("The strike, she said, was long.\nIt was cold, too, and we left.\n" * 9)
    assert format_of(path) != "csv"


def test_excel_may_say_the_delimiter(tmp_path: Path) -> None:
    (one,) = rows(tmp_path / "a.csv", "sep=;\nid;title;account\n1;a, b, c;d, e, f\n")
    assert one.raw["title"] == "a, b, c"
    assert one.where.line == 3


def test_the_delimiter_that_is_said_is_taken(tmp_path: Path) -> None:
    content = "id/title/account\n1/a, b/c\n"
    assert read(tmp_path / "a.csv", content, Reading(delimiter="/"))[0].title == "a, b"
    assert "one character" in problems(tmp_path / "a.csv", content, Reading(delimiter="//"))[0]
    assert "one character" in problems(tmp_path / "a.csv", content, Reading(delimiter='"'))[0]


def test_quotation_marks_may_be_but_text_in_a_table_with_tabs(tmp_path: Path) -> None:
    content = 'id\ttitle\taccount\n1\tA\t"No" she said\n2\tB\tthen "yes"\n3\tC\t"\n'
    found = read(tmp_path / "a.tsv", content)
    assert [one.account for one in found] == ['"No" she said', 'then "yes"', '"']


def test_blanks_may_stand_before_a_quotation_mark(tmp_path: Path) -> None:
    content = 'id, title, account\n1, "a, b", "c, d"\n2, "e, f", "g"\n'
    assert [one.title for one in read(tmp_path / "a.csv", content)] == ["a, b", "e, f"]


@given(
    table=st.lists(
        st.lists(st.text("ab ,;\"'\n\r\täя\x00|=", max_size=6), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    )
)
def test_every_cell_arrives_as_it_is(tmp_path_factory: Folders, table: list[list[str]]) -> None:
    path = tmp_path_factory.mktemp("a") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Box", "Interviewee", "Testimony"], *table])
    grid = open_grid(path, Reading(delimiter=","))
    kept = [values for values in table if any(value.strip() for value in values)]
    assert [line.values for line in grid.lines] == kept


# --- headers -----------------------------------------------------------------------------------


def test_titles_above_the_header_and_blank_rows_do_not_count(tmp_path: Path) -> None:
    content = (
        "Interviews of the works council,,\n,,\n\nID,Interviewee,Text\n007,Ann,x\n,,\n\n008,Bob,y\n"
    )
    found = rows(tmp_path / "a.csv", content)
    assert [(row.where.row, row.where.line) for row in found] == [(1, 5), (2, 8)]
    assert [row.raw["id"] for row in found] == ["007", "008"]
    assert inspect(tmp_path / "a.csv", "csv").above == ("Interviews of the works council",)


def test_a_header_that_nobody_knows_is_one_nevertheless(tmp_path: Path) -> None:
    content = "Q1,Q2,Q3\nAnn,Lwów,It was long ago\nBob,Łódź,Text\n"
    path = tmp_path / "a.csv"
    path.write_text(content, "utf-8")
    table = inspect(path, "csv")
    assert table.columns == ("Q1", "Q2", "Q3")
    assert len(table.rows) == 2


def test_doubled_and_empty_headers_are_told_apart(tmp_path: Path) -> None:
    (one,) = read(tmp_path / "a.csv", "title,account,Box,Box,,\nT,A,1,2,3,4\n")
    assert one.extra == {"Box": "1", "Box (2)": "2", "column 5": "3", "column 6": "4"}


def test_short_lines_lack_their_end_and_long_ones_are_refused(tmp_path: Path) -> None:
    content = "title,account,context\nT,A\nT,A,C,,\nT,A, and so on,rest\nT,A,C\n"
    found = rows(tmp_path / "a.csv", content)
    assert [row.where.line for row in found if row.problem] == [4]
    (told,) = [row.problem for row in found if row.problem]
    assert told.value == "rest"
    assert "4 values and the table 3 columns" in told.message
    assert [row.raw.get("context", "") for row in found if not row.problem] == ["", "C", "C"]


def test_an_empty_table_is_told(tmp_path: Path) -> None:
    for content in ("", "\n\n", "\ufeff", "id,title,account\n", ",,,\n"):
        (row,) = rows(tmp_path / "a.csv", content)
        assert "holds no records" in row.problem.message
        assert inspect(tmp_path / "a.csv", "csv").problem == row.problem


# --- what is wrong with lines ------------------------------------------------------------------


def test_a_quotation_mark_that_is_not_doubled_is_told_with_its_line(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", HEAD + '1,a,"x ""y"""\n2,b,"He "said" no"\n3,c,d\n')
    assert [(row.where.line, row.problem is None) for row in found] == [
        (2, True),
        (3, False),
        (4, True),
    ]
    assert found[0].raw["account"] == 'x "y"'
    assert "line 3 was not read" in found[1].problem.message


def test_an_open_quotation_mark_swallows_no_other_line(tmp_path: Path) -> None:
    content = HEAD + '1,a,b\n2,c,"open\n' + "".join(f"{n},t,a\n" for n in range(3, 99))
    found = rows(tmp_path / "a.csv", content)
    assert [row.raw["id"] for row in found if not row.problem] == ["1", *map(str, range(3, 99))]
    (told,) = [row for row in found if row.problem]
    assert told.where.line == 3
    assert "line 3 and is never closed, so line 3 was not read" in told.problem.message


def test_the_rest_of_a_broken_story_is_no_row(tmp_path: Path) -> None:
    content = HEAD + '1,a,b\n2,c,"We left\nin the night, mother and I,\nand never saw it again\n'
    found = rows(tmp_path / "a.csv", content)
    assert [row.problem is None for row in found] == [True, False]
    assert "lines 3 to 5 were not read" in found[1].problem.message


def test_ten_megabytes_in_one_value(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    long = "word " * 2_000_000
    (one,) = rows(tmp_path / "a.csv", f'title,account\nT,"{long}"\n')
    assert one.raw["account"] == long
    assert csv.field_size_limit() == limit


def test_an_open_quotation_mark_before_ten_megabytes(tmp_path: Path) -> None:
    content = HEAD + '1,a,"b\n' + f"2,c,{'d' * 500}\n" * 20_000
    found = rows(tmp_path / "a.csv", content)
    assert len(found) == 20_001
    assert found[0].problem is not None


@pytest.mark.parametrize("line", ['c",d,"e\n', '"\n', '"""\n', '"x\n', '"a"b\n', '",\n'])
def test_no_quotation_marks_take_more_than_a_moment(tmp_path: Path, line: str) -> None:
    # Each a shape that makes a careless reader go through the rest again and again.
    assert rows(tmp_path / "a.csv", HEAD + '1,a,"' + line * 50_000)


def test_a_table_may_be_as_wide_as_it_is_long(tmp_path: Path) -> None:
    for name in ("Column {}", "Column"):
        wide = ",".join(name.format(n) for n in range(50_000))
        (one,) = rows(tmp_path / "a.csv", f"title,account,{wide}\nT,A,{',' * 49_999}\n")
        assert one.raw == {"title": "T", "account": "A"}


def test_nuls_come_through(tmp_path: Path) -> None:
    assert read(tmp_path / "a.csv", HEAD + "1,a\x00b,c\n")[0].title == "a\x00b"


# --- looked at ---------------------------------------------------------------------------------


def test_a_table_is_shown_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = "Kennung;Erzählerin;Ort;Bericht;Kiste\n" + f"7;Änne;Köln;{'Wort ' * 99};3\n" * 50
    path.write_bytes(content.encode("cp1252"))
    table = inspect(path, "csv")
    assert table.columns == ("Kennung", "Erzählerin", "Ort", "Bericht", "Kiste")
    assert (table.encoding, table.delimiter, table.header) == ("cp1252", ";", 1)
    assert table.mapping == {
        "Kennung": "id",
        "Erzählerin": "narrator.name",
        "Ort": "places",
        "Bericht": "account",
        "Kiste": "extra",
    }
    assert not table.sure
    assert table.profile == ""
    assert len(table.rows) == SHOWN
    assert len(table.rows[0][3]) == CUT
