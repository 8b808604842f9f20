"""The people of one article: their names however they are taken up, and what is said of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.attribution import Utterance  # of a field
from collection.articles.document import ASIDE, HEADING
from collection.articles.naming import NAME, Subject
from collection.articles.nouns import is_first_name, name_gender, nouns_of
from collection.articles.words import TOKEN, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collection.articles.document import Article
    from collection.articles.words import Words

_ENDINGS: Final = {
    "ru": re.compile("(?:ом|ем|ой|ей|ою|ею|ым|ову|ами|ев|ов|[аеийоуыьюя])$"),
    "uk": re.compile("(?:ом|ем|ой|ей|ою|ею|єю|ові|еві|им|ами|[аеийоуьюяіїє])$"),
    "pl": re.compile("(?:owi|iem|em|ego|emu|iej|ej|ie|[ąęayioue])$"),
    "de": re.compile("s$"),
}
"""What the cases of a name end with, where a language has any."""
_STEM: Final = 3
_NAMESAKES: Final = 20
"""How many people of one family name are told apart by it."""
_KNOWN_ROLES: Final = 300
_STAR: Final = re.compile(r"([^\W\d_][\w'’-]*(?: [^\W\d_][\w'’.-]*){0,3})\*(?!\*)")
_NOTED: Final = re.compile(r"^[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’.-]*){0,2} ?[(\[](\d)[)\]]")
"""A name with the number of a note behind it: `Nadège (1)`."""
_NOTE: Final = re.compile(r"[(\[](\d)[)\]]\s")
_REMARK: Final = 12
"""Words of a line that only says that a name was changed."""
_MOTHER_OF: Final = frozenset(("umm", "um", "abu"))
"""What makes of a child's name that of its mother or father: `Umm Layla`."""
_OPENINGS: Final = ("", ".", "\n", "!", "?", "”", '"')
"""What may stand before the first word of a sentence."""
_FEW: Final = 6
_NEAR: Final = 300
"""Characters around a name within which a remark on it is about it."""


class Person(msgspec.Struct, eq=False):
    """Somebody who is said to speak."""

    number: int
    name: str = ""
    """The fullest form that the article gives, without the asterisk."""
    starred: bool = False
    described: str = ""
    """How somebody without a name is described, as printed."""
    gender: str = ""
    guessed: bool = False
    """Whether the gender is taken from the name only."""
    official: bool = False
    relative: bool = False
    """Whether they are told of as somebody's: `her brother, Ben`."""
    naming: str = ""
    nouns: set[str] = msgspec.field(default_factory=set)
    mentions: list[int] = msgspec.field(default_factory=list)
    """Where the article's own words name them, in order."""
    utterances: list[Utterance] = msgspec.field(default_factory=list)
    doubts: list[tuple[str, int, int]] = msgspec.field(default_factory=list)
    """What is unsure, with the span that it is about."""

    @property
    def shown(self) -> str:
        """The name as the article prints it."""
        return f"{self.name}*" if self.starred else self.name

    def last_mention(self, before: int) -> int:
        """Give where they were last named before a place; -1 where they were not."""
        at = bisect_left(self.mentions, before)
        return self.mentions[at - 1] if at else -1


