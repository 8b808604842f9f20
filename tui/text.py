"""Makes any text safe for a terminal, and measures it as the terminal will draw it.

Accounts come from anywhere: a file may hold escape sequences, characters that reorder the rest
of the row, or characters that one terminal draws in no cell, another in two. Everything that is
drawn passes `visible` or `one_line` first. Both give one character for one character, so that
offsets into the account hold for what is on the screen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rich.cells import cell_len, get_character_cell_size

REPLACEMENT: Final = "\ufffd"
"""Stands for what must not be drawn."""
JOINER: Final = "\u034f"
"""Stands for what nobody sees: of no width in every terminal's table, and never drawn."""
NON_JOINER: Final = "\u200c"
"""Needed between Persian letters; of no width, and without special rules in width tables."""
ELLIPSIS: Final = "…"
MAX_MARKS: Final = 30
"""Marks on one letter that are drawn: the bound of UAX #15 (stream-safe text format)."""

_UNSEEN: Final = frozenset(
    map(
        chr,
        (
            0xAD,  # soft hyphen: one cell here, none there
            0x061C, 0x200E, 0x200F,  # direction marks: common in honest Hebrew and Arabic
            0x180E, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0x2065, 0xFEFF,
            # The joiner makes families of emoji, which some terminals draw in two cells and
            # others in eight; the selectors widen a character in some terminals only.
            0x200D, 0xFE0E, 0xFE0F,
            *range(0x206A, 0x2070),
            *range(0x13430, 0x13456),
            *range(0x1BCA0, 0x1BCA4),
            *range(0x1D173, 0x1D17B),
            *range(0x1F3FB, 0x1F400),  # skin tones: likewise
        ),
    )
)  # fmt: skip
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0")
"""Hangul fillers: blank, and of disputed width."""


def visible(text: str) -> str:
    """Make a text safe to draw, one character for one character.

    Controls become control pictures, what reorders a row becomes U+FFFD, what is drawn nowhere
    (and measured differently everywhere) a character of no width. Line feeds and tabs stay.

    Args:
        text: any text; lone surrogates are allowed.

    Returns:
        A text of the same length.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", " \n")
    distinct = set(text)
    changed = {old: new for old in distinct if (new := _drawn_as(old)) != old}
    if len(changed) > 8:
        text = text.translate({ord(old): new for old, new in changed.items()})
    else:
        for old, new in changed.items():
            text = text.replace(old, new)
    drawn = (changed.get(one, one) for one in distinct)
    marks = {one for one in drawn if one not in "\n\t" and not get_character_cell_size(one)}
    return _with_bases(text, marks) if marks else text


def one_line(text: str) -> str:
    """Make a text safe to draw in a single row: `visible`, with line ends and tabs as spaces.

    Args:
        text: any text.

    Returns:
        A text of the same length.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r", " ")
    return visible(text).replace("\n", " ").replace("\t", " ")


def many(n: int) -> str:
    """Count testimonies."""
    return "1 testimony" if n == 1 else f"{n} testimonies"


def width(text: str) -> int:
    """Give the cells that a text takes which `one_line` has made safe."""
    return cell_len(text)


def clip(text: str, cells: int, *, ascii: bool = False) -> str:
    """Cut a text to a number of cells, with a sign where it was cut.

    Args:
        text: a text that `one_line` has made safe.
        cells: cells it may take at most.
        ascii: draw the sign as `~` instead of an ellipsis.

    Returns:
        The text itself if it fits; otherwise as many whole characters as fit beside the sign.
    """
    if cells <= 0:
        return ""
    if len(text) <= cells and text.isascii():
        return text
    sign = "~" if ascii else ELLIPSIS
    used = cut = 0
    for at, character in enumerate(text):
        used += get_character_cell_size(character)
        if used > cells:
            return text[:cut] + sign
        if used < cells:
            cut = at + 1
    return text


@lru_cache(maxsize=4096)
def _drawn_as(character: str) -> str:
    """Say what is drawn in place of one character."""
    code = ord(character)
    if code < 0x300:
        if code < 0x20:
            return character if character in "\n\t" else chr(0x2400 + code)
        if code == 0x7F:
            return "\u2421"
        if 0x80 <= code < 0xA0:
            return REPLACEMENT
    if character in _UNSEEN:
        return JOINER
    if character == "\u200b":  # joins no letters either
        return NON_JOINER
    if character in "\u2028\u2029":
        return "\n"
    if character in _BLANK:
        return " "
    if 0x1F1E6 <= code <= 0x1F1FF:  # a flag is two letters: two cells, or four, or one glyph
        return chr(ord("A") + code - 0x1F1E6)
    return REPLACEMENT if _is_refused(code) else character


def _is_refused(code: int) -> bool:
    return (
        0x202A <= code <= 0x202E  # embeddings and overrides
        or 0x2066 <= code <= 0x2069  # isolates
        or 0xD800 <= code <= 0xDFFF  # lone surrogates: no terminal could be sent one
        or 0xFDD0 <= code <= 0xFDEF  # noncharacters
        or code & 0xFFFE == 0xFFFE
        or 0xFFF0 <= code <= 0xFFFB  # interlinear annotation
        or (0xE0000 <= code <= 0xE0FFF and not 0xE0100 <= code <= 0xE01EF)  # tags
    )


def _with_bases(text: str, marks: set[str]) -> str:
    """Replace marks without a letter to sit on: they would land in the neighbouring pane."""
    every = "[" + "".join(map(re.escape, sorted(marks))) + "]"
    text = re.sub(
        f"(?<![^\n]){every}",
        lambda found: " " if found[0] in (JOINER, NON_JOINER) else REPLACEMENT,
        text,
    )
    return re.sub(
        f"({every}{{{MAX_MARKS}}})({every}+)",
        lambda found: found[1] + REPLACEMENT * len(found[2]),
        text,
    )
