"""What a query says: words in any order, "quoted phrases", field:values, and -exclusions.

Whatever else it holds is taken as words; no query is an error. What could not be understood is
told, and the rest still searches.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec
from rapidfuzz.distance import OSA

from collection.folding import word_spans
from collection.search.conditions import Condition, read_condition
from collection.search.fields import DATES, NAMED, WORDS
from collection.search.words import is_spaceless, split

MOST_TERMS: Final = 32
LONGEST_WORD: Final = 64
_LONGEST_QUERY: Final = 4_000
_MOST_DATE_WORDS: Final = 6
_NEAR: Final = 1
"""Typos that the name of a field may hold to be recognised."""
_QUOTES: Final = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'))
_TOKEN: Final = re.compile(r'(?:(?<!\S)(-))?(?:"([^"]*)("?)|([^\s"]+))')
_FIELD: Final = re.compile(r"([^\W\d_]{2,12}):(?!//)(.*)", flags=re.DOTALL)
_LAST_FIELD: Final = re.compile(r'(?:.*[\s(])?-?([^\W\d_]{2,12}):\s?"?$', flags=re.DOTALL)
# Left out only beside other words. As written, not folded: other scripts fold to the same.
_STOP_WORDS: Final = frozenset(
    word
    for words in (
        "the of and in on at to from with by for an is was were",
        "der die das den dem des und im am von zu mit für ein eine",
        "le la les du des et au aux en dans avec un une",
        "el los las del y con una lo il gli di da e nel della",
        "w z i na do ze od oraz we ve v s se o k ke po za u",
        "az a és egy van het een op met och på av i med til",
        "iz u sa od kod pri în din em no na iš į uz są",
        "в во и на с из о от по у к та і з до не ва да από στο στη στην στον",
        "של את על עם פון אין די דער און איז צו",
    )
    for word in words.split()
)


class Term(msgspec.Struct, frozen=True):
    """One thing that a query asks for in words."""

    words: tuple[str, ...]
    """Folded; several only in a phrase."""
    text: str
    """As typed, for messages."""
    field: str = ""
    """`place`, `theme` or `by`; empty for everything."""
    phrase: bool = False
    """Whether exactly these words must occur in this order."""
    literal: bool = False
    """Whether other names do not count: the words were quoted."""
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
    conditions: tuple[Condition, ...]
    """What must be so: dates, languages, series, states."""
    denied: tuple[Condition, ...]
    """What must not be so."""
    problems: tuple[str, ...]
    """What was not understood or not used, in plain sentences."""


class _Token(msgspec.Struct, frozen=True):
    minus: bool
    text: str
    quoted: bool
    closed: bool
    start: int


def read_query(text: str) -> Query:
    """Read a query; never raises."""
    reader = _Reader()
    shortened = text[:_LONGEST_QUERY]
    if len(shortened) < len(text):
        reader.tell(f"Only the first {_LONGEST_QUERY} characters of the query were read.")
    reader.read(shortened.translate(_QUOTES))
    if text.strip() and not reader.anything:
        reader.tell("The query holds no word to look for, so everything is shown.")
    return reader.query()


class _Reader:
    """Reads the tokens of a query one after the other."""

    def __init__(self) -> None:
        self._terms: list[Term] = []
        self._excluded: list[Term] = []
        self._conditions: list[Condition] = []
        self._denied: list[Condition] = []
        self._problems: dict[str, None] = {}

    @property
    def anything(self) -> bool:
        return bool(self._terms or self._excluded or self._conditions or self._denied)

    def tell(self, problem: str) -> None:
        self._problems[problem] = None

    def query(self) -> Query:
        terms = self._terms
        if all(term.stop for term in terms):
            terms = [msgspec.structs.replace(term, stop=False) for term in terms]
        return Query(
            tuple(terms),
            tuple(self._excluded),
            tuple(self._conditions),
            tuple(self._denied),
            tuple(self._problems),
        )

    def read(self, text: str) -> None:
        tokens = [
            _Token(bool(minus), plain or quoted or "", plain is None, bool(closing), one.start())
            for one in _TOKEN.finditer(text)
            for minus, quoted, closing, plain in [one.groups()]
        ]
        place = 0
        while place < len(tokens):
            token = tokens[place]
            named = None if token.quoted else _FIELD.fullmatch(token.text)
            if named is None:
                self._words(token, "", token.minus)
                place += 1
                continue
            field = NAMED.get(named[1].lower())
            if field is None:
                if named[2]:
                    self.tell(_no_field(named[1]))
                self._words(token, "", token.minus)
                place += 1
                continue
            place += self._field(field, named[2], token, tokens[place + 1 :])

    def _field(self, field: str, value: str, token: _Token, following: list[_Token]) -> int:
        """Read a field and its value; give the number of tokens that it took."""
        taken = 1
        value_token = _Token(token.minus, value, False, True, token.start)
        if not value:
            # The value may be a phrase, or stand behind a blank.
            if not following or following[0].minus or _is_field(following[0]):
                self.tell(f"{field}: needs something behind it.")
                return taken
            value_token = following[0]
            following = following[1:]
            taken = 2
        if field in WORDS:
            self._words(value_token, field, token.minus)
            return taken
        candidates = [value_token.text]
        if field in DATES and not value_token.quoted:
            for more in following[: _MOST_DATE_WORDS - 1]:
                if more.quoted or more.minus or _is_field(more):
                    break
                candidates.append(f"{candidates[-1]} {more.text}")
        problem = ""
        for longer, words in reversed(list(enumerate(candidates))):
            condition = read_condition(field, words)
            if isinstance(condition, Condition):
                (self._denied if token.minus else self._conditions).append(condition)
                return taken + longer
            problem = condition
        self.tell(problem)
        return taken

    def _words(self, token: _Token, field: str, minus: bool) -> None:
        if token.quoted and not token.closed:
            self.tell('A quotation mark (") is not closed; the phrase was read to the end.')
        if token.quoted:
            # A space after the last word says that the word is finished.
            open_end = not token.closed and token.text[-1:].strip() != ""
            found = _phrase(token.text, field, literal=True, unfinished=open_end and not minus)
        elif minus:
            found = _phrase(token.text, field, literal=False, unfinished=False)
        else:
            found = _single_words(token.text, field)
        wanted = self._excluded if minus else self._terms
        for term in found:
            if len(self._terms) + len(self._excluded) == MOST_TERMS:
                self.tell(f"Only the first {MOST_TERMS} words of the query were used.")
                break
            if any(len(word) > LONGEST_WORD for word in term.words):
                self.tell(f"Only the first {LONGEST_WORD} letters of a long word were used.")
            wanted.append(_shortened(term))


def _no_field(name: str) -> str:
    near = [one for one in NAMED if OSA.distance(name.lower(), one) <= _NEAR]
    known = near[:1] or dict.fromkeys(NAMED.values())
    listed = ", ".join(f"{one}:" for one in known)
    meant = f"Is {listed} meant?" if near else f"The fields are {listed}."
    return f"There is no field {name[:20]}:, so it was searched for as a word. {meant}"


def _is_field(token: _Token) -> bool:
    named = None if token.quoted else _FIELD.fullmatch(token.text)
    return named is not None and named[1].lower() in NAMED


def _single_words(written: str, field: str) -> list[Term]:
    terms = []
    for start, end in word_spans(written):
        word = written[start:end]
        parts = tuple(split(word))
        if is_spaceless(word) and parts:
            # Where words are not parted, characters that stand together belong together.
            unfinished = len(parts) > 1
            terms.append(Term(parts, word, field, phrase=True, unfinished=unfinished, fuzzy=False))
            continue
        stop = not field and word.lower() in _STOP_WORDS
        terms += [Term((part,), word, field, stop=stop) for part in parts]
    return terms


def _phrase(written: str, field: str, *, literal: bool, unfinished: bool) -> list[Term]:
    words = tuple(split(written))
    if not words:
        return []
    text = f'"{written}"' if literal else written
    return [
        Term(words, text, field, phrase=True, literal=literal, unfinished=unfinished, fuzzy=False)
    ]


def _shortened(term: Term) -> Term:
    words = tuple(word[:LONGEST_WORD] for word in term.words[:MOST_TERMS])
    return term if words == term.words else msgspec.structs.replace(term, words=words)


def unfinished_part(text: str) -> tuple[str, str, str]:
    """Cut a query into what is finished and the word that is still being typed.

    Returns:
        what stands before the word, the field named before it or nothing, and the word with
        what was typed of it; the word is empty behind a blank.
    """
    cut = len(text)
    while cut and not text[cut - 1].isspace() and text[cut - 1] not in ':"':
        cut -= 1
    before, word = text[:cut], text[cut:]
    if (named := _LAST_FIELD.fullmatch(before)) and (field := NAMED.get(named[1].lower())):
        return before.rstrip('" '), field, word
    return before, "", word.lstrip("-")
