"""Articles that give one voice after the other, each below a line that says whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.articles.document import ASIDE, BLOCK, BODY, QUESTION
from collection.articles.doubts import VOICES
from collection.articles.interviews import Whole
from collection.articles.marks import quotations
from collection.articles.naming import NAME
from collection.articles.subjects import first_subject

if TYPE_CHECKING:
    from collection.articles.document import Article, Paragraph
    from collection.articles.words import Words

_LINE: Final = re.compile(r"[^\W\d_][^.!?:;“”„«»\"]{2,100}")
_LONGEST: Final = 14
_FEWEST: Final = 2
_LEAD: Final = 3


def voices(article: Article, words: Words) -> list[Whole]:
    """Read an article of several first-person pieces; none where it is another kind.

    A voice is a line such as `Amira, 34, teacher`, with paragraphs below it that say I.
    """
    heads = [n for n, one in enumerate(article.paragraphs) if _heads(one, words)]
    if len(heads) < _FEWEST:
        return []
    quoted = {article.paragraphs[one.paragraph].start for one in quotations(article, words)}
    found = []
    lead = [one for one in article.paragraphs[: heads[0]] if one.kind in (BODY, QUESTION)][:_LEAD]
    for n, end in zip(heads, [*heads[1:], len(article.paragraphs)], strict=True):
        below = article.paragraphs[n + 1 : end]
        body = [one for one in below if one.kind in (BODY, BLOCK, QUESTION)]
        said = sum(words.firsts(one.text) > 0 for one in body)
        marked = sum(one.start in quoted for one in body)
        if not body or 2 * said < len(body) or 2 * marked > len(body):
            continue
        line = article.paragraphs[n]
        subject = first_subject(line.text, words)
        name = "" if subject is None else f"{subject.name}{'*' if subject.starred else ''}"
        context = tuple((one.start, one.end) for one in (*lead, line))
        spans = tuple((one.start, one.end) for one in body)
        found.append(Whole(spans, name, doubt=VOICES, context=context))
    return found if len(found) >= _FEWEST else []


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
