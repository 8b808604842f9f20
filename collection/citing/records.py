"""Citations for programs: one record in CSL-JSON, BibTeX or RIS."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.citing.dates import UNDATED, csl_date, points, said, single_year
from collection.citing.names import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collection.citing.names import Person
    from collection.citing.passage import Passage
    from collection.citing.work import Work

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
    kept = bool(one.collection or one.repository or one.series)
    item: dict[str, Any] = {
        "id": one.id,
        "type": _CSL_TYPES.get(one.kind, "interview"),
        "title": one.title,
        "author": [_csl_name(who) for who in one.narrators],
        "interviewer": [_csl_name(who) for who in one.interviewers],
        "translator": [_csl_name(who) for who in one.translators],
        "issued": csl_date(one.date),
        "event-place": one.place,
        "genre": one.genre,
        "medium": one.medium,
        "container-title": one.source if one.kind == "published" else "",
        "collection-title": one.series,
        "archive": one.repository or ("" if kept or one.kind != "archival" else one.source),
        "archive_collection": one.collection,
        "archive_location": one.id if kept else "",
        "URL": one.url,
        "language": one.language,
        "keyword": ", ".join(one.keywords),
        "note": ". ".join(_notes(one, passage)),
    }
    return {key: value for key, value in item.items() if value}


def _csl_name(who: Person) -> dict[str, str]:
    if who.family and not who.remark:
        return {"family": who.family, "given": who.given}
    return {"literal": who.straight}


def _notes(one: Work, passage: Passage | None) -> Iterator[str]:
    """Say what the fields of a record have no room for."""
    if one.source and (one.collection or one.repository or one.series):
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
    fields = {
        "author": " and ".join(map(_bibtex_name, one.narrators)),
        "title": _protected(one.title or one.genre.capitalize()),
        "howpublished": _protected(", ".join(_how(one))),
        "date": _biblatex_date(one.date.edtf),
        "year": escaped(_year(one)),
        "language": escaped(one.language),
        "library": _protected(one.repository),
        "keywords": escaped(", ".join(one.keywords)),
        "note": _protected(". ".join([*_where(one), *_notes(one, passage)])),
        "url": one.url,
    }
    told = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = "unpublished" if one.kind == "archival" else "misc"
    return "\n".join([f"@{kind}{{{key or bibtex_key(one.id)},", *told, "}"])


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


def _year(one: Work) -> str:
    """Give the year for BibTeX, which prints it as it stands: `1944`, `ca. 1943`, or the words."""
    year = single_year(one.date)
    found = points(one.date.edtf)
    if year is not None and not any(point.mark for point in found):
        return f"{year:04}"
    return said(one.date)


# --- RIS -----------------------------------------------------------------------------------------


def ris(one: Work, passage: Passage | None = None) -> str:
    """Give a record in RIS; its lines end as the format asks."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris(one, passage))


def _ris(one: Work, passage: Passage | None) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_TYPES.get(one.kind, "PCOMM")
    yield "ID", one.id
    for who in one.narrators:
        yield "AU", f"{who.family}, {who.given}" if who.family and not who.remark else who.straight
    for who in one.interviewers:
        yield "A2", who.turned
    for who in one.translators:
        yield "A4", who.turned
    year = single_year(one.date)
    lines = [
        ("TI", one.title),
        ("T2", one.source if one.kind == "published" else one.collection),
        ("T3", one.series),
        ("PY", f"{year:04}" if year is not None else ""),
        ("DA", _ris_date(one)),
        ("CY", one.place),
        ("PB", one.repository),
        ("AV", ", ".join(filter(None, (one.repository, one.collection)))),
        ("M3", one.medium or one.genre),
        ("LA", one.language),
        ("UR", one.url),
        *(("KW", word) for word in one.keywords),
        *(("N1", note) for note in _notes(one, passage)),
    ]
    if one.kind == "archival" and one.source and not one.repository:
        lines.append(("DB", one.source))
    yield from ((tag, value) for tag, value in lines if value)
    yield "ER", ""


def _ris_date(one: Work) -> str:
    """Give `YYYY/MM/DD/other`, of which every part may be empty (RIS specification, DA)."""
    found, words = points(one.date.edtf), said(one.date)
    if words == UNDATED:
        return ""
    if len(found) != 1:
        return f"///{words}"
    point = found[0]
    parts = [f"{point.year:04}", f"{point.month:02}", f"{point.day:02}"]
    day = "/".join(part if int(part) else "" for part in parts)
    told = words if point.mark else _SEASONS.get(point.season, "")
    return f"{day}/{told}"
