"""Which themes of a collection a text may be about: those whose name, or its words, stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.folding import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST: Final = 10
_ENDINGS: Final = ("isation", "ization", "ation", "ions", "ion", "ing", "ies", "ed", "es", "s", "y")
_SHORTEST: Final = 4
_SMALL: Final = frozenset(
    ("and", "of", "the", "in", "und", "der", "die", "et", "de", "la", "y", "i")
)


def offered(texts: Iterable[str], themes: Sequence[str]) -> list[str]:
    """Give the themes that a text speaks of, in the order given.

    Args:
        texts: the pieces of the text.
        themes: those of the collection, the most used first.

    Returns:
        at most ten.
    """
    if not themes:
        return []
    said = {_stem(word) for text in texts for word in words(text)}
    found = []
    for theme in themes:
        parts = [word for word in words(theme) if word not in _SMALL]
        if parts and all(_stem(word) in said for word in parts):
            found.append(theme)
    return found[:_MOST]


def _stem(word: str) -> str:
    """Take the commonest endings off: `mobilised` and `mobilisation` are one, as are plurals."""
    for ending in ("isations", "izations", "ised", "ized", *_ENDINGS):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
