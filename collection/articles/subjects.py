"""Reads who a clause says is speaking: a name, a pronoun, or a description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.naming import (
    AUTHOR,
    DESCRIBED,
    MANY,
    NAME,
    PRONOUN,
    Subject,
    described,
    named,
    with_apposition,
)
from collection.articles.nouns import (
    Token,
    is_common,
    is_initial,
    nouns_of,
    tokenised,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.words import Words

_PARTICLES: Final = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "del",
        "della",
        "da",
        "di",
        "du",
        "la",
        "le",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "bat",
        "ter",
        "zu",
        "y",
        "dos",
    ]
)
_STOP: Final = re.compile(r"[,;:.!?()\[\]—–\n“”„«»\"]|\s-\s")
_ADVERB: Final = {"en": "ly", "fr": "ment", "es": "mente"}
_LONGEST: Final = 12
"""Words of a description at most."""


def subject_before(clause: str, tokens: Sequence[Token], verb: int, words: Words) -> Subject | None:
    """Read the subject that stands before a verb of speech.

    Args:
        clause: the text.
        tokens: its words.
        verb: the number of the verb among them.
        words: the words of the language.
    """
    last = verb - 1
    limit = tokens[verb].start
    while last >= 0 and _is_between(tokens[last], words):
        last -= 1
    if last < 0:
        return None
    behind = clause[tokens[last].end : limit]
    if "," in behind or "—" in behind or ")" in behind or "–" in behind:
        return _before_apposition(clause, tokens[: last + 1], words)
    return _ending(clause, tokens[: last + 1], words)


def subject_after(clause: str, tokens: Sequence[Token], verb: int, words: Words) -> Subject | None:
    """Read the subject that stands behind a verb of speech, as in `said Oleg, a baker`."""
    first = verb + 1
    while first < len(tokens) and first < verb + 6 and _is_between(tokens[first], words):
        first += 1
    if first >= len(tokens):
        return None
    if _STOP.search(clause[tokens[verb].end : tokens[first].start]):
        return None
    return _starting(clause, tokens[first:], words)


def first_subject(clause: str, words: Words) -> Subject | None:
    """Read whom a clause begins with, as in `Anna, 34, a nurse:` or `She shrugs`."""
    tokens = tokenised(clause)
    for place, token in enumerate(tokens[:_LONGEST]):
        if words.has("prep", token.text) or _is_object(clause, tokens, place, words):
            continue
        if pronoun := _pronoun(token, words):
            return pronoun
        if place == 0 and (words.has("say", token.text) or words.has("asks", token.text)):
            continue  # `Asked about it, he …`
        if place == 0 or token.capital or words.has("det", token.text):
            found = _starting(clause, tokens[place:], words)
            if found and found.kind in (NAME, DESCRIBED):
                return found
    return None


def _is_object(clause: str, tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell a word that a preposition leads up to: `In Kherson Anna …`."""
    if place > 1 and tokens[place].capital and words.has("det", tokens[place - 1].text):
        place -= 1  # `An der Wand …`
    if not place or not words.has("prep", tokens[place - 1].text):
        return False
    return "," not in clause[tokens[place - 1].end : tokens[place].start]


def read_name(
    text: str, tokens: Sequence[Token], place: int, words: Words
) -> tuple[list[Token], Subject | None]:
    """Read a name that stands anywhere in a text, with what is said around it.

    Args:
        text: a paragraph.
        tokens: its words.
        place: the number of a capitalised one, the one before which belongs to no name.
        words: the words of the language.

    Returns:
        the words that the name may take up; and who it is, where it is anybody.
    """
    run = _run_at(text, tokens[place : place + 7])
    rest = list(run)
    while rest and is_common(rest[0], words):
        rest.pop(0)
    if not rest:
        return run, None
    # `Seine Frau Inge`
    lead = [token for token in run[: len(run) - len(rest)] if words.has("det", token.text)]
    for before in () if lead else reversed(tokens[max(0, place - 3) : place]):
        gap = text[before.end : (lead or rest)[0].start]
        noun = any(words.has(kind, before.low) for kind in ("woman", "man", "person", "role"))
        if gap != " " and not (gap == ", " and noun and not lead):
            break
        if not lead and not noun and not words.has("det", before.text):
            break
        lead.insert(0, before)
    found = named(text, lead, rest, words)
    if found is None or found.kind != NAME:
        return run, None
    return run, with_apposition(found, text[rest[-1].end : rest[-1].end + 200], words)


def _is_between(token: Token, words: Words) -> bool:
    """Tell what may stand between a subject and its verb."""
    if token.capital and words.language != "de":
        return False
    adverb = _ADVERB.get(words.language, "")
    return words.has("aux", token.text) or bool(adverb and token.low.endswith(adverb))


def _pronoun(token: Token, words: Words) -> Subject | None:
    if words.has("she", token.text):
        return Subject(PRONOUN, gender="f", start=token.start)
    if words.has("he", token.text):
        return Subject(PRONOUN, gender="m", start=token.start)
    if words.has("they", token.text):
        return Subject(MANY, start=token.start)
    low = token.low
    if low in ("i", "we", "ich", "wir", "je", "nous", "yo", "я", "мы", "ми", "ja", "my"):
        return Subject(AUTHOR, start=token.start)
    return None


