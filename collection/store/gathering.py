"""What a store makes of the entries that it reads, and what it tells of those of others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import Problem
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Mapping


class News(msgspec.Struct):
    """What others have changed."""

    everything: dict[str, Testimony] | None = None
    """All testimonies by identifier, where the file had to be read anew."""
    testimonies: dict[str, Testimony | None] = {}
    """Those that have changed since; None where they are gone."""
    entries: list[tuple[str, bytes]] = []
    """Authority entries that have changed since: what they are about, and the JSON."""
    entries_gone: bool = False
    """Whether others than those may have changed."""

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(
            self.everything is not None or self.testimonies or self.entries or self.entries_gone
        )


def gathered(
    entries: Mapping[int, Any],
) -> tuple[dict[str, Testimony], dict[str, int], tuple[Problem, ...]]:
    """Sort entries into testimonies and what is none.

    Args:
        entries: by number, each a record or why it is none.

    Returns:
        the testimonies by identifier, the number of each, and what is wrong with the others.
    """
    found: dict[str, Testimony] = {}
    numbers: dict[str, int] = {}
    problems = []
    for number, entry in entries.items():
        if isinstance(entry, Exception):
            message = f"Entry {number} of the file cannot be read ({entry}); it was left as it is."
            problems.append(Problem("", str(number), message))
        elif not entry.id:
            message = f"Entry {number} of the file has no identifier; it was left as it is."
            problems.append(Problem("id", str(number), message))
        elif entry.id in found:
            message = (
                f"Two entries of the file are called {entry.id}. The first is shown; "
                f"both were left as they are."
            )
            problems.append(Problem("id", entry.id, message))
        else:
            found[entry.id] = entry
            numbers[entry.id] = number
    return found, numbers, tuple(problems)
