"""Titles that say no more than who spoke and when, which a citation says anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.citing.dates import said
from collection.dates import describe
from collection.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.citing.names import Person
    from collection.dates import DateSpan

_WORDS: Final = re.compile(r"\w+")
_EMPTY = (
    "a an the and by from given in of on to with interview interviews interviewed oral history "
    "testimony statement account part am das der die ein im mit und vom von entretien avec le "
    "la de du et con del y z ze i o wywiad relacja zeznanie entrevista testimonio bericht "
    "zeitzeugeninterview"
)
_SAYING_NOTHING: Final = frozenset(_EMPTY.split())
_NUMBER: Final = re.compile(r"0*([0-9]+)")
_LONGEST: Final = 300


def says_nothing_more(title: str, people: Iterable[Person], date: DateSpan) -> bool:
    """Tell whether a title is made of names, the date and words such as `interview with`.

    Args:
        title: on one line.
        people: those whom the citation names.
        date: the date that it gives.
    """
    if len(title) > _LONGEST:
        return False
    rest = [*_words(title)]
    known = {word for one in people for word in _words(f"{one.name} {one.remark}")}
    known |= {word for text in _dates(date) for word in _words(text)}
    return any(word in known for word in rest) and all(
        word in known or word in _SAYING_NOTHING for word in rest
    )


def _dates(date: DateSpan) -> Iterator[str]:
    """Give the ways in which a date may be written."""
    if date.text or date.edtf:
        yield from (date.text, date.edtf or "", describe(date))
        yield from (said(date), said(date, american=False))


def _words(text: str) -> Iterator[str]:
    for word in _WORDS.findall(fold(text)):
        number = _NUMBER.fullmatch(word)
        yield number[1] if number else word
