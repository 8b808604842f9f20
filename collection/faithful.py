"""Tells what JSON could not give back as it was: NaN, half characters, huge numbers, depth."""

from __future__ import annotations

import math
from typing import Any, Final

import msgspec

DEEPEST: Final = 32
"""Levels of nesting that are kept: far from where any reader of JSON gives up."""
LARGEST: Final = 2**53
"""Whole numbers beyond are changed by programs that read JSON numbers as floats."""


def unfaithful(value: Any, kind: Any) -> str | None:
    """Say why a value could not be written down and read again unchanged.

    Args:
        value: anything.
        kind: the type it is to have.

    Returns:
        the end of a sentence that begins with the value's name; none if there is nothing.
    """
    if reason := _changed(value, DEEPEST):
        return reason
    try:
        if msgspec.json.decode(msgspec.json.encode(value), type=kind) == value:
            return None
    except UnicodeEncodeError:
        return "holds half a character (a lone surrogate); paste it again."
    except (TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError):
        return "is not of the kind that belongs there."
    return "holds something that cannot be written down unchanged."


def _changed(value: Any, depth: int) -> str | None:
    if not depth:
        return "nests too deeply."
    if isinstance(value, float) and not math.isfinite(value):
        return "holds a number that is not a number (NaN or infinity)."
    if isinstance(value, int) and not -LARGEST <= value <= LARGEST:
        return "holds a number that is too large; write it as text."
    if isinstance(value, msgspec.Struct):
        value = [getattr(value, name) for name in value.__struct_fields__]
    elif isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple):
        for item in value:
            # Nearly everything is text or absent, of which there is nothing to say.
            if depth > 1 and (item is None or type(item) is str):
                continue
            if reason := _changed(item, depth - 1):
                return reason
    return None
