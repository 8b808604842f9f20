"""Who was named and who spoke last: those whom a pronoun or a description may mean."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Final

from collection.articles.words import TOKEN

if TYPE_CHECKING:
    from collection.articles.people import People, Person

_NEAR: Final = 1500
"""Characters within which somebody who was named or quoted may be meant by `he`."""
_OPENING: Final = 30
"""Characters of a paragraph within which its subject stands."""
_FEW: Final = 12
"""How many mentions back a pronoun may reach."""


class Recent:
    """Keeps who spoke last while an article is gone through, and looks back from any place."""

    def __init__(self, people: People) -> None:
        """Take the people of an article, whose mentions are looked for already or later."""
        self.people = people
        self.last: Person | None = None
        """Who spoke last."""
        self.last_end = -1
        """Where that ended, and in which paragraph."""
        self.last_paragraph = -1
        self.before_last: tuple[Person, int] | None = None
        """Who spoke before who spoke last, and in which paragraph."""

    def spoke(self, person: Person, end: int, paragraph: int) -> None:
        """Note who spoke, where that ended, and in which paragraph."""
        if self.last is not None and (self.last is not person or self.last_paragraph != paragraph):
            self.before_last = self.last, self.last_paragraph
        self.last, self.last_end, self.last_paragraph = person, end, paragraph

    def in_turn(self, paragraph: int) -> Person | None:
        """Give whose turn it is where two speak by turns, each in a paragraph: who spoke first."""
        if self.before_last is None or self.last_paragraph != paragraph - 1:
            return None
        person, number = self.before_last
        return person if number == paragraph - 2 and person is not self.last else None

    def interrupted(self, paragraph: int) -> None:
        """Note that somebody unknown spoke: in another paragraph nobody goes on from there."""
        if self.last_paragraph != paragraph:
            self.last = None

    def asked(self, paragraph: int) -> None:
        """Note that the reporter asked something: who spoke last goes on behind that."""
        if self.last is not None:
            self.last_paragraph = paragraph

    def active(self, at: int, gender: str) -> list[Person]:
        """Give those whom a pronoun may mean, the likeliest first; one where that is certain.

        Who was named last in the same paragraph goes before who spoke last; who is known to be
        of the gender before who may be.
        """
        stream = self.people.stream
        n = bisect_left(stream, (at, 0))
        near = stream[max(0, n - _FEW) : n]
        recent = {number: place for place, number in near if at - place < _NEAR}
        if self.last is not None and at - self.last_end < _NEAR:
            recent[self.last.number] = max(recent.get(self.last.number, 0), self.last_end)
        fitting = [
            self.people.all[number]
            for number in sorted(recent, key=lambda number: -recent[number])
            if self.people.all[number].gender in ("", gender) or self.people.all[number].guessed
        ]
        start = self._paragraph_start(at)
        free = [p for p in fitting if not p.official or p.last_mention(at) >= start]
        fitting = free or fitting
        # Somebody's brother who never speaks is seldom meant where the other may be.
        free = [p for p in fitting if not self._is_aside(p, at, start)]
        fitting = free or fitting
        inside = [p for p in fitting if p.last_mention(at) >= start]
        if len(inside) == 1 and (not inside[0].gender or inside[0].guessed):
            return inside
        inside = [p for p in inside if p.gender in ("", gender)]
        known = [p for p in fitting if p.gender == gender]
        maybe = [p for p in fitting if not p.gender]
        wrong = [p for p in fitting if p.gender and p.gender != gender]
        since = [p for p in maybe if recent[p.number] > self.last_end]
        if since and known and not any(recent[p.number] > self.last_end for p in known):
            # Whoever was named since somebody spoke is likelier than who spoke.
            return [*since, *known]
        if (
            self.last in maybe
            and known
            and not any(recent[p.number] > self.last_end for p in known)
        ):
            # Who spoke last and may be meant, where nobody else was named since.
            return [self.last, *known]
        ordered = known or maybe or wrong
        if len(ordered) < 2:
            return ordered
        inside = [p for p in ordered if p in inside]
        if self.last in ordered and (not inside or inside == [self.last]):
            since = [
                p
                for p in ordered
                if p is not self.last
                and recent[p.number] > self.last_end
                and not self._in_passing(p, recent[p.number], gender)
            ]
            # Nobody else of that gender was named since.
            return [self.last] if not since else [since[0], self.last, *since[1:]]
        if len(inside) == 1:
            return inside
        return ordered

    def _is_aside(self, person: Person, at: int, start: int) -> bool:
        """Tell a relative of somebody whom no paragraph is about, and who has not spoken."""
        place = person.last_mention(at)
        if not person.relative or person.utterances or place >= start:
            return False
        return place - self._paragraph_start(place) >= _OPENING

    def _in_passing(self, person: Person, at: int, gender: str) -> bool:
        """Tell whom only a paragraph names that tells of another: `He saw Mr Bates on stage`."""
        if not person.mentions or person.mentions[0] != at:
            return False
        opening = TOKEN.match(self.people.article.text, self._paragraph_start(at))
        kind = {"f": "she", "m": "he"}.get(gender, "")
        return opening is not None and self.people.words.has(kind, opening.group())

    def latest(self, at: int, gender: str) -> Person | None:
        """Give whom a description takes up: who was named or spoke last."""
        stream = self.people.stream
        n = bisect_left(stream, (at, 0))
        near = [(place, self.people.all[number]) for place, number in stream[max(0, n - 4) : n]]
        if self.last is not None:
            near.append((self.last_end, self.last))
        near.sort(key=lambda pair: -pair[0])
        fitting = [p for _, p in near if p.gender in ("", gender or p.gender) or p.guessed]
        free = [p for p in fitting if not p.official]
        # Somebody's brother seldom speaks where the other does, unless a paragraph is about him.
        named = {
            p.number
            for place, p in near
            if not p.relative or place - self._paragraph_start(place) < _OPENING
        }
        return next((p for p in free if p.utterances or p.number in named), next(iter(free), None))

    def named_in(self, start: int, end: int) -> set[int]:
        """Give the numbers of those whom the report names within a span."""
        stream = self.people.stream
        first, last = bisect_left(stream, (start, 0)), bisect_left(stream, (end, 0))
        return {number for _, number in stream[first:last]}

    def _paragraph_start(self, at: int) -> int:
        return self.people.starts[bisect_right(self.people.starts, at) - 1]
