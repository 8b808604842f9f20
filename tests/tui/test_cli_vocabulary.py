"""The command line: places and themes, shown and decided."""

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
    {"id": "a", "title": "Two looms", "account": "x", "places": ["Lwów", "Georgia"],
     "themes": ["Forced Labour", "hunger"]},
    {"id": "b", "title": "Bread", "account": "x", "places": ["Georgia", "Nowhere"],
     "themes": ["forced labour"]},
    {"id": "s", "title": "Sealed", "account": "x", "places": ["Kyiv"], "themes": ["flight"],
     "access": {"record": {"level": "private"}}},
]  # fmt: skip

Invoke = Callable[..., Result]


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallGazetteer]:
    yield from in_place(monkeypatch)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs the command line in this process, in a home of the test's own."""
    for name in ("data", "config", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(firsthand, args)


@pytest.fixture
def invoke(empty: Invoke) -> Invoke:
    """The same, with a collection."""
    Path("in.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    assert empty("import", "in.jsonl").exit_code == 0
    return empty


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") == 1
    read: dict[str, Any] = json.loads(result.stdout)
    return read


# --- places ------------------------------------------------------------------------------------


def test_places_are_listed_with_what_they_may_mean(invoke: Invoke) -> None:
    result = invoke("places")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Georgia — 2 testimonies; ambiguous",
        "    1. Georgia (country; GE; 42.0000, 43.5000)",
        "    2. Georgia (state; US; 33.0000, -83.5000) — United States",
        "Lwów — 1 testimony; resolved; town; UA; 49.8400, 24.0300",
        "    Lies in: Lviv Oblast; Ukraine",
        "    Also called: Lemberg; Львів",
        "Nowhere — 1 testimony; unknown",
    ]
    assert "sealed" in result.stderr
    assert invoke("places", "--status", "unknown").stdout.splitlines() == [
        "Nowhere — 1 testimony; unknown"
    ]
    none = invoke("places", "--status", "decided")
    assert (none.exit_code, none.stdout) == (1, "")
    assert "Kyiv" in invoke("places", "--private").stdout
    told = document(invoke("places", "--json"))
    assert told["total"] == 3
    assert [one["name"] for one in told["places"]] == ["Georgia", "Lwów", "Nowhere"]
    assert told["places"][0]["candidates"][1]["within"] == ["United States"]
    assert told["places"][1]["latitude"] == 49.84
    assert told["places"][2]["count"] == 1


def test_a_place_is_shown_and_decided_by_number(invoke: Invoke) -> None:
    before = Path("voices.json").read_bytes()
    assert "    2. Georgia (state; US" in invoke("place", "Georgia").stdout
    assert "    1. Lviv (town; UA" in invoke("place", "Lwów").stdout, "to choose it after all"
    assert Path("voices.json").read_bytes() == before
    result = invoke("place", "Georgia", "--choose", "2", "--also", "GA")
    assert result.stdout.splitlines() == [
        "Georgia — 2 testimonies; decided; state; US; 33.0000, -83.5000",
        "    Lies in: United States",
        "    Also called: GA",
    ]
    for id in "ab":
        (place,) = (
            one
            for one in document(invoke("show", "--json", id))["places"]
            if one["name"] == "Georgia"
        )
        assert (place["country"], place["status"]) == ("US", "decided")
    assert "Georgia" in invoke("places", "--status", "decided").stdout
    told = document(invoke("place", "Georgia", "--choose", "1", "--json"))
    assert (told["country"], told["aliases"], told["count"]) == ("GE", ["Gruzja"], 2)


def test_a_place_is_decided_by_hand(invoke: Invoke) -> None:
    told = document(invoke("place", "Nowhere", "--country", "pl|ua", "--at", "-1.5,24", "--json"))
    expected = {"country": "PL|UA", "latitude": -1.5, "longitude": 24.0, "status": "decided"}
    assert told | expected == told
    assert document(invoke("place", "Georgia", "--country", "ge", "--json"))["latitude"] == 42.0
    told = document(invoke("place", "Lwów", "--also", "Leopolis", "--also", "Lvov", "--json"))
    assert told["aliases"] == ["Leopolis", "Lvov", "Lemberg", "Львів"]


WRONG = [
    (["place", "Georgia", "--choose", "3"], 1),
    (["place", "Nowhere", "--choose", "1"], 1),
    (["place", "Georgia", "--choose", "0"], 2),
    (["place", "Georgia", "--also", "GA"], 1),
    (["place", "Lwów", "--also", ""], 1),
    (["place", "Lwów", "--country", "Poland"], 2),
    (["place", "Lwów", "--country", ""], 2),
    (["place", "Lwów", "--at", "here"], 2),
    (["place", "Lwów", "--at", "1,2,3"], 2),
    (["place", "Lwów", "--at", "nan,1"], 1),
    (["place", "Lwów", "--at", "91,0"], 1),
    (["place", "Kyiv"], 1),
    (["place", "Kyiv", "--country", "UA"], 1),
    (["place", "Elsewhere"], 1),
    (["place", "Elsewhere", "--country", "UA"], 1),
    (["place", ""], 1),
    (["place"], 2),
    (["places", "--status", "odd"], 2),
    (["theme", "flight"], 1),
    (["theme", "", "--used-for", "x"], 1),
    (["theme", "hunger", "--broader", "Hunger"], 1),
    (["theme", "hunger", "--used-for", " "], 1),
]


@pytest.mark.parametrize(("args", "code"), WRONG)
def test_what_cannot_be_is_refused(invoke: Invoke, args: list[str], code: int) -> None:
    before = Path("voices.json").read_bytes()
    result = invoke(*args)
    assert (result.exit_code, result.stdout) == (code, "")
    assert 1 <= result.stderr.count("\n") <= 2
    assert Path("voices.json").read_bytes() == before


def test_a_name_in_sealed_ones_is_told_as_one_that_nobody_names(invoke: Invoke) -> None:
    for command in ("place", "theme"):
        sealed = invoke(command, "Kyiv" if command == "place" else "flight")
        other = invoke(command, "Xyz")
        assert sealed.stderr.replace("Kyiv", "Xyz").replace("flight", "Xyz") == other.stderr
    assert invoke("place", "Kyiv", "--private").exit_code == 0
    assert invoke("place", "Kyiv", "--private", "--country", "UA").exit_code == 0
    assert invoke("theme", "flight", "--private").exit_code == 0


@pytest.mark.parametrize("command", [["places"], ["place", "x"], ["themes"], ["theme", "x"],
                                     ["place", "x", "--country", "PL"],
                                     ["theme", "x", "--used-for", "y"]])  # fmt: skip
def test_an_absent_collection_is_not_made(empty: Invoke, command: list[str]) -> None:
    result = empty(*command)
    assert (result.exit_code, result.stdout) == (3, "")
    assert not Path("voices.json").exists()


def test_deciding_with_a_damaged_gazetteer(empty: Invoke, gazetteer: SmallGazetteer) -> None:
    gazetteer.broken = True
    Path("in.jsonl").write_text(json.dumps(RECORDS[0]), "utf-8")
    assert empty("import", "in.jsonl").exit_code == 0
    assert "Lwów — 1 testimony; unknown" in empty("places").stdout
    assert empty("place", "Lwów", "--country", "UA").exit_code == 0
    assert "Lwów — 1 testimony; decided; UA" in empty("places").stdout


# --- themes ------------------------------------------------------------------------------------


def test_themes_are_listed_defined_and_shown(invoke: Invoke) -> None:
    assert invoke("themes").stdout.splitlines() == [
        "Forced Labour — 2 testimonies",
        "hunger — 1 testimony",
    ]
    given = ["--used-for", "slave labour", "--used-for", "corvée", "--broader", "persecution"]
    result = invoke("theme", "forced labour", *given)
    shown = [
        "forced labour — 2 testimonies",
        "    Used for: slave labour; corvée",
        "    Broader: persecution",
    ]
    assert result.stdout.splitlines() == shown
    assert invoke("theme", "FORCED LABOUR").stdout.splitlines() == shown
    assert invoke("themes").stdout.splitlines()[:5] == [
        *shown,
        "hunger — 1 testimony",
        "persecution — 0 testimonies",
    ]
    cycle = invoke("theme", "persecution", "--broader", "forced labour")
    assert (cycle.exit_code, cycle.stdout) == (1, "")
    assert "above" in cycle.stderr
    told = document(invoke("theme", "forced labour", "--used-for", "", "--json"))
    expected = {"name": "forced labour", "used_for": [], "broader": ["persecution"], "count": 2}
    assert told == expected
    assert document(invoke("themes", "--json"))["themes"][0] == expected


def test_themes_of_sealed_ones_are_not_listed(invoke: Invoke) -> None:
    assert "flight" not in invoke("themes").stdout
    assert "flight" in invoke("themes", "--private").stdout


# --- hostile text ------------------------------------------------------------------------------


def test_text_of_the_data_cannot_command_the_terminal(invoke: Invoke) -> None:
    place, theme = f"P{ESCAPES}", f"theme{ESCAPES}"
    record = {"id": "x", "title": "T", "account": "A", "places": [place], "themes": [theme]}
    Path("x.jsonl").write_text(json.dumps(record), "utf-8")
    assert invoke("import", "x.jsonl").exit_code == 0
    for args in (
        ["place", place, "--country", "PL", "--also", f"A{ESCAPES}"],
        ["theme", theme, "--used-for", f"U{ESCAPES}", "--broader", f"B{ESCAPES}"],
        ["places"],
        ["themes"],
        ["place", place],
        ["theme", theme],
        ["place", f"no {ESCAPES}"],
        ["theme", f"no {ESCAPES}"],
        ["place", place, "--choose", "9"],
        ["theme", theme, "--broader", theme],
    ):
        result = invoke(*args)
        assert not set("\x1b\x07\x9b\r\x00\u202e\u2066\u2028") & set(result.stdout + result.stderr)
        assert "[/]" in result.stdout + result.stderr, "not taken for markup"
        if "--also" in args:
            assert len(result.stdout.splitlines()) == 2
    assert document(invoke("place", place, "--json"))["name"] == place
    assert document(invoke("theme", theme, "--json"))["used_for"] == [f"U{ESCAPES}"]
    for args in (["place", "half\udcff"], ["theme", "half\udcff", "--used-for", "x\udcff"]):
        assert "Traceback" not in invoke(*args).output


def test_a_check_does_not_mind_places_that_are_not_clear(invoke: Invoke) -> None:
    result = invoke("check")
    assert result.exit_code == 0
