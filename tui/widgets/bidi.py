"""Puts a line of right-to-left text into the order in which it is seen.

Textual sends characters in the order they are stored, and a terminal that reorders a row does so
across panes. So the app tells the terminal not to, and orders each line itself.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from unicodedata import bidirectional, category

from rich.cells import get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterator

_RTL: Final = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks that Unicode keeps for right-to-left scripts (DerivedBidiClass.txt)."""
_ARABIC: Final = re.compile("[\u0620-\u06d5]")


def has_rtl(text: str) -> bool:
    """Say whether any character of a text may be of a right-to-left script."""
    return not text.isascii() and _RTL.search(text) is not None


def is_rtl(paragraph: str) -> bool:
    """Say whether a paragraph runs from right to left, as its first letter does (UAX #9, P2)."""
    if paragraph.isascii():
        return False
    for character in paragraph:
        kind = _kind(character)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def visual(line: str, base_rtl: bool | None = None) -> tuple[str, list[int]]:
    """Put a line into visual order (UAX #9), its Arabic letters joined, its brackets mirrored.

    Args:
        line: a line of text without line feeds.
        base_rtl: whether its paragraph runs from right to left; None asks the line itself.

    Returns:
        The characters from left to right, as many as the line has and as wide, and for each the
        offset it came from. Marks follow the character they sit on.
    """
    rtl = has_rtl(line)
    if not rtl and not base_rtl:
        return line, list(range(len(line)))
    if base_rtl is None:
        base_rtl = is_rtl(line)
    characters = [
        {"ch": glyph, "at": at, "level": int(base_rtl), "type": kind, "orig": kind}
        for at, (glyph, kind) in enumerate(zip(_joined(line), map(_kind, line), strict=True))
    ]
    ordered = _marks_behind(_ordered(characters, base_rtl=base_rtl))
    return "".join(one["ch"] for one in ordered), [one["at"] for one in ordered]


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """Give the bidirectional class that a character is treated as.

    python-bidi implements Unicode before 6.3 and drops what UAX #9 (X9) calls removed; nothing
    may be lost here, so what is unseen goes with its neighbour, and controls count as symbols.
    """
    kind = bidirectional(character)
    if kind == "BN":
        return "NSM"
    if kind in ("B", "S"):
        return "WS"
    if len(kind) == 3 and kind != "NSM":
        return "ON"  # an embedding, override or isolate
    return kind or ("R" if has_rtl(character) else "L")


def _ordered(characters: list[dict[str, Any]], *, base_rtl: bool) -> list[dict[str, Any]]:
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage.update(base_level=int(base_rtl), base_dir="R" if base_rtl else "L", chars=characters)
    algorithm.calc_level_runs(storage)
    algorithm.resolve_weak_types(storage)
    _resolve_brackets(characters, "R" if base_rtl else "L")
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    algorithm.reorder_resolved_levels(storage, debug=False)
    algorithm.apply_mirroring(storage, debug=False)
    ordered: list[dict[str, Any]] = storage["chars"]
    return ordered


def _resolve_brackets(characters: list[dict[str, Any]], base: str) -> None:
    """Give both brackets of a pair one direction (UAX #9, N0), which python-bidi leaves out."""
    for opening, closing in sorted(_pairs(characters)):
        inside = {_strong(one) for one in characters[opening + 1 : closing]} - {None}
        if not inside:
            continue
        direction = base
        if base not in inside:
            before = (_strong(one) for one in reversed(characters[:opening]))
            direction = next(filter(None, before), base)
        for at in (opening, closing):
            characters[at]["type"] = direction
            for mark in characters[at + 1 :]:
                if mark["orig"] != "NSM":
                    break
                mark["type"] = direction


def _pairs(characters: list[dict[str, Any]]) -> Iterator[tuple[int, int]]:
    """Find brackets that belong together (UAX #9, BD16)."""
    from bidi.mirror import MIRRORED

    waiting: list[tuple[str, int]] = []
    for at, one in enumerate(characters):
        character = one["ch"]
        if one["type"] != "ON" or character not in MIRRORED:
            continue
        kind = category(character)
        if kind == "Ps":
            waiting.append((MIRRORED[character], at))
        elif kind == "Pe":
            for depth in range(len(waiting) - 1, -1, -1):
                if waiting[depth][0] == character:
                    yield waiting[depth][1], at
                    del waiting[depth:]
                    break


def _strong(one: dict[str, Any]) -> str | None:
    kind = one["type"]
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else None


def _marks_behind(ordered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put marks behind their base again, as terminals expect them (UAX #9, L3)."""
    placed: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    for one in ordered:
        if one["level"] % 2 and not get_character_cell_size(one["ch"]):
            waiting.append(one)
            continue
        # What has waited without its base coming next stays where it was.
        if waiting and waiting[-1]["at"] == one["at"] + 1:
            placed.append(one)
            placed += reversed(waiting)
        else:
            placed += waiting
            placed.append(one)
        waiting = []
    return placed + waiting


def _joined(line: str) -> list[str]:
    """Give each Arabic letter the form it takes beside its neighbours, letter for letter.

    No ligatures are made: every character keeps its own cell.
    """
    glyphs = list(line)
    if not _ARABIC.search(line):
        return glyphs
    from arabic_reshaper.letters import FINAL, INITIAL, LETTERS_ARABIC, MEDIAL

    previous = -1
    """The letter before this one, if it can join forward."""
    forms = [0] * len(line)
    for at, character in enumerate(line):
        shapes = LETTERS_ARABIC.get(character)
        if shapes is None:
            # Marks are passed over (Joining_Type=Transparent); anything else separates.
            if _kind(character) != "NSM" or character == "\u200c":
                previous = -1
            continue
        if previous >= 0 and shapes[FINAL]:
            forms[previous] = MEDIAL if forms[previous] == FINAL else INITIAL
            forms[at] = FINAL
        previous = at if shapes[INITIAL] else -1
    for at, form in enumerate(forms):
        if form:
            glyphs[at] = LETTERS_ARABIC[line[at]][form] or line[at]
    return glyphs
