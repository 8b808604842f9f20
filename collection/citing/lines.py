"""A text on one line, fit to stand in a citation."""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = re.compile("[\\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALVES: Final = re.compile("[\ud800-\udfff]")


def one_line(text: str) -> str:
    """Put a text on one line, without controls and half characters."""
    return _BREAKS.sub(" ", _HALVES.sub("\ufffd", text)).strip()
