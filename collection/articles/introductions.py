"""Finds the people whom a report introduces by name before, or without, their speaking."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from collection.articles.document import ASIDE, HEADING
from collection.articles.naming import NAME, Subject
from collection.articles.nouns import Token, is_common, is_first_name, name_gender, tokenised
from collection.articles.subjects import read_name
from collection.articles.words import TOKEN, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from collection.articles.document import Article
    from collection.articles.words import Words

_APPOSITION: Final = re.compile(r"\s?(?:,|\(|–|—)\s*")
_NO_NAMES: Final = (
    *("stop", "det", "not", "role", "body", "where", "prep", "aux", "many", "say", "and"),
    *("he", "she", "they", "i", "we"),
)
_JOINING: Final = frozenset(("es", "fr"))
_OF: Final = frozenset(("de", "del", "du", "des"))
"""What joins the parts of the name of a place or a body in these."""
_STEM: Final = 3
_STOPS: Final = ("", ".", "!", "?", "…", ":")
_CLOSE: Final = 10
"""Characters before a word that are looked at."""
_WEAK: Final = 50
_MOST: Final = 5_000
"""Names that a report is searched for at most."""


def introduced(
    article: Article,
    quoted: Sequence[tuple[int, int]],
    words: Words,
    is_place: Callable[[str], bool],
    *,
    weakly: bool = False,
) -> Iterator[Subject]:
    """Give the names of people in a report, in order, as often as they stand there.

    A name of several words counts anywhere; one of a single word only with something that makes
    it a person's: an age or a trade behind it, `her brother` before it, or a known first name.

    Args:
        article: the article.
        quoted: the spans of its quotations, in order.
        words: the words of its language.
        is_place: tells whether a name is that of a country or a large town.
        weakly: whether to give single words that may as well be something else, too.
    """
    small = Counter(
        match.group()
        for one in article.paragraphs
        for match in TOKEN.finditer(one.text)
        if match.group()[0].islower()
    )
    capitals = {
        match.group()
        for one in article.paragraphs
        for match in TOKEN.finditer(one.text)
        if match.group()[0].isupper()
    }
    middle = _within_sentences(article)
    starts = [start for start, _ in quoted]
    weak: list[Subject] = []
    left = _MOST
    for one in article.paragraphs:
        if one.kind in (ASIDE, HEADING):
            continue
        tokens = tokenised(one.text)
        place = 0
        while place < len(tokens) and left:
            token = tokens[place]
            at = one.start + token.start
            n = bisect_left(starts, at + 1) - 1
            if not token.capital or (n >= 0 and at < quoted[n][1]):
                place += 1
                continue
            if is_common(token, words) and not words.has("det", token.text):
                place += 1  # `In Madaya`
                continue
            run, subject = read_name(one.text, tokens, place, words)
            around = _Around(one.text, _directly_before(one.text, tokens, place), run)
            if subject is not None and _is_genitive(subject, capitals, words):
                subject = None
            if subject is not None and _is_person(subject, around, small, middle, words):
                left -= 1
                if not is_place(subject.name):
                    yield subject
            elif (
                subject is not None and len(weak) < _WEAK and _may_be(subject, around, small, words)
            ):
                weak.append(subject)
            place += max(len(run), 1)
    if weakly:
        yield from (one for one in weak if not is_place(one.name))


def _within_sentences(article: Article) -> set[str]:
    """Give the beginnings of the capitalised words that no sentence begins with."""
    return {
        match.group()[: max(_STEM, len(match.group()) - 2)]
        for one in article.paragraphs
        for match in TOKEN.finditer(one.text)
        if match.group()[0].isupper() and one.text[match.start() - 1 : match.start()] == " "
        if one.text[max(match.start() - 2, 0) : match.start() - 1] not in _STOPS
    }


def _elsewhere(subject: Subject, middle: set[str]) -> bool:
    return subject.name[: max(_STEM, len(subject.name) - 2)] in middle


def _is_genitive(subject: Subject, capitals: set[str], words: Words) -> bool:
    """Tell what belongs to somebody, as `Nadims Antrag`, where `Nadim` stands elsewhere."""
    first, _, rest = subject.name.partition(" ")
    if words.language != "de" or not rest or not first.endswith("s") or is_first_name(first):
        return False
    return first[:-1] in capitals


def possible_name(text: str, words: Words, is_place: Callable[[str], bool]) -> Subject | None:
    """Give the last single word of a text that may be somebody's name.

    Args:
        text: the sentences before a quotation.
        words: the words of the language.
        is_place: tells whether a name is that of a country or a large town.
    """
    tokens = tokenised(text)
    small = Counter(token.text for token in tokens if token.text[0].islower())
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        if not token.capital or is_common(token, words):
            continue
        run, subject = read_name(text, tokens, place, words)
        around = _Around(text, _directly_before(text, tokens, place), run)
        if subject is not None and _may_be(subject, around, small, words):
            return None if is_place(subject.name) else subject
    return None


def _directly_before(text: str, tokens: Sequence[Token], place: int) -> Token | None:
    """Give the word before a name, where no stop parts the two but that of `her brother, Ben`."""
    if not place:
        return None
    before = tokens[place - 1]
    gap = text[before.end : tokens[place].start]
    return before if gap in (" ", ", ", "\u00a0") else None


def _may_be(subject: Subject, around: _Around, small: Counter[str], words: Words) -> bool:
    """Tell a single word that may be a name, where an article names nobody more clearly."""
    if words.language == "de" or " " in subject.name or subject.official:
        return False
    before = around.before
    apart = before is not None and "," in around.text[before.end : around.run[0].start]
    led = (
        before is not None
        and not apart
        and (
            words.has("where", before.text) or words.has("prep", before.text) or before.low == "the"
        )
    )
    behind = around.text[around.run[-1].end :][:2]
    return (
        not (led or small[subject.name.casefold()] or _is_word(subject.name, words))
        and behind[1:2].islower()
    )


class _Around(NamedTuple):
    """Where a name stands."""

    text: str
    before: Token | None
    run: Sequence[Token]


def _is_person(
    subject: Subject, around: _Around, small: Counter[str], middle: set[str], words: Words
) -> bool:
    """Tell whether a capitalised name is that of a person."""
    text, before, run = around
    if subject.kind != NAME or subject.official:
        return subject.kind == NAME and " " in subject.name
    if small[subject.name.casefold()]:
        return False
    if " " in subject.name:
        if before is not None and before.low == "the":
            return bool(subject.nouns)  # `the Black Sea`
        if run[0].low == "the":
            return False
        opening = subject.name.split(maxsplit=1)[0]
        led = [token for token in run if token.start < subject.start]
        led += [before] if before is not None else []
        article = any(words.has("det", token.text) for token in led)
        joined = words.language in _JOINING and any(t.low in _OF for t in run)
        parts_of = subject.name.split()
        if any(part.endswith(("'s", "’s")) for part in parts_of[:-1]) or opening[0].islower():
            return False  # `Morocco’s High Atlas`
        led_to = before is not None and before.end == run[0].start - 1
        if led_to and before is not None and _leads_to_place(before, words) and not subject.words:
            return is_first_name(opening)  # `im Frauengefängnis Hoheneck`
        if (article or joined) and not subject.nouns and not is_first_name(opening):
            return False  # `el Tapón del Darién`
        if words.language != "de" or subject.nouns or _is_known(subject.name, words):
            return True
        # Two nouns seldom stand side by side where nothing leads up to them.
        free = before is None or not words.has("det", before.text)
        return free and not any(_is_word(token.text, words) for token in run)
    if (
        before is not None
        and words.has("where", before.text)
        and "," not in (text[before.end : run[0].start])
    ):
        return False
    if subject.nouns:
        return True
    if words.language == "de" and before is not None and words.has("det", before.text):
        return False  # `vor dem Tor`, which is a first name elsewhere
    if text[max(run[0].start - _CLOSE, 0) : run[0].start].rstrip()[-1:].isdigit():
        return False  # `23 Kinder`
    behind = text[run[-1].end : run[-1].end + 60]
    if _opens(text, run[0]) and not (_is_known(subject.name, words) or _elsewhere(subject, middle)):
        return _is_apposed(behind, words)  # not `Точніше, його голос`
    if apposed := _APPOSITION.match(behind):
        first = TOKEN.match(behind, apposed.end())
        told = first is not None and (
            words.has("det", first.group()) or words.has("who", first.group())
        )
        if words.says("changed", behind) or (told and words.language != "de"):
            return True
    if before is not None and any(
        words.has(kind, part) for kind in ("woman", "man") for part in parts(before.low)
    ):
        return text[before.end : run[0].start].strip(" ") in ("", ",")
    if before is not None and words.has("called", before.text):
        return True
    if words.language != "de" and name_gender(subject.name) == "f" and _opens(text, run[0]):
        return not _is_word(subject.name, words)
    return _is_known(subject.name, words)


def _is_apposed(behind: str, words: Words) -> bool:
    """Tell whether a comma, and what only follows a person's name, stands behind a word."""
    apposed = _APPOSITION.match(behind)
    first = TOKEN.match(behind, apposed.end()) if apposed is not None else None
    if first is None or words.language == "de" or words.has("possess", first.group()):
        return False
    return words.has("det", first.group()) or words.has("who", first.group())


def _leads_to_place(token: Token, words: Words) -> bool:
    if words.has("and", token.text) or token.low in ("between", "zwischen", "entre"):
        return False
    return words.has("where", token.text) or token.low in ("im", "am", "zum", "zur", "vom")


def _opens(text: str, token: Token) -> bool:
    before = text[max(token.start - _CLOSE, 0) : token.start]
    return before.rstrip()[-1:] in ("", ".", "!", "?", "…", "”", "»", '"')


def _is_known(name: str, words: Words) -> bool:
    """Tell whether a name begins with a first name of the tables that is no other word."""
    first = name.split(maxsplit=1)[0]
    known = is_first_name(first) or (" " in name and bool(name_gender(name)))
    return known and not _is_word(first, words)


def _is_word(name: str, words: Words) -> bool:
    return any(words.has(kind, name) for kind in _NO_NAMES)
