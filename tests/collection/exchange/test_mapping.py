"""Which column is what: given on a command line, and remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from collection import Collection
from collection.errors import CannotSave
from collection.exchange.incoming import Planner
from collection.exchange.interface import Reading
from collection.exchange.tables.csvtable import CSV
from collection.exchange.tables.mapping import UnknownColumn, parse_mapping, remember, remembered
from collection.exchange.tables.profiles import recognise
from collection.exchange.tables.tables import inspect, told
from collection.exchange.tables.targets import KEYS, TARGETS, target_key
from collection.reading import read_testimony
from tests.collection.exchange.reading_files import problems, read, rows

if TYPE_CHECKING:
    from pathlib import Path


def test_columns_are_mapped_by_hand(tmp_path: Path) -> None:
    mapping = parse_mapping(["Q1=title", "a=b=account", " Who = narrator", "Odd="])
    assert mapping == {"Q1": "title", "a=b": "account", "Who": "narrator.name", "Odd": ""}
    content = "q 1,WHO,a=b,Odd,Rest\nT,Ann,x,secret,7\n"
    (one,) = read(tmp_path / "a.csv", content, Reading(mapping=mapping))
    assert (one.title, one.narrator.name, one.account, one.extra) == (
        "T",
        "Ann",
        "x",
        {"Rest": "7"},
    )


@pytest.mark.parametrize("text", ["title", "=title", "Column=narator", "Column=turns"])
def test_a_mapping_that_makes_no_sense_is_told(text: str) -> None:
    with pytest.raises(UnknownColumn, match="column"):
        parse_mapping([text])


def test_a_column_that_there_is_not_is_told(tmp_path: Path) -> None:
    reading = Reading(mapping={"Town": "places"})
    (told,) = problems(tmp_path / "a.csv", "Title,Text\nT,x\n", reading)
    assert told == "There is no column 'Town'. There are 'Title', 'Text'."
    assert inspect(tmp_path / "a.csv", "csv", reading).problem.message == told
    wrong = Reading(mapping={"Text": "narator"})
    assert "'narator' is nothing" in problems(tmp_path / "a.csv", reading=wrong)[0]


def test_every_target_can_be_chosen_and_read(tmp_path: Path) -> None:
    assert len(KEYS) == len(TARGETS)
    for target in TARGETS:
        assert target_key(target.key) == target.key
        columns = "Title,Account,Column\nT,A,x\n"
        (one,) = read_rows_of(tmp_path / "a.csv", columns, {"Column": target.key})
        assert one["title"]


def read_rows_of(path: Path, content: str, mapping: dict[str, str]) -> list[dict[str, object]]:
    found = [row.raw for row in rows(path, content, Reading(mapping=mapping))]
    for raw in found:
        try:
            read_testimony(raw)
        except Exception as error:  # noqa: BLE001  # only a record's own problems may arise
            assert type(error).__name__ == "InvalidTestimony"
    return found


def test_mappings_are_remembered_by_the_headers(tmp_path: Path) -> None:
    path = tmp_path / "state" / "mappings.json"
    columns = ["Wer", "Was", "Wo (Ort)"]
    assert remembered(path, columns) is None
    remember(path, columns, {"Wer": "narrator.name", "Was": "account", "Wo (Ort)": ""})
    remember(path, ["Other"], {"Other": "title"})
    assert remembered(path, ["was", "WER", "wo ort"]) == {
        "was": "account",
        "WER": "narrator.name",
        "wo ort": "",
    }
    assert remembered(path, ["Wer", "Was"]) is None
    remember(path, columns, {"Wer": "title", "Was": "account", "Wo (Ort)": "places"})
    assert remembered(path, columns)["Wer"] == "title"


@pytest.mark.parametrize("content", ["", "{", "[1]", '[{"columns": ["a"], "mapping": {"a": "x"}}]'])
def test_a_damaged_memory_remembers_nothing_of_use(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mappings.json"
    path.write_text(content)
    assert remembered(path, ["a"]) in (None, {"a": "extra"})
    remember(path, ["a"], {"a": "title"})
    assert remembered(path, ["a"]) == {"a": "title"}


def test_what_cannot_be_remembered_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotSave, match="could not be kept"):
        remember(tmp_path / "file" / "mappings.json", ["a"], {"a": "title"})


def test_the_whole_proposal_may_be_given_back(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("title,account,narrator.name,turns,withheld\nT,x,Ann,,\n")
    mapping = inspect(path, "csv").mapping
    (one,) = read(path, reading=Reading(mapping=mapping))
    assert one.narrator.name == "Ann"
    assert recognise(["title", "account"]).name == "record"


# --- told to people ----------------------------------------------------------------------------


def test_how_the_columns_are_taken_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Wer;Nr;Sperrfrist;Bericht;\x1bOdd;Weg\nAnna;3;2050;Es war so.;x;y\n")
    lines = list(told(inspect(path, "csv", Reading(mapping={"Weg": ""}))))
    assert lines == [
        "The columns are taken by their headers:",
        "  Wer → Narrator",
        "  Sperrfrist → Embargo: until when the record is closed",
        "  Bericht → Account: the words of the testimony",
        "  Nr, \\x1bOdd → kept among the further values",
        "  Weg → left out",
    ]


def test_known_shapes_and_wide_tables_are_told_shortly(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,title,narrator.name,account\na,T,Ann,x\n")
    first, *rest = told(inspect(path, "csv"))
    assert first == "The columns are taken as Firsthand CSV has them:"
    assert len(rest) == 4
    path.write_text("Title,Text," + ",".join(f"Q{n}" for n in range(5000)) + "\nT,x\n")
    lines = list(told(inspect(path, "csv")))
    assert len(lines) == 4
    assert lines[-1].endswith("Q39, and 4960 more → kept among the further values")
    path.write_text("")
    assert list(told(inspect(path, "csv"))) == []


# --- what is missing ---------------------------------------------------------------------------


def test_a_table_without_an_account_says_which_column_it_needs(
    voices: Collection, tmp_path: Path
) -> None:
    found = rows(tmp_path / "a.csv", "Town,Year\nWien,1938\n")
    report = voices.import_rows(found)
    told = {problem.field: problem.message for problem in report.problems}
    assert told["account"].startswith("No column is taken for the account. Say which one holds")
    assert told["title"].startswith("No column is taken for the title, and none for the narrator")
    report = voices.import_rows(rows(tmp_path / "a.csv", "Name,Text\n,It was so.\n"))
    assert "this row names no narrator" in report.problems[0].message
    # A column that is there and empty in one row is another matter.
    report = voices.import_rows(rows(tmp_path / "a.csv", "Title,Text\nT,\n"))
    assert report.problems[0].message == "The account is missing; a testimony needs one."
    assert report.problems[0].where.column == "Text"


def test_a_row_can_be_shown_as_it_stands(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "a.csv", "Town,Year,Box\n Wien ,1938,\n")
    verdict = Planner(lambda _: None, frozenset()).take(1, row)
    assert verdict.source is not None
    assert verdict.source() == "Town:  Wien \nYear: 1938"


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", "Title,Account\n", "Title;Text\n;\n"])
def test_a_table_that_holds_nothing_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    (told,) = problems(path, content)
    assert told.startswith("'a.csv' holds no records")
    assert inspect(path, "csv").problem.message == told


def test_our_own_table_may_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"".join(CSV().write([])))
    assert rows(path) == []
    assert inspect(path, "csv").problem is None
