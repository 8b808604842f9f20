"""How wide terminals draw the spacing vowel signs of Hindi, Bengali, Tamil or Khmer.

Rich counts them (general category Mc) as no cell, as wcwidth does; xterm, VTE, Alacritty and
tmux give each a cell of its own. Where the two disagree, a row of one pane runs into the next.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import rich.cells
from rich.cells import CellTable
from rich.cells import load_cell_table as _load  # type: ignore[attr-defined]


def give_spacing_marks_a_cell() -> None:
    """Let Rich, and with it Textual, count spacing marks as one cell."""
    # Rich has no setting for it; the table is exchanged where its functions look it up.
    rich.cells.load_cell_table = _with_spacing_marks  # type: ignore[attr-defined]
    rich.cells.get_character_cell_size.cache_clear()
    rich.cells.cached_cell_len.cache_clear()


@cache
def _with_spacing_marks(unicode_version: str = "auto") -> CellTable:
    table: CellTable = _load(unicode_version)
    widths: list[tuple[int, int, int]] = []
    for start, end, width in table.widths:
        if width:
            widths.append((start, end, width))
        else:
            widths += _without_spacing_marks(start, end)
    return table._replace(widths=widths)


def _without_spacing_marks(start: int, end: int) -> list[tuple[int, int, int]]:
    """Cut the spacing marks out of a range of zero width; what is in no range has one cell."""
    kept: list[tuple[int, int, int]] = []
    for code in range(start, end + 1):
        if unicodedata.category(chr(code)) == "Mc":
            continue
        if kept and kept[-1][1] == code - 1:
            kept[-1] = (kept[-1][0], code, 0)
        else:
            kept.append((code, code, 0))
    return kept
