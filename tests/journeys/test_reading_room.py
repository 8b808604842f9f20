"""What a person does: import, browse, search, read to the end, add, find again after a restart."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from collection.testimony import as_record
from tests.journeys.terminal import ROOT, Terminal
from tests.tui.room import MADE

EHRI = ROOT.parent / "shared" / "data" / "ehri" / "testimonies.jsonl"


def command(home: Path, *arguments: str) -> str:
    """Run the command line in the same home as the terminal, and give what it printed."""
    folders = {f"XDG_{k}_HOME": str(home / k.lower()) for k in ("CONFIG", "DATA", "CACHE", "STATE")}
    done = subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT), **folders},
    )
    return done.stdout


def write_lines(path: Path) -> Path:
    records = (msgspec.json.encode(as_record(one)) for one in MADE)
    path.write_bytes(b"\n".join(records))
    return path


def add_through_the_form(terminal: Terminal) -> None:
    terminal.keys("a")
    terminal.sees("New testimony", "Title")
    terminal.type("Zdeněk on the last winter")
    terminal.keys("Tab")
    terminal.type("Zdeněk")
    terminal.keys("F3")
    terminal.type("winter 1944-45")
    terminal.sees("Dec")
    terminal.keys("F3")
    terminal.type("Hunger; Return")
    terminal.keys("F3")
    terminal.type("We walked home through Litoměřice. [laughs] Nobody asked.")
    terminal.keys("C-s")
    terminal.sees("Saved as")


def leave_search(screen: Terminal, told: str) -> None:
    # A terminal sends Esc and a key that follows at once as one: each is waited for.
    screen.keys("Escape")
    screen.sees(told)
    screen.keys("Escape")
    screen.sees("━Testimonies")


def read_to_the_end(screen: Terminal) -> None:
    screen.keys("Enter", "Enter")
    screen.sees("━Account")
    screen.keys("G")
    screen.sees("100 %")


def find_it_again(terminal: Terminal) -> None:
    terminal.keys("/")
    terminal.type("litomerice walked")
    terminal.sees("Zdeněk on the last winter", "1 of")


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_a_day_in_the_reading_room(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    lines = write_lines(tmp_path / "made.jsonl")
    told = command(home, "import", str(lines), "--collection", voices)
    assert "Added 3" in told

    screen = terminal(*size)
    screen.start(voices)
    screen.sees("The train that stopped", "3 testimonies")
    screen.keys("j")
    screen.sees("We were cold.")
    for words, found in (("terezin", "1 of 3"), ("Lodz", "2 of 3"), ("forced labor", "1 of 3")):
        screen.keys("/")
        screen.type(words)
        screen.sees(found)
        leave_search(screen, "3 testimonies")
    screen.keys("/")
    screen.type("terezin")
    screen.sees("1 of 3")
    read_to_the_end(screen)
    screen.sees("Day 59 in Terezín.")
    screen.keys("Escape")
    screen.sees("━Testimonies")
    screen.keys("Escape")
    screen.sees("3 testimonies")
    add_through_the_form(screen)
    screen.sees("4 testimonies")
    find_it_again(screen)
    screen.keys("C-q")
    screen.ended()

    screen.start(voices)
    screen.sees("4 testimonies")
    find_it_again(screen)
    screen.keys("C-q")
    screen.ended()
    listed = json.loads(command(home, "list", "--json", "--collection", voices))
    added = [one for one in listed["testimonies"] if one["title"] == "Zdeněk on the last winter"]
    assert added[0]["date"]["text"] == "winter 1944-45"
    assert added[0]["themes"] == ["Hunger", "Return"]
    assert "[laughs]" in added[0]["account"]


@pytest.mark.parametrize("size", [(120, 40), (60, 20)])
def test_real_testimonies(
    terminal: Callable[[int, int], Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    if not EHRI.exists():
        pytest.skip("the EHRI collection is not beside the checkout (../shared/data)")
    home, voices = tmp_path / "home", str(tmp_path / "voices.json")
    assert "Added 193" in command(home, "import", str(EHRI), "--collection", voices)
    assert "Added 0" in command(home, "import", str(EHRI), "--collection", voices)

    screen = terminal(*size)
    screen.start(voices)
    screen.sees("193 testimonies")
    for _ in range(5):
        screen.keys("j")
    screen.keys("G")
    screen.keys("g")
    for words in ("terezin", "Lodz", "forced labor", "warszawa"):
        screen.keys("/")
        screen.type(words)
        screen.sees("of 193", f"/ {words}")
        screen.no_longer_sees("0 of 193 ")
        screen.sees("Found by")
        leave_search(screen, "193 testimonies")
    screen.keys("/")
    screen.type("zeznanie treblinka")
    screen.sees("of 193")
    read_to_the_end(screen)
    screen.keys("Escape")
    screen.sees("━Testimonies")
    screen.keys("Escape")
    screen.sees("193 testimonies")
    add_through_the_form(screen)
    screen.keys("C-q")
    screen.ended()
    screen.start(voices)
    screen.sees("194 testimonies")
    find_it_again(screen)


def test_the_sample_is_a_scratch_copy(terminal: Callable[[int, int], Terminal]) -> None:
    screen = terminal(100, 30)
    screen.start("--sample")
    screen.sees("composed illustrations", "changes are not kept", "24 testimonies")
    screen.keys("d")
    screen.sees("Withdrawn", "23 testimonies")
    screen.keys("u")
    screen.sees("24 testimonies")
    screen.keys("q")
    screen.ended()


def test_a_foreign_file_gives_a_message_and_another_can_be_opened(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    foreign = tmp_path / "foreign.json"
    foreign.write_text('{"_default": {}}')
    screen = terminal(80, 24)
    screen.start(str(foreign))
    screen.sees("not a Firsthand collection")
    screen.keys("o")
    screen.sees("Open or create a collection")
    screen.type(str(tmp_path / "second.json"))
    screen.keys("Enter")
    screen.sees("There is no", "second.json", "Create")
    screen.keys("y")
    screen.sees("There are no testimonies yet.", "second.json")
    screen.keys("q")
    screen.ended()
    assert foreign.read_text() == '{"_default": {}}'
    assert (tmp_path / "second.json").exists()


def test_words_that_were_typed_are_not_lost_without_a_question(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    screen = terminal(60, 20)
    screen.start(str(tmp_path / "new.json"))
    screen.sees("There are no testimonies yet.")
    screen.keys("a")
    screen.sees("New testimony")
    screen.type("Half a title")
    screen.sees("Half a title")
    screen.keys("Escape")
    screen.sees("Go on editing")
    screen.keys("Escape")
    screen.no_longer_sees("Go on editing")
    screen.sees("Half a title")
    screen.keys("C-s")
    screen.sees("The account is missing")
    screen.keys("F3", "F3", "F3", "F3")
    screen.sees("Half a title")


def test_the_terminal_is_left_as_it_was(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    screen = terminal(40, 12)
    screen.start(str(tmp_path / "new.json"))
    screen.sees("There are no")
    screen.keys("q")
    screen.ended()
    assert "Traceback" not in screen.text()


def test_a_byte_that_is_no_text_and_an_interruption_lose_no_words(
    terminal: Callable[[int, int], Terminal], tmp_path: Path
) -> None:
    screen = terminal(80, 24)
    screen.start(str(tmp_path / "new.json"))
    screen.sees("There are no testimonies yet.")
    screen.keys("a")
    screen.sees("New testimony")
    screen.type("caf")
    screen.keys("-H", "e9")
    screen.type(" noir")
    screen.sees("caf\ufffd noir")
    screen.signal(signal.SIGINT)
    screen.sees("is not saved yet")
    screen.keys("Escape")
    screen.no_longer_sees("is not saved yet")
    screen.sees("caf\ufffd noir")
    screen.signal(signal.SIGTERM)
    screen.ended()
