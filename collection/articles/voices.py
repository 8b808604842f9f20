"""Articles that give one voice after the other, each below a line that says whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.boxes import QUOTED
from collection.articles.document import ASIDE, BLOCK, BODY, HEADING, QUESTION
from collection.articles.doubts import VOICES
from collection.articles.interviews import Whole
from collection.articles.marks import quotations
from collection.articles.naming import NAME
from collection.articles.nouns import is_first_name
from collection.articles.subjects import first_subject

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collection.articles.document import Article, Paragraph
    from collection.articles.words import Words

_LINE: Final = re.compile(r"[^\W\d_][^.!?:;“”„«»\"]{2,100}")
_LONGEST: Final = 14
_NAME: Final = 3
"""Words of a name at most."""
_ONE_NAME: Final = re.compile(r"[^\W\d_]{2,20}\*?")
_AGE: Final = re.compile(r"(?<![\d.,])[1-9]\d(?![\d.,:])")
_FEWEST: Final = 2
_LEAD: Final = 3


def voices(article: Article, words: Words) -> list[Whole]:
    """Read an article of several first-person pieces; none where it is another kind.

    A voice is a line such as `Amira, 34, teacher`, with paragraphs below it that say I.
    """
    heads = [n for n in range(len(article.paragraphs)) if _heads_at(article.paragraphs, n, words)]
    if len(heads) < _FEWEST:
        return []
    quoted = {article.paragraphs[one.paragraph].start for one in quotations(article, words)}
    found = []
    lead = [one for one in article.paragraphs[: heads[0]] if one.kind in (BODY, QUESTION)][:_LEAD]
    for n, end in zip(heads, [*heads[1:], len(article.paragraphs)], strict=True):
        lines = [article.paragraphs[n]]
        if _is_name(lines[0], words) and _tells_more(article.paragraphs, n + 1):
            lines.append(article.paragraphs[n + 1])
        below = article.paragraphs[n + len(lines) : end]
        body = [one for one in below if one.kind in (BODY, BLOCK, QUESTION)]
        after: list[Paragraph] = []
        while n == heads[-1] and body and not _says_i(body[-1], words):
            after.insert(0, body.pop())  # what ends the whole article
        said = sum(words.firsts(one.text) > 0 for one in body)
        marked = sum(one.start in quoted for one in body)
        wholly = sum(one.start in quoted and QUOTED.match(one.text) is not None for one in body)
        if (
            not body
            or 2 * said < len(body)
            or 2 * (wholly if len(lines) > 1 else marked) > len(body)
        ):
            continue
        subject = first_subject(lines[0].text, words)
        name = "" if subject is None else f"{subject.name}{'*' if subject.starred else ''}"
        context = tuple((one.start, one.end) for one in (*lead, *lines, *after))
        spans = tuple((one.start, one.end) for one in body)
        found.append(Whole(spans, name, doubt=VOICES, context=context))
    return found if len(found) >= _FEWEST else []


def _says_i(one: Paragraph, words: Words) -> bool:
    return words.firsts(one.text) > 0 or words.any("we", one.text)


def _heads_at(paragraphs: Sequence[Paragraph], n: int, words: Words) -> bool:
    """Tell a line, or two, that say whose words follow."""
    one = paragraphs[n]
    return _heads(one, words) or (
        _is_name(one, words) and (one.kind == HEADING or _tells_more(paragraphs, n + 1))
    )


def _is_name(one: Paragraph, words: Words) -> bool:
    """Tell a line that is a person's name, and nothing else."""
    parts = one.text.split()
    if one.kind == ASIDE or not 0 < len(parts) <= _NAME or not is_first_name(parts[0]):
        return one.kind != ASIDE and len(parts) == 1 and _ONE_NAME.fullmatch(one.text) is not None
    return all(part[:1].isupper() for part in parts) and not words.has("not", parts[0])


def _tells_more(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Tell a line below a name that says how old somebody is: `31 years old, Perm`."""
    if n >= len(paragraphs):
        return False
    text = paragraphs[n].text
    return (
        len(text.split()) <= _LONGEST and text[-1:] not in ".!?…" and _AGE.search(text) is not None
    )


def _heads(one: Paragraph, words: Words) -> bool:
    """Tell a line that names a person, with an age or what the person is."""
    if one.kind == ASIDE or _LINE.fullmatch(one.text) is None:
        return False
    if len(one.text.split()) > _LONGEST or "," not in one.text:
        return False
    subject = first_subject(one.text, words)
    if subject is None or subject.kind != NAME or subject.start:
        return False
    return bool(subject.nouns) and not subject.official
