"""Taking files in as a person does: a spreadsheet of somebody else's, looked at and taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.terminal import Terminal
from tests.journeys.test_reading_room import command

TABLE = """Number;Who;Said
7;Anna;"We went; it was cold."
8;Josef;"=1+1 was the question."
9;;
"""


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_a_table_with_columns_of_its_own_comes_in_and_goes_again(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    file = tmp_path / "list.csv"
    file.write_text(TABLE)

    screen = terminal(*size)
    screen.start("import", str(file), "--collection", voices)
    screen.sees("What the columns are", "Number", "Said")
    screen.keys("j", "Enter")
    screen.sees("What is “Who”?")
    screen.type("narr")
    screen.keys("Enter")
    screen.no_longer_sees("What is “Who”?")
    screen.keys("j", "Enter")
    screen.sees("What is “Said”?")
    screen.type("words of the test")
    screen.keys("Enter")
    screen.no_longer_sees("What is “Said”?")
    screen.keys("C-s")
    screen.sees("Import from list.csv", "2 to be taken in", "Refused")
    screen.keys("C-s")
    screen.sees("2 testimonies", "Josef")
    listed = json.loads(command(home, "list", "--json", "--collection", voices))
    accounts = {one["narrator"]["name"]: one["account"] for one in listed["testimonies"]}
    assert accounts == {"Anna": "We went; it was cold.", "Josef": "=1+1 was the question."}
    screen.keys("u")
    screen.sees("0 testimonies")
    screen.keys("C-q")
    screen.ended()
    (report,) = tmp_path.glob("voices.json.imports/*.txt")
    assert "list.csv, record 3, line 4" in report.read_text("utf-8")


ARTICLE = """The bridge at night

By Ada Byron
28 September 2022

“I carried my daughter over the bridge, and behind us it burned,” said Ivan*, a driver from Lviv.

The ministry said in a statement that “the situation is under control”.

*Name changed
"""


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_what_an_article_says_is_looked_at_before_it_enters(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    file = tmp_path / "bridge.txt"
    file.write_text(ARTICLE)

    screen = terminal(*size)
    screen.start("import", str(file), "--collection", voices)
    screen.sees("Import from bridge.txt", "0 to be taken in", "To be looked at")
    screen.keys("C-s")
    screen.sees("Nothing is ready yet")
    screen.keys("Enter")
    screen.sees("To be looked at", "Ivan*")
    screen.keys("F8")
    screen.sees("The ministry said")
    screen.keys("F8", "C-s")
    screen.sees("1 to be taken in", "Looked at")
    screen.keys("C-s")
    screen.sees("1 testimony")
    screen.keys("C-q")
    screen.ended()
    listed = json.loads(command(home, "list", "--json", "--collection", voices))
    (one,) = listed["testimonies"]
    assert one["account"] == "I carried my daughter over the bridge, and behind us it burned,"
    assert (one["narrator"]["name"], one["narrator"]["naming"]) == ("Ivan*", "pseudonym")
    again = json.loads(command(home, "import", "--json", str(file), "--collection", voices))
    assert (again["added"], again["same"]) == (0, 1)