def _ending(clause: str, tokens: Sequence[Token], words: Words) -> Subject | None:
    """Read the subject that some words end with."""
    if not tokens:
        return None
    last = tokens[-1]
    if pronoun := _pronoun(last, words):
        return pronoun
    first = len(tokens) - 1
    # Back to what begins the phrase: a determiner, a stop, a verb of speech.
    while first > 0 and len(tokens) - first < _LONGEST:
        gap = clause[tokens[first - 1].end : tokens[first].start]
        before = tokens[first - 1]
        if (_STOP.search(gap) and not is_initial(clause, before)) or words.has("say", before.text):
            break
        joins = words.has("and", before.text) or words.has("who", before.text)
        if joins and not words.has("det", before.text):
            break
        first -= 1
    phrase = list(tokens[first:])
    run = _run_at_end(clause, phrase, words)
    if run and not _behind_preposition(phrase, run, words):
        head = phrase[: len(phrase) - len(run)]
        start = max((n for n, t in enumerate(head) if words.has("det", t.text)), default=-1)
        lead = head[start:] if start >= 0 else head[-4:]
        return named(clause, lead, run, words)
    # `the mother of two`, `a teacher from Kherson`: from the first determiner of the phrase on.
    start = next((n for n, t in enumerate(phrase) if words.has("det", t.text)), 0)
    return described(clause, phrase[start:], words)


def _before_apposition(clause: str, tokens: Sequence[Token], words: Words) -> Subject | None:
    """Read the subject that an apposition parts from its verb: `Anna, a nurse, said`."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        gap = clause[segments[-1][-1].end : token.start] if segments[-1] else ""
        if _STOP.search(gap) and not (segments[-1] and is_initial(clause, segments[-1][-1])):
            segments.append([])
        segments[-1].append(token)
    for place in range(len(segments) - 1, -1, -1):
        segment = segments[place]
        opening = segment[0]
        apposed = (
            not opening.capital
            or words.has("det", opening.text)
            or words.has("who", opening.text)
            or opening.text[:1].isdigit()
        )
        if place and apposed and not _pronoun(segment[-1], words):
            continue
        found = _ending(clause, segment, words)
        if found and found.kind == NAME:
            rest = clause[segment[-1].end : tokens[-1].end]
            return with_apposition(found, rest, words)
        if found:
            return found
    return None


def _starting(clause: str, tokens: Sequence[Token], words: Words) -> Subject | None:
    """Read the subject that some words begin with."""
    if not tokens:
        return None
    if pronoun := _pronoun(tokens[0], words):
        return pronoun
    lead: list[Token] = []
    place = 0
    while place < len(tokens) and place < _LONGEST:
        token = tokens[place]
        gap = clause[tokens[place - 1].end : token.start] if place else ""
        described_first = bool(nouns_of(_text(clause, lead), words)) or (
            len(lead) > 1 and words.has("det", lead[0].text)
        )
        apposed = gap == ", " and token.capital and described_first
        if _STOP.search(gap) and not apposed:
            break
        if token.capital and _may_be_name(token, words):
            run = _run_at(clause, tokens[place:])
            if apposed and clause[run[-1].end : run[-1].end + 1] not in (".", ",", ":", ""):
                break  # `sa collègue, Fatima Zerrouki.`, and nothing else behind
            if _behind_preposition([*lead, *run], run, words):
                return described(clause, [*lead, *run], words)
            found = named(clause, lead, run, words)
            if found is None or found.kind != NAME:
                return found
            return with_apposition(found, clause[run[-1].end : run[-1].end + 200], words)
        ends = words.has("say", token.text) or words.has("who", token.text)
        ends |= len(lead) > 1 and words.has("aux", token.text)
        if ends and not words.has("det", token.text):
            break
        if not lead and words.has("prep", token.text):
            return None
        lead.append(token)
        place += 1
    return described(clause, lead, words)


def _text(clause: str, tokens: Sequence[Token]) -> str:
    return clause[tokens[0].start : tokens[-1].end] if tokens else ""


def _may_be_name(token: Token, words: Words) -> bool:
    return not (words.has("not", token.text) or words.has("det", token.text))


def _run_at(clause: str, tokens: Sequence[Token]) -> list[Token]:
    """Take the capitalised words that tokens begin with, and the particles between them."""
    run: list[Token] = []
    for place, token in enumerate(tokens[:6]):
        gap = clause[run[-1].end : token.start] if run else ""
        if run and gap.strip() and not (gap.strip() == "." and is_initial(clause, run[-1])):
            break
        if run and run[-1].text.endswith("*"):
            break
        following = next(
            (t for t in tokens[place + 1 : place + 4] if t.low not in _PARTICLES), None
        )
        if token.capital or (
            run and token.low in _PARTICLES and following is not None and following.capital
        ):
            run.append(token)
        else:
            break
    return run


def _run_at_end(clause: str, tokens: Sequence[Token], words: Words) -> list[Token]:
    """Take the capitalised words that tokens end with, and the particles between them."""
    run: list[Token] = []
    for place in range(len(tokens) - 1, -1, -1):
        token = tokens[place]
        gap = clause[token.end : run[0].start] if run else ""
        if run and gap.strip() and not (gap.strip() == "." and is_initial(clause, token)):
            break
        opens = token.start == 0 or clause[: token.start].rstrip()[-1:] in ".!?…"
        if token.capital and not (opens and is_common(token, words) and (run or place)):
            if not _may_be_name(token, words):
                break
            run.insert(0, token)
        elif run and token.low in _PARTICLES and place and _joins(tokens[:place]):
            run.insert(0, token)
        else:
            break
    while run and (is_common(run[0], words) or words.has("prep", run[0].text)):
        run.pop(0)
    return run


def _joins(before: Sequence[Token]) -> bool:
    """Tell whether a capitalised word stands before one particle or two: `Jan van der Berg`."""
    return before[-1].capital or (
        len(before) > 1 and before[-1].low in _PARTICLES and before[-2].capital
    )


def _behind_preposition(phrase: Sequence[Token], run: Sequence[Token], words: Words) -> bool:
    """Tell a name that only says where somebody is from, or whose somebody is."""
    before = len(phrase) - len(run) - 1
    return before >= 1 and words.has("prep", phrase[before].text)
