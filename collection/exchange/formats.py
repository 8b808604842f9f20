"""The formats there are, each loaded when it is used, and which one a file is in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from pathlib import Path

    from collection.exchange.interface import Reader, Writer

READERS: Final = {
    "jsonl": "collection.exchange.jsonl:JSONLines",
    "vtt": "collection.exchange.vtt:WebVTT",
    "srt": "collection.exchange.vtt:SubRip",
    "timecoded": "collection.exchange.timecoded:Timecoded",
    "ohms": "collection.exchange.ohms:OHMS",
    "tei": "collection.exchange.tei:TEI",
}
"""What testimonies can come in, by the word for `--format`."""
WRITERS: Final = {
    "jsonl": "collection.exchange.jsonl:JSONLines",
    "vtt": "collection.exchange.vtt:WebVTT",
    "ohms": "collection.exchange.ohms:OHMS",
    "dc": "collection.exchange.dublincore:DublinCore",
}
"""What testimonies can leave in, by the word for `--format`."""
_SUFFIXES: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".vtt": "vtt",
    ".srt": "srt",
}
_ROOTS: Final = {"ROOT": "ohms", "TEI": "tei", "TEI.2": "tei", "teiCorpus": "tei"}
"""What XML is, by its outermost element; the reader of OHMS says what is wrong with others."""
_LOOKED_AT: Final = 64 << 10
"""Bytes of a plain text that are asked what it is."""


def reader(name: str) -> Reader:
    """Give the reader of a format."""
    return cast("Reader", _made(READERS[name]))


def writer(name: str) -> Writer:
    """Give the writer of a format."""
    return cast("Writer", _made(WRITERS[name]))


def format_of(path: Path) -> str:
    """Tell which format a file is in, by its name and, where that is not enough, its beginning.

    Returns:
        a key of `READERS`; that of JSON lines where nothing fits.

    Raises:
        OSError: when it cannot be read.
    """
    suffix = path.suffix.casefold()
    if suffix == ".xml":
        from collection.exchange.xmlfile import root_name

        return _ROOTS.get(root_name(path), "ohms")
    if suffix == ".txt":
        return _of_plain_text(path)
    return _SUFFIXES.get(suffix, "jsonl")


def _of_plain_text(path: Path) -> str:
    from collection.exchange.cues import is_cued
    from collection.exchange.plaintext import decoded
    from collection.exchange.timecoded import is_timecoded

    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    # The last character may be cut through.
    text = decoded(beginning, errors="replace")
    if isinstance(text, str) and (is_cued(text) or is_timecoded(text)):
        return "timecoded"
    return "jsonl"


def _made(place: str) -> object:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)()
