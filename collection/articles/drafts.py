"""Turns an article into drafts, one for each person who speaks in it of himself or herself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.articles.attribution import utterances
from collection.articles.circumstances import Circumstances
from collection.articles.document import BODY, GAP
from collection.articles.doubts import (
    DATE_GUESSED,
    NO_DATE,
    NOBODY,
    PLACE_DOUBTFUL,
    PLACE_OF_REPORT,
    PUBLISHER_GUESSED,
)
from collection.articles.interviews import as_told, interview
from collection.articles.marks import quotations
from collection.articles.people import People, Person
from collection.articles.placenames import Named, PlaceNames
from collection.articles.repetitions import without_repetitions
from collection.articles.speakers import Speakers
from collection.articles.themes import offered
from collection.articles.voices import voices
from collection.articles.witness import judged, stated
from collection.articles.words import language_of, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from collection.articles.attribution import Utterance
    from collection.articles.document import Article, Head
    from collection.articles.interviews import Whole
    from collection.articles.words import Words

_SHORT: Final = 60
"""Characters of the beginning of an account that stand in a title."""
_ENDS: Final = ",.!?…"
"""What the first part of a quotation ends with where the second may begin a sentence."""
DATE_OF_ARTICLE: Final = "date of the article"
_MOST_PLACES: Final = 8
QUESTION: Final = "Question: "
"""Stands before each question of an interview in the context."""
_FEW_PLACES: Final = 3
_REPORT: Final = 40
"""Paragraphs that are searched for a place where nothing about the person names one."""
_BEFORE_COLON: Final = re.compile(r"([^\W\d_][\w' -]{2,30}?)\s?:\s")
_DATELINE: Final = re.compile(
    r"([A-ZÀ-ÝА-ЯІЇЄ][A-ZÀ-ÝА-ЯІЇЄ .'’-]{2,40})"
    r"(?:(?:, [^—–(]{2,30}?)?(?: \([^)]{1,30}\))?(?:\.-|\s+[—–-]+)\s"
    r"|\. (?=[A-ZÀ-Ý])|(?: [^\W\d_]{2,12})? \| |[,.] \d\d?\.? [^\W\d_]{3,10}\.(?: |$))"
    r"|([A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){0,2}), \d\d?\.? [^\W\d_]{3,10} \d{4}\. "
)


def dated(date: str) -> dict[str, str] | None:
    """Give the day of an article as a record keeps it: not that of what is told, and said so."""
    return {"text": date, "reason": DATE_OF_ARTICLE} if date else None


def cited(head: Head) -> dict[str, str]:
    """Give where an article appeared, as the source of what was taken from it."""
    title = f"“{head.title}”" if head.title else ""
    named = [part for part in (head.author, title, head.publisher) if part]
    citation = ", ".join([*named, head.date] if named and head.date else named)
    return {key: value for key, value in (("citation", citation), ("url", head.url)) if value}


class Unsure(msgspec.Struct, frozen=True):
    """One doubt of a draft: the key it is about, the sentence, the span in the article."""

    field: str
    message: str
    start: int = 0
    end: int = 0


class Draft(msgspec.Struct, frozen=True):
    """One testimony as an article gives it."""

    raw: dict[str, Any]
    """Plain values by the record's keys."""
    taken: tuple[tuple[int, int], ...]
    """The spans of the article's text that are its account, in order."""
    doubts: tuple[Unsure, ...]


def drafts(
    article: Article, themes: Sequence[str] = (), places: Sequence[str] = ()
) -> Iterator[Draft]:
    """Give the testimonies of an article, in the order in which their people first speak.

    Args:
        article: as it was read.
        themes: those that may be offered.
        places: names that the collection knows.
    """
    language = language_of(article.text)
    words = words_of(language)
    names = PlaceNames(words, places)
    maker = _Maker(article, language, words, names, themes)
    if several := _wholes(article, words):
        yield from map(maker.of_whole, several)
        return
    found = quotations(article, words)
    spoken, _ = utterances(article, found, words)
    spoken = without_repetitions(article, spoken)
    people = People(article, words)
    speakers = Speakers(article, people, words, names.is_place)
    speakers.assign(spoken, [one.outer for one in found])
    names.learn(part.casefold() for person in people.all for part in person.name.split())
    narrators: list[tuple[Person, str]] = []
    for person in people.all:
        if person.official:
            person.utterances = [u for u in person.utterances if not stated(u, article, words)]
        if person.utterances:
            taken, why = judged(person, article, words)
            if taken:
                narrators.append((person, why))
    narrators.sort(key=lambda pair: pair[0].utterances[0].start)
    told = Circumstances(article, people, [person for person, _ in narrators], words)
    orphans = _nearest(speakers.orphans, [person for person, _ in narrators])
    for person, why in narrators:
        yield maker.of_person(person, why, told, orphans.get(person.number, []))


