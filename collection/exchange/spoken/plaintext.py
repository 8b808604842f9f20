"""Reads a file of plain text, whatever it was saved as."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from collection.errors import Problem, told
from collection.exchange.tables.encodings import encoding_of_bytes

if TYPE_CHECKING:
    from pathlib import Path

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks and what they mean; those of 32 bits begin like those of 16."""


def text_of(path: Path, encoding: str = "") -> str | Problem:
    """Read a text with its line ends as line feeds.

    A mark at the beginning says the encoding, else the one that is given; where neither does it
    is UTF-8, or found out by its letters as that of a table is.

    Returns:
        the text, or why there is none.

    Raises:
        OSError: when the file cannot be read.
    """
    return decoded(path.read_bytes(), encoding)


def decoded(data: bytes, encoding: str = "", errors: str = "strict") -> str | Problem:
    """Decode a text; see `text_of`."""
    mark, meant = next(((m, name) for m, name in _MARKS if data.startswith(m)), (b"", ""))
    name = (
        meant or encoding or (encoding_of_bytes(data).encoding if errors == "strict" else "utf-8")
    )
    try:
        text = data.removeprefix(mark).decode(name, errors)
    except LookupError:
        return Problem("", told(name), f"{told(name)} is no encoding that this program knows.")
    except (UnicodeError, ValueError):
        message = f"This is not {name.upper()} text. Save it as UTF-8, or say its encoding."
        return Problem("", told(data[:60].decode("latin-1")), message)
    return with_line_feeds(text)


def with_line_feeds(text: str) -> str:
    """Give a text the line ends of the program; those of Windows and of old Macs are meant."""
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n")
