"""How far a long command has come, told on a terminal on a line that is written over."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.exchange.interface import Progress

_AFTER: Final = 1.0
"""Seconds before anything is told: what is done by then needs no progress."""
_EVERY: Final = 0.2
_CLEAR: Final = "\r\x1b[K"
"""Back to the beginning of the line, and empty it."""


@contextlib.contextmanager
def told(what: str, total: int | None) -> Iterator[Progress | None]:
    """Tell on standard error how many are done; nothing where that is no terminal.

    Args:
        what: what is being done, in a word.
        total: how many there are, if that is known.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield None
        return
    next_time = time.monotonic() + _AFTER
    shown = False

    def tell(number: int) -> None:
        nonlocal next_time, shown
        if time.monotonic() < next_time:
            return
        next_time = time.monotonic() + _EVERY
        shown = True
        # If nobody hears it, so be it.
        with contextlib.suppress(OSError):
            of = f" of {total}" if total is not None else ""
            stream.write(f"{_CLEAR}{what}: {number}{of}")
            stream.flush()

    try:
        yield tell
    finally:
        if shown:
            with contextlib.suppress(OSError):
                stream.write(_CLEAR)
                stream.flush()
