"""Names that are a slip of the pen away from one that is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.places.packed import Packed

_SHORTEST: Final = 7
_LONG: Final = 11
_SHARED: Final = 3
"""Letters at the beginning that are taken for right; nobody misspells those, and it saves time."""
_TYPED: Final = 4
"""Letters from which on slips are looked for in what is being typed."""
_DIFFERENT: Final = re.compile(
    "burg|berg|feld|wald|bach|hausen|heim|dorf|ville|vale|field"  # codespell:ignore
)
"""Endings of which one does not stand for another: Rosenburg is not Rosenberg."""


def close_names(packed: Packed, name: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Go through known folded names at one slip from a name, two where it is a long one."""
    if len(name) < _SHORTEST or not name.isalpha():
        return
    from rapidfuzz.distance import OSA

    most = 1 if len(name) < _LONG else 2
    endings = _DIFFERENT.findall(name)
    for known, part, place in packed.starting(name[:_SHARED]):
        if (
            abs(len(known) - len(name)) <= most
            and OSA.distance(known, name, score_cutoff=most) <= most
            and _DIFFERENT.findall(known) == endings
        ):
            yield known, part.bearers(place)


def nearly_typed(packed: Packed, name: str) -> Iterator[tuple[int, Sequence[int]]]:
    """Go through known folded names that are nearly what is typed, or begin nearly so.

    Returns:
        how far each is from it, beginnings counted one further, and the places that bear it.
    """
    if len(name) < _TYPED:
        return
    from rapidfuzz.distance import OSA

    most = 1 if len(name) < _SHORTEST + 1 else 2
    for known, part, place in packed.starting(name[: 2 if len(name) < _SHORTEST else _SHARED]):
        whole = OSA.distance(known, name, score_cutoff=most)
        if whole <= most:
            yield whole, part.bearers(place)
        elif len(known) > len(name):
            begun = OSA.distance(known[: len(name)], name, score_cutoff=most)
            if begun <= most:
                yield begun + most + 1, part.bearers(place)
