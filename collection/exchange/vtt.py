"""WebVTT and SubRip: transcripts whose words stand in cues with times.

What is written as WebVTT comes back as it was: the account letter for letter but for NUL, which
the format has no place for, and every turn to the millisecond.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.access import MASK
from collection.exchange.cues import GAPS, UNTIMED, voices
from collection.exchange.interface import DETECTED, Reading, Row, Unfit
from collection.exchange.noted import WRITTEN, is_title
from collection.exchange.timecoded import transcript_rows
from collection.exchange.timed import KEPT, gap_before, timecode, usual_end, with_labels
from collection.testimony import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from collection.access import Gated
    from collection.testimony import Testimony

_EMPTY: Final = re.compile(r"(?:^|(?<=\n))(?=\n|\Z)")
_CLASSES: Final = {gap: name for name, gap in GAPS.items()}
_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;", "\0": "\ufffd", "\f": "&#12;"}
)


class WebVTT:
    """The format `vtt`."""

    name = "vtt"
    label = "WebVTT transcript"
    about = "what is timecoded, for players of recordings, one file for each"
    suffix = ".vtt"
    single = False

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Read the one transcript that a file holds."""
        yield from transcript_rows(path, reading)

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write an account in cues, with a note that says whose it is.

        Raises:
            Unfit: when it has no times, or is sealed.
        """
        for gated in testimonies:
            if not gated.sealed:
                yield webvtt(gated.testimony).encode("utf-8", "replace")


class SubRip:
    """The format `srt`."""

    name = "srt"
    label = "SubRip subtitles"

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Read the one transcript that a file holds."""
        yield from transcript_rows(path, reading)


class _Passage(msgspec.Struct):
    """The words from one turn to the next."""

    turn: Turn
    text: str
    gap: str = ""
    """The line feeds that follow them."""


class _Cue(msgspec.Struct):
    """What goes into one cue."""

    start: float
    id: str
    passages: list[_Passage]


def webvtt(testimony: Testimony, *, note: bool = True, timeless: bool = False) -> str:
    """Write an account with its turns as WebVTT.

    Args:
        testimony: as it may be seen.
        note: whether to say whose account it is.
        timeless: whether to write words that have no time at all.

    Raises:
        Unfit: when it has no times, or its account is withheld.
    """
    account, turns = testimony.account, usable(testimony)
    if account == MASK or (not timeless and all(turn.seconds is None for turn in turns)):
        raise Unfit("It has no times of a recording, which WebVTT needs.")
    untold = [Turn(turn.offset) for turn in turns]
    in_words = [turn for turn in with_labels(account, untold) if turn.speaker]
    named = [Turn(turn.offset, turn.speaker) for turn in turns if turn.speaker]
    kept = _kept(testimony.extra)
    cues = _cues(_passages(account, turns))
    rests, blocks = _rests(kept), _blocks(kept, len(cues))
    payloads = _Payloads(voiced=named != in_words)
    title = _line(testimony.title) if note else ""
    pieces = [_header(title, kept), *([_note(testimony)] if note else [])]
    for number, cue in enumerate(cues):
        pieces += blocks.get(number, [])
        following = cues[number + 1] if number + 1 < len(cues) else None
        known = rests.get(number, {})
        # What is known is of another cue if the account has been changed since.
        known = known if known.get("start") == cue.start else {}
        payload = payloads.of(cue, following.passages[0].turn.speaker if following else None)
        pieces.append(_written(cue, following.start if following else None, known, payload))
    pieces += blocks.get(len(cues), [])
    return "\n\n".join(pieces) + "\n"


def usable(testimony: Testimony) -> list[Turn]:
    """Give the turns of an account that say something, in order, one for each place."""
    by_offset = {
        turn.offset: turn
        for turn in testimony.turns
        if turn.offset <= len(testimony.account) and (turn.speaker or turn.seconds is not None)
    }
    return [by_offset[offset] for offset in sorted(by_offset)]


def _passages(account: str, turns: Sequence[Turn]) -> list[_Passage]:
    starts = [turn.offset for turn in turns]
    if not starts or starts[0] > 0:
        turns, starts = [Turn(), *turns], [0, *starts]
    passages = []
    for turn, (start, end) in zip(turns, pairwise([*starts, len(account)]), strict=True):
        text = account[start:end].rstrip("\n")
        passages.append(_Passage(turn, text, account[start + len(text) : end]))
    passages[-1].text += passages[-1].gap
    return passages


def _cues(passages: Iterable[_Passage]) -> list[_Cue]:
    """Put passages into cues: one begins with each time."""
    cues: list[_Cue] = []
    for passage in passages:
        seconds = passage.turn.seconds
        if seconds is not None:
            cues.append(_Cue(seconds, "", [passage]))
        elif cues:
            cues[-1].passages.append(passage)
        else:
            cues.append(_Cue(0.0, UNTIMED, [passage]))
    return cues


def _written(cue: _Cue, following: float | None, known: dict[str, Any], payload: str) -> str:
    """Write a cue.

    Args:
        cue: the cue.
        following: when the next one begins.
        known: what is known of it beside account and turns.
        payload: its text, escaped.
    """
    end, raw = known.get("end"), known.get("raw")
    if not isinstance(end, int | float) or not 0 <= end < 1e9:
        end = usual_end(cue.start, following)
    if isinstance(raw, str) and _fits(raw) and voices(raw)[0] == voices(payload)[0]:
        payload = raw
    id, settings = cue.id or _as_it_was(known.get("id")), _as_it_was(known.get("settings"))
    times = f"{timecode(cue.start)} --> {timecode(end)}{' ' if settings else ''}{settings}"
    return "\n".join(filter(None, (id, times, payload)))


