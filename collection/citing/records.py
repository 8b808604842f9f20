"""Citations for programs: one record in CSL-JSON, BibTeX or RIS."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.citing.dates import UNDATED, csl_date, points, said, single_year
from collection.citing.names import joined
from collection.citing.printed import authors, testimony_of
from collection.citing.quoting import nested
from collection.citing.sentences import capital, interview_by, translated_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.citing.names import Person
    from collection.citing.passage import Passage
    from collection.citing.press import Article
    from collection.citing.work import Work
    from collection.dates import DateSpan

_SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_CSL_TYPES: Final = {"archival": "manuscript", "personal": "personal_communication"}
"""What is published counts as an interview too: CSL gives that a container and an address."""
_RIS_TYPES: Final = {"archival": "MANSCPT", "published": "NEWS"}
"""Interviews and what is not published are PCOMM, as Zotero and EndNote have it."""
_OF_BIBLATEX: Final = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}){0,2}[?~%]?|[0-9]{3}X|[0-9]{4}-2[1-4][?~%]?"
)
"""The dates of biblatex 3.20, 2.3.8; each end of a range is one."""
_OF_KEY: Final = re.compile(r"[^A-Za-z0-9._:-]+")
_ESCAPES: Final = {
    ord("\\"): r"\textbackslash{}",
    # BibTeX counts braces even behind a backslash.
    ord("{"): r"\textbraceleft{}",
    ord("}"): r"\textbraceright{}",
    ord("~"): r"\textasciitilde{}",
    ord("^"): r"\textasciicircum{}",
    ord("<"): r"\textless{}",
    ord(">"): r"\textgreater{}",
    ord("|"): r"\textbar{}",
    ord('"'): r"\textquotedbl{}",
    **{ord(sign): f"\\{sign}" for sign in "$&#_%"},
}


# --- CSL-JSON ------------------------------------------------------------------------------------


def csl(one: Work, passage: Passage | None = None) -> str:
    """Give a list of one item of CSL-JSON."""
    return msgspec.json.format(msgspec.json.encode([csl_item(one, passage)])).decode()


def csl_item(one: Work, passage: Passage | None = None) -> dict[str, Any]:
    """Give an item of CSL-JSON, by the names of its schema 1.0.2; what is empty is left out."""
    article = one.article
    item: dict[str, Any] = {
        "id": one.id,
        "type": "article-newspaper" if article else _CSL_TYPES.get(one.kind, "interview"),
        "title": article.title if article else one.title,
        "author": [_csl_name(who) for who in _authors(one)],
        "interviewer": [_csl_name(who) for who in one.interviewers],
        "translator": [_csl_name(who) for who in one.translators],
        "issued": csl_date(_issued(one)),
        "event-place": one.place,
        "genre": "" if article else one.genre,
        "medium": "" if article else one.medium,
        "container-title": _container(one),
        "collection-title": one.series,
        "archive": one.repository or _holder(one),
        "archive_collection": one.collection,
        "archive_location": one.shelfmark if one.kept else "",
        "URL": one.url,
        "language": one.language,
        "keyword": ", ".join(one.keywords),
        "note": ". ".join(_notes(one, passage)),
    }
    return {key: value for key, value in item.items() if value}


def _authors(one: Work) -> tuple[Person, ...]:
    return authors(one, one.article) if one.article else one.narrators


def _issued(one: Work) -> DateSpan:
    """Give the day an article was printed; of anything else, when the testimony was given."""
    return one.article.date if one.article and one.article.date.edtf else one.date


def _container(one: Work) -> str:
    if one.article:
        return one.article.container
    return one.source if one.kind == "published" and not one.kept else ""


def _holder(one: Work) -> str:
    """Give the source where nothing else tells who keeps a testimony that is not printed."""
    return "" if one.kept or one.kind == "published" or one.article else one.source


def _csl_name(who: Person) -> dict[str, str]:
    if who.family and not who.remark:
        return {"family": who.family, "given": who.given}
    return {"literal": who.straight}


def _notes(one: Work, passage: Passage | None) -> Iterator[str]:
    """Say what the fields of a record have no room for."""
    if one.article and (whose := testimony_of(one)):
        yield whose
    if one.source and one.kept:
        yield f"Source as recorded: {one.source}"
    if one.rights:
        yield f"Rights: {one.rights}"
    if passage and passage.place:
        yield f"Passage: {passage.place}"


# --- BibTeX --------------------------------------------------------------------------------------


def bibtex(one: Work, passage: Passage | None = None, key: str = "") -> str:
    """Give an entry that BibTeX and biblatex read.

    Args:
        one: what is cited.
        passage: the passage that is meant.
        key: what it is cited by; made from the identifier if empty.
    """
    if one.article is not None:
        return _entry(_kind_of(one), key, one, _of_article(one, one.article, passage))
    fields = {
        "author": " and ".join(map(_bibtex_name, one.narrators)),
        "title": _protected(one.title or one.genre.capitalize()),
        "howpublished": _protected(", ".join(_how(one))),
        "date": _biblatex_date(one.date.edtf),
        "year": escaped(_year(one.date)),
        "language": escaped(one.language),
        "library": _protected(one.repository),
        "keywords": escaped(", ".join(one.keywords)),
        "note": _protected(". ".join([*_where(one), *_notes(one, passage)])),
        "url": one.url,
    }
    return _entry("unpublished" if one.kind == "archival" else "misc", key, one, fields)


def _entry(kind: str, key: str, one: Work, fields: dict[str, str]) -> str:
    told = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key or bibtex_key(one.id)},", *told, "}"])


def _kind_of(one: Work) -> str:
    """Tell what an article is to BibTeX, which asks for the journal of one."""
    return "article" if _container(one) else "online" if one.url else "misc"


def _of_article(one: Work, article: Article, passage: Passage | None) -> dict[str, str]:
    printed = _issued(one)
    made = [capital(interview_by(one.interviewers)), *map(capital, translated_by(one.translators))]
    return {
        "author": " and ".join(map(_bibtex_name, _authors(one))),
        "title": _protected(nested(article.title)),
        "journal": _protected(article.container),
        "date": _biblatex_date(printed.edtf),
        "year": escaped(_year(printed)),
        "language": escaped(one.language),
        "keywords": escaped(", ".join(one.keywords)),
        "note": _protected(". ".join(filter(None, [*made, *_notes(one, passage)]))),
        "url": one.url,
    }


def bibtex_key(id: str) -> str:
    """Make a key of an identifier: itself where it can be one, else with a sum that tells it."""
    plain = _OF_KEY.sub("-", id).strip("-")
    if plain == id and id:
        return id
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{plain or 'testimony'}-{digest}"


def escaped(text: str) -> str:
    """Write a text so that TeX sets it, and obeys nothing in it."""
    return text.translate(_ESCAPES)


def _protected(text: str) -> str:
    # Braces within keep the capitals of names, and keep " and " from parting them.
    return f"{{{escaped(text)}}}" if text else ""


def _bibtex_name(who: Person) -> str:
    if who.family and not who.remark:
        return f"{{{escaped(who.family)}}}, {{{escaped(who.given)}}}"
    return _protected(who.straight)


def _how(one: Work) -> Iterator[str]:
    if one.interviewers:
        yield f"Interview by {joined([who.straight for who in one.interviewers])}"
    elif one.title:
        yield one.genre.capitalize()
    if one.place:
        yield one.place
    if one.medium:
        yield one.medium
    if one.translators:
        yield f"translated by {joined([who.straight for who in one.translators])}"


def _where(one: Work) -> Iterator[str]:
    from collection.citing.styles import held

    if told := ", ".join(held(one)):
        yield told


def _biblatex_date(edtf: str | None) -> str:
    ends = (edtf or "").split("/")
    fits = len(ends) < 3 and all(_OF_BIBLATEX.fullmatch(end) for end in ends)
    return edtf if edtf and fits else ""


def _year(date: DateSpan) -> str:
    """Give the year for BibTeX, which prints it as it stands: `1944`, `ca. 1943`, or the words."""
    year = single_year(date)
    found = points(date.edtf)
    if year is not None and not any(point.mark for point in found):
        return f"{year:04}"
    return said(date)


# --- RIS -----------------------------------------------------------------------------------------


def ris(one: Work, passage: Passage | None = None) -> str:
    """Give a record in RIS; its lines end as the format asks."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(one, passage))


