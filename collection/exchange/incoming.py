"""What happens to rows on their way in: read, compared with what is there, planned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import InvalidTestimony, Problem
from collection.exchange.interface import Beside, Progress, Refusal, Report, Row, Where
from collection.exchange.merging import identifier, read_over, spoilt
from collection.places.entry import Candidate
from collection.reading import read_testimony
from collection.testimony import FIELDS, KEPT_BY_PROGRAM, Testimony, same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NEW: Final = "new"
CHANGED: Final = "changed"
SAME: Final = "same"
REFUSED: Final = "refused"
WAITING: Final = "waiting"
LEFT_OUT: Final = "left out"
_TOLD: Final = 10_000
"""Reasons that are told one by one; a file of something else altogether has millions."""
_TOLD_EVERY: Final = 100
"""Rows between two messages about progress."""


class Choices(msgspec.Struct, frozen=True):
    """What a person has decided about an import, and about single rows by their number, from 1."""

    update: bool = False
    """Whether rows that differ from the testimony of the same identifier are taken over."""
    accept: bool = False
    """Whether rows that a person should look at enter without that."""
    mended: Mapping[int, Testimony] = {}
    """What a row became in the form; it enters instead."""
    meant: Mapping[int, Mapping[str, Candidate]] = {}
    """What the places of a mended row mean, by name, where that was chosen."""
    left_out: frozenset[int] = frozenset()
    """Rows that are not wanted."""


NOTHING_CHOSEN: Final = Choices()


class Verdict(msgspec.Struct, frozen=True):
    """What becomes of one row."""

    number: int
    """The how-manieth of the import, from 1."""
    kind: str
    where: Where
    id: str = ""
    """Of the testimony that it is, or would be."""
    title: str = ""
    problems: tuple[Refusal, ...] = ()
    """Why it is refused."""
    fields: tuple[str, ...] = ()
    """The keys by which it differs from the testimony that is there."""
    raw: Any = None
    """Its plain values; none of one that is here already, or left out."""
    beside: Beside | None = None
    """What is to be looked at with it."""
    read: Testimony | None = None
    """The record that it would become; none where it is refused."""


class Plan(msgspec.Struct):
    """What an import will do, before anything is changed."""

    added: dict[str, Testimony] = {}
    changed: dict[str, tuple[Testimony, Testimony]] = {}
    """Before and after, by identifier."""
    waiting: dict[str, Testimony] = {}
    """What somebody has to look at before it is added, by identifier."""
    numbers: dict[str, int] = {}
    """Which row a testimony of the two is, where a person mended it."""
    counts: dict[str, int] = {}
    """Rows by what becomes of them."""
    problems: list[Refusal] = []

    def count(self, kind: str) -> int:
        """Count the rows of which the same becomes."""
        return self.counts.get(kind, 0)

    def report(self, *, updated: bool, drafts: bool = False) -> Report:
        """Sum the plan up."""
        return Report(
            added=self.count(NEW),
            changed=self.count(CHANGED),
            same=self.count(SAME),
            refused=self.count(REFUSED),
            waiting=self.count(WAITING),
            left_out=self.count(LEFT_OUT),
            problems=tuple(self.problems),
            drafts=(*self.added.values(), *self.waiting.values()) if drafts else (),
            updated=updated,
        )


class Planner:
    """Compares rows with the collection, one after the other."""

    def __init__(
        self,
        current: Callable[[str], Testimony | None],
        withdrawn: frozenset[str],
        choices: Choices = NOTHING_CHOSEN,
        *,
        keeping: bool = True,
    ) -> None:
        """Begin.

        Args:
            current: gives the testimony of an identifier, if there is one.
            withdrawn: identifiers that are no longer used and do not come back by an import.
            choices: what a person decided.
            keeping: whether the plan holds what is to be written; else it only counts, and its
                size does not grow with that of the testimonies.
        """
        self.plan = Plan()
        """What has been found so far."""
        self._current = current
        self._withdrawn = withdrawn
        self._choices = choices
        self._keeping = keeping
        self._seen: dict[str, bytes] = {}
        """A digest of what each identifier of the import says."""

    def take(self, number: int, row: Row) -> Verdict:
        """Find out what becomes of a row, and note it."""
        verdict = self._verdict(number, row)
        plan = self.plan
        plan.counts[verdict.kind] = plan.count(verdict.kind) + 1
        room = _TOLD - len(plan.problems)
        plan.problems += verdict.problems[: max(0, room)]
        return verdict

    def _verdict(self, number: int, row: Row) -> Verdict:
        if number in self._choices.left_out:
            return Verdict(number, LEFT_OUT, row.where)
        mended = self._choices.mended.get(number)
        if row.problem and mended is None:
            return self._refused(number, row, [row.problem])
        try:
            read, known = self._read(row) if mended is None else self._given(row, mended)
        except InvalidTestimony as error:
            if not identifier(row.raw) and self._current(raw_id(row.raw)):
                # It was mended by hand when it came in the first time.
                return Verdict(number, SAME, row.where, raw_id(row.raw))
            return self._refused(number, row, error.problems)
        if known is not None and same_content(known, read):
            # Equal numbers may be written differently, 1 and 1.0; what is here is the measure.
            read = known
        if problems := [*self._unfit(read, known)]:
            return self._refused(number, row, problems, read)
        return self._sorted(number, row, read, known, looked_at=mended is not None)

    def _read(self, row: Row) -> tuple[Testimony, Testimony | None]:
        """Read a row, laid over the testimony of the same identifier if there is one."""
        raw = row.raw
        id = identifier(raw)
        known = self._current(id) if id else None
        read = read_over(known, raw) if known else read_testimony(raw)
        if not read.id:
            read = msgspec.structs.replace(read, id=_made_id(row, read))
            if known := self._current(read.id):
                read = read_over(known, {**raw, "id": read.id})
        return read, known

    def _given(self, row: Row, mended: Testimony) -> tuple[Testimony, Testimony | None]:
        if not mended.id:
            mended = msgspec.structs.replace(mended, id=mended_id(row))
        known = self._current(mended.id)
        if known is not None and mended.id not in (identifier(row.raw), mended_id(row)):
            message = (
                f"There is a testimony {mended.id} already, and the file does not say that this "
                f"is the same. Choose another identifier."
            )
            raise InvalidTestimony([Problem("id", mended.id, message)])
        return mended, known

    def _unfit(self, read: Testimony, known: Testimony | None) -> Iterable[Problem]:
        earlier = self._seen.get(read.id)
        if earlier is not None and earlier != _digest(read):
            message = f"{read.id} stands there twice, with different content. The first counts."
            yield Problem("id", read.id, message)
        elif read.id in self._withdrawn and known is None:
            message = f"{read.id} was withdrawn from this collection, so it was not taken in again."
            yield Problem("id", read.id, message)
        elif known is not None and earlier is None and known is not read:
            yield from spoilt(known, read)

    def _sorted(
        self, number: int, row: Row, read: Testimony, known: Testimony | None, *, looked_at: bool
    ) -> Verdict:
        plan, id = self.plan, read.id
        waits = row.beside is not None and not (looked_at or self._choices.accept)
        if id in self._seen:
            return Verdict(number, SAME, row.where, id, read.title)
        if known is not None and (known is read or waits):
            # A draft that was looked at and entered is here, whatever was changed in it.
            self._seen[id] = _digest(read)
            return Verdict(number, SAME, row.where, id, read.title)
        if waits:
            if self._keeping:
                plan.waiting[id] = read
            return self._seen_as(WAITING, number, row, read)
        self._seen[id] = _digest(read)
        if looked_at:
            plan.numbers[id] = number
        if known is None:
            if self._keeping:
                plan.added[id] = read
            return self._seen_as(NEW, number, row, read)
        if self._keeping:
            plan.changed[id] = (known, read)
        fields = tuple(name for name in FIELDS if getattr(known, name) != getattr(read, name))
        told = tuple(name for name in fields if name not in KEPT_BY_PROGRAM)
        verdict = self._seen_as(CHANGED, number, row, read)
        return msgspec.structs.replace(verdict, fields=told)

    def _seen_as(self, kind: str, number: int, row: Row, read: Testimony) -> Verdict:
        return Verdict(
            *(number, kind, row.where, read.id, read.title),
            raw=row.raw,
            beside=row.beside,
            read=read,
        )

    def _refused(
        self, number: int, row: Row, problems: Iterable[Problem], read: Testimony | None = None
    ) -> Verdict:
        return Verdict(
            number,
            REFUSED,
            row.where,
            read.id if read else identifier(row.raw),
            read.title if read else "",
            tuple(Refusal(_placed(row, p), p.field, p.value, p.message) for p in problems),
            raw=row.raw,
            beside=row.beside,
        )


def plan(
    rows: Iterable[Row],
    current: Callable[[str], Testimony | None],
    withdrawn: frozenset[str],
    progress: Progress | None = None,
    choices: Choices = NOTHING_CHOSEN,
) -> Plan:
    """Compare all rows with the collection.

    Args:
        rows: what the files hold.
        current: gives the testimony of an identifier, if there is one.
        withdrawn: identifiers that are no longer used and do not come back by an import.
        progress: called with the number of rows done; may raise to cancel.
        choices: what a person decided.
    """
    planner = Planner(current, withdrawn, choices)
    for number, row in enumerate(rows, 1):
        planner.take(number, row)
        if progress and number % _TOLD_EVERY == 0:
            progress(number)
    return planner.plan


def _placed(row: Row, problem: Problem) -> Where:
    """Say where the value of a problem stands, by the file's own name for it."""
    if row.where.column:
        return row.where
    key = problem.field
    while key:
        if column := row.columns.get(key):
            return msgspec.structs.replace(row.where, column=column)
        key = key.rpartition("[")[0] if key.endswith("]") else key.rpartition(".")[0]
    return row.where


