"""One way to fold a name, so that spelling, case, accents and script do not hide it.

Folding follows `search.md`: NFKC, transliteration of the runs that are not ASCII (ł, ø and
Cyrillic survive a plain NFKD), lower case, apostrophes dropped. Folding is idempotent.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES: Final = re.compile(r"['`\u02bb\u02bc\u2018\u2019\u05f3\u05f4]")
# Accents that stand alone, the points of Hebrew and Yiddish, the vowel signs of Arabic: most
# writers leave them out, so that a name must be found with and without them.
_POINTS: Final = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    r"\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
)
# Vowel signs of Indic and South-East Asian scripts, which are spoken and written always. To
# Python neither they nor points are part of a word.
_SIGNS: Final = (
    r"\u0900-\u0963\u0971-\u0df3\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ecd\u102b-\u103e"
    r"\u1056-\u109d\u17b4-\u17d3\u3099\u309a"
)
_ARMENIAN_U: Final = re.compile("[\u0578\u0548][\u0582\u0552]")
_DROPPED: Final = re.compile(f"{_APOSTROPHES.pattern}|[{_POINTS}]")
_WORD: Final = re.compile(
    rf"[^\W_]+(?:(?:[{_POINTS}{_SIGNS}]+|['\u2019\u02bc\u05f3\u05f4](?=[^\W_]))[^\W_]*)*"
)


@lru_cache(maxsize=65_536)
def _ascii(run: str) -> str:
    # anyascii loops in Python over every character, so a run is looked up once only.
    from anyascii import anyascii

    return _APOSTROPHES.sub("", anyascii(run))


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Fold a name or a word to lower-case ASCII letters, digits and spaces as they stand.

    Args:
        text: any text.

    Returns:
        the folded text; empty where nothing of it can be written in ASCII.
    """
    if text.isascii():
        return _APOSTROPHES.sub("", text).lower()
    composed = _DROPPED.sub("", unicodedata.normalize("NFKC", text))
    if "\u0578" in composed or "\u0548" in composed:
        # Armenian writes the sound of u with two letters.
        composed = _ARMENIAN_U.sub("u", composed)
    return _NOT_ASCII.sub(lambda run: _ascii(run.group()), composed).lower()


def word_spans(text: str) -> list[tuple[int, int]]:
    """Find the words of a text as half-open (start, end) offsets into it."""
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Split a text into its folded words, in order, empty ones left out."""
    return [part for word in _WORD.findall(text) for part in fold(word).split()]
