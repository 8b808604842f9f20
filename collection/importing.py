"""Taking in: looked at first, then written in one step that one undo takes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from collection.placing import filled, with_choices
from collection.store.changes import Change

if TYPE_CHECKING:
    import os
    from collections import Counter
    from collections.abc import Callable, Iterable

    from collection.authorities import Authorities
    from collection.exchange.incoming import Choices, Plan, Verdict
    from collection.exchange.interface import Known, Progress, Reading, Report, Row
    from collection.ledger import Ledger
    from collection.records import Records
    from collection.store.changes import EntryChange
    from collection.store.store import Store
    from collection.testimony import Testimony

_HINTS = 5000
"""Names that a text is searched for, of each kind."""


class Importing:
    """The part of a collection that takes in what files hold."""

    _authorities: Authorities
    _ledger: Ledger
    _records: Records
    _store: Store

    if TYPE_CHECKING:

        def terms(self, field: str, ids: Iterable[str] | None = None) -> Counter[str]: ...

    def known(self) -> Known:
        """Give what the collection knows that helps to understand a text."""
        from collection.exchange.interface import Known

        def names(kind: str) -> tuple[str, ...]:
            return tuple(name for name, _ in self.terms(kind).most_common(_HINTS))

        return Known(themes=names("themes"), places=names("places"))

    def rehearse(
        self,
        rows: Iterable[Row],
        tell: Callable[[Verdict], None],
        choices: Choices | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Say what would become of each row; nothing is changed, and no row is kept in memory.

        Args:
            rows: what a format read.
            tell: takes what becomes of each.
            choices: what a person has decided.
            progress: called with the number of rows read so far; may raise to cancel.
        """
        from collection.exchange.incoming import NOTHING_CHOSEN, Planner

        chosen = choices or NOTHING_CHOSEN
        planner = Planner(self._records.get, self._store.withdrawn(), chosen, keeping=False)
        for number, row in enumerate(rows, 1):
            tell(planner.take(number, row))
            if progress:
                progress(number)
        return planner.plan.report(updated=False)

    def import_rows(
        self,
        rows: Iterable[Row],
        *,
        update: bool = False,
        dry_run: bool = False,
        progress: Progress | None = None,
        choices: Choices | None = None,
    ) -> Report:
        """Take rows in: all sound ones in one change, which one undo takes back.

        Args:
            rows: what a format read.
            update: take over rows that differ from the testimony of the same identifier.
            dry_run: only say what would happen.
            progress: called with the number of rows read so far; may raise to cancel.
            choices: what a person has decided about single rows; it may say `update` too.

        Raises:
            CannotSave: when it could not be written; then nothing was taken in.
        """
        from collection.exchange.incoming import NOTHING_CHOSEN, plan

        chosen = choices or NOTHING_CHOSEN
        update = update or chosen.update
        if not dry_run:
            self._ledger.keep_up()
        planned = plan(rows, self._records.get, self._store.withdrawn(), progress, chosen)
        report = planned.report(updated=update and not dry_run, drafts=dry_run)
        if dry_run:
            return report
        return self._written(planned, chosen, report, update=update)

    def _written(self, planned: Plan, chosen: Choices, report: Report, *, update: bool) -> Report:
        import msgspec

        changes: list[Change] = []
        decisions: list[EntryChange] = []
        for id in [*planned.added]:
            # Taken out as it goes, so that nothing is in memory twice.
            new, decided = self._decided(planned, id, planned.added.pop(id), chosen)
            decisions += decided
            changes.append(Change(None, self._ledger.stamped(filled(new, self._authorities))))
        entered = tuple(change.after.id for change in changes if change.after)
        for id, (old, new) in planned.changed.items():
            if not (update or id in planned.numbers):
                continue
            after, decided = self._decided(planned, id, new, chosen)
            decisions += decided
            filled_in = filled(after, self._authorities)
            changes.append(Change(old, self._ledger.restamped(old, filled_in)))
        if changes:
            self._ledger.commit(changes, decisions)
        revised = tuple(c.after.id for c in changes[len(entered) :] if c.after)
        return msgspec.structs.replace(report, entered=entered, taken_over=revised)

    def _decided(
        self, planned: Plan, id: str, testimony: Testimony, chosen: Choices
    ) -> tuple[Testimony, list[EntryChange]]:
        row = planned.numbers.get(id, 0)
        meant = chosen.meant.get(row)
        if not meant:
            return testimony, []

        chosen_before = {
            name for number, names in chosen.meant.items() if number < row for name in names
        }

        def others(name: str) -> bool:
            # What another row of the import has chosen decides; this choice is for its own row.
            return name in chosen_before or any(
                name == one.interview_place or any(p.name == name for p in one.places)
                for one in self._records
                if one.id != testimony.id
            )

        return with_choices(testimony, meant, self._authorities, others)

    def import_file(
        self,
        path: str | os.PathLike[str],
        *,
        format: str = "",
        reading: Reading | None = None,
        update: bool = False,
        dry_run: bool = False,
        accept_drafts: bool = False,
    ) -> Report:
        """Take a file in, whatever format it is in; see `import_rows`.

        Args:
            path: the file.
            format: a key of `collection.exchange.formats.READERS`; else it is found out.
            reading: how it is to be read, where that is not to be detected.
            update: take over what differs from the testimony of the same identifier.
            dry_run: only say what would happen.
            accept_drafts: take in what a person should look at first, as what an article says.

        Raises:
            OSError: when the file cannot be read.
        """
        from collection.exchange.incoming import Choices
        from collection.exchange.interface import DETECTED
        from collection.exchange.sources import Incoming, rows_of

        rows = rows_of([Incoming(Path(path), format, reading or DETECTED)], self.known)
        choices = Choices(update=update, accept=accept_drafts)
        return self.import_rows(rows, dry_run=dry_run, choices=choices)
