"""Strikes names out of texts, length for length, however they are spelt and inflected there.

Where in doubt a word is struck: a word too many under a bar can be uncovered by the keeper, a
name that was printed cannot be taken back. What a machine cannot know stays a limit: nicknames,
initials, and a name told in another script that no transliteration leads to.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Any, Final

import msgspec

from collection.folding import fold, word_spans

BAR: Final = "█"
"""Stands for one character of a struck-out name."""

_CODES: Final = (
    "id narrator created modified revision rendering language "
    "edtf earliest latest status level until country"
)
_KEPT: Final = frozenset(_CODES.split())
"""Values that are codes of ours and no text."""
_SMALL_WORDS: Final = (
    "von van der den de del della delle degli di da do dos das du des la le les el al ibn bin "
    "bint ben bat abu ad af av zu zur zum vom ten ter te op und and y e i of the née geb"
)
_PARTICLES: Final = frozenset(_SMALL_WORDS.split())
_COMMON_WORDS: Final = (
    "will may long mark bill grant rose hope joy grace faith young white black brown green gray "
    "grey king stone hill wood woods field fields banks price church baker miller smith cook "
    "carpenter taylor summer winter autumn april june rich small short strong sharp wise love "
    "day bell page read reed rivers lane street house bishop hunter fisher shepherd singer "
    "klein gross lang kurz jung alt neu weiss schwarz braun nagy kis fekete"
)
_EVERYDAY: Final = frozenset(_COMMON_WORDS.split())
"""Names that are everyday words too: written small they are taken for the word."""
_SHORTEST: Final = 2
_TELLING: Final = 4
"""Letters from which on a name is struck in lower case, and inside file names and addresses."""
_LONGEST_WORD: Final = 60
_INVISIBLE: Final = "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_UNSEEN: Final = re.compile(f"[{_INVISIBLE}]+")
_CHUNK: Final = re.compile(r"\S+")
_IN_ADDRESS: Final = re.compile(r"[/\\@_]|\w\.\w")
_PIECES: Final = re.compile(r"[^\W\d_]+")

_EAST: Final = (
    "\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_HAN_OR_HANGUL: Final = re.compile(
    "[\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_EASTERN: Final = re.compile(f"[{_EAST}]+")
_SEMITIC: Final = re.compile("[\u0590-\u06ff\u0750-\u077f]")
_POINTS: Final = "[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]*"
_JOINED_BEFORE: Final = f"(?:[והבלמשכوفبلكسا]{_POINTS}){{0,4}}"
"""Letters that Hebrew and Arabic write together with the word that follows."""
_ALIKE: Final = {
    letter: f"[{letters}]" for letters in ("اأإآٱ", "يىئی", "ةه", "كک", "وؤ") for letter in letters
}
_DOUBLED: Final = ("cs", "sz", "zs", "gy", "ny", "ly", "ty")
_SPELT_OUT: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa"}
    | {"ø": "oe", "Ø": "Oe"}
)
_BETWEEN: Final = r"[\s·・‧=＝]?"
_HONORIFIC: Final = (
    r"(?=\s?(?:先生|女士|小姐|太太|氏|老师|老師|同志|さん|様|さま|君|씨|님|군|양|선생))"
)


class Names:
    """The words of the names that must not be seen, and how to strike them out."""

    def __init__(self, hidden: list[str], public: str) -> None:
        """Take names.

        Args:
            hidden: what must not be seen.
            public: what may; its words are no secret, also where a hidden name has them.
        """
        known = {fold(word) for word in _words(public)}
        secret: list[str] = []
        folded: set[str] = set()
        for name in hidden:
            words = _telling_words(name)
            unknown = [word for word in words if fold(word) not in known]
            if unknown:
                secret += unknown
                joined = ["".join(words), "".join(reversed(words))]
                folded |= {s for word in [*unknown, *joined] for s in _spellings(word)}
        folded -= known
        # A name that the record itself writes small is struck small, whatever else it means.
        written_small = {fold(word) for word in secret if word.islower()}
        everyday = _EVERYDAY - written_small
        # For what folding leaves too little of.
        literal = {word.casefold() for word in secret if len(word) >= _TELLING}
        self._literal = literal - everyday
        self._short = frozenset(f for f in folded if _SHORTEST <= len(f) < _TELLING)
        self._long = tuple(sorted(f for f in folded if len(f) >= _TELLING))
        self._inflected = _one_of(map(_inflections, sorted(folded)))
        self._small = _one_of(
            _inflections(f) if len(f) > _TELLING else f"{re.escape(f)}s?"
            for f in sorted(folded)
            if f in written_small or (len(f) >= _TELLING and f not in everyday)
        )
        patterns = {pattern for name in hidden for pattern in _eastern(name, public)}
        patterns |= {_uncased(word) for word in secret if _has_no_case(word)}
        # The longest first: a regular expression takes the first alternative that fits.
        self._other = _one_of(sorted(patterns, key=len, reverse=True))

    def __bool__(self) -> bool:
        """Tell whether there is anything to strike out."""
        return bool(self._short or self._long or self._other or self._literal)

    def strike(self, value: Any) -> Any:
        """Strike the names out of every text inside a value; codes of ours stay."""
        if isinstance(value, str):
            return self._strike_text(value)
        if isinstance(value, msgspec.Struct):
            fields = [name for name in value.__struct_fields__ if name not in _KEPT]
            texts = {name: text for name in fields if _may_hold_text(text := getattr(value, name))}
            changes = {name: self.strike(text) for name, text in texts.items()}
            return msgspec.structs.replace(value, **changes)
        if isinstance(value, tuple | list):
            return type(value)(map(self.strike, value))
        if isinstance(value, dict):
            return {self.strike(key): self.strike(item) for key, item in value.items()}
        return self._strike_number(value)

    def _strike_number(self, value: Any) -> Any:
        # A number may be a name, as on an arm.
        if isinstance(value, int | float) and not isinstance(value, bool):
            text = str(value)
            return value if self._strike_text(text) == text else BAR * len(text)
        return value

    def _strike_text(self, text: str) -> str:
        bars = [(s, e) for s, e in _spans(text) if self._is_name(text[s:e])]
        bars += self._in_addresses(text)
        if self._other:
            bars += [match.span() for match in self._other.finditer(text)]
        if not bars:
            return text
        letters = list(text)
        for start, end in bars:
            letters[start:end] = BAR * (end - start)
        return "".join(letters)

    def _in_addresses(self, text: str) -> list[tuple[int, int]]:
        """Find names inside file names and addresses, where they are small and joined."""
        if not _IN_ADDRESS.search(text):
            return []
        return [
            (start, end)
            for chunk in _CHUNK.finditer(text)
            if _IN_ADDRESS.search(chunk.group())
            for start, end in word_spans_in(text, *chunk.span())
            for piece in _folded(text[start:end])
            if piece in self._short or any(name in piece for name in self._long)
        ]

    def _is_name(self, word: str) -> bool:
        if len(word) > _LONGEST_WORD or word.upper() == word.lower():
            # Where there are no capitals, patterns of their own tell more.
            return False
        if word.casefold() in self._literal:
            return True
        pattern = self._small if word.islower() else self._inflected
        return pattern is not None and any(map(pattern.fullmatch, _folded(word)))


def word_spans_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the words of a part of a text, as offsets into the whole."""
    return [(s + start, e + start) for s, e in word_spans(text[start:end])]


