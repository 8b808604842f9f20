"""The formats there are, each loaded when it is used, and which one a file is in."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from pathlib import Path

    from collection.exchange.interface import Reader, Writer

READERS: Final = {
    "article": "collection.exchange.articles:Articles",
    "jsonl": "collection.exchange.jsonl:JSONLines",
    "csv": "collection.exchange.tables.csvtable:CSV",
    "xlsx": "collection.exchange.tables.tables:XLSX",
    "tinydb": "collection.exchange.tables.tables:TinyDBFile",
    "vtt": "collection.exchange.spoken.vtt:WebVTT",
    "srt": "collection.exchange.spoken.vtt:SubRip",
    "timecoded": "collection.exchange.spoken.timecoded:Timecoded",
    "ohms": "collection.exchange.markup.ohms:OHMS",
    "tei": "collection.exchange.markup.tei:TEI",
}
"""What testimonies can come in, by the word for `--format`."""
WRITERS: Final = {
    "jsonl": "collection.exchange.jsonl:JSONLines",
    "csv": "collection.exchange.tables.csvtable:CSV",
    "md": "collection.exchange.readable.markdown:Markdown",
    "html": "collection.exchange.readable.html:HTML",
    "docx": "collection.exchange.readable.word:Word",
    "finding-aid": "collection.exchange.readable.finding_aid:FindingAid",
    "bibtex": "collection.exchange.references:BibTeX",
    "ris": "collection.exchange.references:RIS",
    "csl": "collection.exchange.references:CSLJSON",
    "vtt": "collection.exchange.spoken.vtt:WebVTT",
    "ohms": "collection.exchange.markup.ohms:OHMS",
    "dc": "collection.exchange.markup.dublincore:DublinCore",
}
"""What testimonies can leave in, by the word for `--format`."""
UNDERSTOOD: Final = frozenset({"article"})
"""Those that are the better understood the more is known of the collection."""
_SUFFIXES: Final = {
    ".txt": "article",
    ".md": "article",
    ".markdown": "article",
    ".html": "article",
    ".htm": "article",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xlsx",  # which says in what form to save it
    ".ods": "xlsx",
    ".vtt": "vtt",
    ".srt": "srt",
    ".xhtml": "article",
    ".tei": "tei",
}
_SEVERAL: Final = (".txt", ".xml")
"""Endings that stand for several formats; the file itself is asked."""
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
        a key of `READERS`; that of articles, which any text may be, where nothing else fits.

    Raises:
        OSError: when it cannot be read.
    """
    suffix = path.suffix.casefold()
    if suffix == ".xml":
        from collection.exchange.markup.xmlfile import root_name

        return _ROOTS.get(root_name(path), "ohms")
    if suffix == ".txt":
        return _of_plain_text(path)
    found = _SUFFIXES.get(suffix) or _by_beginning(path)
    if found == "jsonl":
        from collection.exchange.tables.objects import is_foreign

        return "tinydb" if is_foreign(path) else "jsonl"
    return found


def _by_beginning(path: Path) -> str:
    """Tell what a file is whose ending says nothing."""
    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf \t\r\n")
    if beginning[:1] in (b"{", b"[") and not beginning.startswith(b"{\\rtf"):
        return "jsonl"
    if beginning.startswith(b"WEBVTT"):
        return "vtt"
    if beginning.startswith(b"<?xml") and b"<html" not in beginning[:2000].lower():
        from collection.exchange.markup.xmlfile import root_name

        return _ROOTS.get(root_name(path), "ohms")
    return _of_plain_text(path)


def _of_plain_text(path: Path) -> str:
    from collection.exchange.spoken.cues import is_cued
    from collection.exchange.spoken.plaintext import decoded
    from collection.exchange.spoken.timecoded import is_timecoded

    with path.open("rb") as file:
        beginning = file.read(_LOOKED_AT)
    # The last character may be cut through.
    text = decoded(beginning, errors="replace")
    if isinstance(text, str) and (is_cued(text) or is_timecoded(text)):
        return "timecoded"
    from collection.exchange.tables.delimited import looks_like_table

    return "csv" if looks_like_table(path) else "article"


def format_for(name: str) -> str | None:
    """Tell which format a file is to be written in by the ending of its name.

    Returns:
        a key of `WRITERS`; of several with the same ending the first. None where none has it.
    """
    small = name.casefold()
    fitting = [
        (len(one.suffix), key) for key in WRITERS if small.endswith((one := writer(key)).suffix)
    ]
    longest = max((length for length, _ in fitting), default=0)
    return next((key for length, key in fitting if length == longest), None)


def _made(place: str) -> object:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)()


def suffixes() -> tuple[str, ...]:
    """Give the endings that a format is known by."""
    return (*_SUFFIXES, *_SEVERAL)
