"""What a record has beyond its own keys, as far as it tells something to a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_COLUMNS = (
    # CollectionBuilder and Oral History as Data
    "objectid, parentid, display_template, object_location, object_transcript, object_download, "
    "image_small, image_thumb, image_alt_text, rightsstatement, filename, youtubeid, vimeoid, "
    # OHMS
    "media host, media host account id, media host player id, media host item id, embed code, "
    "ohms xml filename, transcript sync data, transcript sync data (translation), "
    "avalon target domain, include translation, cms record id, alt sync url"
)
_FOR_MACHINES: Final = frozenset(_COLUMNS.split(", "))
"""Columns by which sites and players find their files, as they are written in small letters."""


def further(extra: Mapping[str, Any]) -> Iterator[str]:
    """Tell the plain values that came in under other keys: `shelf: 12`.

    What a format nests (the header of TEI, the index and the stamps of OHMS), and what only leads
    a program to its files, goes into data, not into copies for people.

    Args:
        extra: the further values of a record.
    """
    for key, value in extra.items():
        values = value if isinstance(value, list | tuple) else [value]
        if key.strip().casefold() in _FOR_MACHINES or any(map(_is_nested, values)):
            continue
        if (text := "; ".join(map(_plain, values))).strip():
            yield f"{key}: {text}"


def _is_nested(value: Any) -> bool:
    return isinstance(value, dict | list | tuple)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
