"""The command line: adding, bringing in, taking out, looking through."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from collection import Collection
from tui.cli import firsthand

EHRI = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ehri"
RECORD = {"id": "one", "title": "Bread", "account": "We queued.", "narrator": "Oleg*"}

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs the command line in this process, in a home of the test's own."""
    for name in ("data", "config", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    return lambda *args, given=b"": CliRunner().invoke(firsthand, args, input=given)


def write(path: Path, *records: Any) -> str:
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return str(path)


def imported(result: Result) -> tuple[int, dict[str, Any]]:
    document = json.loads(result.stdout)
    counts = {key: document[key] for key in ("added", "changed", "same", "refused")}
    return result.exit_code, counts


# --- add -------------------------------------------------------------------------------------


def test_add_from_a_file_and_from_standard_input(invoke: Invoke, tmp_path: Path) -> None:
    result = invoke("add", "--from", write(tmp_path / "one.json", RECORD))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "one\n", "")
    result = invoke("add", "--from", "-", "--json", given=b'{"title": "T", "account": "A"}')
    made = json.loads(result.stdout)["id"]
    with Collection.open("voices.json", read_only=True) as voices:
        assert {one.id for one in voices} == {"one", made}


def test_a_record_may_stand_on_several_lines(invoke: Invoke) -> None:
    given = b"\xef\xbb\xbf" + json.dumps(RECORD, indent=2).encode()
    assert invoke("add", "--from", "-", given=given).stdout == "one\n"


def test_adding_the_same_again_changes_nothing(invoke: Invoke, tmp_path: Path) -> None:
    file = write(tmp_path / "one.json", RECORD)
    invoke("add", "--from", file)
    before = Path("voices.json").read_bytes()
    assert invoke("add", "--from", file).exit_code == 0
    other = invoke("add", "--from", write(tmp_path / "two.json", RECORD | {"title": "Other"}))
    assert (other.exit_code, other.stdout) == (1, "")
    assert "one" in other.stderr
    assert Path("voices.json").read_bytes() == before


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b" \n",
        b"[]",
        b"null",
        b"3",
        b"{",
        b'{"title": "no account"}',
        b'{"title": "half", "account": "\\ud800"}',
        b'{"title": "T", "account": "\xff"}',
        b"\x00\x01\x02\xff\xfe",
        b"\x1b[31m{",
        b"[" * 100_000,
        b'{"title": "T", "account": "A", "date": 1e999}',
        json.dumps([RECORD]).encode(),
        b'{"title": "T", "account": "A"}\n{"title": "U", "account": "B"}\n',
        b'{"title": "T", "account": "A", "access": {"record": "everyone"}}',
    ],
)
def test_add_refuses_what_is_no_record(invoke: Invoke, tmp_path: Path, given: bytes) -> None:
    result = invoke("add", "--from", "-", "--json", given=given)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr
    assert not list(tmp_path.iterdir())


def test_add_of_several_hints_at_import(invoke: Invoke) -> None:
    assert "import" in invoke("add", "--from", "-", given=json.dumps([RECORD] * 2).encode()).stderr


# --- import ----------------------------------------------------------------------------------


