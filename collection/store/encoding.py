"""Plain values as the JSON of an entry, refused where they would come back as something else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from collection.store import layout

if TYPE_CHECKING:
    from collections.abc import Mapping


def as_entry(document: Mapping[str, Any]) -> bytes:
    """Give a document as JSON on one line.

    Raises:
        TypeError: for a value that JSON has no form for.
        ValueError: for NaN, infinities, lone surrogates, and numbers that would come back
            changed.
    """
    text = json.dumps(_plain(document), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    raw = text.encode()
    if layout.values(raw) != json.loads(text):
        # Fast readers round what is larger than 64 bits.
        raise ValueError("a number is too large to be kept exactly")
    return raw


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return value if isinstance(value, dict) else dict(value)
