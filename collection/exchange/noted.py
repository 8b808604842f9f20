"""Reads what a transcript says of itself, line by line: `Interviewer: Anna Weiss`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.testimony import split_names

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE: Final = re.compile(r"[ \t]*([^\W\d_][^:\n]{0,40}?)[ \t]*:[ \t]+(\S.*)")
_KEYS: Final = {
    "id": ("identifier", "id", "accession", "accession number", "interview id"),
    "title": ("title", "interview title"),
    "narrator": ("narrator", "interviewee", "name of interviewee", "name of narrator", "name"),
    "interviewers": ("interviewer", "interviewers", "interviewed by"),
    "present": ("present", "also present", "others present"),
    "translators": ("translator", "translators", "interpreter", "translated by"),
    "date": ("date", "date of interview", "interview date", "date of the interview", "recorded"),
    "interview_place": ("place of interview", "interview place", "place", "location"),
    "language": ("language",),
    "rights": ("rights",),
    "licence": ("licence", "license"),
}
_LABELS: Final = {label: key for key, labels in _KEYS.items() for label in labels}
_LISTS: Final = ("interviewers", "present", "translators")
WRITTEN: Final = {key: labels[0].capitalize() for key, labels in _KEYS.items()}
"""What a key is called where a transcript is written."""


def read_lines(lines: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """Read the lines that say something of a transcript.

    Returns:
        the values by the record's keys, and the lines that say nothing that the record knows.
    """
    found: dict[str, Any] = {}
    others = []
    for line in lines:
        said = _LINE.fullmatch(line)
        key = _LABELS.get(said[1].casefold()) if said else None
        if said is None or key is None or key in found:
            others.append(line)
            continue
        value = said[2].strip()
        found[key] = list(split_names(value)) if key in _LISTS else value
    return found, others


def noted(header: str, blocks: list[list[Any]]) -> tuple[dict[str, Any], list[list[Any]]]:
    """Read the header of a WebVTT file, and the notes in it that say nothing but such lines.

    Args:
        header: what stands behind `WEBVTT`.
        blocks: pairs of a number and the text of a block that is no cue.

    Returns:
        the values by the record's keys, and the other blocks. What the header says is only
        read here; it stays where it is.
    """
    lines = header.split("\n")
    found, _ = read_lines(lines[1:])
    if is_title(lines[0]):
        found.setdefault("title", lines[0].strip(" \t-–—"))
    others = []
    for block in blocks:
        said, rest = read_lines(block[1].split("\n")[1:])
        if block[1].startswith("NOTE\n") and said and not rest:
            found |= said
        else:
            others.append(block)
    return found, others


def is_title(behind: str) -> bool:
    """Tell whether what stands behind `WEBVTT` on its line is a title, as in `WEBVTT - Kyiv`."""
    return behind[:1] in ("-", "–", "—") and bool(behind.strip(" \t-–—"))
