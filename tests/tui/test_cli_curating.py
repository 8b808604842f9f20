"""The command line: names renamed, merged and split off, and names that look alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.collection.small_gazetteer import SmallGazetteer, in_place
from tui.cli import firsthand

ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\x00\u202e\u2066\u2028[/]"
RECORDS = [
    {"id": "a", "title": "Two looms", "account": "x", "places": ["Lwów"], "narrator": "Anna Weiss",
     "themes": ["Forced Labour", "hunger"]},
    {"id": "b", "title": "Bread", "account": "x", "places": ["Lwow", "Kyiv"],
     "narrator": "Weiss, Anna", "themes": ["forced labor"]},
    {"id": "c", "title": "Road", "account": "x", "places": ["Lwow"], "narrator": "Anna Weiss"},
    {"id": "s", "title": "Sealed", "account": "x", "places": ["Lwow", "Kyjiv"], "themes": ["hungr"],
     "narrator": "Ruth", "access": {"record": {"level": "private"}}},
]  # fmt: skip

Invoke = Callable[..., Result]


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs the command line in this process, on a collection."""
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    assert CliRunner().invoke(firsthand, ["import", "in.jsonl"]).exit_code == 0
    return lambda *args: CliRunner().invoke(firsthand, args)


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    read: dict[str, Any] = json.loads(result.stdout)
    return read


def test_narrators_are_listed(invoke: Invoke) -> None:
    result = invoke("narrators")
    assert result.stdout.splitlines() == ["Anna Weiss — 2 testimonies", "Weiss, Anna — 1 testimony"]
    assert "sealed" in result.stderr
    assert "Ruth — 1 testimony" in invoke("narrators", "--private").stdout
    told = document(invoke("narrators", "--json"))
    assert told["narrators"][0] == {"name": "Anna Weiss", "count": 2}
    assert told["total"] == 2


def test_names_that_look_alike_stand_side_by_side(invoke: Invoke) -> None:
    assert invoke("narrators", "--near").stdout == (
        "Anna Weiss (2) | Weiss, Anna (1) — the same words, put otherwise\n"
    )
    assert invoke("themes", "--near").stdout == (
        "forced labor (1) | Forced Labour (1) — spelt nearly the same, 92 %\n"
    )
    assert invoke("places", "--near").stdout == (
        "Lwów (1) | Lwow (2) — the same letters, written otherwise\n"
    )
    assert "hungr" in invoke("themes", "--near", "--private").stdout
    told = document(invoke("places", "--near", "--json"))
    assert told["total"] == 1
    assert told["pairs"][0] == {
        "names": ["Lwów", "Lwow"], "counts": [1, 2], "reason": "alike", "likeness": 1.0,
    }  # fmt: skip
    assert invoke("places", "--near", "--status", "unknown").exit_code == 2
    invoke("merge", "place", "Lwow", "--into", "Lwów")
    none = invoke("places", "--near")
    assert (none.exit_code, none.stdout) == (1, "")


def test_a_name_is_renamed_for_all(invoke: Invoke) -> None:
    result = invoke("rename", "theme", "FORCED LABOR", "Slave labour")
    assert result.stdout == "FORCED LABOR is called Slave labour now; 1 testimony follows.\n"
    assert '"b"' in invoke("search", "--json", "theme:forced labor").stdout
    told = document(invoke("rename", "place", "Kyiv", "Київ", "--drop", "--json"))
    assert told == {"kind": "place", "name": "Київ", "changed": ["b"], "left": []}
    assert document(invoke("place", "Київ", "--json"))["aliases"] == []


def test_names_are_merged(invoke: Invoke) -> None:
    result = invoke("merge", "place", "Lwow", "--into", "Lwów")
    assert result.stdout == "Merged Lwow into Lwów; 2 testimonies follow.\n", "no sealed one counts"
    assert document(invoke("show", "--json", "s", "--private"))["places"][0]["name"] == "Lwów"
    told = document(invoke("merge", "narrator", "Weiss, Anna", "--into", "Anna Weiss", "--json"))
    assert told["changed"] == ["b"]
    assert invoke("narrators").stdout == "Anna Weiss — 3 testimonies\n"


