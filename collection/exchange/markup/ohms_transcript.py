"""Reads and writes the transcript of an OHMS record: its footnotes and the stamps of its minutes.

A footnote is marked in the running words, `the mill[[footnote]]1[[/footnote]]`, and told at the
end, between `[[footnotes]]` and `[[/footnotes]]`. The account keeps of the mark what the viewer
prints, `the mill[1]`, so that the place is seen, and stays at its words whatever is changed
around it; the notes leave the account. Both are written again as they were.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from itertools import accumulate
from typing import Any, Final

import msgspec

from collection.exchange.spoken.timed import with_labels
from collection.testimony import Turn

FOOTNOTES: Final = "footnotes of the transcript"
"""Below the key of `extra` for OHMS: a list of the one object that is kept of them."""
_MARK: Final = re.compile(r"\[\[footnote\]\]([^\[\]\n]{1,40})\[\[/footnote\]\]", re.IGNORECASE)
_BEGINS: Final = re.compile(r"\[\[footnotes\]\]", re.IGNORECASE)
_ENDS: Final = re.compile(r"\[\[/footnotes\]\]", re.IGNORECASE)
_NOTE: Final = re.compile(r"\[\[note\]\]|\[\[/note\]\]", re.IGNORECASE)
_LINK: Final = re.compile(r"\[\[/?link\]\]", re.IGNORECASE)
_SIGN: Final = re.compile(r"\[(note )?([^\[\]\n]{1,40})\]")
_SIGNS: Final = ("", "note ")
"""What stands before the number in the account; the second where the words have `[1]` too."""
_WORD: Final = re.compile(r"\S+")
_AT_END: Final = ("gap", "notes", "tail")


class Transcript(msgspec.Struct):
    """What a transcript holds."""

    account: str
    turns: list[Turn] = []
    """In order of their offsets, with the speakers that the lines begin with."""
    kept: dict[str, Any] = {}
    """The footnotes as they are written; empty where there are none."""


class _Edit(msgspec.Struct):
    """A part of a text in the place of which another stands."""

    start: int
    end: int
    by: str


def read_transcript(raw: str, sync: str) -> Transcript:
    """Read a transcript.

    Args:
        raw: its text.
        sync: where each minute begins, see `stamped`.
    """
    stamps = stamped(raw, sync)
    cut = _without_notes(raw)
    # Stamps count lines: words behind the notes could not go before them.
    signs = () if sync.strip() and raw[cut.end :].strip() and cut.kept else _SIGNS
    for sign in signs:
        found = [*_MARK.finditer(cut.account)]
        edits = [_Edit(*one.span(), f"[{sign}{one[1].strip()}]") for one in found]
        marks = [one[0] for one in found]
        if not all(one[1].strip() for one in found):
            break
        account = _edited(cut.account, edits)
        kept = cut.kept | ({"marks": marks} if marks else {}) | ({"sign": sign} if sign else {})
        if not account.strip():
            break
        if _edited(account, _signs(account, kept)) == cut.account:
            turns = _moved(_outside(stamps, cut), edits)
            return Transcript(account, with_labels(account, turns), kept)
    return Transcript(raw, with_labels(raw, stamps))


def write_transcript(account: str, kept: Any) -> str:
    """Give a transcript the marks and notes that it had.

    Args:
        account: the words, with the signs that stand for the marks.
        kept: what was kept of the footnotes; a file may have brought anything.
    """
    kept = kept if isinstance(kept, dict) else {}
    whole = _edited(account, _signs(account, kept))
    return whole + "".join(one for key in _AT_END if isinstance(one := kept.get(key), str))


def written_stamps(account: str, kept: Any, turns: list[Turn], minutes: int = 1) -> str:
    """Write where each minute begins, if turns say it of one after the other.

    Returns:
        the stamps, to be read with the transcript that is written; empty if there are none.
    """
    edits = _signs(account, kept if isinstance(kept, dict) else {})
    lines = _Lines(_edited(account, edits))
    at = {round(turn.seconds / minutes / 60): turn for turn in turns if turn.seconds is not None}
    if not at:
        return ""
    numbers = range(0 if 0 in at else 1, max(at) + 1)
    if len(numbers) != len(at):
        # A minute is missing.
        return ""
    told = [lines.place(turn.offset) for turn in _moved([at[n] for n in numbers], edits)]
    return "|".join([f"{minutes}:", *told]) if 0 not in at else f"{minutes}:{'|'.join(told)}"


def notes_of(kept: Any) -> list[tuple[str, str]]:
    """Give the notes of a transcript: the sign in the account, and the words."""
    block = kept.get("notes") if isinstance(kept, dict) else None
    if not isinstance(block, str):
        return []
    sign = kept.get("sign", "")
    parts = _NOTE.split(block)[1::2]
    return [(f"[{sign}{n}]", _LINK.sub(" ", text)) for n, text in enumerate(parts, 1)]


# --- marks and notes -----------------------------------------------------------------------------


class _Cut(msgspec.Struct):
    """A transcript without its notes."""

    account: str
    kept: dict[str, Any] = {}
    start: int = -1
    """Where the notes were; with `end` a half-open span."""
    end: int = -1


def _without_notes(raw: str) -> _Cut:
    begins = [found.start() for found in _BEGINS.finditer(raw)]
    ends = [found.end() for found in _ENDS.finditer(raw)]
    if not begins or not ends or begins[-1] > ends[-1]:
        return _Cut(raw)
    start, end = begins[-1], ends[-1]
    before, after = raw[:start], raw[end:]
    tail = "" if after.strip() else after
    words = before if tail == after else before + after
    account = words.rstrip()
    # Words that follow upon the notes go before them when they are written again.
    gap = words[len(account) :] if tail == after else "\n\n"
    kept = {"gap": gap, "notes": raw[start:end], "tail": tail}
    return _Cut(account, {key: told for key, told in kept.items() if told}, start, end)


def _outside(turns: list[Turn], cut: _Cut) -> list[Turn]:
    """Give the turns that are not in the notes, with their offsets where those are left out."""
    if cut.start < 0:
        return turns
    length = cut.end - cut.start
    moved = [
        turn if turn.offset < cut.start else Turn(turn.offset - length, "", turn.seconds)
        for turn in turns
        if not cut.start <= turn.offset < cut.end
    ]
    return [turn for turn in moved if turn.offset < len(cut.account)]


def _signs(account: str, kept: dict[str, Any]) -> list[_Edit]:
    """Find the signs of an account that stand for marks, with the marks."""
    marks, sign = kept.get("marks"), kept.get("sign", "")
    waiting: dict[str, deque[str]] = {}
    for mark in marks if isinstance(marks, list) else []:
        found = _MARK.fullmatch(mark) if isinstance(mark, str) else None
        if found:
            waiting.setdefault(found[1].strip(), deque()).append(mark)
    return [
        _Edit(*one.span(), waiting[one[2]].popleft())
        for one in (_SIGN.finditer(account) if waiting else ())
        if (one[1] or "") == sign and waiting.get(one[2])
    ]


def _edited(text: str, edits: list[_Edit]) -> str:
    pieces, last = [], 0
    for edit in edits:
        pieces += [text[last : edit.start], edit.by]
        last = edit.end
    return "".join([*pieces, text[last:]])


def _moved(turns: list[Turn], edits: list[_Edit]) -> list[Turn]:
    """Give turns the offsets that they have after some edits.

    One within an edit goes to its beginning.
    """
    found = [*accumulate((len(one.by) - one.end + one.start for one in edits), initial=0)]
    starts = [one.start for one in edits]
    ends = [one.end for one in edits]
    moved = []
    for turn in turns:
        at = bisect_right(ends, turn.offset)
        offset = turn.offset
        if at < len(starts) and starts[at] < offset:
            offset = starts[at]
        moved.append(Turn(offset + found[at], turn.speaker, turn.seconds))
    return moved


# --- stamps --------------------------------------------------------------------------------------


def stamped(transcript: str, sync: str) -> list[Turn]:
    """Read where in a transcript each minute begins.

    `1:|13(3)|19(14)` says that every stamp stands for one minute more, and that the first is at
    the third word of the thirteenth line; both are counted from 1, and lines end at line feeds.

    Args:
        transcript: the text.
        sync: the stamps.

    Returns:
        turns without speakers, in order of their offsets.
    """
    interval, _, stamps = sync.partition(":")
    minutes = number_of(interval)
    lines = _Lines(transcript)
    turns: dict[int, Turn] = {}
    for number, stamp in enumerate(stamps.split("|") if minutes else ()):
        line, _, word = stamp.strip().partition("(")
        offset = lines.word(number_of(line), number_of(word.rstrip(") ")))
        if offset is not None:
            turns.setdefault(offset, Turn(offset, "", float(number * minutes * 60)))
    return [turns[offset] for offset in sorted(turns)]


def number_of(text: str) -> int:
    """Read a whole number of a sensible size; 0 if it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


class _Lines:
    """Finds the words of a text by line and number, both from 1."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._words: dict[int, list[int]] = {}

    def word(self, line: int, number: int) -> int | None:
        """Give the offset at which a word begins; the last one where the line has fewer."""
        if not 1 <= line <= len(self._lines):
            return None
        words = self._words_of(line)
        return self._starts[line - 1] + words[min(max(number, 1), len(words)) - 1]

    def place(self, offset: int) -> str:
        """Write where the word at an offset stands: `13(3)`."""
        line = bisect_right(self._starts, offset, hi=len(self._lines))
        return f"{line}({bisect_left(self._words_of(line), offset - self._starts[line - 1]) + 1})"

    def _words_of(self, line: int) -> list[int]:
        words = self._words.get(line)
        if words is None:
            found = _WORD.finditer(self._lines[line - 1])
            words = self._words[line] = [one.start() for one in found] or [0]
        return words
