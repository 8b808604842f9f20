"""Finds who speaks in a transcript that says so in its own words: `SMITH: I was born …`.

A label stays in the text as it stands there; a turn only tells whose it is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST: Final = 40
"""Characters of a name at the beginning of a line that is still taken for a label."""
_MOST_WORDS: Final = 5
_LABEL: Final = re.compile(
    rf"[ \t]*(?P<name>[^\W_][^:\n\t]{{0,{_LONGEST}}}?)(?:[ \t]?[(\[][^)\]\n]{{0,20}}[)\]])?[ \t]?:"
    r"(?=\s|\Z)"
)
_SMALL: Final = frozenset(
    ("de", "da", "di", "du", "der", "den", "van", "von", "la", "le", "y", "e", "i", "and", "und")
)
"""Words that are small in names too."""


def label_of(line: str) -> str:
    """Give the speaker that a line begins with, as it is written; empty if there is none.

    Names are taken for labels, sentences that lead to a colon are not: every word begins with
    a capital, or with a letter of a script that has none.
    """
    found = _LABEL.match(line)
    if found is None:
        return ""
    name = found["name"].strip()
    words = name.replace(".", ". ").split()
    if not words or len(words) > _MOST_WORDS or any(mark in name for mark in ',;!?"“”…/'):
        return ""
    return name if all(map(_as_in_a_name, words)) else ""


def _as_in_a_name(word: str) -> bool:
    first = word[0]
    return not first.islower() or word in _SMALL


def labels(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Find the lines at which somebody takes up the word.

    A label in capitals is one wherever it stands; another only if it comes again, for
    `Later: we fled` names nobody.

    Args:
        lines: of a whole transcript.

    Yields:
        the number of the line, from 0, and the speaker.
    """
    found = [(number, name) for number, line in enumerate(lines) if (name := label_of(line))]
    counts = Counter(name for _, name in found)
    for number, name in found:
        if counts[name] > 1 or _is_in_capitals(name):
            yield number, name


def _is_in_capitals(name: str) -> bool:
    return name.isupper() and (len(name) > 1 or name in "QA")
