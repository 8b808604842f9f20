"""What a row of the list shows of a testimony."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collection.dates import short
from collection.facts import sealed_lines
from tui.widgets.testimony_list import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.access import Gated


def row_of(gated: Gated, why: Sequence[str] = ()) -> Row:
    """Make the row of a testimony.

    Args:
        gated: the testimony as it may be seen.
        why: why it was found, if it was searched for.
    """
    testimony = gated.testimony
    if gated.sealed:
        return Row("sealed", "", sealed_lines(gated)[0], (), ())
    return Row(
        date=short(testimony.date),
        narrator=testimony.narrator.name,
        title=testimony.title,
        places=[place.name for place in testimony.places],
        themes=testimony.themes,
        note=f"{why[0]} +{len(why) - 1}" if len(why) > 1 else "".join(why),
    )
