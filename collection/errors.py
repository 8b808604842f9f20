"""The errors of the collection: few, named, each one or two plain sentences."""
# ruff: noqa: N818  # the names say what happened; a suffix would add nothing

from __future__ import annotations

import reprlib
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT: Final = 60
_BRIEF: Final = reprlib.Repr()


def printable(text: str) -> str:
    """Spell out what a terminal would obey, or not show, in a text that is put on one line."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def shown(value: object) -> str:
    """Quote a value in a message: short, on one line, with nothing a terminal would obey."""
    if isinstance(value, str):
        return repr(told(value))
    try:
        return printable(told(_BRIEF.repr(value)))
    except ValueError:
        # Python refuses to write out a number of thousands of digits.
        return "a very large number"


def told(value: object) -> str:
    """Give a value as `Problem.value` has it: short, as `shown` but without quotation marks."""
    if not isinstance(value, str):
        return shown(value)
    return value if len(value) <= _SHORT else value[: _SHORT - 1] + "…"


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong with one field; fit to be printed, whatever it was found in."""

    field: str
    """The key, dotted and indexed where it is nested: `places[0].latitude`."""
    value: str
    """What was given, as text, shortened."""
    message: str
    """What is wrong and what to do, in a plain sentence."""

    def __post_init__(self) -> None:
        """Spell out what a terminal would obey; keys and values come from strangers."""
        for name in self.__struct_fields__:
            msgspec.structs.force_setattr(self, name, printable(getattr(self, name)))


class CollectionError(Exception):
    """Anything that went wrong with a collection; its text is meant for people."""

    def __init__(self, message: str) -> None:
        """Take the text; what a file or a record is called in it may be hostile."""
        super().__init__(printable(message))


class InvalidTestimony(CollectionError):
    """A record that cannot be kept as it is; nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Take the problems found, at least one."""
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = tuple(problems)
        """What is wrong, field by field."""


class CannotOpen(CollectionError):
    """The file is absent, foreign, damaged, newer than this program, or not readable."""


class CannotSave(CollectionError):
    """The change could not be written; the file is as it was."""


class ReadOnly(CannotSave):
    """The collection was opened for reading only."""


class NotFound(CollectionError):
    """No testimony has that identifier."""


class UnknownName(CollectionError):
    """No testimony that may be seen bears that name."""


class NameTaken(CollectionError):
    """Other testimonies bear that name already; both would become one without being asked."""


class Conflict(CollectionError):
    """The testimony changed since it was read, or its identifier is taken by other content."""
