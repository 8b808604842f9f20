"""What stands around a quotation: who was named there, who is meant by a pronoun, what goes on.

`speakers.py` decides by it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.document import BLOCK
from collection.articles.doubts import BY_PRESENCE
from collection.articles.marks import QUOTABLE
from collection.articles.naming import PRONOUN
from collection.articles.sentences import sentences
from collection.articles.subjects import first_subject
from collection.articles.words import TOKEN, tokens

if TYPE_CHECKING:
    from collection.articles.attribution import Utterance
    from collection.articles.document import Article, Paragraph
    from collection.articles.marks import Quotation
    from collection.articles.people import People, Person
    from collection.articles.recent import Recent
    from collection.articles.words import Words

_NEAR: Final = 1500
"""Characters within which somebody who was named or quoted may be meant by `he`."""
_MOST: Final = 300
"""People among whom a description is looked for."""
_QUESTION: Final = 30
"""Words of a question that the reporter asks, at most."""


class Surroundings:
    """Looks around the quotations of one article."""

    def __init__(self, article: Article, people: People, words: Words, recent: Recent) -> None:
        """Take an article, its people, the words of its language, and who spoke last."""
        self.article = article
        self.people = people
        self.words = words
        self.recent = recent

    def asks(self, one: Utterance) -> bool:
        """Tell a question in a dialogue behind dashes that nobody is named for: the reporter's."""
        piece = one.pieces[0]
        paragraph = self.article.paragraphs[piece.paragraph]
        text = self.article.text[piece.start : piece.end]
        return (
            one.clause is None
            and len(one.pieces) == 1
            and paragraph.text[:1] in "—–―-"
            and text.endswith("?")
            and len(text.split()) <= _QUESTION
            and not self.says_i(one)
        )

    def taken_up(self, one: Utterance, gender: str) -> Person | None:
        """Give whom the sentences since the last quotation take up: `The trader has moved`.

        Only where nobody is named behind that.
        """
        first = one.pieces[0].paragraph
        start = self.article.paragraphs[max(first - 1, 0)].start
        start = max(start, self.recent.last_end, one.start - _NEAR // 2)
        text = self.article.text[start : one.start]
        found: Person | None = None
        at = 0
        before = ""
        for match in TOKEN.finditer(text):
            low = match.group().casefold()
            if self.words.has("det", before) and not (
                self.words.has("new", before) or self.words.has("possess", before)
            ):
                person = any(self.words.has(kind, low) for kind in ("woman", "man", "person"))
                fitting = [
                    p
                    for p in self.people.all[: _MOST if person else 0]
                    if low in p.nouns and p.utterances and p.gender in ("", gender)
                ]
                if len(fitting) == 1 and fitting[0] is not self.recent.last:
                    found, at = fitting[0], start + match.start()
            before = low
        if found is None or self.recent.named_in(at, one.start) - {found.number}:
            return None
        return found

    def before(self, one: Utterance) -> tuple[int, str]:
        """Give what stands before a quotation in its paragraph, and where that begins."""
        first = one.pieces[0]
        start = self.article.paragraphs[first.paragraph].start
        start = max(start, first.outer[0] - _NEAR // 3)
        return start, self.article.text[start : first.outer[0]]

    def named_since(self, one: Utterance) -> Person | None:
        """Give the last of those who speak somewhere and were named since somebody spoke."""
        if self.recent.last is None:
            return None
        inside = self.recent.named_in(self.recent.last_end, one.start)
        others = [self.people.all[n] for n in inside - {self.recent.last.number}]
        fitting = [p for p in others if not p.official and p.utterances]
        return max(fitting, key=lambda p: p.last_mention(one.start), default=None)

    def by_pronoun(self, one: Utterance) -> Person | None:
        """Give whom a pronoun earlier in the paragraph means."""
        _, text = self.before(one)
        for token in reversed(tokens(text)):
            gender = (
                "f" if self.words.has("she", token) else "m" if self.words.has("he", token) else ""
            )
            if gender and (candidates := self.recent.active(one.start, gender)):
                candidates[0].doubts.append((BY_PRESENCE, one.start, one.end))
                return candidates[0]
        return None

    def goes_on(self, last: Quotation) -> bool:
        """Tell a quotation behind which the sentence goes on."""
        behind = self.article.text[last.outer[1] : self.end(last.paragraph)][:20]
        if not any(map(str.isalpha, behind)):
            return False
        comma = self.article.text[last.end - 1] == ","
        return comma or re.match(r"\s*(?:[,—–-]\s*|\s)[^\W\d_A-ZÀ-ÞА-ЯЁІЇЄҐ]", behind) is not None

    def says_i(self, one: Utterance) -> bool:
        """Tell whether the words of an utterance say I."""
        return any(self.words.firsts(self.article.text[p.start : p.end]) for p in one.pieces)

    def end(self, paragraph: int) -> int:
        """Give where a paragraph ends."""
        return self.article.paragraphs[paragraph].end

    def stands_alone(self, one: Utterance) -> bool:
        """Tell a paragraph that is hardly more than the quotation."""
        paragraph = self.article.paragraphs[one.pieces[0].paragraph]
        inside = sum(p.end - p.start for p in one.pieces if p.paragraph == one.pieces[0].paragraph)
        return paragraph.kind == BLOCK or inside + 40 > len(paragraph.text)

    def paragraph_before(self, number: int) -> int | None:
        """Give the number of the paragraph of the report before one; none where it is the first."""
        while number > 0:
            number -= 1
            if self.article.paragraphs[number].kind in QUOTABLE:
                return number
        return None

    def opened_by(self, paragraph: Paragraph) -> Person | None:
        """Give whom a paragraph of several sentences takes up with its first word: `She was …`."""
        spans = sentences(paragraph.text)
        opening = first_subject(paragraph.text[: spans[0][1]], self.words)
        if len(spans) < 2 or opening is None or opening.kind != PRONOUN:
            return None
        candidates = self.recent.active(paragraph.start, opening.gender)
        return candidates[0] if candidates else None
