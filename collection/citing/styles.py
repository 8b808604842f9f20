"""The forms of a citation: Chicago and MLA for people, BibTeX, RIS and CSL-JSON for programs.

Chicago follows the Manual of Style, 17th edition, 14.211 and 14.219 (interviews, manuscripts in
collections); the 18th asks for the same order. MLA follows the Handbook, 9th edition, 5.1 to 5.6
and, in the text, 6.1 to 6.30.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.citing import printed
from collection.citing.dates import UNDATED, said
from collection.citing.lines import one_line
from collection.citing.names import joined
from collection.citing.quoting import nested, quoted, with_mark
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
from collection.citing.work import Work, work

if TYPE_CHECKING:
    from collections.abc import Callable

    from collection.access import Gated
    from collection.citing.passage import Passage

STYLES: Final = {
    "chicago": "Chicago, note",
    "chicago-bibliography": "Chicago, bibliography",
    "mla": "MLA, works cited",
    "mla-text": "MLA, in the text",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}
"""The forms, by the word for `--style`."""


def cite(gated: Gated, style: str, passage: Passage | None = None, *, quote: bool = False) -> str:
    """Cite a testimony.

    Args:
        gated: the testimony as it may be seen, not sealed as a whole.
        style: a key of `STYLES`.
        passage: the passage that is meant; the whole if None. The lists of works name none.
        quote: whether its words are put before the citation, in the styles for people.

    Returns:
        one line in the styles for people, the lines of one record in the others.
    """
    if style in _PEOPLE:
        told = _PEOPLE[style](work(gated), passage)
        words = one_line(passage.words) if quote and passage else ""
        if not words:
            return told
        return f"“{nested(words)}” {told}{'.' if style == 'mla-text' else ''}"
    # The records of a programme are long to write and seldom asked for.
    from collection.citing import records

    write: dict[str, Callable[[Work, Passage | None], str]] = {
        "bibtex": records.bibtex,
        "ris": records.ris,
        "csl": records.csl,
    }
    return write[style](work(gated), passage)


def _note(one: Work, passage: Passage | None) -> str:
    if one.article is not None:
        return printed.note(one, one.article, passage)
    parts = [
        straight(one.narrators),
        quoted(one.title),
        interview_by(one.interviewers) or one.genre,
        one.place,
        said(one.date),
        one.medium,
        *translated_by(one.translators),
        *held(one),
        passage.place if passage else "",
        one.url,
    ]
    return sentences([listed(parts)])


def _bibliography(one: Work, _: Passage | None) -> str:
    if one.article is not None:
        return printed.bibliography(one, one.article)
    parts = [
        turned(one.narrators),
        quoted(one.title),
        capital(interview_by(one.interviewers) or one.genre),
        capital(listed([one.place, said(one.date)])),
        capital(one.medium),
        listed(held(one)),
        one.url,
    ]
    return sentences(parts)


def _mla(one: Work, _: Passage | None) -> str:
    if one.article is not None:
        return printed.works_cited(one, one.article)
    asked = [f"conducted by {straight(one.interviewers)}"] if one.interviewers else []
    made = ", ".join([*asked, *translated_by(one.translators)])
    date = said(one.date, american=False)
    container = [
        capital(made),
        "" if date == UNDATED else date if made else capital(date),
        one.place,
        *held(one),
        one.url,
    ]
    title = quoted(one.title) or capital(one.genre)
    final = one.medium or (one.genre if one.title else "")
    begins = lead(one.narrators) if one.narrators else ""
    return sentences([begins, title, listed(container), capital(final)])


def _mla_text(one: Work, passage: Passage | None) -> str:
    """Name in brackets what begins the entry and, of what is no article, the place."""
    if one.article is not None:
        return f"({printed.in_text(one, one.article)})"
    names = [who.family or who.name for who in one.narrators]
    first = f"{names[0]} et al." if len(names) >= MANY else joined(names)
    first = first or quoted(one.title) or capital(one.genre)
    if passage is None or not passage.place:
        return f"({first})"
    paragraphs = passage.paragraphs.replace("para", "par")
    place = ", ".join(filter(None, (paragraphs, passage.time.removeprefix("at "))))
    return f"({with_mark(first, ',')} {place})"


_PEOPLE: Final[dict[str, Callable[[Work, Passage | None], str]]] = {
    "chicago": _note,
    "chicago-bibliography": _bibliography,
    "mla": _mla,
    "mla-text": _mla_text,
}


def held(one: Work) -> list[str]:
    """Say where it is found: in the collection of an archive, or in what printed it."""
    if one.kept:
        parts = (one.shelfmark, one.series, one.collection, one.repository)
        return [part for part in parts if part]
    if not one.source:
        return [one.shelfmark] if one.shelfmark else []
    return [f"quoted in {one.source}" if one.kind == "published" else one.source]
