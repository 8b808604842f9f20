"""WebVTT and SubRip: transcripts whose words stand in cues with times.

What is written as WebVTT comes back as it was: the account letter for letter but for NUL, which
the format has no place for, and every turn to the millisecond.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.access import MASK
from collection.exchange.interface import DETECTED, Reading, Row, Unfit
from collection.exchange.spoken.cues import UNTIMED, voices
from collection.exchange.spoken.layout import layout_note, lines_of
from collection.exchange.spoken.noted import WRITTEN, is_title
from collection.exchange.spoken.timecoded import transcript_rows
from collection.exchange.spoken.timed import KEPT, gap_before, timecode, usual_end, with_labels
from collection.testimony import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from collection.access import Gated
    from collection.testimony import Testimony

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
    """The words from one turn to the next, with the white space around them."""

    turn: Turn
    text: str


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
    voiced = named != in_words
    passages = _passages(account, turns)
    cues = _cues(passages if voiced else _joined(passages))
    rests, blocks = _rests(kept), _blocks(kept, len(cues))
    title = _line(testimony.title) if note else ""
    pieces = [_header(title, kept), *([_note(testimony)] if note else [])]
    for number, cue in enumerate(cues):
        pieces += blocks.get(number, [])
        following = cues[number + 1] if number + 1 < len(cues) else None
        known = rests.get(number, {})
        # What is known is of another cue if the account has been changed since.
        known = known if known.get("start") == cue.start else {}
        pieces.append(_written(cue, following.start if following else None, known, voiced=voiced))
    pieces += [*blocks.get(len(cues), []), *_layout(account, cues, voiced=voiced)]
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
    """Part an account at its turns; white space alone above the first is no passage."""
    starts = [turn.offset for turn in turns]
    if not starts or account[: starts[0]].strip(" \t\n"):
        turns, starts = [Turn(), *turns], [0, *starts]
    ends = [*starts[1:], len(account)]
    return [
        _Passage(turn, account[start:end])
        for turn, start, end in zip(turns, starts, ends, strict=True)
    ]


def _joined(passages: Iterable[_Passage]) -> Iterator[_Passage]:
    """Leave only the times where the words themselves name the speakers."""
    last: _Passage | None = None
    for passage in passages:
        turn = Turn(passage.turn.offset, "", passage.turn.seconds)
        if last is not None and turn.seconds is None:
            last = _Passage(last.turn, last.text + passage.text)
            continue
        if last is not None:
            yield last
        last = _Passage(turn, passage.text)
    if last is not None:
        yield last


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


def _written(cue: _Cue, following: float | None, known: dict[str, Any], *, voiced: bool) -> str:
    """Write a cue.

    Args:
        cue: the cue.
        following: when the next one begins.
        known: what is known of it beside account and turns.
        voiced: whether speakers are to be named beside the words; else the words name them.
    """
    end, raw = known.get("end"), known.get("raw")
    if not isinstance(end, int | float) or not 0 <= end < 1e9:
        text = "".join(one.text for one in cue.passages)
        end = usual_end(cue.start, following, text)
    payload = _payload(cue, voiced=voiced)
    if isinstance(raw, str) and _fits(raw) and _heard(raw) == _heard(payload):
        payload = raw
    id, settings = cue.id or _as_it_was(known.get("id")), _as_it_was(known.get("settings"))
    times = f"{timecode(cue.start)} --> {timecode(end)}{' ' if settings else ''}{settings}"
    return "\n".join(filter(None, (id, times, payload)))


def _heard(payload: str) -> list[tuple[str, list[str]]]:
    return [(voice.speaker, lines_of(voice.text)) for voice in voices(payload)[0]]


def _payload(cue: _Cue, *, voiced: bool) -> str:
    """Write the text of a cue."""
    told = []
    for one in cue.passages:
        text = "\n".join(line.translate(_ESCAPES) for line in lines_of(one.text))
        if voiced and one.turn.speaker:
            end = "</v>" if len(cue.passages) > 1 else ""
            text = f"<v {_name(one.turn)}>{text}{end}"
        elif not text and one is not cue.passages[-1]:
            # Nobody says nothing: all that tells that the next voice has no time.
            text = "<v></v>"
        told.append(text)
    return "\n".join(told)


def _name(turn: Turn) -> str:
    return " ".join(turn.speaker.translate(_ESCAPES).split())


def _layout(account: str, cues: Iterable[_Cue], *, voiced: bool) -> list[str]:
    """Write how the words stand in the account, where the cues do not tell."""
    passages = [one for cue in cues for one in cue.passages]
    gaps, before = [""], passages[0].turn.speaker if voiced else ""
    for one in passages[1:]:
        gaps.append(gap_before(before, one.turn.speaker if voiced else ""))
        before = (one.turn.speaker if voiced else "") or before
    texts = [one.text for one in passages]
    above = account[: len(account) - sum(map(len, texts))]
    # Where no voice is named a reader would make paragraphs of the cues.
    always = not (voiced and any(one.turn.speaker for one in passages))
    note = layout_note(above, texts, gaps, always=always)
    return [note] if note else []


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
