"""What a reading copy holds, whatever it is written in."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK
from collection.citing.names import WITHHELD
from collection.citing.passage import paragraphs, timecode
from collection.citing.styles import cite
from collection.facts import facts, notices, terms
from collection.labels import LABELS, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.access import Gated
    from collection.testimony import Testimony

_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_TIME_AGAIN: Final = 60.0
"""Seconds after which the time is told again, where one speaker goes on."""


class Piece(msgspec.Struct, frozen=True):
    """A paragraph of an account, or the part of one that a speaker's turn leaves of it."""

    start: int
    end: int
    number: int = 0
    """As citations count it, from 1; 0 where it began in the turn before."""


class Section(msgspec.Struct, frozen=True):
    """What one speaker says, or a minute of it."""

    start: int
    """Offset into the account; sections follow one another without a gap."""
    end: int
    speaker: str = ""
    """Empty where the account does not tell, or tells it itself."""
    time: str = ""
    """`0:12:34`, where the recording has one."""
    pieces: tuple[Piece, ...] = ()


class ReadingCopy(msgspec.Struct, frozen=True):
    """A testimony as it is handed to a reader; every text of it can be printed."""

    id: str
    title: str
    notices: tuple[str, ...]
    """What must be known before reading."""
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    """Labels, and the lines under each."""
    account: str
    """Empty where it is sealed."""
    sections: tuple[Section, ...]
    citation: str
    omitted: tuple[str, ...]
    """What was left out and why, a sentence each."""
    language: str
    """BCP 47 of the account; empty where it is not known, or no such tag."""


def reading_copy(gated: Gated) -> ReadingCopy:
    """Make the copy of a testimony that is not sealed as a whole."""
    seen = gated.testimony
    account = "" if "account" in gated.withheld else printable(seen.account)
    language = seen.language.strip()
    return ReadingCopy(
        id=printable(seen.id),
        title=printable(seen.title),
        notices=tuple(map(printable, notices(gated))),
        facts=tuple(_facts(gated)),
        account=account,
        sections=tuple(sections(seen, account)) if account else (),
        citation=printable(cite(gated, "chicago")),
        omitted=tuple(map(printable, omitted(gated))),
        language=language if _LANGUAGE.fullmatch(language) else "",
    )


def printable(text: str) -> str:
    """Put a sign that can be printed in the place of each that no page holds, one for one.

    An escape sequence of an account would else be obeyed by whatever shows the file. Line ends
    and tabs stay.
    """
    return _UNPRINTABLE.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"


def sections(testimony: Testimony, account: str) -> Iterator[Section]:
    """Part an account where another takes up the word, and about once a minute where times are.

    Args:
        testimony: whose turns count.
        account: its account, or one of the same length.
    """
    found = paragraphs(account)
    begins = [span[0] for span in found]
    heads = [*_heads(testimony, account), (len(account), "", "")]
    if heads[0][0] > 0:
        heads.insert(0, (0, "", ""))
    for (start, speaker, time), (end, _, _) in pairwise(heads):
        pieces = []
        for number in range(max(0, bisect_right(begins, start) - 1), len(found)):
            first, last = found[number]
            if first >= end:
                break
            if last > start:
                whole = number + 1 if first >= start else 0
                pieces.append(Piece(max(first, start), min(last, end), whole))
        yield Section(start, end, speaker, time, tuple(pieces))


def _heads(testimony: Testimony, account: str) -> Iterator[tuple[int, str, str]]:
    """Give where a section begins, who speaks in it and when."""
    last_speaker, last_time, last_offset = "", None, -1
    for turn in sorted(testimony.turns, key=lambda one: one.offset):
        if turn.offset >= len(account) or turn.offset == last_offset:
            continue
        changed = bool(turn.speaker) and turn.speaker != last_speaker
        due = turn.seconds is not None and (
            last_time is None or abs(turn.seconds - last_time) >= _TIME_AGAIN
        )
        if not changed and not due:
            continue
        speaker = printable(" ".join(turn.speaker.split())) if changed else ""
        said = account[turn.offset : turn.offset + len(speaker) + 2]
        time = timecode(turn.seconds) if turn.seconds is not None else ""
        # A name that the account itself says is not said twice.
        yield turn.offset, "" if speaker and said.startswith(speaker) else speaker, time
        last_offset = turn.offset
        last_speaker = turn.speaker or last_speaker
        last_time = turn.seconds if turn.seconds is not None else last_time


def _facts(gated: Gated) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what is known, without what stands for something withheld."""
    for label, lines in facts(gated):
        if label == "Record":
            continue
        named = [
            WITHHELD if line == MASK and label == LABELS["narrator"] else line for line in lines
        ]
        told = tuple(printable(line) for line in named if line != MASK)
        if told:
            yield label, told


def omitted(gated: Gated) -> Iterator[str]:
    """Say what a copy leaves out and why."""
    seen = gated.testimony
    for key in gated.withheld:
        if key in ("account", "context", "media"):
            yield f"{label_of(key)}: left out, {terms(seen, key)}."
        elif key == "narrator.name":
            yield f"The narrator's name: left out, {terms(seen, 'name')}."
        elif key in _OMITTED:
            yield _OMITTED[key]
    if gated.struck:
        yield f"A name that is withheld is struck out in: {_listed(gated.struck)}."


_OMITTED: Final = {
    "narrator.real_name": "The real name: left out as private.",
    "notes": "Private notes: left out.",
    "extra": "Further recorded values: left out, as they may tell what is sealed.",
}


def _listed(keys: Sequence[str]) -> str:
    return ", ".join(label_of(key).lower() for key in keys)
