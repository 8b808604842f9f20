"""What happens to rows on their way in: read, compared with what is there, planned."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from collection.errors import InvalidTestimony, Problem
from collection.exchange.interface import Refusal, Report, Row
from collection.exchange.merging import identifier, merged, spoilt
from collection.reading import read_testimony
from collection.testimony import KEPT_BY_PROGRAM, Testimony, same_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Plan(msgspec.Struct):
    """What an import will do, before anything is changed."""

    added: dict[str, Testimony] = {}
    changed: dict[str, tuple[Testimony, Testimony]] = {}
    """Before and after, by identifier."""
    same: int = 0
    refused: int = 0
    problems: list[Refusal] = []

    def report(self, *, updated: bool, drafts: bool = False) -> Report:
        """Sum the plan up."""
        return Report(
            added=len(self.added),
            changed=len(self.changed),
            same=self.same,
            refused=self.refused,
            problems=tuple(self.problems),
            drafts=tuple(self.added.values()) if drafts else (),
            updated=updated,
        )


def plan(
    rows: Iterable[Row],
    current: Callable[[str], Testimony | None],
    withdrawn: frozenset[str],
    progress: Callable[[int], None] | None = None,
) -> Plan:
    """Compare rows with the collection.

    Args:
        rows: what the files hold.
        current: gives the testimony of an identifier, if there is one.
        withdrawn: identifiers that are no longer used and do not come back by an import.
        progress: called with the number of rows done; may raise to cancel.
    """
    planned = Plan()
    for number, row in enumerate(rows, 1):
        problems = [row.problem] if row.problem else _take(row.raw, planned, current, withdrawn)
        planned.refused += bool(problems)
        planned.problems += [Refusal(row.where, p.field, p.value, p.message) for p in problems]
        if progress and number % 100 == 0:
            progress(number)
    return planned


def _take(
    raw: Any,
    planned: Plan,
    current: Callable[[str], Testimony | None],
    withdrawn: frozenset[str],
) -> list[Problem]:
    try:
        read, known = _read(raw, current)
    except InvalidTestimony as error:
        return list(error.problems)
    earlier = planned.added.get(read.id)
    if earlier is None and read.id in planned.changed:
        earlier = planned.changed[read.id][1]
    if earlier is not None:
        if same_content(earlier, read):
            planned.same += 1
            return []
        message = f"{read.id} stands in the file twice, with different content. The first counts."
        return [Problem("id", read.id, message)]
    if read.id in withdrawn and known is None:
        message = f"{read.id} was withdrawn from this collection, so it was not taken in again."
        return [Problem("id", read.id, message)]
    if known is None:
        planned.added[read.id] = read
    elif same_content(known, read):
        planned.same += 1
    elif problems := [*spoilt(known, read)]:
        return problems
    else:
        planned.changed[read.id] = (known, read)
    return []


def _read(
    raw: Any, current: Callable[[str], Testimony | None]
) -> tuple[Testimony, Testimony | None]:
    """Read a row, laid over the testimony of the same identifier if there is one."""
    id = identifier(raw)
    known = current(id) if id else None
    read = read_testimony(merged(known, raw) if known else raw)
    if not read.id:
        read = msgspec.structs.replace(read, id=content_id(read))
        if known := current(read.id):
            read = read_testimony(merged(known, {**raw, "id": read.id}))
    return read, known


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
    digest = hashlib.sha256(msgspec.json.encode(told, order="sorted")).hexdigest()
    return f"t-{digest[:4]}-{digest[4:8]}-{digest[8:16]}"
