"""Who is a narrator: whoever speaks of what befell them, and not for an office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.articles.doubts import NO_FIRST_PERSON, OFFICE, ONLY_WE

if TYPE_CHECKING:
    from collection.articles.attribution import Utterance
    from collection.articles.document import Article
    from collection.articles.people import Person
    from collection.articles.words import Words

_NEAR: Final = 300
"""Characters before a quotation within which its paragraph tells of a statement."""


def stated(one: Utterance, article: Article, words: Words) -> bool:
    """Tell what somebody says for an office: in a statement, before the press."""
    if one.clause is not None and one.clause.statement:
        return True
    paragraph = article.paragraphs[one.pieces[0].paragraph]
    before = article.text[max(paragraph.start, one.start - _NEAR) : one.start]
    return words.says("statement", before)


def judged(person: Person, article: Article, words: Words) -> tuple[bool, str]:
    """Decide whether somebody's quotations are a testimony.

    Returns:
        whether they are; and, where a person ought to look at that, why, in a sentence.
    """
    said = " ".join(
        article.text[piece.start : piece.end] for one in person.utterances for piece in one.pieces
    )
    singular = words.firsts(said) > 0
    plural = words.any("we", said)
    witness = any(words.has("witness", noun) for noun in person.nouns)
    if person.official:
        return (True, OFFICE) if singular and words.count("own", said) else (False, "")
    if singular:
        return True, ""
    if plural:
        told = witness or (bool(person.name) and bool(words.count("own", said) or person.nouns))
        return True, "" if told else ONLY_WE
    return witness, NO_FIRST_PERSON if witness else ""
