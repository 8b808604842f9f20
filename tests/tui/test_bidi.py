"""Visual order, against the Unicode algorithm as the Rust library of python-bidi has it."""

from __future__ import annotations

import subprocess
import sys

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text import one_line
from tui.widgets.bidi import has_rtl, is_rtl, visual

LETTERS = st.text(st.sampled_from("אבגשabc123٤٥دو()[] .,-:%$/+"), max_size=20)
BASE = st.sampled_from([None, True, False])
ANY = st.text(st.characters(exclude_categories=()), max_size=30) | st.text(
    st.sampled_from("אבש\u05b7\u05c1لاسم\u064e\u200c\u034f abc(12)\u0301字"), max_size=30
)


@settings(deadline=None)  # the first example loads the libraries
@given(LETTERS, BASE)
def test_the_order_is_that_of_the_unicode_algorithm(line: str, base: bool | None) -> None:
    expected = get_display(line, base_dir=None if base is None else "R" if base else "L")
    _, places = visual(line, base)
    assert "".join(line[at] for at in places) == expected


@settings(deadline=None)
@given(ANY, BASE)
def test_no_character_is_lost_or_widened(text: str, base: bool | None) -> None:
    for line in (text, one_line(text)):
        drawn, places = visual(line, base)
        assert sorted(places) == list(range(len(line)))
        assert len(drawn) == len(line)
    assert cell_len(drawn) == cell_len(line)


@pytest.mark.parametrize("line", ["", "plain (text)", "Příliš žluťoučký", "字 [x]", "\x1b[2J"])
def test_other_lines_are_left_alone(line: str) -> None:
    assert not has_rtl(line)
    assert visual(line) == (line, list(range(len(line))))
    assert visual(line, base_rtl=False) == (line, list(range(len(line))))


@pytest.mark.parametrize(
    ("line", "drawn"),
    [
        ("שלום", "םולש"),
        ("abc שלום def", "abc םולש def"),
        ("שלום abc", "abc םולש"),
        ("(שלום)", "(םולש)"),
        ("שלום (abc) 123", "123 (abc) םולש"),
        ("בשנת 1943, בלבוב", "בובלב ,1943 תנשב"),
        # Points follow the letter that they belong to.
        ("שָׁלוֹם", "םוֹלשָׁ"),
        # Letters join: initial, final.
        ("با", "\ufe8e\ufe91"),
        # Not across the non-joiner, and across points.
        ("ب\u200cا", "\u0627\u0628\u200c"),
        ("بَا", "\ufe8e\ufe91\u064e"),
    ],
)
def test_visual(line: str, drawn: str) -> None:
    assert visual(line)[0] == drawn


def test_places_lead_back() -> None:
    line = "ab שלום"
    drawn, places = visual(line)
    assert drawn == "ab םולש"
    assert places == [0, 1, 2, 6, 5, 4, 3]


@pytest.mark.parametrize(
    ("text", "rtl"),
    [("שלום abc", True), ("abc שלום", False), ("12. «שלום»", True), ("123", False), ("", False)],
)
def test_a_paragraph_runs_as_its_first_letter(text: str, rtl: bool) -> None:
    assert is_rtl(text) is rtl


def test_a_line_of_a_right_to_left_paragraph_may_hold_no_such_letter() -> None:
    assert visual("1943.", base_rtl=True)[0] == ".1943"


def test_the_libraries_are_loaded_only_when_needed() -> None:
    code = (
        "import sys; from tui.widgets.bidi import visual; visual('plain');"
        "sys.exit(any(name in sys.modules for name in ('bidi', 'arabic_reshaper')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
