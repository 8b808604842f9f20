"""The forms of a citation: Chicago and MLA for people, BibTeX, RIS and CSL-JSON for programs.

Chicago follows the Manual of Style, 17th edition, 14.211 and 14.219 (interviews, manuscripts in
collections); the 18th asks for the same order. MLA follows the Handbook, 9th edition, 5.1 to 5.6.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.citing.dates import UNDATED, said
from collection.citing.lines import one_line
from collection.citing.names import joined
from collection.citing.work import Work, work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from collection.access import Gated
    from collection.citing.names import Person
    from collection.citing.passage import Passage

STYLES: Final = {
    "chicago": "Chicago, note",
    "chicago-bibliography": "Chicago, bibliography",
    "mla": "MLA",
    "bibtex": "BibTeX",
    "ris": "RIS",
    "csl": "CSL-JSON",
}
"""The forms, by the word for `--style`."""
_MANY: Final = 3
"""From so many names on MLA names the first alone."""


def cite(gated: Gated, style: str, passage: Passage | None = None, *, quoted: bool = False) -> str:
    """Cite a testimony.

    Args:
        gated: the testimony as it may be seen, not sealed as a whole.
        style: a key of `STYLES`.
        passage: the passage that is meant; the whole if None.
        quoted: whether its words are put before a note or an entry of MLA.

    Returns:
        one line in the styles for people, the lines of one record in the others.
    """
    if style in _PEOPLE:
        told = _PEOPLE[style](work(gated), passage)
        words = one_line(passage.words) if quoted and passage else ""
        return f"“{words}” {told}" if words else told
    # The records of a programme are long to write and seldom asked for.
    from collection.citing import records

    write: dict[str, Callable[[Work, Passage | None], str]] = {
        "bibtex": records.bibtex,
        "ris": records.ris,
        "csl": records.csl,
    }
    return write[style](work(gated), passage)


def _note(one: Work, passage: Passage | None) -> str:
    parts = [
        joined([who.straight for who in one.narrators]),
        _quoted(one.title),
        _asked(one) or one.genre,
        one.place,
        said(one.date),
        *_kept(one),
        passage.place if passage else "",
        one.url,
    ]
    return _sentences([_listed(parts)])


def _bibliography(one: Work, _: Passage | None) -> str:
    where = ", ".join(filter(None, (one.place, said(one.date))))
    parts = [
        _turned(one.narrators),
        _quoted(one.title),
        _capital(_asked(one) or one.genre),
        where if where == UNDATED else _capital(where),
        _capital(one.medium),
        ", ".join(held(one)),
        one.url,
    ]
    return _sentences(parts)


def _mla(one: Work, passage: Passage | None) -> str:
    names = [who.straight for who in one.narrators]
    lead = f"{one.narrators[0].turned}, et al." if len(names) >= _MANY else _turned(one.narrators)
    asked = joined([who.straight for who in one.interviewers])
    date = said(one.date, american=False)
    made = ", ".join([*([f"conducted by {asked}"] if asked else []), *_translated(one)])
    container = [
        _capital(made),
        "" if date == UNDATED else date if made else _capital(date),
        one.place,
        *held(one),
        one.url,
    ]
    title = _quoted(one.title) or _capital(one.genre)
    final = one.medium or (one.genre if one.title else "")
    place = passage.place if passage else ""
    return _sentences([lead, title, _listed(container), _capital(final), _capital(place)])


_PEOPLE: Final[dict[str, Callable[[Work, Passage | None], str]]] = {
    "chicago": _note,
    "chicago-bibliography": _bibliography,
    "mla": _mla,
}


def _asked(one: Work) -> str:
    names = joined([who.straight for who in one.interviewers])
    return f"interview by {names}" if names else ""


def _translated(one: Work) -> list[str]:
    names = joined([who.straight for who in one.translators])
    return [f"translated by {names}"] if names else []


def _kept(one: Work) -> list[str]:
    return [one.medium, *_translated(one), *held(one)]


def held(one: Work) -> list[str]:
    """Say where it is found: in the collection of an archive, or in what printed it."""
    if one.collection or one.repository or one.series:
        return [part for part in (one.id, one.series, one.collection, one.repository) if part]
    if not one.source:
        return [one.id] if one.id else []
    return [f"quoted in {one.source}" if one.kind == "published" else one.source]


def _turned(people: Sequence[Person]) -> str:
    """Put names in the order of a list: only the first of them is turned round."""
    return joined([who.straight if n else who.turned for n, who in enumerate(people)])


def _capital(text: str) -> str:
    """Begin a sentence of ours; names and the words of a source stay as they are."""
    return text[:1].upper() + text[1:]


def _quoted(title: str) -> str:
    if not title:
        return ""
    inner = title.translate({ord("“"): "‘", ord("”"): "’"}).rstrip(".,")
    return f"“{inner or title}”"


def _listed(parts: Sequence[str]) -> str:
    """Join parts with commas, which stand before a closing quotation mark."""
    told = ", ".join(part.rstrip(",") for part in parts if part)
    return told.replace("”, ", ",” ") if told else ""


def _sentences(parts: Sequence[str]) -> str:
    """Join parts as sentences; a full stop stands before a closing quotation mark."""
    told: list[str] = []
    for part in filter(None, parts):
        if part.endswith("”"):
            inner = part[:-1]
            told.append(part if inner[-1:] in "?!…" else f"{inner}.”")
        else:
            told.append(part if part[-1] in ".?!" else f"{part}.")
    return " ".join(told)
