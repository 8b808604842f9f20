"""A place while the gazetteer is being built, and how its names are sifted.

Used by `build_gazetteer` alone; nothing here runs in the app.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import msgspec

from collection.places.keys import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_ALIASES: Final = 60
_SCRIPTS: Final = (
    "LATIN",
    "CYRILLIC",
    "HEBREW",
    "ARABIC",
    "GREEK",
    "CJK",
    "KATAKANA",
    "HIRAGANA",
    "HANGUL",
    "GEORGIAN",
    "ARMENIAN",
)
"""The scripts that come first, in this order, after the aliases kept by hand."""
_GREAT: Final = 100_000
"""From this population on a place is named in every script; below it GeoNames has what robots
wrote into small encyclopaedias, and only what is written where the place lies is kept."""
_TOWN: Final = 15_000
_NEIGHBOURS: Final = "PL SK CZ HU RO DE AT FI HR SI"
"""Where Cyrillic is not written, but where those who write it were led in numbers."""
_MANY_NAMED: Final = (
    "PL UA BY LT LV EE HU RO SK CZ MD RU RS HR GE AM AZ TR GR DE AT IL PS SY LB IQ BA"
)
"""Where every language spells the same town in its own way, and catalogues do too."""
_WRITTEN_IN: Final = {
    "CYRILLIC": "RU UA BY BG RS MK ME BA XK KZ KG UZ TJ TM MN MD AM AZ GE EE LV LT",
    "ARABIC": "SA AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SD SY TN YE IL IR AF PK TR IN AZ"
    " TD SO ER KM CN UZ TJ BD CY",
    "CJK": "CN TW HK MO JP KR KP SG MY",
    "KATAKANA": "JP",
    "HIRAGANA": "JP",
    "HANGUL": "KR KP CN",
    "GREEK": "GR CY TR AL MK BG UA EG IT",
    "GEORGIAN": "GE AZ TR RU AM",
    "ARMENIAN": "AM AZ TR GE IR LB SY CY",
    "DEVANAGARI": "IN NP",
    "BENGALI": "BD IN",
    "TAMIL": "IN LK SG MY",
    "SINHALA": "LK",
    "THAI": "TH",
    "LAO": "LA TH",
    "MYANMAR": "MM",
    "KHMER": "KH VN TH",
    "TIBETAN": "CN IN NP BT",
    "ETHIOPIC": "ET ER",
    "THAANA": "MV",
    "MONGOLIAN": "MN CN",
    "TIFINAGH": "MA DZ LY",
    "GURMUKHI": "IN PK",
    "GUJARATI": "IN",
    "ORIYA": "IN",
    "TELUGU": "IN",
    "KANNADA": "IN",
    "MALAYALAM": "IN",
    "SYRIAC": "SY TR IQ",
}
_VOWELS: Final = re.compile("[aeiouyhj]")
_ALIKE: Final = str.maketrans("wkzq", "vcsc")
_JUNK: Final = re.compile(
    r"[\d|\t\n\x00\u200e\u200f]|^\W+$"
    r"|^(?:Gmina|Comuna|Obec|Lungsod|Kota|Khu|Bayan|Gorad|Gorod|Munitsipi)\b"
    r"| (?:osh|osh\.|ош|shaary|khot|Shi|Xian|Qu)$"
)


class Made(msgspec.Struct, gc=False):
    """One place, not yet numbered."""

    name: str
    kind: str = "town"
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    aliases: list[str] = []
    parents: list[str] = []
    """Identifiers of what it lies in directly, the nearest first."""
    key: str = ""
    by_hand: int = 0
    """How many of the first aliases come from the overlay, and are kept in any case."""


def script(text: str) -> str:
    """Name the script of the first letter, as Unicode does: `LATIN`, `CYRILLIC` and so on."""
    for letter in text:
        if letter.isalpha():
            return unicodedata.name(letter, "?").split()[0]
    return "?"


def is_junk(alias: str) -> bool:
    """Tell a name that nobody would write, such as a code or a machine's transliteration."""
    if not alias or len(alias) > 80 or _JUNK.search(alias):
        return True
    if script(alias) != "LATIN":
        return len(alias) < 2 and script(alias) != "CJK"
    letters = [letter for letter in alias if letter.isalpha()]
    # GeoNames has airport codes in capitals, and transliterations by machine in small letters.
    return len(letters) <= 2 or letters[0].islower() or (len(letters) <= 4 and alias.isupper())


def is_at_home(alias: str, country: str, population: int) -> bool:
    """Tell whether people who live near a place, or came from there, write it in this script."""
    found = script(alias)
    if found in {"LATIN", "HEBREW"}:
        # Latin with a qualifier is a robot's, and what it qualifies is kept without.
        return ", " not in alias
    if "،" in alias or "," in alias:
        return False
    if found == "CYRILLIC" and country in _NEIGHBOURS:
        return population >= _TOWN
    return population >= _GREAT or country in _WRITTEN_IN.get(found, "")


def is_much_spelt(country: str, population: int) -> bool:
    """Tell whether spellings that differ by little are worth keeping."""
    return population >= _TOWN * 2 or country in _MANY_NAMED


def sifted(
    name: str, by_hand: Iterable[str], others: Iterable[str], *, spellings: bool = True
) -> tuple[list[str], int]:
    """Put the other names of a place in order, the best known first, none folding like another.

    The order within a script lets names that sound different come before mere spellings: Lviv,
    Lemberg, Leopolis and only then Lwiw and Lvov.

    Args:
        name: its own name.
        by_hand: those of the overlay, in order.
        others: those of GeoNames.
        spellings: whether to keep those that differ by vowels only.

    Returns:
        the names and how many of them are from the overlay.
    """
    seen = {key_of(name), ""}
    kept: list[str] = []
    for alias in by_hand:
        if key_of(alias) not in seen:
            seen.add(key_of(alias))
            kept.append(alias)
    first = len(kept)
    by_script: dict[str, list[str]] = {}
    # What has accents comes first: of two that fold alike it is the better spelling.
    stripped = {alias.strip() for alias in others}
    for alias in sorted(stripped, key=lambda text: (script(text) != "LATIN", text.isascii(), text)):
        if is_junk(alias) or key_of(alias) in seen:
            continue
        seen.add(key_of(alias))
        by_script.setdefault(script(alias), []).append(alias)
    skeletons = {_skeleton(name)} | {_skeleton(alias) for alias in kept}
    late: list[str] = []
    for known in (*_SCRIPTS, *sorted(set(by_script) - set(_SCRIPTS))):
        for alias in sorted(by_script.get(known, ()), key=lambda text: _oddness(text, name)):
            if known == "LATIN" and _skeleton(alias) in skeletons:
                late.append(alias)
                continue
            skeletons.add(_skeleton(alias))
            kept.append(alias)
    # Spellings that differ by a vowel are found by the search all the same.
    return (kept + (late if spellings else []))[: max(MOST_ALIASES, first)], first


def _oddness(alias: str, name: str) -> tuple[int, int, str]:
    # `Federal City` and `Paris of the North` after all that look like names.
    return (max(alias.count(" ") - name.count(" "), 0), len(alias) > 12, alias)


def _skeleton(name: str) -> str:
    bare = _VOWELS.sub("", key_of(name)).translate(_ALIKE)
    return re.sub(r"(.)\1+", r"\1", bare)
