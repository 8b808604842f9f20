"""Reads a date in EDTF, numbers or English; other languages are put into English and read here.

A wrong reading does more harm than none, so words that are impossible, contradictory, or open to
two readings EDTF cannot hold are left unread.
"""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import MappingProxyType
from typing import Final

from collection.dating.bounds import LONGEST, MONTHS, bounds
from collection.dating.lists import MONTH, dated
from collection.dating.numbers import iso, numeric, slashed_range, spelt
from collection.dating.parts import SEASON, part, season

_LAST_YEAR: Final = "2100"  # later ones, like 5704, are of another calendar
_WORD: Final = re.compile("[a-z]+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_a-zA-Z年月日년월일]")  # which English cannot have
_PLAIN: Final = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-9]{2})?)?")
_CLEANED: Final = MappingProxyType(
    str.maketrans(
        "‐‑‒–—―−’ʼ‘≈",
        "-------'''~",
        "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff",
    )
)
_ASIDES: Final = (  # words around a date, and the mark they amount to
    (
        re.compile(
            r"(?:either|(?:(?:some ?time )?(?:in|on(?! or about)|during|at|of|dated)|some ?time)"
            r"(?: the)?"
            r"(?: (?:year|month of))?|the(?: (?:year|month of))?|year|month of) (.+)"
        ),
        "",
    ),
    (re.compile(r"(?:(?:the )?(?:morning|afternoon|evening|night) (?:of|on|from)) (.+)"), ""),
    (re.compile(r"(.+?),? (?:in the )?(?:morning|afternoon|evening|night|a\.?d|c\.?e)\.?"), ""),
    (re.compile(r"a\.?d\.? (.+)"), ""),
    (
        re.compile(
            r"(?:(?:circa|about|around|approx(?:imate(?:ly)?)?|abt|roughly|estimated|cca|ca?)\b\.?"
            r"|on or about|~|(?:cca|ca?)(?=[0-9]))(?: the year)?(.+)"
        ),
        "~",
    ),
    (
        re.compile(
            r"(.+?),? ?(?:~|\b(?:approx(?:imate(?:ly)?)?|circa|or so|(?:or )?thereabouts"
            r"|ca|c|cca|est(?:imated)?))\.?"
        ),
        "~",
    ),
    (
        re.compile(
            r"(?:(?:probably|possibly|perhaps|maybe|presumably|likely|prob|poss)\b\.?|\?+) ?(.+)"
        ),
        "?",
    ),
    (re.compile(r"(.+?),? ?(?:\?+|\b(?:probably|possibly|presumably|uncertain))"), "?"),
)
_COUNTED: Final = re.compile(  # figures in a note that are no date; [1] is a footnote
    r"^\[[0-9]{1,2}\]$|#[0-9]+"
    r"|\b(?:box|copy|file|folder|item|no|nr|p|page|part|reel|side|tape|track|vol|volume)\.?"
    r" [0-9]+\b"
)
_BEARING: Final = re.compile(  # a note that says something about the date itself
    rf"[?0-9]|\b[ivx]+\b|^.(?:{MONTH})\b"
    r"|\b(?:i\.? ?e|recte|sic|or|not|early|mid|late|ca?\.|circa|about|before|after|perhaps)\b"
    r"|\b(?:style|julian)\b"
    r"|\b(?:approx|prob|poss|wrong|err|correct|unc|unsure|unclear|doubt|estim|guess)"
    r"|\b(?:old|new|o\.? ?s\b|n\.? ?s\b)"
    r"|\b(?:aprox|verm|wahr|gesch|vero|prawdop|domn|odhad|kolem|oko|um\b|vers\b|пред|веро|прибл)"
    r"|\b(?:ст|star|alt|ancien|viej|vecch|sty|oder|ou\b|lub\b|или|ок|нов)|stil|стил|[א-ת]"
)
_BULK: Final = re.compile(r"(?i:bulk)(?: dates?)?:? [0-9]{4}s?(?: ?- ?(?:[0-9]{4}s?|[0-9]{2}))?")
_BRACKETED: Final = re.compile(  # 194[5]; not 1[5] May
    r"(?<!\b[0-9])\[([^][()]*)\]|(?<![0-9])\(([^][()]*)\)"
)
_SEASON_YEAR: Final = re.compile(rf"\b(?:{SEASON})(?: of)? [0-9]{{4}}$")
_SHORT_SEASON: Final = re.compile(rf"\b({SEASON}) (3[2-9]|[4-9][0-9])$")
UNDATED: Final = re.compile(  # what a cataloguer supplies after saying that there is no date
    r"^(?:undated|not dated|no date|(?:date )?unknown|s\. ?a\.|[ns]\. ?d\.|[ns]d|[ob]\. ?d\."
    r"|undatiert|non daté|sin fecha|senza data|bez daty|nedatováno|без дат[ыи]|б\. ?д\.)[,;:]? ?"
    r"(?=\[|\(|ca?\b|circa|about|probably)"
)
_WEEKDAY: Final = re.compile(
    r"(?:\(|\b)(mon|tue|wed|thu|fri|sat|sun)"
    r"(?:(?<=mon)day|(?<=tue)s(?:day)?|(?<=wed)(?:s|nesday)|(?<=thu)rs?(?:day)?|(?<=fri)day"
    r"|(?<=sat)urday|(?<=sun)day)?(?![a-z'])[.)]{0,2},? ?"
)
_LEFT_OUT: Final = re.compile(
    r"(1[0-9]{1,2})((?<=1[0-9])[-_?]{2}|(?<=1[0-9]{2})[-_?])( ?\??)"  # figures, by libraries
)
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK: Final = re.compile(  # a time of day after a date
    r"(?<=[0-9.])(?:t|,? (?:(?:at|um|à|в|о|o|alle|a las) )?)(?:"
    r"(?:[01]?[0-9]|2[0-4])[:h][0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"(?: ?(?:[ap]\.?m\.?|h|hrs|z|utc|gmt|uhr))?(?: ?[+-][0-9]{2}:?[0-9]{2})?"
    r"|(?:1[0-2]|0?[1-9]) ?[ap]\.?m\.?)"
)
_JOINED: Final = (
    re.compile(r"\b([0-9]{1,2})([a-z]{3,9})([0-9]{4})\b"),
    re.compile(r"\b([0-9]{1,2})[-/]([a-z]{3,9})[-/]([0-9]{4}|[0-9]{2})\b"),
    re.compile(r"\b([0-9]{1,2})[-/]([a-z]{3,9})[ .]([0-9]{4})\b"),
    re.compile(r"\b([a-z]{3,9})[-/]([0-9]{4})\b(?! ?-)"),
    re.compile(r"^([0-9]{4})[-/]([a-z]{3,9})(?:[-/]([0-9]{1,2}))?$"),
    re.compile(r"^([a-z]{3,9})-(3[2-9]|[4-9][0-9])$"),
)
_DECADES: Final = re.compile(
    r"(?:([0-9]{2}[1-9]0)'?s|'([3-9]0)'?s|([3-9]0)'s)"
    r"|([0-9]{2})([1-9]0)(?:'?s)? ?[-/] ?([0-9]{2})?([1-9]0)'?s"
)
_BEFORE: Final = re.compile(
    r"(?:(before|prior to|until|till|up to|by|pre|(?:no|not) later than|not after)"
    r"|after|since|post|not before|(?:no|not) earlier than)[ -](.+)"
)
_LATER: Final = re.compile(
    r"(?:from )?(.+?),?(?: (?:or|and) (?:(earlier|before)|later|after|onwards?|on)| onwards?"
    r"|(?<=from .{4}) on|(?: ?- ?| to )(?:(?:the )?present(?: day)?|now|today|date))"
)
_BOTH: Final = re.compile(
    r"(?:after|since|from|not before) (.+?),? (?:(?:and|but) )?(?:before|until|not after) (.+)"
)
_WORDS: Final = (
    "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter s st nd rd "
    "th x and or to through thru till until up by from between before prior after since post pre "
    "no not earlier later than but onward onwards on present now today date day the of in during "
    "at year month early mid middle late end start beginning part latter first second half some "
    "time sometime either dated morning afternoon evening night a d ad c ce e circa about around "
    "abt roughly estimated est cca ca so thereabouts probably possibly perhaps maybe presumably "
    "likely prob poss uncertain approx approximate approximately"
)
_KNOWN: Final = frozenset((*_WORDS.split(), *map(str.lower, MONTHS)))  # of the patterns: all words
_SIGNS: Final = (" (?:to|through|thru|until|till) ", " - ", "-", " ?/ ?")


