"""A researcher's way: a completed name, from hit to hit, every hit in context, back into one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.tui.room import make_collection


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (40, 12)])
def test_from_hit_to_hit(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    voices = make_collection(tmp_path / "voices.json")
    screen = terminal(*size)
    screen.start(str(voices))
    screen.sees("3 testimonies")
    screen.keys("c")
    screen.sees("then c shows")
    # The name is completed.
    screen.keys("/")
    screen.type("tere")
    screen.sees("/ tere", "Terezín place 1")
    screen.keys("Right")
    screen.sees("/ Terezín", "1 of 3")
    screen.keys("Escape")
    screen.sees("3 testimonies")
    # From hit to hit, on into the next testimony and back; keys as fast as they come.
    screen.type("lodz")
    screen.sees("2 of 3")
    screen.keys("Enter", "n", "n", "n", "n", "Enter")
    screen.sees("━Account · hit 1 of 1", "away.")
    screen.keys("N")
    screen.sees("hit 3 of 3")
    # Every hit in its context, sorted; one of them is read.
    screen.keys("c")
    screen.sees("“lodz” · 4 lines", "no plan. Then Lodz was far")
    screen.keys("s")
    screen.sees("by right context")
    screen.keys("G", "Enter")
    screen.sees("━Account · hit 1 of 1", "away.")
    screen.keys("c")
    screen.sees("“lodz” · 4 lines")
    screen.keys("Escape")
    screen.sees("━Account · hit 1 of 1")
    screen.keys("q")
    screen.ended()
    assert "Traceback" not in screen.text()