def test_some_are_split_off(invoke: Invoke) -> None:
    result = invoke("split", "place", "Lwow", "Lwów", "b")
    assert result.stdout == "Split Lwów off Lwow; 1 testimony follows.\n"
    assert document(invoke("place", "Lwów", "--json"))["count"] == 2


def test_a_theme_has_narrower_ones(invoke: Invoke) -> None:
    told = invoke("theme", "work", "--narrower", "forced labor", "--narrower", "Forced Labour")
    assert "    Narrower: forced labor; Forced Labour" in told.stdout
    assert (
        "    Narrower: forced labor" in invoke("theme", "work", "--narrower", "forced labor").stdout
    )
    assert "Narrower" not in invoke("theme", "work", "--narrower", "").stdout


WRONG = [
    (["rename", "place", "Nowhere", "X"], 1),
    (["rename", "place", "Kyjiv", "X"], 1),
    (["rename", "place", "Lwow", "Lwów"], 1),
    (["rename", "place", "Lwow", " "], 1),
    (["rename", "keyword", "a", "b"], 2),
    (["rename", "place", "Lwow"], 2),
    (["merge", "place", "Lwow"], 2),
    (["merge", "place", "--into", "Lwow"], 2),
    (["merge", "place", "Lwow", "--into", "Lwow"], 1),
    (["merge", "place", "Kyjiv", "--into", "Lwow"], 1),
    (["merge", "place", "Lwow", "--into", "Kyjiv"], 1),
    (["split", "place", "Lwow", "X"], 2),
    (["split", "place", "Lwow", "X", "a"], 1),
    (["split", "place", "Lwow", "X", "s"], 1),
    (["theme", "hunger", "--narrower", "Hunger"], 1),
]


@pytest.mark.parametrize(("args", "code"), WRONG)
def test_what_cannot_be_is_refused(invoke: Invoke, args: list[str], code: int) -> None:
    before = Path("voices.json").read_bytes()
    result = invoke(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert 1 <= result.stderr.count("\n") <= 2
    assert Path("voices.json").read_bytes() == before


@pytest.mark.parametrize("command", [["narrators"], ["places", "--near"],
                                     ["rename", "place", "a", "b"],
                                     ["merge", "place", "a", "--into", "b"],
                                     ["split", "place", "a", "b", "c"]])  # fmt: skip
def test_an_absent_collection_is_not_made(invoke: Invoke, command: list[str]) -> None:
    result = invoke(*command, "--collection", "other.json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert not Path("other.json").exists()


def test_text_of_the_data_cannot_command_the_terminal(invoke: Invoke) -> None:
    names = {"places": [f"P{ESCAPES}", f"p{ESCAPES}"], "narrator": f"N{ESCAPES}"}
    Path("x.jsonl").write_text(json.dumps({"id": "x", "title": "T", "account": "A", **names}))
    assert invoke("import", "x.jsonl").exit_code == 0
    for args in (
        ["narrators"],
        ["places", "--near"],
        ["rename", "narrator", f"N{ESCAPES}", f"M{ESCAPES}"],
        ["rename", "narrator", f"no {ESCAPES}", "x"],
        ["rename", "narrator", f"M{ESCAPES}", "Anna Weiss[/]"],
        ["merge", "place", f"P{ESCAPES}", "--into", f"p{ESCAPES}"],
        ["split", "place", f"p{ESCAPES}", f"Q{ESCAPES}", "x"],
        ["split", "place", f"Q{ESCAPES}", "R", f"no {ESCAPES}"],
    ):
        result = invoke(*args)
        assert not set("\x1b\x07\x9b\r\x00\u202e\u2066\u2028") & set(result.stdout + result.stderr)
        assert "[/]" in result.stdout + result.stderr, "not taken for markup"
    assert "Traceback" not in invoke("rename", "place", "half\udcff", "x\udcff").output