_Reader = Callable[[str], str | None]


def read(text: str, foreign: _Reader) -> str | None:
    """Read a date as EDTF that `bounds` accepts.

    Args:
        text: Any string.
        foreign: What reads other languages; asked when nothing else has understood the words.

    Returns:
        None when the words were not understood.
    """
    if len(text) > LONGEST:
        return None
    words = unicodedata.normalize("NFC", " ".join(text.translate(_CLEANED).split()))
    others = [foreign] if len(words) > 4 and _LETTER.search(words) else []
    english = [as_english] if words.isascii() or not _OTHER_LETTER.search(words) else []
    readers = [_as_edtf, *english, *others, *map(_without_note, (as_english, *others))]
    for reader in readers:
        if edtf := _possible(reader, words):
            return edtf
    return None


def _possible(reader: _Reader, words: str) -> str | None:
    with suppress(ValueError):
        edtf = reader(words)
        if edtf and max(re.findall("[0-9]{4}", edtf), default="") <= _LAST_YEAR:
            bounds(edtf)
            return edtf
    return None


def _as_edtf(words: str) -> str | None:
    words = re.sub(" ?([/,]) ?", r"\1", words)
    if "u" in words or "x" in words or words[-1:] == "n":  # as it was written before 2019
        words = words.removesuffix("unknown").replace("/open", "/..")
        if re.fullmatch("[0-9][0-9xu/.~?-]+", words):
            words = words.replace("x", "X").replace("u", "X")
    return re.sub(r"^([0-9]{4}-[0-9]{2}-)([0-9]{2})/([0-9]{2})$", r"\1\2/\1\3", words)


