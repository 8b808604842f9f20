"""The words of a clause, and what they say of a person: a trade, an office, an age, a gender."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.words import TOKEN, parts, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.words import Words

_AGE: Final = re.compile(r"(?<![\d.,])([1-9]\d)(?![\d.,:]|\s?%)")
_ELIDED: Final = re.compile(r"(?i)(?:[ldjmtsnc]|qu)['’](?=[^\W\d_]{2})")
_OF_FAMILY: Final = re.compile(r"(?:al|el|ad|as|ash|ar|at|an|az|bin|ibn|d|o)[-‑'’](?=[A-ZÀ-Þ])")
"""What the name of a family may begin with in small letters: `al-Masri`, `d'Angelo`."""
_LONGEST: Final = 12
"""Words of a description at most."""


class Token(msgspec.Struct, frozen=True):
    """One word of a clause."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """The word as it is looked up."""
        return self.text.rstrip("*").casefold().replace("’", "'")

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, or with `al-` and one."""
        return self.text[:1].isupper() or _OF_FAMILY.match(self.text) is not None


def tokenised(clause: str) -> list[Token]:
    """Take a clause apart into words; an asterisk behind a name stays with it."""
    found = []
    for match in TOKEN.finditer(clause):
        elided = _ELIDED.match(match.group())
        if elided and (match.group()[0].islower() or match.group()[elided.end()].islower()):
            # `l’infirmière`, `d’Alep`
            cut = match.start() + elided.end()
            end = match.end() + (clause[match.end() : match.end() + 1] == "*")
            found.append(Token(clause[match.start() : cut - 1], match.start(), cut - 1))
            found.append(Token(clause[cut:end], cut, end))
            continue
        end = match.end() + (clause[match.end() : match.end() + 1] == "*")
        found.append(Token(clause[match.start() : end], match.start(), end))
    return found


def is_office(text: str, words: Words) -> bool:
    """Tell a description of somebody who speaks for an office, by the noun that heads it."""
    office = False
    for place, token in enumerate(tokenised(text)[:_LONGEST]):
        if words.has("former", token.text):
            return False  # `a former lawyer` speaks for nobody else
        if place and (words.has("prep", token.text) or words.has("det", token.text)):
            if office or place > 1:
                break
            continue
        if any(
            words.has("role", part) or words.has("body", part) for part in parts(token.low)
        ) or is_acronym(token):
            office = True
        elif any(words.has(kind, token.text) for kind in ("woman", "man", "person")):
            office = False
    return office


def nouns_of(text: str, words: Words) -> frozenset[str]:
    """Give the words for persons that a text uses, and an age."""
    found = set(_AGE.findall(text))
    for token in tokenised(text):
        for part in parts(token.low):
            if any(words.has(kind, part) for kind in ("woman", "man", "person")):
                found.add(part)
    return frozenset(found)


def known_gender(name: str) -> str:
    """Give the gender of a first name that the tables have; empty where they do not."""
    known = words_of("en")
    first = name.split(maxsplit=1)[0].rstrip("*") if name.split() else ""
    if known.has("name_f", first):
        return "f"
    if known.has("name_m", first):
        return "m"
    found = _first_names().get(first.casefold(), "")
    return "" if found == "b" else found


def is_first_name(word: str) -> bool:
    """Tell whether a word is a first name that the tables have."""
    return word.rstrip("*").casefold() in _first_names() or bool(known_gender(word))


@cache
def _first_names() -> dict[str, str]:
    """Give the first names of many countries, each with `f`, `m`, or `b` for both."""
    text = Path(__file__).with_name("firstnames.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines()[1:])
    return {name: gender for gender, names in lines for name in names.split()}


def name_gender(name: str) -> str:
    """Guess from a first name; empty where that is no use."""
    if found := known_gender(name):
        return found
    first = name.split(maxsplit=1)[0].casefold() if name.split() else ""
    return "f" if first.endswith(("a", "я", "а", "ia")) and len(first) > 2 else ""


def gender_of(phrase: Sequence[Token], words: Words) -> str:
    """Tell from the nouns of a phrase whether it speaks of a woman or a man."""
    for token in phrase:
        for part in parts(token.low):
            woman = words.has("woman", part) or words.has("title_f", part)
            man = words.has("man", part) or words.has("title_m", part)
            if woman != man:
                return "f" if woman else "m"
    return ""


def is_noun(token: Token, words: Words) -> bool:
    """Tell a word for a person, an office or a title."""
    kinds = ("role", "woman", "man", "person", "title", "title_f", "title_m")
    return any(words.has(kind, token.text) for kind in kinds)


def is_title(token: Token, words: Words) -> bool:
    """Tell a title that stands before a name."""
    return any(words.has(kind, token.text) for kind in ("title", "title_f", "title_m"))


def is_body(token: Token, words: Words) -> bool:
    """Tell a word for a body of people: a ministry, a union."""
    return any(words.has("body", part) for part in parts(token.low))


def is_acronym(token: Token) -> bool:
    """Tell letters that stand for the name of a body."""
    return len(token.text) > 1 and token.text.isalpha() and token.text.isupper()


def is_common(token: Token, words: Words) -> bool:
    """Tell a word that is capitalised only because a sentence begins."""
    kinds = ("stop", "aux", "and", "det", "many", "prep", "not", "who")
    return any(words.has(kind, token.text) for kind in kinds)


def is_initial(clause: str, token: Token) -> bool:
    """Tell the first letter of a name with its stop."""
    stop = clause[token.end : token.end + 1]
    return len(token.text) == 1 and token.capital and stop == "."
