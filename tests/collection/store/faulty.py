"""A disk that fails in one of its calls, and the changes during which it does."""

from __future__ import annotations

import errno
from collections import Counter
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Any

from collection.store.changes import Change
from collection.store.disk import Disk
from tests.collection.store.scenes import made

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection import Collection

CALLS = frozenset(
    name for name in vars(Disk) if not name.startswith("_") and callable(getattr(Disk, name))
)
FAULTS: dict[str, BaseException] = {
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "broken": OSError(errno.EIO, "Input/output error"),
    "signal": OSError(errno.EINTR, "Interrupted system call"),
    "memory": MemoryError(),
    "interrupt": KeyboardInterrupt(),
}


class Counting(Disk):
    """Counts its calls."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    def __getattribute__(self, name: str) -> Any:
        if name in CALLS:
            self.calls[name] += 1
        return super().__getattribute__(name)


class Failing(Disk):
    """Fails in some of its calls, from the nth on."""

    def __init__(
        self, calls: set[str], nth: int, error: BaseException, *, ever: bool, after: bool
    ) -> None:
        self.which, self.nth, self.error = calls, nth, error
        self.ever, self.after = ever, after
        self.failed = 0

    def mend(self) -> None:
        """Fail no longer."""
        self.which = set()

    def __getattribute__(self, name: str) -> Any:
        method = super().__getattribute__(name)
        if name not in CALLS or name not in self.which:
            return method

        def called(*args: Any) -> Any:
            self.nth -= 1
            fails = self.nth < 0 if self.ever else self.nth == -1
            if fails and not self.after:
                if name == "write":
                    args[0].write(args[1][: len(args[1]) // 2])
                self._fail(name)
            result = method(*args)
            if fails:
                self._fail(name)
            return result

        return called

    def _fail(self, name: str) -> None:
        self.failed += 1
        # It is said to be no loss if that fails.
        with suppress(OSError, MemoryError) if name == "remove" else nullcontext():
            raise self.error


class Short(Disk):
    """Writes but half of what it is given, again and again, or fails after the first half."""

    def __init__(self, then: BaseException | None) -> None:
        self.then = then
        self.failed = 0

    def mend(self) -> None:
        self.then = None

    def write(self, file: Any, data: bytes | memoryview) -> int:
        if self.failed and self.then is not None:
            raise self.then
        self.failed += 1
        return super().write(file, data[: max(1, len(data) // 2)])


def _at_once(voices: Collection) -> None:
    stamped = voices._ledger.stamped
    changes = [Change(None, stamped(made(n))) for n in range(20, 60)]
    voices._ledger.commit(changes)


CHANGES: dict[str, Callable[[Collection], Any]] = {
    "add": lambda voices: voices.add(made("new")),
    "revise": lambda voices: voices.revise("t1", title="Said again"),
    "withdraw": lambda voices: voices.withdraw("t1"),
    "undo": lambda voices: voices.undo(),
    "at once": _at_once,
    "fold": lambda voices: voices._store.fold(),
    "close": lambda voices: voices.close(),
}
