"""Citations of a testimony that the press printed: the article is the source.

Chicago 17, 14.191 to 14.200 and 14.213 (newspapers, interviews in them) and 14.260 (quoted in);
MLA 9, 5.1 to 5.6, 5.105 (what is told at the end of an entry).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.citing.dates import UNDATED, said
from collection.citing.quoting import quoted
from collection.citing.sentences import (
    MANY,
    capital,
    interview_by,
    lead,
    listed,
    sentences,
    straight,
    translated_by,
    turned,
)
from collection.folding import fold

if TYPE_CHECKING:
    from collection.citing.names import Person
    from collection.citing.passage import Passage
    from collection.citing.press import Article
    from collection.citing.work import Work

_THE: Final = "The "


def note(one: Work, article: Article, passage: Passage | None) -> str:
    """Write a note in Chicago's form."""
    who = straight(one.narrators)
    # The paragraphs that are counted are those of the account, not of the article.
    place = f"{passage.place} of the testimony" if passage and passage.place else ""
    parts = [
        who if one.own else f"{who}, quoted in {straight(article.authors)}".rstrip(),
        quoted(article.title),
        interview_by(one.interviewers),
        *translated_by(one.translators),
        _without_the(article.container),
        _day(article, american=True),
        place,
        one.url,
    ]
    if not who:
        parts[0] = straight(article.authors)
    elif not one.own and not article.authors:
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    return sentences([listed(parts)])


def bibliography(one: Work, article: Article) -> str:
    """Write an entry of Chicago's bibliography; what nobody signed stands under the paper."""
    container = _without_the(article.container)
    people = authors(one, article)
    unsigned = not people and bool(container)
    day = _day(article, american=True)
    printed = listed([day] if unsigned else [container, day])
    parts = [
        container if unsigned else turned(people),
        quoted(article.title),
        capital(interview_by(one.interviewers)),
        *map(capital, translated_by(one.translators)),
        printed,
        testimony_of(one),
        one.url,
    ]
    return sentences(parts)


def works_cited(one: Work, article: Article) -> str:
    """Write an entry of MLA's works cited."""
    people = authors(one, article)
    day = _day(article, american=False)
    return sentences(
        [
            lead(people) if people else "",
            quoted(article.title),
            capital(interview_by(one.interviewers)),
            capital(listed([*translated_by(one.translators), article.container, day, one.url])),
            testimony_of(one),
        ]
    )


def in_text(one: Work, article: Article) -> str:
    """Name what begins the entry, as MLA does in the text."""
    people = authors(one, article)
    names = [who.family or who.name for who in people[:2]]
    first = f"{names[0]} et al." if len(people) >= MANY else " and ".join(names)
    first = first or quoted(article.title)
    return first if one.own else f"qtd. in {first}"


def authors(one: Work, article: Article) -> tuple[Person, ...]:
    """Give those under whom an article is cited: who was asked in it, or else who wrote it."""
    return one.narrators if one.own and one.narrators else article.authors


def testimony_of(one: Work) -> str:
    """Say whose testimony is meant, where the entry does not begin with the name."""
    return "" if one.own or not one.narrators else f"Testimony of {straight(one.narrators)}"


def _day(article: Article, *, american: bool) -> str:
    told = said(article.date, american=american)
    return "" if told == UNDATED else told


def _without_the(container: str) -> str:
    """Leave out the article that begins the name of an English newspaper (Chicago 14.193)."""
    rest = container.removeprefix(_THE)
    return rest if rest and fold(rest) != "times" else container
