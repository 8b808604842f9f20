"""How many of the places that cataloguers really wrote the gazetteer knows, and how fast.

The strings are read from `../shared/data`, distinct, each without its record; nobody may tune the
gazetteer to single ones. `sample(seed)` draws those that are judged by hand.
"""

from __future__ import annotations

import json
import random
import statistics
import time
from collections import Counter
from pathlib import Path

from collection.places.entry import AMBIGUOUS, RESOLVED, UNKNOWN
from collection.places.gazetteer import Gazetteer
from tests.benchmarks.table import show

DATA = Path(__file__).parents[3] / "shared" / "data"


def written() -> dict[str, list[str]]:
    """Give the distinct strings of each source; none where the data are absent."""
    ehri: dict[str, None] = {}
    for path in sorted((DATA / "ehri").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            ehri.update(dict.fromkeys(json.loads(line).get("place", ())))
    messy: list[str] = []
    if (path := DATA / "messy" / "places.txt").exists():
        messy = [line.partition("\t")[2] for line in path.read_text("utf-8").splitlines()]
    return {name: list(found) for name, found in (("EHRI", ehri), ("catalogues", messy)) if found}


def sample(seed: int, count: int = 100) -> list[str]:
    """Draw strings from both sources together, for judging by hand."""
    together = dict.fromkeys(name for names in written().values() for name in names)
    return random.Random(seed).sample(sorted(together), count)


def run(*, quick: bool = False) -> None:
    """Print the coverage and the time of opening, of a first look-up and of later ones."""
    sources = written()
    if not sources:
        print("Place coverage: skipped, there is no ../shared/data.")
        return
    rows = []
    for source, found in sources.items():
        names = found[:100] if quick else found
        counts = Counter[str]()
        times = []
        gazetteer = Gazetteer.bundled()
        for name in names:
            start = time.perf_counter()
            counts[gazetteer.resolve(name).status] += 1
            times.append(1000 * (time.perf_counter() - start))
        shares = [
            f"{counts[status]} ({counts[status] / len(names):.0%})"
            for status in (RESOLVED, AMBIGUOUS, UNKNOWN)
        ]
        slow = statistics.quantiles(times, n=20)[-1]
        rows.append(
            [source, str(len(names)), *shares, f"{statistics.median(times):.2f}", f"{slow:.2f}"]
        )
    heads = ["source", "distinct", "resolved", "ambiguous", "unknown", "look-up", "p95"]
    show("Place names as written, each without its record", heads, rows)
    opened = []
    for _ in range(5 if quick else 25):
        start = time.perf_counter()
        Gazetteer.bundled()
        opened.append(1000 * (time.perf_counter() - start))
    print(f"\nopening the gazetteer: {statistics.median(opened):.2f}")


if __name__ == "__main__":
    run()
