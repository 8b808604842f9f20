"""Says where turns are shown: above a line, never in the middle of a sentence.

The turns themselves stay where they are. A time that begins within a line, as the minutes of a
recording do, is told above the next line, as one after which that begins.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.testimony import Turn

_SPACE: Final = re.compile(r"\s*")
_INDENT: Final = re.compile(r"[^\S\n]*")


class Shown(msgspec.Struct):
    """A turn where it is shown."""

    offset: int
    """Of the first word of a line; within one where another speaker takes up the word there."""
    speaker: str = ""
    seconds: float | None = None
    after: bool = False
    """Whether the time is one that lies before, within the line above."""

    def time(self, clock: str) -> str:
        """Tell the time, as `clock` writes it."""
        return f"after {clock}" if self.after else clock


def settled(account: str, turns: Sequence[Turn]) -> Iterator[Shown]:
    """Find where the turns of an account are shown, in order, one at a place at most.

    Args:
        account: the words.
        turns: in any order; those that point beyond the last word are left out.
    """
    lines = _Lines(account)
    speaker = ""
    waiting: Shown | None = None
    last: Shown | None = None
    for turn in sorted(turns, key=attrgetter("offset")):
        if not turn.speaker and turn.seconds is None:
            continue
        at = lines.word(turn.offset)
        if at >= len(account):
            break
        if waiting is not None and waiting.offset < at:
            if last is not None:
                yield last
            last, waiting = waiting, None
        if lines.within(at) and turn.speaker in ("", speaker):
            if turn.seconds is not None:
                waiting = Shown(lines.next(at), "", turn.seconds, after=True)
            continue
        speaker = turn.speaker or speaker
        shown = Shown(at, turn.speaker, turn.seconds)
        if shown.seconds is None and waiting is not None:
            shown.seconds, shown.after = waiting.seconds, True
        waiting = None
        if last is not None and last.offset == at:
            shown.speaker = shown.speaker or last.speaker
            if shown.seconds is None:
                shown.seconds, shown.after = last.seconds, last.after
        elif last is not None:
            yield last
        last = shown
    if last is not None:
        yield last
    if waiting is not None and waiting.offset < len(account):
        yield waiting


class _Lines:
    """Finds words and lines of an account, asked for from the first to the last."""

    def __init__(self, account: str) -> None:
        self._account = account
        self._word = -1
        self._asked = 0
        """The last offset that was asked for."""
        self._first = self._end(_INDENT, 0)
        """Where the words of the line begin that was asked for."""
        self._next = 0

    def _end(self, pattern: re.Pattern[str], start: int) -> int:
        found = pattern.match(self._account, start)
        return found.end() if found else start

    def word(self, offset: int) -> int:
        """Give the first offset from one on that is no white space."""
        if offset > self._word:
            self._word = self._end(_SPACE, offset)
        return self._word

    def within(self, at: int) -> bool:
        """Tell whether words stand before an offset on its line."""
        line = self._account.rfind("\n", self._asked, at)
        if line >= 0:
            self._first = self._end(_INDENT, line + 1)
        self._asked = at
        return at > self._first

    def next(self, at: int) -> int:
        """Give where the words of the next line begin; the end of the account if there is none."""
        if at >= self._next:
            line = self._account.find("\n", at)
            self._next = len(self._account) if line < 0 else self._end(_SPACE, line)
        return self._next
