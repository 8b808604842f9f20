"""What the tests of places and themes share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tinydb

from collection import Collection, Testimony
from collection.exchange.interface import Report, Row, Where
from collection.testimony import Place

LWOW = Place("Lwów", "UA", 49.84, 24.03, "resolved")


def testimony(id: str, *places: Place | str, **values: Any) -> Testimony:
    return Testimony(
        **{"id": id, "title": f"Title {id}", "account": "An account.", "places": places} | values
    )


def imported(voices: Collection, *raw: dict[str, Any], update: bool = False) -> Report:
    return voices.import_rows([Row(Where("f", n), one) for n, one in enumerate(raw)], update=update)


def entries(file: Path, table: str) -> list[dict[str, Any]]:
    with tinydb.TinyDB(file) as stock:
        return [dict(entry) for entry in stock.table(table).all()]


def written(file: Path) -> tuple[bytes, bytes]:
    """Give what a collection's file and its journal hold."""
    journal = file.with_name(f"{file.name}.journal")
    return file.read_bytes(), journal.read_bytes() if journal.exists() else b""


def folded(voices: Collection) -> Path:
    """Give a collection's file, with everything in it that stood in its journal."""
    voices.fold()
    return voices.path
