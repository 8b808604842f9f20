"""Reads plain transcripts whose lines carry times: `[00:01:02] SMITH: I was born …`.

A time at the beginning of a line, alone or behind the speaker, becomes that of a turn and leaves
the account; times within a line are words like others and stay.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.exchange.spoken.noted import narrator_of, read_heading, read_lines
from collection.exchange.spoken.plaintext import text_of
from collection.exchange.spoken.timed import (
    KEPT,
    Assembly,
    Timed,
    cue_rest,
    parse_timed,
    seconds_of,
    with_labels,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TIME: Final = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
_UNTIL: Final = r"(?:[ \t]?(?:-->|-|–|to)[ \t]?(?P<%s>" + _TIME + "))?"
_BEGINNING: Final = re.compile(
    rf"[ \t]*+(?P<name>[^\W\d_][^\n:\[\](){{}}<>]{{0,50}}?[ \t]*)??"
    rf"(?:[\[({{<](?P<inside>{_TIME}){_UNTIL % 'to'}[\])}}>]"
    rf"|(?P<bare>{_TIME}){_UNTIL % 'till'})"
    r"(?![\w:.,]?\d)(?P<colon>[ \t]?:)?(?=[ \t\n]|\Z|[^\w\s:.,])[ \t]*+[-–—|]?[ \t]*+"
)
_SHORT: Final = 120
"""Characters of a first line that may be a title."""
_TITLES: Final = 2
"""Lines of a heading that may say what it is of."""
_LOOKED_AT: Final = 400
"""Lines that are asked whether they carry times."""


class _Begun(msgspec.Struct):
    """What a line says that begins with a time."""

    seconds: float
    end: float | None
    speaker: str
    words: str
    """The line without its times."""


class Timecoded:
    """The format `timecoded`."""

    name = "timecoded"
    label = "transcript with timecodes"

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Read the one transcript that a file holds."""
        yield from transcript_rows(path, reading)


def transcript_rows(path: Path, reading: Reading) -> Iterator[Row]:
    """Give the row of a file that is one timed transcript, of whatever kind.

    It has an identifier only if it names one; the same file brought in twice is the same by
    what it says.

    Raises:
        OSError: when the file cannot be read.
    """
    text = text_of(path, reading.encoding)
    if not isinstance(text, str):
        yield Row(Where(path.name, 1), problem=text)
        return
    timed = parse_timed(text)
    if not timed.account and not timed.found:
        return
    turns = [
        {"offset": turn.offset, "speaker": turn.speaker, "seconds": turn.seconds}
        for turn in timed.turns
    ]
    raw: dict[str, Any] = {"title": path.stem, **timed.found, "account": timed.account}
    speakers = (turn.speaker for turn in timed.turns)
    if "narrator" not in raw and (name := narrator_of(speakers, raw.get("interviewers", ()))):
        raw["narrator"] = name
    yield Row(Where(path.name, 1), raw | ({"turns": turns} if turns else {}))


def is_timecoded(text: str) -> bool:
    """Tell whether lines of a text carry times: two at least, and not few of them.

    A programme or a diary has times at line beginnings too, but they do not go on from zero.
    """
    lines = [line for line in text.split("\n", _LOOKED_AT)[:_LOOKED_AT] if line.strip()]
    times = [begun.seconds for line in lines if (begun := _begun(line))]
    if len(times) < 2 or len(times) * 12 < len(lines):
        return False
    in_order = sum(one <= other for one, other in pairwise(times))
    return in_order * 10 >= 8 * (len(times) - 1)


def parse_timecoded(text: str) -> Timed:
    """Read a transcript whose lines carry times.

    Args:
        text: the whole of it, with line feeds.

    Returns:
        the transcript; of a text without times only the speakers are read.
    """
    lines = text.split("\n")
    begun = [_begun(line) for line in lines]
    first = next((number for number, one in enumerate(begun) if one), len(lines))
    if first == len(lines):
        return Timed(text, tuple(with_labels(text, [])))
    found, first = _header(lines, first)
    passages = _passages(lines[first:], begun[first:])
    assembly = Assembly()
    cues = []
    for number, (at, words) in enumerate(passages):
        if at is None:
            assembly.add("\n".join(words), gap="\n")
            continue
        following = passages[number + 1][0] if number + 1 < len(passages) else None
        assembly.add("\n".join(words), at.speaker, at.seconds, "\n", in_words=True)
        after = following.seconds if following else None
        if rest := cue_rest(number, at.seconds, at.end, after, "\n".join(words)):
            cues.append(rest)
    if cues:
        found["extra"] = {**found.get("extra", {}), KEPT: {"cues": cues}}
    return assembly.timed(found)


def _passages(
    lines: list[str], begun: list[_Begun | None]
) -> list[tuple[_Begun | None, list[str]]]:
    """Split lines where a time begins; words before the first time have none."""
    passages: list[tuple[_Begun | None, list[str]]] = []
    for line, one in zip(lines, begun, strict=True):
        if one is not None:
            passages.append((one, [one.words] if one.words else []))
        elif passages and (passages[-1][1] or line.strip()):
            passages[-1][1].append(line)
        elif not passages:
            passages.append((None, [line]))
    while passages and passages[-1][1] and not passages[-1][1][-1].strip():
        passages[-1][1].pop()
    return passages


def _begun(line: str) -> _Begun | None:
    """Read a line that begins with a time, or with a speaker and a time."""
    # A quick look first: most lines of a transcript are words.
    if ":" not in line[:90]:
        return None
    found = _BEGINNING.match(line)
    seconds = seconds_of(found["inside"] or found["bare"]) if found else None
    if found is None or seconds is None:
        return None
    name = (found["name"] or "").strip()
    if name and not found["inside"] and found.end() < len(line):
        # `We left at 6:30 …` is a sentence.
        return None
    rest = line[found.end() :]
    colon = ":" if found["colon"] and name else ""
    words = f"{name}{colon}{' ' if name and rest else ''}{rest}"
    return _Begun(seconds, seconds_of(found["to"] or found["till"] or ""), name, words)


def _header(lines: list[str], first: int) -> tuple[dict[str, Any], int]:
    """Read what stands above the first time.

    Returns:
        what is known from it, and the number of the line with which the account begins. Lines
        that may be words of the account stay in it.
    """
    above = lines[:first]
    filled = [line.strip() for line in above if line.strip()]
    if not filled:
        return {}, first
    found, others = read_lines(above)
    others = [line.strip() for line in others if line.strip()]
    heading, others = read_heading(others)
    if not found and len(others) > _TITLES:
        # A day among many words is no heading.
        heading = {}
    found = heading | found
    if found:
        if others and len(others[0]) <= _SHORT:
            found.setdefault("title", others[0])
        return {**found, "extra": {"header": "\n".join(above).strip("\n")}}, first
    if len(filled) == 1 and len(filled[0]) <= _SHORT:
        return {"title": filled[0]}, first
    return {}, 0
