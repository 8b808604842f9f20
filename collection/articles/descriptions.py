"""Who is described rather than named: `the mother of two`, `One woman, a cook, …`, an office.

`speakers.py` asks it where a clause, or the pronoun in one, names nobody.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.doubts import BY_DESCRIPTION, BY_PRESENCE, MISMATCH
from collection.articles.naming import DESCRIBED, NAME, Subject
from collection.articles.sentences import sentences
from collection.articles.subjects import first_subject

if TYPE_CHECKING:
    from collection.articles.attribution import Clause, Utterance
    from collection.articles.document import Article
    from collection.articles.people import People, Person
    from collection.articles.recent import Recent
    from collection.articles.surroundings import Surroundings
    from collection.articles.words import Words

_GAVE: Final = re.compile(
    r"\b(?:sur|first |last )?named?(?: is| as| only)?,?(?: only)? ([A-ZÀ-ÞА-ЯЁІЇЄҐ][\w'’-]+)"
)
"""How a report names somebody whom it describes first."""
_FIRST: Final = 2
"""Sentences of a paragraph in which somebody is brought in."""
_SAID: Final = 300
"""Characters of a clause in which somebody gives a name."""
_MOST: Final = 300
"""People among whom a description is looked for."""


class Descriptions:
    """Keeps the people of one article who have no name, and tells who is described."""

    def __init__(
        self, article: Article, people: People, words: Words, recent: Recent, around: Surroundings
    ) -> None:
        """Take an article, its people, the words of its language, and what is looked at for it."""
        self.article = article
        self.people = people
        self.words = words
        self.recent = recent
        self.around = around
        self._described: dict[str, Person] = {}
        self._brought_in_by: dict[str, int] = {}
        """The numbers of the paragraphs that brought them in."""

    def knows(self, subject: Subject) -> bool:
        """Tell whether somebody was described by these words before."""
        return subject.words in self._described

    def of_clause(self, one: Utterance, clause: Clause) -> Person:
        """Give whom the description in a clause means, or makes known."""
        subject = clause.subject
        if not subject.nouns and not subject.official and not self.around.says_i(one):
            # `the coastguard said`: an office that the tables do not know.
            subject = msgspec.structs.replace(subject, official=True)
        if subject.words in self._described:
            return self._described[subject.words]
        if subject.definite:
            fitting = [
                p
                for p in self.people.all[:_MOST]
                if subject.nouns & p.nouns
                and p.gender in ("", subject.gender or p.gender)
                and (p.utterances or p.last_mention(one.start) >= 0)
            ]
            if fitting:
                best = max(fitting, key=lambda p: (len(p.nouns & subject.nouns), _last(p, one)))
                fit(best, subject.gender, one, clause)
                return best
            last = None if subject.official else self.recent.latest(clause.at, subject.gender)
            if last is not None:
                last.doubts.append(
                    (BY_DESCRIPTION, min(clause.at, one.start), max(clause.at, one.end))
                )
                fit(last, subject.gender, one, clause)
                last.nouns |= subject.nouns
                return last
        said = self.article.text[clause.at : clause.at + _SAID].split(". ")[0]
        if named := _GAVE.search(said):
            # `a worker, who gave only his surname, Wong`
            subject = msgspec.structs.replace(subject, kind=NAME, name=named[1])
            made = self.people.named(subject)
        else:
            made = self.people.described(subject)
        self._described[subject.words] = made
        made.official |= clause.statement
        fit(made, clause.gender, one, clause)
        return made

    def office_before(self, one: Utterance, gender: str) -> Person | None:
        """Give the office that the sentence with a colon before names: `The mayor calls: …`."""
        _, before = self.around.before(one)
        spans = sentences(before)
        if not spans or not before.rstrip().endswith(":"):
            return None
        subject = first_subject(before[spans[-1][0] :], self.words)
        if subject is None or subject.kind != DESCRIBED or not subject.official:
            return None
        if subject.gender not in ("", gender):
            return None
        return self._described_as(subject, one.pieces[0].paragraph)

    def before(self, one: Utterance, gender: str, *, known: bool = False) -> Person | None:
        """Give somebody without a name whom the paragraph brings in, as in `One father waited`."""
        start, before = self.around.before(one)
        if self.recent.named_in(start, one.start):
            return None
        found = None
        if not before.strip(" \n\"'“„«»‘”"):
            brought_in = self._brought_in(one, gender)
            if brought_in is not None:
                return brought_in
        for begin, end in sentences(before):
            subject = first_subject(before[begin:end], self.words)
            if subject is None or subject.kind != DESCRIBED:
                continue
            new = known or not subject.definite
            if subject.gender in ("", gender) and new and _is_someone(subject):
                found = subject
        if found is None:
            return None
        return self._described_as(found, one.pieces[0].paragraph)

    def _described_as(self, subject: Subject, paragraph: int) -> Person:
        """Give whom a paragraph describes: `One woman` in another one is another woman."""
        person = self._described.get(subject.words)
        again = self._brought_in_by.get(subject.words, paragraph) != paragraph
        if person is None or (again and not subject.definite):
            person = self._described[subject.words] = self.people.described(subject)
            self._brought_in_by[subject.words] = paragraph
        return person

    def _brought_in(self, one: Utterance, gender: str) -> Person | None:
        """Give whom the paragraph before brings in without a name: `One woman, a cook, …`."""
        number = self.around.paragraph_before(one.pieces[0].paragraph)
        if number is None or number == self.recent.last_paragraph:
            return None
        paragraph = self.article.paragraphs[number]
        if self.recent.named_in(paragraph.start, paragraph.end):
            return None
        for begin, end in sentences(paragraph.text)[:_FIRST]:
            sentence = paragraph.text[begin:end]
            subject = first_subject(sentence, self.words)
            if subject is None or subject.kind != DESCRIBED or subject.start:
                continue
            phrase = subject.words
            told = sentence[len(phrase) : len(phrase) + 1] == ","
            new = not subject.definite and not self.words.has("possess", phrase.split(" ", 1)[0])
            if not (new and told and subject.gender == gender and not subject.official):
                continue
            person = self._described_as(subject, number)
            person.doubts.append((BY_PRESENCE, one.start, one.end))
            return person
        return None


def fit(person: Person, gender: str, one: Utterance, clause: Clause) -> None:
    """Compare what a pronoun or a verb says with what is known; learn where it is not."""
    if not gender:
        return
    if not person.gender or person.guessed:
        person.gender, person.guessed = gender, False
    elif person.gender != gender:
        person.doubts.append((MISMATCH, min(clause.at, one.start), max(clause.at, one.end)))


def _is_someone(subject: Subject) -> bool:
    return bool(subject.nouns) or subject.official


def _last(person: Person, one: Utterance) -> int:
    spoken = person.utterances[-1].end if person.utterances else -1
    return max(spoken, person.last_mention(one.start))
