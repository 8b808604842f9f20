"""How fast searching is, keystroke by keystroke, beside other engines; and what its index costs.

Run as a module with a file it measures that collection alone, in a process of its own, and
prints what it found as JSON.
"""

from __future__ import annotations

import inspect
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from collection import Collection
from tests.benchmarks.labelled import SEED, Made, imported, made
from tests.benchmarks.labelled_queries import queries
from tests.benchmarks.rivals import Engine, Ours, Tantivy, rivals
from tests.benchmarks.table import show

_LIMIT = 50
_LOOKED_AT = 20
_HAS_CACHE = "cache" in inspect.signature(Collection.open).parameters


class Timed(msgspec.Struct):
    """An engine with what its searches took, in milliseconds."""

    engine: Engine
    every: int
    """It is asked every how-manieth text only, so that the slow ones do not take hours."""
    prefixes: list[float] = []
    whole: list[float] = []


def run(*, quick: bool, held_out: bool = False) -> None:
    """Print the tables.

    Args:
        quick: smaller collections and fewer queries.
        held_out: ask the part that nobody tunes to.
    """
    sizes = (2_000, 10_000) if quick else (10_000, 100_000)
    for size in sizes:
        _latency(made(size), held_out=held_out, each=5 if quick else 12)
        print()
    _costs([made(size) for size in sizes])


# --- latency ---------------------------------------------------------------------------------


def _latency(collection: Made, *, held_out: bool, each: int) -> None:
    asked = [one.text for one in queries(collection, held_out=held_out, each=each)]
    random.Random(SEED).shuffle(asked)
    prefixes = [text[:end] for text in asked for end in range(1, len(text) + 1)]
    ours = Ours(collection)
    rare = 20 if collection.count < 50_000 else 100
    quick = {ours.name, Tantivy.name}
    engines = [
        Timed(one, 1 if one.name in quick else rare, [], []) for one in (ours, *rivals(collection))
    ]
    reasons: list[float] = []
    slowest: dict[str, float] = {}
    slow_why: dict[str, float] = {}
    draw = random.Random(SEED)
    for number, text in enumerate(prefixes):
        for one in draw.sample(engines, len(engines)):
            if number % one.every == 0:
                took = _ms(lambda one=one, text=text: one.engine.search(text, _LIMIT)[:_LOOKED_AT])
                one.prefixes.append(took)
                if one.engine is ours:
                    slowest[text] = took
        found = ours.collection.search(text, _LIMIT)
        ids = list(found.ids[:_LOOKED_AT])
        reasons.append(_ms(lambda found=found, ids=ids: [found.why(id) for id in ids]))
        slow_why[text] = reasons[-1]
    for number, text in enumerate(asked):
        for one in draw.sample(engines, len(engines)):
            if number % max(one.every // 10, 1) == 0:
                took = _ms(lambda one=one, text=text: one.engine.search(text, _LIMIT)[:_LOOKED_AT])
                one.whole.append(took)
    rows = [(one.engine.name, *_spread(one.prefixes), *_spread(one.whole)) for one in engines]
    rows.insert(1, (f"{ours.name}: why, of {_LOOKED_AT} hits", *_spread(reasons), *["–"] * 4))
    show(
        f"Search, {collection.count:,} testimonies, ms: {len(asked)} queries and their prefixes",
        ["engine", "prefixes", "p50", "p95", "max", "whole", "p50", "p95", "max"],
        rows,
    )
    print(
        f"\nSlow engines are asked a sample. Ours is slowest for: {_slowest(slowest)}; "
        f"its reasons for: {_slowest(slow_why)}."
    )


def _slowest(times: dict[str, float]) -> str:
    worst = sorted(times.items(), key=lambda item: -item[1])[:6]
    return "; ".join(f"`{text}` {took:.0f}" for text, took in worst)


def _spread(times: Sequence[float]) -> tuple[object, ...]:
    if len(times) < 2:
        return (len(times), "–", "–", "–")
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1]
    shown = (f"{value:.2f}" for value in (statistics.median(times), p95, max(times)))
    return (len(times), *shown)


def _ms(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


# --- what the index costs --------------------------------------------------------------------


def _costs(collections: Sequence[Made]) -> None:
    rows = []
    for collection in collections:
        path = imported(collection)
        with tempfile.TemporaryDirectory() as folder:
            cold = _measured(path, folder)
            warm = _measured(path, folder) if _HAS_CACHE else {}
        kept = f"{cold['cache']:.1f}" if _HAS_CACHE else "–"
        again = [f"{warm[key]:.0f}" if warm else "–" for key in ("names", "everything")]
        rows.append(
            (
                f"{collection.count:,}",
                f"{path.stat().st_size / 1e6:.0f}",
                *(f"{cold[key]:.0f}" for key in ("open", "names", "everything")),
                *again,
                kept,
                *(f"{cold[key]:.0f}" for key in ("growth", "peak")),
                f"{warm['peak']:.0f}" if warm else "–",
            )
        )
    show(
        "Costs of the index, each in a process of its own (ms, MB)",
        [
            *("testimonies", "file MB", "open", "then names", "then everything"),
            *("names from cache", "everything from cache", "cache MB"),
            *("index MB", "peak MB", "peak MB from cache"),
        ],
        rows,
    )


def _measured(path: Path, folder: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.search_latency", str(path), folder]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _measure(path: str, folder: str) -> dict[str, float]:
    """Open a collection and index it.

    Returns:
        `open`, `names` and `everything` in ms, the last two counted from where the one before
        ended; what the index adds to memory, the peak of the process and the cache in MB.
    """
    given: dict[str, Any] = {"cache": Path(folder)} if _HAS_CACHE else {"read_only": True}
    began = time.perf_counter()
    voices = Collection.open(path, **given)
    opened = time.perf_counter()
    before = _resident()
    total = len(voices)
    # While names are left, at least all accounts are left too.
    while voices.index_step(200) >= total:
        pass
    named = time.perf_counter()
    while voices.index_step(1000):
        pass
    done = time.perf_counter()
    grown = _resident() - before
    voices.close()
    kept = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    return {
        "open": (opened - began) * 1000,
        "names": (named - opened) * 1000,
        "everything": (done - named) * 1000,
        "growth": grown,
        "peak": _resident("VmHWM"),
        "cache": kept / 1e6,
    }


def _resident(which: str = "VmRSS") -> float:
    """Give the memory in use in MB, or its peak; Linux only.

    `ru_maxrss` will not do: it begins with what the parent had when it forked.
    """
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(which):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    print(json.dumps(_measure(*sys.argv[1:3])))
