"""OHMS XML: interviews with an index and a synchronised transcript, as libraries show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from collection.errors import Problem
from collection.exchange.interface import DETECTED, Reading, Row, Where
from collection.exchange.markup.ohms_reading import raw_record
from collection.exchange.markup.ohms_writing import ohms_document
from collection.exchange.markup.xmlfile import elements, root_name, unknown_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from collection.access import Gated
_ROOTS: Final = ("ROOT", "root", "record")


class OHMS:
    """The format `ohms`."""

    name = "ohms"
    label = "OHMS XML"
    about = "for the OHMS viewer: transcript, times and index, one file for each"
    suffix = ".xml"
    single = False

    def read(self, path: Path, reading: Reading = DETECTED) -> Iterator[Row]:
        """Read the records of a file, one by one."""
        del reading  # XML says itself how it is to be read
        root, number = root_name(path), 0
        if root and root not in _ROOTS:
            yield Row(Where(path.name), problem=unknown_root(root))
            return
        for number, found in enumerate(elements(path, ("record",)), 1):
            if isinstance(found, Problem):
                yield Row(Where(path.name, number), problem=found)
                continue
            raw, columns = raw_record(found)
            yield Row(Where(path.name, number), raw, columns=columns)
        if not number:
            yield Row(Where(path.name), problem=unknown_root(root))

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write a file of one record; of a sealed testimony nothing."""
        for gated in testimonies:
            if not gated.sealed:
                for piece in ohms_document(gated):
                    yield piece.encode()
