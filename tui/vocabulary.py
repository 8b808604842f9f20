"""What is printed of places and themes: their entries, as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collection.curating import Followed
    from collection.duplicates import Pair
    from collection.places.entry import Candidate, PlaceEntry
    from collection.themes import ThemeEntry

_INDENT = "    "


def place_block(entry: PlaceEntry, count: int, candidates: Sequence[Candidate] = ()) -> str:
    """Show a place in a few lines: what names it, where it lies, what it may mean."""
    known = [counted(count), one_line(entry.status), *_where(entry)]
    lines = [f"{one_line(entry.name)} — {'; '.join(known)}"]
    lines += _labelled("Lies in", entry.within)
    lines += _labelled("Also called", entry.aliases)
    for number, one in enumerate(candidates, 1):
        lies_in = f" — {_joined(one.within)}" if one.within else ""
        what = "; ".join(_where(one))
        lines.append(f"{_INDENT}{number}. {one_line(one.name)} ({what}){lies_in}")
    return "\n".join(lines)


def place_record(
    entry: PlaceEntry, count: int, candidates: Sequence[Candidate] = ()
) -> dict[str, Any]:
    """Give the JSON of a place, with every key."""
    from collection.testimony import as_record

    record: dict[str, Any] = as_record(entry)
    return record | {"count": count, "candidates": [as_record(one) for one in candidates]}


def theme_block(entry: ThemeEntry, count: int, narrower: Sequence[str] = ()) -> str:
    """Show a theme in a few lines: what names it, its other terms, what it falls under."""
    lines = [f"{one_line(entry.name)} — {counted(count)}"]
    lines += _labelled("Used for", entry.used_for)
    lines += _labelled("Broader", entry.broader)
    lines += _labelled("Narrower", narrower)
    return "\n".join(lines)


def theme_record(entry: ThemeEntry, count: int) -> dict[str, Any]:
    """Give the JSON of a theme, with every key."""
    from collection.testimony import as_record

    record: dict[str, Any] = as_record(entry)
    return record | {"count": count}


def counted_line(name: str, count: int) -> str:
    """Show a name with the testimonies that bear it."""
    return f"{one_line(name)} — {counted(count)}"


def pair_line(pair: Pair) -> str:
    """Show two names that look alike, side by side."""
    names = zip((pair.one, pair.other), pair.counts, strict=True)
    return f"{' | '.join(f'{one_line(name)} ({count})' for name, count in names)} — {pair.why}"


def pair_record(pair: Pair) -> dict[str, Any]:
    """Give the JSON of two names that look alike."""
    return {
        "names": [pair.one, pair.other],
        "counts": pair.counts,
        "reason": pair.reason,
        "likeness": round(pair.likeness, 3),
    }


def followed(done: Followed) -> str:
    """Say how many testimonies followed a change of names, and how many did not."""
    many = len(done.ids)
    told = f"{counted(many)} {'follows' if many == 1 else 'follow'}."
    if done.left:
        kept = "1 keeps" if len(done.left) == 1 else f"{len(done.left)} keep"
        told += f" {kept} the former name, for the new one would tell what is kept private."
    return told


def counted(count: int) -> str:
    """Write a number of testimonies."""
    return "1 testimony" if count == 1 else f"{count} testimonies"


def _where(place: PlaceEntry | Candidate) -> Iterator[str]:
    if place.kind:
        yield one_line(place.kind)
    if place.country:
        yield one_line(place.country.replace("|", ", "))
    if place.latitude is not None and place.longitude is not None:
        yield f"{place.latitude:.4f}, {place.longitude:.4f}"


def _labelled(label: str, names: Iterable[str]) -> list[str]:
    told = _joined(names)
    return [f"{_INDENT}{label}: {told}"] if told else []


def _joined(names: Iterable[str]) -> str:
    return "; ".join(filter(None, map(one_line, names)))
