"""What inputs hold: safe to draw, and nothing lost on the way back."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.widgets.field_text import (
    drawn,
    hold_block,
    hold_line,
    pasted_block,
    pasted_line,
    release,
    safe,
)

CONTROLS = "\x00\x07\x1b\r\n\t\x0b\x0c\x1c\x1d\x1e\x7f\x85\x9b\u2028\u2029\u202e\u2066\ud800\udfff"
BLOCK = "\U0010f000\U0010f01b\U0010f200\U0010f201\U0010ffff"
ANY = st.text(
    alphabet=st.one_of(
        st.characters(codec=None, exclude_categories=()), st.sampled_from(CONTROLS + BLOCK)
    )
)


@settings(deadline=None)
@given(ANY)
@example(CONTROLS)
@example(BLOCK)
@example("\U0010f201\U0010f01b\U0010f201")
def test_a_line_comes_back_letter_for_letter(text: str) -> None:
    held = hold_line(text)
    assert release(held) == text
    assert held.splitlines() in ([held], [])


@settings(deadline=None)
@given(st.lists(ANY).map("\r\n".join) | st.lists(ANY).map("\r".join) | ANY)
@example(CONTROLS)
@example("a\r\nb\nc\rd")
@example("\r")
@example("\n\n")
def test_a_block_comes_back_letter_for_letter(text: str) -> None:
    held, newline = hold_block(text)
    assert release(held, newline) == text
    # What TextArea makes of it: it splits at more than line feeds.
    assert "\n".join(held.splitlines()) == held.removesuffix("\n")


@settings(deadline=None)
@given(st.integers(0, 9000), st.sampled_from(["x", "xy ", "漢", "a\U0010f201", "\x1b"]))
def test_a_long_line_is_held_in_pieces_and_stays_one(length: int, word: str) -> None:
    text = (word * length)[:length]
    held, newline = hold_block(text)
    assert release(held, newline) == text
    assert max(map(len, held.splitlines()), default=0) <= 2002


@settings(deadline=None)
@given(ANY)
def test_nothing_that_a_terminal_obeys_is_drawn(text: str) -> None:
    for shown in (safe(text), drawn(hold_line(text)), drawn(hold_block(text)[0])):
        rest = shown.replace("\n", "").replace("\t", "")
        assert not [c for c in rest if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
        assert not set(rest) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
    assert len(drawn(hold_line(text))) == len(hold_line(text))


def test_pictures() -> None:
    assert safe("\x1b[31mred\x07\t\n\x7f") == "␛[31mred␇␉␊␡"
    assert safe("plain [b]x[/] ĄŁ שלום 漢字") == "plain [b]x[/] ĄŁ שלום 漢字"


def test_pasted_lines_are_joined_and_none_is_lost() -> None:
    assert pasted_line("one\r\ntwo\rthree\n") == "one two three"
    assert pasted_line("Lwów\nŁódź\n\n", "; ") == "Lwów; Łódź"
    assert pasted_line("\n") == ""
    assert pasted_block("one\rtwo\r\nthree\n") == "one\ntwo\nthree\n"
