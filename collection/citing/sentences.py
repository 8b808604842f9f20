"""How the parts of a citation are put together: as a list with commas, or as sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.citing.names import joined
from collection.citing.quoting import with_mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.citing.names import Person

MANY: Final = 3
"""From so many names on MLA names the first alone."""


def turned(people: Sequence[Person]) -> str:
    """Put names in the order of a list: only the first of them is turned round."""
    return joined([who.straight if n else who.turned for n, who in enumerate(people)])


def lead(people: Sequence[Person]) -> str:
    """Put names as an entry of MLA begins."""
    return f"{people[0].turned}, et al." if len(people) >= MANY else turned(people)


def straight(people: Sequence[Person]) -> str:
    """Put names in the order in which people say them."""
    return joined([who.straight for who in people])


def interview_by(people: Sequence[Person]) -> str:
    """Say who asked; nothing where it is not recorded."""
    return f"interview by {straight(people)}" if people else ""


def translated_by(people: Sequence[Person]) -> list[str]:
    """Say who translated it, where that is recorded."""
    return [f"translated by {straight(people)}"] if people else []


def capital(text: str) -> str:
    """Begin a sentence of ours; names and the words of a source stay as they are."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str]) -> str:
    """Join parts with commas, which stand before closing quotation marks."""
    filled = [part.rstrip(",") for part in parts if part]
    return " ".join([*(with_mark(part, ",") for part in filled[:-1]), *filled[-1:]])


def sentences(parts: Sequence[str]) -> str:
    """Join parts as sentences; a full stop stands before closing quotation marks."""
    return " ".join(with_mark(part, ".") for part in parts if part)
