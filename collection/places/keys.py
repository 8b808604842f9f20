"""The form under which a name is looked up: folded, and written as one word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from collection.folding import words

_SAINT: Final = re.compile(r"\b(?:st|ste|sankt|sct)\b\.?")
_MOST: Final = 200


@lru_cache(maxsize=16_384)
def key_of(name: str) -> str:
    """Fold a name and join its words, so that `Alma-Ata`, `Alma Ata` and `Almaata` are one.

    Returns:
        the key; empty where nothing of the name can be folded, or where it is too long to be one.
    """
    if len(name) > _MOST:
        return ""
    return "".join(_SAINT.sub("saint", " ".join(words(name))).split())
