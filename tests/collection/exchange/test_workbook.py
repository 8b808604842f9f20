"""Excel workbooks: what their cells say, and workbooks that mean no good."""

from __future__ import annotations

import datetime
import re
import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from collection.exchange.interface import Reading
from collection.exchange.tables.tables import inspect, told
from tests.collection.exchange.reading_files import problems, read, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD = ["ID", "Title", "Interviewee", "Date", "Account"]


def _saved(path: Path, *lines: list[Any], change: Callable[[Any], None] | None = None) -> Path:
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    if change:
        change(book)
    book.save(path)
    return path


def _part_changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Rewrite one part of a workbook."""
    old = path.with_suffix(".old")
    shutil.move(path, old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            target.writestr(part.filename, change(data) if part.filename == name else data)
    return path


SHEET = "xl/worksheets/sheet1.xml"

SHARED = "xl/sharedStrings.xml"


def _as_excel_writes(path: Path) -> Path:
    """Write a workbook with the parts that Excel makes: texts shared, some in runs."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{kind}.worksheet+xml"/>'
        f'<Override PartName="/{SHARED}" ContentType="{kind}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Tapes" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        SHARED: f'<sst xmlns="{main}"><si><t>Title</t></si><si><t>Testimony</t></si>'
        '<si><r><t xml:space="preserve">In </t></r><r><rPr><b/></rPr><t>runs</t></r></si>'
        '<si><t xml:space="preserve"> kept &amp; whole </t></si></sst>',
        SHEET: f'<worksheet xmlns="{main}"><dimension ref="A1"/><sheetData>'
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="inlineStr"><is><t>Sum</t></is></c></row>'
        '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="s"><v>3</v></c>'
        '<c r="C2" t="str"><f>1+1</f><v>two</v></c></row></sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


# --- what cells say ----------------------------------------------------------------------------


def test_a_workbook_is_read(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        ["Interviews of the mill project"],
        [],
        HEAD,
        ["007", "T", "Ann", "spring 1946", "Line one\nline two"],
        [None, None, None, None, None],
        [8, "U", "Bob", 1946, "x"],
    )
    first, second = rows(path)
    assert first.raw["account"] == "Line one\nline two"
    assert (first.raw["id"], second.raw["id"]) == ("007", "8")
    assert (first.where.row, first.where.line, second.where.line) == (1, 4, 6)
    table = inspect(path, "xlsx")
    assert (table.sheets, table.sheet, table.header) == (("Sheet",), "Sheet", 3)


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (datetime.date(1946, 5, 3), "yyyy-mm-dd", "1946-05-03"),
        (datetime.date(1946, 5, 3), "d. mmmm yyyy", "1946-05-03"),
        (datetime.date(1946, 5, 1), "mmm yyyy", "1946-05"),
        (datetime.date(1946, 1, 1), "yyyy", "1946"),
        (datetime.date(1946, 1, 1), '"Year "yyyy', "1946"),
        (datetime.datetime(1946, 5, 3, 14, 30), "yyyy-mm-dd hh:mm", "1946-05-03 14:30"),  # noqa: DTZ001
        (1946, "General", "1946"),
        (1946.0, "General", "1946"),
        (51.75, "General", "51.75"),
        (7, "0000", "0007"),
        (True, "General", "TRUE"),
        ("1944?", "General", "1944?"),
        (datetime.time(1, 2, 3), "h:mm:ss", "01:02:03"),
    ],
)
def test_a_cell_says_no_more_than_it_shows(
    tmp_path: Path, value: object, shape: str, text: str
) -> None:
    def shaped(book: Any) -> None:
        book.active["B2"].number_format = shape

    path = _saved(tmp_path / "a.xlsx", ["Account", "Seen"], ["x", value], change=shaped)
    assert inspect(path, "xlsx").rows == (("x", text),)


def test_formulas_give_what_they_gave_and_are_never_run(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", '=HYPERLINK("http://x.org")']
    )
    kept = _part_changed(path, SHEET, lambda data: re.sub(b"<v ?/>|<v></v>", b"<v>7</v>", data))
    (one,) = rows(kept)
    assert one.raw["account"] == "7"


