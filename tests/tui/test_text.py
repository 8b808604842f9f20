"""What may be drawn, and how wide it is: by itself, and in the reader, all the way to the screen."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from textual.app import App, ComposeResult

from tui.text import JOINER, MAX_MARKS, NON_JOINER, REPLACEMENT, clip, one_line, visible, width
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from textual.strip import Strip

ANY = st.text(st.characters(exclude_categories=()), max_size=60)
"""Any text, lone surrogates included."""
NASTY = st.text(
    st.sampled_from(
        "ab \n\t\r\x00\x1b\x7f\x85\u0301\u05b7\u200b\u200c\u200d\u200e\u202e\u2028\u2066\ufe0f\ufeff"
        "\ud800\udfff\U0001f468\U0001f3fb\U0001f1e8\U000e0067字שع"
    ),
    max_size=60,
)
DANGEROUS = frozenset("\u200b\u200d\u200e\u200f\u061c\u2028\u2029\ufeff\ufe0e\ufe0f") | {
    chr(code)
    for first, last in ((0x202A, 0x202E), (0x2060, 0x206F))
    for code in range(first, last + 1)
}


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain", "plain"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[2J\x1b]0;x\x07", "␛[2J␛]0;x␇"),
        ("nul\0del\x7f", "nul␀del␡"),
        ("c1\x9b31m", f"c1{REPLACEMENT}31m"),
        ("dos\r\nmac\r", "dos \nmac␍"),
        ("\u202eevil\u202c", f"{REPLACEMENT}evil{REPLACEMENT}"),
        ("\u2066x\u2069", f"{REPLACEMENT}x{REPLACEMENT}"),
        ("ש\u200f!", f"ש{JOINER}!"),
        ("\ufeffbegin", " begin"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("lone \ud800 surrogate", f"lone {REPLACEMENT} surrogate"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क\u094d\u200dष", f"क\u094d{JOINER}ष"),
        ("\U0001f468\u200d\U0001f469", f"\U0001f468{JOINER}\U0001f469"),
        ("\u2764\ufe0f", f"\u2764{JOINER}"),
        ("a\u200bb", f"a{NON_JOINER}b"),
        ("\U0001f1e8\U0001f1ff", "CZ"),
        ("\U0001f44d\U0001f3fd", f"\U0001f44d{JOINER}"),
        ("x\U000e0067", f"x{REPLACEMENT}"),
        ("\u0301a\n\u0301b", f"{REPLACEMENT}a\n{REPLACEMENT}b"),
        ("\xa0‑—„Lwów“ 字", "\xa0‑—„Lwów“ 字"),
        ("[/] [laughs] [bold red]", "[/] [laughs] [bold red]"),
        ("", ""),
    ],
)
def test_what_is_drawn(text: str, drawn: str) -> None:
    assert visible(text) == drawn


@given(ANY | NASTY)
def test_one_character_for_one_character_and_nothing_that_a_terminal_obeys(text: str) -> None:
    safe = visible(text)
    assert len(safe) == len(text)
    assert not DANGEROUS & set(safe)
    assert all(unicodedata.category(one) not in ("Cc", "Cs") for one in safe if one not in "\n\t")
    assert visible(safe) == safe
    safe.encode()


@given(ANY | NASTY)
def test_one_line_is_one_line(text: str) -> None:
    safe = one_line(text)
    assert len(safe) == len(text)
    assert len(safe.splitlines()) <= 1
    assert not set(safe) & set("\n\t\r")


@given(ANY | NASTY)
def test_width_is_the_sum_of_the_characters(text: str) -> None:
    """The table has rules for joiners and selectors; none of them may be left to apply."""
    safe = one_line(text)
    assert width(safe) == sum(map(get_character_cell_size, safe))
    for at in range(len(safe)):
        assert width(safe[:at]) + width(safe[at:]) == width(safe)


@given(ANY | NASTY)
def test_marks_have_a_base(text: str) -> None:
    for line in visible(text).split("\n"):
        assert not line or line[0] == "\t" or get_character_cell_size(line[0]) > 0


def test_a_storm_of_marks_is_cut() -> None:
    drawn = visible("a" + "\u0301" * 5000)
    assert len(drawn) == 5001
    assert drawn.count("\u0301") == MAX_MARKS


@given(ANY | NASTY, st.integers(0, 20), st.booleans())
def test_clip(text: str, cells: int, ascii: bool) -> None:
    safe = one_line(text)
    cut = clip(safe, cells, ascii=ascii)
    assert cell_len(cut) <= cells
    if width(safe) <= cells:
        assert cut == safe
    elif cells:
        assert cut[-1] == ("~" if ascii else "…")
        assert safe.startswith(cut[:-1])


@pytest.mark.parametrize(
    ("text", "cells", "cut"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("字字字", 5, "字字…"),
        ("字字字", 4, "字…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("abc", -3, ""),
    ],
)
def test_clipping(text: str, cells: int, cut: str) -> None:
    assert clip(text, cells) == cut


HOSTILE = {
    "closing tag": "[/]",
    "laughs": "[laughs] yes",
    "bold": "[bold red]x",
    "link": "[@click=app.quit]x[/] [link=x]",
    "escapes": "\x1b[2J\x1b]0;x\x07",
    "8-bit escapes": "\x9b2J\x9d0;x\x9c",
    "nul": "a\0b",
    "every control": "".join(map(chr, range(0x100))),
    "override": "a \u202egnp.exe\u202c b",
    "isolates": "\u2067a\u2066b\u2069c\u2069\u2068",
    "hebrew and arabic": "שלום (abc) مرحبا بالعالم 123 [x]",
    "pointed": "שָׁלוֹם עֲלֵיכֶם",
    "storm": "a" + "\u0301\u0316" * 2000 + "b",
    "marks first": "\u0301\n\u0301\u05b7x",
    "family": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 " * 50,
    "flags": "\U0001f1e8\U0001f1ff\U0001f3f4\U000e0067\U000e007f",
    "hearts": "\u2764\ufe0f\u2764\ufe0e1\ufe0f\u20e3\U0001f44d\U0001f3fd",
    "wide": "字" * 999,
    "devanagari": "क\u094d\u200dष का",
    "one long line": "x" * 1_000_000,
    "one long line of words": "word " * 200_000,
    "one long right-to-left line": "שלום " * 50_000,
    "brackets": "[" * 100_000,
    "more brackets": "[/]" * 30_000,
    "surrogates": "\ud800 \udfff \ud83d",
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
    "line ends": "a\r\nb\rc\n\r",
    "spaces": " " * 10_000,
    "tabs": "\t\ta\tb" * 100,
    "line feeds": "\n" * 1000,
    "private use": "\ue000\U000f0000\ufdd0\uffff",
}


class OneReader(App[None]):
    """One reader."""

    CSS = "Reader { padding: 0; }"

    def __init__(self, bidi: str = "app") -> None:
        super().__init__()
        self.bidi = bidi

    def compose(self) -> ComposeResult:
        yield Reader(bidi=self.bidi)


def strips(reader: Reader) -> list[Strip]:
    """Give what is drawn, line by line, as the screen gets it."""
    return reader.render_lines(reader.size.region)


@pytest.mark.parametrize(
    ("name", "bidi"),
    [(name, "app") for name in HOSTILE]
    + [(name, "off") for name in ("override", "hebrew and arabic", "pointed", "storm")],
)
async def test_hostile_text_is_shown_and_not_obeyed(name: str, bidi: str) -> None:
    text = HOSTILE[name]
    app = OneReader(bidi)
    async with app.run_test(size=(40, 12)) as pilot:
        reader = app.query_one(Reader)
        middle = len(text) // 2
        reader.show(
            text,
            heading=[text[:500], (text[:500], "reader--notice")],
            marks=[(0, 1), (middle, len(text))],
        )
        await pilot.pause()
        seen = set()
        for key in ("", "G", "b", "ctrl+u", "g", "space"):
            await pilot.press(*([key] if key else []))
            for strip in strips(reader):
                seen |= set(strip.text)
                assert strip.cell_length == cell_len(strip.text) == reader.size.width
        while reader.next_hit():
            await pilot.pause()
        reader.show(text)
        await pilot.pause()
        await pilot.resize_terminal(1 + 2, 5)
        assert all(strip.cell_length == reader.size.width for strip in strips(reader))
        assert not [one for one in seen if unicodedata.category(one) in ("Cc", "Cs")]
        assert not seen & set(
            "\u200b\u200d\u202a\u202b\u202c\u202d\u202e\u2028\u2066\u2067\u2068\u2069\ufe0f"
        )


@pytest.mark.parametrize("name", ["closing tag", "laughs", "bold", "link", "escapes", "nul"])
async def test_hostile_text_is_shown_literally(name: str) -> None:
    app = OneReader()
    async with app.run_test(size=(60, 5)) as pilot:
        app.query_one(Reader).show(HOSTILE[name], heading=[HOSTILE[name]])
        await pilot.pause()
        drawn = [strip.text.rstrip() for strip in strips(app.query_one(Reader))]
        assert drawn[:3] == [visible(HOSTILE[name]), "", visible(HOSTILE[name])]
