"""What `check` looks for in one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.access import ended_embargoes, tells_name, withholds
from collection.errors import InvalidTestimony, Problem
from collection.testimony import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.testimony import Testimony


def problems_of(testimony: Testimony, *, private: bool = False) -> Iterator[Problem]:
    """Find what is wrong with a record, each problem said with its identifier.

    Args:
        testimony: the whole record.
        private: whether values may be shown that are sealed.
    """
    id = testimony.id
    try:
        validate(testimony)
    except InvalidTestimony as error:
        for problem in error.problems:
            if private or not withholds(testimony):
                yield Problem(problem.field, problem.value, f"{id}: {problem.message}")
            else:
                message = f"{id}: {problem.field} does not fit; --private shows the testimony."
                yield Problem(problem.field, "", message)
    for turn in testimony.turns:
        if turn.offset > len(testimony.account):
            message = f"{id}: a speaker's turn begins beyond the end of the account."
            yield Problem("turns", str(turn.offset), message)
            break
    if tells_name(testimony):
        message = f"{id}: the identifier holds a name that is sealed, and everybody sees it."
        yield Problem("id", id, message)
    for part in ended_embargoes(testimony):
        until = getattr(testimony.access, part).until
        message = (
            f"{id}: the embargo on the {part} ended on {until}. "
            f"It stays sealed until someone opens it."
        )
        yield Problem(f"access.{part}", until or "", message)
