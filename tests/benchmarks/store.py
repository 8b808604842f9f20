"""The store beside TinyDB as it comes, SQLite, and the bare append that nothing can undercut.

Each contestant works in a process of its own on a copy of its own. All take turns, one operation
each, so that a change in the disk's speed meets all of them alike.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.benchmarks.labelled import folder as kept_folder
from tests.benchmarks.made import testimonies
from tests.benchmarks.store_rivals import (
    ALL,
    WORDS,
    Bare,
    Contestant,
    OurStore,
    Stock,
    Worker,
    prepared,
)
from tests.benchmarks.table import show

_PLACES = ("Kigali", "Saigon", "Sarajevo", "Dhaka", "Soweto", "Hiroshima", "Aleppo", "Leningrad")
_SEED = 5


@dataclass(frozen=True)
class Plan:
    """How often what is done."""

    size: int
    sessions: int
    """How often it is opened and, after a few changes, closed."""
    rounds: int
    """Additions and revisions after that."""
    queries: int
    """How many of those rounds ask for a place."""
    slow: int
    """In how many of those rounds stock TinyDB takes part."""
    added: int
    """Entries that stock TinyDB adds where its memory is measured; others add 20."""
    runs: int
    """Runs of the whole program."""


_QUICK = (Plan(1_000, 3, 40, 4, 4, 20, 2), Plan(10_000, 1, 30, 2, 1, 1, 1))
_FULL = (
    Plan(1_000, 9, 300, 30, 40, 20, 9),
    Plan(10_000, 7, 300, 15, 10, 20, 7),
    Plan(100_000, 5, 300, 5, 3, 1, 5),
)
_SCRIPT = """
import json, sys, tinydb
with tinydb.TinyDB(sys.argv[1]) as database:
    print(database.table("testimonies").insert(json.load(sys.stdin)))