def test_cells_that_reach_over_rows_hold_for_all_of_them(tmp_path: Path) -> None:
    def merged(book: Any) -> None:
        book.active.merge_cells("A2:A3")
        book.active.merge_cells("B4:C4")

    path = _saved(
        tmp_path / "a.xlsx",
        ["Collection", "Title", "Account"],
        ["Mills", "T", "x"],
        [None, "U", "y"],
        [None, "V", "z"],
        change=merged,
    )
    found = [row.raw.get("source", {}).get("collection") for row in rows(path)]
    assert found == ["Mills", "Mills", None]


def test_the_sheet_of_testimonies_is_read_unless_one_is_named(tmp_path: Path) -> None:
    def more(book: Any) -> None:
        for n, name in enumerate(["Hidden", "About", "Codes"]):
            book.create_sheet(name, n)
        book["Hidden"].append(["Title", "Account"])
        book["Hidden"].append(["no", "no"])
        book["Hidden"].sheet_state = "hidden"
        book["About"].append(["The interviews of the mill; see the other sheets."])
        for n in range(30):
            book["About"].append([f"Line {n} of what there is to say."])
        book["Codes"].append(["Code", "Meaning"])
        for n in range(50):
            book["Codes"].append([n, f"meaning {n}"])

    path = _saved(tmp_path / "a.xlsx", ["Title", "Account"], ["T", "x"], change=more)
    assert [one.title for one in read(path)] == ["T"]
    table = inspect(path, "xlsx")
    assert table.sheet == "Sheet"
    assert list(told(table))[-1] == "  Not read: the sheets 'Hidden', 'About', 'Codes'"
    assert [row.raw["title"] for row in rows(path, reading=Reading(sheet="Hidden"))] == ["no"]
    (message,) = problems(path, reading=Reading(sheet="Third"))
    assert "It has 'Hidden', 'About', 'Codes', 'Sheet'" in message


def test_a_second_sheet_of_testimonies_is_told(tmp_path: Path) -> None:
    def more(book: Any) -> None:
        book.create_sheet("1999").append(HEAD)
        book["1999"].append(["b", "U", "Bo", "1999", "y"])
        book["1999"].append(["c", "V", "Cy", "1999", "z"])

    path = _saved(tmp_path / "a.xlsx", HEAD, ["a", "T", "Ann", "1998", "x"], change=more)
    *found, other = rows(path)
    assert [row.raw["id"] for row in found] == ["b", "c"]
    assert other.problem.message.startswith("The sheet 'Sheet' holds a table as well, but only")
    assert [one.id for one in read(path, reading=Reading(sheet="Sheet"))] == ["a"]


def test_a_workbook_with_nothing_in_it_is_told(tmp_path: Path) -> None:
    assert "holds no sheet with anything" in problems(_saved(tmp_path / "a.xlsx"))[0]
    assert "holds no records" in problems(_saved(tmp_path / "b.xlsx", HEAD))[0]


@given(
    cells=st.lists(
        st.text(max_size=12).filter(lambda text: not ILLEGAL_CHARACTERS_RE.search(text)),
        min_size=2,
        max_size=2,
    )
)
def test_texts_arrive_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, cells: list[str]
) -> None:
    # XML cannot tell a carriage return from a line feed, and `=` begins a formula.
    cells = ["." + cell.replace("\r", "") for cell in cells]
    path = _saved(tmp_path_factory.mktemp("a") / "a.xlsx", ["Title", "Account"], cells)
    (row,) = rows(path)
    assert [row.raw["title"], row.raw["account"]] == cells


def test_the_parts_that_excel_makes(tmp_path: Path) -> None:
    (one,) = read(_as_excel_writes(tmp_path / "a.xlsx"))
    assert (one.title, one.account) == ("In runs", " kept & whole ")
    assert one.extra == {"Sum": "two"}


