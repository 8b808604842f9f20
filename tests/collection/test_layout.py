from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import tinydb
from hypothesis import given
from hypothesis import strategies as st

from collection import CannotOpen, Collection, Testimony
from collection.preview import preview
from collection.store import layout
from collection.store.mainfile import Lines, read_main
from collection.store.rewriting import Rewriting, read_tables, write_tables
from tests.collection.strategies import plain, texts

if TYPE_CHECKING:
    from pathlib import Path

SAYS = {"format": "firsthand", "schema": 1, "created": "x"}
entries = st.dictionaries(
    st.integers(0, 10**6), st.dictionaries(texts(), plain, max_size=3), max_size=4
)


dated = st.builds(
    lambda name, day: {"id": name, "date": {"latest": day}},
    st.sampled_from("abcdefgh"),
    st.none() | st.sampled_from(["1944", "1945-01-02", "2022"]),
)


def _write(file: Path, tables: dict[str, dict[int, Any]]) -> None:
    encoded = {
        name: {n: msgspec.json.encode(entry) for n, entry in table.items()}
        for name, table in tables.items()
    }
    file.write_bytes(b"".join(write_tables(SAYS, encoded)))


def _read(file: Path) -> Any:
    _, tables = read_tables(file)
    return {
        name: {n: msgspec.json.decode(raw) for n, raw in table.items()}
        for name, table in tables.items()
        if table
    }


@given(st.dictionaries(texts(), entries, max_size=4))
def test_tables_are_given_back_by_us_and_by_json(tmp_path: Path, tables: dict[str, Any]) -> None:
    file = tmp_path / "a"
    tables = {name: table for name, table in tables.items() if name not in layout.OWN}
    _write(file, tables)
    filled = {name: table for name, table in tables.items() if table}
    whole = json.loads(file.read_bytes())
    for name, table in tables.items():
        assert whole[name] == {str(n): entry for n, entry in table.items()}
    assert _read(file) == filled
    assert read_main(file, {}, {}).sound
    for rewritten in (
        json.dumps(whole),
        json.dumps(whole, indent=2),
        "\ufeff" + json.dumps(whole, ensure_ascii=False),
    ):
        file.write_text(rewritten, "utf-8")
        assert _read(file) == filled


@given(st.dictionaries(texts(), entries, max_size=4), st.data())
def test_a_file_written_anew_holds_what_it_held(
    tmp_path: Path, tables: dict[str, Any], data: st.DataObject
) -> None:
    old, new = tmp_path / "a", tmp_path / "b"
    tables = {name: table for name, table in tables.items() if name not in layout.OWN}
    tables[layout.TESTIMONIES] = data.draw(st.dictionaries(st.integers(1, 50), dated, max_size=9))
    _write(old, tables)
    main = read_main(old, {}, {})
    for name, table in tables.items():
        for number in data.draw(st.lists(st.sampled_from([*table, 60, 61]), max_size=3)):
            entry = data.draw(st.none() | dated)
            if entry is not None:
                table[number] = entry
                main.tables[name][number] = msgspec.json.encode(entry)
            else:
                table.pop(number, None)
                main.tables[name].pop(number, None)
    with Lines(old, main.signature) as lines:
        content = Rewriting(SAYS, main.tables, main, lines)
        new.write_bytes(b"".join(content))
    assert _read(new) == {name: table for name, table in tables.items() if table}
    again = read_main(new, {}, {})
    assert again.sound
    assert (again.crc, again.digest[0]) == (content.crc, content.size)
    assert again.tables == content.tables
    with Lines(new, again.signature) as lines:
        ranks = [layout.Rank(lines.raw(one)) for one in again.tables[layout.TESTIMONIES].values()]
    assert not any(later < one for one, later in pairwise(ranks))


def test_the_first_lines_are_the_newest(tmp_path: Path) -> None:
    def entry(id: str, day: str | None) -> dict[str, Any]:
        return {"id": id, "date": {"latest": day}}

    days = {
        1: entry("b", None),
        2: entry("c", "1944-01-01"),
        3: entry("z", "1945-01-01"),
        4: entry("a", "1945-01-01"),
        5: {"id": 3},
        6: entry("a", None),
    }
    _write(tmp_path / "a", {layout.TESTIMONIES: days})
    assert [*_read(tmp_path / "a")[layout.TESTIMONIES]] == [4, 3, 2, 5, 6, 1]


def test_what_nobody_touches_stays_byte_for_byte(tmp_path: Path) -> None:
    file = tmp_path / "a"
    odd = b'{"id":"x","n":1.50e3,"big":123456789012345678901234567890,"s":"\\u00e9\\/"}'
    file.write_bytes(
        b'{"collection": {\n"1": {"format":"firsthand","schema":1}\n},\n"testimonies": {\n"7": '
        + odd
        + b'\n},\n"mine": {\n"1": [1]\n}}\n'
    )
    before = file.read_bytes()
    voices = Collection.open(file)
    assert len(voices.problems) == 1
    kept = voices.add(Testimony(title="a", account="b"))
    voices.fold()
    assert odd in file.read_bytes()
    assert b'"mine": {\n"1": [1]\n}' in file.read_bytes()
    voices.undo()
    assert kept.id not in voices
    voices.close()
    assert before[before.index(b'"testimonies"') : before.index(b'"mine"')] in file.read_bytes()


