"""The present moment as the store writes it down."""

from __future__ import annotations

import datetime


def now() -> str:
    """Give the present moment: UTC, ISO 8601, to the second."""
    return datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")


def in_a_name(moment: str) -> str:
    """Write a moment so that it can stand in the name of a file: `20261125T184207Z`."""
    return moment.replace("-", "").replace(":", "").replace("+0000", "Z")
