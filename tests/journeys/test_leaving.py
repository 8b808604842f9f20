"""What a person does to hand testimonies on: a page of what was found, and a citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from collection.exchange.formats import WRITERS
from tests.journeys.terminal import Terminal
from tests.journeys.test_reading_room import command, write_lines


@pytest.mark.parametrize("size", [(100, 30), (40, 12)])
def test_what_is_listed_becomes_a_page_and_one_is_cited(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    command(home, "import", str(write_lines(tmp_path / "made.jsonl")), "--collection", voices)
    screen = terminal(*size)
    screen.start(voices)
    screen.sees("The train that", "3 testimonies")
    screen.keys("x")
    screen.sees("What is listed: 3")
    screen.keys("Enter")
    screen.sees("JSON lines")
    screen.keys(*["j"] * list(WRITERS).index("html"), "Enter")
    screen.sees("HTML page", "Export to a file")
    screen.type(str(tmp_path / "page.html"))
    screen.keys("Enter")
    screen.sees("Wrote 3")
    assert "The train that stopped" in (tmp_path / "page.html").read_text("utf-8")
    screen.keys("Y")
    screen.sees("Enter copies", "Chicago, note")
    screen.keys("Enter")
    screen.sees("Copied:")
    screen.keys("C-q")
    screen.ended()
