"""The shapes of tables that other programs write, recognised by their headers.

The columns are those that the public documentation and templates of each program name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from collection.exchange.tables.flat import COLUMNS
from collection.exchange.tables.headers import guess, plain
from collection.exchange.tables.restrictions import TAKEN
from collection.exchange.tables.targets import EXTRA
from collection.reading import ALIASES
from collection.testimony import FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence


class Profile(msgspec.Struct, frozen=True):
    """A known shape of table."""

    name: str
    label: str
    """What a person calls it."""
    needed: tuple[frozenset[str], ...]
    """Headers, in their plain form, of which every one of one group must be there."""
    targets: Mapping[str, str]
    """The target of each column by its plain header; what is not named goes to `extra`."""


def _profile(name: str, label: str, needed: Sequence[str], columns: str) -> Profile:
    pairs = [line.split("=") for line in columns.split("\n") if line.strip()]
    return Profile(
        name,
        label,
        tuple(frozenset(plain(header) for header in group.split(",")) for group in needed),
        {plain(header): target.strip() for header, target in pairs},
    )


_COMMON: Final = """objectid=id
parentid=parent
title=title
date=date.text
date-is-approximate?=date.approximate
description=description
subject=themes
location=places
latitude=places.latitude
longitude=places.longitude
source=source.citation
language=language
rights=rights
rightsstatement=licence
object_location=media
object_transcript=transcript
transcript=transcript
keywords=keywords
"""
OWN: Final = "firsthand"
RECORD: Final = "record"
PROFILES: Final = (
    _profile(
        "ohms",
        "OHMS import CSV",
        (
            "Media Host,Interviewee,Title",
            "OHMS XML Filename,Title",
            "Accession Number,Media Format",
        ),
        """Title=title
Year=date.year
Month=date.month
Day=date.day
Date (non-preferred format)=date.text
Accession Number=id
Duration=media.duration
Collection=source.collection
Repository=source.repository
Interviewee=narrator.name
Subject=themes
Keywords=keywords
Interviewer=interviewers
Series=source.series
Rights=rights
Media Filename=media.file
Summary=description
Language=language
Usage=licence
Media URL=media.url
Use Restrictions=restrictions
Collection Link=source.url
User Notes=context
Transcript=transcript""",
    ),
    _profile(
        "oral history as data",
        "Oral History as Data",
        ("objectid,title,interviewee", "objectid,interviewer"),
        _COMMON + "interviewee=narrator.name\ninterviewer=interviewers\nbio=context",
    ),
    _profile(
        "collectionbuilder",
        "CollectionBuilder",
        (
            "objectid,title,display_template",
            "objectid,title,object_location",
            "objectid,title,rightsstatement",
            "objectid,parentid",
        ),
        _COMMON,
    ),
)
"""The profiles with fixed columns, the surest first."""
_ELEMENTS: Final = re.compile(
    r"\s*(?:Dublin Core|Item Type Metadata|dcterms|dc|bibo|schema|foaf)\s*[:.]\s*(.+)",
    re.IGNORECASE,
)
_DUBLIN_CORE: Final = {
    "title": "title",
    "alternative": EXTRA,
    "creator": EXTRA,
    "contributor": "narrator.name",
    "description": "description",
    "abstract": "description",
    "date": "date.text",
    "created": "date.text",
    "coverage": "places",
    "spatial": "places",
    "temporal": "period.text",
    "subject": "themes",
    "language": "language",
    "rights": "rights",
    "license": "licence",
    "source": "source.citation",
    "bibliographiccitation": "source.citation",
    "ispartof": "source.collection",
    "publisher": "source.repository",
    "identifier": "id",
    "type": EXTRA,
    "format": EXTRA,
    "relation": EXTRA,
    "extent": "media.duration",
    "provenance": EXTRA,
    "transcription": "transcript",
    "transcript": "transcript",
    "text": "transcript",
    "content": "transcript",
    "location": "interview_place",
    "interviewee": "narrator.name",
    "interviewer": "interviewers",
    "duration": "media.duration",
    "biographical text": "context",
    "url": "source.url",
}
_BESIDE: Final = {
    "item id": "id",
    "o id": "id",
    "file": "media",
    "files": "media",
    "tags": "keywords",
    "collection": "source.collection",
    "public": "public",
    "o is public": "public",
}
"""Columns that stand in an Omeka export beside the elements."""


class Recognised(msgspec.Struct, frozen=True):
    """What the header of a table was taken for."""

    name: str
    """The profile; empty where the columns were guessed one by one."""
    label: str
    mapping: dict[str, str]
    """The target of each column."""


def recognise(columns: Sequence[str]) -> Recognised:
    """Find the profile of a table by its header, or guess its columns one by one."""
    if {"title", "account"} & set(columns) and any(c in _DOTTED for c in columns):
        # Its cells carry marks of their own, see `flat.py`.
        own = {c: c if c in COLUMNS else _sealing(c) for c in columns}
        return Recognised(OWN, "Firsthand CSV", own)
    forms = {column: plain(column) for column in columns}
    present = set(forms.values())
    for profile in PROFILES:
        if any(group <= present for group in profile.needed):
            mapping = {c: profile.targets.get(form, EXTRA) for c, form in forms.items()}
            return Recognised(profile.name, profile.label, _with_added(mapping))
    elements = {c: plain(m[1]) for c in columns if (m := _ELEMENTS.fullmatch(c))}
    if len(elements) >= 2:
        return Recognised("dublin core", "Dublin Core (Omeka)", _dublin_core(columns, elements))
    guessed, record = _guessed(columns), _as_record(columns)
    if record is None:
        return Recognised("", "", guessed)
    further = {c: t for c, t in guessed.items() if record[c] == EXTRA != t and c not in _KEYS}
    further = {c: t for c, t in further.items() if t not in record.values()}
    if further:
        return Recognised("", "", record | further)
    return Recognised(RECORD, "the keys of a record", record)


def _sealing(column: str) -> str:
    # `access.record` is a column of ours.
    target = guess(column).replace("access.record", "restrictions")
    return target if target in TAKEN else EXTRA


_ADDED: Final = ("access.", "restrictions", "embargo", "public", "consent.", "narrator.")
"""Beginnings of the targets that are looked for among the columns added to a known shape."""


def _added(column: str) -> str:
    target = guess(column)
    if target == "narrator.name":
        return EXTRA
    return target if target.startswith(_ADDED) or target in ("themes", "notes") else EXTRA


def _with_added(mapping: dict[str, str]) -> dict[str, str]:
    """Look at the columns that somebody added to a known shape: restrictions above all."""
    known = set(mapping.values())
    added = {c: _added(c) for c, target in mapping.items() if target == EXTRA}
    return mapping | {c: t for c, t in added.items() if t != "themes" or t not in known}


_DOTTED: Final = frozenset(column for column in COLUMNS if "." in column)


def _dublin_core(columns: Sequence[str], elements: Mapping[str, str]) -> dict[str, str]:
    taken = set(elements.values())
    mapping = {}
    for column in columns:
        element = elements.get(column)
        if element is None:
            target = _BESIDE.get(plain(column)) or _added(column)
            if target == "id" and "identifier" in taken:
                target = EXTRA
        else:
            target = _DUBLIN_CORE.get(element) or guess(element) or EXTRA
            if element == "contributor" and any("interviewee" in name for name in taken):
                target = EXTRA
            if element == "created" and "date" in taken:
                target = EXTRA
        mapping[column] = target
    return mapping


_KEYS: Final = {
    **{field: field for field in FIELDS if field not in ("turns", "access", "extra")},
    **ALIASES,
}
_AS_TARGETS: Final = {
    "narrator": "narrator.name",
    "date": "date.text",
    "period": "period.text",
    "source": "source.citation",
    "consent": "consent.status",
}
_PROGRAMS_OWN: Final = ("created", "modified", "by", "revision")


def _as_record(columns: Sequence[str]) -> dict[str, str] | None:
    """Take a table whose columns are called as the record's keys are; others go to `extra`."""
    known = {c: _KEYS[form] for c in columns if (form := c.strip().casefold()) in _KEYS}
    if not {"title", "account"} <= set(known.values()):
        return None
    targets = {c: _AS_TARGETS.get(key, key) for c, key in known.items()}
    for column in columns:
        if targets.get(column, EXTRA) in (EXTRA, *_PROGRAMS_OWN):
            targets[column] = "access.record" if column.strip().casefold() == "access" else EXTRA
    return targets


