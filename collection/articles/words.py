"""The words that articles are read by: of speech, of persons and of offices, language by language.

They are in ``words.tsv``: a language (BCP 47), what the words are for, the words; ``_`` stands
for a space. Where phrases are listed, ``|`` parts them. What the words are for:

``stop`` tell the language; ``i`` and ``we`` are the first person, ``verb`` verbs that say it
without a pronoun, ``ending`` their endings but for the words ``unlike`` them; ``he`` and ``she``
are subjects; ``say`` verbs of speech, ``per`` what names a speaker without one; ``det`` stand
before a noun, ``new`` before somebody not named yet, ``possess`` before a relative; ``many`` name
more than one; ``aux`` may stand between a speaker and the verb; ``prep`` begin what is no
speaker, ``where`` may stand before a place; ``title``, ``title_f`` and ``title_m`` stand before a
name; ``role`` and ``body`` are offices and those who issue statements; ``woman``, ``man`` and
``person`` are persons, ``former`` parts somebody from an office, ``witness`` those who tell what
befell them, ``written`` what words stand on that nobody speaks, ``own`` what people have and do
who speak of themselves; ``not`` are capitalised and no names; ``name_f`` and ``name_m`` are first
names of which the last letter does not tell whose they are. Phrases: ``changed``,
``nameless``, ``translated``, ``statement``, ``told`` and ``box``; and the labels of a head of an
article: ``by``, ``dated``, ``titled``, ``from``, ``at``; ``q`` and ``a`` of an interview.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

LANGUAGES: Final = ("en", "de", "fr", "es", "ru", "uk", "pl")
"""The languages that there are words of; the first serves where none is told."""
_PHRASES: Final = frozenset(
    (
        *("changed", "all-changed", "nameless", "translated", "statement", "told", "box", "per"),
        *("ending", "note", "by", "dated", "titled", "from", "at", "q", "a"),
    )
)
TOKEN: Final = re.compile(r"[^\W_]+(?:['’ʼ\-‑][^\W_]+)*")
"""A word, with what a hyphen or an apostrophe joins to it."""
_LOOKED_AT: Final = 100_000
"""Characters from which the language is told."""
_LEAST: Final = 0.08
"""The share of telling words below which no language is told."""


class Words(msgspec.Struct, frozen=True):
    """The words of one language."""

    language: str
    kinds: dict[str, frozenset[str]]
    phrases: dict[str, tuple[str, ...]]
    ends: dict[str, tuple[str, ...]] = {}
    """What words of a kind may end with, where a language makes ever new ones."""

    def has(self, kind: str, word: str) -> bool:
        """Tell whether a word, in any case of its letters, is of a kind."""
        low = word.casefold().replace("’", "'")
        ends = self.ends.get(kind)
        return low in self.kinds.get(kind, ()) or (ends is not None and low.endswith(ends))

    def any(self, kind: str, text: str) -> bool:
        """Tell whether a text has a word of a kind."""
        known = self.kinds.get(kind, frozenset())
        return any(part in known for word in tokens(text) for part in parts(word))

    def count(self, kind: str, text: str) -> int:
        """Count the words of a kind in a text."""
        known = self.kinds.get(kind, frozenset())
        return sum(any(part in known for part in parts(word)) for word in tokens(text))

    def firsts(self, text: str) -> int:
        """Count the words of a text that are the first person singular."""
        endings = self.phrases.get("ending", ())
        known = self.kinds["i"] | self.kinds.get("verb", frozenset())
        barred = self.kinds.get("unlike", frozenset())
        return sum(
            any(part in known for part in parts(word))
            or (bool(endings) and word.endswith(endings) and word not in barred)
            for word in tokens(text)
        )

    def says(self, kind: str, text: str) -> bool:
        """Tell whether a text holds one of the phrases of a kind."""
        plain = text.casefold().replace("’", "'")
        return any(phrase in plain for phrase in self.phrases.get(kind, ()))


def tokens(text: str) -> list[str]:
    """Give the words of a text as they are looked up."""
    return [word.casefold().replace("’", "'") for word in TOKEN.findall(text)]


def parts(word: str) -> tuple[str, ...]:
    """Give a word and, of one that an apostrophe or a hyphen joins, its parts: `j'ai`, `dit-elle`.

    English `I'm` is listed whole, and of `sister-in-law` the parts do no harm.
    """
    if word.isalnum():
        return (word,)
    return (word, *re.split(r"['ʼ\-‑]", word))


@cache
def words_of(language: str) -> Words:
    """Give the words of a language; of English where there are none."""
    tables = _tables()
    return tables.get(language, tables[LANGUAGES[0]])


def language_of(text: str) -> str:
    """Tell what language a text is in, by its commonest words.

    Returns:
        its code; empty where it is none of `LANGUAGES`, or too short to tell.
    """
    found = tokens(text[:_LOOKED_AT])
    counts = {
        language: sum(word in table for word in found)
        for language, table in ((one, _telling(one)) for one in LANGUAGES)
    }
    best = max(counts, key=lambda language: counts[language])
    return best if found and counts[best] / len(found) >= _LEAST else ""


@cache
def _telling(language: str) -> frozenset[str]:
    kinds = words_of(language).kinds
    return kinds["stop"] | kinds["say"] | kinds["i"] | kinds["he"] | kinds["she"]


@cache
def _tables() -> dict[str, Words]:
    tables = {language: Words(language, {}, {}, {}) for language in LANGUAGES}
    text = Path(__file__).with_name("words.tsv").read_text("utf-8")
    for line in text.splitlines()[1:]:
        language, kind, listed = line.split("\t")
        table = tables[language]
        # A list that has a bar is one of phrases; single labels need none.
        split = listed.split("|") if "|" in listed else listed.split()
        given = [one.replace("_", " ").strip() for one in split]
        if kind in _PHRASES:
            table.phrases[kind] = tuple(phrase.casefold() for phrase in given)
        else:
            low = [word.casefold() for word in given]
            table.kinds[kind] = frozenset(word for word in low if word[0] != "-")
            if ends := tuple(word[1:] for word in low if word[0] == "-"):
                table.ends[kind] = ends
    return tables
