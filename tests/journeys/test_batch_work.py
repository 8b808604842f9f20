"""What a person does with several testimonies: mark them, change them, and take it back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.journeys.test_reading_room import command, write_lines


def listed(home: Path, voices: str) -> dict[str, list[str]]:
    found = json.loads(command(home, "list", "--json", "--collection", voices))
    return {one["id"]: one["themes"] for one in found["testimonies"]}


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_three_are_given_a_theme_and_one_undo_takes_it_back(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    command(home, "import", str(write_lines(tmp_path / "made.jsonl")), "--collection", voices)
    before = listed(home, voices)

    screen = terminal(*size)
    screen.start(voices)
    screen.sees("The train that stopped", "3 testimonies", "space: mark")
    screen.keys("Space", "V", "G", "V")
    screen.sees("3 marked")
    screen.keys("b")
    screen.sees("Add a theme")
    screen.keys("Enter")
    screen.sees("separates several")
    screen.type("Exile")
    screen.sees("3 of 3 change")
    screen.keys("Enter")
    screen.sees("3 changed; u takes it")
    assert all("Exile" in themes for themes in listed(home, voices).values())
    screen.keys("u")
    screen.sees("3 testimonies brought")
    assert listed(home, voices) == before
    screen.keys("Escape")
    screen.sees("3 marks were taken")
    screen.keys("C-q")
    screen.ended()
    assert listed(home, voices) == before


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_what_is_missing_is_filled_in_one_after_the_other(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    command(home, "import", str(write_lines(tmp_path / "made.jsonl")), "--collection", voices)

    screen = terminal(*size)
    screen.start(voices)
    screen.sees("3 testimonies")
    screen.keys("M")
    screen.sees("What is missing · in 3 testimonies", "No language")
    screen.keys("G", "k")
    screen.sees("The language is not given.")
    screen.keys("Enter")
    for id, language in (("m-2", "ru"), ("m-1", "cs")):
        screen.sees(f"{id} · The language")
        screen.keys("Enter")
        screen.sees(f"Editing {id}", "Language")
        screen.type(language)
        screen.keys("C-s")
        screen.sees("What is missing · in 3 testimonies")
    screen.sees("m-3 · The language")
    screen.keys("Escape")
    screen.sees("3 testimonies", "━Testimonies")
    screen.keys("C-q")
    screen.ended()
    found = json.loads(command(home, "list", "--json", "--private", "--collection", voices))
    languages = {one["id"]: one["language"] for one in found["testimonies"]}
    assert languages == {"m-2": "ru", "m-1": "cs", "m-3": ""}
