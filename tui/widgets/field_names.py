"""Completes a name that is known already, so that it is spelt the same way."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual.message import Message
from textual.suggester import Suggester, SuggestionReady

from collection.folding import fold
from collection.likeness import spelling
from tui.widgets.field_text import release, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.dom import DOMNode
    from textual.widgets import Input

    from collection.suggesting import Suggestion, Suggestions


class Offered(Message):
    """Names were found for what has been typed into a field."""

    def __init__(self, key: str, value: str, names: Sequence[Suggestion]) -> None:
        super().__init__()
        self.key = key
        """The field's key."""
        self.value = value
        """What the input held when they were looked for."""
        self.names = names
        """The names, best first."""


class KnownNames(Suggester):
    """Looks for the name that is being typed; the names become known while the form is open."""

    def __init__(self, key: str, *, several: bool) -> None:
        """Take the field's key, and whether it holds several names with `;` between."""
        super().__init__(use_cache=False, case_sensitive=True)
        self._key = key
        self.several = several
        """Whether the field holds several names."""
        self._known: Suggestions | None = None
        self._spelt = ("", "")

    def learn(self, known: Suggestions) -> None:
        """Take what knows the names."""
        self._known = known

    async def _get_suggestion(self, requester: DOMNode, value: str) -> None:
        """Look in a thread, tell the form all that is found, and complete what is typed."""
        if self._known is None:
            return
        names: Sequence[Suggestion] = ()
        if typed := self.typed(value):
            found = await asyncio.to_thread(self._known.offer, self._key, release(typed))
            # A name that could not be written there, or drawn as it is, is not offered.
            names = [one for one in found if self._can_be_taken(one.name)]
        requester.post_message(Offered(self._key, value, names))
        finished = any(spelling(one.name) == spelling(release(typed)) for one in names)
        whole = self._known.knows(self._key, release(typed))
        if not finished and not whole and (name := _continuing(typed, names)) is not None:
            completed = value + name[len(typed) :]
            self._spelt = (completed, value.removesuffix(typed) + name)
            requester.post_message(SuggestionReady(value, completed))

    async def look(self, field: Input) -> None:
        """Look for what stands in a field already."""
        await self._get_suggestion(field, field.value)

    async def get_suggestion(self, value: str) -> str | None:
        """Give nothing; what is found is told by messages."""
        del value
        return None

    def spelt(self, completed: str) -> str:
        """Give what was completed with the name spelt as it is known: `LWów` becomes `Lwów`."""
        return self._spelt[1] if completed == self._spelt[0] else completed

    def most_common(self) -> Sequence[Suggestion]:
        """Give the names to choose from where nothing is typed yet."""
        if self._known is None:
            return ()
        found = self._known.most_common(self._key)
        return [one for one in found if self._can_be_taken(one.name)]

    def typed(self, value: str) -> str:
        """Give the name at the end of what an input holds."""
        return (value.rpartition(";")[2] if self.several else value).lstrip()

    def taken(self, value: str, name: str) -> str:
        """Give what an input holds once a name is taken: ready for the next where it may follow."""
        if not self.several:
            return name
        before, semicolon, _ = value.rpartition(";")
        return f"{before}{semicolon}{' ' if semicolon else ''}{name}; "

    def _can_be_taken(self, name: str) -> bool:
        return safe(name) == name and not (self.several and ";" in name)


def _continuing(typed: str, names: Sequence[Suggestion]) -> str | None:
    """Give the best name if it goes on as it was begun, with its accents or without.

    None of those behind it: what stands in grey is what heads the list.
    """
    best = names[0].name if names else ""
    begun = best[: len(typed)]
    goes_on = len(best) > len(typed) and fold(begun) == fold(typed)
    return best if goes_on else None
