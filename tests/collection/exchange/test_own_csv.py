"""Our own CSV: out and in again without loss."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collection import Collection, Testimony
from collection.access import gate
from collection.dates import DateSpan
from collection.errors import InvalidTestimony
from collection.exchange.interface import Reading, Row, Where
from collection.exchange.tables.csvtable import CSV
from collection.exchange.tables.flat import COLUMNS, guarded, joined, listed, unguarded
from collection.exchange.tables.tables import inspect
from collection.reading import read_testimony
from collection.testimony import (
    Access,
    Medium,
    Narrator,
    Place,
    Restriction,
    as_record,
    same_content,
)
from tests.collection.exchange.reading_files import read, rows
from tests.collection.strategies import records, texts

REAL = Path(__file__).parents[4] / "shared" / "data" / "ehri" / "testimonies.jsonl"
Folders = pytest.TempPathFactory

edges = st.text("';|=+-@\t\r\n []{}\"ab,\x00＝", max_size=8)
"""Texts made of what a table, a list or a spreadsheet would trip over."""
some_edges = st.lists(edges.filter(bool), max_size=3).map(tuple)
spans = st.builds(
    DateSpan,
    st.sampled_from(["1944", "circa 1944", "soon", "", "=1944"]),
    st.none() | st.sampled_from(["1944", "not EDTF", "../1950", "1944~"]),
    st.none() | st.just("1940-01-01"),
    st.none() | st.just("1950-01-01"),
    edges,
)


@st.composite
def edgy(draw: st.DrawFn) -> Testimony:
    """Any valid record, with what a table would trip over in every kind of field."""
    return msgspec.structs.replace(
        draw(records()),
        title="x" + draw(edges),
        account="'" + draw(edges) + "x",
        context=draw(edges),
        notes=draw(edges),
        themes=draw(some_edges),
        present=draw(some_edges),
        date=draw(spans),
        period=draw(spans),
        places=tuple(
            Place(name, country=draw(st.none() | st.sampled_from(["PL", "PL|UA"])))
            for name in draw(some_edges)
        ),
        media=tuple(
            draw(st.lists(st.builds(Medium, edges, edges, st.just(""), edges), max_size=3))
        ),
        narrator=Narrator(draw(edges), "", draw(edges)),
    )


def _written(path: Path, testimonies: list[Testimony], *, private: bool = True) -> Path:
    path.write_bytes(b"".join(CSV().write(gate(one, private=private) for one in testimonies)))
    return path


def _sheet(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


@given(some=st.lists(edgy(), max_size=2))
def test_a_private_csv_gives_back_what_went_out(
    tmp_path_factory: Folders, some: list[Testimony]
) -> None:
    path = _written(tmp_path_factory.mktemp("a") / "out.csv", some)
    assert read(path) == some


@given(items=some_edges)
def test_a_joined_list_comes_apart_again(items: tuple[str, ...]) -> None:
    assert listed(joined(items)) == [*items]


@given(cell=edges | texts())
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    marked = guarded(cell)
    assert unguarded(marked) == cell
    number = marked.removeprefix("-").replace(".", "").isdigit()
    assert not marked.startswith(tuple("=+-@\t\r\n＝")) or number


@given(
    one=records(extra={}),
    narrator=st.just(Narrator("Anna", "pseudonym", "János Kovács")) | st.just(Narrator("Ada")),
    said=st.sampled_from(["", " Kovács was here."]),
)
def test_a_public_csv_brought_in_again_changes_nothing(
    tmp_path_factory: Folders, one: Testimony, narrator: Narrator, said: str
) -> None:
    folder = tmp_path_factory.mktemp("a")
    one = msgspec.structs.replace(
        one, narrator=narrator, account=one.account + said, extra={"copy": said}
    )
    with Collection.open(folder / "one.json") as voices:
        voices.add(one)
        before = list(voices)
        path = _written(folder / "out.csv", before, private=False)
        report = voices.import_rows(rows(path), update=True)
        assert (report.added, report.changed, report.refused) == (0, 0, 0)
        assert list(voices) == before


def test_what_is_withheld_is_named_and_what_is_emptied_is_empty(
    voices: Collection, tmp_path: Path
) -> None:
    sealed = Access(account=Restriction("restricted", None, "asked for it"))
    voices.add(
        Testimony(id="a", title="T", account="Words.", context="Old.", notes="mine", access=sealed)
    )
    path = _written(tmp_path / "out.csv", list(voices), private=False)
    (line,) = _sheet(path)
    assert (line["account"], line["notes"], line["withheld"]) == ("", "", "account; notes")
    # Somebody empties the context in a spreadsheet: that is a change, the rest is none.
    path.write_text(path.read_text("utf-8").replace("Old.", ""), "utf-8")
    voices.import_rows(rows(path), update=True)
    kept = voices.get("a")
    assert (kept.context, kept.account, kept.notes) == ("", "Words.", "mine")


def test_without_the_column_of_what_is_withheld_empty_cells_say_nothing(
    voices: Collection, tmp_path: Path
) -> None:
    voices.add(Testimony(id="a", title="T", account="Words.", context="Old.", notes="mine"))
    path = tmp_path / "cut.csv"
    path.write_text("id,title,account,context,narrator.name,notes\na,New,,,Ann,\n")
    voices.import_rows(rows(path), update=True)
    kept = voices.get("a")
    assert (kept.title, kept.account, kept.context, kept.notes) == ("New", "Words.", "Old.", "mine")


def test_a_sealed_record_does_not_leave(tmp_path: Path) -> None:
    one = Testimony(id="a", title="a", account="b", access=Access(record=Restriction("private")))
    assert _sheet(_written(tmp_path / "out.csv", [one], private=False)) == []


def test_the_file_is_one_that_spreadsheets_open(tmp_path: Path) -> None:
    one = Testimony(
        id="007", title="=1+1", account="a\nb", themes=["war", "home; front"], places=["Łódź"],
        extra={"box": [1, {"deep": None}]},
    )  # fmt: skip
    path = _written(tmp_path / "out.csv", [one])
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,title,narrator.name,")
    (line,) = _sheet(path)
    assert tuple(line) == COLUMNS
    assert line["title"] == "'=1+1"
    assert line["themes"] == '["war","home; front"]'
    assert line["extra"] == '{"box":[1,{"deep":null}]}'
    assert inspect(path, "csv").sure


def test_columns_may_be_moved_added_and_taken_away(tmp_path: Path) -> None:
    path = tmp_path / "edited.csv"
    path.write_text(
        "account,box,title,date.text,places,places.latitude\n"
        "Words.,7,T,circa 1944,Łódź; Lwów,51.75; \n"
    )
    (one,) = read(path)
    assert one.date.edtf == "1944~"
    assert one.places == (Place("Łódź", latitude=51.75), Place("Lwów"))
    assert one.extra == {"box": "7"}


def test_a_date_that_was_left_unread_stays_unread(tmp_path: Path) -> None:
    one = Testimony(id="a", title="T", account="x", date=DateSpan("1944"))
    assert one.date.edtf is None
    path = _written(tmp_path / "out.csv", [one])
    assert _sheet(path)[0]["date.edtf"] == "unread"
    assert read(path) == [one]


@pytest.mark.parametrize("value", ['{"a": ', "[" * 100_000, "[1]", '"text"'])
def test_malformed_json_in_a_cell_is_refused_with_its_key(
    voices: Collection, tmp_path: Path, value: str
) -> None:
    path = tmp_path / "bad.csv"
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerows([["title", "account", "narrator.name", "extra"], ["T", "A", "N", value]])
    report = voices.import_rows(rows(path))
    assert [problem.field for problem in report.problems] == ["extra"]


def test_a_mapping_renames_and_leaves_out_columns(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    content = "title,account,narrator.name,Town,secret\nT,A,N,Lwów,x\n"
    (one,) = read(path, content, Reading(mapping={"Town": "places", "secret": ""}))
    assert (one.places, one.extra) == ((Place("Lwów"),), {})


def test_import_of_what_was_exported_is_the_same(voices: Collection, tmp_path: Path) -> None:
    voices.import_rows([Row(Where("f", 1), {"title": "T", "account": "A", "themes": "a|b"})])
    (one,) = voices
    path = _written(tmp_path / "out.csv", [one])
    report = voices.import_rows(rows(path), update=True)
    assert (report.same, report.changed) == (1, 0)
    assert same_content(read(path)[0], one)
    assert as_record(read(path)[0]) == as_record(one)


def test_real_testimonies_in_many_languages_come_back(tmp_path: Path) -> None:
    if not REAL.exists():
        pytest.skip("there is no ../shared/data")
    known = [read_testimony(row.raw) for row in rows(REAL)]
    assert len(known) > 100
    assert read(_written(tmp_path / "out.csv", known)) == known


def test_a_slip_in_what_is_sealed_is_refused(tmp_path: Path) -> None:
    table = "id,title,account,access.record,access.words\nd1,T,A,,private\n"
    (row,) = rows(tmp_path / "own.csv", table)
    with pytest.raises(InvalidTestimony, match="words"):
        read_testimony(row.raw)
