"""The collection without a screen: opening, indexing, searching, adding."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from collection import Collection, Testimony
from tests.benchmarks.made import write_collection
from tests.benchmarks.table import show

_QUERIES = ("lodz hunger", "terezin", "warszawa", "forced labor", "almaty school", "sarajevo")


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def run(*, quick: bool) -> None:
    """Print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (1_000, 10_000) if quick else (1_000, 10_000, 100_000):
            path = write_collection(Path(folder) / f"{size}.json", size)
            began = time.perf_counter()
            collection = Collection.open(path)
            opened = (time.perf_counter() - began) * 1000
            names = _ms(lambda c=collection: _index_names(c))  # type: ignore[misc]
            words = _ms(lambda c=collection: _index_all(c))  # type: ignore[misc]
            times = [
                _ms(lambda q=query[:end], c=collection: c.search(q, 20))  # type: ignore[misc]
                for query in _QUERIES
                for end in range(1, len(query) + 1)
            ]
            added = [
                _ms(lambda n=n, c=collection: c.add(Testimony(title=f"New {n}", account="…")))  # type: ignore[misc]
                for n in range(3)
            ]
            slow = statistics.quantiles(times, n=20)[-1]
            rows.append(
                (f"{size:,}", opened, names, words, statistics.median(times), slow,
                 statistics.median(added))
            )  # fmt: skip
    show(
        "The collection: every prefix of every query is one search",
        ["testimonies", "open", "index names", "index words", "search", "its p95", "add"],
        rows,
    )


def _index_names(collection: Collection) -> None:
    total = len(collection)
    while collection.index_step(200) >= total:
        pass


def _index_all(collection: Collection) -> None:
    while collection.index_step(1000):
        pass
