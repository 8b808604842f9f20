"""Hypothesis strategies for records: every field, all of Unicode."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from collection.dates import DateSpan
from collection.testimony import (
    CONSENTS,
    LEVELS,
    NAMINGS,
    PARTS,
    RENDERINGS,
    STATUSES,
    Access,
    Consent,
    Medium,
    Narrator,
    Place,
    Restriction,
    Source,
    Testimony,
    Turn,
)

ODD = [
    "\x00\x1b[31m\x7f\x9b",
    "שלום עולם",
    "\u202eevil\u2066",
    "e\u0301",
    "🧑‍🌾\ufe0f",
    "\ufeff\u2028\u2029",
    '"\\/\b',
]


def texts(size: int = 30) -> st.SearchStrategy[str]:
    """Any text that can be written down, now and then something nasty."""
    return st.text(st.characters(exclude_categories=["Cs"]), max_size=size) | st.sampled_from(ODD)


filled = texts().map(lambda text: "x" + text)
names = st.lists(filled, max_size=3).map(tuple)
ids = st.text("abcdefghijklmnop-0123456789", min_size=1, max_size=12)
days = st.none() | st.dates(datetime.date(1800, 1, 1)).map(str)
numbers = st.floats(-90, 90, allow_nan=False) | st.none()


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    """A date with whatever it was read as."""
    first, last = draw(days), draw(days)
    if first and last and first > last:
        first, last = last, first
    edtf = draw(st.none() | st.sampled_from(["1944", "1944?", "../1950"]))
    if not first and not last:
        # Of a reading without its days the days would be worked out again.
        edtf = None
    return DateSpan(draw(texts()), edtf, first, last, draw(texts()))


def _accesses(levels: st.SearchStrategy[str]) -> st.SearchStrategy[Access]:
    part = st.builds(Restriction, level=levels, until=days, reason=texts())
    return st.builds(Access, **dict.fromkeys(PARTS, part))


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | texts()
    | st.floats(allow_nan=False, allow_infinity=False)
)
plain = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts(), inner, max_size=3),
    max_leaves=6,
)


def records(
    levels: st.SearchStrategy[str] = st.sampled_from(LEVELS), **fixed: Any
) -> st.SearchStrategy[Testimony]:
    """Any valid record."""
    fields: dict[str, Any] = {
        "id": ids,
        "title": filled,
        "narrator": st.builds(Narrator, texts(), st.sampled_from(NAMINGS), texts()),
        "interviewers": names,
        "present": names,
        "translators": names,
        "date": spans(),
        "period": spans(),
        "places": st.lists(
            st.builds(
                Place, filled, st.none() | filled, numbers, numbers, st.sampled_from(STATUSES)
            ),
            max_size=3,
        ).map(tuple),
        "interview_place": texts(),
        "themes": names,
        "keywords": names,
        "account": texts(200).map(lambda text: "x" + text),
        "turns": st.lists(
            st.builds(Turn, st.integers(0, 300), texts(), st.none() | st.floats(0, 1e6)), max_size=3
        ).map(tuple),
        "rendering": st.sampled_from(RENDERINGS),
        "context": texts(),
        "language": texts(),
        "source": st.builds(Source, *[texts()] * 5),
        "rights": texts(),
        "licence": texts(),
        "consent": st.builds(Consent, st.sampled_from(CONSENTS), texts(), texts(), texts()),
        "access": _accesses(levels),
        "media": st.lists(st.builds(Medium, filled, texts(), texts(), texts()), max_size=2).map(
            tuple
        ),
        "notes": texts(),
        "created": texts(),
        "modified": texts(),
        "by": texts(),
        "revision": st.integers(0, 1000),
        "extra": st.dictionaries(filled.map(lambda key: "my " + key), plain, max_size=3),
    }
    return st.builds(Testimony, **fields | {key: st.just(value) for key, value in fixed.items()})
