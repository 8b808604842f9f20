"""Themes: authority entries with the terms they are used for and the broader terms above them."""

from __future__ import annotations

import msgspec


class ThemeEntry(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What is known of a theme."""

    name: str
    """As written in the testimonies."""
    used_for: tuple[str, ...] = ()
    """Other terms that mean it: found like the theme itself."""
    broader: tuple[str, ...] = ()
    """The themes directly above it: a search for one of them finds this one too."""
