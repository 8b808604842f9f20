"""Distances on the earth, near enough to tell neighbours."""

from __future__ import annotations

from math import cos, hypot, radians


def distance(north: float, east: float, north2: float, east2: float) -> float:
    """Kilometres between two points given in degrees; right to a percent below 500 km."""
    return 111.2 * hypot(north - north2, (east - east2) * cos(radians((north + north2) / 2)))
