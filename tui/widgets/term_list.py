"""The names of a kind, one a line: whether it is marked, its testimonies, what is known, itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding

from tui.widgets.column_list import ColumnList

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from collection.terms import Term

_COLUMNS: Final = {"place": (2, 6, 11), "theme": (2, 6), "narrator": (2, 6)}
_MARKED: Final = "●"


class TermList(ColumnList):
    """Names, of which several can be marked."""

    BINDINGS: ClassVar = [
        Binding("space", "screen.mark", "Mark", show=False, id="terms.mark",
                tooltip="Mark the selected name, to merge it with others; or take the mark away"),
    ]  # fmt: skip

    def show_terms(
        self, kind: str, terms: Sequence[Term], marked: Collection[str], select: int = 0
    ) -> None:
        """Show names.

        Args:
            kind: `place`, `theme` or `narrator`.
            terms: the names.
            marked: those that are marked.
            select: the line to select.
        """
        self._columns = _COLUMNS[kind]
        self.fill([row_of(one, marked=one.name in marked) for one in terms], select)


def row_of(term: Term, *, marked: bool) -> tuple[str, ...]:
    """Give the columns of a name."""
    from collection.places.entry import PlaceEntry

    mark, count = _MARKED if marked else "", f"{len(term.ids):>4}"
    if not isinstance(term.entry, PlaceEntry):
        return (mark, count, term.name)
    # What is as it should be need not be said.
    status = "" if term.entry.status == "resolved" else term.entry.status
    return (mark, count, status, term.name)
