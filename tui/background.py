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


def open_collection(path: Path, post: Callable[[Message], Any], *, read_only: bool) -> None:
    """Read a collection."""
    from collection import Collection

    # Nothing of what is read becomes garbage; looking for some stalls the interface.
    gc.disable()
    try:
        collection = Collection.open(path, read_only=read_only)
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
    while left := collection.index_step(50):
        if worker.is_cancelled:
            return
        if time.monotonic() - reported > _REPORT_EVERY:
            reported = time.monotonic()
            post(IndexProgress(collection, left))
        # Lets the interface have its turn between two steps.
        time.sleep(0.0005)
    post(IndexProgress(collection, 0))


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