class People:
    """The people of an article."""

    def __init__(self, article: Article, words: Words) -> None:
        """Take an article and the words of its language."""
        self.article = article
        self.words = words
        self.all: list[Person] = []
        self.stream: list[tuple[int, int]] = []
        """All mentions in order: where, and the number of the person."""
        self._notes = {
            note[1]
            for one in article.paragraphs
            if (note := _NOTE.match(one.text)) and words.says("changed", one.text)
        }
        self._alone_remarks = any(
            len(one.text.split()) <= _REMARK and words.says("changed", one.text)
            for one in article.paragraphs
        )
        self._remarks = [
            one
            for one in article.paragraphs
            if one.kind != ASIDE and words.says("all-changed", one.text)
        ][:_FEW]
        self.starts = [one.start for one in article.paragraphs]
        self._by_token: dict[str, list[Person]] = {}
        self._by_stem: dict[str, list[Person]] = {}

    def named(self, subject: Subject) -> Person:
        """Give the person of a name, new or known by a part of it."""
        found = self.find(subject.name)
        if found is None:
            found = Person(len(self.all))
            self.all.append(found)
        self._learn(found, subject)
        return found

    def described(self, subject: Subject) -> Person:
        """Give a new person who is described only."""
        found = Person(len(self.all), described=subject.words)
        self.all.append(found)
        self._learn(found, subject)
        return found

    def find(self, name: str) -> Person | None:
        """Find the person of a name; of two who may be meant by it the one named first."""
        given = self._tokens(name)
        several = [p for token in given for p in self._bearers(token)]
        fitting = {p.number: p for p in several if self._fits(given, self._tokens(p.name))}
        exact = [p for p in fitting.values() if p.name == name]
        if exact or not fitting:
            return exact[0] if exact else None
        return fitting[min(fitting)]

    def is_shared(self, name: str) -> bool:
        """Tell whether two people bear a name that stands alone: a family's."""
        given = self._tokens(name)
        if len(given) != 1:
            return False
        bearers = self._bearers(given[0])
        return len(bearers) > 1 and not any(person.name == name for person in bearers)

    def _bearers(self, token: str) -> list[Person]:
        return self._by_token.get(token) or self._by_stem.get(self._stem(token), [])

    def _tokens(self, name: str) -> list[str]:
        """Give the parts of a name that tell whose it is, without titles."""
        found = [token for token in TOKEN.findall(name) if len(token) > 1]
        kinds = ("title", "title_f", "title_m")
        bare = [one for one in found if not any(self.words.has(kind, one) for kind in kinds)]
        return [token.casefold() for token in bare or found]

    def _fits(self, one: Sequence[str], other: Sequence[str]) -> bool:
        """Tell whether two forms may name one person: one is a part of the other."""
        if {one[0], other[0]} & _MOTHER_OF and one[0] != other[0]:
            return False
        short, long = sorted(({*map(self._stem, one)}, {*map(self._stem, other)}), key=len)
        return bool(short) and short <= long

    def _stem(self, token: str) -> str:
        """Give a name without the ending of its case; whole where that leaves too little."""
        endings = _ENDINGS.get(self.words.language)
        stem = endings.sub("", token) if endings else token
        return stem if len(stem) >= _STEM else token

    def _learn(self, person: Person, subject: Subject) -> None:
        if subject.kind == NAME:
            if not person.name:
                person.relative = subject.relative
            if self._is_better(subject.name, person.name):
                person.name = subject.name
            for token in self._tokens(subject.name):
                bearers = self._by_token.setdefault(token, [])
                if person not in bearers and len(bearers) < _NAMESAKES:
                    bearers.append(person)
                    self._by_stem.setdefault(self._stem(token), []).append(person)
        person.starred |= subject.starred
        person.official |= subject.official
        person.nouns |= subject.nouns
        if subject.gender and (not person.gender or person.guessed):
            person.guessed = subject.gender == name_gender(subject.name) and not subject.words
            person.gender = subject.gender

    def _is_better(self, name: str, known: str) -> bool:
        """Tell whether a form of a name is fuller, or the first of its cases."""
        count, other = len(name.split()), len(known.split())
        if count == other and known:
            first, second = name.split(maxsplit=1)[0], known.split(maxsplit=1)[0]
            if is_first_name(first) != is_first_name(second):
                return is_first_name(first)
        return len(name) > len(known)

    # --- mentions ----------------------------------------------------------------------------

    def look_for_mentions(self, quoted: Sequence[tuple[int, int]]) -> None:
        """Find where the report names its people, outside quotations.

        Args:
            quoted: the spans of all quotations, in order.
        """
        for person in self.all:
            person.mentions = []
        starts = [start for start, _ in quoted]
        ahead: tuple[Person | None, int] = (None, -1)
        for one in self.article.paragraphs:
            if one.kind in (ASIDE, HEADING):
                continue
            for match in TOKEN.finditer(one.text):
                if not match.group()[0].isupper():
                    continue
                token = match.group().casefold().removesuffix("’s").removesuffix("'s")
                bearers = self._bearers(token)
                if not bearers:
                    continue
                at = one.start + match.start()
                if len(bearers) > 1 and ahead[0] in bearers and ahead[1] == at - 1:
                    continue  # `Ben Ellery` is named already
                n = bisect_left(starts, at + 1) - 1
                if n < 0 or quoted[n][1] <= at:
                    bearers[0].mentions.append(at)
                    ahead = bearers[0], one.start + match.end()
        self.stream = sorted((at, person.number) for person in self.all for at in person.mentions)

    def starred_names(self) -> Iterator[str]:
        """Give the names that the article marks with an asterisk."""
        for one in self.article.paragraphs:
            if "*" in one.text and one.kind != ASIDE:
                for match in _STAR.finditer(one.text):
                    words = match[1].split()
                    while words and not words[0][0].isupper():
                        words.pop(0)
                    while len(words) > 1 and self.words.has("stop", words[0]):
                        words.pop(0)
                    if words and all(w[0].isupper() for w in words):
                        yield " ".join(words)

    def learn_from_report(self) -> None:
        """Read what the sentences that name somebody say of them: who, how old, what office."""
        for person in self.all:
            for at in person.mentions[:_KNOWN_ROLES]:
                text = self.article.text[at : at + 160]
                sentence = re.split(r"[.!?\n“”„«»\"]", text)[0]
                rest = re.split(
                    r",|\b(?:is|was|ist|war|est|était|es|era|—|–)\b", sentence, maxsplit=1
                )
                if len(rest) < 2:
                    continue
                person.nouns |= nouns_of(rest[1], self.words)
            if self.words.language == "en" and (not person.gender or person.guessed):
                self._learn_gender(person)
        for one in self.all:
            one.naming = self._naming(one)

    def _learn_gender(self, person: Person) -> None:
        """Tell from `his` or `her` in the sentences that begin with a name whose they are."""
        found: Counter[str] = Counter()
        for at in person.mentions[:_KNOWN_ROLES]:
            before = self.article.text[max(at - 2, 0) : at].strip(" ")
            if before not in _OPENINGS:
                continue
            sentence = re.split(r"[.!?\n“”„«»\"]", self.article.text[at : at + 160])[0]
            words = set(tokens(sentence))
            found["m"] += "his" in words and "her" not in words
            found["f"] += "her" in words and "his" not in words and "him" not in words
        if not person.gender and (found["m"] > 0) != (found["f"] > 0):
            person.gender, person.guessed = "m" if found["m"] else "f", True

    def _naming(self, person: Person) -> str:
        """Tell whether a name is changed or kept back."""
        if person.starred:
            return "pseudonym"
        if person.name and (self._all_changed(person) or self._is_noted(person)):
            return "pseudonym"
        if person.name and self._alone_remarks and self._is_only_speaker(person):
            return "pseudonym"
        places = [*person.mentions[:3], *(u.start for u in person.utterances[:2])]
        for at in places:
            around = self._sentences_around(at)
            if person.name and self.words.says("changed", around):
                return "pseudonym"
            if self.words.says("nameless", around):
                return "anonymous"
        return "" if person.name else "anonymous"

    def _is_only_speaker(self, person: Person) -> bool:
        """Tell whether nobody else is quoted but offices, so that `her name` is this one's."""
        free = [one for one in self.all if one.utterances and not one.official]
        return free == [person]

    def _is_noted(self, person: Person) -> bool:
        """Tell whether a note below, `(1) Le prénom a été modifié`, is about a name."""
        for at in person.mentions[:_KNOWN_ROLES]:
            sign = _NOTED.search(self.article.text[at : at + _NEAR // 6])
            if sign is not None and sign[1] in self._notes:
                return True
        return False

    def _all_changed(self, person: Person) -> bool:
        """Tell whether a remark on several names is about this one too."""
        for one in self._remarks:
            first = bisect_left(self.stream, (one.start, 0))
            last = bisect_left(self.stream, (one.end, 0))
            named = {number for _, number in self.stream[first:last]}
            # Whom else the remark's paragraph names, it is not about.
            named = {n for n in named if self.all[n].utterances and not self.all[n].official}
            if not named or person.number in named:
                return True
        return False

    def _sentences_around(self, at: int) -> str:
        """Give the paragraph of a place, where no other person's name comes between."""
        n = bisect_right(self.starts, at) - 1
        one = self.article.paragraphs[n]
        low, high = max(one.start, at - _NEAR), min(one.end, at + _NEAR)
        here = bisect_left(self.stream, (at, 0))
        own = {p for place, p in self.stream[here : here + 1] if place == at}
        for place, person in self.stream[max(0, here - _FEW) : here + _FEW]:
            if person in own or not low < place < high:
                continue
            low, high = (place, high) if place < at else (low, place)
        return self.article.text[low:high]
