"""What a file has beside an account, told in lines below its circumstances: an index, notes.

So it is read, printed and found. Each section has a heading on a line of its own and is the last
but for other sections; a text in which the heading stands already is left as it is, so that what
a person has changed there is not told twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from collection.testimony import split_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_INDEX: Final = "Index of the recording:"
_NOTES: Final = "Notes to the account:"
_PLACES: Final = "Places spoken of:"
_PLACE: Final = re.compile(r"(\S.*?) \((-?\d{1,3}(?:\.\d+)?), (-?\d{1,3}(?:\.\d+)?)\)")


def index_section(points: Iterable[dict[str, Any]]) -> str:
    """Tell the index of an OHMS record, a paragraph a point; empty where it says nothing.

    Partial transcripts are left out: they are words of the account.
    """
    told = []
    for point in points:
        title, synopsis = _line(point.get("title")), _line(point.get("synopsis"))
        names = {key: _names(point.get(key)) for key in ("keywords", "subjects")}
        if not title and not synopsis and not any(names.values()):
            continue
        lines = [f"{_clock(point.get('time'))} {title}".strip(), synopsis]
        lines += [f"{key.capitalize()}: {found}" for key, found in names.items() if found]
        told.append("\n".join(filter(None, lines)))
    return "\n\n".join([_INDEX, *told]) if told else ""


def notes_section(notes: Iterable[tuple[str, str]]) -> str:
    """Tell notes, a line each.

    Args:
        notes: where each belongs, or what marks it in the account; and what it says.
    """
    told = [f"{place} {_line(text)}".strip() for place, text in notes]
    return "\n".join([f"{_NOTES}\n", *told]) if told else ""


def with_sections(text: str, sections: Sequence[str]) -> str:
    """Put sections below a text, but for those whose heading stands in it."""
    lines = frozenset(text.split("\n"))
    more = [one for one in sections if one and one.partition("\n")[0] not in lines]
    return "\n\n".join(filter(None, [text, *more]))


def without_sections(text: str, sections: Sequence[str]) -> str:
    """Take sections off a text that are at its end as they were put there."""
    for one in reversed([*filter(None, sections)]):
        if text == one:
            text = ""
        elif text.endswith(f"\n\n{one}"):
            text = text.removesuffix(f"\n\n{one}")
    return text


def with_places(text: str, places: Iterable[dict[str, Any]]) -> str:
    """Put places below a text, a line each, for a format that has no element for them."""
    lines = []
    for place in places:
        name = _line(place["name"])
        latitude, longitude = place.get("latitude"), place.get("longitude")
        known = latitude is not None and longitude is not None
        lines.append(f"{name} ({latitude:.6f}, {longitude:.6f})" if known else name)
    told = "\n".join([_PLACES, *filter(None, lines)])
    return f"{text}\n\n{told}" if text else told


def without_places(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Take the places off a text; give it and them."""
    rest, found, told = f"\n\n{text}".rpartition(f"\n\n{_PLACES}\n")
    lines = told.strip("\n").split("\n")
    if not found or not all(map(str.strip, lines)):
        return text, []
    return rest[2:], [*map(_place, lines)]


def _place(line: str) -> dict[str, Any]:
    found = _PLACE.fullmatch(line)
    if found is None or abs(float(found[2])) > 90 or abs(float(found[3])) > 180:
        return {"name": line}
    return {"name": found[1], "latitude": float(found[2]), "longitude": float(found[3])}


def _names(value: Any) -> str:
    return "; ".join(map(_line, split_names(value))) if isinstance(value, str) else ""


def _line(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _clock(time: Any) -> str:
    """Write the seconds of a point as a time; what is no number as it is."""
    text = _line(time)
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        return text
    whole = int(text)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
