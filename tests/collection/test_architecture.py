from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _loaded(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_arrows_run_one_way(tmp_path: Path) -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    if command is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_the_collection_knows_no_screen() -> None:
    assert not _loaded("collection.collection") & {"textual", "rich", "tui", "click"}


def test_the_face_of_the_collection_loads_nothing_before_it_is_used() -> None:
    assert not _loaded("collection") & {"msgspec", "tinydb", "pyroaring", "rapidfuzz"}


def test_opening_loads_no_search() -> None:
    assert not _loaded("collection.collection") & {"pyroaring", "rapidfuzz", "anyascii", "edtf"}


def test_the_command_line_loads_no_screen() -> None:
    if importlib.util.find_spec("tui") is None or not (ROOT / "tui" / "cli.py").exists():
        pytest.skip("there is no command line yet")
    assert not _loaded("tui.cli") & {"textual", "rich.console"}
