"""Reads what a transcript says of itself, line by line: `Interviewer: Anna Weiss`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.testimony import is_day, split_names

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
_ASKING: Final = frozenset(
    (
        *("interviewer", "interviewers", "interviewer 1", "int", "intv", "ivr", "q", "question"),
        *("i", "host", "interviewerin", "frage", "f", "enquêteur", "enquêtrice", "intervieweur"),
        *("entrevistador", "entrevistadora", "pregunta", "intervistatore", "intervistatrice"),
        *("tazatel", "tazatelka", "otázka", "kérdező", "pytanie", "badacz", "badaczka"),
        *("интервьюер", "вопрос", "в", "інтерв'юер", "питання"),
    )
)
"""What the one is labelled who asks."""
_HEADINGS: Final = ("SUMMARY KEYWORDS", "SPEAKERS")
_NEAR: Final = 4
"""Lines at the top among which the day is looked for."""
_DATED: Final = re.compile(r"\A(?=.{6,60}\Z).*\d")
_LENGTH: Final = re.compile(r"[ \t]*[•·|][ \t]*(?:\d{1,3}:)?\d{1,3}:\d{2}[ \t]*\Z")
_NO_NAME: Final = re.compile(
    r"(?:speaker|sprecher(?:in)?|locuteur|hablante|voice|unknown|person|participant|male|female|man"
    r"|woman|narrator|interviewee|respondent|answer|befragte[rn]?|antwort|respuesta|réponse"
    r"|odpověď|odpowiedź|válasz|ответ|відповідь|\w)?[ \d_.#-]*",
    re.IGNORECASE,
)
"""A label that names nobody."""
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


def read_heading(lines: list[str]) -> tuple[dict[str, Any], list[str]]:
    """Read the heading that services put above what they have transcribed.

    Below the title stand the day with the hour, and perhaps how long it is; then keywords and
    speakers, each below a line in capitals.

    Args:
        lines: without blank ones.

    Returns:
        the values by the record's keys, and the lines that say nothing that the record knows.
    """
    from collection.dates import read_date

    found: dict[str, Any] = {}
    others: list[str] = []
    above = ""
    for number, line in enumerate(lines):
        if above == "SUMMARY KEYWORDS":
            found["keywords"] = [word for part in line.split(",") if (word := part.strip())]
        elif line in _HEADINGS or above in _HEADINGS:
            # Who speaks is told by the transcript.
            pass
        elif number < _NEAR and "date" not in found and _DATED.search(line):
            words = _LENGTH.sub("", line)
            if is_day(read_date(words).edtf or ""):
                found["date"] = words
            else:
                others.append(line)
        else:
            others.append(line)
        above = line
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


def narrator_of(speakers: Iterable[str], interviewers: Iterable[str]) -> str:
    """Give the narrator of a conversation of two, where it is plain which of them asks.

    That is where one is labelled so, or named as the interviewer. Else it would be a guess, and
    a wrong guess puts words into somebody's mouth.

    Args:
        speakers: whoever takes up the word, with repetitions.
        interviewers: those that are known.
    """
    voices = [*dict.fromkeys(filter(None, speakers))]
    known = {name.casefold() for name in interviewers}
    others = [one for one in voices if not _asks(one) and one.casefold() not in known]
    named = len(voices) == 2 and len(others) == 1 and not _NO_NAME.fullmatch(others[0])
    return others[0] if named else ""


def _asks(speaker: str) -> bool:
    return speaker.rstrip(" .:").casefold() in _ASKING


def is_title(behind: str) -> bool:
    """Tell whether what stands behind `WEBVTT` on its line is a title, as in `WEBVTT - Kyiv`."""
    return behind[:1] in ("-", "–", "—") and bool(behind.strip(" \t-–—"))
