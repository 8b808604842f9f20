"""Slips of the typist, and whether what came out still means one name only."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from collection.folding import fold

Slip = Callable[[str, random.Random], str]
"""Takes a text and dice, and gives the text mistyped."""

_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщыьэюя",
    "αβγδεζηθικλμνξοπρστυφχψω",
)
_WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae", "Ö": "Oe", "Å": "Aa"}
)  # fmt: skip
_LOOKALIKE = str.maketrans("łŁøØđĐıðħ", "lLoOdDidh")


def alphabet_of(text: str) -> str:
    """Give the letters of the script, empty if it is none of those that slips are made in."""
    bare = without_accents(text).lower()
    return next((abc for abc in _ALPHABETS if any(letter in abc for letter in bare)), "")


def without_accents(text: str) -> str:
    """Write Latin letters as on an English keyboard."""
    parts = unicodedata.normalize("NFKD", text.translate(_LOOKALIKE))
    return "".join(one for one in parts if not unicodedata.combining(one))


def written_out(text: str) -> str:
    """Write umlauts as two letters."""
    return text.translate(_WRITTEN_OUT)


def replaced(text: str, draw: random.Random) -> str:
    """Put another letter in the place of one."""
    place = _letter(text, draw)
    other = [one for one in alphabet_of(text) if one != text[place].lower()]
    return text[:place] + draw.choice(other) + text[place + 1 :]


def inserted(text: str, draw: random.Random) -> str:
    """Type one letter too many."""
    place = draw.randrange(1, len(text) + 1)
    return text[:place] + draw.choice(alphabet_of(text)) + text[place:]


def deleted(text: str, draw: random.Random) -> str:
    """Leave a letter out."""
    place = _letter(text, draw)
    return text[:place] + text[place + 1 :]


def swapped(text: str, draw: random.Random) -> str:
    """Swap two neighbouring letters that differ."""
    places = [
        n
        for n in range(len(text) - 1)
        if text[n].lower() != text[n + 1].lower() and text[n : n + 2].isalpha()
    ]
    if not places:
        return text
    place = draw.choice(places)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def any_slip(text: str, draw: random.Random) -> str:
    """Make one slip of any sort."""
    return rarely_first(draw.choice(SLIPS))(text, draw)


def rarely_first(slip: Slip) -> Slip:
    """Make a slip in the first letter rare.

    It is hit in 1.4 to 7 % of misspellings (Kukich, Techniques for automatically correcting
    words in text, 1992), far less often than any other; so the dice are cast twice.
    """

    def once_more(text: str, draw: random.Random) -> str:
        slipped = slip(text, draw)
        return slipped if slipped[:1] == text[:1] else slip(text, draw)

    return once_more


def two_slips(text: str, draw: random.Random) -> str:
    """Make two slips, neither in the first letter, that do not undo each other."""
    for _ in range(20):
        slipped = text[0] + any_slip(any_slip(text[1:], draw), draw)
        if OSA.distance(slipped.lower(), text.lower()) == 2:
            return slipped
    return text


SLIPS: tuple[Slip, ...] = (replaced, inserted, deleted, swapped)


def _letter(text: str, draw: random.Random) -> int:
    return draw.choice([n for n, one in enumerate(text) if one.isalpha()])


class Names:
    """Everything that is named, each with its owners, to see whether a query means only one."""

    def __init__(self) -> None:
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[int, dict[str, set[str]]] = {}

    def add(self, owner: str, forms: Iterable[str]) -> None:
        """Take in the names of something: whole, joined, and by word."""
        for form in forms:
            folded = fold(form)
            words = re.findall(r"[a-z0-9]+", folded)
            for one in ("".join(words), *words):
                self._owners[one].add(owner)

    def others(self, query: str, owner: str, slips: int, *, unfinished: bool = False) -> bool:
        """Tell whether something else is as near to the query as its owner may be."""
        word = "".join(re.findall(r"[a-z0-9]+", fold(query)))
        if not unfinished:
            near = process.extract(
                word, list(self._owners), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            return any(self._owners[name] - {owner} for name, *_ in near)
        for length in range(len(word) - slips, len(word) + slips + 1):
            begun = self._begun(length)
            near = process.extract(
                word, list(begun), scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            if any(begun[name] - {owner} for name, *_ in near):
                return True
        return False

    def owners(self, query: str) -> set[str]:
        """Give all that have exactly this name."""
        return self._owners.get("".join(re.findall(r"[a-z0-9]+", fold(query))), set())

    def _begun(self, length: int) -> dict[str, set[str]]:
        if length not in self._beginnings:
            begun: dict[str, set[str]] = defaultdict(set)
            for name, owners in self._owners.items():
                begun[name[:length]] |= owners
            self._beginnings[length] = begun
        return self._beginnings[length]
