"""What every journey needs: a terminal, and a home of its own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal, has_tmux


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Callable[[int, int], Terminal]]:
    """Make terminals; they are closed when the test ends."""
    if not has_tmux():
        if os.environ.get("FIRSTHAND_NO_SKIPS"):
            pytest.fail("tmux is not installed, and this run must not skip.")
        pytest.skip("tmux is not installed: a journey needs a terminal.")
    made: list[Terminal] = []

    def make(width: int, height: int) -> Terminal:
        made.append(Terminal(width, height, tmp_path / "home"))
        return made[-1]

    (tmp_path / "home").mkdir(exist_ok=True)
    yield make
    for one in made:
        one.close()
