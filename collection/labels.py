"""What the keys of a record are called where people read them."""

from __future__ import annotations

from typing import Final

LABELS: Final = {
    "title": "Title",
    "date": "Date given",
    "period": "Period covered",
    "places": "Places",
    "interview_place": "Place of interview",
    "themes": "Themes",
    "keywords": "Keywords",
    "narrator": "Narrator",
    "narrator.name": "Narrator",
    "narrator.naming": "Named by",
    "narrator.real_name": "Real name (private)",
    "interviewers": "Interviewers",
    "present": "Present",
    "translators": "Translators",
    "context": "Circumstances",
    "language": "Language",
    "rendering": "Rendering",
    "account": "Account",
    "turns": "Speaker turns",
    "source": "Source",
    "source.citation": "Source",
    "source.url": "Address of the source",
    "source.collection": "Collection of the source",
    "source.series": "Series of the source",
    "source.repository": "Repository of the source",
    "rights": "Rights",
    "licence": "Licence",
    "consent": "Consent",
    "consent.status": "Consent",
    "consent.date": "Consent given on",
    "consent.document": "Document of the consent",
    "consent.uses": "Consent to uses",
    "access": "Access",
    "access.record": "Access to the whole record",
    "access.name": "Access to the name",
    "access.account": "Access to the account",
    "access.context": "Access to the context",
    "access.media": "Access to the media",
    "media": "Media",
    "notes": "Notes (private)",
    "extra": "Also recorded",
}
"""By key, dotted where it is nested; in the order in which a record is told, texts last or late."""


def label_of(key: str) -> str:
    """Give the label of a key; a key that no record has serves as its own."""
    return LABELS.get(key, key)
