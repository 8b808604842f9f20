"""Reads XML that strangers wrote: nothing in it is fetched, expanded or executed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.errors import Problem, shown, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import IO
    from xml.etree.ElementTree import Element

DEEPEST: Final = 500
"""Levels of elements that are read; documents of the humanities have some twenty."""
_BEGINNING: Final = 64 << 10
"""Bytes in which the root element of a file must begin."""
_ROOT: Final = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_ASIDE: Final = re.compile(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<!DOCTYPE[^>\[]*", re.DOTALL)
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold in any form (section 2.2)."""


def local(element: Element) -> str:
    """Give the name of an element without its namespace."""
    # Comments and instructions have a function in the place of a name.
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def elements(path: Path, names: Iterable[str]) -> Iterator[Element | Problem]:
    """Read the elements of a file that bear one of some names, one at a time.

    What lies inside one is not looked through for others. Each is emptied once the next is
    asked for, so that a file of any length is read in the memory that one of them takes.

    Yields:
        elements; at last a problem, if the file breaks off there.

    Raises:
        OSError: when the file cannot be read.
    """
    wanted = frozenset(names)
    with path.open("rb") as file:
        yield from _elements(file, wanted)


def root_name(path: Path) -> str:
    """Give the name of the outermost element of a file; empty where none is in sight.

    Raises:
        OSError: when the file cannot be read.
    """
    with path.open("rb") as file:
        beginning = file.read(_BEGINNING)
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff") or beginning[:4].count(0):
        text = beginning.decode("utf-16", "replace")
    else:
        text = beginning.decode("utf-8", "replace")
    found = _ROOT.search(_ASIDE.sub("", text))
    return found[1] if found else ""


def writable(text: str) -> str:
    """Give a text as XML can hold it: what it cannot becomes U+FFFD, one for one."""
    return text if text.isprintable() else _FORBIDDEN.sub("\ufffd", text)


def escaped(text: str) -> str:
    """Give a text as it is written between two tags, so that it is read as it was."""
    text = writable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    # A parser takes a carriage return for a line feed (section 2.11).
    return text.replace("\r", "&#13;")


def attribute(text: str) -> str:
    """Give a text as it is written between quotation marks, so that it is read as it was."""
    text = escaped(text).replace('"', "&quot;")
    return text.replace("\n", "&#10;").replace("\t", "&#9;")


def _elements(file: IO[bytes], wanted: frozenset[str]) -> Iterator[Element | Problem]:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    above: list[Element] = []
    inside = 0
    """How many of the elements above are wanted."""
    try:
        for event, element in iterparse(file, ("start", "end"), forbid_dtd=True):
            if event == "start":
                above.append(element)
                inside += local(element) in wanted
                if len(above) > DEEPEST:
                    yield _problem("Its elements nest too deeply to be read.")
                    return
                continue
            above.pop()
            if local(element) in wanted:
                inside -= 1
                if not inside:
                    yield element
            if not inside:
                _forget(element, above)
    except ParseError as error:
        line, column = error.position
        reason = str(error.msg).partition(":")[0]
        message = f"This is not well-formed XML, on line {line}, column {column + 1}: {reason}."
        yield _problem(message, str(line))
    except DefusedXmlException:
        message = "This declares a document type or entities, which are not read from strangers."
        yield _problem(f"{message} Take the declaration out and import it again.")
    except (LookupError, ValueError) as error:
        yield _problem(f"This cannot be read in the encoding that it names: {error}.")


def _forget(element: Element, above: list[Element]) -> None:
    """Let go of an element that has been read."""
    element.clear()
    if above:
        # Only the newest child can have been read just now.
        del above[-1][-1:]


def _problem(message: str, value: str = "") -> Problem:
    return Problem("", told(value), message)


def unknown_root(name: str) -> Problem:
    """Say that a file is of no kind that can be read."""
    what = f"The outermost element is {shown(name)}" if name else "There is no element"
    message = f"{what}; XML is read as OHMS (ROOT with record) or as TEI (TEI or teiCorpus)."
    return Problem("", told(name), message)
