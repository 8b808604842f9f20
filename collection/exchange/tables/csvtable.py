"""CSV: any table in; and our own, out, lossless for the keeper."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from collection.access import public_record
from collection.exchange.tables.flat import COLUMNS, flatten
from collection.exchange.tables.tables import TableReader

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from collection.access import Gated

_PIECE: Final = 1 << 16
"""Characters that are gathered before they are given on."""


class CSV(TableReader):
    """The format `csv`."""

    name = "csv"
    label = "CSV or TSV table"
    about = "everything, for a spreadsheet; lossless with what is private"
    suffix = ".csv"
    single = True

    def write(self, testimonies: Iterable[Gated]) -> Iterator[bytes]:
        """Write one record a line, in UTF-8 with the mark by which spreadsheets know it.

        What is withheld is empty, and named in the last column; sealed records are left out.
        """
        text = io.StringIO(newline="")
        table = csv.writer(text, lineterminator="\r\n")
        text.write("\ufeff")
        table.writerow(COLUMNS)
        for gated in testimonies:
            if not gated.sealed:
                table.writerow(flatten(public_record(gated), gated.withheld))
            if text.tell() > _PIECE:
                yield text.getvalue().encode()
                text.seek(0)
                text.truncate()
        yield text.getvalue().encode()