def _may_hold_text(value: Any) -> bool:
    return isinstance(value, str | tuple | dict | msgspec.Struct)


def _spans(text: str) -> list[tuple[int, int]]:
    """Find the words; one that invisible characters cut through is one word."""
    spans = word_spans(text)
    if not _UNSEEN.search(text):
        return spans
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and _UNSEEN.fullmatch(text, merged[-1][1], start):
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _words(text: str) -> list[str]:
    return [_UNSEEN.sub("", text[start:end]) for start, end in _spans(text)]


def _telling_words(name: str) -> list[str]:
    """Give the words of a name; particles would wreck the text and tell nobody anything."""
    words = _words(name)
    return [word for word in words if word not in _PARTICLES] or words


def _folded(word: str) -> list[str]:
    """Fold a word, and each piece of it that an apostrophe, a digit or a capital sets off."""
    word = _UNSEEN.sub("", word)
    whole = fold(word).replace(" ", "")
    if word.isalpha() and (word.islower() or word.istitle() or word.isupper()):
        return [whole]
    pieces = [part for piece in _PIECES.findall(word) for part in _at_capitals(piece)]
    return [piece for piece in (whole, *map(fold, pieces)) if len(piece) >= _SHORTEST]


def _at_capitals(word: str) -> list[str]:
    """Cut a word before each capital that follows a small letter, and keep it whole as well."""
    cuts = [n for n in range(1, len(word)) if word[n - 1].islower() and word[n].isupper()]
    return [word, *(word[a:b] for a, b in pairwise([0, *cuts, len(word)]) if cuts)]


