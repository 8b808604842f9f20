"""Rows that are parts of other rows, as CollectionBuilder has them: a `parentid` names the whole.

The photographs, recordings and sessions of an interview are no testimonies of their own: they
become media of the one they belong to, and what else their rows say is kept there in `extra`
under `parts`. A part that has an account or a transcript of its own is a testimony nevertheless,
and so is one whose whole is not in the table; it keeps the identifier of its whole in `extra`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from collection.exchange.tables import cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collection.exchange.tables.assembling import Assembler
    from collection.exchange.tables.grid import Line

PARTS: Final = "parts"
"""The key of `extra` under which the rows of parts are kept."""


class Parts:
    """The parts of a table, by the identifier of their whole."""

    def __init__(self, assembler: Assembler) -> None:
        self._assembler = assembler
        self._parts: dict[str, list[dict[str, Any]]] = {}
        self._media: dict[str, list[dict[str, Any]]] = {}
        self._wholes: set[str] = set()

    def gather(self, lines: Iterable[Line]) -> None:
        """Go through a table once, and remember its parts.

        Args:
            lines: sound ones as wide as the table; others are passed over.
        """
        for line in lines:
            if line.problem is not None:
                continue
            if self._is_part(line.values):
                self._remember(line.values)
            else:
                self._wholes.add(self._assembler.value("id", line.values))
        self._wholes.discard("")

    def belongs(self, values: Sequence[Any]) -> bool:
        """Tell whether a row is a part of another row of the table."""
        return self._is_part(values) and self._whole(values) in self._wholes

    def add_to(self, raw: dict[str, Any], values: Sequence[Any]) -> None:
        """Add its parts to the raw values of a row."""
        id = self._assembler.value("id", values)
        if id in self._wholes and (parts := self._parts.get(id)):
            raw["media"] = [*raw.get("media", []), *self._media.get(id, [])]
            raw["extra"] = raw.get("extra", {}) | {PARTS: parts}

    def _whole(self, values: Sequence[Any]) -> str:
        return self._assembler.value("parent", values)

    def _is_part(self, values: Sequence[Any]) -> bool:
        value = self._assembler.value
        return bool(
            value("parent", values)
            and not value("account", values)
            and not value("transcript", values)
        )

    def _remember(self, values: Sequence[Any]) -> None:
        value, whole = self._assembler.value, self._whole(values)
        self._parts.setdefault(whole, []).append(self._assembler.named(values))
        title = value("title", values)
        for target in ("media", "media.url", "media.file"):
            if place := value(target, values):
                media = [medium | {"title": title} for medium in cells.media(place)]
                self._media.setdefault(whole, []).extend(media)
