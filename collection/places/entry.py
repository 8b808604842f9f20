"""The authority entry of a place: what stands behind a name that testimonies write."""

from __future__ import annotations

from typing import Final

import msgspec

RESOLVED: Final = "resolved"
AMBIGUOUS: Final = "ambiguous"
UNKNOWN: Final = "unknown"
DECIDED: Final = "decided"
"""Set by a person; the program never overwrites it."""


class Candidate(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One of the places that a name may mean."""

    name: str
    """What it is called today, in English where it has an English name."""
    kind: str = ""
    """`town`, `suburb`, `village`, `township`, `district`, `county`, `state`, `province`,
    `oblast`, `country`, `former state`, `historical region`, `region`, `island`, `sea`, `camp`,
    `ghetto`, `killing site`, `prison`, `site` …"""
    country: str | None = None
    """ISO 3166 code of today, several joined by `|` for a former state or a region."""
    latitude: float | None = None
    """Degrees north."""
    longitude: float | None = None
    """Degrees east."""
    population: int = 0
    aliases: tuple[str, ...] = ()
    """Its other names, as written, the best known first; none that folds like another."""
    within: tuple[str, ...] = ()
    """The keys of everything that it lies in, the nearest first: `Arkansas`, `United States`."""


class PlaceEntry(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What is known of a name as testimonies write it."""

    name: str
    """As written in the testimonies; or, of a container, its key."""
    status: str = UNKNOWN
    kind: str = ""
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[str, ...] = ()
    """Its other names; of an ambiguous name only those that all its candidates share."""
    within: tuple[str, ...] = ()
    """The keys of the entries that it lies in, the nearest first; of an ambiguous name its
    likeliest candidates and what they lie in, since it is better to find too much than too
    little; of an unknown one what it is written to lie in."""
    candidates: tuple[Candidate, ...] = ()
    """What an ambiguous name may mean, the likeliest first; empty when it is resolved."""
