"""Who speaks each quotation: names taken up again as she, as a surname, as the mother of two.

Every decision that the article's own words do not make leaves a doubt with the person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.attribution import BESIDE, SAID, Clause, signature
from collection.articles.descriptions import Descriptions, fit
from collection.articles.doubts import (
    AMBIGUOUS,
    BY_DESCRIPTION,
    BY_PRESENCE,
    CONTINUED,
    PARTIAL,
    SHARED,
    UNCLOSED,
)
from collection.articles.introductions import introduced, possible_name
from collection.articles.naming import AUTHOR, DESCRIBED, MANY, NAME, PRONOUN, TACIT, Subject
from collection.articles.nouns import known_gender
from collection.articles.recent import Recent
from collection.articles.sentences import sentences
from collection.articles.subjects import first_subject
from collection.articles.surroundings import Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collection.articles.attribution import Utterance
    from collection.articles.document import Article
    from collection.articles.people import People, Person
    from collection.articles.words import Words

_NEAR: Final = 1500
"""Characters within which somebody who was named or quoted may be meant by `he`."""
_QUESTION: Final = 30
"""Words of a question that the reporter asks, at most."""
_MOST: Final = 300
"""People among whom a description is looked for."""


class Speakers:
    """Tells who speaks, utterance by utterance, in the order of the article."""

    def __init__(
        self, article: Article, people: People, words: Words, is_place: Callable[[str], bool]
    ) -> None:
        """Take an article and its people, whom clauses are still to make known.

        Args:
            article: the article.
            people: nobody yet.
            words: those of its language.
            is_place: tells whether a name is that of a country or a large town.
        """
        self.is_place = is_place
        self.article = article
        self.people = people
        self.words = words
        self.recent = Recent(people)
        self.around = Surroundings(article, people, words, self.recent)
        self.described = Descriptions(article, people, words, self.recent, self.around)
        self._fragments: list[tuple[Utterance, Person | None]] = []
        self.orphans: list[Utterance] = []
        """What belongs to nobody."""
        self.authors: list[Utterance] = []
        """What the author of the article says or asks."""

    def assign(self, spoken: Sequence[Utterance], quoted: Sequence[tuple[int, int]]) -> None:
        """Give every utterance to a person, or to nobody.

        Args:
            spoken: the utterances, in order.
            quoted: the spans of all quotations, in order.
        """
        for name in self.people.starred_names():
            self.people.named(Subject(NAME, name, starred=True))
        for subject in introduced(self.article, quoted, self.words, self.is_place):
            self.people.named(subject)
        for one in spoken:
            one.clause = one.clause or signature(self.article, one, self.words)
        for how in (SAID, BESIDE):
            for one in spoken:
                if (clause := one.clause) is None or clause.how != how or one.fragment:
                    continue
                named = clause.subject.kind == NAME
                if named and (how == SAID or _is_persons(clause.subject)):
                    self._introduce(clause.subject)
        if not self.people.all:
            for subject in introduced(self.article, quoted, self.words, self.is_place, weakly=True):
                self.people.named(subject)
        self.people.look_for_mentions(quoted)
        if (opening := self._before_all(spoken)) is not None:
            self.people.named(opening)
            self.people.look_for_mentions(quoted)
        self.people.learn_from_report()
        for n, one in enumerate(spoken):
            following = spoken[n + 1] if n + 1 < len(spoken) else None
            if one.fragment:
                self._fragments.append((one, self._of_fragment(one)))
                continue
            self._give(one, self._speaker(one, following))
        for one, person in self._fragments:
            if person is not None and person.utterances and not person.official:
                person.utterances.append(one)
                person.utterances.sort(key=lambda u: u.start)
                person.doubts.append((PARTIAL, one.start, one.end))
        self.people.learn_from_report()

    def _before_all(self, spoken: Sequence[Utterance]) -> Subject | None:
        """Give the single word whom the first `she said` means, where nobody is named before."""
        first = spoken[0] if spoken else None
        if first is None or first.clause is None or first.clause.subject.kind != PRONOUN:
            return None
        if self.people.stream and self.people.stream[0][0] < first.start:
            return None
        opening = max(first.pieces[0].paragraph - 1, 0)
        start = max(self.article.paragraphs[opening].start, first.start - _NEAR // 2)
        before = self.article.text[start : first.pieces[0].outer[0]]
        return possible_name(before, self.words, self.is_place)

    def _introduce(self, subject: Subject) -> None:
        place = " " not in subject.name and self.people.find(subject.name) is None
        if place and self.is_place(subject.name):
            # `Moscow said` is a government.
            subject = msgspec.structs.replace(subject, official=True)
        self.people.named(subject)

    def _give(self, one: Utterance, person: Person | None) -> None:
        paragraph = one.pieces[-1].paragraph
        if person is None:
            if self.authors and self.authors[-1] is one:
                self.recent.asked(paragraph)
                return
            if one.clause and one.clause.subject.kind == AUTHOR:
                self.authors.append(one)
            else:
                self.orphans.append(one)
                self.recent.interrupted(paragraph)
            return
        person.utterances.append(one)
        if not all(piece.closed for piece in one.pieces):
            person.doubts.append((UNCLOSED, one.start, one.end))
        if one.partial:
            person.doubts.append((PARTIAL, one.start, one.end))
        self.recent.spoke(person, one.end, paragraph)

    def _speaker(self, one: Utterance, following: Utterance | None) -> Person | None:
        if self.around.asks(one):
            self.authors.append(one)
            return None
        clause = one.clause
        if clause is not None:
            kind = clause.subject.kind
            if kind == NAME:
                return self._of_name(one, clause)
            if kind == PRONOUN:
                return self._of_pronoun(one, clause)
            if kind == DESCRIBED and (known := self._of_that_name(clause.subject)) is not None:
                return known  # `so Müller`, who is no miller
            if kind == DESCRIBED:
                return self._of_description(one, clause)
            if kind == TACIT and (goes_on := self._tacit(one, clause.gender)) is not None:
                fit(goes_on, clause.gender, one, clause)
                return goes_on
            if kind in (AUTHOR, MANY) and clause.how == SAID:
                return None
        return self._of_nobody(one, following)

    def _of_fragment(self, one: Utterance) -> Person | None:
        """Give whose words a few are that the report takes up, if the clause says so plainly."""
        if one.clause is None:
            return None
        subject = one.clause.subject
        if subject.kind == NAME:
            return self.people.find(subject.name)
        if subject.kind == PRONOUN:
            candidates = self.recent.active(one.clause.at, subject.gender)
            return candidates[0] if len(candidates) == 1 else None
        if subject.kind == TACIT:
            return self._tacit(one, one.clause.gender)
        return None

    def _of_that_name(self, subject: Subject) -> Person | None:
        if " " in subject.words or not subject.words[:1].isupper():
            return None
        return self.people.find(subject.words)

    def _of_name(self, one: Utterance, clause: Clause) -> Person | None:
        found = self.people.find(clause.subject.name)
        if found is None:
            return self._of_nobody(one, None)
        if clause.statement:
            found.official = True
        if self.people.is_shared(clause.subject.name):
            found.doubts.append((SHARED, min(clause.at, one.start), max(clause.at, one.end)))
        fit(found, clause.gender, one, clause)
        if clause.how == BESIDE:
            found.doubts.append((BY_PRESENCE, one.start, one.end))
        return found

    # --- pronouns ----------------------------------------------------------------------------

    def _of_pronoun(self, one: Utterance, clause: Clause) -> Person | None:
        gender = clause.subject.gender
        if (office := self.described.office_before(one, gender)) is not None:
            return office
        if (described := self.described.before(one, gender)) is not None:
            fit(described, gender, one, clause)
            return described
        if (again := self.around.taken_up(one, gender)) is not None:
            again.doubts.append((BY_DESCRIPTION, min(clause.at, one.start), one.end))
            return again
        candidates = self.recent.active(clause.at, gender)
        if not candidates:
            candidates = [self.recent.last] if self.recent.last is not None else []
        if not candidates:
            return self.described.before(one, gender, known=True)
        if candidates[0].gender not in ("", gender):
            # Whoever of that gender spoke longer ago is likelier than one of the other.
            earlier = self._spoke_of_gender(gender)
            if earlier is not None:
                earlier.doubts.append((AMBIGUOUS, min(clause.at, one.start), one.end))
                return earlier
        if candidates[0].gender not in ("", gender) and not candidates[0].guessed:
            # Nobody of that gender is known: whoever the paragraph names by one word may be.
            _, before = self.around.before(one)
            if (new := possible_name(before, self.words, self.is_place)) is not None:
                candidates = [self.people.named(new)]
                candidates[0].gender = gender
                candidates[0].doubts.append((BY_PRESENCE, one.start, one.end))
        found = candidates[0]
        if len(candidates) > 1:
            found.doubts.append((AMBIGUOUS, min(clause.at, one.start), max(clause.at, one.end)))
        elif clause.how == BESIDE and self.recent.last is not found:
            found.doubts.append((BY_PRESENCE, one.start, one.end))
        fit(found, gender, one, clause)
        return found

    def _spoke_of_gender(self, gender: str) -> Person | None:
        """Give who spoke last of those who are known to be of a gender, and for no office."""
        fitting = [
            person
            for person in self.people.all[:_MOST]
            if person.utterances and person.gender == gender and not person.official
        ]
        return max(fitting, key=lambda person: person.utterances[-1].end, default=None)

    # --- descriptions ------------------------------------------------------------------------

    def _of_description(
        self, one: Utterance, clause: Clause, *, introduced: bool = False
    ) -> Person | None:
        subject = clause.subject
        relative = self.words.has("possess", subject.words.split(" ", 1)[0])
        if clause.how == BESIDE and relative and not self.described.knows(subject):
            # `Her husband begged her to stop. “I told him …”`
            last = self.recent.latest(clause.at, "")
            if last is not None:
                last.doubts.append((BY_PRESENCE, one.start, one.end))
                return last
        if clause.how == BESIDE and (subject.official or not subject.nouns):
            # Who introduces from the paragraph before was asked by that already.
            return None if subject.official or introduced else self._of_nobody(one, None)
        return self.described.of_clause(one, clause)

    def _tacit(self, one: Utterance, gender: str) -> Person | None:
        """Give who goes on speaking where only the verb says so."""
        inside = self.recent.named_in(
            self.article.paragraphs[one.pieces[0].paragraph].start, one.start
        )
        if len(inside) == 1:
            return self.people.all[inside.pop()]
        return self.recent.latest(one.start, gender)

    # --- nobody named ------------------------------------------------------------------------

    def _of_nobody(self, one: Utterance, following: Utterance | None) -> Person | None:
        paragraph = one.pieces[0].paragraph
        if self.around.goes_on(one.pieces[-1]):
            return None  # somebody is named behind it, but who cannot be read
        if self.recent.last is not None and self.recent.last_paragraph == paragraph:
            return self.recent.last
        if following is not None and following.pieces[0].paragraph == one.pieces[-1].paragraph:
            clause = following.clause
            if clause and clause.how == SAID:
                return self._speaker(following, None)
        inside = self.recent.named_in(self.article.paragraphs[paragraph].start, one.start)
        if len(inside) == 1:
            present = self.people.all[inside.pop()]
            present.doubts.append((BY_PRESENCE, one.start, one.end))
            return present
        if (taken_up := self.around.by_pronoun(one)) is not None:
            return taken_up
        before = self.around.paragraph_before(paragraph)
        last = self.recent.last
        silent = last is not None and last.official and self.around.says_i(one)
        alone = self.around.stands_alone(one)
        dialogue = self.article.paragraphs[paragraph].text[:1] in "—–―-"
        if dialogue and (turn := self.recent.in_turn(paragraph)) is not None:
            turn.doubts.append((CONTINUED, one.start, one.end))
            return turn
        if last is not None and self.recent.last_paragraph == before and alone and not silent:
            meant = self.around.named_since(one) or last
            meant.doubts.append((CONTINUED, one.start, one.end))
            return meant
        if not alone:
            return None
        found = None if before is None else self._introduced(one, before)
        office = found is not None and found.official
        if not self.around.says_i(one) or (found is not None and not office):
            return found
        found = self.recent.latest(one.start, "")
        if found is not None:
            found.doubts.append((CONTINUED, one.start, one.end))
        return found

    def _introduced(self, one: Utterance, before: int) -> Person | None:
        """Take whom the paragraph before speaks of."""
        paragraph = self.article.paragraphs[before]
        spans = sentences(paragraph.text)
        if not spans:
            return None
        sentence = paragraph.text[spans[-1][0] : spans[-1][1]]
        subject = first_subject(sentence, self.words)
        clause = Clause(subject, BESIDE, paragraph.start + spans[-1][0]) if subject else None
        found = None
        if clause and subject:
            if subject.kind == NAME:
                found = self.people.find(subject.name)
                if found is None and sentence.rstrip().endswith(":"):
                    found = self.people.named(subject)
            elif subject.kind == PRONOUN:
                candidates = self.recent.active(clause.at, subject.gender)
                found = candidates[0] if candidates else None
            elif subject.kind == DESCRIBED and sentence.rstrip().endswith(":"):
                return self._of_description(one, clause, introduced=True)
            elif subject.kind == DESCRIBED and (opening := self.around.opened_by(paragraph)):
                found = opening
            elif subject.kind == DESCRIBED and subject.definite and not subject.official:
                found = self.recent.latest(paragraph.end, subject.gender) if subject.nouns else None
        if found is None:
            inside = self.recent.named_in(paragraph.start, paragraph.end)
            found = self.people.all[inside.pop()] if len(inside) == 1 else None
        if found is None and len(spans) > 1:
            found = self.around.opened_by(paragraph)
        if found is not None and not sentence.rstrip().endswith(":"):
            found.doubts.append((BY_PRESENCE, one.start, one.end))
        return found


def _is_persons(subject: Subject) -> bool:
    """Tell a name that only stands beside a quotation, and is a person's all the same."""
    return " " in subject.name or bool(subject.nouns) or bool(known_gender(subject.name))
