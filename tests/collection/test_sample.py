from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from collection import Collection
from collection.sample import open_sample
from collection.sample.make import make


def _timeless(path: Path) -> Any:
    """Give what a collection holds, whenever it was made."""
    tables = msgspec.json.decode(path.read_bytes())
    for entries in tables.values():
        for entry in entries.values():
            for key in ("created", "modified", "lineage", "crc32"):
                entry.pop(key, None)
    return tables


def test_the_sample_is_what_its_source_gives(tmp_path: Path) -> None:
    # If not: python -m collection.sample.make
    make(tmp_path / "made.json")
    assert _timeless(open_sample(tmp_path)) == _timeless(tmp_path / "made.json")


def test_the_sample_can_be_searched_and_changed(tmp_path: Path) -> None:
    with Collection.open(open_sample(tmp_path)) as voices:
        assert voices.search("kazakhstan").total > 1
        voices.withdraw(voices.ids()[0])
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".bak"]
