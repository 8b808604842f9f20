"""Likeness of names: whether two are spelt so nearly the same that one may be meant by the other.

It is stricter than a search: what it finds is offered to be made one, so `Auschwitz I` is not
`Auschwitz II`, and a short name is like no other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from collection.folding import words

SAME: Final = 1.0
"""The names differ in case, accents, script or the signs between their words only."""
REORDERED: Final = 0.99
"""The names hold the same words in another order."""
_SHORT: Final = 5
"""Letters below which every one of them counts."""
_LETTERS_AN_EDIT: Final = 5
_MOST_EDITS: Final = 3
_TELLS_APART: Final = re.compile(r"[0-9]+\w*|[ivx]+|[a-z]")
"""Words that are all that tells some names apart: numbers, Roman ones, single letters."""


@lru_cache(maxsize=65_536)
def spelling(name: str) -> str:
    """Give what spellings of a name have in common: its folded words with one blank between."""
    return " ".join(words(name)) or name.casefold().strip()


def likeness(one: str, other: str) -> float:
    """Say how nearly two names are spelt the same.

    Args:
        one: a name.
        other: another one.

    Returns:
        `SAME`, `REORDERED`, or less by the share of letters to be changed; 0 when they are too
        far apart, or when a number or a single letter tells them apart.
    """
    first, second = spelling(one), spelling(other)
    if first == second:
        return SAME
    parts, others = first.split(), second.split()
    if first.replace(" ", "") == second.replace(" ", "") or sorted(parts) == sorted(others):
        return REORDERED
    if _marks(parts) != _marks(others):
        return 0.0
    shorter, longer = sorted((len(first), len(second)))
    edits = min(shorter // _LETTERS_AN_EDIT, _MOST_EDITS)
    if shorter < _SHORT or longer - shorter > edits:
        return 0.0
    from rapidfuzz.distance import OSA  # slow to import, and most names are looked at by nobody

    distance = OSA.distance(first, second, score_cutoff=edits)
    return 1 - distance / longer if distance <= edits else 0.0


def _marks(parts: list[str]) -> list[str]:
    return sorted(part for part in parts if _TELLS_APART.fullmatch(part))
