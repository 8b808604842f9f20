"""The command line: files, streams and arguments that do not mean well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import collection
from collection import Collection
from tui import files
from tui.cli import firsthand

ROOT = Path(__file__).resolve().parents[2]
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\r\x00\u202e\u2066\u2028[/]"

Invoke = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own."""
    for name in ("data", "config", "cache"):
        monkeypatch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path / name))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("FIRSTHAND_COLLECTION", "voices.json")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def invoke(home: Path) -> Invoke:
    """Runs the command line in this process."""
    return lambda *args, given=b"": CliRunner().invoke(firsthand, args, input=given)


@pytest.fixture
def large(home: Path) -> Path:
    """A collection of more than a pipe holds."""
    with Collection.open("voices.json") as voices:
        for n in range(3):
            voices.add(collection.Testimony(id=f"n-{n}", title="Long", account="word " * 40_000))
    return home


def run(*args: str | bytes, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line as a process of its own."""
    command = [sys.executable, "-m", "tui", *args]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.run(command, check=False, timeout=30, **streams)


FOREIGN = {
    "binary garbage": bytes(range(256)) * 9,
    "a list": b"[]",
    "other JSON": b'{"a": 1}',
    "a table that is none": b'{"collection": {"1": 3}}',
    "half a file": b'{"collection": {\n"1": {"format": "firsthand", "sch',
    "not UTF-8": b'{"collection": {"1": {"format": "\xff"}}}',
    "not UTF-8 in a line": b'{"collection": {\n"1": {"format":"firsthand","schema":1}\n},\n'
    b'"testimonies": {\n"1": {"id":"\xff"}\n}}\n',
    "too deep": b"[" * 200_000,
    "from the future": b'{"collection": {"1": {"format": "firsthand", "schema": 99}}}',
}


@pytest.mark.parametrize("data", FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_is_no_collection_is_left_as_it_is(invoke: Invoke, data: bytes) -> None:
    path = Path("voices.json")
    path.write_bytes(data)
    record = b'{"title": "T", "account": "A"}'
    for args in (["list", "--json"], ["search", "a"], ["check"], ["add", "--from", "-"]):
        result = invoke(*args, given=record)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.count("\n") == 1
        assert "\x1b" not in result.stderr
    assert path.read_bytes() == data


def unprivileged(*args: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run the command line bound by permissions, which the superuser is not."""
    command = [sys.executable, "-m", "tui", *args]
    if os.geteuid() == 0:
        powers = "-dac_override,-dac_read_search"
        command = ["setpriv", "--bounding-set", powers, "--inh-caps", powers, *command]
    return subprocess.run(command, input=given, capture_output=True, check=False, timeout=30)


def test_a_file_that_may_not_be_read(home: Path) -> None:
    (home / "secret.json").touch(mode=0)
    for args in (["list"], ["add", "--from", "-"]):
        done = unprivileged(
            *args, "--collection", "secret.json", given=b'{"title": "T", "account": "A"}'
        )
        assert (done.returncode, done.stdout) == (3, b"")
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("name", [".", "no/where.json", "nul\0.json", "a" * 300, "loop"])
def test_places_that_cannot_hold_a_collection(invoke: Invoke, home: Path, name: str) -> None:
    (home / "loop").symlink_to("loop")
    record = b'{"title": "T", "account": "A"}'
    for args in (["list"], ["add", "--from", "-"], ["import", "-"]):
        result = invoke(*args, "--collection", name, given=record)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.count("\n") == 1
    assert {path.name for path in home.iterdir()} == {"loop"}


def test_text_of_the_data_cannot_command_the_terminal(invoke: Invoke) -> None:
    record = {
        "id": "x",
        "title": f"T{ESCAPES}",
        "narrator": f"N{ESCAPES}",
        "date": f"D{ESCAPES}",
        "places": [f"P{ESCAPES}"],
        "themes": [f"theme{ESCAPES}"],
        "account": f"A{ESCAPES}\nAccess: open",
        "context": f"C{ESCAPES}\nAccess: open",
        "source": f"S{ESCAPES}",
        "access": {"media": {"level": "private", "reason": ESCAPES}},
        f"key{ESCAPES}": {ESCAPES: [ESCAPES]},
    }
    assert invoke("add", "--from", "-", given=json.dumps(record).encode()).exit_code == 0
    for args in (["list"], ["search", "theme"], ["show", "x"], ["show", "--private", "x"]):
        result = invoke(*args)
        assert result.exit_code == 0
        assert not set("\x1b\x07\x9b\r\x00\u202e\u2066\u2028") & set(result.stdout + result.stderr)
        assert "\u241b[2J" in result.stdout, "visible as a control picture"
    assert json.loads(invoke("show", "--json", "x").stdout)["account"] == record["account"]
    lines = invoke("show", "x").stdout.splitlines()
    labels = lines[: lines.index("")]
    assert sum(line.startswith("Access:") for line in labels) == 1, "no line passes for ours"
    assert len(invoke("list").stdout.splitlines()) == 3


def test_hostile_arguments_come_back_neutral(invoke: Invoke, large: Path) -> None:
    for args in (["show", ESCAPES], ["search", ESCAPES, "xylophagous"], ["show", "half\udcff"]):
        result = invoke(*args)
        assert result.exit_code == 1
        assert not set("\x1b\x07\x9b\r\x00\u202e") & set(result.stderr)


def test_bytes_that_are_no_text_in_arguments(large: Path) -> None:
    for args in ([b"search", b"na\xefve"], [b"show", b"\xff"]):
        done = run(*args)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
    done = run(b"paths", b"--json", b"--collection", b"\xff.json")
    assert json.loads(done.stdout)["collection"].endswith("\ufffd.json")


def test_a_terminal_without_unicode_still_gets_the_text(large: Path) -> None:
    with Collection.open("voices.json") as voices:
        voices.add(collection.Testimony(id="pl", title="Łódź", account="ę"))
    env = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert b"\\u0141\\xf3d\\u017a" in run("list", env=env).stdout
    assert json.loads(run("show", "--json", "pl", env=env).stdout.decode())["title"] == "Łódź"


def test_a_reader_that_leaves_is_no_error(large: Path) -> None:
    for args in (["list", "--json"], ["export"]):
        command = [sys.executable, "-m", "tui", *args]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.read(10)
            process.stdout.close()
            assert process.stderr.read() == b""
            assert process.wait(30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("args", [["list"], ["list", "--json"], ["export"], ["--help"]])
def test_a_full_disk_behind_standard_output(large: Path, args: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = run(*args, stdout=full)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1
    assert b"No space left" in done.stderr


def test_closed_streams(large: Path) -> None:
    script = '"$0" -m tui list >&-; echo $?; "$0" -m tui add --from - <&- ; echo $?'
    done = run_shell(script)
    assert done.stdout.split() == [b"3", b"1"]
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def run_shell(script: str) -> subprocess.CompletedProcess[bytes]:
    command = ["sh", "-c", script, sys.executable]
    return subprocess.run(command, capture_output=True, check=False, timeout=30)


def test_an_interrupt(invoke: Invoke, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: str) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(files, "_read", interrupt)
    result = invoke("add", "--from", "-")
    assert (result.exit_code, result.stdout) == (130, "")
    assert "Traceback" not in result.stderr
    assert not list(home.iterdir())


def test_what_is_added_is_on_the_disk(home: Path) -> None:
    done = run("add", "--from", "-", input=b'{"id": "a", "title": "T", "account": "A"}')
    assert (done.returncode, done.stdout) == (0, b"a\n")
    assert b'"id":"a"' in Path("voices.json").read_bytes()


def test_a_pipe_can_be_imported(home: Path) -> None:
    script = (
        """printf '{"id": "a", "title": "T", "account": "A"}\\n' | "$0" -m tui import /dev/stdin"""
    )
    assert run_shell(script).stdout.startswith(b"Added 1; 0 were here already; 0 refused.\n")


def test_many_at_once_lose_nothing(home: Path) -> None:
    made = []
    for n in range(4):
        command = [sys.executable, "-m", "tui", "add", "--from", "-"]
        pipe = subprocess.PIPE
        made.append(subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe))
        assert made[n].stdin
    for n, process in enumerate(made):
        record = {"id": f"p-{n}", "title": f"T{n}", "account": f"A{n}"}
        out, err = process.communicate(json.dumps(record).encode(), timeout=30)
        assert (process.returncode, out, err) == (0, f"p-{n}\n".encode(), b"")
    with Collection.open("voices.json", read_only=True) as voices:
        assert len(voices) == 4


def test_a_collection_that_cannot_be_written(large: Path) -> None:
    before = Path("voices.json").read_bytes()
    large.chmod(0o500)
    try:
        record = b'{"title": "T", "account": "A"}'
        done = unprivileged("add", "--from", "-", "--collection", "voices.json", given=record)
    finally:
        large.chmod(0o700)
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr.count(b"\n") == 1
    assert Path("voices.json").read_bytes() == before