def _without_note(reader: _Reader) -> _Reader:
    """Make a reader that passes over a note in brackets, if it says nothing about the date."""

    def read_before_note(words: str) -> str | None:
        note = re.fullmatch(r"([^\[(]+)([\[(].+[\])])", words)
        if note is None:
            return None
        said = _COUNTED.sub("", note[2].lower())
        if _BEARING.search(said) and not _BULK.fullmatch(note[2][1:-1]):
            return None
        return reader(note[1].strip())

    return read_before_note


def as_english(words: str) -> str | None:
    """Read English or numbers, whatever stands around the date, as EDTF that may be impossible."""
    words = _tidied(spelt(words).casefold())
    days = [_WEEKDAYS.index(name) for name in _WEEKDAY.findall(words)]
    if days:
        words = _WEEKDAY.sub("", words).strip(" ,")
    edtf = _reading(_BRACKETED.sub(r"\1\2", words))
    return _on_weekday(edtf, days) if days and edtf else edtf


def _tidied(words: str) -> str:
    """Take away times of day, and write as words with spaces what is joined or shortened."""
    if "?" in words:
        words = re.sub(r" ?[\[(]\?+[\])]", "?", words)
    words = UNDATED.sub("", CLOCK.sub("", words))
    for pattern in _JOINED if "-" in words or "/" in words else _JOINED[:1]:
        words = pattern.sub(lambda m: " ".join(filter(None, m.groups())), words)
    if "'" in words and not re.search("[0-9]{4}", words):
        words = re.sub(r"(?<![0-9a-z])'([3-9][0-9])\b(?!'?s)", r"19\1", words)
    return _SHORT_SEASON.sub(r"\1 19\2", words) if words[-3:-2] == " " else words


def _on_weekday(edtf: str, days: list[int]) -> str | None:
    """Give the reading if it falls on the days of the week that were named; or what of it does."""
    dates = re.findall("[0-9]{4}-[0-9]{2}-[0-9]{2}", edtf)
    if edtf[0] == "[" and len(days) == 1 and re.fullmatch("[^.]+", edtf):
        fitting = [day for day in dates if date.fromisoformat(day).weekday() == days[0]]
        return fitting[0] if len(fitting) == 1 else None
    return edtf if [date.fromisoformat(day).weekday() for day in dates] == days else None


def _reading(words: str, single: bool = False) -> str | None:
    """Read words as EDTF, found possible or not by `bounds`; `single`: no range and no list."""
    if match := _LEFT_OUT.fullmatch(words):
        return f"{match[1]:X<4}{match[3]}"
    if not _KNOWN.issuperset(_WORD.findall(words)):
        return None
    core, marks, before = re.sub("(?<![.,;])[.,;]$", "", words), "", ""
    while core != before:
        before = core
        for pattern, mark in _ASIDES:
            if match := pattern.fullmatch(core):
                core, marks = match[1].strip(), marks + mark
    readers = (_single,) if single else (_single, _ranged, _listed)
    edtf = next(filter(None, (reader(core) for reader in readers)), "")
    if marks and "[" in edtf and ".." in edtf:
        return None  # EDTF does not qualify the ends of a range within a set
    mark = "%" if len(set(marks)) == 2 else marks[:1]
    return re.sub("[0-9X]{4}(-[0-9X]{2}){0,2}(?![?~%0-9X-])", rf"\g<0>{mark}", edtf) or None


