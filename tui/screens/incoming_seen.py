"""What may be seen of the rows of an import, in words; what is sealed here stays so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.errors import told
from collection.exchange.incoming import CHANGED, REFUSED
from collection.exchange.reporting import placed, refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.collection import Collection
    from collection.exchange.incoming import Verdict
    from tui.screens.incoming_rows import Rows


class Seen:
    """Tells of the rows as far as the testimonies that they are of may be seen."""

    def __init__(self, collection: Collection, known: Rows, *, files: bool) -> None:
        """Take the rows.

        Args:
            collection: where they are to be taken in.
            known: what is known of them.
            files: whether to say which file each is from.
        """
        self._collection = collection
        self._known = known
        self._files = files

    def line(self, number: int) -> str:
        """Tell of a row in a few words, for the list."""
        verdict = self._known.verdict(number)
        title = self._title(number)
        if self._known.kind(number) == REFUSED:
            problem = verdict.problems[0]
            named = problem.where.column or problem.field
            said = f"{named}: {problem.message}" if named else problem.message
        elif self._known.kind(number) == CHANGED:
            said = f"{title or verdict.id} · {', '.join(verdict.fields)}"
        else:
            said = title or verdict.id or placed(verdict.where)
        return f"{verdict.where.file}: {said}" if self._files else said

    def about(self, number: int) -> str:
        """Tell all that there is to say of a row."""
        verdict = self._known.verdict(number)
        if self._known.kind(number) == REFUSED:
            return " · ".join(refused(problem) for problem in verdict.problems)
        said = [placed(verdict.where), *([verdict.id] if verdict.id else [])]
        if self._known.kind(number) == CHANGED:
            said += self._differences(verdict)
        elif verdict.beside:
            said += [doubt.message for doubt in verdict.beside.doubts]
        return " · ".join(said)

    def is_withheld(self, number: int) -> bool:
        """Tell whether a row is of a testimony of which something may not be seen."""
        id = self._known.verdict(number).id
        if self._known.mended(number) is not None or id not in self._collection:
            return False
        return bool(self._collection.view(id).withheld)

    def _title(self, number: int) -> str:
        """Give the title of a row; what is sealed here lies below what the file says of it."""
        if self.is_withheld(number):
            seen = self._collection.view(self._known.verdict(number).id)
            if seen.sealed or "title" in seen.struck:
                return "" if seen.sealed else seen.testimony.title
        return self._known.title(number)

    def _differences(self, verdict: Verdict) -> Iterator[str]:
        """Say what differs, as far as it may be seen."""
        known = self._collection.view(verdict.id)
        if known.withheld or known.struck or verdict.read is None:
            yield f"differs in {', '.join(verdict.fields)}; something of it is withheld here"
            return
        from collection.differences import differences

        for one in differences(known.testimony, verdict.read):
            before, after = told(one.before) or "(nothing)", told(one.after) or "(nothing)"
            yield f"{one.label}: {before} → {after}"
