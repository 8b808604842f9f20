"""Writes out what differs between two versions, so that it can be read without colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from tui.widgets.document import ADDED, REMOVED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collection.comparing import Passage, Piece
    from collection.differences import Difference

_SIGNS: Final = {"removed": ("[-", "-]", REMOVED), "added": ("{+", "+}", ADDED)}
"""As in `git diff --word-diff` and wdiff, which many know and every terminal can draw."""
LEGEND: Final = "[-taken out-] {+put in+}"
"""Says what the signs mean."""
_SHORT: Final = 160
"""Characters of a value that is shown whole."""


class Told(NamedTuple):
    """A text for `DifferenceView`."""

    lines: Sequence[str | tuple[str, str]]
    """Blocks of lines, those with a component class as pairs."""
    painted: Sequence[tuple[int, int, int]]
    """Half-open spans of all blocks, joined by line feeds, and what they are."""


class Telling:
    """A text for `DifferenceView` under construction."""

    def __init__(self) -> None:
        """Start with nothing."""
        self._lines: list[str | tuple[str, str]] = []
        self._painted: list[tuple[int, int, int]] = []
        self._length = 0

    def line(self, text: str, name: str = "") -> None:
        """Put a block of lines below what is there."""
        self._lines.append((text, name) if name else text)
        self._length += len(text) + 1

    def pieces(self, pieces: Iterable[Piece], before: str = "", after: str = "") -> None:
        """Put pieces of text below, with signs around what was taken out and put in."""
        parts, length = [before], len(before)
        for piece in pieces:
            if piece.kind == "same":
                parts.append(piece.text)
                length += len(piece.text)
                continue
            start, end, kind = _SIGNS[piece.kind]
            core, blanks = _seen(piece.text)
            marked = f"{start}{core}{end}"
            at = self._length + length
            self._painted.append((at, at + len(marked), kind))
            parts += [marked, blanks]
            length += len(marked) + len(blanks)
        text = "".join(parts)
        self.line(f"{text.rstrip()}{after}" if after else text)

    def told(self) -> Told:
        """Give what was put together."""
        return Told(self._lines, self._painted)


def _seen(text: str) -> tuple[str, str]:
    """Part a text from the blanks behind it; blanks alone are spelt out."""
    core = text.rstrip()
    if core:
        return core, text[len(core) :]
    shown = text.replace(" ", "·").replace("\t", "→").replace("\r", "")
    return shown.replace("\n", "⏎"), "\n" if "\n" in text else ""


def tell_differences(found: Sequence[Difference], nothing: str, above: Sequence[str] = ()) -> Told:
    """Write out the differences between two versions.

    Args:
        found: what differs.
        nothing: what is said where nothing does.
        above: lines to stand above it.
    """
    telling = Telling()
    for line in above:
        telling.line(line, "reader--notice")
        telling.line("")
    if not found:
        telling.line(nothing, "reader--placeholder")
    for one in found:
        telling.line(one.label, "reader--heading")
        if max(len(one.before), len(one.after)) <= _SHORT:
            telling.pieces(one.pieces)
        else:
            for passage in one.passages:
                _tell_passage(telling, passage)
        telling.line("")
    return telling.told()


def tell_change(before: str, after: str) -> Told:
    """Write out what differs between two texts: only passages, where they are long."""
    from collection.comparing import compare, passages

    telling = Telling()
    pieces = compare(before, after)
    if max(len(before), len(after)) <= _SHORT:
        telling.pieces(pieces)
    else:
        for passage in passages(pieces):
            _tell_passage(telling, passage)
    return telling.told()


def _tell_passage(telling: Telling, passage: Passage) -> None:
    before = "… " if passage.cut_before else ""
    after = " …" if passage.cut_after else ""
    telling.pieces(passage.pieces, before, after)


def tell_whole(found: Sequence[Difference], above: Sequence[str] = ()) -> Told:
    """Write out a whole version, given as what differs from nothing.

    Args:
        found: its fields.
        above: lines to stand above it.
    """
    telling = Telling()
    for line in above:
        telling.line(line, "reader--notice")
        telling.line("")
    for one in found:
        telling.line(one.label, "reader--heading")
        telling.line(one.after)
        telling.line("")
    return telling.told()


def tell_text(text: str, nothing: str = "") -> Told:
    """Write out a text, or say that there is none."""
    return Told([text] if text else [(nothing, "reader--placeholder")], [])


def tell_sentences(*sentences: str) -> Told:
    """Say something instead."""
    return Told([(one, "reader--placeholder") for one in sentences], [])
