"""What a column of a table can be taken for: the keys of the record, and a few that make one."""

from __future__ import annotations

from typing import Final

import msgspec

from collection.testimony import PARTS

EXTRA: Final = "extra"
"""Keeps a column among the further values, under its own header."""
LEFT_OUT: Final = ""
"""Leaves a column out."""


class Target(msgspec.Struct, frozen=True):
    """One thing that a column can be taken for."""

    key: str
    """What a mapping calls it: a key of the record, dotted where it is nested."""
    label: str
    """What a person calls it."""
    several: bool = False
    """Whether several columns may be taken for it together."""


_DATE: Final = (
    ("text", "the words"),
    ("year", "the year"),
    ("month", "the month"),
    ("day", "the day"),
    ("approximate", "whether it is approximate"),
    ("edtf", "read as EDTF"),
    ("earliest", "first possible day"),
    ("latest", "last possible day"),
    ("reason", "why it was inferred"),
)
_PARTS: Final = {
    "record": "the whole record",
    "name": "the name",
    "account": "the account",
    "context": "the context",
    "media": "the media",
}

TARGETS: Final = (
    Target("title", "Title"),
    Target("account", "Account: the words of the testimony", several=True),
    Target("description", "Summary: the account where there is no other, else context"),
    Target("transcript", "Transcript: its text, or the name of its file"),
    Target("context", "Context: circumstances, background", several=True),
    Target("narrator.name", "Narrator"),
    Target("narrator.given", "Narrator's first names"),
    Target("narrator.pseudonym", "Narrator's pseudonym; the other name is then private"),
    Target("narrator.anonymous", "Narrator wants to be anonymous: all but no seals the name"),
    Target("narrator.naming", "How the narrator is named (real, pseudonym, anonymous)"),
    Target("narrator.real_name", "Narrator's real name (private)"),
    Target("interviewers", "Interviewers", several=True),
    Target("present", "Others present", several=True),
    Target("translators", "Translators", several=True),
    *(Target(f"date.{key}", f"Date of the interview: {label}") for key, label in _DATE),
    *(Target(f"period.{key}", f"Time it is about: {label}") for key, label in _DATE),
    Target("places", "Places spoken of", several=True),
    Target("places.country", "Country code of the one place"),
    Target("places.latitude", "Latitude of the one place"),
    Target("places.longitude", "Longitude of the one place"),
    Target("interview_place", "Place of the interview"),
    Target("themes", "Themes, subjects", several=True),
    Target("keywords", "Keywords, tags", several=True),
    Target("language", "Language"),
    Target("rendering", "Whose words (verbatim, edited, translated, summary, composed)"),
    Target("source.citation", "Source: citation"),
    Target("source.url", "Source: address"),
    Target("source.collection", "Source: collection"),
    Target("source.series", "Source: series"),
    Target("source.repository", "Source: repository"),
    Target("rights", "Rights"),
    Target("licence", "Licence"),
    Target("consent.status", "Consent: status"),
    Target("consent.date", "Consent: date"),
    Target("consent.document", "Consent: document"),
    Target("consent.uses", "Consent: uses agreed to"),
    *(Target(f"access.{part}", f"Access to {_PARTS[part]}") for part in PARTS),
    *(Target(f"access.{part}.until", f"Access to {_PARTS[part]}: until") for part in PARTS),
    *(Target(f"access.{part}.reason", f"Access to {_PARTS[part]}: why") for part in PARTS),
    Target("restrictions", "Restrictions: whatever it says but no seals the record"),
    Target("embargo", "Embargo: until when the record is closed"),
    Target("public", "Public: no seals the record"),
    Target("media", "Recordings, pictures: files or addresses", several=True),
    Target("media.file", "Recording: file"),
    Target("media.url", "Recording: address"),
    Target("media.duration", "Recording: duration"),
    Target("media.title", "Recording: title"),
    Target("parent", "Belongs to: identifier of the record that it is a part of"),
    Target("notes", "Notes (private)", several=True),
    Target("id", "Identifier"),
    Target(EXTRA, "Kept among the further values", several=True),
    Target(LEFT_OUT, "Left out", several=True),
)
"""Everything a column can be taken for, what is most often needed first."""

KEYS: Final = frozenset(target.key for target in TARGETS)
_SHORT: Final = {
    "date": "date.text",
    "period": "period.text",
    "narrator": "narrator.name",
    "speaker": "narrator.name",
    "source": "source.citation",
    "consent": "consent.status",
    "access": "access.record",
    "place": "places",
}


def target_key(given: str) -> str | None:
    """Give the key of a target as a person writes it; none where there is no such target.

    `date` serves for `date.text`, `narrator` for `narrator.name` and so on.
    """
    key = given.strip().casefold()
    key = _SHORT.get(key, key)
    return key if key in KEYS else None
