from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from collection import Collection, Testimony
from tests.journeys.terminal import Terminal, poll


def test_a_closed_terminal_ends_the_program_and_leaves_one_file(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    file = tmp_path / "voices.json"
    with Collection.open(file) as voices:
        voices.add(Testimony(id="a", title="Stays", account="x"))
        voices.add(Testimony(id="b", title="Goes", account="x"))
    screen = terminal(100, 30)
    screen.start(str(file))
    screen.sees("2 testimonies")
    screen.keys("d")
    screen.sees("Withdrawn", "1 testimony")
    journal, present = file.with_name("voices.json.journal"), file.with_name(".voices.json.open")
    assert journal.exists()
    assert present.exists()
    screen.close()
    poll(lambda: not present.exists(), lambda: "it goes on without a terminal")
    poll(lambda: not journal.exists(), lambda: "the journal stays")
    assert len(json.loads(file.read_bytes())["testimonies"]) == 1
