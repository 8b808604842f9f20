"""Matching: one term of a query with everything that is known, each find with its cost.

The costs are whole numbers, so that those of several terms can be summed and compared exactly;
the table is the one of the design notes, found best on 746 queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec
from pyroaring import BitMap

from collection.search.entity import ALIAS, EXTRA, WHOLE, is_latin, part_of
from collection.search.fields import NAMES_OF, TEXTS_OF
from collection.search.inflections import stems, without_prefixes
from collection.search.lexicon import Kind, Lexicon
from collection.search.postings import Gathering
from collection.search.words import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from collection.search.query import Term
    from collection.search.texts import Texts
    from collection.search.vocabulary import Vocabulary

_OF_PART: Final = (  # exact, prefix, swapped letters, 1 typo, 1 typo unfinished, 2 typos
    (0, 3, 5, 6, 9, 10),  # a whole name
    (1, 4, 6, 7, 10, 11),  # a word of a name
    (2, 6, 7, 8, 11, 12),  # an alias
    (5, 8, 9, 10, 13, 14),  # a word of an alias
)
IN_NAME: Final = tuple(
    tuple(part[kind] + extra for extra in EXTRA for part in _OF_PART) for kind in Kind
)
"""What a find in a name costs, by its kind and the level of its sense."""
IN_TEXT: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "narrator": (2, 5, 7, 8, 11, 12),
        "title": (3, 7, 8, 9, 12, 13),
        "account": (5, 10, 11, 12, 14, 15),
    }
)
"""What a find in a running text of each sort costs, by its kind."""
NAMES: Final = ("name", "alias", "foreign")
"""The lexicons of the vocabulary, by home."""

_JOINED_PREFIX_FROM: Final = 5
_JOINED_TYPO_FROM: Final = 7
_SHORTEST_ROW: Final = 2
_SHORT: Final = 4
_SHORT_TYPO: Final = 3
"""What a typo costs more in a word so short that it may be many things."""
_MOST_REMEMBERED: Final = 64
_NONE: Final[Mapping[str, Kind]] = MappingProxyType({})


class Match(msgspec.Struct, frozen=True, gc=False):
    """What a term, or several neighbouring words taken as one, was found to agree with."""

    words: tuple[str, ...]
    """Folded: one, unless it is a phrase."""
    text: str
    """As typed."""
    field: str
    """The field it was looked for in; empty for everywhere."""
    phrase: bool
    literal: bool
    """Whether other names did not count."""
    prefix: bool
    """Whether words agree that only begin with the last word."""
    levels: tuple[tuple[int, BitMap], ...]
    """Costs with the testimonies found at them, the least cost first."""
    every: BitMap
    """The testimonies found at any cost."""
    in_accounts_only: BitMap
    """Those of them that neither a name nor the title brought."""
    near: Mapping[str, Mapping[str, Kind]]
    """The words that it may be a misspelling of, by where they are: `name`, `alias`,
    `narrator`, `title`, `account`."""

    def kind(self, word: str, where: str) -> Kind | None:
        """Say how a known word agrees, None if it does not.

        Args:
            word: folded.
            where: as in `near`.
        """
        if word == self.words[0]:
            return Kind.EXACT
        if self.prefix and word.startswith(self.words[0]):
            return Kind.PREFIX
        return self.near.get(where, _NONE).get(word)


class _Found:
    """Gathers finds by their cost."""

    def __init__(self) -> None:
        self.by_name: dict[int, Gathering] = {}
        self.by_account: dict[int, Gathering] = {}

    def add_names(
        self,
        vocabulary: Vocabulary,
        where: str,
        words: Iterable[str],
        kind: Kind,
        fields: Collection[str] | None,
        *,
        more: int = 0,
    ) -> None:
        senses = vocabulary.senses[NAMES.index(where)]
        entities: tuple[list[int], ...] = tuple([] for _ in IN_NAME[kind])
        for word in words:
            for sense in senses[word]:
                if fields is not None:
                    entity = vocabulary.entities[sense >> 4]
                    if entity is None or entity.field not in fields:
                        continue
                entities[sense & 15].append(sense >> 4)
        for cost, numbers in zip(IN_NAME[kind], entities, strict=True):
            if numbers:
                self._at(cost + more).add(vocabulary.borne(numbers))

    def add_words(
        self, texts: Texts, where: str, words: Iterable[str], kind: Kind, more: int = 0
    ) -> None:
        self._at(IN_TEXT[where][kind] + more, where).add(texts.postings(words))

    def add_found(self, found: BitMap, where: str, kind: Kind) -> None:
        self._at(IN_TEXT[where][kind], where).bitmaps.append(found)

    def add_entity(self, vocabulary: Vocabulary, number: int, level: int) -> None:
        self._at(IN_NAME[Kind.EXACT][level]).add(vocabulary.borne([number]))

    def _at(self, cost: int, where: str = "name") -> Gathering:
        found = self.by_account if where == "account" else self.by_name
        if cost not in found:
            found[cost] = Gathering()
        return found[cost]

    def match(
        self,
        words: tuple[str, ...],
        text: str,
        *,
        field: str,
        prefix: bool,
        phrase: bool = False,
        literal: bool = False,
        near: Mapping[str, Mapping[str, Kind]] = MappingProxyType({}),
    ) -> Match:
        named = {cost: one.united() for cost, one in self.by_name.items() if one}
        written = {cost: one.united() for cost, one in self.by_account.items() if one}
        levels = dict(named)
        for cost, bitmap in written.items():
            levels[cost] = levels[cost] | bitmap if cost in levels else bitmap
        by_name = BitMap.union(BitMap(), *named.values())
        by_account = BitMap.union(BitMap(), *written.values())
        return Match(
            words=words,
            text=text,
            field=field,
            phrase=phrase,
            literal=literal,
            prefix=prefix,
            levels=tuple(sorted((cost, found) for cost, found in levels.items() if found)),
            every=by_name | by_account,
            in_accounts_only=by_account - by_name,
            near=near,
        )


class Matcher:
    """Matches terms, and remembers the last ones until something changes."""

    def __init__(self, vocabulary: Vocabulary, texts: Mapping[str, Texts]) -> None:
        """Look in these.

        Args:
            vocabulary: the names.
            texts: the running texts, by the keys of `IN_TEXT` and in their order.
        """
        self._vocabulary = vocabulary
        self._texts = texts
        self._lexicons: dict[str, Lexicon] = {
            **dict(zip(NAMES, vocabulary.lexicons, strict=True)),
            **{where: one.lexicon for where, one in texts.items()},
        }
        self._remembered: dict[Term, Match] = {}

    def forget(self) -> None:
        """Forget what was matched, because something has changed."""
        if self._remembered:
            self._remembered = {}

    def term(self, term: Term) -> Match:
        """Match one term by itself."""
        match = self._remembered.get(term)
        if match is None:
            match = self._fuzzily(term) if term.fuzzy else self._exactly(term)
            if len(self._remembered) >= _MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[term] = match
        return match

    def together(self, words: list[str], text: str, field: str) -> Match | None:
        """Match neighbouring words written as one with names: `alma ata` with Almaata.

        Whole or as a beginning; with typos only where no word is so short that it would vanish
        as the typo of another.
        """
        word = joined(words)
        prefix = len(word) >= _JOINED_PREFIX_FROM
        found = _Found()
        for where, lexicon in self._lexicons.items():
            if where in ("title", "account") or not self._is_meant(where, field):
                continue
            exact, longer = _begun(lexicon, word)
            self._add(found, where, exact, Kind.EXACT, field)
            self._add(found, where, longer if prefix else [], Kind.PREFIX, field)
        near: dict[str, Mapping[str, Kind]] = {}
        if len(word) >= _JOINED_TYPO_FROM and min(map(len, words)) >= _SHORT - 1:
            for where in NAMES:
                if self._is_meant(where, field) and not (where == "foreign" and is_latin(text)):
                    mistyped = self._lexicons[where].near(word, close=True)
                    kept = self._leading(where, list(mistyped), field)
                    near[where] = {one: mistyped[one] for one in kept}
                    for kind, agreeing in _by_kind(near[where]).items():
                        self._add(found, where, agreeing, kind, field)
        match = found.match((word,), text, field=field, prefix=prefix, near=near)
        return match if match.every else None

    def _is_meant(self, where: str, field: str) -> bool:
        if not field:
            return True
        return bool(NAMES_OF[field]) if where in NAMES else where in TEXTS_OF[field]

    def _leading(self, where: str, words: list[str], field: str) -> list[str]:
        """Keep the words that lead to something in a field."""
        if not field or where not in NAMES or not words:
            return words
        leads, home, fields = self._vocabulary.leads_to, NAMES.index(where), NAMES_OF[field]
        return [word for word in words if leads(word, home, fields)]

    def _fuzzily(self, term: Term) -> Match:
        word, field = term.words[0], term.field
        lexicons = {w: one for w, one in self._lexicons.items() if self._is_meant(w, field)}
        found = _Found()
        good = named = False
        for where, lexicon in lexicons.items():
            exact, longer = (self._leading(where, one, field) for one in _begun(lexicon, word))
            self._add(found, where, exact, Kind.EXACT, field)
            if longer and where in self._texts:
                found.add_found(self._texts[where].beginning(word), where, Kind.PREFIX)
            else:
                self._add(found, where, longer, Kind.PREFIX, field)
            good = good or bool(exact or longer)
            named = named or bool(exact and where not in ("title", "account"))
        near = self._near(term, lexicons, good=good, named=named)
        # A short word that begins something known is rather that than a misspelling.
        more = _SHORT_TYPO if good and len(word) <= _SHORT else 0
        for where, words in near.items():
            for kind, agreeing in _by_kind(words).items():
                self._add(found, where, agreeing, kind, field, more=more)
        return found.match(term.words, term.text, field=field, prefix=True, near=near)

    def _near(
        self, term: Term, lexicons: Mapping[str, Lexicon], *, good: bool, named: bool
    ) -> dict[str, Mapping[str, Kind]]:
        """Find what a word may be a misspelling or an inflection of.

        Args:
            term: the word and its field.
            lexicons: where to look.
            good: whether the word, or one that begins with it, is known.
            named: whether a name is that very word; then only what is closest to it counts.
        """
        word, field = term.words[0], term.field
        near: dict[str, Mapping[str, Kind]] = {}
        latin = is_latin(term.text)
        bare = {} if named else self._bare(term, lexicons)
        for where, lexicon in lexicons.items():
            # An account holds so many words that one of them is always near.
            if (where == "account" and good) or (where == "foreign" and latin):
                continue
            close = named or bool(bare)
            # Among all words of accounts one would always be near enough.
            foreign = where not in ("title", "account") and not (good or bare or latin)
            words = lexicon.near(word, close=close, foreign=foreign)
            kept = self._leading(where, list(words), field)
            near[where] = words if len(kept) == len(words) else {w: words[w] for w in kept}
        for where, stems_of in bare.items():
            near[where] = {**near.get(where, _NONE), **dict.fromkeys(stems_of, Kind.SWAPPED)}
        if not good and not any(words for where, words in near.items() if where != "account"):
            for where in ("name", "alias", "narrator"):
                if where in lexicons:
                    words = lexicons[where].misbegun(word)
                    near[where] = {w: words[w] for w in self._leading(where, list(words), field)}
        return near

    def _bare(self, term: Term, lexicons: Mapping[str, Lexicon]) -> dict[str, list[str]]:
        """Find the names that a word is an inflection of."""
        found = {}
        for where, lexicon in lexicons.items():
            if where not in ("title", "account"):
                words = (*stems(term.words[0]), *without_prefixes(term.text))
                known = self._leading(where, [one for one in words if one in lexicon], term.field)
                if known:
                    found[where] = known
        return found

    def _add(
        self,
        found: _Found,
        where: str,
        words: list[str],
        kind: Kind,
        field: str,
        *,
        more: int = 0,
    ) -> None:
        if not words:
            return
        if where in NAMES:
            fields = NAMES_OF[field] if field else None
            found.add_names(self._vocabulary, where, words, kind, fields, more=more)
        else:
            found.add_words(self._texts[where], where, words, kind, more)

    def _exactly(self, term: Term) -> Match:
        match = self._holding(term)
        if match.every or term.literal or len(term.words) <= _SHORTEST_ROW:
            return match
        # Where words are not parted, a small word may stand before the name or behind it.
        for words in (term.words[1:], term.words[:-1]):
            match = self._named(msgspec.structs.replace(term, words=words))
            if match.every:
                return match
        return match

    def _named(self, term: Term) -> Match:
        """Match words in a row with whole names only."""
        found = _Found()
        fields = NAMES_OF[term.field] if term.field else None
        for number, level in self._vocabulary.having(term.words, fields=fields):
            if part_of(level) in (WHOLE, ALIAS):
                found.add_entity(self._vocabulary, number, level)
        return found.match(term.words, term.text, field=term.field, phrase=True, prefix=False)

    def _holding(self, term: Term) -> Match:
        found = _Found()
        having = self._vocabulary.having(
            term.words,
            unfinished=term.unfinished,
            literal=term.literal,
            fields=NAMES_OF[term.field] if term.field else None,
        )
        for number, level in having:
            found.add_entity(self._vocabulary, number, level)
        for where, texts in self._texts.items():
            if self._is_meant(where, term.field):
                holding = texts.with_row(term.words, unfinished=term.unfinished)
                found.add_found(holding, where, Kind.EXACT)
        return found.match(
            term.words,
            term.text,
            field=term.field,
            phrase=True,
            literal=term.literal,
            prefix=term.unfinished,
        )


def _begun(lexicon: Lexicon, word: str) -> tuple[list[str], list[str]]:
    """Give the word itself, if it is known, and the longer ones that begin with it."""
    starting = lexicon.starting(word)
    if starting and starting[0] == word:
        return [word], starting[1:]
    return [], starting


def _by_kind(near: Mapping[str, Kind]) -> dict[Kind, list[str]]:
    words: dict[Kind, list[str]] = {}
    for word, kind in near.items():
        words.setdefault(kind, []).append(word)
    return words
