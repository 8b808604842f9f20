"""What of the report tells of one person: the context of an account, and where it happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from collection.articles.document import ASIDE, BODY, HEADING
from collection.articles.naming import DESCRIBED, PRONOUN
from collection.articles.nouns import is_first_name
from collection.articles.sentences import sentences
from collection.articles.subjects import first_subject
from collection.articles.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collection.articles.document import Article, Paragraph
    from collection.articles.people import People, Person
    from collection.articles.words import Words

OMITTED: Final = "[…]"
"""Stands in the context for a narrator's words, which are in an account."""
_LEAD: Final = 2
"""Paragraphs at the beginning that tell what the report is about."""
_WHOLE: Final = 80
"""Paragraphs of a report that is given whole where one person speaks in it."""
_LOOKED_AT: Final = 1500
"""Characters of a paragraph that are searched for a pronoun."""
_WHOSE: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "en": {"f": ("her",), "m": ("his", "him")},
    "de": {"f": ("ihr", "ihre", "ihrer", "ihren"), "m": ("sein", "seine", "seiner", "ihm", "ihn")},
    "ru": {"f": ("её", "ее", "ей"), "m": ("его", "ему")},
    "uk": {"f": ("її", "їй"), "m": ("його", "йому")},
    "pl": {"f": ("jej",), "m": ("jego", "mu")},
}
"""What speaks of a woman or a man without being a subject."""
_LITTLE: Final = 5
"""Words beside a quotation that tell nothing but who spoke it."""


