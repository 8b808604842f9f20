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
}
"""What testimonies can come in, by the word for `--format`."""
WRITERS: Final = {
    "jsonl": "collection.exchange.jsonl:JSONLines",
}
"""What testimonies can leave in, by the word for `--format`."""
_SUFFIXES: Final = {
    ".txt": "article",
    ".md": "article",
    ".markdown": "article",
    ".html": "article",
    ".htm": "article",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}


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
    return _SUFFIXES.get(path.suffix.casefold(), "jsonl")


def _made(place: str) -> object:
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)()
