"""The command line: what is missing, and changing many at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collection import Collection
from collection.gaps import KINDS
from collection.testimony import CONSENTS, LEVELS, PARTS
from tui import tending_commands
from tui.cli import firsthand

ESCAPES = "\x1b]0;owned\x07\x9b31m\r[/]"
WHOLE: dict[str, Any] = {
    "account": "x", "date": "1945", "places": ["Praha"], "themes": ["Hunger"], "narrator": "Anna",
    "language": "cs", "source": "A book", "consent": {"status": "documented"},
}  # fmt: skip
RECORDS = [
    WHOLE | {"id": "a", "title": f"Title {ESCAPES}", "themes": []},
    WHOLE | {"id": "b", "title": "Whole"},
    WHOLE | {"id": "c", "title": "Unclear", "date": "", "themes": ["hunger", "Flight"],
             "places": [f"Qxzy {ESCAPES}"]},
    {"id": "s", "title": "Secret title", "account": "x", "themes": ["Secret"],
     "access": {"record": {"level": "embargoed", "until": "2020-01-01"}}},
]  # fmt: skip

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs the command line in this process, on a collection of its own."""
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    assert CliRunner().invoke(firsthand, ["import", "in.jsonl"]).exit_code == 0
    return lambda *args: CliRunner().invoke(firsthand, args)


def themes() -> dict[str, tuple[str, ...]]:
    with Collection.open("voices.json", read_only=True) as voices:
        return {one.id: one.themes for one in voices}


def test_the_choices_are_those_of_the_collection() -> None:
    assert [*KINDS] == [*tending_commands.KINDS]
    assert (tending_commands.CONSENTS, tending_commands.PARTS) == (CONSENTS, PARTS)
    assert LEVELS[1:] == tending_commands.LEVELS


# --- gaps ------------------------------------------------------------------------------------


def test_what_is_missing_is_listed_under_its_testimony(invoke: Invoke) -> None:
    result = invoke("gaps")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")][1:] == [
        "c  Unclear", "s  (withheld)",
    ]  # fmt: skip
    assert lines[0].startswith("a  Title")
    assert "    No theme is given." in lines
    assert "    It does not say when it was given." in lines
    assert not set(result.stdout) & set("\x1b\x07\x9b\r")
    assert "Secret" not in result.stdout
    assert "sealed" in result.stderr
    assert "Secret title" in invoke("gaps", "--private").stdout


def test_what_is_missing_as_json(invoke: Invoke) -> None:
    result = invoke("gaps", "--json", "--kind", "unthemed", "--kind", "ended")
    assert json.loads(result.stdout) == {
        "total": 2,
        "counts": {"unthemed": 1, "ended": 1},
        "gaps": [
            {"id": "a", "kind": "unthemed", "field": "themes", "sentence": "No theme is given."},
            {"id": "s", "kind": "ended", "field": "access.record.until",
             "sentence": "The embargo has ended (record 2020-01-01); it stays sealed until you "
                         "decide."},
        ],
    }  # fmt: skip


def test_nothing_missing_is_no_error(invoke: Invoke) -> None:
    result = invoke("gaps", "--kind", "language")
    assert (result.exit_code, result.stdout) == (0, "Nothing is missing.\n")
    assert invoke("gaps", "--kind", "cake").exit_code == 2


# --- change ----------------------------------------------------------------------------------


def test_many_are_changed_in_one_step(invoke: Invoke) -> None:
    before = themes()
    result = invoke("change", "--all", "--add-theme", "Hunger", "--remove-theme", "FLIGHT")
    assert result.exit_code == 0
    assert result.stdout == (
        "2 changed; 1 has it already; 1 is masked here and left alone (v shows it).\n"
    )
    assert themes() == {"a": ("Hunger",), "b": ("Hunger",), "c": ("hunger",), "s": ("Secret",)}
    with Collection.open("voices.json") as voices:
        voices.undo()
    assert themes() == before


def test_only_what_is_found_is_changed(invoke: Invoke) -> None:
    result = invoke("change", "theme:hunger", "--series", "Two", "--json")
    assert json.loads(result.stdout) == {
        "changed": ["b", "c"], "same": 0, "stricter": 0, "left_alone": 0, "only_sealed": 0,
        "replaced": {},
    }  # fmt: skip


def test_a_dry_run_changes_nothing(invoke: Invoke) -> None:
    before = Path("voices.json").read_bytes()
    result = invoke("change", "--all", "--add-theme", "New", "--dry-run")
    assert "3 of 4 change" in result.stdout
    assert Path("voices.json").read_bytes() == before


def test_sealing_reaches_what_is_masked_and_never_loosens(invoke: Invoke) -> None:
    seal = ("--restrict", "record", "--level", "private", "--reason", "Asked for")
    assert "4 changed" in invoke("change", "--all", *seal).stdout
    weaker = invoke("change", "--all", "--restrict", "record", "--until", "2050-01-01")
    assert weaker.stdout == ("Nothing was changed; 4 are sealed further already and stay so.\n")
    with Collection.open("voices.json", read_only=True) as voices:
        assert voices.get("s").access.record.level == "private"
        assert voices.get("s").access.record.until is None


@pytest.mark.parametrize(("args", "code", "told"), [
    (("change", "--add-theme", "X"), 2, "QUERY, or --all"),
    (("change", "hunger", "--all", "--add-theme", "X"), 2, "QUERY, or --all"),
    (("change", "--all"), 2, "what to change"),
    (("change", "--all", "--level", "private"), 2, "--restrict"),
    (("change", "--all", "--restrict", "name", "--until", "soon"), 1, "write a day"),
    (("change", "--all", "--add-theme", " "), 1, "empty"),
    (("change", "qqxzvbn", "--add-theme", "X"), 1, "Nothing was"),
    (("change", "hunger qqxzvbn", "--add-theme", "X"), 1, "Nothing was changed"),
    (("change", "is:cake", "--add-theme", "X"), 1, "Nothing was changed"),
    (("change", "Secret", "--add-theme", "X"), 1, "Nothing was"),
])  # fmt: skip
def test_what_is_not_clear_is_refused(
    invoke: Invoke, args: tuple[str, ...], code: int, told: str
) -> None:
    before = themes()
    result = invoke(*args)
    assert result.exit_code == code, result.output
    assert told in result.stderr
    assert themes() == before