_GIVEN_OR_WHOLE: Final = {plain(word) for word in ("nombre", "imię", "имя", "ім'я")}
_FAMILY: Final = {
    plain(word)
    for word in ("apellido", "apellidos", "nazwisko", "фамилия", "прізвище", "cognome", "sobrenome")
}


_WIDEST: Final = 500
"""Columns that are guessed; what stands further to the right is kept in `extra`."""
_GENERAL: Final = frozenset(
    [
        *("name", "person", "text", "content", "body", "words", "url", "link", "file", "files"),
        *("label", "original", "data", "datum", "date", "interview", "statement", "nom", "nombre"),
        "archive",
    ]
)
"""Headers that give way to one that says the same more exactly."""


def _family(columns: Sequence[str]) -> bool:
    """Tell whether there is a column of family names, so that another holds first names."""
    return any(plain(column) in _FAMILY for column in columns)


def _guessed(columns: Sequence[str]) -> dict[str, str]:
    mapping = dict.fromkeys(columns, EXTRA)
    mapping |= {column: guess(column) or EXTRA for column in columns[:_WIDEST]}
    for column, target in [*mapping.items()][:_WIDEST]:
        others = (c for c, other in mapping.items() if other == target and c != column)
        if plain(column) in _GENERAL and any(plain(c) not in _GENERAL for c in others):
            mapping[column] = EXTRA
    targets = set(mapping.values())
    for column, target in mapping.items():
        if target == "narrator.name" and plain(column) in _GIVEN_OR_WHOLE and _family(columns):
            mapping[column] = "narrator.given"
        # Year, month and day make one date only together.
        if target in ("date.month", "date.day") and "date.year" not in targets:
            mapping[column] = EXTRA
    if "date.year" in targets and "date.text" not in targets and "date.month" not in targets:
        mapping |= {c: "date.text" for c, target in mapping.items() if target == "date.year"}
    return mapping
