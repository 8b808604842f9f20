"""The fields that a query can name, and what stands for each of them in the index."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "place": "place",
        "places": "place",
        "theme": "theme",
        "themes": "theme",
        "by": "by",
        "narrator": "by",
        "speaker": "by",
        "date": "date",
        "after": "after",
        "since": "after",
        "before": "before",
        "until": "before",
        "period": "period",
        "lang": "lang",
        "language": "lang",
        "series": "series",
        "is": "is",
    }
)
"""What can stand before a colon, with the field that it means."""

WORDS: Final = frozenset({"place", "theme", "by"})
"""Fields whose values are words, found in spite of typos."""
DATES: Final = frozenset({"date", "after", "before", "period"})
"""Fields whose values are dates."""

NAMES_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "place": frozenset({"place", "interview place", "within"}),
        "theme": frozenset({"theme", "keyword", "broader"}),
        "by": frozenset(),
    }
)
"""The fields of the vocabulary that a field of a query means."""
TEXTS_OF: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"place": frozenset(), "theme": frozenset(), "by": frozenset({"narrator"})}
)
"""The running texts that it means."""
