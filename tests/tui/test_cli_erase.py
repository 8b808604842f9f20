from __future__ import annotations

import json
from pathlib import Path

import pytest

from collection import Collection, Testimony
from collection.store.backups import Backups
from tests.tui.test_cli import Invoke, home, invoke, kept
from tui.paths import backups_folder

__all__ = ["home", "invoke", "kept"]

SECRET = "Zwetschgenknödel"


@pytest.fixture
def secret(kept: Path) -> Path:
    """A collection with a testimony that is to go, and a backup of it."""
    with Collection.open(kept, backups=backups_folder()) as voices:
        voices.add(Testimony(id="gone", title="To go", account=SECRET))
    assert len(Backups(backups_folder(), kept).list()) == 1
    return kept


def _holding(folder: Path) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if SECRET.encode() in path.read_bytes()]


def test_a_testimony_is_erased_everywhere(invoke: Invoke, secret: Path, home: Path) -> None:
    assert len(_holding(home)) >= 2
    result = invoke("erase", "gone", "--confirm", "gone", "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"erased": "gone", "left": []})
    assert _holding(home) == []
    assert invoke("show", "gone").exit_code == 1
    again = invoke("add", "--from", "-", given=b'{"id": "gone", "title": "a", "account": "b"}')
    assert again.exit_code == 1
    assert "erased for good" in again.stderr
    assert invoke("erase", "gone", "--confirm", "gone").exit_code == 0, "looks once more"


@pytest.mark.parametrize("args", [["gone"], ["gone", "--confirm", "other"], ["nobody"]])
def test_nothing_is_erased_unless_it_is_meant(
    invoke: Invoke, secret: Path, args: list[str]
) -> None:
    result = invoke("erase", *args)
    assert result.exit_code in (1, 2)
    assert result.stderr
    assert "gone" in Collection.open(secret, read_only=True)


def test_on_a_terminal_the_identifier_is_typed(
    invoke: Invoke, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.erase_command.on_terminal", lambda: True)
    assert invoke("erase", "gone", given=b"gon\n").exit_code == 1
    assert invoke("erase", "gone", given=b"gone\n").stdout == "gone was erased for good.\n"
