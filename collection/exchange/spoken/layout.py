"""How the words of cues stand in an account, where cues cannot say it.

A cue holds no blank line, and players put each on a line of its own. Where the account has
something else there, a note at the end of the file tells it, so that the cues hold plain words
and the account comes back letter for letter:

    NOTE Layout of 57 lines: 12=nn 13=s

The thirteenth line, counted from 0 through all cues, follows upon two line feeds, the fourteenth
upon one space and not upon a line feed. `n`, `s` and `t` are a line feed, a space and a tab, `-`
is nothing; behind a full stop is what belongs to the words that follow. A note that counts other
lines than the file has is of another file, and means nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.exchange.spoken.speakers import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLANK: Final = " \t\n"
_NOTE: Final = re.compile(r"NOTE Layout of (\d{1,9}) lines:((?: \d{1,9}=[nst.-]*+)*+)")
_LETTERS: Final = str.maketrans({"\n": "n", " ": "s", "\t": "t"})
_SIGNS: Final = str.maketrans({"n": "\n", "s": " ", "t": "\t", "-": None})
_PAUSE: Final = 2.5
"""Seconds of silence after which another paragraph begins."""
_UNSPACED: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uabff\uf900-\uffef]")
"""Letters of scripts that put no blank between words, or hardly any."""


class _Laid(msgspec.Struct):
    """The words from one turn to the next."""

    lead: str
    """White space before them."""
    lines: list[str]
    """At least one; none has white space at its ends."""
    between: list[str]
    """What stands between the lines."""
    trail: str


def _laid(text: str) -> _Laid:
    words = text.strip(_BLANK)
    if not words:
        return _Laid(text, [""], [], "")
    start = text.index(words[0])
    lead, trail = text[:start], text[start + len(words) :]
    lines: list[str] = []
    between: list[str] = []
    blank = ""
    for number, line in enumerate(words.split("\n")):
        said = line.strip(" \t")
        at = line.index(said[0]) if said else len(line)
        blank += f"{chr(10) * bool(number)}{line[:at]}"
        if said:
            between.append(blank)
            lines.append(said)
            blank = line[at + len(said) :]
    return _Laid(lead, lines, between[1:], trail)


def lines_of(text: str) -> list[str]:
    """Give the lines that stand in a cue for a text: without blank ones, at least one."""
    return _laid(text).lines


def layout_note(before: str, texts: Sequence[str], gaps: Sequence[str], *, always: bool) -> str:
    """Write the note of a file.

    Args:
        before: white space above the first text.
        texts: the words of each voice, with the white space around them; together the account.
        gaps: what a reader puts before each text if nothing is said.
        always: whether to write it even where it says nothing but what is usual.

    Returns:
        the note; empty where none is needed.
    """
    told, number, above = [], 0, before
    for text, gap in zip(texts, gaps, strict=True):
        one = _laid(text)
        if (above, one.lead) != (gap, ""):
            told.append(f"{number}={_written(above)}{f'.{_written(one.lead)}' * bool(one.lead)}")
        for between in one.between:
            number += 1
            if between != "\n":
                told.append(f"{number}={_written(between)}")
        number += 1
        above = one.trail
    if above:
        told.append(f"{number}={_written(above)}")
    return " ".join([f"NOTE Layout of {number} lines:", *told]) if told or always else ""


def _written(blank: str) -> str:
    return blank.translate(_LETTERS) or "-"


def taken_out(blocks: list[list[str]]) -> tuple[str, list[list[str]]]:
    """Find the note among the blocks of a file that are no cues; give it and the others."""
    notes = [block for block in blocks if _NOTE.fullmatch(block[1])]
    return (notes[-1][1] if notes else ""), [block for block in blocks if block not in notes[-1:]]


def laid_out(note: str, texts: Sequence[str], gaps: Iterable[str]) -> list[str] | None:
    """Give texts the white space that a note tells.

    Args:
        note: as it is written.
        texts: the words of each voice as the cues have them.
        gaps: what stands before each of them if nothing is said.

    Returns:
        what stands above them all, then each with the white space around it; none where the
        note is of other texts.
    """
    found = _NOTE.fullmatch(note)
    cut = [lines_of(text) for text in texts]
    if found is None or int(found[1]) != sum(map(len, cut)):
        return None
    told = dict(one.split("=") for one in found[2].split())
    laid, number = [""], 0
    for lines, gap in zip(cut, gaps, strict=True):
        for first, line in enumerate(lines):
            sign = told.get(str(number))
            number += 1
            if first:
                laid[-1] += f"{_read(sign)}{line}" if sign is not None else f"\n{line}"
                continue
            above, _, lead = sign.partition(".") if sign is not None else ("", "", "")
            laid[-1] += _read(above) if sign is not None else gap
            laid.append(_read(lead) + line)
    laid[-1] += _read(told.get(str(number), ""))
    return laid


def _read(sign: str) -> str:
    return sign.replace(".", "").translate(_SIGNS)


def paragraphed(said: Iterable[tuple[str, float, float]]) -> Iterator[str]:
    """Give what stands before each cue of a file that names no voices, as most subtitles are.

    Cues are cut by length. A sentence that runs on does so on its line; another paragraph begins
    where another speaker's label stands, or after a pause.

    Args:
        said: of each cue its words, its beginning and its end in seconds.
    """
    before, label, silent = "", "", 0.0
    for number, (text, start, end) in enumerate(said):
        named = label_of(text)
        if not number:
            yield ""
        elif (named and named != label) or (0 <= silent < start - _PAUSE):
            yield "\n\n"
        else:
            yield " " if not named and _runs_on(before, text) else "\n"
        before, label = text or before, named or label
        silent = end if end >= start else -1.0


def _runs_on(before: str, text: str) -> bool:
    """Tell whether a sentence goes on: nothing ends it, and nothing begins that is no word."""
    last, first = before[-1:], text[:1]
    if _UNSPACED.match(last) or _UNSPACED.match(first):
        return False
    return (last.isalnum() or last == ",") and (first.isalnum() or first in "\"'“‘„«")
