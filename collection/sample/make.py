"""Makes the sample collection: `python -m collection.sample.make [FILE]`.

The sample is kept as a collection that is ready to be opened: looking its hundred places up
takes half a second, which nobody who tries the program for the first time is to wait for.
"""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path

from collection.collection import Collection
from collection.exchange.jsonl import parse
from collection.sample import READY
from collection.store import layout
from collection.store.disk import write_atomically
from collection.store.rewriting import read_tables, write_tables

SOURCE = "testimonies.jsonl"
"""The composed testimonies, one a line."""


def make(path: Path) -> None:
    """Make a collection of the composed testimonies.

    Args:
        path: where; there must be nothing yet.
    """
    data = (resources.files("collection.sample") / SOURCE).read_bytes()
    with Collection.open(path, by="") as voices:
        voices.import_rows(parse(data, SOURCE))
    # Whoever tries the sample begins with it: there is nothing before it to go back to.
    says, tables = read_tables(path)
    del tables[layout.STEPS]
    kept = ("format", "schema", "created", "lineage")
    write_atomically(path, write_tables({key: says[key] for key in kept}, tables), backup=False)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name(READY)
    target.unlink(missing_ok=True)
    make(target)
    for beside in (f"{target.name}.bak", f".{target.name}.lock"):
        target.with_name(beside).unlink(missing_ok=True)
