"""Completes a name that the collection knows already, so that it is spelt the same way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.suggester import Suggester

from tui.widgets.field_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable


class KnownNames(Suggester):
    """Completes the last name of a list; the names become known while the form is open."""

    def __init__(self) -> None:
        """Know no name yet."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._names: tuple[str, ...] = ()

    def learn(self, names: Iterable[str]) -> None:
        """Take the names, the most usual first.

        A suggestion is drawn as it is, so names that would not be safe are left out.
        """
        self._names = tuple(name for name in names if ";" not in name and safe(name) == name)

    async def get_suggestion(self, value: str) -> str | None:
        """Give the text with its last name completed."""
        typed = value.rpartition(";")[2].lstrip()
        if not typed:
            return None
        folded, length = typed.casefold(), len(typed)
        return next(
            (
                value + name[length:]
                for name in self._names
                if len(name) > length and name[:length].casefold() == folded
            ),
            None,
        )
