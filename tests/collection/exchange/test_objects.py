"""TinyDB files and other JSON whose keys are not ours."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from collection import Collection, Testimony
from collection.exchange.formats import format_of
from collection.exchange.interface import Reading
from collection.exchange.tables.tables import inspect
from collection.testimony import Narrator, Place
from tests.collection.exchange.reading_files import problems, read, rows
from tests.collection.strategies import plain

if TYPE_CHECKING:
    from pathlib import Path

ANN = {"name": "Ann", "text": "I was there.", "year": 1946, "place": {"town": "Lwów", "now": "L"}}


def _format(path: Path, value: Any) -> str:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return format_of(path)


def test_the_kind_of_a_json_file_is_told_by_its_beginning(
    tmp_path: Path, voices: Collection
) -> None:
    path = tmp_path / "a.json"
    record = {"title": "T", "account": "A"}
    assert _format(path, {"_default": {"1": ANN}}) == "tinydb"
    assert _format(path, {"_default": {}, "interviews": {"7": ANN}}) == "tinydb"
    assert _format(path, {'odd "\\ name': {"1": record}}) == "tinydb"
    assert _format(path, {"_default": {}}) == "tinydb"
    assert _format(path, {"interviews": [ANN]}) == "tinydb"
    assert _format(path, [ANN]) == "tinydb"
    assert _format(path, json.dumps(ANN) + "\n" + json.dumps(ANN)) == "tinydb"
    assert _format(path, [record]) == "jsonl"
    assert _format(path, record | {"speaker": "Ann", "box": 3}) == "jsonl"
    assert _format(path, json.dumps(record, indent=1)) == "jsonl"
    assert _format(path, "\ufeff" + json.dumps([record])) == "jsonl"
    assert _format(path, "") == "jsonl"
    assert _format(path, "[" * 100_000) == "jsonl"
    assert _format(path, '{"a": ' * 100_000) == "jsonl"
    voices.add(Testimony(title="T", account="A"))
    assert format_of(voices.path) == "jsonl"


def test_a_stock_tinydb_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    with TinyDB(path) as database:
        database.insert(ANN)
        database.table("interviews").insert(
            {"name": "Bob", "text": "So was I.", "tags": ["a;b", "c"]}
        )
    one, two = read(path)
    assert (one.narrator, one.account, one.date.edtf) == (Narrator("Ann"), "I was there.", "1946")
    assert (one.places, one.extra) == ((Place("Lwów"),), {"place.now": "L", "doc_id": 1})
    assert (two.account, two.keywords) == ("So was I.", ("a;b", "c"))
    table = inspect(path, "tinydb")
    assert (table.sheets, table.sheet, table.sure) == (("_default", "interviews"), "", False)
    assert [one.narrator.name for one in read(path, reading=Reading(sheet="interviews"))] == ["Bob"]
    assert "no table 'x'" in problems(path, reading=Reading(sheet="x"))[0]


def test_a_mapping_says_what_is_what(tmp_path: Path) -> None:
    mapping = {"who": "narrator.name", "what": "account", "head": "title", "secret": ""}
    line = {
        "who": "Ann",
        "what": "x",
        "head": "T",
        "secret": 1,
        "n": None,
        "deep": {"a": [{"b": 1}]},
    }
    (one,) = read(tmp_path / "a.json", json.dumps([line]), Reading(mapping=mapping))
    assert (one.title, one.narrator.name, one.account) == ("T", "Ann", "x")
    assert one.extra == {"deep.a": [{"b": 1}]}


def test_what_is_no_object_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    found = rows(path, json.dumps([ANN, 3, "x", ANN]))
    assert [row.problem is None for row in found] == [True, False, False, True]
    content = json.dumps(ANN) + "\n{broken\n" + json.dumps(ANN) + "\n"
    found = rows(path, content)
    assert [row.where.line for row in found if row.problem] == [2]
    assert len(found) == 3


@pytest.mark.parametrize(
    "content", ['{"_default": {"1": {"a": ', '{"_default": {"1": {}}, "x": 1}']
)
def test_damaged_files_are_told_or_read_as_one(tmp_path: Path, content: str) -> None:
    assert len(rows(tmp_path / "a.json", content)) == 1


def test_half_characters_and_depth_are_told(tmp_path: Path) -> None:
    assert problems(tmp_path / "a.json", '{"_default": {"1": {"name": "\\ud800"}}}')
    deep = '{"_default": {"1": {"name": ' + "[" * 100_000
    assert "nests too deeply" in problems(tmp_path / "a.json", deep)[0]


@given(documents=st.lists(st.dictionaries(st.text(max_size=5), plain, max_size=4), max_size=3))
def test_no_document_raises_or_loses_a_text(
    tmp_path_factory: pytest.TempPathFactory, documents: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("a") / "a.json"
    marked = [document | {"shoe size": "m" * 9} for document in documents]
    path.write_text(json.dumps({"t": {str(n): one for n, one in enumerate(marked, 1)}}))
    if not documents:
        return
    found = rows(path)
    assert len(found) == len(documents)
    for row, document in zip(found, marked, strict=True):
        told = repr(row.raw)
        for value in document.values():
            if isinstance(value, str) and ";" not in value and "|" not in value:
                assert repr(value.strip())[1:-1] in told
