"""Drawing with ASCII only: a filter over every line, since Textual draws Unicode regardless."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

if TYPE_CHECKING:
    from textual.color import Color

_DRAWN: Final = {
    **dict.fromkeys("─━╌╍┄┅┈┉═╴╶╸╺▁▔▂▃", "-"),
    **dict.fromkeys("│┃╎╏┆┇┊┋║╵╷╹╻▏▎▍▌▐▕▊▋", "|"),
    **dict.fromkeys("█▓▒░▄▀▆▇▅▰", "#"),
    **dict.fromkeys("▱", "."),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‘’‚‹›", "'"),
    **dict.fromkeys("–—−", "-"),
    **dict.fromkeys("·•●", "*"),
    **dict.fromkeys("↑", "^"),
    **dict.fromkeys("↓", "v"),
    **dict.fromkeys("→⊃", ">"),
    **dict.fromkeys("←", "<"),
    "…": "~",
    "≈": "~",
    "⏎": "<",
    "\u00a0": " ",
}


class AsciiOnly(LineFilter):
    """Puts ASCII in the place of drawing characters; letters of every script stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Replace what is drawn, cell for cell."""
        return [
            segment
            if segment.control or segment.text.isascii()
            else Segment(_plain(segment.text), segment.style)
            for segment in segments
        ]


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return "".join(map(_one, text))


def _one(character: str) -> str:
    if character.isascii() or unicodedata.category(character)[0] in "LMN":
        return character
    if character in _DRAWN:
        return _DRAWN[character]
    if "\u2500" <= character <= "\u257f":
        return "+"
    return "?" * cell_len(character)
