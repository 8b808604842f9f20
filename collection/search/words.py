"""The words that search compares: folded, and single characters where a script has no spaces."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from collection.folding import fold, word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Han and kana run on without spaces, so that a run of them is a sentence rather than a word.
_SPACELESS: Final = (
    "\u3005-\u3007\u3040-\u30fa\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_PIECE: Final = re.compile(
    rf"[{_SPACELESS}][\u3099\u309a\u30fc]*|[^{_SPACELESS}]+", flags=re.UNICODE
)
_HAS_SPACELESS: Final = re.compile(f"[{_SPACELESS}]")
_PUNCTUATION: Final = '.,;:!?"()[]\u00ab\u00bb\u201c\u201d\u201e\u2026'
_PLAIN: Final = re.compile("[a-z0-9]+")


def is_spaceless(word: str) -> bool:
    """Tell whether a word as written holds characters of a script without spaces."""
    return not word.isascii() and _HAS_SPACELESS.search(word) is not None


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> tuple[str, ...]:
    """Fold one word as written; usually to one word, none where nothing can be transliterated."""
    return tuple(fold(word).split())


def located(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Find the words of a text.

    Returns:
        the half-open (start, end) offsets of the words, in order, and the folded words
        themselves, two lists of the same length. A character that folds to two words is there
        twice.
    """
    spans = word_spans(text)
    if not is_spaceless(text):
        folded_words = [fold_word(text[start:end]) for start, end in spans]
        if all(len(folded) == 1 for folded in folded_words):
            return spans, [folded for (folded,) in folded_words]
    return _pieces(text, spans)


def _pieces(text: str, raw_spans: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[str]]:
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for span in raw_spans:
        start, end = span
        word = text[start:end]
        if is_spaceless(word):
            for piece in _PIECE.finditer(word):
                for folded in fold_word(piece.group()):
                    spans.append((start + piece.start(), start + piece.end()))
                    words.append(folded)
            continue
        for folded in fold_word(word):
            spans.append(span)
            words.append(folded)
    return spans, words


def split(text: str) -> Sequence[str]:
    """Split a text into its folded words, in order, as `located` does."""
    if text.isascii() and "'" not in text:
        return _PLAIN.findall(text.lower())
    bare = text.strip(_PUNCTUATION)
    if bare.isalnum() and not is_spaceless(bare):
        return fold_word(bare)
    return located(text)[1]


def joined(words: Iterable[str]) -> str:
    """Write the words of a name as one, as many people do: `almaata` for Alma Ata."""
    return "".join(words)
