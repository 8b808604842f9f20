"""An article as it is read: what its head says, and its paragraphs one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BODY: Final = "body"
HEADING: Final = "heading"
BLOCK: Final = "block"
"""A paragraph that is set off as a quotation."""
ASIDE: Final = "aside"
"""What does not belong to the report: a box, a caption, a line of the head."""
QUESTION: Final = "question"
"""A paragraph that an interview prints in bold."""
GAP: Final = "\n\n"
"""Stands between two paragraphs of the text."""


class Head(msgspec.Struct, frozen=True):
    """What an article says of itself; empty where it does not."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    date: str = ""
    """Its words, as they stand there."""
    guessed: tuple[str, ...] = ()
    """Which of these the article does not say: they were taken from the name of the file."""
    language: str = ""
    """As its markup declares it."""


def head_of(said: Mapping[str, str]) -> Head:
    """Make a head of what was found, by the names of its fields."""
    return msgspec.convert(dict(said), Head)


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph, or a line that stands alone."""

    text: str
    kind: str = BODY
    start: int = 0
    """Where it begins in the text of the article."""

    @property
    def end(self) -> int:
        """Where it ends in the text of the article."""
        return self.start + len(self.text)


class Article(msgspec.Struct, frozen=True):
    """A whole article."""

    head: Head
    text: str
    """All paragraphs, asides too, parted by blank lines."""
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    """What was unsure while it was read, in plain sentences."""


def composed(head: Head, paragraphs: Iterable[Paragraph], notes: tuple[str, ...] = ()) -> Article:
    """Put paragraphs together, each told where it stands."""
    placed, start = [], 0
    for one in paragraphs:
        placed.append(msgspec.structs.replace(one, start=start))
        start += len(one.text) + len(GAP)
    return Article(head, GAP.join(one.text for one in placed), tuple(placed), notes)