def test_import_of_several_files(invoke: Invoke, tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", RECORD, {"title": "no account"})
    (tmp_path / "b.jsonl").write_bytes(b'{"id": "two", "title": "T", "account": "B"}\n{"bad\n')
    result = invoke("import", "a.jsonl", "b.jsonl", "--json")
    assert imported(result) == (1, {"added": 2, "changed": 0, "same": 0, "refused": 2})
    problems = json.loads(result.stdout)["problems"]
    assert problems[0]["where"] == {"file": "a.jsonl", "row": 2, "line": 2}
    assert problems[0]["field"] == "account"
    assert set(problems[1]) == {"where", "field", "value", "message"}
    assert "drafts" not in json.loads(result.stdout)


def test_importing_again_adds_nothing(invoke: Invoke, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", RECORD, {"title": "without an id", "account": "A"})
    assert imported(invoke("import", file, "--json")) == (
        0,
        {"added": 2, "changed": 0, "same": 0, "refused": 0},
    )
    before = Path("voices.json").read_bytes()
    assert imported(invoke("import", file, "--json"))[1]["same"] == 2
    assert Path("voices.json").read_bytes() == before


def test_changed_rows_enter_only_when_asked(invoke: Invoke, tmp_path: Path) -> None:
    invoke("import", write(tmp_path / "a.jsonl", RECORD))
    file = write(tmp_path / "b.jsonl", RECORD | {"title": "Rye bread"})
    result = invoke("import", file)
    assert result.exit_code == 0
    assert "--update takes it over" in result.stdout
    assert "Bread" in invoke("show", "one").stdout
    assert "would be" in invoke("import", "--update", "--dry-run", file).stdout
    assert "Rye" not in invoke("show", "one").stdout
    assert invoke("import", "--update", file).exit_code == 0
    assert "Rye" in invoke("show", "one").stdout


def test_a_dry_run_makes_no_file_and_shows_drafts_whole(invoke: Invoke, tmp_path: Path) -> None:
    sealed = RECORD | {"notes": "private", "access": {"record": "private"}}
    file = write(tmp_path / "a.jsonl", sealed, {"title": "no account"})
    result = invoke("import", "--dry-run", "--json", file)
    assert imported(result) == (1, {"added": 1, "changed": 0, "same": 0, "refused": 1})
    (draft,) = json.loads(result.stdout)["drafts"]
    assert (draft["notes"], draft["account"]) == ("private", "We queued.")
    assert [path.name for path in tmp_path.iterdir()] == ["a.jsonl"]
    invoke("import", file)
    before = Path("voices.json").read_bytes()
    again = json.loads(invoke("import", "--dry-run", "--json", file).stdout)
    assert (again["same"], again["drafts"]) == (1, [])
    assert Path("voices.json").read_bytes() == before


def test_import_from_standard_input(invoke: Invoke) -> None:
    result = invoke("import", "-", given=json.dumps([RECORD, {"title": "x"}]).encode())
    assert result.exit_code == 1
    assert result.stdout.startswith("Added 1; 0 were here already; 1 refused.\n")
    assert result.stderr.startswith("standard input, record 2, account: The account is missing")


@pytest.mark.parametrize("bad", ["absent.jsonl", "nul\0", "a" * 300, "bad\udcff"])
def test_a_file_that_cannot_be_read_stops_the_import(
    invoke: Invoke, tmp_path: Path, bad: str
) -> None:
    write(tmp_path / "a.jsonl", RECORD)
    result = invoke("import", "a.jsonl", bad, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    assert not Path("voices.json").exists()


def test_a_folder_is_taken_in_whole(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    write(tmp_path / "folder" / "b.jsonl", RECORD | {"id": "two"})
    write(tmp_path / "folder" / "a.JSONL", RECORD)
    (tmp_path / "folder" / "notes.unknown").write_text("no testimony")
    assert imported(invoke("import", "folder", "--json"))[1]["added"] == 2
    (tmp_path / "empty").mkdir()
    empty = invoke("import", "empty")
    assert (empty.exit_code, empty.stdout) == (1, "")
    assert "holds no file that can be imported" in empty.stderr
    # The collection itself does not come in with the folder that it lies in.
    assert "holds no file" in invoke("import", ".").stderr


def test_what_a_column_can_be_taken_for_is_listed(invoke: Invoke) -> None:
    result = invoke("import", "--keys")
    assert result.exit_code == 0
    assert "narrator.name: Narrator" in result.stdout
    assert "(empty): Left out" in result.stdout


def test_how_columns_were_taken_is_told(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Wer;Erzählt\nAnna;Wir gingen nach Wien.\n", "utf-8")
    result = invoke("import", "list.csv", "--map", "Wer=narrator", "--map", "Erzählt=account")
    assert "Wer → Narrator" in result.stderr
    assert "Anna" in invoke("list").stdout
    # A table of a known kind needs no words.
    (tmp_path / "known.csv").write_text("objectid,title,interviewee,description\na,T,Anna,Words.\n")
    assert "→" not in invoke("import", "known.csv").stderr


def test_a_report_says_what_came_of_each_row(invoke: Invoke, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", RECORD, {"title": "T\x1b[2J", "account": "", "id": "two"})
    kept = Path(json.loads(invoke("import", file, "--json").stdout)["report"])
    assert kept.parent.name == "voices.json.imports"
    assert kept.stat().st_mode & 0o777 == 0o600
    told = kept.read_text()
    assert f"From: {file}" in told
    assert "- a.jsonl, record 2, line 2, account: The account is missing" in told
    assert "Added:\n- one\n" in told
    # The same again: what is refused is told in a report of its own.
    again = json.loads(invoke("import", file, "--json").stdout)["report"]
    assert Path(again) != kept
    # And where nothing came of it there is none, unless it is asked for.
    only = write(tmp_path / "b.jsonl", RECORD)
    assert "report" not in json.loads(invoke("import", only, "--json").stdout)
    invoke("import", only, "--report", "mine.txt")
    assert "Here already: 1" in Path("mine.txt").read_text()
    nowhere = invoke(
        "import", write(tmp_path / "c.jsonl", RECORD | {"id": "3"}), "--report", "no/r"
    )
    assert nowhere.exit_code == 0
    assert "no report could be written" in nowhere.stderr
    assert "Bread" in invoke("show", "3").stdout


@pytest.mark.parametrize(
    "name",
    ["voices.json", "voices.json.journal", "voices.json.bak", "voices.json.draft-0123456789ab",
     "one.jsonl", "link", "hard", "pipe", ".", "folder"],
)  # fmt: skip
def test_a_report_replaces_neither_the_collection_nor_what_comes_in(
    invoke: Invoke, tmp_path: Path, name: str
) -> None:
    invoke("import", write(tmp_path / "first.jsonl", RECORD))
    before = Path("voices.json").read_bytes()
    write(tmp_path / "one.jsonl", RECORD | {"id": "two"})
    Path("folder").mkdir()
    write(tmp_path / "folder" / "two.jsonl", RECORD | {"id": "three"})
    Path("link").symlink_to("voices.json")
    Path("hard").hardlink_to("voices.json")
    os.mkfifo("pipe")
    result = invoke("import", "one.jsonl", "--report", name)
    assert result.exit_code == 1
    assert "Nothing was" in result.stderr
    assert Path("voices.json").read_bytes() == before
    assert "account" in Path("one.jsonl").read_text()
    inside = invoke("import", "folder", "--report", "folder/two.jsonl")
    assert inside.exit_code == 1
    assert "account" in Path("folder/two.jsonl").read_text()
    assert Path("pipe").is_fifo()


def test_a_file_whose_name_is_no_text_is_told_in_json(invoke: Invoke, tmp_path: Path) -> None:
    name = os.fsdecode(b"f\xff\x1b[2J.jsonl")
    try:
        write(tmp_path / name, {"title": "no account"})
    except OSError:
        pytest.skip("no file can be called that here")
    result = invoke("import", name, "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["problems"][0]["where"]["file"] == "f\ufffd\x1b[2J.jsonl"


def test_hostile_rows_are_refused_one_by_one(invoke: Invoke, tmp_path: Path) -> None:
    rows = [b"\xff\xfe", b"\x1b[2J", b"[1]", b'{"title":"T","account":"A"}', b"NaN", b"[" * 9999]
    (tmp_path / "bad.jsonl").write_bytes(b"\n".join(rows))
    result = invoke("import", "bad.jsonl")
    assert result.exit_code == 1
    assert result.stdout.startswith("Added 1;")
    assert result.stderr.count("\n") == 5
    assert "\x1b" not in result.stderr


# --- export ----------------------------------------------------------------------------------


@pytest.fixture
def exported(invoke: Invoke, tmp_path: Path) -> Invoke:
    """The command line over a collection with something private."""
    hidden = {"id": "two", "title": "Sealed", "account": "x", "access": {"record": "private"}}
    invoke("import", write(tmp_path / "a.jsonl", RECORD | {"notes": "n\x9b31m\x7f"}, hidden))
    return invoke


def test_export_leaves_out_what_is_private(exported: Invoke) -> None:
    result = exported("export")
    (record,) = map(json.loads, result.stdout.splitlines())
    assert record["id"] == "one"
    assert "notes" not in record
    assert "1 private note, 1 sealed testimony" in result.stderr


def test_export_of_what_a_query_finds(exported: Invoke) -> None:
    assert json.loads(exported("export", "bread").stdout)["id"] == "one"
    result = exported("export", "sealed", "-o", "out.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert not Path("out.jsonl").exists()


def test_export_into_a_file(exported: Invoke, tmp_path: Path) -> None:
    assert exported("export", "-o", "out.jsonl").exit_code == 0
    out = tmp_path / "out.jsonl"
    before = out.read_bytes()
    assert stat.S_IMODE(out.stat().st_mode) == stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode)
    refused = exported("export", "--private", "-o", "out.jsonl")
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert out.read_bytes() == before
    assert exported("export", "--private", "--force", "-o", "out.jsonl").exit_code == 0
    assert out.read_bytes() == exported("export", "--private").stdout_bytes != before
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    names = {path.name for path in tmp_path.iterdir() if "out" in path.name}
    assert names == {"out.jsonl"}, "neither a backup nor a temporary file"


@pytest.mark.parametrize(
    ("target", "code"),
    [("voices.json", 1), ("/dev/null", 1), (".", 1), ("no/where.jsonl", 3), ("a" * 300, 3)],
)
def test_export_does_not_write_just_anywhere(exported: Invoke, target: str, code: int) -> None:
    before = Path("voices.json").read_bytes()
    result = exported("export", "--force", "-o", target)
    assert (result.exit_code, result.stdout) == (code, "")
    assert Path("voices.json").read_bytes() == before


def test_control_characters_of_the_data_are_escaped_in_json(exported: Invoke) -> None:
    for args in (["export"], ["list", "--json"], ["show", "one", "--json"]):
        data = exported(*args, "--private").stdout_bytes
        assert not {0x1B, 0x7F, 0x9B} & {ord(one) for one in data.decode()}
        assert b"\\u009b31m\\u007f" in data


def test_a_full_export_comes_back_the_same(exported: Invoke) -> None:
    exported("export", "--private", "-o", "all.jsonl")
    assert exported("import", "all.jsonl", "--collection", "second.json").exit_code == 0
    again = exported("export", "--private", "--collection", "second.json")
    assert again.stdout_bytes == Path("all.jsonl").read_bytes()


@pytest.mark.skipif(not EHRI.is_dir(), reason="the shared EHRI testimonies are not here")
@pytest.mark.parametrize("name", ["testimonies.jsonl", "testimonies-translated.jsonl"])
def test_round_trip_of_real_testimonies(invoke: Invoke, name: str) -> None:
    code, counts = imported(invoke("import", str(EHRI / name), "--json"))
    lines = [json.loads(line) for line in (EHRI / name).read_bytes().splitlines()]
    assert (code, counts["added"], counts["refused"]) == (0, len(lines), 0)
    invoke("export", "--private", "-o", "all.jsonl")
    kept = {one["id"]: one for one in map(json.loads, Path("all.jsonl").read_bytes().splitlines())}
    for line in lines:
        one = kept[line["id"]]
        assert one["account"] == line["account"]
        assert one["date"]["text"] == line.get("date", "")
        assert [place["name"] for place in one["places"]] == line.get("place", [])
    invoke("import", "all.jsonl", "--collection", "second.json")
    again = invoke("export", "--private", "--collection", "second.json").stdout_bytes
    assert again == Path("all.jsonl").read_bytes()
    assert imported(invoke("import", str(EHRI / name), "--json"))[1]["same"] == len(lines)


# --- check -----------------------------------------------------------------------------------


def test_check(exported: Invoke, tmp_path: Path) -> None:
    result = exported("check")
    assert (result.exit_code, result.stdout) == (
        0,
        "Looked through 2 testimonies; problems: none.\n",
    )
    ended = {"name": {"level": "embargoed", "until": "2001-01-01"}}
    exported("import", write(tmp_path / "b.jsonl", RECORD | {"id": "three", "access": ended}))
    result = exported("check", "--json")
    assert result.exit_code == 1
    document = json.loads(result.stdout)
    assert document["total"] == 3
    assert [problem["field"] for problem in document["problems"]] == ["access.name"]
    assert set(document["problems"][0]) == {"field", "value", "message"}


def test_an_added_entry_that_nearly_equals_another_is_told(invoke: Invoke) -> None:
    account = b"We set out in the evening of the twenty-first, my brother and I, with one bag each."
    one = b'{"id": "one", "title": "T", "account": "%s"}' % account
    assert invoke("add", "--from", "-", given=one).stderr == ""
    other = one.replace(b'"one"', b'"other"').replace(b'"T"', b'"Else"')
    result = invoke("add", "--from", "-", given=other)
    assert (result.exit_code, result.stdout) == (0, "other\n")
    assert "nearly equals one: the same account" in result.stderr
