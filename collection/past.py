"""What may be seen of the earlier versions of a testimony."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from collection.access import withholds
from collection.testimony import Testimony

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.store.changes import Version


def as_may_be_seen(versions: Sequence[Version], now: Testimony | None) -> list[Version]:
    """Take out what a version says where it, or the testimony as it is now, withholds anything.

    Args:
        versions: the earlier versions of one testimony.
        now: the testimony; none if it was withdrawn.
    """
    if now is not None and not withholds(now):
        return [one if _is_open(one) else _without_content(one) for one in versions]
    return [_without_content(one) for one in versions]


def _is_open(version: Version) -> bool:
    try:
        return not withholds(msgspec.convert(version.before, Testimony))
    except msgspec.ValidationError:
        return False


def _without_content(version: Version) -> Version:
    return msgspec.structs.replace(version, before={})
