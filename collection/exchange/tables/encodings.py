"""Which encoding a text file is in: a mark at its beginning, UTF-8, or what its words look like.

Without a mark and without UTF-8 an encoding is judged line by line: a decoding is good where the
letters of a line belong to the alphabet of one language. On the few accented letters of a table
that is surer than the statistics of a general detector, which is asked last (tried on short
tables in nine languages: it took French in cp1252 and Polish in cp1250 for each other).
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK: Final = 1 << 20
_LINES: Final = 400
"""Lines that are looked at, at most, and bytes of each."""
_BEGINNING: Final = 4096
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEST: Final = (
    *("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü¿¡ºª", "ãõáéíóúâêôçàüºª", "àèéìíòóù", "åäöé", "æøåéö"),
    *("éëïöüèó", "áðéíóúýþæö", "àçèéíïòóúü·"),
)
_CENTRE: Final = (
    *("ąćęłńóśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß"),
    "áéëíóôúçë",
)
_CYRILLIC: Final = (
    *("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'"),
    *("абвгдеёжзійклмнопрстуўфхцчшыьэюя", "абвгдђежзијклљмнњопрстћуфхцчџш"),
)
_LANGUAGES: Final = {
    "cp1252": _WEST,
    "cp1250": _CENTRE,
    "iso8859_2": _CENTRE,
    "cp1251": _CYRILLIC,
    "koi8_u": _CYRILLIC,
    "cp866": _CYRILLIC,
    "mac_cyrillic": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp1254": ("çğıöşüâî",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž"),
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ",),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگ،؛؟",),
    "mac_roman": _WEST,
    "mac_latin2": _CENTRE,
    "cp850": _WEST,
    "cp852": _CENTRE,
}
"""Alphabets beyond ASCII by encoding; what comes first wins where two are as good."""
_ALPHABETS: Final = {
    encoding: [frozenset(letters + letters.upper() + "„“”‘’‚–—…") for letters in languages]
    for encoding, languages in _LANGUAGES.items()
}
_SIGNS: Final = frozenset("«»‹›°§№·•©®€£×½¼¾\xa0\xad†")
"""What may stand in any text, but seldom does."""
_GOOD: Final = 0.8
"""Of an encoding that is believed, the share of letters that are in place, less those that not."""
_CAPITAL_WITHIN: Final = re.compile(r"[^\W\d_](?=[^\W\d_a-zA-Z])|[^\W\d_a-zA-Z](?=[A-Z])")
_FINAL_WITHIN: Final = re.compile("ς(?=[α-ω])|[ךםןףץ](?=[א-ת])")
_MIXED: Final = re.compile(
    "[a-zA-Z][\u0370-\u06ff]|[\u0370-\u06ff][a-zA-Z]"  # Greek, Cyrillic, Hebrew, Arabic
)
_SELDOM: Final = re.compile("õ(?!e)")  # in Portuguese; in cp1250 it is Hungarian
_VOWELS: Final = frozenset("аеёиіоуыэюяАЕЁИІОУЫЭЮЯ")


class Decoding(msgspec.Struct, frozen=True):
    """How the bytes of a file become text."""

    encoding: str
    """A codec of Python."""
    sound: bool = True
    """Whether all of the file is known to be in it."""


def encoding_of(path: Path) -> Decoding:
    """Find the encoding of a text file; it is read once through.

    Raises:
        OSError: when it cannot be read.
    """
    with path.open("rb") as file:
        return _encoding(iter(lambda: file.read(_CHUNK), b""))


def encoding_of_bytes(data: bytes) -> Decoding:
    """Find the encoding of a text."""
    return _encoding(data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))


def _encoding(chunks: Iterator[bytes]) -> Decoding:
    decoder = codecs.getincrementaldecoder("utf-8")()
    known, first = "", True
    for chunk in chunks:
        if first and (known := marked(chunk)) not in ("", _MARKS[0][1]):
            return Decoding(known, sound=False)
        first = False
        before = decoder.getstate()[0]
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            if known:
                return Decoding(known, sound=False)
            return _judged(_telling(before + chunk, chunks))
    if decoder.getstate()[0]:
        return Decoding(known, sound=False) if known else _judged([decoder.getstate()[0]])
    return Decoding(known or "utf-8")


def marked(beginning: bytes) -> str:
    """Give the encoding that a text shows at its beginning; empty where it shows none."""
    for mark, encoding in _MARKS:
        if beginning.startswith(mark):
            return encoding
    head = beginning[:_BEGINNING]
    even, odd = head[::2].count(0), head[1::2].count(0)
    # A table is mostly ASCII, of which UTF-16 leaves every second byte empty.
    if odd > len(head) / 8 and even < odd / 8:
        return "utf-16-le"
    if even > len(head) / 8 and odd < even / 8:
        return "utf-16-be"
    return ""


def _telling(chunk: bytes, chunks: Iterator[bytes]) -> list[bytes]:
    """Gather lines that are not ASCII."""
    lines: list[bytes] = []
    while True:
        for line in re.split(rb"[\r\n]+", chunk):
            if not line.isascii():
                if len(line) > _LINES:
                    # From the first letter on that tells something.
                    line = line[max(0, _first(line) - _LINES // 2) :][:_LINES]  # noqa: PLW2901
                lines.append(line)
            if len(lines) == _LINES:
                return lines
        if (following := next(chunks, None)) is None:
            return lines
        chunk = following


def _first(line: bytes) -> int:
    found = re.search(rb"[\x80-\xff]", line)
    return found.start() if found else 0


def _judged(lines: list[bytes]) -> Decoding:
    text = b"\n".join(lines)
    decoded = text.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= sign <= "\udcff" for sign in decoded)
    letters = sum(sign > "\x7f" for sign in decoded) - broken
    if letters > 4 * broken:
        # A few bad bytes in a text that is UTF-8 otherwise; their rows are told one by one.
        return Decoding("utf-8", sound=False)
    scores = {encoding: _score(lines, encoding) for encoding in _ALPHABETS}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _GOOD and (other := _by_statistics(text)):
        best = other
    return Decoding(best, sound=False)


def _score(lines: list[bytes], encoding: str) -> float:
    """Tell how well a decoding fits: 1 where every letter is one of its line's language."""
    right, total = 0.0, 0
    for line in lines:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            text = line.decode(encoding, "replace")
        counts = Counter(sign for sign in text if sign > "\x7f")
        here = counts.total()
        total += here
        fitting: float = max(
            sum(n for sign, n in counts.items() if sign in letters)
            for letters in _ALPHABETS[encoding]
        )
        fitting += sum(n for sign, n in counts.items() if sign in _SIGNS) / 2
        right += 2 * fitting - here - 2 * _oddities(text)
    return right / total if total else 0.0


def _oddities(text: str) -> float:
    """Count what only a wrong decoding has.

    Capitals and final letters within words, words in two scripts, and Cyrillic with hardly a
    vowel, as Hebrew looks.
    """
    capitals = sum(
        text[match.start()].islower() and text[match.end()].isupper()
        for match in _CAPITAL_WITHIN.finditer(text)
    )
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in text)
    vowels = sum(sign in _VOWELS for sign in text)
    unspoken = cyrillic / 4 if cyrillic > 8 and vowels < 0.3 * cyrillic else 0
    finals = len(_FINAL_WITHIN.findall(text)) + len(_SELDOM.findall(text)) / 4
    return capitals + finals + len(_MIXED.findall(text)) + unspoken


def _by_statistics(text: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(text).best()
    return best.encoding if best is not None else ""