def test_signs_that_xml_cannot_hold_come_back(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", ["Title", "Account"], ["T", "one_x000D_\ntwo"])
    assert rows(path)[0].raw["account"] == "one\r\ntwo"


# --- workbooks that are none, or mean no good --------------------------------------------------


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "damaged or no Excel workbook"),
        (b"PK\x03\x04 and nothing more", "damaged or no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel file or has a password"),
        (b"title,account\n", "damaged or no Excel workbook"),
    ],
)
@pytest.mark.parametrize("name", ["a.xlsx", "a.xls"])
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, says: str, name: str) -> None:
    assert [says in told for told in problems(tmp_path / name, content)] == [True]


def test_every_workbook_that_is_cut_short_is_told(tmp_path: Path) -> None:
    whole = _saved(tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"]).read_bytes()
    for length in range(0, len(whole), 97):
        assert problems(tmp_path / "b.xlsx", whole[:length])


@given(at=st.integers(0, 6000), put=st.binary(min_size=1, max_size=3))
def test_no_damage_raises(tmp_path_factory: pytest.TempPathFactory, at: int, put: bytes) -> None:
    folder = tmp_path_factory.mktemp("a")
    whole = _saved(folder / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"]).read_bytes()
    at %= len(whole)
    rows(folder / "b.xlsx", whole[:at] + put + whole[at + len(put) :])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data.replace(b"<c r=", b"<c s='99' r="),
        lambda data: data.replace(b't="inlineStr"', b't="s"').replace(b't="s"', b't="s" x="'),
        lambda data: data.replace(b'r="A2"', b'r="ZZZZZZ2"'),
        lambda data: data.replace(b'r="A2"', b'r="2A"'),
        lambda data: data.replace(b"<v>0</v>", b"<v>999</v>"),
        lambda data: data.replace(b"</sheetData>", b""),
        lambda data: data[:200],
        lambda data: b"",
        lambda data: b"<a>" * 100_000,
        lambda data: data.replace(b"<sheetData>", b"<sheetData>" + b"<row>" * 100_000),
    ],
)
def test_damage_within_a_sheet_is_told(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = _saved(tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"])
    found = rows(_part_changed(path, SHEET, damage))
    assert all(row.problem or isinstance(row.raw, dict) for row in found)


@pytest.mark.parametrize("part", [SHEET, SHARED, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_entities_are_refused(tmp_path: Path, part: str) -> None:
    path = _as_excel_writes(tmp_path / "a.xlsx")
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    (told,) = problems(_part_changed(path, part, lambda data: laughs + data))
    assert "declares entities" in told


def test_a_bomb_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"])
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/big.xml", "w") as part,
    ):
        for _ in range(60):
            part.write(bytes(1 << 20))
    (told,) = problems(path)
    assert "far larger unpacked" in told


def test_one_cell_in_the_last_corner_costs_no_memory(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"])
    corner = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    found = rows(_part_changed(path, SHEET, lambda data: data.replace(b"</sheetData>", corner)))
    assert (found[0].raw["title"], len(found)) == ("T", 2)
    assert found[1].problem is not None


def test_rows_of_nothing_but_a_last_cell_come_to_an_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collection.exchange.tables.workbook._EMPTIEST", 100_000)
    path = _saved(tmp_path / "wide.xlsx", HEAD, ["1", "T", "A", "1944", "We left."])
    far = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(3, 5000))
    _part_changed(path, SHEET, lambda data: data.replace(b"</sheetData>", far + b"</sheetData>"))
    found = rows(path)
    assert found[0].raw["account"] == "We left."
    assert len(found) < 20
    assert found[-1].problem
    assert "hardly anything but empty cells" in found[-1].problem.message


def test_a_sheet_may_not_be_endless(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", HEAD, ["1", "T", "Ann", "1946", "x"])
    far = b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>'
    (one,) = rows(_part_changed(path, SHEET, lambda data: data.replace(b"</sheetData>", far)))
    assert one.raw["title"] == "T"