REFUSED = {
    "binary": bytes(range(256)) * 8,
    "nuls": b"\0" * 4096,
    "text": b"Dear diary",
    "half": b'{"collection": {\n"1": {"format":"firsthand","schema":1}\n},\n"testimonies": {\n"1": {"id": "a", "ti',
    "list": b"[1, 2]",
    "number": b"7",
    "flat": b'{"a": 1}',
    "geojson": b'{"type": "FeatureCollection", "features": []}',
    "foreign tinydb": b'{"_default": {"1": {"name": "x"}}}',
    "no header": b'{"testimonies": {"1": {"id": "a"}}}',
    "no header, in lines": b'{"testimonies": {\n"1": {"id": "a"}\n}}\n',
    "other format": b'{"collection": {"1": {"format": "x", "schema": 1}}}',
    "no schema": b'{"collection": {"1": {"format": "firsthand"}}}',
    "header is a list": b'{"collection": {"1": [1]}}',
    "newer": b'{"collection": {"1": {"format": "firsthand", "schema": 3}}}',
    "newer, in lines": b'{"collection": {\n"1": {"format":"firsthand","schema":99}\n}}\n',
    "unnumbered": b'{"collection": {"1": {"format": "firsthand", "schema": 1}}, "testimonies": {"a": {}}}',
    "odd numbers": b'{"collection": {"1": {"format": "firsthand", "schema": 1}}, "testimonies": {"1": {}, "01": {}}}',
    "twice": b'{"collection": {"1": {"format": "firsthand", "schema": 1}}, "testimonies": {"1": {}, "1": {}}}',
    "not utf-8": b'{"collection": {"1": {"format": "firsthand", "schema": 1, "x": "\xff"}}}',
    "utf-16": '{"collection": {}}'.encode("utf-16"),
    "deep": b'{"collection": {"1": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_002,
    "nan": b'{"collection": {"1": {"format": "firsthand", "schema": 1, "x": NaN}}}',
    "huge line": b"x" * 5_000_000,
    "escape": b'{"\x1b[31m": ',
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_no_collection_is_refused_and_left(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    for open_it in (lambda: Collection.open(file), lambda: Collection.open(file, read_only=True)):
        with pytest.raises(CannotOpen) as refused:
            open_it()
        assert "left as it is" in str(refused.value) or "left" in str(refused.value)
        assert str(refused.value).isprintable()
    assert preview(file, 10) == []
    assert file.read_bytes() == content
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_newer_files_ask_for_a_newer_program(file: Path) -> None:
    file.write_bytes(REFUSED["newer"])
    with pytest.raises(CannotOpen, match="newer Firsthand .schema 3; this one reads up to 2"):
        Collection.open(file)


def test_a_file_cut_off_anywhere_is_refused_and_names_its_backup(file: Path) -> None:
    with Collection.open(file) as voices:
        for n in range(8):
            voices.add(Testimony(title=f"Title {n}", account="x" * 50, date=f"19{n}4"))
        voices.fold()
        voices.revise(voices.ids()[0], title="Other")
    whole = file.read_bytes()
    for part in range(1, 20):
        file.write_bytes(whole[: len(whole) * part // 20])
        with pytest.raises(CannotOpen, match=r"voices\.json\.bak"):
            Collection.open(file)
        with pytest.raises(CannotOpen):
            Collection.open(file, read_only=True)
        assert file.read_bytes() == whole[: len(whole) * part // 20]
    file.write_bytes(whole.rstrip())
    assert len(Collection.open(file)) == 8


def test_an_empty_file_is_a_new_collection(file: Path) -> None:
    file.write_bytes(b"\n")
    with Collection.open(file) as voices:
        assert len(voices) == 0
        voices.add(Testimony(title="a", account="b"))
    assert len(Collection.open(file)) == 1


def test_an_empty_file_with_a_backup_is_refused(file: Path) -> None:
    file.touch()
    file.with_name("voices.json.bak").write_bytes(b"{}")
    with pytest.raises(CannotOpen, match="backup"):
        Collection.open(file)
    assert file.read_bytes() == b""


def test_two_files_merged_by_hand_lose_nothing(file: Path) -> None:
    a, b, c = (msgspec.json.encode(Testimony(id=x, title=x, account=x)) for x in "abc")
    file.write_bytes(
        b'{"collection": {\n"1": {"format":"firsthand","schema":1}\n},\n"testimonies": {\n"1": '
        + a
        + b',\n"1": '
        + b
        + b'\n},\n"testimonies": {\n"1": '
        + c
        + b"\n}}\n"
    )
    with Collection.open(file) as voices:
        assert voices.ids() == ["a", "b", "c"]
        voices.revise("b", title="B")
    assert [one.title for one in Collection.open(file)] == ["a", "B", "c"]
    with tinydb.TinyDB(file) as stock:
        assert len(stock.table("testimonies")) == 3
