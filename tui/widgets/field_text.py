"""Text as an input may hold it: nothing a terminal would obey, nothing lost on the way back.

Textual draws most control characters raw, strips some while drawing, and TextArea splits lines
at eight further characters and joins them again as line feeds. So the inputs hold a stand-in
from the last private plane for each such character, one for one, and draw a picture of it.
A character of that block which is really meant (nobody has one) is quoted.
"""

from __future__ import annotations

import re
from typing import Final

from tui.text import visible

_CONTROLS: Final = 0x10F000
_MARKS: Final = 0x10F100
_SURROGATES: Final = 0x10F800
_JOIN: Final = chr(0x10F200)
"""Ends a piece of a line that goes on in the next piece."""
_QUOTE: Final = chr(0x10F201)
"""Stands before a character of the block that means itself."""
_BLOCK: Final = "\U0010f000-\U0010ffff"
_PIECE: Final = 2_000
"""Characters of a line that TextArea draws at once without getting slow."""

_IN_BLOCK: Final = re.compile(f"[{_BLOCK}]")
# Line and paragraph separators and what turns the direction of the rest of the line around.
_UNSAFE: Final = rf"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff{_BLOCK}"
_UNSAFE_IN_BLOCK: Final = re.compile(f"[{_UNSAFE}]")
_UNSAFE_IN_LINE: Final = re.compile(rf"[\t\n{_UNSAFE}]")
_WRITTEN: Final = re.compile(rf"{_JOIN}\n?|{_QUOTE}([{_BLOCK}])|{_QUOTE}|([{_BLOCK}])")
_LONG_LINE: Final = re.compile(rf"[^\n]{{{_PIECE + 1},}}")


def hold_line(text: str) -> str:
    """Turn any text into one that a one-line input may hold."""
    return _UNSAFE_IN_LINE.sub(_stand_in, text)


def hold_block(text: str) -> tuple[str, str]:
    """Turn any text into one that a text area may hold.

    Returns:
        the text with line feeds as its only line breaks, and the line break it had: the carriage
        returns of a text that is not of one mind stay in it, each with a picture of its own.
    """
    newline = _newline(text)
    if newline != "\n":
        text = text.replace(newline, "\n")
    text = _UNSAFE_IN_BLOCK.sub(_stand_in, text)
    return _LONG_LINE.sub(_in_pieces, text), newline


def release(held: str, newline: str = "\n") -> str:
    """Give the text that an input stands for; the way back from both."""
    held = _WRITTEN.sub(_meant, held)
    return held if newline == "\n" else held.replace("\n", newline)


def drawn(held: str) -> str:
    """Make what an input holds fit to draw, character for character."""
    return visible(_IN_BLOCK.sub(_picture, held))


def safe(text: str) -> str:
    """Show any text on one line, literally and without anything a terminal would obey."""
    return drawn(hold_line(text))


def pasted_line(text: str, joint: str = " ") -> str:
    """Bring pasted text to one line, none of it lost; line breaks become the joint."""
    return joint.join(filter(str.strip, re.split(r"\r\n|\r|\n", text))) or text.strip("\r\n")


def pasted_block(text: str) -> str:
    """Give pasted text its line feeds: terminals send carriage returns instead."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _newline(text: str) -> str:
    if "\r" not in text:
        return "\n"
    if "\n" not in text:
        return "\r"
    pairs = text.count("\r\n")
    return "\r\n" if pairs == text.count("\r") == text.count("\n") else "\n"


def _stand_in(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return chr(_CONTROLS + code)
    if code < 0xD800:
        return chr(_MARKS + (code & 0xFF))
    if code < 0xE000:
        return chr(_SURROGATES + code - 0xD800)
    return _QUOTE + match[0]


def _meant(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if not match[2]:
        return ""
    code = ord(match[2])
    if code < _MARKS:
        return chr(code - _CONTROLS)
    if code < _MARKS + 0x100:
        return chr(0x2000 + code - _MARKS)
    return chr(0xD800 + code - _SURROGATES) if code >= _SURROGATES else match[2]


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0]) - _CONTROLS
    if code < 0x20:
        return chr(0x2400 + code)
    if match[0] == _JOIN:
        return "↲"
    return "␡" if code == 0x7F else "�"


def _in_pieces(match: re.Match[str]) -> str:
    line, pieces, start = match[0], [], 0
    while len(line) - start > _PIECE:
        cut = line.rfind(" ", start, start + _PIECE) + 1 or start + _PIECE
        # A quoted character stays with what quotes it, which may be another of its kind.
        cut -= (cut - len(line[:cut].rstrip(_QUOTE))) % 2
        pieces.append(line[start:cut])
        start = cut
    return f"{_JOIN}\n".join([*pieces, line[start:]])
