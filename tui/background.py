"""Long work: functions that run in a thread and report by messages, never touching a widget."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.worker import get_current_worker

from collection.errors import CollectionError

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from collection import Collection

_REPORT_EVERY = 0.25
"""Seconds between two messages about progress."""
_STEP = 50
"""Testimonies indexed at a time."""
_STEPS_BETWEEN_FREEZES = 8
"""Steps after which what has been indexed is left out of garbage collections."""
_WATCH_EVERY = 0.7
"""Seconds between two looks at whether another program has changed the file."""


class CollectionOpened(Message):
    """A collection is open."""

    def __init__(self, collection: Collection) -> None:
        super().__init__()
        self.collection = collection
        """The collection, read but not yet indexed."""


class OpeningFailed(Message):
    """A file could not be opened."""

    def __init__(self, path: Path, error: str) -> None:
        super().__init__()
        self.path = path
        """The file."""
        self.error = error
        """What happened, for people."""


class IndexProgress(Message):
    """More can be found than before."""

    def __init__(self, collection: Collection, left: int) -> None:
        super().__init__()
        self.collection = collection
        """The collection that is being indexed."""
        self.left = left
        """Steps left; 0 when everything is indexed."""


class ChangedElsewhere(Message):
    """Another program has changed the file; the collection knows it already."""

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.problem = problem
        """Why it could not be taken over, for people; empty when it was."""


class ListOrdered(Message):
    """A list has been sorted."""

    def __init__(self, order: str, ids: list[str]) -> None:
        super().__init__()
        self.order = order
        """What it was sorted by."""
        self.ids = ids
        """The identifiers, in order."""


class WorkDone(Message):
    """A piece of work has ended."""

    def __init__(self, result: Any, error: str, then: Callable[[Any], None] | None) -> None:
        super().__init__()
        self.result = result
        """What it gave."""
        self.error = error
        """What went wrong, for people; empty if nothing did."""
        self.then = then
        """What is to follow when nothing went wrong."""


def open_collection(
    path: Path,
    post: Callable[[Message], Any],
    *,
    read_only: bool = False,
    cache: Path | None = None,
    backups: Path | None = None,
    network: bool = False,
    former: Collection | None = None,
) -> None:
    """Read a collection.

    Args:
        path: the file.
        post: takes the message of how it went.
        read_only: whether never to write to it.
        cache: where its search index may be kept.
        backups: where a backup of each day is kept.
        network: whether it may be changed on a network filesystem too.
        former: what was open before, and is closed first.
    """
    from collection import Collection

    if former is not None:
        former.close()
    if gc.get_freeze_count():
        # What was open before is garbage now.
        gc.unfreeze()
        gc.collect()
    # Nothing of what is read becomes garbage; looking for some stalls the interface.
    gc.disable()
    try:
        collection = Collection.open(
            path, read_only=read_only, cache=cache, backups=backups, network=network
        )
        gc.freeze()
    except CollectionError as error:
        post(OpeningFailed(path, str(error)))
    else:
        post(CollectionOpened(collection))
    finally:
        gc.enable()


def index(collection: Collection, post: Callable[[Message], Any]) -> None:
    """Index names, then the words of the accounts, in small steps."""
    worker = get_current_worker()
    reported = time.monotonic()
    steps = 0
    while left := collection.index_step(_STEP):
        if worker.is_cancelled:
            return
        steps += 1
        if steps % _STEPS_BETWEEN_FREEZES == 0:
            _leave_out_of_collections()
        if time.monotonic() - reported > _REPORT_EVERY:
            reported = time.monotonic()
            post(IndexProgress(collection, left))
        # Lets the interface have its turn between two steps.
        time.sleep(0.0005)
    _leave_out_of_collections()
    post(IndexProgress(collection, 0))


def _leave_out_of_collections() -> None:
    """Let the collector of garbage pass over all there is now.

    The index is a million small objects that stay; to look through them for garbage stalls
    the interface for a tenth of a second, several times a minute. Garbage goes first, as
    what is frozen is never looked at again; since the last time there is little to look at.
    """
    gc.collect()
    gc.freeze()


def watch(collection: Collection, post: Callable[[Message], Any], stop: threading.Event) -> None:
    """Look now and then whether another program has changed the file."""
    troubled = False
    while not stop.wait(_WATCH_EVERY):
        try:
            if collection.catch_up():
                post(ChangedElsewhere())
            troubled = False
        except CollectionError as error:
            if not troubled:
                post(ChangedElsewhere(str(error)))
            troubled = True


def order(collection: Collection, by: str, post: Callable[[Message], Any]) -> None:
    """Sort the whole list."""
    from collection.ordering import ordered

    views = [collection.view(id).testimony for id in collection.ids()]
    post(ListOrdered(by, ordered(views, by)))


def work(
    job: Callable[[], Any],
    then: Callable[[Any], None] | None,
    post: Callable[[Message], Any],
) -> None:
    """Do something that writes or reads a file."""
    try:
        result = job()
    except CollectionError as error:
        post(WorkDone(None, str(error), None))
    except OSError as error:
        reason = error.strerror or str(error)
        post(WorkDone(None, f"{error.filename or 'The file'} could not be used ({reason}).", None))
    except MemoryError:
        post(WorkDone(None, "There is not enough memory for this. Nothing was changed.", None))
    else:
        post(WorkDone(result, "", then))


def reverse(collection: Collection, *, redo: bool) -> tuple[Any, set[str]]:
    """Take the last change back, or make it again.

    Returns:
        the step, and the testimonies of which it changed something that may be seen.
    """
    step = collection.redo() if redo else collection.undo()
    return step, {*collection.seen_in(step)}
