"""Batch work: many testimonies changed, or withdrawn, in one step that one undo takes back."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from collection.access import MASK, strikes
from collection.authorities import theme_key
from collection.batching import (
    Batch,
    changed,
    covers,
    fields_of,
    is_stricter,
    only_sealing,
    problems_of,
    replaced,
)
from collection.errors import Conflict, InvalidTestimony, NotFound, Problem
from collection.placing import filled
from collection.store.changes import Change
from collection.testimony import PARTS, Testimony, validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from collection.authorities import Authorities
    from collection.ledger import Ledger
    from collection.records import Records

    Progress = Callable[[int], None]

TERMS: Final = {
    "themes": "themes",
    "keywords": "keywords",
    "places": "places",
    "interviewers": "interviewers",
    "series": "source",
    "of_collection": "source",
    "consent": "consent",
    "rights": "rights",
    "licence": "licence",
}
"""What can be counted by `Collection.terms`, called as in a `Batch`, and its field of a record."""
_FOLDED: Final = ("themes", "keywords")
_MANY: Final = 100
"""Testimonies after which progress is told."""


class Outcome(msgspec.Struct, frozen=True):
    """What a batch has changed, or would change."""

    changed: tuple[str, ...] = ()
    """The identifiers of those that change."""
    same: int = 0
    """Those of which nothing changes, as they say already what they were to say."""
    stricter: int = 0
    """Those of which nothing changes, as they are sealed further, or for longer, already."""
    left_alone: int = 0
    """Those that are masked in what was to be changed; they are left as they are."""
    only_sealed: int = 0
    """Those among the changed that are masked too: they were sealed, and nothing else."""
    replaced: dict[str, int] = {}
    """What the changed said instead, a former series for instance, and how many of them did."""

    @property
    def total(self) -> int:
        """How many testimonies were looked at."""
        return len(self.changed) + self.same + self.stricter + self.left_alone


class Batches:
    """The part of a collection that changes many testimonies at once."""

    _authorities: Authorities
    _ledger: Ledger
    _records: Records

    def revise_all(
        self,
        ids: Iterable[str],
        batch: Batch,
        *,
        dry_run: bool = False,
        revisions: Mapping[str, int] | None = None,
        progress: Progress | None = None,
    ) -> Outcome:
        """Change many testimonies in one step, all or none.

        What nobody sees is not changed unseen: unless the keeper has asked to see what is
        private, a testimony that is sealed as a whole, or in whose text a name is struck out
        where it were to be changed, can only be sealed further, and nothing sealed is opened.
        Sealing only ever tightens: what is sealed further, or for longer, stays so.

        Args:
            ids: the testimonies.
            batch: what to change.
            dry_run: only say what would happen.
            revisions: those that somebody has looked at before deciding, by identifier, if that
                matters: what is opened was perhaps sealed by someone else a moment ago.
            progress: called with the number of testimonies looked at so far, and with that of
                those made ready; may raise to cancel, and then nothing is changed.

        Raises:
            InvalidTestimony: when the change makes no sense, or one of them could not be kept
                like that; the message says which.
            NotFound: when one of them is not there.
            Conflict: when someone else has changed one of them in the meantime.
            CannotSave: when it could not be written.
        """
        if problems := [*problems_of(batch)]:
            raise InvalidTestimony(problems)
        if not dry_run:
            self._ledger.keep_up()
        found = self._found(ids)
        if revisions is not None:
            _check_seen(found, revisions)
        sealing, fields = only_sealing(batch), fields_of(batch)
        pairs: list[tuple[Testimony, Testimony]] = []
        counts: Counter[str] = Counter()
        former: Counter[str] = Counter()
        for number, before in enumerate(found):
            if progress is not None and number % _MANY == 0:
                progress(number)
            seen = self._is_shown(before, fields)
            after = changed(before, batch if seen else sealing)
            if after is not before:
                pairs.append((before, after))
                former.update(replaced(before, batch) if seen else ())
                counts["only_sealed"] += not seen and bool(fields)
            elif not seen and fields:
                counts["left_alone"] += 1
            else:
                counts[_why_same(before, batch)] += 1
        if pairs and not dry_run:
            self._make(pairs, progress)
        return Outcome(tuple(before.id for before, _ in pairs), **counts, replaced=dict(former))

    def withdraw_all(self, ids: Iterable[str]) -> int:
        """Take many testimonies out of the list in one step; the file's history keeps them.

        Returns:
            how many.

        Raises:
            NotFound: when one of them is not there; then all stay.
            CannotSave: when it could not be written.
        """
        self._ledger.keep_up()
        found = self._found(ids)
        if found:
            self._ledger.commit([Change(one, None) for one in found])
        return len(found)

    def terms(self, field: str, ids: Iterable[str] | None = None) -> Counter[str]:
        """Count the names that testimonies bear in a field, as far as they may be seen.

        Args:
            field: one of `TERMS`.
            ids: the testimonies; all if not given. One that is not there counts as nothing.

        Returns:
            the number of testimonies of each name. Spellings of a theme or a keyword that
            differ in case or accents only count together, under the most usual one.
        """
        from collection.striking import BAR  # most collections can be shown without

        counts: Counter[str] = Counter()
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for testimony in self._readable(TERMS[field], ids):
            names = {name for name in _named(testimony, field) if not {BAR, *MASK} & {*name}}
            keys = {name: theme_key(name) if field in _FOLDED else name for name in names}
            counts.update(set(keys.values()))
            for name, key in keys.items():
                spellings[key][name] += 1
        usual = {key: max(sorted(some), key=some.__getitem__) for key, some in spellings.items()}
        return Counter({usual[key]: count for key, count in counts.most_common()})

    # --- how ------------------------------------------------------------------------------------

    def _found(self, ids: Iterable[str]) -> list[Testimony]:
        wanted = [*dict.fromkeys(ids)]
        found = [one for id in wanted if (one := self._records.get(id)) is not None]
        if len(found) < len(wanted):
            absent = [id for id in wanted if id not in self._records]
            more = f" (and {len(absent) - 1} more)" if len(absent) > 1 else ""
            gone = absent[0] if absent else "one of them"
            raise NotFound(f"There is no testimony {gone}{more} any longer. Nothing was changed.")
        return found

    def _readable(self, field: str, ids: Iterable[str] | None) -> Iterator[Testimony]:
        for id in self._records.ids() if ids is None else ids:
            whole = self._records.get(id)
            if whole is None or not self._is_shown(whole, ()):
                continue
            # Masking a whole record takes longer than looking into one field.
            masked = not self._is_shown(whole, (field,))
            yield self._records.view(whole).testimony if masked else whole

    def _is_shown(self, testimony: Testimony, fields: Iterable[str]) -> bool:
        """Tell whether what is to be changed stands on the screen as it is kept."""
        if self._records.private:
            return True
        parts = PARTS if "access" in fields else ("record",)
        if any(getattr(testimony.access, part).level != "open" for part in parts):
            return False
        return not strikes(testimony, fields)

    def _make(
        self, pairs: Iterable[tuple[Testimony, Testimony]], progress: Progress | None
    ) -> None:
        changes: list[Change] = []
        for number, (before, wanted) in enumerate(pairs):
            if progress is not None and number % _MANY == 0:
                progress(number)
            _check(wanted)
            after = filled(wanted, self._authorities)
            changes.append(Change(before, self._ledger.restamped(before, after)))
        self._ledger.commit(changes)


def _why_same(testimony: Testimony, batch: Batch) -> str:
    """Say why nothing of a testimony changes."""
    terms = [getattr(testimony.access, part) for part in batch.restrict]
    further = any(is_stricter(one, batch.terms) for one in terms)
    return "stricter" if further and all(covers(one, batch.terms) for one in terms) else "same"


def _check_seen(found: Iterable[Testimony], revisions: Mapping[str, int]) -> None:
    for one in found:
        if one.revision != revisions.get(one.id):
            raise Conflict(
                f"{one.id} has been changed since you were asked. Nothing was changed; look at "
                f"it and ask again."
            )


def _check(testimony: Testimony) -> None:
    try:
        validate(testimony)
    except InvalidTestimony as error:
        # Not the values: they may be sealed.
        fields = ", ".join(dict.fromkeys(problem.field for problem in error.problems))
        message = f"{testimony.id} cannot be kept like that ({fields}). Nothing was changed."
        raise InvalidTestimony([Problem(error.problems[0].field, "", message)]) from error


def _named(testimony: Testimony, field: str) -> Iterable[str]:
    if field == "places":
        return [place.name for place in testimony.places]
    value = {
        "series": testimony.source.series,
        "of_collection": testimony.source.collection,
        "consent": testimony.consent.status,
    }.get(field)
    found = getattr(testimony, field) if value is None else value
    return [one for one in ([found] if isinstance(found, str) else found) if one.strip()]
