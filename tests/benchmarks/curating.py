"""Names kept clean in a large collection: look-alikes found, names merged, and the merge undone.

Beside the look-alikes stands what comparing every pair would take, with the fastest loop there is
for it: rapidfuzz's own, over all names that come after each.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from collection import Collection
from collection.likeness import spelling
from collection.testimony import Place
from tests.benchmarks.made import testimonies, write_records
from tests.benchmarks.table import show

_SYLLABLES = ("ba", "den", "ko", "ler", "ski", "mo", "row", "witz", "an", "ta", "gri", "zel")
_POOL = 1.2
"""Made-up places for each testimony."""


def _records(count: int) -> list[Any]:
    draw = random.Random(5)
    pool = [
        "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 4))).title()
        for _ in range(int(count * _POOL))
    ]
    return [
        msgspec.structs.replace(
            one, places=(*one.places, Place(draw.choice(pool)), Place(draw.choice(pool)))
        )
        for one in testimonies(count, words=50)
    ]


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    result = act()
    return 1000 * (time.perf_counter() - begun), result


def _every_pair(names: list[str]) -> int:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    spelt = sorted(map(spelling, names))
    return sum(
        len(process.extract(one, spelt[at + 1 :], scorer=OSA.distance, score_cutoff=3, limit=None))
        for at, one in enumerate(spelt)
    )


def run(*, quick: bool = False) -> None:
    """Print the figures."""
    near, changes = [], []
    for count in (1_000, 3_000) if quick else (1_000, 10_000):
        with tempfile.TemporaryDirectory() as folder:
            path = write_records(Path(folder) / "voices.json", _records(count))
            with Collection.open(path, by="keeper") as voices:
                while voices.index_step(1000):
                    pass
                for kind in ("place", "theme", "narrator"):
                    names = voices.names(kind)
                    ours, found = _timed(lambda kind=kind: voices.near_duplicates(kind))
                    every, _ = _timed(lambda names=names: _every_pair([*names]))
                    near.append((count, kind, len(names), len(found), ours, every))
                for kind, gone, into in (
                    ("place", "Łódź", "Warsaw"),
                    ("theme", "Hunger", "Flight"),
                ):
                    merging, done = _timed(
                        lambda kind=kind, gone=gone, into=into: voices.merge(kind, [gone], into)
                    )
                    undoing, _ = _timed(voices.undo)
                    changes.append((count, kind, len(done.ids), merging, undoing))
    show(
        "Look-alikes among all names, ms",
        ("testimonies", "kind", "names", "pairs", "found in", "every pair in"),
        near,
    )
    print()
    show(
        "A merge, durable and indexed, and its undo, ms",
        ("testimonies", "kind", "follow", "merge", "undo"),
        changes,
    )
