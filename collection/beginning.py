"""What a new testimony can begin with: another of the same series, or a text from elsewhere."""

from __future__ import annotations

import json
from typing import Any

from collection.reading import ALIASES
from collection.testimony import FIELDS, Source, Testimony


def like(one: Testimony) -> Testimony:
    """Begin a testimony with what it shares with another of the same interviewer and place.

    Who spoke, when, about what and on whose terms is not taken over.

    Args:
        one: the other, as it may be seen; what is masked in it must not be given.
    """
    source = one.source
    return Testimony(
        title="",
        account="",
        interviewers=one.interviewers,
        translators=one.translators,
        places=one.places,
        interview_place=one.interview_place,
        language=one.language,
        source=Source(
            collection=source.collection, series=source.series, repository=source.repository
        ),
        rights=one.rights,
        licence=one.licence,
    )


def from_text(text: str) -> dict[str, Any]:
    """Begin a testimony with a text: a record in JSON, or else an account.

    Returns:
        values by the record's keys, as a file has them; nothing for an empty text.
    """
    if not text.strip():
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    # Words in braces are not a record yet.
    if isinstance(found, dict) and ({*FIELDS} | {*ALIASES}) & found.keys():
        return found
    return {"account": text}