def _wholes(article: Article, words: Words) -> list[Whole]:
    """Read an article that is no report, but the words of one person or of one after another."""
    if (one := interview(article, words)) is not None:
        return [one]
    if several := voices(article, words):
        return several
    one = as_told(article, words)
    return [] if one is None else [one]


def _nearest(
    orphans: Iterable[Utterance], narrators: Sequence[Person]
) -> dict[int, list[Utterance]]:
    """Put what belongs to nobody with the narrator whose words stand nearest."""
    spoken = sorted((u.start, p.number) for p in narrators for u in p.utterances)
    found: dict[int, list[Utterance]] = {}
    at = 0
    for one in orphans if spoken else ():
        while at + 1 < len(spoken) and abs(spoken[at + 1][0] - one.start) <= abs(
            spoken[at][0] - one.start
        ):
            at += 1
        found.setdefault(spoken[at][1], []).append(one)
    return found


class _Maker:
    """Makes the drafts of one article."""

    def __init__(
        self,
        article: Article,
        language: str,
        words: Words,
        names: PlaceNames,
        themes: Sequence[str],
    ) -> None:
        self.article = article
        self.language = language or article.head.language
        self.words = words
        self.names = names
        self.themes = themes
        # Of the whole article, which may have very many narrators.
        self.rendering = "translated" if words.says("translated", article.text) else "edited"
        self.changed = words.says("changed", article.text)
        self.of_scene: list[Named] | None = None
        self.of_report: tuple[list[str], list[Unsure]] | None = None

    def of_person(
        self, person: Person, why: str, told: Circumstances, orphans: Sequence[Utterance]
    ) -> Draft:
        """Make the draft of somebody whom a report quotes."""
        account = _account(self.article, person.utterances)
        doubts = [Unsure("account", *doubt) for doubt in person.doubts]
        doubts += [Unsure("account", NOBODY, one.start, one.end) for one in orphans]
        if why:
            first = person.utterances[0]
            doubts.insert(0, Unsure("narrator", why, first.start, first.end))
        pieces = [*told.told_of(person)]
        named, unsure = self._places(pieces, person.name)
        own = len(named)
        if not named:
            if self.of_report is None:
                report = told.of_nobody(_REPORT)
                self.of_report = self._places(report, "", PLACE_OF_REPORT, _FEW_PLACES)
            named, unsure = self.of_report
        if 0 < own < _FEW_PLACES or not named:
            named, unsure = [*named], [*unsure]
            if self.of_scene is None:
                self.of_scene = [*self._led(told.scene(_FEW_PLACES))]
            for one in self.of_scene:
                if one.name not in named and one.name.casefold() not in person.name.casefold():
                    named.append(one.name)
                    unsure.append(Unsure("places", PLACE_OF_REPORT, one.at, one.at + one.length))
        context = told.context(person)
        raw = {
            "title": self._title(person.shown, person.described, account),
            "narrator": {
                "name": person.shown or person.described,
                "naming": person.naming,
            },
            "places": named,
            "themes": offered([*(text for _, text in pieces), context], self.themes),
            "account": account,
            "context": context,
        }
        taken = [(p.start, p.end) for one in person.utterances for p in one.pieces]
        return self._draft(raw, taken, [*doubts, *unsure])

    def of_whole(self, one: Whole) -> Draft:
        """Make the draft of the person whose words an article is."""
        text = self.article.text
        account = GAP.join(text[start:end] for start, end in one.spans)
        pieces = [(start, text[start:end]) for start, end in one.spans]
        pieces += [(start, text[start:end]) for start, end in one.context]
        named, unsure = self._places(pieces, f"{one.name} {one.interviewer}")
        starred = one.name.endswith("*")
        raw = {
            "title": self._title(one.name, "", account),
            "narrator": {
                "name": one.name,
                "naming": "pseudonym" if starred or self.changed else "",
            },
            "interviewers": [one.interviewer] if one.interviewer else [],
            "places": named,
            "themes": offered([account], self.themes),
            "account": account,
            "context": GAP.join(
                f"{QUESTION * (start in one.questions)}{text[start:end]}"
                for start, end in one.context
            ),
        }
        if one.own:
            raw["rendering"] = ""
        doubt = Unsure("account", one.doubt, *(one.spans[0][0], one.spans[-1][1]))
        return self._draft(raw, list(one.spans), [doubt, *unsure])

    def _draft(
        self, raw: dict[str, Any], taken: list[tuple[int, int]], doubts: list[Unsure]
    ) -> Draft:
        head = self.article.head
        raw |= {
            "rendering": raw.get("rendering", self.rendering),
            "language": self.language,
            "source": cited(head),
            "date": dated(head.date),
        }
        if "date" in head.guessed:
            doubts.append(Unsure("date", DATE_GUESSED))
        elif not head.date:
            doubts.append(Unsure("date", NO_DATE))
        if "publisher" in head.guessed:
            doubts.append(Unsure("source.citation", PUBLISHER_GUESSED))
        doubts += [Unsure("account", note) for note in self.article.notes]
        plain = {key: value for key, value in raw.items() if value}
        return Draft(plain, tuple(taken), tuple(dict.fromkeys(doubts)))

    def _title(self, name: str, described: str, account: str) -> str:
        who = name or described[:1].upper() + described[1:]
        if title := self.article.head.title:
            return f"{who}, in “{title}”" if who else title
        words = " ".join(account.split("\n", 1)[0].split()).rstrip(" ,;:—–-")
        if len(words) > _SHORT:
            words = (words[:_SHORT].rpartition(" ")[0] or words[:_SHORT]) + "…"
        words = words.replace(",…", "…")
        return f"{who}: “{words}”" if who else f"“{words}”"

    def _places(
        self,
        pieces: Sequence[tuple[int, str]],
        name: str,
        doubt: str = "",
        most: int = _MOST_PLACES,
    ) -> tuple[list[str], list[Unsure]]:
        """Find the places that some pieces name, each with its doubt.

        Args:
            pieces: where each begins in the article, and its text.
            name: of the person, no part of which is a place.
            doubt: what is unsure of all of them.
            most: how many there may be.
        """
        people = {part.casefold().rstrip("*") for part in name.split()}
        found: dict[str, None] = {}
        unsure = []
        for start, text in pieces:
            for one in self.names.named_in(text, people):
                if len(found) >= most or one.name in found:
                    continue
                found[one.name] = None
                if why := doubt or (PLACE_DOUBTFUL if one.doubtful else ""):
                    at = start + one.at
                    unsure.append(Unsure("places", why, at, at + one.length))
        for one in self._dateline(people):
            if one.name not in found:
                found[one.name] = None
                unsure.append(Unsure("places", PLACE_OF_REPORT, one.at, one.at + one.length))
        return list(found), unsure

    def _led(self, pieces: Sequence[tuple[int, str]]) -> Iterator[Named]:
        """Give the first town that some pieces lead up to, as `in Antakya` does."""
        for start, text in pieces:
            for one in self.names.named_in(text, set()):
                if one.town and not one.doubtful and one.led:
                    yield msgspec.structs.replace(one, at=start + one.at)
                    return

    def _dateline(self, people: set[str]) -> Iterator[Named]:
        """Read the place that a report is dated from: `ANTAKYA, Turkey — The first …`."""
        title = _BEFORE_COLON.match(self.article.head.title)
        for said in (self.article.head.publisher, title[1] if title else ""):
            # `Opole, 16 lipca 1997`; `Marseille : « La poussière … »`
            if self.names.is_town(said):
                at = max(self.article.text.find(said), 0)
                yield Named(said, at, len(said))
        first = next((one for one in self.article.paragraphs if one.kind == BODY), None)
        found = _DATELINE.match(first.text) if first is not None else None
        if first is None or found is None:
            return
        lead = next(iter(sorted(self.words.kinds.get("where", ()), key=len)), "in")
        place = found[1].title() if found[1] else found[2]
        for one in self.names.named_in(f"– {lead} {place}", people):
            yield msgspec.structs.replace(one, at=first.start, length=len(place))


def _account(article: Article, spoken: Sequence[Utterance]) -> str:
    """Put somebody's words together.

    The parts of a sentence that `she said` interrupts follow each other on one line, joined by
    a space; where the second begins a sentence, it begins a line, so that no sentence arises that
    nobody spoke. Separate quotations, and the paragraphs of a long one, are paragraphs.
    """
    pieces: list[str] = []
    for one in spoken:
        for n, piece in enumerate(one.pieces):
            if n and piece.paragraph == one.pieces[n - 1].paragraph:
                before = article.text[one.pieces[n - 1].end - 1]
                goes_on = article.text[piece.start].islower() or before not in _ENDS
                pieces.append(" " if goes_on else "\n")
            elif pieces:
                pieces.append(GAP)
            pieces.append(article.text[piece.start : piece.end])
    return "".join(pieces)