def _spellings(word: str) -> set[str]:
    """Fold a word of a name in the ways in which it may be written."""
    found = set(_folded(word))
    found |= {fold(word.translate(_SPELT_OUT)).replace(" ", "")}
    found |= {re.sub("(?<=[aou])e", "", spelling) for spelling in found}
    return {spelling for spelling in found if len(spelling) >= _SHORTEST}


def _inflections(name: str) -> str:
    """Write the pattern of a folded name with the endings that languages put to it."""
    more = 4 if len(name) > _TELLING else len(name) - 1
    pattern = f"{re.escape(name)}[a-z]{{0,{more}}}" if len(name) > 2 else f"{re.escape(name)}s?"
    if name[-1] in "aeiouy" and len(name) > 2:
        # Anna, Anny, Annou: the last vowel gives way.
        pattern += f"|{re.escape(name[:-1])}[aeiouyj][a-z]{{0,{more - 1}}}"
    if name.endswith(_DOUBLED) and len(name) > 2:
        # Kovács, Kováccsal.
        pattern += f"|{re.escape(name[:-1] + name[-2:])}[a-z]{{0,{more}}}"
    if len(name) > _TELLING and name[-2] in "eo":
        # Marek, Marka: a fleeting vowel.
        pattern += f"|{re.escape(name[:-2] + name[-1])}[a-z]{{1,4}}"
    return pattern


def _one_of(patterns: Any) -> re.Pattern[str] | None:
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(joined) if joined else None


def _has_no_case(word: str) -> bool:
    # Georgian has capitals that nobody writes names with.
    georgian = "\u10d0" <= word[0] <= "\u10ff"
    return len(word) >= _SHORTEST and (georgian or word.upper() == word.lower())


def _uncased(word: str) -> str:
    """Write the pattern of a word in a script that has no capitals."""
    plain = re.sub(_POINTS, "", word) or word
    letters = _POINTS.join(_ALIKE.get(letter, re.escape(letter)) for letter in plain)
    if word.isdecimal():
        return rf"(?<!\d){letters}(?!\d)"
    if len(plain) >= _TELLING or _EASTERN.search(word):
        return letters
    before = _JOINED_BEFORE if _SEMITIC.search(word) else ""
    return rf"(?<!\w){before}{letters}(?!\w)"


def _eastern(name: str, public: str) -> set[str]:
    """Write the patterns of a name in Han or Hangul, which texts write without spaces."""
    whole = "".join(_HAN_OR_HANGUL.findall(unicodedata.normalize("NFC", name)))
    if len(whole) < _SHORTEST or whole in public:
        return set()
    parts = {whole[n : n + 2] for n in range(len(whole) - 1)}
    found = {part for part in parts if part not in public}
    found |= {_BETWEEN.join(form) for form in (whole, unicodedata.normalize("NFD", whole))}
    if whole[0] not in public:
        found |= {whole[0] + _HONORIFIC, f"(?<=[老小阿]){whole[0]}"}
    return found
