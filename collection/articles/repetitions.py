"""Leaves out the quotations that a layout prints a second time, large, between the paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.attribution import Utterance
    from collection.articles.document import Article

_FEWEST: Final = 3
"""Words of a quotation that is no repetition by chance."""
_MOST: Final = 300
"""Quotations of one article that are looked for elsewhere in it."""
_SIGN: Final = re.compile(r"[\W_]+")


def without_repetitions(article: Article, spoken: Sequence[Utterance]) -> list[Utterance]:
    """Take away what nobody is named for and what is said, word for word, elsewhere too.

    Args:
        article: the article.
        spoken: its utterances, in order.

    Returns:
        those that are left; of two that nobody is named for one stays.
    """
    said = [_folded(article.text[one.start : one.end]) for one in spoken]
    alone = [one.clause is None and len(one.pieces) == 1 for one in spoken]
    whole = "|".join(words for words, other in zip(said, alone, strict=True) if not other)
    left: list[Utterance] = []
    seen: set[str] = set()
    looked = 0
    for one, words, bare in zip(spoken, said, alone, strict=True):
        if bare and looked < _MOST and len(words.split()) >= _FEWEST:
            looked += 1
            if words in seen or words in whole:
                continue
            seen.add(words)
        left.append(one)
    return left


def _folded(text: str) -> str:
    return f" {_SIGN.sub(' ', text.casefold()).strip()} "
