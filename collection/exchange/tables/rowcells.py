"""The cells of one row of a table, by the targets of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class RowCells:
    """The cells of one row, which are taken one after the other."""

    def __init__(
        self,
        columns: Sequence[str],
        taken: Mapping[str, list[int]],
        extra: list[int],
        values: Sequence[Any],
    ) -> None:
        """Take hold of a row.

        Args:
            columns: what the columns of the table are called.
            taken: the numbers of the columns by their target.
            extra: the numbers of those that are only kept.
            values: the cells, one for each column.
        """
        self.columns, self.values = columns, values
        # What is there, by target: numbers of columns.
        self.there = {
            target: filled
            for target, numbers in taken.items()
            if (filled := [n for n in numbers if values[n] not in ("", None)])
        }
        self.accounts = self.there.get("account", [])
        self.raw: dict[str, Any] = {}
        self.extra = {columns[n]: values[n] for n in extra if values[n] not in ("", None)}

    def keep(self, number: int) -> None:
        """Keep a cell that finds no place."""
        self.extra[self.columns[number]] = self.values[number]

    def one(self, target: str) -> Any:
        """Take the first value of a target; others, where they differ, go to `extra`."""
        numbers = self.there.pop(target, [])
        if not numbers:
            return ""
        first = self.values[numbers[0]]
        for n in numbers[1:]:
            if self.values[n] != first:
                self.keep(n)
        return first

    def all(self, target: str) -> list[Any]:
        """Take all values of a target."""
        return [self.values[n] for n in self.there.pop(target, [])]


def is_of(target: str, key: str) -> bool:
    """Tell whether a target is a part of a key of the record."""
    return target.startswith(f"{key}.")
