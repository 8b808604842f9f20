"""Searching in threads: functions that report by messages, as in `tui.background`."""

from __future__ import annotations

import time
from array import array
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from textual.message import Message
from textual.worker import get_current_worker

from collection.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from collection import Collection, Testimony
    from collection.results import Results
    from collection.search.completing import Completion

    Post = Callable[[Message], Any]

_BLOCK: Final = 128
"""Identifiers fetched at a time: no thread waits long for another."""
_FIRST_LINES: Final = 80
"""Lines of a concordance that are shown as soon as they are found."""
_REPORT_EVERY: Final = 0.15
"""Seconds between two messages about progress."""
_SORTED_AT_ONCE: Final = 1000
"""Lines: sorting holds up every other thread, so that much of it takes a millisecond or two."""


# --- one search ----------------------------------------------------------------------------------


class Answer(NamedTuple):
    """What a search found, and what the first screenful needs of it."""

    results: Results
    """What was found."""
    ids: Sequence[str]
    """The identifiers of what was found."""
    place: int | None
    """Where that stands which was to be selected; None if it was not found."""
    why: Mapping[str, tuple[str, ...]]
    """Why the rows around that place were found."""
    completions: Sequence[Completion]
    """Names for the word at the end of the query, best first."""


class Searched(Message):
    """A search has been answered."""

    def __init__(self, number: int, answer: Answer) -> None:
        super().__init__()
        self.number = number
        """Which search it was; a later one has a higher number."""
        self.answer = answer
        """What it found."""


def place_of(id: str, ids: Sequence[str]) -> int | None:
    """Give the place of an identifier; None if it is not among them."""
    try:
        return ids.index(id)
    except ValueError:
        return None


def search(
    collection: Collection,
    query: str,
    post: Post,
    *,
    number: int,
    select: str | None,
    rows: int,
) -> None:
    """Search, and prepare what the first screenful needs.

    Args:
        collection: where.
        query: for what.
        post: takes the message.
        number: which search it is.
        select: the testimony to select; the first if None.
        rows: how many rows are seen at once.
    """
    results = collection.search(query, partial=True)
    ids = results.ids
    place = 0 if select is None else place_of(select, ids)
    top = max(0, (place or 0) - rows + 1)
    why = {id: results.why(id) for id in ids[top : (place or 0) + rows]}
    results.marks("")  # makes ready what finds them
    post(Searched(number, Answer(results, ids, place, why, collection.complete(query))))


# --- the next testimony with a hit ---------------------------------------------------------------


class HitFound(Message):
    """The next testimony with a hit was found, or there is none."""

    def __init__(self, number: int, step: int, id: str | None) -> None:
        super().__init__()
        self.number = number
        """Which look it was."""
        self.step = step
        """1 for further down, -1 for further up."""
        self.id = id
        """The testimony; None if no account that way holds a hit."""


def look_ahead(
    collection: Collection,
    results: Results,
    ids: Sequence[str],
    post: Post,
    *,
    place: int,
    step: int,
    number: int,
) -> None:
    """Look for the next testimony whose account holds a hit.

    Args:
        collection: where.
        results: what marks the hits.
        ids: the testimonies, in order.
        post: takes the message.
        place: where to begin, exclusively.
        step: 1 for further down, -1 for further up.
        number: which look it is.
    """
    worker = get_current_worker()
    while 0 <= (place := place + step) < len(ids):
        if worker.is_cancelled:
            return
        account = _account(collection, ids[place])
        if account and results.marks(account, "account"):
            post(HitFound(number, step, ids[place]))
            return
    post(HitFound(number, step, None))


def _account(collection: Collection, id: str) -> str:
    try:
        return collection.view(id).testimony.account
    except NotFound:
        return ""


# --- the concordance -----------------------------------------------------------------------------


class Places(NamedTuple):
    """Where lines of a concordance are, column by column: many weigh little."""

    testimonies: array[int]
    """For each line the place of its testimony among the identifiers."""
    starts: array[int]
    """For each line the offset of its hit into the account."""
    ends: array[int]
    """The offset behind it."""
    numbers: array[int]
    """Which hit of the testimony it is, from 0."""

    @classmethod
    def none(cls) -> Places:
        """Give those of no line."""
        return cls(array("L"), array("L"), array("L"), array("L"))

    def extend(self, more: Places) -> None:
        """Put others behind these."""
        for column, added in zip(self, more, strict=True):
            column.extend(added)


class LinesFound(Message):
    """More lines of a concordance have been found."""

    def __init__(self, places: Places, looked: int, *, done: bool) -> None:
        super().__init__()
        self.places = places
        """Where they are."""
        self.looked = looked
        """Testimonies looked through so far."""
        self.done = done
        """Whether these are the last."""


class LinesSorted(Message):
    """Lines of a concordance have been sorted, or some of them."""

    def __init__(self, by: str, done: int, order: array[int] | None) -> None:
        super().__init__()
        self.by = by
        """What they are sorted by."""
        self.done = done
        """Lines looked at so far."""
        self.order = order
        """The numbers of the lines in order; None as long as it is being sorted."""


def find_lines(collection: Collection, results: Results, ids: Sequence[str], post: Post) -> None:
    """Find every hit in the accounts, a few at a time."""
    from collection.concordance import hits_in

    worker = get_current_worker()
    found, first = Places.none(), True
    reported = time.monotonic()
    for place in range(len(ids)):
        if worker.is_cancelled:
            return
        for number, (start, end) in enumerate(hits_in(_account(collection, ids[place]), results)):
            for column, value in zip(found, (place, start, end, number), strict=True):
                column.append(value)
        enough = first and len(found.starts) >= _FIRST_LINES
        if enough or time.monotonic() - reported > _REPORT_EVERY:
            post(LinesFound(found, place + 1, done=False))
            found, first = Places.none(), first and not enough
            reported = time.monotonic()
            # Lets the interface have its turn.
            time.sleep(0.0005)
    post(LinesFound(found, len(ids), done=True))


def sort_lines(
    view: Callable[[str], Testimony], ids: Sequence[str], places: Places, by: str, post: Post
) -> None:
    """Sort the lines of a concordance by what stands beside their hits, a few at a time."""
    worker = get_current_worker()
    reported = time.monotonic()
    total = len(places.starts)
    # Strings, and no tuples: of a million of these, garbage collection would hold up all.
    keys: list[str] = []
    runs: list[list[int]] = []
    for start in range(0, total, _SORTED_AT_ONCE):
        end = min(start + _SORTED_AT_ONCE, total)
        for number in range(start, end):
            if worker.is_cancelled:
                return
            keys.append(_key(view, ids, places, number, by))
        runs.append(sorted(range(start, end), key=keys.__getitem__))
        if time.monotonic() - reported > _REPORT_EVERY:
            reported = time.monotonic()
            post(LinesSorted(by, end, None))
        time.sleep(0.0005)
    order = array("L")
    merged = merge(*runs, key=keys.__getitem__)
    while some := [*islice(merged, _SORTED_AT_ONCE)]:
        if worker.is_cancelled:
            return
        order.extend(some)
        time.sleep(0.0005)
    post(LinesSorted(by, total, order))


def _key(
    view: Callable[[str], Testimony], ids: Sequence[str], places: Places, number: int, by: str
) -> str:
    """Give what a line is sorted by, word for word, as one string."""
    from collection.concordance import COMPARED, key_of, line_at

    try:
        testimony = view(ids[places.testimonies[number]])
    except NotFound:
        return ""
    span = (places.starts[number], places.ends[number])
    return "\0".join(key_of(line_at(testimony, span, reach=COMPARED), by))
