"""Tells the lines that stand among a report and are none of it: sign-ups, captions, headings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.document import ASIDE, BLOCK, BODY, HEADING, Paragraph
from collection.articles.words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.articles.words import Words

QUOTED: Final = re.compile("[“”„«»\"‹›]|(?<!\\w)[‘‚']")
"""A mark that may begin or end a quotation; an apostrophe is none."""
_LONGEST: Final = 45
"""Words that a box has at most; what is longer is report."""
_BRIEF: Final = 14
_HEADING: Final = 12
_CREDIT: Final = re.compile(
    r"(?i)(?:^|[(\[|/–—-]\s*)(?:photo|photograph|picture|image|foto|bild|crédit|credit|фото|zdjęcie)"
    r"s?(?: credit| by|s)?\s*[:©]|©|/ ?(?:AFP|AP|Reuters|Getty|dpa|EPA)\b"
)
_RULE: Final = re.compile(r"[\W_]{0,80}")


def sorted_out(paragraphs: Iterable[Paragraph], language: str) -> Iterator[Paragraph]:
    """Mark the paragraphs that are boxes, captions or headings as such."""
    words = words_of(language)
    for one in paragraphs:
        kind = one.kind
        if kind in (BODY, HEADING, BLOCK) and is_box(one.text, words):
            kind = ASIDE
        elif kind == BODY and is_heading(one.text):
            kind = HEADING
        yield one if kind == one.kind else msgspec.structs.replace(one, kind=kind)


def is_box(text: str, words: Words) -> bool:
    """Tell whether a paragraph asks for something, or advertises, or credits a picture."""
    if len(text) > 40 * _LONGEST or QUOTED.search(text):
        return not text.strip()
    if _RULE.fullmatch(text):
        return True
    length = len(text.split())
    if length > _LONGEST:
        return False
    found = {match.group().casefold() for match in _boxes(words.language).finditer(text)}
    if not found:
        return _CREDIT.search(text) is not None
    first = _boxes(words.language).match(text.lstrip("([* "))
    sentence = text.rstrip().endswith((".", "!", "…"))
    # A long sentence may well speak of subscribing to a newsletter; a short one hardly.
    brief = length <= _BRIEF
    return (
        first is not None
        or (not sentence and (brief or len(found) > 1))
        or (brief and len(found) > 1)
    )


def is_heading(text: str) -> bool:
    """Tell a short line that ends like no sentence."""
    if len(text) > 30 * _HEADING or QUOTED.search(text) or len(text.split()) > _HEADING:
        return False
    return text[-1:].isalnum() and text[:1].isupper() and ": " not in text


@cache
def _boxes(language: str) -> re.Pattern[str]:
    phrases = {*words_of(language).phrases["box"], *words_of("en").phrases["box"]}
    listed = sorted(map(re.escape, phrases), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)", re.IGNORECASE)
