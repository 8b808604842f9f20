"""Lines as offsets: nothing lost, nothing too wide."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from tui.text import visible
from tui.widgets.wrapping import wrap

TEXT = st.one_of(
    st.text(st.sampled_from("ab \n"), max_size=80),
    st.text(st.sampled_from("ab \n\t字、（\u0301éש\u05b7"), max_size=80),
    st.text(st.characters(exclude_categories=()), max_size=80),
)


@given(TEXT, st.integers(1, 12))
def test_everything_is_covered_in_order(text: str, width: int) -> None:
    text = visible(text)
    lines = wrap(text, width)
    assert lines[0][0] == 0
    assert lines[-1][1] == len(text)
    for (start, end), (following, _) in pairwise(lines):
        assert start <= end
        assert following == end or (following == end + 1 and text[end] == "\n")
        assert following > start
    assert sum(text[start:end].count("\n") for start, end in lines) == 0


@given(TEXT, st.integers(1, 12))
def test_no_line_is_too_wide(text: str, width: int) -> None:
    text = visible(text)
    for start, end in wrap(text, width):
        line = text[start:end].replace("\t", " ").rstrip(" ")
        wide = [one for one in line if get_character_cell_size(one)]
        assert cell_len(line) <= width or len(wide) == 1


@given(TEXT, st.integers(1, 12))
def test_marks_stay_with_their_letters(text: str, width: int) -> None:
    text = visible(text)
    for start, end in wrap(text, width):
        assert start == end or text[start] == "\t" or get_character_cell_size(text[start])


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=6), max_size=30), st.integers(6, 20))
def test_words_that_fit_are_whole(words: list[str], width: int) -> None:
    text = " ".join(words)
    drawn = [text[start:end].split() for start, end in wrap(text, width)]
    assert [word for line in drawn for word in line] == words


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("\n", 10, ["", ""]),
        ("a\n\nb", 10, ["a", "", "b"]),
        ("one two three", 7, ["one two ", "three"]),
        ("one two three", 8, ["one two ", "three"]),
        ("one two    three", 7, ["one two    ", "three"]),
        ("one two ", 7, ["one two "]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a abcdefgh", 3, ["a ", "abc", "def", "gh"]),
        ("a\tb\tc", 3, ["a\tb\t", "c"]),
        ("字字字字字", 4, ["字字", "字字", "字"]),
        ("字字字", 5, ["字字", "字"]),
        ("字", 1, ["字"]),
        ("字字", 1, ["字", "字"]),
        ("字字字。字", 6, ["字字", "字。字"]),
        ("字字（字）", 6, ["字字", "（字）"]),
        ("see 字字 word", 8, ["see 字字 ", "word"]),
        ("字word字", 6, ["字word", "字"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("ab \u0301cd", 3, ["ab", " \u0301cd"]),
    ],
)
def test_lines(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap(text, width)] == lines


def test_a_width_of_nothing_counts_as_one() -> None:
    assert wrap("ab", 0) == [(0, 1), (1, 2)]
