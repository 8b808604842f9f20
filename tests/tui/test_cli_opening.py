"""The command line: what opens the app, with which options, and where it does not open."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tui import opening
from tui.cli import firsthand

ROOT = Path(__file__).resolve().parents[2]

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


def run(*args: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Runs the command line as a process of its own."""
    command = [sys.executable, "-m", "tui", *args]
    return subprocess.run(command, capture_output=True, check=False, timeout=30, **options)


def test_without_a_terminal_the_app_does_not_start(home: Path) -> None:
    for args in ([], ["voices.json"], ["--sample"], ["add"]):
        done = run(*args, stdin=subprocess.DEVNULL)
        assert done.returncode == 2
        assert done.stdout == b""
        assert done.stderr.count(b"\n") == 1
        assert b"terminal" in done.stderr
        assert b"\x1b" not in done.stderr
    assert not list(home.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="there are no such terminals on Windows")
@pytest.mark.parametrize("lacking", ["stdin", "stdout", "stderr"])
def test_every_stream_must_be_a_terminal(home: Path, lacking: str) -> None:
    controller, terminal = os.openpty()
    streams = dict.fromkeys(("stdin", "stdout", "stderr"), terminal)
    command = [sys.executable, "-m", "tui", "--sample"]
    given = streams | {lacking: subprocess.DEVNULL}
    assert subprocess.run(command, check=False, timeout=30, **given).returncode == 2
    os.close(terminal)
    os.close(controller)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What the app was opened with, each time."""
    calls: list[dict[str, object]] = []

    class App:
        return_code = 0

        def __init__(self, path: Path, **options: object) -> None:
            calls.append({"path": path, "there": path.exists(), **options})

        def run(self, *, mouse: bool) -> None:
            calls[-1]["mouse"] = mouse

        def close_collection(self) -> None:
            calls[-1]["closed"] = True

    module = types.ModuleType("tui.app")
    module.FirsthandApp = App  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr(opening, "on_terminal", lambda: True)
    return calls


def test_the_app_opens_ones_own_collection(
    invoke: Invoke, home: Path, opened: list[dict[str, object]]
) -> None:
    assert invoke().exit_code == 0
    (call,) = opened
    assert call["path"] == home / "data" / "firsthand" / "collection.json"
    assert (home / "data" / "firsthand").is_dir()
    assert call["mouse"] is True
    assert call["scratch"] is call["ascii"] is call["adding"] is False


@pytest.mark.parametrize(
    ("args", "named"),
    [
        (["voices.json"], "voices.json"),
        (["./search"], "search"),
        (["--", "-odd.json"], "-odd.json"),
        (["--collection", "other.json"], "other.json"),
        (["VOICES"], "VOICES"),
    ],
)
def test_a_path_is_a_path(
    invoke: Invoke, opened: list[dict[str, object]], args: list[str], named: str
) -> None:
    assert invoke(*args).exit_code == 0
    assert opened[0]["path"] == Path(named)


def test_options_stand_before_and_behind_the_collection(
    invoke: Invoke, opened: list[dict[str, object]]
) -> None:
    invoke("--ascii", "v.json", "--theme", "nord", "--no-mouse")
    assert opened[0] | {"path": Path("v.json"), "ascii": True, "theme": "nord"} == opened[0]
    assert opened[0]["mouse"] is False
    invoke("--ascii", "add", "--collection", "v.json")
    assert opened[1] | {"path": Path("v.json"), "ascii": True, "adding": True} == opened[1]


def test_the_sample_is_a_copy_that_is_thrown_away(
    invoke: Invoke, opened: list[dict[str, object]]
) -> None:
    assert invoke("--sample").exit_code == 0
    (call,) = opened
    assert call["scratch"] is call["there"] is True
    assert isinstance(call["path"], Path)
    assert not call["path"].parent.exists()


@pytest.mark.parametrize("args", [["nowhere/v.json"], ["."], ["nul\0.json"]])
def test_the_app_does_not_open_what_cannot_be_a_collection(
    invoke: Invoke, opened: list[dict[str, object]], args: list[str]
) -> None:
    assert invoke(*args).exit_code == 3
    assert not opened
