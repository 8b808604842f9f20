"""What the form asks for, in the order in which an interviewer thinks of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from collection.testimony import CONSENTS, LEVELS, NAMINGS, PARTS, RENDERINGS


@dataclass(frozen=True)
class Field:
    """One field of the form."""

    key: str
    """Its key, dotted where it is nested; see `form_values.KEYS`."""
    label: str
    kind: Literal["line", "names", "area", "choice"] = "line"
    """`names` is one line with `;` between the names."""
    choices: tuple[str, ...] = ()
    hint: str = ""
    """A word on how to fill it in, beside the label."""
    rows: int = 0
    """Rows of an area; 0 for as many as there is room for."""


@dataclass(frozen=True)
class Section:
    """A group of fields."""

    name: str
    short: str
    """The name where there is little room."""
    fields: tuple[Field, ...]


_ACCESS: Final = {
    "record": "Access: whole record",
    "name": "Access: name",
    "account": "Access: account",
    "context": "Access: context",
    "media": "Access: media",
}


def _sealing(part: str) -> tuple[Field, ...]:
    return (
        Field(f"access.{part}.level", _ACCESS[part], "choice", LEVELS),
        Field(f"access.{part}.until", "  until (day)"),
        Field(f"access.{part}.reason", "  because"),
    )


SECTIONS: Final = (
    Section(
        "Who",
        "Who",
        (
            Field("title", "Title *"),
            Field("narrator.name", "Narrator"),
            Field("narrator.naming", "Named by", "choice", NAMINGS),
            Field("narrator.real_name", "Real name (private)"),
            Field("interviewers", "Interviewers", "names"),
            Field("present", "Others present", "names"),
            Field("translators", "Translators", "names"),
            Field("id", "Identifier", hint="made if left empty"),
        ),
    ),
    Section(
        "When & where",
        "When",
        (
            Field("date.text", "Given when"),
            Field("date.reason", "  inferred because"),
            Field("period.text", "Period covered"),
            Field("period.reason", "  inferred because"),
            Field("places", "Places spoken of", "names"),
            Field("interview_place", "Place of interview"),
        ),
    ),
    Section(
        "What about",
        "What",
        (
            Field("themes", "Themes", "names"),
            Field("keywords", "Keywords", "names"),
            Field("language", "Language"),
            Field("rendering", "Rendering", "choice", RENDERINGS),
        ),
    ),
    Section("The account *", "Text", (Field("account", "Account *", "area"),)),
    Section(
        "Circumstances",
        "Notes",
        (
            Field("context", "Context", "area", rows=6),
            Field("notes", "Notes (private)", "area", rows=4),
        ),
    ),
    Section(
        "Source",
        "Source",
        (
            Field("source.citation", "Source"),
            Field("source.url", "Address (URL)"),
            Field("source.collection", "Collection"),
            Field("source.series", "Series"),
            Field("source.repository", "Repository"),
            Field("media", "Media", "area", hint="one per line: file or URL | duration", rows=3),
        ),
    ),
    Section(
        "Terms",
        "Terms",
        (
            Field("consent.status", "Consent", "choice", CONSENTS),
            Field("consent.date", "  given on"),
            Field("consent.document", "  document"),
            Field("consent.uses", "  for which uses"),
            Field("rights", "Rights"),
            Field("licence", "Licence"),
            *(field for part in PARTS for field in _sealing(part)),
        ),
    ),
)
"""The sections of the form."""