class Circumstances:
    """Picks the paragraphs of a report that belong to each of its narrators."""

    def __init__(
        self, article: Article, people: People, narrators: Sequence[Person], words: Words
    ) -> None:
        """Take an article and those whose words are taken from it."""
        self.article = article
        self.people = people
        self.words = words
        self.single = len(narrators) == 1
        self.taken = sorted(
            (piece.start, piece.end)
            for person in narrators
            for one in person.utterances
            for piece in one.pieces
        )
        self.speaker: dict[int, set[int]] = {}
        for person in narrators:
            for one in person.utterances:
                for piece in one.pieces:
                    self.speaker.setdefault(piece.paragraph, set()).add(person.number)
        self.named: dict[int, set[int]] = {}
        starts = [one.start for one in article.paragraphs]
        for at, number in people.stream:
            named = people.all[number]
            if not (named.utterances or is_first_name(named.name.split(maxsplit=1)[0])):
                continue  # a body, or what only looks like a name
            self.named.setdefault(bisect_left(starts, at + 1) - 1, set()).add(number)
        self.own: dict[int, set[int]] = {}
        for told in (self.speaker, self.named):
            for paragraph, several in told.items():
                for number in several:
                    self.own.setdefault(number, set()).add(paragraph)

    def about(self, person: Person) -> list[int]:
        """Give the paragraphs that tell of a person, named there or taken up as he or she."""
        own = self.own.get(person.number, set())
        found = set(own)
        for number in sorted(own):
            following = number + 1
            while following < len(self.article.paragraphs) and following not in found:
                aside = self.article.paragraphs[following].kind == ASIDE
                if not (aside or self._takes_up(following, person)):
                    break
                if not aside:
                    found.add(following)
                following += 1
        return sorted(found)

    def _takes_up(self, number: int, person: Person) -> bool:
        one = self.article.paragraphs[number]
        if one.kind != BODY or self.named.get(number) or self.speaker.get(number):
            return False
        if self._speaks_of(one.text, person):
            return True
        subject = first_subject(one.text[:200], self.words)
        if subject is None or subject.gender not in ("", person.gender or subject.gender):
            return False
        return subject.kind == PRONOUN or (
            subject.kind == DESCRIBED and subject.definite and not subject.official
        )

    def _speaks_of(self, text: str, person: Person) -> bool:
        """Tell whether a text has a pronoun that may mean the person: `Then his boat sank`."""
        kinds = [k for k, g in (("she", "f"), ("he", "m")) if person.gender in ("", g)]
        found = tokens(text[:_LOOKED_AT])
        if any(self.words.has(kind, word) for kind in kinds for word in found):
            return True
        whose = _WHOSE.get(self.words.language, {}).get(person.gender, ())
        return any(word in whose for word in found)

    def scene(self, most: int) -> list[tuple[int, str]]:
        """Give the title and the first paragraphs of the report, which say where it is set."""
        body = [one for one in self.article.paragraphs[:20] if one.kind in (BODY, HEADING)]
        return [(one.start, one.text) for one in body[:most]]

    def context(self, person: Person) -> str:
        """Give the report around a person's words, paragraph by paragraph.

        The words of narrators are left out, since they are accounts: where a sentence goes on
        around them an omission is marked; where nothing else is said the paragraph goes.
        """
        chosen = self._chosen(person)
        found = []
        for place, number in enumerate(chosen):
            one = self.article.paragraphs[number]
            if one.kind == HEADING:
                if chosen[place + 1 : place + 2] == [number + 1]:
                    found.append(one.text)
                continue
            if text := self._without_accounts(one):
                found.append(text)
        return "\n\n".join(found)

    def _chosen(self, person: Person) -> list[int]:
        paragraphs = self.article.paragraphs
        if self.single and len(paragraphs) <= _WHOLE:
            return [n for n, one in enumerate(paragraphs) if one.kind != ASIDE]
        lead = [n for n, one in enumerate(paragraphs[:20]) if one.kind == BODY][:_LEAD]
        about = self.about(person)
        near = {n + step for n in about for step in (-1, 0, 1) if 0 <= n + step < len(paragraphs)}
        others = {
            n
            for n in {*lead, *near}
            if self.speaker.get(n, set()) - {person.number} and n not in about
        }
        kept = {*lead, *near} - others
        return [n for n in sorted(kept) if paragraphs[n].kind != ASIDE]

    def _without_accounts(self, one: Paragraph) -> str:
        first = bisect_left(self.taken, (one.start, 0))
        pieces, at = [], one.start
        for n in range(first, len(self.taken)):
            start, end = self.taken[n]
            if start >= one.end:
                break
            pieces.append(self.article.text[at:start])
            at = end
        if not pieces:
            return one.text
        pieces.append(self.article.text[at : one.end])
        beside = re.findall(r"\w+", " ".join(pieces))
        return OMITTED.join(pieces) if len(beside) > _LITTLE else ""

    def of_nobody(self, most: int) -> list[tuple[int, str]]:
        """Give the first paragraphs that name no person at all, with where each begins."""
        return [
            (one.start, one.text)
            for n, one in enumerate(self.article.paragraphs[:most])
            if one.kind == BODY and not (self.named.get(n) or self.speaker.get(n))
        ]

    def told_of(self, person: Person) -> Iterable[tuple[int, str]]:
        """Give the pieces of text that tell where a person was: his words, then the report's.

        Returns:
            where each piece begins in the article, and its text.
        """
        for one in person.utterances:
            for piece in one.pieces:
                yield piece.start, self.article.text[piece.start : piece.end]
        for number in self.about(person):
            paragraph = self.article.paragraphs[number]
            others = (self.named.get(number, set()) | self.speaker.get(number, set())) - {
                person.number
            }
            for begin, end in sentences(paragraph.text):
                start, stop = paragraph.start + begin, paragraph.start + end
                at = bisect_left(person.mentions, start)
                inside = at < len(person.mentions) and person.mentions[at] < stop
                if inside or not others:
                    yield from self._report(start, stop)

    def _report(self, start: int, stop: int) -> Iterable[tuple[int, str]]:
        """Give what of a sentence is not a narrator's words."""
        first = max(0, bisect_left(self.taken, (start, 0)) - 1)
        for n in range(first, len(self.taken)):
            begin, end = self.taken[n]
            if begin >= stop:
                break
            if end > start:
                if begin > start:
                    yield start, self.article.text[start:begin]
                start = max(start, end)
        if start < stop:
            yield start, self.article.text[start:stop]
