"""Which testimonies meet a condition, certainly or only perhaps."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import msgspec
from pyroaring import BitMap

from collection.search.conditions import Condition
from collection.search.matching import Match

_POSSIBLY: Final = 1_000
"""What an uncertain date costs: more than any words do, so that certain hits come first."""


class Met(msgspec.Struct, frozen=True, gc=False):
    """A condition with the testimonies that meet it."""

    condition: Condition
    certain: BitMap
    possible: BitMap
    """Those whose uncertain date only overlaps with what was asked for."""

    def reason(self, number: int) -> str:
        """Say in a few words how a testimony meets the condition; nothing if it does not."""
        if number in self.certain:
            return self.condition.text
        return f"possibly {self.condition.text}" if number in self.possible else ""


def as_match(met: Met) -> Match:
    """Turn a condition into a match without words, to be ranked with the others."""
    levels = ((0, met.certain), (_POSSIBLY, met.possible))
    return Match(
        words=(),
        text=met.condition.text,
        field=met.condition.field,
        phrase=True,
        literal=True,
        prefix=False,
        levels=tuple((cost, found) for cost, found in levels if found),
        every=met.certain | met.possible,
        in_accounts_only=BitMap(),
        near=MappingProxyType({}),
    )