# --- identifiers of rows that have none ------------------------------------------------------


def _made_id(row: Row, read: Testimony) -> str:
    return mended_id(row) if row.beside else content_id(read)


def mended_id(row: Row) -> str:
    """Make the identifier of a record that a person changed before it entered.

    It is made from what the file says, so that bringing the file in again finds it there.
    """
    if row.beside is None:
        return raw_id(row.raw)
    narrator = row.raw.get("narrator") if isinstance(row.raw, Mapping) else None
    return raw_id([row.beside.text, narrator])


def raw_id(raw: Any) -> str:
    """Make an identifier from plain values, whatever they are."""
    try:
        said = msgspec.json.encode(raw, order="sorted")
    except (TypeError, ValueError, RecursionError, OverflowError):
        # Half a character, or a number beyond any bounds: no record, but somebody may mend it.
        said = ascii(raw).encode()
    return _id_of(said)


def content_id(testimony: Testimony) -> str:
    """Make an identifier from what a record says, so that bringing it in twice adds nothing.

    Dates count by their words, so that reading them better one day changes no identifier.
    """
    says: dict[str, Any] = msgspec.to_builtins(testimony)
    for name in ("date", "period"):
        span = says.get(name, {})
        says[name] = span.get("text") or span.get("edtf")
    for name in KEPT_BY_PROGRAM:
        says.pop(name, None)
    told = {key: value for key, value in says.items() if value}
    return _id_of(msgspec.json.encode(told, order="sorted"))


def _id_of(said: bytes) -> str:
    digest = hashlib.sha256(said).hexdigest()
    return f"t-{digest[:4]}-{digest[4:8]}-{digest[8:16]}"


def _digest(testimony: Testimony) -> bytes:
    kept = {name: getattr(_NOTHING, name) for name in KEPT_BY_PROGRAM}
    said = msgspec.json.encode(msgspec.structs.replace(testimony, **kept), order="sorted")
    return hashlib.blake2b(said, digest_size=16).digest()


_NOTHING: Final = Testimony(title="", account="")
