"""What testimonies name: counted, looked up, and looked through for names that mean the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from collection.authorities import APART, NARRATOR, PLACE, THEME, Authorities
from collection.store.changes import Change, EntryChange
from collection.testimony import same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collection.duplicates import Pair
    from collection.ledger import Ledger
    from collection.records import Records
    from collection.terms import Term
    from collection.testimony import Testimony


class Surveying:
    """The part of a collection that knows which names its testimonies share."""

    _authorities: Authorities
    _ledger: Ledger
    _records: Records
    _hidden_themes: Callable[[], set[str]]

    # --- what is named -----------------------------------------------------------------------

    @property
    def narrators(self) -> Counter[str]:
        """The narrators' public names, with the number of testimonies; no withheld ones."""
        return self.names(NARRATOR)

    def names(self, kind: str) -> Counter[str]:
        """Count the testimonies that bear each name, as far as it may be seen.

        Args:
            kind: `place`, spoken of or of the interview; `theme`, as it is spelt; `narrator`.
        """
        from collection.bearing import names_in

        check_kind(kind)
        views = self._records.views()
        return Counter(name for one in views for name in names_in(one.testimony, kind))

    def bearers(self, kind: str, name: str) -> list[str]:
        """Give the testimonies that bear a name, in the order of the list, as far as may be seen.

        Args:
            kind: `place`, `theme` or `narrator`.
            name: a theme however it is spelt.
        """
        from collection.bearing import identity, names_in

        check_kind(kind)
        key = identity(kind, name)
        return [
            one.testimony.id
            for one in self._records.views()
            if key in [identity(kind, other) for other in names_in(one.testimony, kind)]
        ]

    def vocabulary(self, kind: str) -> list[Term]:
        """Give the names of a kind with their testimonies and what is known of each.

        Args:
            kind: `place`, `theme` or `narrator`.

        Returns:
            those of most testimonies first; of themes also those that only stand above others.
        """
        from collection.terms import terms_of

        check_kind(kind)
        hidden = self._hidden_themes() if kind == THEME else ()
        return terms_of(kind, self._records.views(), self._authorities, hidden)

    def seen_in(self, changes: Iterable[Change]) -> list[str]:
        """Give the testimonies of which a step changed something that may be seen."""
        return [one.id for one in changes if self._shows(one.before, one.after)]

    def _shows(self, before: Testimony | None, after: Testimony | None) -> bool:
        if before is None or after is None:
            return True
        one, other = (self._records.view(record).testimony for record in (before, after))
        return not same_content(one, other)

    # --- names that look alike ---------------------------------------------------------------

    def near_duplicates(
        self, kind: str, progress: Callable[[float], None] | None = None
    ) -> list[Pair]:
        """Find names that may mean the same, the likeliest first; nothing is changed.

        Args:
            kind: `place`, `theme` or `narrator`.
            progress: called with the part that is done, from 0 to 1; may raise to cancel.
        """
        from collection.duplicates import pairs

        names = self.names(kind)
        entries: dict[str, Any] = {}
        if kind in (PLACE, THEME):
            known = ((name, self._authorities.entry(kind, name)) for name in names)
            entries = {name: entry for name, entry in known if entry is not None}
        found = pairs(kind, names, entries, progress)
        return [one for one in found if not self.are_apart(kind, one.one, one.other)]

    def are_apart(self, kind: str, one: str, other: str) -> bool:
        """Tell whether the keeper has said that two names mean different things."""
        mark = mark_of(kind, one, other)
        return self._authorities.entry(APART, mark) is not None

    def tell_apart(self, kind: str, one: str, other: str, *, apart: bool = True) -> None:
        """Say that two names mean different things, so that they are offered no more.

        Args:
            kind: `place`, `theme` or `narrator`.
            one: a name.
            other: another one.
            apart: whether they do; else they may be offered again.

        Raises:
            CannotSave: when it could not be written.
        """
        from collection.apart import Apart

        check_kind(kind)
        mark = mark_of(kind, one, other)
        with self._records.lock:
            self._ledger.keep_up()
            known = self._authorities.entry(APART, mark)
            after = Apart(mark) if apart else None
            if known != after:
                self._ledger.commit([], [EntryChange(APART, mark, known, after)])


def mark_of(kind: str, one: str, other: str) -> str:
    """Give what two names are kept apart by; spellings of one theme are names of their own."""
    from collection.apart import fingerprint
    from collection.bearing import identity

    first, second = identity(kind, one), identity(kind, other)
    return fingerprint(kind, one, other) if first == second else fingerprint(kind, first, second)


def check_kind(kind: str) -> None:
    """Refuse what is no kind of name.

    Raises:
        ValueError: which only a mistake in a program can bring about.
    """
    from collection.bearing import KINDS

    if kind not in KINDS:
        raise ValueError(f"{kind!r} is none of {', '.join(KINDS)}")
