"""What a phrase makes of a speaker: what somebody is called, and what is said of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from collection.articles.nouns import (
    Token,
    gender_of,
    is_acronym,
    is_body,
    is_first_name,
    is_initial,
    is_noun,
    is_office,
    is_title,
    known_gender,
    name_gender,
    nouns_of,
    tokenised,
)
from collection.articles.words import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.words import Words

NAME: Final = "name"
PRONOUN: Final = "pronoun"
DESCRIBED: Final = "described"
TACIT: Final = "tacit"
"""Nobody is named: the verb alone says that the same person goes on."""
AUTHOR: Final = "author"
MANY: Final = "many"
_ARTICLES: Final = {
    **dict.fromkeys(("die", "eine", "la", "une", "una", "cette", "esta"), "f"),
    **dict.fromkeys(("der", "ein", "le", "un", "el", "ce", "cet", "este"), "m"),
}
"""What the article before a subject says of it."""
_WHOSE: Final = ("whose", "deren", "dessen", "dont", "cuya", "cuyo")
_OF_BODY: Final = re.compile(r" (?:of|at|with|from|vom|von der|von|de la|du|de|del) ")
_PARTICLES: Final = frozenset(("abu", "abdul", "umm", "ben", "bin", "ibn", "mac", "van"))
_OF_PERSONS: Final = ("in", "er", "ige", "iger", "ist", "dent", "ient", "zent", "gent", "erent")
"""What German nouns for persons end with: `Friseurin`, `Patient`, but not `Transparent`."""
_OFFICE: Final = 8
"""Words of `who runs a …` among which the body that somebody runs is named."""
_WITHOUT_ARTICLES: Final = frozenset(("ru", "uk", "pl"))


class Subject(msgspec.Struct, frozen=True):
    """Who is said to speak, as one clause says it."""

    kind: str
    name: str = ""
    """As printed, without the asterisk."""
    starred: bool = False
    words: str = ""
    """The words of the description, as printed."""
    gender: str = ""
    """`f`, `m`, or empty."""
    definite: bool = False
    """Whether the description speaks of somebody known: `the mother of two`."""
    official: bool = False
    nouns: frozenset[str] = frozenset()
    """The words for persons and the age that the clause uses of them."""
    start: int = 0
    """Where it stands in the clause."""
    relative: bool = False
    """Whether it is told of as somebody's: `her brother, Ben`."""


def named(clause: str, lead: Sequence[Token], run: Sequence[Token], words: Words) -> Subject | None:
    """Part a run of capitalised words into what somebody is and what somebody is called."""
    lead, run = list(lead), list(run)
    # `Foreign Minister Wang Yi`, `die Lehrerin Anna K.`, `Mrs Baker`.
    last = max((n for n, token in enumerate(run) if is_noun(token, words)), default=-1)
    if last == len(run) - 1 and len(run) > 1 and not is_title(run[last], words) and last > 0:
        # `Anna Baker` bears the name of a trade; `Oleg Priest` as well.
        last = max((n for n, t in enumerate(run[:-1]) if is_noun(t, words)), default=-1)
        if is_body(run[-1], words):
            return described(clause, [*lead, *run], words)
    led = words.language == "de" and any(words.has("det", token.text) for token in lead)
    if led and last < 0 and len(run) == 1 and not known_gender(run[0].text):
        # `die Friseurin`: behind an article stands a noun, whatever it is.
        return described(clause, [*lead, *run], words, noun=run[0].low)
    if led and last < 0 and len(run) > 1:
        last = 0 if run[0].low.endswith(("in", "er", "ist", "ent", "mann", "frau")) else -1
    lead += run[: last + 1]
    run = run[last + 1 :]
    if run and len(run) < 3 and _is_relatives(lead, run[0], words):
        # `муж Ирины, Сергей`
        after = clause[run[-1].end :]
        other = tokenised(after)[:1] if after.startswith(", ") else []
        if not other or not other[0].capital or other[0].start != len(", "):
            return described(clause, [*lead, *run], words, noun=lead[-1].low)
        lead = [*lead, *run]
        at = run[-1].end
        run = [Token(other[0].text, other[0].start + at, other[0].end + at)]
    if len(run) > 2 and is_first_name(run[1].text) and not _may_begin_name(run[0], words):
        lead.append(run.pop(0))  # `Publican Dai Probert`, `Sprengmeister Uwe Kranz`
    if not run:
        return described(clause, lead, words)
    if lead and not run[0].capital and words.has("prep", run[0].text):
        return described(clause, [*lead, *run], words)  # `der Mann von der Hausverwaltung`
    name = clause[run[0].start : run[-1].end]
    if clause[run[-1].end : run[-1].end + 1] == "." and is_initial(clause, run[-1]):
        name += "."
    phrase = clause[lead[0].start : lead[-1].end] if lead else ""
    titled = bool(lead) and lead[-1].capital and is_title(lead[-1], words)
    if titled and len(run) == 1 and not any(words.has("det", token.text) for token in lead[:-1]):
        name = clause[lead[-1].start : run[-1].end]  # `Sister Agnes` is called so
    starred = name.endswith("*")
    name = name.rstrip("*")
    body = any(map(is_acronym, run)) or any(is_body(token, words) for token in run)
    nouns = nouns_of(phrase, words)
    if lead and not titled and not nouns and words.has("det", lead[0].text):
        # `El Cabildo de La Palma`: before the name of a person no article stands.
        body |= not is_first_name(run[0].text)
    gender = gender_of([*lead], words) or name_gender(name)
    return Subject(
        NAME,
        name,
        starred,
        words=phrase,
        gender=gender,
        official=body or is_office(phrase, words),
        nouns=nouns,
        relative=any(words.has("possess", token.text) for token in lead),
        start=run[0].start,
    )


