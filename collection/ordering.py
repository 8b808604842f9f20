"""The orders in which a list can stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.folding import fold
from collection.testimony import newest_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collection.testimony import Testimony

ORDERS: Final = {
    "given": "date given, newest first",
    "period": "period covered, oldest first",
    "added": "date added, newest first",
    "title": "title",
    "narrator": "narrator",
}
"""What each order is called."""


def _by_period(testimony: Testimony) -> tuple[bool, str, str]:
    day = testimony.period.earliest or testimony.period.latest or ""
    return (not day, day, testimony.id)


def _by_title(testimony: Testimony) -> tuple[bool, str, str]:
    title = fold(testimony.title).lstrip(" \"'([")
    return (not title, title, testimony.id)


def _by_narrator(testimony: Testimony) -> tuple[bool, str, str]:
    name = fold(testimony.narrator.name)
    return (not name, name, testimony.id)


def ordered(testimonies: Iterable[Testimony], by: str) -> list[str]:
    """Sort testimonies.

    Args:
        testimonies: as they may be seen, so that the order tells nothing that is sealed.
        by: a key of `ORDERS`.

    Returns:
        their identifiers; those that lack what is sorted by come last.
    """
    if by == "added":
        by_id = sorted(testimonies, key=lambda one: one.id)
        return [one.id for one in sorted(by_id, key=lambda one: one.created, reverse=True)]
    keys: dict[str, Callable[[Testimony], tuple[object, ...]]] = {
        "given": newest_first,
        "period": _by_period,
        "title": _by_title,
        "narrator": _by_narrator,
    }
    return [one.id for one in sorted(testimonies, key=keys[by])]
