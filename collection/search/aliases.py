"""Other ways of writing a name that follow from the name itself, without any authority file.

Themes are written in British and American English; catalogues write two names of a place with a
slash, and what kind of place it is in brackets.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# Enough letters before the ending that the word is no `four`, `rise` or `size`.
_SPELLINGS: Final = (
    (re.compile(r"\b([a-z]{3,})is(e[srd]?|ers|ing|ations?)\b"), r"\1iz\2"),
    (re.compile(r"\b([a-z]{3,})iz(e[srd]?|ers|ing|ations?)\b"), r"\1is\2"),
    (re.compile(r"\b([a-z]{2,}[^aeou\W])our(s|ed|ing|ers?|able|ful|ite|hood)?\b"), r"\1or\2"),
    (re.compile(r"\b([a-z]{2,}[^aeou\W])or(s|ed|ing|ers?|able|ful|ite|hood)?\b"), r"\1our\2"),
)
_BRACKETS: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]")


def spelling_variants(name: str) -> Iterator[str]:
    """Write a theme with -ize for -ise, -or for -our, and the other way round."""
    lower = name.lower()
    for pattern, replacement in _SPELLINGS:
        other = pattern.sub(replacement, lower)
        if other != lower:
            yield other


def place_parts(name: str) -> Iterator[str]:
    """Take a place's names apart: `Nagyvárad/Oradea`, `Łódź (Poland : Ghetto)`."""
    for part in re.split(r"\s*/\s*", _BRACKETS.sub("", name)):
        if part.strip() and part != name:
            yield part.strip()
