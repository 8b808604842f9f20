"""When garbage is collected: in the moments between two keys, and little at a time.

Textual's drawn lines refer to themselves, so that every screenful leaves thousands of objects
behind which only a full collection finds. As Python does it by itself, it comes in the middle of
something else and takes 50 ms or more. Done early and often it takes less than a frame.
"""

from __future__ import annotations

import gc
import time
from typing import Final

REST: Final = 0.2
"""Seconds without a key after which is collected."""
_OFTEN: Final = 3
"""Collections of the middle generation before a full one; 10 is Python's default."""


class Collecting:
    """Collects garbage when there is time; when there never is, Python does."""

    def __init__(self) -> None:
        """Let Python collect everything more often."""
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], _OFTEN)
        self._last_key = time.monotonic()
        self._to_do = False

    def key_pressed(self) -> None:
        """Take down that somebody types."""
        self._last_key = time.monotonic()
        self._to_do = True

    def perhaps(self) -> None:
        """Collect, if nobody has typed for a while and it was not done since."""
        # Who has switched it off makes something that is to be set aside first.
        rests = time.monotonic() - self._last_key > REST
        if self._to_do and rests and gc.isenabled():
            self._to_do = False
            gc.collect()

    def end(self) -> None:
        """Leave it to Python again."""
        gc.set_threshold(*self._before)
