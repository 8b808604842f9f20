"""The command line: what each command prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from collection import Collection
from tui.cli import firsthand

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [
    {
        "id": "open-1",
        "title": "The bread queue",
        "narrator": {"name": "Oleg*", "naming": "pseudonym", "real_name": "Sviatoslav Hidden"},
        "date": "circa 1943",
        "places": ["Terezín", "Lwów"],
        "themes": ["hunger"],
        "account": "We stood for bread.\nAll night.",
        "context": "Told in a kitchen.",
        "notes": "Rings twice a year.",
        "rendering": "composed",
    },
    {
        "id": "open-2",
        "title": "Two looms",
        "narrator": "Estera Wolrauch",
        "date": "1996-08-28",
        "places": "Łódź; Melbourne",
        "themes": "work|hunger",
        "account": "The looms lived in a room.",
    },
    {
        "id": "sealed-1",
        "title": "Zanzibar harbour",
        "account": "Nobody may read of the dhow.",
        "access": {
            "record": {"level": "embargoed", "until": "2090-01-01", "reason": "a brother lives"}
        },
    },
]

Invoke = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, without a collection."""
    for name in ("data", "config", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    monkeypatch.delenv("FIRSTHAND_COLLECTION", raising=False)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def invoke(home: Path) -> Invoke:
    """Runs the command line in this process."""
    return lambda *args, given=b"": CliRunner().invoke(firsthand, args, input=given)


@pytest.fixture
def kept(home: Path) -> Path:
    """The user's own collection, with two open testimonies and a sealed one."""
    (home / "records.jsonl").write_text("\n".join(map(json.dumps, RECORDS)), "utf-8")
    path = home / "data" / "firsthand" / "collection.json"
    path.parent.mkdir(parents=True)
    with Collection.open(path) as voices:
        assert voices.import_file(home / "records.jsonl").added == 3
    return path


def run(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line as a process of its own."""
    command = [sys.executable, "-m", "tui", *args]
    return subprocess.run(command, capture_output=True, check=False, timeout=30, **options)


# --- help and usage --------------------------------------------------------------------------


@pytest.mark.parametrize("name", [None, *firsthand.commands])
def test_every_command_and_option_is_documented(name: str | None) -> None:
    command = firsthand if name is None else firsthand.commands[name]
    assert len(command.help or "") > 30
    assert "firsthand" in (command.epilog or ""), "an example"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name


@pytest.mark.parametrize("name", firsthand.commands)
def test_help(invoke: Invoke, name: str) -> None:
    result = invoke(name, "--help")
    assert result.exit_code == 0
    assert f"Usage: firsthand {name}" in result.stdout
    assert "--collection FILE" in result.stdout


def test_help_beside_a_collection_is_that_of_the_program(invoke: Invoke) -> None:
    assert invoke("voices.json", "--help").stdout == invoke("--help").stdout


def test_version_loads_neither_textual_nor_the_collection(home: Path) -> None:
    code = (
        "import sys; from tui.cli import main\n"
        "try: main()\n"
        "finally: print(*(m for m in ('textual', 'msgspec', 'tinydb') if m in sys.modules))"
    )
    command = [sys.executable, "-c", code, "--version"]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stdout.startswith("firsthand ")
    assert done.stdout.splitlines()[1] == ""


@pytest.mark.parametrize(
    "args",
    [
        ["search"],
        ["search", "  "],
        ["search", "a", "--limit", "0"],
        ["search", "a", "--limit", "-1"],
        ["search", "a", "--limit", "many"],
        ["search", "-hunger"],
        ["show"],
        ["show", "a", "b"],
        ["list", "--nonsense"],
        ["list", "--collection", ""],
        ["import"],
        ["export", "--format", "stone"],
        ["export", "--id", "a", "words"],
        ["cite"],
        ["cite", "a", "--quote"],
        ["cite", "a", "--at", "3", "--passage", "b"],
        ["add", "--json"],
        ["--sample", "list"],
        ["--sample", "voices.json"],
        ["--collection", "a.json", "b.json"],
        ["voices.json", "list"],
        ["lst"],
        ["serrch", "hunger"],
        ["\x1b[31m", "b"],
    ],
)
def test_wrong_usage_exits_2_and_makes_nothing(invoke: Invoke, home: Path, args: list[str]) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "\x1b" not in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not list(home.iterdir())


def test_a_mistyped_command_is_told_apart_from_a_new_collection(invoke: Invoke) -> None:
    assert "Did you mean search?" in invoke("serrch", "hunger").stderr
    assert "firsthand list --collection v.json" in invoke("v.json", "list").stderr


# --- search, show, list ----------------------------------------------------------------------


def test_list(invoke: Invoke, kept: Path) -> None:
    result = invoke("list")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "open-2  1996-08-28  Estera Wolrauch — Two looms",
        "    Places: Łódź; Melbourne",
        "    Themes: work; hunger",
        "open-1  circa 1943  Oleg* — The bread queue",
        "    Places: Terezín; Lwów",
        "    Themes: hunger",
        "    Composed illustration, not a testimony.",
    ]
    assert result.stderr.count("\n") == 1
    assert "1 sealed testimony" in result.stderr


def test_list_as_json(invoke: Invoke, kept: Path) -> None:
    result = invoke("list", "--json")
    assert result.stdout.endswith("}\n")
    document = json.loads(result.stdout)
    assert list(document) == ["total", "testimonies"]
    assert document["total"] == 2
    assert [one["id"] for one in document["testimonies"]] == ["open-2", "open-1"]
    assert document["testimonies"][0]["account"] == RECORDS[1]["account"]
    assert "notes" not in document["testimonies"][1]
    assert "real_name" not in document["testimonies"][1]["narrator"]


def test_list_with_what_is_private(invoke: Invoke, kept: Path) -> None:
    result = invoke("list", "--json", "--private")
    document = json.loads(result.stdout)
    assert document["total"] == 3
    assert "Sviatoslav Hidden" in result.stdout
    assert result.stderr == ""


def test_list_of_an_empty_collection_is_no_failure(invoke: Invoke, home: Path) -> None:
    Collection.open(home / "none.json").close()
    result = invoke("list", "--collection", "none.json", "--json")
    assert (result.exit_code, result.stdout) == (0, '{"total":0,"testimonies":[]}\n')
    assert invoke("list", "--collection", "none.json").stdout == ""


def test_search_joins_words_and_says_why(invoke: Invoke, kept: Path) -> None:
    result = invoke("search", "terezin", "hunger")
    assert result.exit_code == 0
    assert result.stdout.startswith("open-1  circa 1943  Oleg* — The bread queue\n")
    assert "\n    Found: " in result.stdout
    assert "open-2" not in result.stdout


def test_search_as_json(invoke: Invoke, kept: Path) -> None:
    result = invoke("search", "--json", "--limit", "1", "hunger")
    document = json.loads(result.stdout)
    assert list(document) == ["total", "dropped", "problems", "hits"]
    assert (document["total"], len(document["hits"])) == (2, 1)
    hit = document["hits"][0]
    assert hit["why"]
    assert all(isinstance(sentence, str) for sentence in hit["why"])
    assert set(hit) >= {"id", "title", "account", "access"}
    assert result.exit_code == 0


def test_search_without_a_hit_exits_1(invoke: Invoke, kept: Path) -> None:
    result = invoke("search", "xylophagous")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Nothing was found." in result.stderr
    result = invoke("search", "xylophagous", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["hits"] == []


def test_a_query_that_begins_with_a_dash(invoke: Invoke, kept: Path) -> None:
    result = invoke("search", "--", "hunger", "-terezin")
    assert result.exit_code == 0
    assert "open-1" not in result.stdout
    assert "open-2" in result.stdout
    assert not invoke("search", "--", "bread", "--json").stdout.startswith("{")


@pytest.mark.parametrize("query", ["zanzibar", "dhow", "embargoed", "Sviatoslav", "twice a year"])
def test_search_is_no_oracle(invoke: Invoke, kept: Path, query: str) -> None:
    found, unfound = invoke("search", query), invoke("search", "xylophagous")
    assert found.stdout == unfound.stdout == ""
    assert found.stderr.replace(query, "…") == unfound.stderr.replace("xylophagous", "…")
    assert "1 sealed testimony" in found.stderr


def test_search_never_shows_what_is_sealed(invoke: Invoke, kept: Path) -> None:
    for query in ("sealed-1", "-hunger", "id:sealed-1"):
        result = invoke("search", "--json", "--", query)
        document = json.loads(result.stdout)
        assert "sealed-1" not in [hit["id"] for hit in document["hits"]]
        assert document["total"] == len(document["hits"])
    assert json.loads(invoke("search", "--json", "--private", "zanzibar").stdout)["total"] == 1


def test_show(invoke: Invoke, kept: Path) -> None:
    result = invoke("show", "open-1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "Title: The bread queue" in lines
    assert "Rendering: Composed illustration, not a testimony." in lines
    assert any(line.startswith("Date given: circa 1943; read as 1943~") for line in lines)
    assert "Narrator: Oleg*; a pseudonym, the name was changed" in lines
    assert "Circumstances: Told in a kitchen." in lines
    assert "Access: open" in lines
    assert lines[-3:] == ["", "We stood for bread.", "All night."]
    assert "Rings twice" not in result.stdout
    assert "1 private note" in result.stderr


def test_show_as_json_is_one_record(invoke: Invoke, kept: Path) -> None:
    shown = json.loads(invoke("show", "--json", "open-1").stdout)
    assert shown["date"]["text"] == "circa 1943"
    assert "notes" not in shown
    whole = json.loads(invoke("show", "--json", "--private", "open-1").stdout)
    assert whole["narrator"]["real_name"] == "Sviatoslav Hidden"


def test_show_of_a_sealed_testimony(invoke: Invoke, kept: Path) -> None:
    for args in (["show", "sealed-1"], ["show", "--json", "sealed-1"]):
        result = invoke(*args)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "embargoed until 2090-01-01" in result.stderr
        assert "--private" in result.stderr
        assert "brother" not in result.stderr
    result = invoke("show", "--private", "sealed-1")
    assert result.exit_code == 0
    assert "dhow" in result.stdout


def test_show_of_an_unknown_one(invoke: Invoke, kept: Path) -> None:
    result = invoke("show", "--json", "nobody")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nobody" in result.stderr


# --- paths and which collection --------------------------------------------------------------


def test_paths(invoke: Invoke, home: Path) -> None:
    assert json.loads(invoke("paths", "--json").stdout) == {
        "collection": str(home / "data" / "firsthand" / "collection.json"),
        "data": str(home / "data" / "firsthand"),
        "backups": str(home / "data" / "firsthand" / "backups"),
        "config": str(home / "config" / "firsthand" / "config.toml"),
        "cache": str(home / "cache" / "firsthand"),
    }
    lines = invoke("paths").stdout.splitlines()
    names = ["collection", "data", "backups", "config", "cache"]
    assert [line.split(":")[0] for line in lines] == names
    assert not list(home.iterdir())


def test_which_collection_counts(
    invoke: Invoke, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def path(*args: str) -> str:
        return Path(json.loads(invoke(*args).stdout)["collection"]).name

    monkeypatch.setenv("FIRSTHAND_COLLECTION", "")
    assert path("paths", "--json") == "collection.json"
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "environment.json")
    assert path("paths", "--json") == "environment.json"
    assert path("--collection", "before.json", "paths", "--json") == "before.json"
    both = ("--collection", "a.json", "paths", "--collection", "behind.json", "--json")
    assert path(*both) == "behind.json"


@pytest.mark.parametrize("args", [["list"], ["search", "a"], ["show", "a"], ["check"], ["export"]])
def test_a_reading_command_makes_nothing(invoke: Invoke, home: Path, args: list[str]) -> None:
    for extra in ([], ["--collection", "absent.json"], ["--collection", "no/where.json"]):
        result = invoke(*args, *extra)
        assert (result.exit_code, result.stdout) == (3, "")
        assert len(result.stderr.splitlines()) == 1
    assert not list(home.iterdir())


def test_reading_leaves_the_folder_as_it_is(invoke: Invoke, kept: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in kept.parent.iterdir()}
    for args in (["list"], ["search", "hunger"], ["show", "open-1"], ["check"], ["export"]):
        assert invoke(*args).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in kept.parent.iterdir()} == before


def test_completion_offers_commands_and_files(home: Path) -> None:
    env = os.environ | {"COMP_WORDS": "firsthand s", "COMP_CWORD": "1"}
    done = run(env=env | {"_FIRSTHAND_COMPLETE": "bash_complete"})
    assert done.stdout.splitlines() == [b"plain,search", b"plain,show", b"plain,split", b"file,s"]
