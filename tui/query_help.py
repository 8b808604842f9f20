"""What a search understands, told in the help."""

from __future__ import annotations

from typing import Final

from collection.search.conditions import STATES

SYNTAX: Final = (
    ("lodz hunger", "every word must match, in any order, typos and all"),
    ('"forced labour"', "exactly these words in a row, no typos, no other names"),
    ("-camp", "without this word"),
    ("place: theme: by:", "look only in places, themes or narrators"),
    ('place:"New York"', "exactly these words in a place"),
    ("date:", "when the account was given: date:1945, date:May 1945, date:1943..1945"),
    ("after: before:", "given since, or until; the day itself counts"),
    ("period:", "what time it is about"),
    ("lang:", "lang:yi or lang:Yiddish"),
    ("series:", "the beginning of the name of a series or collection"),
)
"""What can be written, and what it means."""


def query_help() -> list[tuple[str, str]]:
    """Give everything that a query can hold, each with what it means."""
    return [*SYNTAX, *((f"is:{state}", meaning) for state, meaning in STATES.items())]
