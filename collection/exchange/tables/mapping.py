"""Which column of a table is taken for what: proposed, given by a person, and remembered."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import msgspec

from collection.errors import CannotSave, Problem, shown
from collection.exchange.tables.headers import plain
from collection.exchange.tables.profiles import Recognised, recognise
from collection.exchange.tables.targets import EXTRA, target_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_LONG: Final = 200
"""Characters that the cells of a column have on average if it is taken for the account."""
_MOST_REMEMBERED: Final = 200


class UnknownColumn(ValueError):  # noqa: N818
    """A mapping names a column or a target that there is not; says so in a sentence."""

    def __init__(self, value: str, message: str) -> None:
        """Take what was given, and the sentence."""
        super().__init__(message)
        self.problem = Problem("", value, message)


def proposed(columns: Sequence[str], sample: Iterable[Sequence[Any]]) -> Recognised:
    """Propose what the columns of a table are taken for.

    Args:
        columns: what they are called.
        sample: the first rows.
    """
    found = recognise(columns)
    if found.name or {"account", "description", "transcript"} & set(found.mapping.values()):
        return found
    # No header speaks of the account: it is where the long texts are.
    lengths = [0] * len(columns)
    count = 0
    for values in sample:
        count += 1
        for n, value in enumerate(values[: len(columns)]):
            lengths[n] += len(value) if isinstance(value, str) else 0
    free = [n for n, column in enumerate(columns) if found.mapping[column] == EXTRA]
    longest = max(free, key=lambda n: lengths[n], default=None)
    if longest is not None and count and lengths[longest] >= _LONG * count:
        found.mapping[columns[longest]] = "account"
    return found


def with_given(
    columns: Sequence[str], mapping: Mapping[str, str], given: Mapping[str, str]
) -> dict[str, str]:
    """Lay what a person decided over a proposal.

    Args:
        columns: what the columns are called.
        mapping: the proposal.
        given: targets by column, whose names may be spelt a little otherwise.

    Raises:
        UnknownColumn: when there is no such column, or no such target.
    """
    result = dict(mapping)
    forms: dict[str, str] = {}
    for column in columns:
        forms.setdefault(_folded(column), column)
    for name, target in given.items():
        column = name if name in mapping else forms.get(_folded(name), "")
        if not column:
            known = ", ".join(shown(c) for c in columns[:20])
            raise UnknownColumn(name, f"There is no column {shown(name)}. There are {known}.")
        if target != mapping[column]:
            result[column] = _known_target(target)
    return result


def _known_target(given: str) -> str:
    key = target_key(given)
    if key is None:
        message = (
            f"{shown(given)} is nothing that a column could be taken for. "
            f"Use a key of the record such as narrator.name, or extra."
        )
        raise UnknownColumn(given, message)
    return key


def parse_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Read `Column=key` as it is written on a command line.

    Args:
        texts: one for each column; an empty key leaves the column out.

    Returns:
        the target of each column.

    Raises:
        UnknownColumn: when one is not of that form, or names no target.
    """
    mapping: dict[str, str] = {}
    for text in texts:
        # The header may hold an equals sign, the key never does.
        column, equals, target = text.rpartition("=")
        if not equals or not column.strip():
            message = f"{shown(text)} does not say what a column is taken for. Write Column=key."
            raise UnknownColumn(text, message)
        mapping[column.strip()] = _known_target(target)
    return mapping


# --- remembered ------------------------------------------------------------------------------


class _Remembered(msgspec.Struct):
    """One mapping that a person decided on."""

    columns: list[str]
    """The folded headers, in order of the alphabet."""
    mapping: dict[str, str]
    """The target by folded header."""


def remember(path: Path, columns: Sequence[str], mapping: Mapping[str, str]) -> None:
    """Remember how the columns of a table were mapped; the newest two hundred are kept.

    Args:
        path: the file, made if it is absent.
        columns: what the columns are called.
        mapping: the target of each.

    Raises:
        CannotSave: when it could not be written.
    """
    key = _key(columns)
    kept = [one for one in _read(path) if one.columns != key]
    folded = {_folded(c): mapping[c] for c in reversed(columns) if c in mapping}
    kept.append(_Remembered(key, folded))
    data = msgspec.json.format(msgspec.json.encode(kept[-_MOST_REMEMBERED:]), indent=1)
    beside = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data + b"\n")
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        message = f"How the columns were mapped could not be kept in {path} ({error.strerror})."
        raise CannotSave(message) from error


def remembered(path: Path, columns: Sequence[str]) -> dict[str, str] | None:
    """Give the mapping that was remembered for a table with the same headers.

    The order of the columns, and how their headers are spelt, does not count. A file that is
    absent or damaged remembers nothing.

    Returns:
        the target of each column; none where nothing is remembered.
    """
    key = _key(columns)
    for one in reversed(_read(path)):
        if one.columns == key:
            targets = {c: target_key(one.mapping.get(_folded(c), EXTRA)) for c in columns}
            return {c: EXTRA if target is None else target for c, target in targets.items()}
    return None


def _key(columns: Sequence[str]) -> list[str]:
    return sorted(_folded(column) for column in columns)


def _folded(header: str) -> str:
    """Give a header as it is compared; one of which nothing can be folded counts as it is."""
    return plain(header).replace(" ", "") or header


def _read(path: Path) -> list[_Remembered]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=list[_Remembered])
    except (OSError, msgspec.DecodeError, ValueError, RecursionError):
        return []