"""


def run(*, quick: bool) -> None:
    """Print the tables."""
    kept = kept_folder()
    whole = []
    for plan in _QUICK if quick else _FULL:
        files = prepared(kept, plan.size)
        with tempfile.TemporaryDirectory(dir=kept, prefix="store-") as work:
            times = _in_turn(plan, files, Path(work))
        with tempfile.TemporaryDirectory(dir=kept, prefix="store-") as work:
            peaks = {one: _peak(one, plan, files, Path(work)) for one in ALL if not one.bare}
        _show(plan, times, peaks)
        with tempfile.TemporaryDirectory(dir=kept, prefix="store-") as work:
            whole.append(_programs(plan, files, Path(work)))
        print()
    show(
        "One testimony added by a process of its own, from its start to its end",
        ["testimonies", "`firsthand add --from -`", "three lines with TinyDB", "ratio"],
        whole,
    )


# --- in turn ---------------------------------------------------------------------------------

Times = dict[tuple[type[Contestant], str], list[float]]
"""Milliseconds by contestant and operation."""


def _in_turn(plan: Plan, files: dict[str, Path], work: Path) -> Times:
    times: Times = defaultdict(list)
    draw = random.Random(_SEED)
    paths = {one: _copy(one, files, work) for one in ALL}
    workers: list[Worker] = []

    def begin() -> None:
        # A program opens its collection once: what is known from before would speed it up.
        while workers:
            workers.pop().end()
        workers.extend(Worker(one, path, len(times[one, "add"])) for one, path in paths.items())
        for worker in workers:
            # None is still starting when the first is measured.
            worker("peak")

    def each(command: str, taking_part: Callable[[type[Contestant]], bool], *given: object) -> None:
        gave = set()
        for worker in draw.sample(workers, len(workers)):
            one = worker.contestant
            if taking_part(one):
                taken, found = worker(command, *given)
                times[one, command].append(taken)
                gave.add(found)
        if len(gave) > 1:
            raise SystemExit(f"They do not agree about {command} {given}: {gave}.")

    for _ in range(plan.sessions):
        begin()
        each("open", _whoever)
        for _ in range(3):
            each("add", lambda one: not one.slow)
        each("close", _whoever)
    begin()
    each("open", _whoever)
    each("prepare", _whoever)
    times_before = {key: len(taken) for key, taken in times.items()}
    numbers = draw.sample(range(plan.size), plan.rounds)
    for number in range(plan.rounds):
        now = number % (plan.rounds // plan.slow) == 0
        each("add", lambda one, now=now: now or not one.slow)
        each("revise", lambda one, now=now: not one.bare and (now or not one.slow), numbers[number])
        if number % (plan.rounds // plan.queries) == 0:
            place = _PLACES[number // (plan.rounds // plan.queries) % len(_PLACES)]
            each("query", lambda one, now=now: not one.bare and (now or not one.slow), place)
    each("close", _whoever)
    for worker in workers:
        worker.end()
    # Those of the first sessions were without an index.
    for (one, command), count in times_before.items():
        if command == "add":
            del times[one, command][:count]
    return times


def _whoever(one: type[Contestant]) -> bool:
    return True


def _copy(one: type[Contestant], files: dict[str, Path], work: Path) -> Path:
    place = work / one.__name__
    place.mkdir()
    path = place / "voices.json"
    if one.source:
        shutil.copyfile(files[one.source], path)
        # Not to be written back while others are measured.
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
    return path


def _peak(one: type[Contestant], plan: Plan, files: dict[str, Path], work: Path) -> float:
    worker = Worker(one, _copy(one, files, work))
    worker("open")
    worker("prepare")
    for _ in range(plan.added if one.slow else 20):
        worker("add")
    worker("query", _PLACES[0])
    worker("close")
    return worker.end()


# --- the whole program -----------------------------------------------------------------------


def _programs(plan: Plan, files: dict[str, Path], work: Path) -> tuple[object, ...]:
    ours, stock = _copy(OurStore, files, work), _copy(Stock, files, work)
    environment = {
        **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        **{f"XDG_{kind}_HOME": str(work) for kind in ("CONFIG", "DATA", "CACHE", "STATE")},
    }
    commands = {
        "ours": [sys.executable, "-m", "tui", "add", "--from", "-", "--collection", str(ours)],
        "stock": [sys.executable, "-c", _SCRIPT, str(stock)],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for number, record in enumerate(testimonies(plan.runs + 1, WORDS, seed=3)):
        data = msgspec.json.encode(msgspec.structs.replace(record, id=f"p-{number}"))
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, input=data, check=True, capture_output=True, env=environment)
            if number:  # the first round compiles modules and warms the disk's cache
                times[name].append((time.perf_counter() - began) * 1000)
    mine, other = (statistics.median(times[name]) for name in commands)
    return (f"{plan.size:,}", f"{mine:.0f}", f"{other:.0f}", f"{mine / other:.2f} ×")


# --- printing --------------------------------------------------------------------------------


def _show(plan: Plan, times: Times, peaks: dict[type[Contestant], float]) -> None:
    def median(one: type[Contestant], command: str) -> float:
        return statistics.median(times[one, command])

    def ratio(one: type[Contestant], command: str, other: type[Contestant]) -> str:
        return f"{median(one, command) / median(other, command):.2f} ×"

    rows: list[tuple[object, ...]] = []
    for one in ALL:
        if one.bare:
            rows.append((one.name, "–", *_spread(times[one, "add"]), ratio(one, "add", Bare),
                         *["–"] * 7))  # fmt: skip
            continue
        rows.append(
            (
                one.name,
                f"{median(one, 'open'):.1f}",
                *_spread(times[one, "add"]),
                ratio(one, "add", Bare),
                *_spread(times[one, "revise"]),
                f"{median(one, 'query'):.1f}",
                f"{median(one, 'close'):.1f}",
                f"{peaks[one]:.0f}",
                ratio(one, "open", Stock),
                f"{peaks[one] / peaks[Stock]:.2f} ×",
            )
        )
    show(
        f"The store, {plan.size:,} testimonies of 2 kB, ms and MB: {plan.sessions} openings, "
        f"{plan.rounds} additions",
        [
            *("", "open", "add", "p95", "to bare", "revise", "p95", "query", "close"),
            *("peak", "open to stock", "peak to stock"),
        ],
        rows,
    )
    print(
        "\nOpening, in a fresh process each time, ends with the first entry read; Firsthand's Store "
        "and Collection have read every record by then. Closing follows on three additions. What "
        "CachingMiddleware adds is not on the disk before it is closed; stock TinyDB takes part in "
        "few rounds. Firsthand's Collection adds with its search index built, and its peak is with "
        "the index. `To bare` is to fsync; Firsthand syncs with fdatasync, as Linux allows."
    )


def _spread(times: Sequence[float]) -> tuple[str, str]:
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 9 else None
    return f"{statistics.median(times):.2f}", "–" if p95 is None else f"{p95:.2f}"