def _single(words: str) -> str | None:
    if _PLAIN.fullmatch(words) and words[-3:] != "-00":
        return words
    if match := _DECADES.fullmatch(words):  # 1900s: ten years, or a hundred?
        if match[4]:
            return f"{match[4]}{match[5][0]}X/{match[6] or match[4]}{match[7][0]}X"
        return iso(match[1] or match[2] or match[3])[:3] + "X"
    if edtf := season(words) or part(words, _whole):
        return edtf
    dates, _ = dated(words)
    return dates[0] if len(dates) == 1 else numeric(words)


def _ranged(words: str) -> str | None:
    if (match := _BOTH.fullmatch(words)) and (ends := _each([match[1], match[2]])):
        return _interval(*ends)
    if match := _BEFORE.fullmatch(words):
        point = _reading(match[2], single=True)
        return point and (f"../{_end(point)}" if match[1] else f"{_start(point)}/..")
    if (match := _LATER.fullmatch(words)) and (point := _reading(match[1], single=True)):
        return f"../{_end(point)}" if match[2] else f"{_start(point)}/.."
    signs = [" and "] * words.startswith("between ")
    bare = re.sub("^(?:from|between) ", "", words)
    ends = next((e for e in (re.split(s, bare) for s in (*signs, *_SIGNS)) if len(e) == 2), [])
    if len(ends) != 2:
        return None
    if edtf := slashed_range(*ends):
        return edtf
    if _SEASON_YEAR.search(ends[0]) and len(_whole(ends[1]) or "") == 4:
        return None  # one season of two years, or until the second?
    dates = dated(" and ".join(ends))[0]
    if len(dates) != 2:
        dates = _each(ends) or _each(_lent(ends))
    return _interval(*dates) if len(dates) == 2 else None


def _whole(words: str) -> str | None:
    return _reading(words, single=True)


def _interval(start: str, end: str) -> str | None:
    """Join two readings, unless the second begins or ends before the first: that is no range."""
    begins = [bounds(_start(edtf))[0] or "" for edtf in (start, end)]
    ends = [bounds(_end(edtf))[1] or "" for edtf in (start, end)]
    in_order = begins == sorted(begins) and ends == sorted(ends)
    return f"{_start(start)}/{_end(end)}" if in_order else None


def _start(edtf: str) -> str:
    return re.split(r"/|,|\.\.", edtf.strip("[]"))[0]


def _end(edtf: str) -> str:
    return re.split(r"/|,|\.\.", edtf.strip("[]"))[-1]


def _lent(ends: list[str]) -> list[str]:
    """Lend the year of the second date to a first one that names a month or season and no year."""
    year = re.search("[0-9]{4}$", ends[1])
    named = re.search(rf"\b(?:{MONTH}|{SEASON})\b", ends[0])
    if not year or not named or ends[1] == year[0]:
        return ends
    return [f"{ends[0]} {year[0]}", ends[1]]


def _listed(words: str) -> str | None:
    dates, signs = dated(words)
    if not dates:
        signs = "|" if " or " in words else "+"
        dates = _each(re.split(" or " if signs == "|" else " ?; ?| and | ?& ?|, ", words))
    else:
        signs = "".join(re.findall("[-,+|]", signs))
    if not 1 < len(dates) <= 16 or dates != sorted(set(dates)) or {"|", "+"} <= set(signs):
        return None  # out of order a year may be missing; more than 16 might exceed LONGEST
    if "--" in signs or ("-" in signs and len(signs) != len(dates) - 1):
        return None
    links = [".." if "-" in signs and signs[n] == "-" else "," for n in range(len(dates) - 1)]
    joined = "".join(map("".join, zip(dates, [*links, ""], strict=True)))
    return f"[{joined}]" if "|" in signs else f"{{{joined}}}"


def _each(words: list[str]) -> list[str]:
    """Read several dates, if all can be; a short year beside a full one may be of its century."""
    full = {bool(re.search("[0-9]{4}", part)) for part in words}
    dates = [_reading(part, single=True) for part in words] if len(full) == 1 else []
    return [day for day in dates if day] if all(dates) else []
