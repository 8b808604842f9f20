"""Inflections: what a word may be without what a language puts before or behind names.

Only names are looked up so, and only whole: `lwowie` leads to Lwów and `budapesten` to Budapest.
The endings are those of Slavic, Hungarian, Turkic, Finnic and Baltic cases and of Korean and
Tamil particles, folded; Hebrew and Arabic write the article and small words before the name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from collection.folding import fold

_SLAVIC: Final = (
    "a ach ah akh am ami e ech ego ej em emu eh i ich ie iem im imi iu om ou ov ova ovi ovu ow owi "
    "oy oi ey ei oyu oyi u y ym ymi yu ya ye yi yom"
)
_HUNGARIAN: Final = (
    "n an en on ban ben ba be bol bel nal nel ra re rol rel tol tel hoz hez val vel ig i nak nek "
    "t at et ot"
)
_TURKIC: Final = (
    "da de ta te dan den tan ten nda nde ndan nden ya ye ga ge ka ke na ne nyn nin nun dyn din "
    "tyn tin lar ler dagy"
)
_OTHER: Final = (
    "ssa sta sse lla lta lle s es us as is uje oje mi mut eseo ege ui eul reul eun neun il kku"
)
_SEMITIC: Final = re.compile("[\u0590-\u06ff]")
_BEFORE: Final = (
    *("בה", "לה", "מה", "וה", "שב", "ב", "ל", "מ", "ה", "ו", "כ", "ש"),
    *("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ف", "ل"),
)
_ENDINGS: Final = tuple(
    sorted({*f"{_SLAVIC} {_HUNGARIAN} {_TURKIC} {_OTHER}".split()}, key=len, reverse=True)
)
_FINAL_VOWELS: Final = ("", "a", "o", "e", "y", "i")
_SHORTEST: Final = 4
"""Letters that must be left, or be there again with a vowel that the ending has displaced."""


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[str, ...]:
    """Give what a word may be without an ending.

    Args:
        word: folded.

    Returns:
        candidates to look up, without the word itself; none for short words and numbers.
    """
    if len(word) <= _SHORTEST or not word.isalpha():
        return ()
    found: dict[str, None] = {}
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            stem = word[: -len(ending)]
            bare = (stem + vowel for vowel in _FINAL_VOWELS)
            found.update(dict.fromkeys(one for one in bare if len(one) >= _SHORTEST))
    found.pop(word, None)
    return tuple(found)


@lru_cache(maxsize=4096)
def without_prefixes(written: str) -> tuple[str, ...]:
    """Give what a word in Hebrew or Arabic letters may be without what is written before it.

    Args:
        written: the word as typed.

    Returns:
        candidates to look up, folded; an Arabic name also with its article, which many leave out.
    """
    if not _SEMITIC.match(written):
        return ()
    bare = [written.removeprefix(one) for one in _BEFORE if written.startswith(one)]
    with_article = [f"ال{one}" for one in (written, *bare) if one[:1] > "\u0600"]
    rest = [fold(one) for one in (*bare, *with_article) if len(one) >= _SHORTEST - 1]
    return tuple(dict.fromkeys(rest))