def _is_relatives(lead: Sequence[Token], name: Token, words: Words) -> bool:
    """Tell a name in the genitive, whose bearer the noun before it is a relative of."""
    if words.language not in _WITHOUT_ARTICLES or not lead or is_first_name(name.text):
        return False
    noun = any(words.has(kind, lead[-1].text) for kind in ("woman", "man"))
    stem = name.text[:-1]
    ended = name.low.endswith(("и", "ы", "і", "ї", "а", "я", "y", "i", "a"))
    nominative = any(is_first_name(stem + ending) for ending in ("", "а", "я", "a", "й", "ь"))
    return noun and lead[-1].text[0].islower() and ended and nominative


def _begins_clause(word: str, words: Words) -> bool:
    if words.has("det", word) or words.has("prep", word):
        return False
    return not word[0].isdigit() and (words.has("stop", word) or words.has("not", word))


def _may_begin_name(token: Token, words: Words) -> bool:
    """Tell what may stand before a first name and belong to it: another one, an initial."""
    if is_first_name(token.text) or len(token.text) < 3 or token.low in _PARTICLES:
        return True
    return any(words.has(kind, token.text) for kind in ("title", "title_f", "title_m"))


def described(clause: str, phrase: Sequence[Token], words: Words, noun: str = "") -> Subject | None:
    """Make a subject of a phrase without a name, if it speaks of a person or an office at all."""
    if not phrase:
        return None
    phrase = _cut(phrase, words)
    text = clause[phrase[0].start : phrase[-1].end]
    nouns = nouns_of(text, words)
    office = is_office(text, words)
    if noun.endswith(_OF_PERSONS) and not office:
        nouns |= {noun}
    if words.has("many", phrase[0].text) and not nouns & {"f", "m"}:
        return Subject(MANY, words=text, official=office, start=phrase[0].start)
    opening = phrase[0]
    told = any(not noun.isdigit() for noun in nouns) or any("-" in one.text for one in phrase)
    if not told and not office and not words.has("det", opening.text):
        return None
    bare = words.language in _WITHOUT_ARTICLES
    definite = (bare or words.has("det", opening.text)) and not words.has("new", opening.text)
    return Subject(
        DESCRIBED,
        words=text,
        gender=gender_of(phrase, words) or (_ARTICLES.get(opening.low, "") if nouns else ""),
        definite=definite and not words.has("possess", opening.text),
        official=office,
        nouns=nouns,
        start=opening.start,
    )


def _cut(phrase: Sequence[Token], words: Words) -> Sequence[Token]:
    """End a description before the verb: `one father was waiting`."""
    for place, token in enumerate(phrase):
        if place > 1 and not token.capital:
            verb = words.has("aux", token.text) or words.has("say", token.text)
            if (verb or words.has("who", token.text)) and not words.has("det", token.text):
                return phrase[:place]
    return phrase


def with_apposition(found: Subject, rest: str, words: Words) -> Subject:
    """Add what stands behind a name: `, 34, a nurse from Kherson,`; `(name changed)`."""
    if rest.startswith(".") and re.search(r"(?:^|\s)[^\W\d_]\.?$", found.name):
        rest = rest[1:]  # `Yahya A., a trader`
    segment = re.split(r"[.;:!?“”„«»\"]", rest)[0]
    if found.name and _OF_BODY.match(segment):
        # `Teresa Munk of the consultancy Andes Risk`
        tokens = tokenised(segment.split(",")[0])[:8]
        if any(is_body(token, words) or is_acronym(token) for token in tokens):
            return msgspec.structs.replace(found, official=True)
    if not re.match(r"\s*[,(—–-]", segment):
        return found
    pieces = re.split(r"[,()—–]", segment)[1:4]
    told = []
    for piece in pieces:
        first = piece.split()[:1]
        if first and (words.has("who", first[0]) and not words.has("det", first[0])):
            following = piece.split()[1:3]
            # `who runs the clinic`, `whose company makes it`
            runs = any(words.has("runs", word) for word in following)
            if runs and len(following) > 1 and words.has("new", following[1]):
                # `who ran a branch in Telford`, but `who runs a charity`
                runs = any(
                    words.has(kind, part)
                    for word in tokenised(piece)[:_OFFICE]
                    for kind in ("body", "role")
                    for part in parts(word.low)
                )
            runs |= first[0] in _WHOSE and any(words.has("body", word) for word in following)
            found = msgspec.structs.replace(found, official=True) if runs else found
            break
        words_of_piece = piece.split()
        if words_of_piece and _begins_clause(words_of_piece[0], words):
            break  # `…, weil ihr Bruder`
        if words_of_piece and words.has("say", words_of_piece[0]):
            break  # `…, told the Post that`
        cut = next(
            (n for n, word in enumerate(words_of_piece) if n and words.has("who", word)),
            len(words_of_piece),
        )
        told.append(" ".join(words_of_piece[:cut]))  # not `a farmer who lost his wife`
        if cut < len(words_of_piece):
            break
    office = any(is_office(piece, words) for piece in told[:2])
    nouns = frozenset().union(*(nouns_of(piece, words) for piece in told)) if told else frozenset()
    gender = found.gender or gender_of(tokenised(" ".join(told[:2])), words)
    return msgspec.structs.replace(
        found, official=found.official or office, nouns=found.nouns | nouns, gender=gender
    )
