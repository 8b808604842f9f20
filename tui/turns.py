"""Says above a speaker's turn who speaks, and at what time of the recording."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.testimony import Turn

Label = tuple[int, str]
"""An offset into an account, and what stands above the line that holds it."""

_OFTEN: Final = 60.0
"""Seconds that pass before the time alone is said again."""


def turn_labels(account: str, turns: Sequence[Turn]) -> list[Label]:
    """Give the labels of an account, in order.

    A speaker is named where another one takes up the word, unless the words do it themselves.
    Of a time without a name one a minute is enough.

    Args:
        account: the words.
        turns: in any order; those that point beyond the words are left out.
    """
    labels: list[Label] = []
    before, last = "", -_OFTEN
    for turn in sorted(turns, key=attrgetter("offset")):
        if turn.offset >= len(account):
            break
        speaker, seconds = turn.speaker, turn.seconds
        told = []
        if speaker and speaker != before and not _says(account, turn.offset, speaker):
            told.append(one_line(speaker).strip())
        before = speaker or before
        if seconds is not None and (told or not 0 <= seconds - last < _OFTEN):
            told.append(clock(seconds))
            last = seconds
        if label := " · ".join(filter(None, told)):
            labels.append((turn.offset, label))
    return labels


def clock(seconds: float) -> str:
    """Write a time of a recording: `0:12:34`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def with_labels(
    lines: Sequence[tuple[int, int]], labels: Sequence[Label]
) -> tuple[list[tuple[int, int]], dict[int, str]]:
    """Put a line without characters above each line in which a label has its place.

    Args:
        lines: half-open offsets of lines that follow each other, at least one.
        labels: in order of their offsets.

    Returns:
        the lines with those of the labels between them, and the labels by the numbers of their
        lines.
    """
    starts = [start for start, _ in lines]
    merged: list[tuple[int, int]] = []
    told: dict[int, str] = {}
    done = 0
    for offset, label in labels:
        at = max(0, bisect_right(starts, offset) - 1)
        merged += lines[done:at]
        done = max(done, at)
        told[len(merged)] = label
        merged.append((starts[at], starts[at]))
    merged += lines[done:]
    return merged, told


def _says(account: str, offset: int, speaker: str) -> bool:
    """Tell whether the words at an offset begin with the speaker's name."""
    words = account[offset : offset + len(speaker) + 8].lstrip(' \t\n*_[(<"“„«')
    return words.casefold().startswith(speaker.strip().casefold())