class _Payloads:
    """Writes the text of one cue after the other."""

    def __init__(self, *, voiced: bool) -> None:
        """Say whether speakers are to be named beside the words; else the words name them."""
        self._voiced = voiced
        self._before = ""
        """The speaker that was named last."""

    def of(self, cue: _Cue, following: str | None) -> str:
        """Write the text of a cue.

        Args:
            cue: the cue.
            following: the speaker of the next one; none if it is the last.
        """
        passages = cue.passages
        if not self._voiced:
            text = "".join(one.text + one.gap for one in passages[:-1]) + passages[-1].text
            passages = [_Passage(Turn(), text, passages[-1].gap)]
        told = []
        after = [*map(self._speaker, passages[1:]), following]
        for one, speaker in zip(passages, after, strict=True):
            self._before = self._speaker(one) or self._before
            told.append(self._passage(one, speaker, closed=len(passages) > 1))
        return "\n".join(told)

    def _passage(self, passage: _Passage, following: str | None, *, closed: bool) -> str:
        text, mark = passage.text, ""
        if following is not None:
            usual = gap_before(self._before, following if self._voiced else "")
            text += "\n" * (len(passage.gap) - len(usual))
            # Where a voice without a name says nothing, the mark is all that tells of it.
            if len(passage.gap) < len(usual) or not (text or self._speaker(passage)):
                mark = f"<c.{_CLASSES[passage.gap]}></c>"
        speaker = self._speaker(passage)
        if not speaker:
            return _escaped(text) + mark
        name = " ".join(speaker.translate(_ESCAPES).split())
        return f"<v {name}>{_escaped(text)}{mark}{'</v>' if closed else ''}"

    def _speaker(self, passage: _Passage) -> str:
        return passage.turn.speaker if self._voiced else ""


def _escaped(text: str) -> str:
    """Write words so that they are no markup, and no line of them ends the cue."""
    lines = text.split("\n")
    last = len(lines) - 1
    for number, line in enumerate(lines):
        lines[number] = line.translate(_ESCAPES)
        if not line and last:
            lines[number] = "<br>"
        elif number in (0, last) or not line.strip(" \t"):
            lines[number] = _edges(lines[number])
    return "\n".join(lines)


def _edges(line: str) -> str:
    """Hold blanks at the ends of a line fast."""
    if line[:1] in (" ", "\t"):
        line = f"&#{ord(line[0])};{line[1:]}"
    if line[-1:] in (" ", "\t"):
        line = f"{line[:-1]}&#{ord(line[-1])};"
    return line


# --- what is said beside the words --------------------------------------------------------------


def _header(title: str, kept: dict[str, Any]) -> str:
    """Write the lines above the first block; a title takes the place of the one that was there."""
    known = kept.get("header")
    told = known if isinstance(known, str) and known and _fits(known) else ""
    first, *others = told.split("\n")
    if title and (not told or is_title(first)):
        first = f"- {title}"
    return "\n".join([f"WEBVTT {first}".rstrip(), *others])


def _note(testimony: Testimony) -> str:
    date = testimony.date
    values = {
        "id": testimony.id,
        "title": testimony.title,
        "narrator": testimony.narrator.name,
        "interviewers": "; ".join(testimony.interviewers),
        "date": date.text or date.edtf or "",
        "interview_place": testimony.interview_place,
        "language": testimony.language,
        "rights": testimony.rights,
        "licence": testimony.licence,
    }
    lines = [
        f"{WRITTEN[key]}: {told}"
        for key, value in values.items()
        if (told := _line(value)) and MASK not in value
    ]
    return "\n".join(["NOTE", *lines])


def _kept(extra: dict[str, Any]) -> dict[str, Any]:
    kept = extra.get(KEPT)
    return kept if isinstance(kept, dict) else {}


def _rests(kept: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Give what is known of cues by their number; a file may have brought anything."""
    cues = kept.get("cues")
    told = [one for one in cues if isinstance(one, dict)] if isinstance(cues, list) else []
    return {one["cue"]: one for one in told if isinstance(one.get("cue"), int)}


def _blocks(kept: dict[str, Any], most: int) -> dict[int, list[str]]:
    """Give the blocks that are no cues by the number of the cue that they stand before."""
    found: dict[int, list[str]] = {}
    blocks = kept.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        match block:
            case [int(at), str(text)] if _fits(text):
                found.setdefault(min(at, most), []).append(text)
    return found


def _fits(text: str) -> bool:
    """Tell whether a text can stand in a block as it is."""
    return "-->" not in text and "\r" not in text and all(map(str.strip, text.split("\n")))


def _as_it_was(value: Any) -> str:
    """Give a line of the file that the cue came from; nothing if it can be none."""
    return value if isinstance(value, str) and _fits(value) and "\n" not in value else ""


def _line(value: Any) -> str:
    """Give a text on one line that begins no cue."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text.replace("-->", "→").replace("\0", "\ufffd")
