"""Reads dates in other languages: puts their words into English and reads that.

All words must belong to one language. A word may mean one thing in one language and another in the
next (*listopad* is October in Croatian, November in Polish): where several languages know all the
words and their readings differ, what is given covers them all, or nothing is read.

The words are in ``words.tsv``, a meaning a line; ``_`` stands for a space, and a word that
ends in a dot is taken without it only behind a day. Meanings that are no English: ``.`` may be
passed over beside other words ("of", "the"), ``..`` also beside a year alone ("in", "the year");
``to*`` is "to", but nothing at the beginning; ``<early`` follows its date; ``from*`` may mean
"since" or "dated", so it is read only where an end follows.
"""

import re
import unicodedata
from collections.abc import Set
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from collection.dating.bounds import MONTHS, bounds
from collection.dating.numbers import spelt
from collection.dating.reading import CLOCK, UNDATED, as_english

_PLAIN_LETTERS: Final = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae"})
_EXPANDED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_ANYWHERE: Final = frozenset(("ca", "c", "cca", "circa"))
_MONTHS: Final = frozenset(map(str.lower, MONTHS))
_LONGEST: Final = 3  # words in one entry
_WHOLE: Final = ("and", "or", "to", "to*", "from", ".", "..")
_NOT_BARE: Final = frozenset(
    ("var", "host", "for", "fore", "ate", "tel", "meta", "marc", "az", "des", "eve", "evi")
)
_WITH_DAY: Final = re.compile(
    rf"[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{2}}|{'|'.join(MONTHS)}", re.IGNORECASE
)
_Table = dict[str, dict[str, str]]
_ABBREVIATED: Final = frozenset(["u", "r", "g", "god", "dn", "г", "гг", "год", "р", "рр"])
_WORD: Final = re.compile(r"'?[0-9]+s\b|[0-9]+|[^\W\d_]+|.")  # other figures stay as they are
_DECADE: Final = r"([0-9]{3}0|[3-9]0)"  # not 20, whose century is open
_DECADES: Final = (
    re.compile(rf"\b{_DECADE}er[ns]?(?:[- ]?jahren?)?\b"),
    re.compile(
        rf"\b{_DECADE}-?(?:е|х|ые|ых|ві|ті|тих|их)"
        r"(?: (?:год(?:ы|ов|ах)|рок(?:и|ів|ах)|гг|рр))?\b\.?"
    ),
    re.compile(rf"\b{_DECADE}-?[aeo]s évek(?:ben)?\b"),
    re.compile(rf"\b{_DECADE}\. (?:léta|let|letech)\b"),
    re.compile(
        r"\b(?:années|décennie|años|década de|anni|anos|anii|jaren|שנות ה?-?"
        r"|lat(?:a|ach)? (?=[3-9]0))"
        rf" ?'?{_DECADE}(?:\.|-?(?:tych|te))?(?=[.?~)\]]*$)"
    ),
)
_CENTURY: Final = re.compile(
    r"(?<![0-9]{4}) (?:xx|20)\.?"
    r" (?:wieku|w|века|в|століття|ст|století|jahrhunderts|jh|siècle|secolo|siglo)\b\.?"
)
_ORDINAL: Final = re.compile(
    r"(?<=[0-9])(?:-?(?:го|ого|й|я|му|те|ми)\b|(?:er|re|ère|ème)\b|[ºª°]|-?(?:go|ego|tego)\b"
    r"|-?(?:[áé]n|j[áé]n|i|je|ja|[bv][ae]n)\b|טער\b|טן\b)\.?"
)
_YEARS: Final = re.compile(r"\b(?:lata|années|años|anni|anos|jahre) (?=[0-9]{4} ?[-/])")
_PREFIX: Final = re.compile(r"\b([בהכלמ])[- ]?(?=[0-9])")  # of Hebrew, before figures
_PREFIXES: Final = {"ב": "", "ה": "", "כ": "בערך ", "ל": "און ", "מ": "מן "}
_POSTFIXED: Final = re.compile(r"(.+?),? <([a-z ]+)$")


def read_foreign(words: str) -> str | None:
    """Read a date in a language other than English, as EDTF that may be impossible."""
    readings: dict[str, tuple[str, ...]] = {}
    unread = set()
    for english in translations(words):
        months = tuple(name for name in re.findall("[a-z]+", english) if name in _MONTHS)
        try:
            edtf = as_english(english) or ""
            bounds(edtf)
            readings[edtf] = months
        except ValueError:
            unread.add(months)
    if unread - set(readings.values()) and len(unread | set(readings.values())) > 1:
        return None  # impossible in one language: a slip there rather than sense in another
    return _covering(sorted(readings))


def _covering(readings: list[str]) -> str | None:
    """Give the only reading, the one that covers the others, or the set of days or months."""
    if len(readings) < 2:
        return "".join(readings) or None
    spans = {edtf: [day or "" for day in bounds(edtf)] for edtf in readings}
    for edtf, (first, last) in spans.items():
        if all(
            first <= start and (not last or (end and end <= last)) for start, end in spans.values()
        ):
            return edtf
    plain = all(re.fullmatch("[0-9]{4}(-[0-9]{2}){1,2}", edtf) for edtf in readings)
    return f"[{','.join(readings)}]" if plain else None


