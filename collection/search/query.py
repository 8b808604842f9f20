"""What a query says: words in any order, "quoted phrases", and -words that must not occur.

Whatever else it holds is taken as words; no query is an error.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from collection.folding import word_spans
from collection.search.words import is_spaceless, split

MOST_TERMS: Final = 32
LONGEST_WORD: Final = 64
_LONGEST_QUERY: Final = 4_000
_QUOTES: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_TOKEN: Final = re.compile(r'(?:(?<!\S)(-))?(?:"([^"]*)("?)|([^\s"]+))')
# Left out only beside other words. As written, not folded: other scripts fold to the same.
_STOP_WORDS: Final = frozenset(
    word
    for words in (
        "the of and in on at to from with by for an is was were",
        "der die das den dem des und im am von zu mit für ein eine",
        "le la les du des et au aux en dans avec un une",
        "el los las del y con una lo il gli di da e nel della",
        "w z i na do ze od oraz v ve s se o k po za u",
        "az a és egy van het een op met och på av i med til",
        "в и на с из о от по у к та і של את על עם פון אין די דער און איז",
    )
    for word in words.split()
)


class Term(msgspec.Struct, frozen=True):
    """One thing that a query asks for."""

    words: tuple[str, ...]
    """Folded; several only in a phrase."""
    text: str
    """As typed, for messages."""
    phrase: bool = False
    """Whether exactly these words must occur in this order."""
    unfinished: bool = False
    """Whether the last word of a phrase is still being typed."""
    fuzzy: bool = True
    """Whether beginnings and misspellings count too."""
    stop: bool = False
    """Whether the word says little, so that it need not occur."""


class Query(msgspec.Struct, frozen=True):
    """A query as understood."""

    terms: tuple[Term, ...]
    """What must occur, in the order typed."""
    excluded: tuple[Term, ...]
    """What must not occur."""
    problems: tuple[str, ...]
    """What was not understood or not used, in plain sentences."""


def read_query(text: str) -> Query:
    """Read a query; never raises."""
    terms: list[Term] = []
    excluded: list[Term] = []
    problems: dict[str, None] = {}
    shortened = text[:_LONGEST_QUERY]
    if len(shortened) < len(text):
        problems[f"Only the first {_LONGEST_QUERY} characters of the query were read."] = None
    shortened = shortened.translate(_QUOTES)
    for token in _TOKEN.finditer(shortened):
        minus, quoted, closing, plain = token.groups()
        if quoted is not None and not closing:
            problems['A quotation mark (") is not closed; the phrase was read to the end.'] = None
        written = plain if quoted is None else quoted
        if quoted is not None or minus:
            # A space after the last word says that the word is finished.
            ends_open = quoted is not None and not closing and quoted[-1:].strip() != ""
            found = _phrase(written, unfinished=ends_open and not minus)
        else:
            found = _words(written)
        wanted = excluded if minus else terms
        for term in found:
            if len(terms) + len(excluded) == MOST_TERMS:
                problems[f"Only the first {MOST_TERMS} words of the query were used."] = None
                break
            if any(len(word) > LONGEST_WORD for word in term.words):
                message = f"Only the first {LONGEST_WORD} letters of a long word were used."
                problems[message] = None
            wanted.append(_shortened(term))
    if text.strip() and not terms and not excluded:
        problems["The query holds no word to look for, so everything is shown."] = None
    if all(term.stop for term in terms):
        terms = [msgspec.structs.replace(term, stop=False) for term in terms]
    return Query(tuple(terms), tuple(excluded), tuple(problems))


def _words(written: str) -> list[Term]:
    terms = []
    for start, end in word_spans(written):
        word = written[start:end]
        fuzzy = not is_spaceless(word)
        stop = word.lower() in _STOP_WORDS
        terms += [Term((part,), word, fuzzy=fuzzy, stop=stop) for part in split(word)]
    return terms


def _phrase(written: str, *, unfinished: bool) -> list[Term]:
    words = tuple(split(written))
    if not words:
        return []
    return [Term(words, f'"{written}"', phrase=True, unfinished=unfinished, fuzzy=False)]


def _shortened(term: Term) -> Term:
    words = tuple(word[:LONGEST_WORD] for word in term.words[:MOST_TERMS])
    return term if words == term.words else msgspec.structs.replace(term, words=words)
