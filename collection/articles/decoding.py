"""Bytes to text, in the encoding that makes words of them."""

from __future__ import annotations

import codecs
import re
from typing import Final

from collection.articles.words import language_of, tokens, words_of

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY: Final = ("cp1252", "cp1251", "cp1250", "koi8-r", "iso-8859-2")
"""The encodings in which the languages of the tables were written before UTF-8."""
_DECLARED: Final = re.compile(
    rb"""<(?:meta|\?xml)[^<>]{0,200}?(?:charset|encoding)=["' ]*([\w.-]{2,40})"""
)
_SAMPLE: Final = 20_000


class Undecodable(Exception):  # noqa: N818  # says what happened
    """The bytes are no text in the encoding that was asked for; says so in a sentence."""


def decoded(data: bytes, encoding: str = "", *, declared: bool = False) -> tuple[str, str]:
    r"""Decode a file.

    Args:
        data: its bytes.
        encoding: the encoding that it is in, where a person said so.
        declared: whether what a page says of its own encoding counts.

    Returns:
        the text with its line ends as ``\\n``; and a plain sentence where the encoding was
        guessed, else nothing.

    Raises:
        Undecodable: when it is not in the encoding asked for.
    """
    text, note = _decoded(data, encoding, declared)
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _decoded(data: bytes, encoding: str, declared: bool) -> tuple[str, str]:
    if encoding:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ""
        except LookupError:
            message = f"There is no encoding {encoding}. Name another, or none to have it found."
        except (UnicodeError, ValueError):
            message = f"The file is not in {encoding}. Name another encoding, or none."
        raise Undecodable(message)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), ""
    if wide := _wide(data):
        return data.decode(wide, "replace"), ""
    try:
        return data.decode(), ""
    except UnicodeDecodeError:
        pass
    if declared and (found := _DECLARED.search(data[:4096])):
        try:
            return data.decode(found[1].decode("ascii"), "replace"), ""
        except (LookupError, UnicodeError, ValueError):
            pass  # a page that is wrong about itself
    name = max(_LEGACY, key=lambda one: _sense(data[:_SAMPLE], one))
    note = f"The file does not say its encoding; it was read as {name}."
    return data.decode(name, "replace"), note


def _wide(data: bytes) -> str:
    """Tell UTF-16 without a mark by where its zeros stand; empty where it is not."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 5 < len(sample) or min(even, odd) * 5 > max(even, odd):
        return ""  # of text that has zeros in it nothing is known
    return "utf-16-le" if odd > even else "utf-16-be"


def _sense(sample: bytes, encoding: str) -> float:
    """Count the common words that an encoding makes of some bytes, less what it cannot read."""
    text = sample.decode(encoding, "replace")
    language = language_of(text) or "en"
    stop = words_of(language).kinds["stop"]
    return sum(word in stop for word in tokens(text)) - 2 * text.count("\ufffd")
