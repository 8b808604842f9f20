"""Sound files of every format, to begin from."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from collection.access import gate
from collection.exchange.formats import WRITERS, writer
from collection.exchange.interface import Unfit
from collection.testimony import Place, Testimony, Turn

SUFFIXES: Final = {"jsonl": ".jsonl"}
"""The ending of the files of a format."""
_TESTIMONY: Final = Testimony(
    id="f-1",
    title="The road to Samarkand",
    narrator="Oleg*",
    interviewers=("A. Reporter",),
    date="27 September 2022",
    period="summer 1944?",
    places=(Place("Tashkent", "UZ", 41.26, 69.22, "decided"), Place("Лwów; Lemberg")),
    themes=("Flight", "Hunger"),
    account='We left at night.\n\nAnd then [pause] we walked; "walked" is not the word.',
    turns=(Turn(0, "OLEG", 0.0), Turn(19, "OLEG", 61.5)),
    context="He wrote by Telegram.",
    language="ru",
    extra={"ohms": {"accession": "007"}},
)
_HANDMADE: Final[dict[str, tuple[str, ...]]] = {
    "jsonl": ('{"title": "T", "account": "A", "date": {"text": "1944", "edtf": "1944"}}\n[]\n',),
}


def seeds(name: str) -> tuple[bytes, ...]:
    """Give the files that a format is fuzzed from."""
    files = [text.encode() for text in _HANDMADE.get(name, ())]
    if name in WRITERS:
        with suppress(Unfit):
            files.append(b"".join(writer(name).write([gate(_TESTIMONY, private=True)])))
    return tuple(files)
