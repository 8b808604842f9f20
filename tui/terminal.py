"""What a terminal may send: bytes that are no text, and the word that it is going away."""

from __future__ import annotations

import asyncio
import codecs
import contextlib
import signal
from functools import partial
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_ERROR_OUTPUT: Final = 2
"""What Textual draws on."""


def take_any_bytes() -> None:
    """Let a byte that is not UTF-8, as a Latin-1 terminal sends it, be a sign and not the end."""
    with contextlib.suppress(ImportError):
        from textual.drivers import linux_driver

        # Textual decodes what is typed strictly, and has no setting for it.
        linux_driver.getincrementaldecoder = _lenient  # type: ignore[attr-defined]


def _lenient(encoding: str) -> Any:
    return partial(codecs.getincrementaldecoder(encoding), "replace")


def hear_signals(
    leave: Callable[[], object], ask: Callable[[], object], end: Callable[[], object]
) -> None:
    """Leave in order when the terminal or the system goes away; ask before an interruption.

    Args:
        leave: called on SIGTERM, and on SIGHUP while there is a terminal.
        ask: called on SIGINT.
        end: called on SIGHUP when the terminal is gone.
    """
    loop = asyncio.get_running_loop()

    def hang_up() -> None:
        leave() if _is_there() else end()

    for name, react in (("SIGHUP", hang_up), ("SIGTERM", leave), ("SIGINT", ask)):
        # Windows has neither all of the signals nor this way of hearing them.
        with contextlib.suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(getattr(signal, name), react)


def _is_there() -> bool:
    """Tell whether the terminal can still be written to."""
    # Only where there are such signals, and so terminals of this kind.
    import termios

    try:
        termios.tcgetattr(_ERROR_OUTPUT)
    except termios.error:
        return False
    return True
