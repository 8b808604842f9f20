"""Control characters that JSON allows as they are, and that a terminal would obey."""

from __future__ import annotations

import re
from typing import Final

_CONTROLS: Final = re.compile(rb"\x7f|\xc2[\x80-\x9f]")


def spelt_out(json: bytes) -> bytes:
    r"""Write the control characters of a piece of JSON as `\u` and four digits: the same JSON."""
    return _CONTROLS.sub(lambda found: b"\\u00%02x" % found[0][-1], json)