def translations(words: str) -> list[str]:
    """Put words into English, once for each way in which a language that knows them all does."""
    folded = words.casefold()
    given = unicodedata.normalize("NFC", spelt(words).casefold())
    given = re.sub("[\u0591-\u05c7]", "", given)  # points of Hebrew
    words = UNDATED.sub("", _prepared(given))
    pieces = _WORD.findall(words)
    english = _ANYWHERE | _MONTHS.difference(_LETTERS.findall(folded))  # months were figures
    foreign = [piece for piece in pieces if piece.isalpha() and piece not in english]
    if not foreign:
        return [words] if words != given else []
    table = _table()
    made: dict[str, None] = {}
    for language in _languages(foreign, table):
        with suppress(KeyError):
            made[_finished(_put(pieces, english, table, language))] = None
    return [one for one in made if one]


def _prepared(words: str) -> str:
    words = _CENTURY.sub("", _YEARS.sub("", CLOCK.sub("", words)))
    for pattern in _DECADES if "0" in words else ():
        words = pattern.sub(lambda m: f"{'' if len(m[1]) == 4 else chr(39)}{m[1]}s", words)
    words = _ORDINAL.sub("", words)
    words = re.sub(r"\b([0-9]{4})-?t[óő]l ([0-9]{4})-?ig\b", r"\1 - \2", words)
    words = re.sub(r"(?<=[0-9]{4})-?t[óő]l\b", " óta", words)
    words = _PREFIX.sub(lambda m: _PREFIXES[m[1]], words)
    words = re.sub(r"(?<=[0-9]{4}) m\.|(?<=[0-9]) d\.$", "", words)  # of Lithuanian
    words = re.sub(r"\bmi-(?=[^\W_])", "milieu ", re.sub(r"\b[ld]'", "", words))
    return re.sub(r"(?<=[^\W\d])'", " ", words)


def _languages(words: list[str], table: _Table) -> list[str]:
    """Name the languages that may know all words, by the words that stand alone."""
    return sorted(set[str].intersection(*(set(table.get(word, ())) for word in words)))


def _put(pieces: list[str], shared: Set[str], table: _Table, language: str) -> str:
    """Put the longest entries first into English; KeyError where that is not sure."""
    english, place, telling = "", 0, False
    while place < len(pieces):
        piece = pieces[place]
        entry, meaning = piece, piece
        if piece.isalnum() and piece not in shared:
            entry, meaning = _longest(pieces, place, table, language)
            telling |= meaning not in (piece, ".")
        place += len(_WORD.findall(entry))
        stopped = pieces[place : place + 1] == ["."]
        if stopped and place + 1 < len(pieces) and meaning in _WHOLE and piece not in _ABBREVIATED:
            raise KeyError(piece)  # of another abbreviation, as in "i. e." or "v. 12"
        if piece.isalpha():
            place += stopped
            english += f" {meaning} " if meaning not in (".", "..") else " "
        else:
            english += meaning
    if not telling and not _WITH_DAY.search(english):
        raise KeyError(english)  # "no 1944" is no Portuguese
    return english


def _longest(pieces: list[str], place: int, table: _Table, language: str) -> tuple[str, str]:
    """Find the longest entry that stands at a place, and what it means."""
    for length in range(2 * _LONGEST - 1, 0, -2):
        entry = "".join(pieces[place : place + length])
        if meaning := table.get(entry, {}).get(language):
            return entry, meaning
    piece = pieces[place]
    if meaning := table.get(f"{piece}.", {}).get(language):
        if pieces[place + 1 : place + 2] == ["."]:
            return f"{piece}.", meaning
        if re.fullmatch("(?:.* )?[0-9]{1,2} ", "".join(pieces[:place])):
            return piece, meaning  # "5 lip 1943" needs no dot; a lip of 1943 is none
    if piece.isalpha():
        raise KeyError(piece)
    return piece, piece


def _finished(english: str) -> str:
    """Bring the words into the order of English; '' where that is not sure."""
    words = " ".join(english.split()).strip(" ,;")
    words = re.sub(r"(?<=[(\[]) | (?=[)\],;.?])", "", words)
    words = re.sub(r"^to\* (?![0-9])", "", words)
    if words.startswith("to*"):
        return ""  # "au 5 mai" may be until then
    words = words.replace("to*", "to")
    if match := _POSTFIXED.fullmatch(words):
        words = f"{match[2]} {match[1]}"
    ranged = re.search(r"\b(?:to|until)\b| ?- ?", words)
    if words.startswith("from* "):
        words = f"from {words[6:]}" if ranged else ""
    elif words.startswith("from ") and not ranged:
        words = f"since {words[5:]}"
    return "" if "<" in words or "*" in words else words


@cache
def _table() -> _Table:
    """Read the words: what each means in which languages."""
    table: _Table = {}
    entries = []
    text = Path(__file__).with_name("words.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        language, meaning, words = line.split("\t")
        for word in words.split():
            entry = unicodedata.normalize("NFC", word.replace("_", " ").casefold())
            table.setdefault(entry, {}).setdefault(language, meaning)
            entries.append((language, meaning, entry))
    for language, meaning, entry in entries:  # as spelt comes first: "des" is not "dès"
        for spelling in (_bare(entry), entry.translate(_EXPANDED)):
            if spelling not in _NOT_BARE:  # words of English, or the same word of another sense
                table.setdefault(spelling, {}).setdefault(language, meaning)
        if language == "he":  # "in" is written together with what follows
            table.setdefault(f"ב{entry}", {}).setdefault(language, meaning)
    for language, _, entry in entries:
        for part in _LETTERS.findall("" if entry.isalpha() else f"{entry} {_bare(entry)}"):
            table.setdefault(part, {}).setdefault(language, "")  # known in company only
    return table


def _bare(word: str) -> str:
    """Take accents off, but not from Cyrillic, where they make another letter."""
    if "а" <= word[0] <= "ӿ":
        return word.replace("ё", "е")
    parts = unicodedata.normalize("NFD", word.translate(_PLAIN_LETTERS))
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
