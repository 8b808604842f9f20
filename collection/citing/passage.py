"""The place of a passage in an account: its paragraphs, and the time where that is known."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collection.testimony import Testimony

Span = tuple[int, int]
"""Half-open offsets in characters into an account."""


class Passage(msgspec.Struct, frozen=True):
    """Where something stands in an account, and what it says."""

    first: int
    """Number of the paragraph in which it begins, from 1; 0 where there is none."""
    last: int
    """Number of the paragraph in which it ends."""
    time: str = ""
    """`at 0:12:34`, or `after 0:12:34` where only an earlier turn has a time."""
    words: str = ""
    """The passage itself, unchanged."""

    @property
    def paragraphs(self) -> str:
        """The paragraphs in words: `para. 7`, `paras. 7–9`."""
        if not self.first:
            return ""
        if self.first == self.last:
            return f"para. {self.first}"
        return f"paras. {self.first}–{self.last}"

    @property
    def place(self) -> str:
        """Paragraphs and time, separated by a comma."""
        return ", ".join(filter(None, (self.paragraphs, self.time)))


def paragraphs(account: str) -> list[Span]:
    """Find the paragraphs of an account; their numbers in citations are their places here, from 1.

    Where blank lines stand between lines they separate the paragraphs; otherwise each line is
    one, as in most transcripts. Reading copies number them in the same way.

    Args:
        account: any text.

    Returns:
        spans without the line ends around them, in order.
    """
    lines: list[Span] = []
    at = 0
    for line in account.split("\n"):
        lines.append((at, at + len(line)))
        at += len(line) + 1
    filled = [bool(account[start:end].strip()) for start, end in lines]
    numbers = [number for number, one in enumerate(filled) if one]
    if not numbers or numbers[-1] - numbers[0] + 1 == len(numbers):
        return [lines[number] for number in numbers]
    found: list[Span] = []
    for number in numbers:
        if found and filled[number - 1]:
            found[-1] = (found[-1][0], lines[number][1])
        else:
            found.append(lines[number])
    return found


def passage(testimony: Testimony, start: int, end: int) -> Passage:
    """Tell where a passage stands.

    Args:
        testimony: as it may be seen.
        start: offset in characters into the account.
        end: offset behind its last character; a passage of no length is a place.
    """
    account = testimony.account
    start = max(0, min(start, len(account)))
    end = max(start, min(end, len(account)))
    words = account[start:end]
    # White space that was selected along with it does not reach into the next paragraph.
    first = start + len(words) - len(words.lstrip()) if words.strip() else start
    last = start + len(words.rstrip()) if words.strip() else end
    begins = [span[0] for span in paragraphs(account)]
    found = [max(1, bisect_right(begins, at)) for at in (first, max(first, last - 1))]
    numbers = found if begins else [0, 0]
    return Passage(numbers[0], numbers[1], _time(testimony, first), words.strip())


def find(account: str, words: str) -> list[Span]:
    """Find words in an account: exactly, or else whatever the white space and the case.

    Returns:
        the spans, in order; empty if they are not there.
    """
    parts = words.split()
    if not parts:
        return []
    exact = re.compile(re.escape(words.strip()))
    loose = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    for pattern in (exact, loose):
        if found := [match.span() for match in pattern.finditer(account)]:
            return found
    return []


def timecode(seconds: float) -> str:
    """Write a time in a recording: `0:12:34`, `1:02:03`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _time(testimony: Testimony, offset: int) -> str:
    before = sorted(
        (turn.offset, turn.seconds)
        for turn in testimony.turns
        if turn.offset <= offset and turn.seconds is not None
    )
    if not before or before[-1][1] is None:
        return ""
    untimed = any(before[-1][0] < turn.offset <= offset for turn in testimony.turns)
    return f"{'after' if untimed else 'at'} {timecode(before[-1][1])}"