def _ris(one: Work, passage: Passage | None) -> Iterator[tuple[str, str]]:
    article = one.article
    yield "TY", "NEWS" if article else _RIS_TYPES.get(one.kind, "PCOMM")
    yield "ID", one.id
    for who in _authors(one):
        yield "AU", f"{who.family}, {who.given}" if who.family and not who.remark else who.straight
    for who in one.interviewers:
        yield "A2", who.turned
    for who in one.translators:
        yield "A4", who.turned
    date = _issued(one)
    year = single_year(date)
    lines = [
        ("TI", article.title if article else one.title or one.genre.capitalize()),
        ("T2", _container(one) or one.collection),
        ("T3", one.series),
        ("PY", f"{year:04}" if year is not None else ""),
        ("DA", _ris_date(date)),
        ("CY", one.place),
        ("PB", one.repository),
        ("AV", ", ".join(filter(None, (one.repository, one.collection))) or _holder(one)),
        ("M3", "" if article else one.medium or one.genre),
        ("LA", one.language),
        ("UR", one.url),
        *(("KW", word) for word in one.keywords),
        *(("N1", note) for note in _notes(one, passage)),
    ]
    yield from ((tag, value) for tag, value in lines if value)
    yield "ER", ""


def _ris_date(date: DateSpan) -> str:
    """Give `YYYY/MM/DD/other`, of which every part may be empty (RIS specification, DA)."""
    found, words = points(date.edtf), said(date)
    if words == UNDATED:
        return ""
    if len(found) != 1:
        return f"///{words}"
    point = found[0]
    parts = [f"{point.year:04}", f"{point.month:02}", f"{point.day:02}"]
    day = "/".join(part if int(part) else "" for part in parts)
    told = words if point.mark else _SEASONS.get(point.season, "")
    return f"{day}/{told}"
