"""Markdown (CommonMark): a plain text to read, edit and print."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from collection.exchange.readable.content import ReadingCopy, Section, reading_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated

_SIGNS: Final = re.compile(r"[\\`*_{}\[\]<>&|~$^#]")
_LINE_SIGN: Final = re.compile(r"([ \t]*)([-+=:%]|[0-9]{1,9}[.)])")
"""What at the beginning of a line makes a list, a heading or a rule of it."""
_BLANKS: Final = " \t"
"""A line of nothing else is blank to Markdown."""


class Markdown:
    """The format `md`."""

    name = "md"
    label = "Markdown"
    about = "a text to read, edit and print"
    suffix = ".md"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one text, the testimonies one below the other."""
        rule = ""
        for gated in testimonies:
            if not gated.sealed:
                yield f"{rule}{''.join(_written(reading_copy(gated)))}".encode()
                rule = "\n* * *\n\n"


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is, and takes nothing in it for a sign.

    Undone by taking away each backslash before a sign or a line end, then resolving `&#…;`.

    Args:
        text: a text that can be printed; line ends within a paragraph become hard breaks.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    told = []
    for number, line in enumerate(lines):
        told.append(_line(line))
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if line.strip(_BLANKS) and following.strip(_BLANKS):
            told.append("\\")
        told.append("\n")
    return "".join(told[:-1])


def one_line(text: str) -> str:
    """Write a text as part of a line."""
    return _line(re.sub(r"\s*[\n\r\u2028\u2029]\s*", " ", text))


def _line(line: str) -> str:
    if not line.strip(_BLANKS):
        return line
    told = _SIGNS.sub(r"\\\g<0>", line)
    if match := _LINE_SIGN.match(told):
        at = match.end() - 1
        told = f"{told[:at]}\\{told[at:]}"
    # Blanks at the ends would be an indented block, a hard break, or lost.
    if told[0] in _BLANKS:
        told = f"&#{ord(told[0])};{told[1:]}"
    if told[-1] in _BLANKS:
        told = f"{told[:-1]}&#{ord(told[-1])};"
    return told.replace("\r", "&#13;")


def _written(copy: ReadingCopy) -> Iterator[str]:
    yield f"# {one_line(copy.title)}\n\n"
    for notice in copy.notices:
        yield f"> {one_line(notice)}\n\n"
    yield f"- **Identifier:** {one_line(copy.id)}\n"
    for label, lines in copy.facts:
        if len(lines) == 1:
            yield f"- **{label}:** {one_line(lines[0])}\n"
        else:
            yield f"- **{label}:**\n"
            yield from (f"  - {one_line(line)}\n" for line in lines)
    if copy.account:
        yield "\n## Account\n\n"
        for section in copy.sections:
            yield _headed(section)
            yield f"{escaped(copy.account[section.start : section.end].strip(chr(10)))}\n\n"
    else:
        yield "\n"
    yield f"## Citation\n\n{one_line(copy.citation)}\n"
    if copy.omitted:
        yield "\n## Left out of this copy\n\n"
        yield from (f"- {one_line(sentence)}\n" for sentence in copy.omitted)


def _headed(section: Section) -> str:
    told = " · ".join(filter(None, (one_line(section.speaker), section.time)))
    return f"### {told}\n\n" if told else ""
