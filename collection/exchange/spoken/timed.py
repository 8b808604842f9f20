"""A transcript with times: one account, and where in it who takes up the word at which second.

What every timed format comes to is alike. The account holds the words alone. A cue begins a
turn; it stands on a line of its own, below a blank line where another speaker begins. A speaker
whom the format names, as `<v Anna>` does, is in the turn and not in the account; one whom the
words themselves name, as in `ANNA: I was …`, stays in the account and is in the turn as well.
"""

from __future__ import annotations

import re
from typing import Any, Final

import msgspec

from collection.exchange.spoken.speakers import labels
from collection.testimony import Turn

_TIME: Final = re.compile(
    r"(?:(?P<hours>\d{1,5}):)?(?P<minutes>\d{1,3}):(?P<seconds>\d{2})(?:[.,](?P<part>\d{1,3}))?"
)
KEPT: Final = "vtt"
"""The key of `extra` under which is kept what account and turns do not tell of cues."""
_SPOKEN: Final = 15.0
"""Characters that are said in a second; a cue that nothing follows lasts as long as its words."""
_SHORTEST: Final = 1.0
"""Seconds that such a cue lasts at least."""


class Timed(msgspec.Struct, frozen=True):
    """What a timed transcript holds."""

    account: str
    turns: tuple[Turn, ...] = ()
    found: dict[str, Any] = {}
    """What it says of itself, by the record's keys; `extra` holds what has no key."""


class Assembly:
    """Puts the pieces of a transcript together, in order."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._turns: list[Turn] = []
        self._speaker = ""
        self._names = False
        """Whether the format itself names speakers."""

    def add(
        self,
        text: str,
        speaker: str = "",
        seconds: float | None = None,
        gap: str | None = None,
        *,
        in_words: bool = False,
    ) -> None:
        """Append words.

        Args:
            text: the words.
            speaker: who says them, where the format tells it.
            seconds: time in the recording at which they begin.
            gap: what stands between them and the words before; the convention if not given.
            in_words: whether the speaker is named in the words as well.
        """
        if gap is None:
            gap = gap_before(self._speaker, speaker)
        self._append(gap if self._parts else "")
        if speaker or seconds is not None:
            self._turns.append(Turn(self._length, speaker, seconds))
        if speaker:
            self._speaker = speaker
            self._names |= not in_words
        self._append(text)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def timed(self, found: dict[str, Any] | None = None) -> Timed:
        """Give the whole; speakers are looked for in the words where the format names none."""
        account = "".join(self._parts)
        turns = self._turns if self._names else with_labels(account, self._turns)
        return Timed(account, tuple(turns), found or {})


def gap_before(before: str, speaker: str) -> str:
    """Give the convention for what stands before the words of a speaker.

    Args:
        before: the last speaker that was named.
        speaker: whose words follow; empty if that is not said.
    """
    return "\n\n" if speaker and before and speaker != before else "\n"


def with_labels(account: str, turns: list[Turn]) -> list[Turn]:
    """Add the speakers that lines of an account begin with to the turns there.

    Args:
        account: the words.
        turns: in order of their offsets.

    Returns:
        the turns with their speakers, and those that begin at another line.
    """
    lines = account.split("\n")
    found = dict(labels(lines))
    if not found:
        return turns
    at = {turn.offset: turn for turn in turns}
    offset = 0
    for number, line in enumerate(lines):
        if number in found:
            turn = at.get(offset, Turn(offset))
            at[offset] = msgspec.structs.replace(turn, speaker=turn.speaker or found[number])
        offset += len(line) + 1
    return [at[offset] for offset in sorted(at)]


def seconds_of(text: str) -> float | None:
    """Read a time such as `0:01:02`, `01:02`, `75:30` or `00:01:02,500`; none if it is none."""
    found = _TIME.fullmatch(text)
    if found is None or int(found["seconds"]) > 59:
        return None
    whole = int(found["hours"] or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"])
    # As one number of milliseconds, so that it is the float nearest to what is written.
    return (whole * 1000 + int((found["part"] or "0").ljust(3, "0"))) / 1000


def cue_rest(
    number: int, start: float, end: float | None, following: float | None, text: str
) -> dict[str, Any]:
    """Say when a cue ends, if not when is usual; empty if it does.

    Args:
        number: of the cue, from 0.
        start: its time, in seconds.
        end: where it ends, if that is told.
        following: where the next cue begins, if there is one.
        text: its words.
    """
    if end is None or timecode(usual_end(start, following, text)) == timecode(end):
        return {}
    return {"cue": number, "start": start, "end": end}


def timecode(seconds: float) -> str:
    """Write a time as WebVTT does: `00:01:02.500`."""
    whole, part = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{part:03}"


def usual_end(start: float, following: float | None, text: str) -> float:
    """Give the time at which a cue ends if nothing is known.

    That is where the next one begins, or else when its words have been said.
    """
    if following is not None and following > start:
        return following
    return start + max(_SHORTEST, len("".join(text.split())) / _SPOKEN)


def parse_timed(text: str) -> Timed:
    """Read a timed transcript of any kind: WebVTT, SubRip, or lines with timecodes.

    Args:
        text: the whole of it, with line feeds.

    Returns:
        what it holds. A text without times is the account as it is; speakers that its lines
        begin with are turns.
    """
    from collection.exchange.spoken.cues import is_cued, parse_cues
    from collection.exchange.spoken.timecoded import parse_timecoded

    return parse_cues(text) if is_cued(text) else parse_timecoded(text)
